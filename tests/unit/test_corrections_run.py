"""Corrections in a whole run of the four squares, as people fill them in."""

import four_squares
import openpyxl
import pandas as pd
import pytest

import landeff

HEADERS = ["表", "编号", "字段", "原值", "新值", "理由", "文号", "签字人", "有效期至", "类型"]
MU = 10_000 / 15


def told(table, key, column, old, new, reason="核实", signer="王某", *, until=None, kind=None):
    return table, key, column, old, new, reason, None, signer, until, kind


ROWS = {
    told(None, "A", "登记面积", "750", "700"): "unknown_table",
    told("宗地", None, "登记面积", "750", "700"): "no_key",
    told("宗地", "A", None, "750", "700"): "unknown_column",
    told(None, None, None, None, "700", None, None): "unknown_table",
    told("宗地", "A", "登记面积（亩）", "750", None): "no_new",
    told("宗地", "A", "登记面积（亩）", "750", "-5"): "out_of_range",
    told("宗地", "A", "登记面积（亩）", "750亩", "700万元"): "bad_value",
    told("宗地", "A", "登记面积（亩）", "750", "700", None): "no_ground",
    told("宗地", "A", "登记面积（亩）", "750", "700", until="2025-02-30"): "bad_date",
    told("宗地", "A", "登记面积（亩）", "750", "700", kind="投诉"): "unknown_kind",
    told("用地占用", "A|T", "占用土地面积（亩）", "250", "200"): "applied",
    told("用地占用", "A|T", "份额", None, "2"): "out_of_range",
    told("园区", "Z1", "名称", "甲园", "丙园"): "applied",
    told("zones", "Z2", "上级园区代码", None, "Z9"): "applied",
    told("建筑物", "1", "层数", None, "2"): "unknown_table",
    told("宗地", "B", "权利人代码", "H2", "空"): "applied",
    told("税收与产出", "X|2024|tax_paid", "币种", "CNY", "USD"): "refused_column",
    told("税收与产出", "X|2023|tax_paid", "数值", "7万元", "8万元"): "key_unknown",
    told("宗地", '=HYPERLINK("http://x")', "=1+1", "=cmd|' /C calc'!A0", "<script>alert(1)</script>"): (
        "unknown_column"
    ),
}


def run(rows):
    sources = {"corrections": {"data": pd.DataFrame(rows, columns=HEADERS)}}
    raw = four_squares.project()
    raw["sources"] = {**raw["sources"], **sources}
    return landeff.run(raw)


@pytest.fixture(scope="module")
def corrected():
    return run(list(ROWS))


def test_every_row_has_its_outcome(corrected):
    by_row = corrected.table("corrections").set_index("source_row")["outcome"]
    assert by_row.sort_index().tolist() == list(ROWS.values())


def test_what_was_applied_is_what_is_computed_with(corrected):
    assert corrected.zones.set_index("zone_id").loc["Z1", "name"] == "丙园"
    # A has 750 mu: 550 of the holder H1, 200 of the tenant T (250 before).
    shares = corrected.table("shares").query("parcel_id == 'A'").set_index("enterprise_id")["land_area_m2"]
    assert shares.div(MU).round(6).to_dict() == {"H1": 550.0, "T": 200.0}
    # H2 stands on no land any more: its 60 万元 reach none.
    ledger = corrected.table("ledger").query("measure == 'tax_paid'").set_index("entry")["value"]
    assert ledger["no_land"] == pytest.approx(600_000 + 70_000)
    assert "corrected" not in ledger


def test_what_hangs_on_a_corrected_cell_is_checked_again(corrected):
    issues = corrected.table("issues").query("code == 'unknown_parent'")
    assert issues["value"].tolist() == ["Z9"]
    assert corrected.zones.set_index("zone_id")["parent_zone_id"].isna().all()


def test_the_order_of_the_rows_is_irrelevant(corrected):
    other = run(list(ROWS)[::-1])
    for name in ("zones", "parcels", "ledger", "contributions", "findings"):
        pd.testing.assert_frame_equal(other.table(name), corrected.table(name))
    columns = ["kind", "table", "key", "column", "old_value", "new_value", "outcome"]
    ordered = [
        table.table("corrections")[columns].sort_values(columns, ignore_index=True)
        for table in (corrected, other)
    ]
    pd.testing.assert_frame_equal(*ordered)


def test_hostile_text_stays_text(corrected, tmp_path):
    assert "<script>alert" not in corrected.report("zh")
    path = corrected.workbook(tmp_path / "book.xlsx", "zh")
    cells = [cell for row in openpyxl.load_workbook(path)["更正与核对"].iter_rows() for cell in row]
    formulas = [cell for cell in cells if str(cell.value).startswith("=")]
    assert formulas
    assert {cell.data_type for cell in formulas} == {"s"}


def test_without_corrections_nothing_is_told():
    result = landeff.run(four_squares.project())
    assert result.table("corrections").empty
    assert "更正与核对" not in result.report("zh")
