"""Scorecards by hand: formulas, benchmarks, policies, cuts, vetoes, floors, units, mistakes."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd
import pytest
from cards import FIXED, SHARES, firms, grades, make_card, points

from landeff.standards.scorecards.catalogue import built_in_scorecards
from landeff.standards.scorecards.cuts import rounded
from landeff.standards.scorecards.facts import with_inputs
from landeff.standards.scorecards.score import score

#: Published constants of 黄岩 (domain notes 4.1): 规上 in the order of the formula, then 规下.
HUANGYAN = {
    2022: ((24.097, 136.16, 2.694, 4929.81, 18.14, 0.0302), (11.5932, 0.2352)),
    2021: ((26.01, 132.27, 2.54, 4861.08, 17.45, 0.0305), (16.601058, 0.236565)),
}


@pytest.mark.parametrize("year", [2022, 2021])
def test_huangyan_formulas(year: int) -> None:
    """Figures in the offices' own units (亩, 万元, 吨标煤, 吨, 人, kWh), formula as published."""
    (tax_b, added_b, energy_b, emission_b, staff_b, rd_b), (small_tax_b, small_kwh_b) = HUANGYAN[year]
    mu, tax, added, energy, emission, staff, rd, revenue = (
        37.25,
        812.4,
        4310.9,
        1377.2,
        0.83,
        261,
        88.13,
        9214.6,
    )
    hand = (
        tax / mu / tax_b * 30
        + added / mu / added_b * 20
        + added / energy / energy_b * 20
        + added / emission / emission_b * 10
        + added / staff / staff_b * 10
        + rd / revenue / rd_b * 10
    )
    small_mu, small_tax, kwh = 6.4, 71.3, 2_903_451.0
    small = small_tax / small_mu / small_tax_b * 50 + small_tax * 1e4 / kwh / small_kwh_b * 50
    m2 = 10_000 / 15
    facts = pd.DataFrame(
        {
            "enterprise_id": ["E1", "E2"],
            "year": year,
            "size_class": ["规上", "规下"],
            "basis_area_m2": [mu * m2, small_mu * m2],
            "tax_cny": [tax * 1e4, small_tax * 1e4],
            "value_added_cny": [added * 1e4, float("nan")],
            "energy_tce": [energy, float("nan")],
            "emission_t": [emission, float("nan")],
            "n_employees": [staff, float("nan")],
            "rd_cny": [rd * 1e4, float("nan")],
            "revenue_cny": [revenue * 1e4, float("nan")],
            "electricity_kwh": [float("nan"), kwh],
        }
    )
    card = built_in_scorecards()[f"zhejiang/huangyan_{year}"]
    made = score(card, with_inputs(facts, card)[0]).grades.set_index("enterprise_id")
    assert made.loc["E1", "total"] == pytest.approx(hand, rel=1e-9)
    assert made.loc["E2", "total"] == pytest.approx(small, rel=1e-9)
    assert made["grade"].isna().all()  # the cuts were not published
    assert set(made["reason"]) == {"no_cuts"}


def test_no_emission_gets_the_mean_points_of_the_others() -> None:
    card = built_in_scorecards()["zhejiang/huangyan_2022"]
    base = {"year": 2022, "size_class": "规上", "basis_area_m2": 1e4, "tax_cny": 1e6, "value_added_cny": 1e7}
    base |= {"energy_tce": 100.0, "n_employees": 10, "rd_cny": 0.0, "revenue_cny": 1e7}
    rows = [{**base, "enterprise_id": f"E{n}", "emission_t": t} for n, t in enumerate([0.5, 0.25, None, 0.0])]
    made = points(card, pd.DataFrame(rows), "value_added_per_t")
    # 1000 万元: 2000 and 4000 万元 a tonne → points 10·2000/4929.81 and 10·4000/4929.81, mean 10·3000/4929.81
    assert made["points"].tolist() == pytest.approx([10 * x / 4929.81 for x in (2000, 4000, 3000, 3000)])
    assert made["status"].tolist() == ["scored", "scored", "mean", "mean"]
    assert made["reason"].tolist() == ["", "", "no_value", "denominator_zero"]


def test_huaian_cuts_with_ties() -> None:
    """20 firms of a county, 6 of them alike around the cut between A and B: still 4, 8, 7, 1."""
    tax = [9.0, 8.0, *[5.0] * 6, *[4.0] * 8, *[1.0] * 4]
    rows = []
    for year in (2023, 2024):
        made = firms(tax, year=year, district_code="320800", size_class="规上", industry_code="3411")
        made["production_on"] = pd.Timestamp(2015, 5, 1)
        rows.append(made.assign(year=year, taxable_sales_cny=3e6, energy_tce=30.0))
    card = built_in_scorecards()["jiangsu/huaian_2024"]
    made = grades(card, pd.concat(rows))
    now = made[made["year"] == 2024]
    assert now["grade"].value_counts().to_dict() == {"A": 4, "B": 8, "C": 7, "D": 1}
    assert now["grade"].tolist() == ["A"] * 4 + ["B"] * 8 + ["C"] * 7 + ["D"]  # alike: by code
    assert now.index[now["is_tied"]].tolist() == [f"E{n:03}" for n in (*range(2, 8), *range(8, 20))]
    before = made[made["year"] == 2023]
    assert before["total"].isna().all()  # nothing is known of 2022
    assert set(before["reason"]) == {"facts_missing"}


@pytest.mark.parametrize(
    ("n", "rounding", "numbers"),
    [
        (20, "round", [4, 12, 19]),  # 4, 12, 19
        (13, "round", [3, 8, 12]),  # 2.6, 7.8, 12.35
        (13, "floor", [2, 7, 12]),
        (13, "ceil", [3, 8, 13]),
        (10, "round", [2, 6, 10]),  # 9.5: halves up
        (1, "round", [0, 1, 1]),
        (1, "floor", [0, 0, 0]),
    ],
)
def test_numbers_of_a_cut(n: int, rounding: str, numbers: list[int]) -> None:
    cuts = SHARES.replace("ceil", rounding).replace("0.25", "0.2").replace("0.5", "0.6")
    cuts = cuts.replace('{ grade = "C" }', '{ grade = "C", to = 0.95 }, { grade = "D" }')
    made = grades(make_card(rest=cuts), firms([5.0] * n))
    found = [int((made["grade"] <= grade).sum()) for grade in "ABC"]
    assert found == numbers


def test_shares_are_exact() -> None:
    assert math.ceil(0.07 * 100) == 8  # what a float makes of seven in a hundred
    assert rounded(Fraction("0.07") * 100, "ceil") == 7


@pytest.mark.parametrize(("ties", "expected"), [("exact", "AABBC"), ("better", "AAAAC"), ("worse", "ABBBC")])
def test_ties(ties: str, expected: str) -> None:
    cuts = SHARES.replace('"ceil"', f'"ceil"\nties = "{ties}"').replace("0.25", "0.4").replace("0.5", "0.8")
    made = grades(make_card(rest=cuts), firms([9.0, 5.0, 5.0, 5.0, 1.0]))
    assert "".join(made["grade"]) == expected


def test_ties_by_an_item_before_the_code() -> None:
    """Equal totals: 60·x/2 + 40·y/2 is 50 for (1, 1), and for (1/3, 2); the greater tax goes first."""
    cuts = SHARES.replace('"ceil"', '"ceil"\ntie_break = ["tax"]')
    made = grades(make_card(rest=cuts), firms([1 / 3, 1.0], [2.0, 1.0]))
    assert made["total"].round(9).tolist() == [50.0, 50.0]
    assert made["rank"].tolist() == [2, 1]
    assert not made["is_tied"].any()


def test_v1_v2_v3() -> None:
    facts = firms([1.0, 4.0, -1.0], [2.0, 2.0, 2.0])
    plain = points(make_card(), facts, "tax")
    assert plain["points"].tolist() == pytest.approx([30.0, 120.0, -30.0])
    held = points(make_card(tax=f'{FIXED}\ncap = 1.5\nnegative = "zero"'), facts, "tax")
    assert held["points"].tolist() == pytest.approx([30.0, 90.0, 0.0])
    assert held["status"].tolist() == ["scored", "capped", "negative_zero"]
    spread = points(make_card(tax='benchmark = { kind = "min_max" }'), facts, "tax")
    # min −1, max 4: 60·(20 + 80·(x + 1)/5)/100
    assert spread["points"].tolist() == pytest.approx([60 * 0.52, 60.0, 12.0])
    alike = points(make_card(tax='benchmark = { kind = "min_max" }'), firms([2.0, 2.0], [1, 1]), "tax")
    assert alike["points"].isna().all()
    assert set(alike["reason"]) == {"no_spread"}


def test_mean_benchmarks() -> None:
    facts = firms([1.0, 3.0, 8.0], [2.0, 2.0, 2.0], basis_area_m2=[10_000.0, 30_000.0, 10_000.0])
    facts["district_code"] = ["320801", "320801", "320802"]
    facts["tax_cny"] = [1.0 * 15e4, 3.0 * 45e4, 8.0 * 15e4]
    weighted = points(make_card(tax='benchmark = { kind = "mean", of = ["district_code"] }'), facts, "tax")
    # 320801: (15 + 135) 万元 ÷ 60 亩 = 2.5
    assert weighted["benchmark"].tolist() == pytest.approx([2.5, 2.5, 8.0])
    plain = 'benchmark = { kind = "mean", times = 2, weighted = false, of = ["district_code"] }'
    assert points(make_card(tax=plain), facts, "tax")["benchmark"].tolist() == pytest.approx([4.0, 4.0, 16.0])
    losses = points(make_card(tax='benchmark = { kind = "mean" }'), firms([-1.0, -2.0], [1, 1]), "tax")
    assert losses["points"].isna().all()  # a mean that is not above 0 is no benchmark
    assert set(losses["reason"]) == {"no_benchmark"}


def test_given_benchmarks() -> None:
    given = pd.DataFrame(
        {
            "indicator": "tax_cny_per_mu",
            "place": ["甲县", "乙县", "甲县"],
            "year": pd.array([2024, 2024, 2023], dtype="Int64"),
            "value": [20_000.0, 50_000.0, 10_000.0],
            "bound": [None, ">", None],
        }
    )
    where = 'indicator = "tax_cny_per_mu", place_by = "district_name", unit = "元/亩"'
    tax = f'benchmark = {{ kind = "given", {where} }}'
    facts = firms([1.0, 1.0], district_name=["甲县", "乙县"])
    made = points(make_card(tax=tax), facts, "tax", given)
    assert made["benchmark"].tolist()[0] == pytest.approx(2.0)
    assert made["reason"].tolist() == ["", "no_benchmark"]  # a bound is no value
    last = tax.replace('unit = "元/亩"', 'year = -1, unit = "元/亩"')
    assert points(make_card(tax=last), facts, "tax", given)["benchmark"].iloc[0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("policy", "total", "grade", "status"),
    [
        ("unknown", float("nan"), None, "unknown"),
        ("zero", 60.0, "B", "zero"),
        ("exclude", 100.0, "A", "exclude"),  # 60 of 60, scaled up to 100
        ("mean", 60.0 + 20.0, "B", "mean"),  # staff of the others: 1/2 of 40 each
        ("T", float("nan"), "T", "T"),
    ],
)
def test_missing_policies(policy: str, total: float, grade: str | None, status: str) -> None:
    card = make_card(staff=f'{FIXED}\nmissing = "{policy}"')
    facts = firms([2.0, 2.1, 0.2], [None, 1.0, 1.0])
    made, lines = grades(card, facts), points(card, facts, "staff")
    assert made["total"].iloc[0] == pytest.approx(total, nan_ok=True)
    assert (None if pd.isna(made["grade"].iloc[0]) else made["grade"].iloc[0]) == grade
    assert lines["status"].iloc[0] == status
    if policy == "unknown":
        assert made["lacking"].iloc[0] == "staff"
        assert made["reason"].iloc[0] == "facts_missing"
    assert made["n"].iloc[1] == (2 if policy in ("unknown", "T") else 3)
