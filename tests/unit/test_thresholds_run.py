"""Thresholds on the four squares: 100, 80 and 8 万元 of tax on 750, 750 and 375 mu; C has none known."""

import four_squares
import openpyxl
import pytest

import landeff
from landeff.core.errors import ConfigError
from landeff.pipeline.thresholds import parse_cuts

MU = 10_000 / 15


@pytest.fixture(scope="module")
def result():
    return landeff.run(four_squares.project())


def per_mu(result):
    return result.parcels.set_index("parcel_id")["tax_cny_per_mu"]


def test_the_curve(result):
    known = per_mu(result).dropna().sort_values()
    low, high = known.iloc[0], known.iloc[-1]
    made = landeff.thresholds(result, "tax_cny_per_mu", [low, high, high + 1]).curve
    assert made["n_flagged"].tolist() == [0, len(known) - 1, len(known)]
    assert made["n_unknown"].tolist() == [4 - len(known)] * 3
    assert made["unknown_area_m2"].iloc[0] == pytest.approx(750 * MU)  # C
    assert made["flagged_area_m2"].iloc[2] == pytest.approx((750 + 750 + 375) * MU)


def test_units_are_those_of_the_text(result):
    made = landeff.thresholds(result, "tax_cny_per_mu", "0.01..0.21 step 0.05 万元/亩").curve
    assert made["threshold"].tolist() == [100.0, 600.0, 1100.0, 1600.0, 2100.0]
    assert made["shown"].tolist() == pytest.approx([0.01, 0.06, 0.11, 0.16, 0.21])
    assert set(made["unit"]) == {"万元/亩"}


@pytest.mark.parametrize(
    ("column", "text", "values"),
    [
        ("tax_cny_per_mu", "5..40 step 5 万元/亩", [50_000.0 * n for n in range(1, 9)]),
        ("tax_cny_per_mu", "5,10万元", [50_000.0, 100_000.0]),
        ("tax_cny_per_mu", "150 万元/公顷", [100_000.0]),
        ("basis_area_m2", "15,30亩", [10_000.0, 20_000.0]),
        ("building_coverage_ratio", "30..40 step 10 %", [0.3, 0.4]),
        ("far_ratio", "0.5,1.0", [0.5, 1.0]),
        ("days_to_idle", "-90,0", [-90.0, 0.0]),
    ],
)
def test_cuts(column, text, values):
    assert list(parse_cuts(column, text).values) == pytest.approx(values)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("tax_cny_per_mu", "5..40"),  # without its unit 5 could be 元 or 万元
        ("tax_cny_per_mu", "5..40 亩"),
        ("tax_cny_per_mu", "40..5 万元/亩"),
        ("tax_cny_per_mu", "cheap"),
        ("far_ratio", "1..2 step 0"),
    ],
)
def test_what_cannot_be_a_threshold(column, text):
    with pytest.raises(ConfigError):
        parse_cuts(column, text)


def test_two_candidates(result, tmp_path):
    found = landeff.thresholds(
        result,
        "tax_cny_per_mu",
        "0.05,0.2 万元/亩",
        candidates=("tax_cny_per_mu < 0.05万元/亩", "tax_cny_per_mu < 0.2 万元/亩 & basis_area_m2 > 500亩"),
    )
    known = per_mu(result)
    counts = found.table("candidates").set_index(["first", "second"])["n"]
    assert counts.sum() == 4
    assert counts[("unknown", "unknown")] == int(known.isna().sum())
    differ = found.table("differences").set_index("parcel_id")
    first = set(known.index[known < 500])
    second = set(known.index[known < 2000]) - {"D"}  # D has 375 mu
    assert set(differ.index[differ["only"] == "first"]) == first - second
    assert set(differ.index[differ["only"] == "second"]) == second - first
    book = openpyxl.load_workbook(found.save(tmp_path / "t.xlsx"))
    assert book.sheetnames == ["门槛试算", "候选标准差异"]
    html = found.save(tmp_path / "t.html").read_text("utf-8")
    assert "<polyline" in html
    assert "候选标准比较" in html
    assert "甲：" in "\n".join(found.lines("zh"))


def test_only_some_parcels(result):
    made = landeff.thresholds(result, "basis_area_m2", "100亩", only="land_use_class=residential").curve
    assert made["n_known"].tolist() == [1]


@pytest.mark.parametrize(
    "arguments",
    [
        {"column": "no_such"},
        {"column": "holder_code"},
        {"column": "is_started"},
        {"column": "basis_area_m2", "direction": "≠"},
        {"column": "basis_area_m2", "only": "land_use_class"},
        {"column": "basis_area_m2", "candidates": ("x", "basis_area_m2 < 1亩")},
        {"column": "basis_area_m2", "candidates": ("basis_area_m2 < 1", "basis_area_m2 < 1亩")},
    ],
)
def test_mistakes(result, arguments):
    with pytest.raises(ConfigError):
        landeff.thresholds(result, cuts=[1.0], **arguments)
