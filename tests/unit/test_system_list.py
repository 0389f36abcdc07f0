"""The ministry system's list against the run: every row in one class, with the reason.

Five parcels worked out by hand (``four_squares`` and one more): A (S1) is idle, due 2022-06-01 and seen not
started 2024-03-01; B (S2) is overdue and nobody wrote down whether it started; C (S3) was handed over
2021-12-31, so that the year after its term is full on 2023-12-31, and seen not started: idle; D (S5) is due
2024-06-01, so that its year is full on 2025-06-01; E has no supply record at all. No parcel is of record S4.
"""

import four_squares
import pandas as pd
import pytest

import landeff
from landeff.publish.report.model import Note
from landeff.publish.report.sections.system_list import SECTION, system_lines
from landeff.publish.workbook.sheets.system_list import SHEET

LISTED = pd.DataFrame(
    {
        "电子监管号": ["S1", "S1", "S2", "S5", "S9", None, " S1 ", "S4", None, "S3", None],
        "合同编号": [None] * 10 + ["C9"],
        "宗地代码": [None, None, None, None, None, "E", None, None, None, None, None],
        "类别": [
            "批而未供",
            "疑似闲置",
            "闲置土地",
            None,
            "疑似闲置",
            "疑似闲置",
            "闲置",
            "闲置",
            "闲置",
            "批而未供",
            None,
        ],
        "闲置面积（亩）": [3.0, 700.0, 750.0, 750.0, 10.0, 375.0, 700.0, 5.0, 1.0, 2.0, 4.0],
    }
)
COLUMNS = {
    "电子监管号": "supply_id",
    "合同编号": "contract_no",
    "宗地代码": "parcel_id",
    "类别": "category",
    "闲置面积（亩）": {"to": "listed_area_m2", "unit": "亩"},
}


@pytest.fixture(scope="module")
def result() -> landeff.Result:
    _, parcels, supply, *_ = four_squares.sources()
    more = four_squares.layer(
        [four_squares.box(3000, 500, 4000, 1000)], parcel_id=["E"], land_use_code=["0601"], mu=[750.0]
    )
    parcels = pd.concat([parcels.assign(supply_id=["S1", "S2", "S3", "S5"]), more], ignore_index=True)
    supply = supply.assign(handover_on=[None, None, "2021-12-31"])
    more = pd.DataFrame({"supply_id": ["S4", "S5"], "agreed_start_on": ["2020-01-01", "2024-06-01"]})
    more["contract_no"] = "C9"  # two records: S4 without a parcel, S5 of D
    supply = pd.concat(
        [supply, more.assign(is_started="否", start_checked_on="2024-12-01")], ignore_index=True
    )
    raw = four_squares.project(supply={"data": supply}, parcels={"data": parcels})
    raw["sources"]["system_list"] = {"data": LISTED, "columns": COLUMNS}
    return landeff.run(raw)


def test_every_row_is_in_one_class(result: landeff.Result) -> None:
    """A, listed as something else first, is not "listed again" as idle; C9 is D by its second record."""
    table = result.table("system_difference")
    classes = ["both", "to_check", "clear", "not_found", "missing_facts", "repeated", "no_parcel", "no_code"]
    assert table["entry"].tolist() == [
        *("other_category", *classes, "other_category", "repeated"),
        "only_ours",
    ]
    assert table["parcel_id"].iloc[-2] == "D"
    assert table["source_row"].notna().sum() == len(LISTED)
    assert table["title_zh"].notna().all()
    assert table["title_en"].notna().all()


def test_reasons_name_the_fact_that_decided(result: landeff.Result) -> None:
    table = result.table("system_difference").set_index("entry")
    assert table.loc["clear", "parcel_id"] == "D"
    assert "满一年日期 ＞" in table.loc["clear", "reason_zh"]
    assert "2025-06-01" in table.loc["clear", "reason_zh"]
    assert "开工" in table.loc["to_check", "reason_zh"]
    assert "开工情况核查日期 2024-03-01" in table.loc["both", "reason_zh"]
    assert table.loc["missing_facts", "reason_zh"].startswith("缺：")
    assert table.loc["no_parcel", "reason_zh"] == "供地台账有此记录，未对应到宗地"
    assert table.loc["both", "listed_area_m2"] == pytest.approx(700 * four_squares.MU)
    assert table.loc["both", "area_m2"] == pytest.approx(750 * four_squares.MU)


def test_what_the_system_does_not_list_is_told(result: landeff.Result) -> None:
    """C is on the list as something else than idle land: that is no finding of it."""
    ours = result.table("system_difference").iloc[-1]
    assert (ours["entry"], ours["parcel_id"], ours["supply_id"]) == ("only_ours", "C", "S3")
    assert pd.isna(ours["source_row"])
    assert "2023-12-31" in ours["reason_zh"]


def test_report_tells_it_only_where_a_list_is_given(result: landeff.Result) -> None:
    """One line on the first screen: A on both, C here alone, six rows there alone."""
    told = (
        "两边都列入 1 宗；仅本地判定 1 宗、750.00 亩；仅系统列入 6 宗，其中本地判定不构成 1 宗、待核实 1 宗"
    )
    (note,) = system_lines(result.dataset)
    assert isinstance(note, Note)
    assert told in note.text.zh
    assert len(SECTION.build(result.dataset)) == 4  # counts, here alone, there alone, a note
    tables = {**result.dataset.tables, "system_difference": result.table("system_difference").iloc[:0]}
    without = type(result.dataset)(result.dataset.meta, tables)
    assert system_lines(without) == list(SECTION.build(without)) == []
    assert SHEET.build(without) is None


def test_workbook_has_a_sheet_of_it(result: landeff.Result) -> None:
    ledger = SHEET.build(result.dataset)
    assert ledger is not None
    assert len(ledger.frame) == len(LISTED) + 1
    assert ledger.frame["title"].iloc[0].zh == "两边都列入"
    assert "review_verdict" in [each.name for each in ledger.fields]


def test_a_run_without_rules_about_idle_land_has_verdicts_on_none() -> None:
    raw = four_squares.project()
    raw["standards"]["rules"] = []
    raw["sources"]["system_list"] = {"data": LISTED.iloc[[1]], "columns": COLUMNS}
    assert landeff.run(raw).table("system_difference")["entry"].tolist() == ["not_applicable"]
