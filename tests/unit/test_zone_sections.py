"""Decomposition of a run, and what report and workbook show of decomposition, scenarios and grades."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pandas as pd
import pytest

import landeff
from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.core.units import M2_PER_MU, WAN
from landeff.pipeline.decomposition import decomposition_table
from landeff.pipeline.result import Result
from landeff.publish.report.diverging import Diverging
from landeff.publish.report.model import Abreast, Note, Table
from landeff.publish.report.sections import decomposition, grades, scenarios
from landeff.publish.workbook.sheets import decomposition as decomposition_sheet
from landeff.publish.workbook.sheets import scenarios as scenarios_sheet

MU = M2_PER_MU
META = Meta(
    "试验市", dt.date(2024, 12, 31), (2023, 2024), "EPSG:4528", Scopes("tax_paid", "developed", "ellipsoidal")
)


def _tables() -> dict[str, pd.DataFrame]:
    """Two zones of 10 mu and a part of the first. 万元: Z1 80 → 100, Z2 90 → 90; output 800 → 800, 900 → 1800

    Parcels: of industry 35 a in Z1 (4 mu, 60) and c in Z2 (6 mu, 30), of 36 b in Z1 (4 mu, 20); d is unknown.
    """
    zones = pd.DataFrame(
        {"zone_id": ["Z1", "Z1-1", "Z2"], "name": ["甲园", "甲园一区", "乙园"],
         "parent_zone_id": [None, "Z1", None], "is_sub_park": [False, True, False]}
    )  # fmt: skip
    rows = [("Z1", (80, 100), (800, 800)), ("Z1-1", (50, 60), (1, 1)), ("Z2", (90, 90), (900, 1800))]
    by_year = pd.DataFrame(
        [
            {"zone_id": zone, "year": year, "tax_cny": tax * WAN, "output_cny": output * WAN}
            for zone, taxes, outputs in rows
            for year, tax, output in zip((2023, 2024), taxes, outputs, strict=True)
        ]
    ).assign(scope_area_m2=10 * MU)
    parcels = pd.DataFrame(
        {"parcel_id": list("abcd"), "basis_area_m2": [4 * MU, 4 * MU, 6 * MU, 1 * MU],
         "tax_cny": [60 * WAN, 20 * WAN, 30 * WAN, math.nan],
         "industry_division_code": ["35", "36", "35", "35"], "grade_latest": ["A", "B", "B", None],
         "zone_id": ["Z1", "Z1", "Z2", "Z2"]}
    )  # fmt: skip
    pairs = pd.DataFrame({"parcel_id": list("abcd"), "zone_id": ["Z1", "Z1", "Z2", "Z2"], "share_ratio": 1.0})
    return {"zones": zones, "zone_year": by_year, "parcels": parcels, "parcel_zone": pairs}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    tables = _tables()
    return Dataset(META, {**tables, "decomposition": decomposition_table(tables)})


def test_years_by_zone(dataset: Dataset) -> None:
    """170 ÷ 20 = 8.5 → 190 ÷ 20 = 9.5 万元: Z1 adds 20/20 = 1, Z2 0; parts of zones are not added again."""
    table = dataset.frame("decomposition")
    rows = table[table["analysis"] == "change"].set_index("part")
    assert rows["effect_cny_per_mu"].to_dict() == pytest.approx({"": WAN, "Z1": WAN, "Z2": 0.0})
    assert (rows["structure_cny_per_mu"] == 0).all()
    chain = table[table["analysis"] == "chain"].set_index("part")
    # Z1: output stays, tax on it rises, L·ln(100/80) = 1. Z2: output doubles, tax on it halves: ± 4.5·ln 2
    assert chain.loc["Z1", "rate_cny_per_mu"] == pytest.approx(WAN)
    assert chain.loc["Z2", "intensity_cny_per_mu"] == pytest.approx(4.5 * WAN * math.log(2))
    assert chain.loc["Z2", "rate_cny_per_mu"] == pytest.approx(-4.5 * WAN * math.log(2))


def test_industries_by_zone(dataset: Dataset) -> None:
    """All: 110 ÷ 14; of 35: 90 ÷ 10 = 9, share 5/7; of 36: 20 ÷ 4 = 5, share 2/7. Z2: 35 alone, 30 ÷ 6 = 5.

    R̄ = ½(110/14 + 5) = 45/7. Within: ½(5/7 + 1)·(5 − 9) = −24/7. Mix: (½(9 + 5) − 45/7)·2/7 = 8/49 of 35, and
    (5 − 45/7)·(−2/7) = 20/49 of 36. In all −24/7 + 28/49 = −20/7 = 5 − 110/14.
    """
    table = dataset.frame("decomposition")
    rows = table[(table["analysis"] == "industry") & (table["zone_id"] == "Z2")].set_index("part")
    made = rows[["efficiency_cny_per_mu", "structure_cny_per_mu"]] / WAN
    assert made.loc["35"].tolist() == pytest.approx([-24 / 7, 8 / 49])
    assert made.loc["36"].tolist() == pytest.approx([0, 20 / 49])
    assert rows.loc["", "effect_cny_per_mu"] / WAN == pytest.approx(-20 / 7)
    assert rows.loc["-", "area_m2"] == pytest.approx(MU)


def test_two_results_divide_changes_of_land_too() -> None:
    """The figures of ``test_decomposition.test_two_zones_by_hand``: −5/6 of which −1/8 efficiency."""

    def result(year: int, *rows: tuple[str, float, float]) -> Result:
        frame = pd.DataFrame(rows, columns=["zone_id", "tax_cny", "scope_area_m2"])
        frame = frame.assign(year=year, scope_area_m2=frame["scope_area_m2"] * MU, parent_zone_id=None)
        meta = replace(META, years=(year,))
        return Result(Dataset(meta, {"zones": frame.assign(name="园"), "zone_year": frame}))

    made = landeff.decompose(
        result(2023, ("a", 100, 10), ("b", 60, 20)), result(2024, ("a", 120, 10), ("b", 60, 30))
    )
    whole = made[made["part"] == ""].iloc[0]
    assert (whole["base_year"], whole["year"]) == (2023, 2024)
    assert whole["effect_cny_per_mu"] == pytest.approx(-5 / 6)
    assert whole["efficiency_cny_per_mu"] == pytest.approx(-1 / 8)
    assert whole["structure_cny_per_mu"] == pytest.approx(-17 / 24)
    assert set(made["analysis"]) == {"change"}  # no output, no chain


def test_section_of_the_decomposition(dataset: Dataset) -> None:
    blocks = decomposition.build(dataset)
    figures = [block for block in blocks if isinstance(block, Abreast)]
    assert len(figures) == 3
    figure, table = figures[0].blocks
    assert isinstance(figure, Diverging)
    assert isinstance(table, Table)
    assert [bar[0] for bar in figure.bars] == ["甲园", "乙园"]
    assert table.rows[0].is_total
    assert isinstance(blocks[0], Table)
    assert blocks[0].rows[0].values[0] == "2023→2024"
    sheet = decomposition_sheet.build(dataset)
    assert sheet is not None
    assert len(sheet.frame) == len(dataset.frame("decomposition"))


def test_sections_of_what_was_not_computed_are_left_out() -> None:
    empty = Dataset(META, {})
    assert list(decomposition.build(empty)) == list(scenarios.build(empty)) == list(grades.build(empty)) == []
    assert decomposition_sheet.build(empty) is scenarios_sheet.build(empty) is None


def _scenarios() -> pd.DataFrame:
    row = {"scenario": "盘活", "zone_id": "", "category": "", "zone_name": "全部园区", "put_to_use": "idle",
           "at": "fixed", "share_ratio": 0.5, "n": 1, "tax_cny_per_mu": 8 * WAN, "rate_cny_per_mu": 20 * WAN,
           "after_low_cny_per_mu": 9 * WAN, "after_high_cny_per_mu": 9.5 * WAN,
           "target_cny_per_mu": 9.2 * WAN}  # fmt: skip
    row |= dict.fromkeys([*scenarios.LAND, "tax_unknown_area_m2", "tax_replaced_cny", "tax_added_cny"], 0.0)
    row["uncleared_area_m2"] = MU
    parts = [{}, {"category": "idle"}, {"zone_id": "Z1", "zone_name": "甲园"}]
    return pd.DataFrame([{**row, **part} for part in parts])


def test_section_of_the_scenarios() -> None:
    """A range is a range: a target inside of it may be reached."""
    benchmarks = pd.DataFrame(
        {"indicator": "tax_cny_per_mu", "place": ["甲市", "乙市", "丙市"], "year": [2024, 2024, None],
         "value": [9 * WAN, 20 * WAN, 5 * WAN], "bound": [None, None, ">"],
         "scopes": ["tax_paid developed ellipsoidal", "未载明", "tax_paid developed ellipsoidal"]}
    )  # fmt: skip
    dataset = Dataset(META, {"scenarios": _scenarios(), "benchmarks": benchmarks})
    first, against, classes, zones, assumptions = scenarios.build(dataset)
    assert isinstance(first, Table)
    assert first.rows[0].values[4] == "9.00–9.50"
    assert first.rows[0].values[-1].zh == "可能"  # type: ignore[union-attr]
    assert isinstance(against, Table)  # what counts something else, or is a bound, is not compared
    assert [row.values[0] for row in against.rows] == ["甲市"]
    assert against.rows[0].values[3].zh == "达到"  # type: ignore[union-attr]
    assert isinstance(classes, Table)
    assert "50.0%" in classes.caption.zh
    assert "20.00 万元/亩" in classes.caption.zh
    assert [row.is_total for row in classes.rows] == [False, True]
    assert isinstance(zones, Abreast)
    assert isinstance(assumptions, Note)
    assert "不是预测" in assumptions.text.zh
    sheet = scenarios_sheet.build(dataset)
    assert sheet is not None
    assert sheet.frame["place"].iloc[2] == "甲园"


def test_grades_of_a_scorecard(dataset: Dataset) -> None:
    """The latest year. A: x 100 on 10 mu and y of unknown land: 10 per mu, of x alone; z is not graded."""
    simulated = pd.DataFrame(
        {"enterprise_id": ["x", "y", "z", "x"], "scorecard": "k", "year": [2024, 2024, 2024, 2023],
         "grade": ["A", "A", None, "D"], "official_grade": ["B", "A", None, "D"],
         "reason": ["by_cut", "by_cut", "item_not_graded", "by_cut"], "lacking": [None, None, "staff", None]}
    )  # fmt: skip
    firms = pd.DataFrame(
        {"enterprise_id": ["x", "y", "z", "x"], "year": [2024, 2024, 2024, 2023],
         "basis_area_m2": [10 * MU, math.nan, 1 * MU, 10 * MU], "tax_cny": [100 * WAN, 5 * WAN, 1 * WAN, 1.0]}
    )  # fmt: skip
    cards = pd.DataFrame(
        {"scorecard": "k", "kind": ["card", "item"], "item": ["", "staff"],
         "title_zh": ["本地评分", "亩均职工"], "title_en": ["ours", "staff per mu"],
         "is_verified": [True, True]}
    )  # fmt: skip
    effects = pd.DataFrame(
        {"grade": ["D"], "title_zh": ["电价"], "title_en": ["electricity"], "value": [0.3],
         "unit": ["元/kWh"], "told_zh": [""], "told_en": [""], "document": [""], "is_verified": [True]}
    )  # fmt: skip
    tables = {**dataset.tables, "grades_simulated": simulated, "enterprise_year": firms, "scorecards": cards}
    official, _, card, changes, open_, _, given = grades.build(
        Dataset(META, {**tables, "grade_effects": effects})
    )
    assert isinstance(official, Abreast)
    assert isinstance(card, Abreast)
    table = card.blocks[1]
    assert isinstance(table, Table)
    grade_a, none = table.rows
    assert grade_a.values[1:4] == (2, 1.0, pytest.approx(10 * MU))
    assert grade_a.values[5:] == (pytest.approx(10 * WAN), 1)
    assert none.values[1:3] == (1, None)
    assert isinstance(changes, Table)
    assert [row.values[:2] for row in changes.rows] == [("A", 1), ("B", 1)]
    assert [row.values[-1] for row in changes.rows] == [1.0, 0.0]
    assert isinstance(open_, Table)
    assert open_.rows[0].values[3].zh == "亩均职工"  # type: ignore[union-attr]
    assert isinstance(given, Table)
    assert given.rows[0].values[2].zh == "+0.3 元/kWh"  # type: ignore[union-attr]
