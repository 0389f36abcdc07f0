"""What stands above and around headers: units of the whole table, groups of groups, headers shared."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from landeff.core.errors import InputError, ProblemsError
from landeff.core.tables import TABLES
from landeff.core.units import unit_of
from landeff.sources.columns.headers import propose, unit_in_label
from landeff.sources.columns.mapping import ColumnMap, Mapped, to_table
from landeff.sources.readers import read


def workbook(folder: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


def mapped(path: Path, column: str, unit: str | None = None, currency: str = "CNY") -> Mapped:
    columns = {"编号": ColumnMap("supply_id"), column: ColumnMap("price_cny", unit)}
    return to_table(read(path), TABLES["supply"], columns, defaults={"currency": currency})


def test_columns_that_share_a_header_are_told_apart(tmp_path: Path) -> None:
    raw = read(workbook(tmp_path, [["名称", "面积", "面积"], ["a", 1, 2]]))
    assert raw.frame.columns.tolist() == ["名称", "面积 (1)", "面积 (2)"]
    assert [(each.code, each.value) for each in raw.issues] == [("field_names_collide", "面积 (1), 面积 (2)")]
    assert [each.to for each in propose(raw.frame.columns.tolist(), "parcels")][1:] == [None, None]


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：公顷", ("公顷",)),
        ("（金额单位：万元）", ("万元",)),
        ("单位：万元、公顷", ("万元", "公顷")),
        ("填报单位：扬州市自然资源和规划局", ()),
        ("单位负责人：张三", ()),
    ],
)
def test_units_above_the_table(tmp_path: Path, line: str, units: tuple[str, ...]) -> None:
    path = workbook(tmp_path, [["供地台账", None], [line, None], ["名称", "面积"], ["a", 1], ["b", 2]])
    assert read(path).units == units


def test_a_unit_above_the_table_is_no_declaration(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["单位：万元", None], ["编号", "价款"], ["S1", 3.0], ["S2", 5.0]])
    with pytest.raises(
        ProblemsError, match='unit of "价款" is not known; the line above the table says 万元'
    ):
        mapped(path, "价款")
    agreed, other = mapped(path, "价款", "万元"), mapped(path, "价款", "元")
    assert [each.code for each in agreed.issues] == []
    assert [(each.code, each.value) for each in other.issues] == [("unit_contradicts_header", "万元")]
    assert other.frame["price_cny"].tolist() == [3.0, 5.0]  # what is declared counts


def test_a_unit_two_rows_above_is_that_of_the_part(tmp_path: Path) -> None:
    """税收（万元） spans 国税 and 地税, which span the taxes: each tax is in 万元."""
    rows: list[list[object]] = [
        ["企业", "税收（万元）", None, None],
        [None, "国税", None, "地税"],
        [None, "增值税", "所得税", "房产税"],
        ["甲", 1, 2, 3],
    ]
    headers = read(workbook(tmp_path, rows, ("A1:A3", "B1:D1", "B2:C2"))).frame.columns.tolist()
    assert [unit_in_label(header)[1] for header in headers] == [None, "万元", "万元", "万元"]
    assert [header.rpartition("/")[2] for header in headers] == ["企业", "增值税", "所得税", "房产税"]


@pytest.mark.parametrize(
    ("word", "m2"), [("万平方米", 1e4), ("平方千米", 1e6), ("平米", 1.0), ("万㎡", 1e4), ("hm²", 1e4)]
)
def test_units_of_area(word: str, m2: float) -> None:
    unit = unit_of(word)
    assert unit is not None
    assert (unit.dimension, unit.factor) == ("area", m2)


def test_money_of_another_currency_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["编号", "价款（万美元）"], ["S1", 3.0], ["S2", 5.0]])
    with pytest.raises(
        (InputError, ProblemsError), match="is in 万美元, and the money of the project in CNY"
    ):
        mapped(path, "价款（万美元）")
    assert mapped(path, "价款（万美元）", currency="USD").frame["price_cny"].tolist() == [3e4, 5e4]
    told = mapped(path, "价款（万美元）", "万元").issues
    assert [(each.code, each.value) for each in told] == [("unit_contradicts_header", "万美元")]


def test_a_cell_in_another_currency_is_no_number(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["编号", "价款（万元）"], ["S1", "3万美元"], ["S2", 5.0]])
    found = mapped(path, "价款（万元）")
    assert found.frame["supply_id"].tolist() == ["S2"]
    assert found.set_aside["reason"].tolist() == ["not_a_number"]


@pytest.mark.parametrize("cell", ["'S1", "S\u200b1", "\ufeffS1", "Ｓ１"])
def test_codes_without_what_marks_them_as_text(tmp_path: Path, cell: str) -> None:
    path = workbook(tmp_path, [["编号", "价款（元）"], [cell, 3.0], ["S2", 5.0]])
    found = mapped(path, "价款（元）")
    assert found.frame["supply_id"].tolist() == ["S1", "S2"]
    told = [] if cell == "Ｓ１" else ["text_marks_dropped"]
    assert [each.code for each in found.issues] == told


def test_cells_written_as_formulas_are_their_text(tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text('编号,价款（元）\n"=""S1""","=""3.5"""\nS2,5\n', encoding="utf-8")
    raw = read(tmp_path / "台账.csv")
    assert raw.frame.to_numpy().tolist() == [["S1", "3.5"], ["S2", "5"]]
    assert [(each.code, each.value, each.n) for each in raw.issues] == [("text_marks_dropped", '="S1"', 1)]


def test_headers_of_every_page_are_no_rows(tmp_path: Path) -> None:
    header: list[list[object]] = [["企业", "税收（万元）", None], [None, "增值税", "所得税"]]
    rows = [*header, ["甲", 1, 2], *header[1:], ["乙", 3, 4], ["企业", 5, 6]]
    raw = read(workbook(tmp_path, rows, ("A1:A2", "B1:C1")))
    assert raw.frame["企业"].tolist() == ["甲", "乙", "企业"]  # the last is a name with amounts
    assert [(each.code, each.value) for each in raw.issues] == [("headers_repeated", "rows 4")]


def test_numbers_of_columns_are_no_amounts(tmp_path: Path) -> None:
    rows: list[list[object]] = [["企业", "增值税（元）", "所得税（元）"], ["栏次", 1, 2], ["某公司", 30, 40]]
    raw = read(workbook(tmp_path, rows))
    assert raw.frame["企业"].tolist() == ["某公司"]
    assert [(each.code, each.value) for each in raw.issues] == [("headers_repeated", "rows 2")]


def test_rows_above_a_header_are_told(tmp_path: Path) -> None:
    header: list[list[object]] = [["企业", "税收（万元）", None], [None, "增值税", "所得税"]]
    rows = [*header, ["甲", 1, 2], ["企业", "增值税", "所得税"], ["乙", 3, 4]]
    path = workbook(tmp_path, rows, ("A1:A2", "B1:C1"))
    assert ("rows_above_header", "rows 3") in [(each.code, each.value) for each in read(path).issues]
    whole = read(path, header_row=1)
    assert whole.frame["企业"].tolist() == ["甲", "乙"]
    assert [each.code for each in whole.issues] == ["headers_repeated"]


@pytest.mark.parametrize("above", [["2024年度供地台账", None, None], ["编制日期", "2024-12-31", None]])
def test_titles_are_no_data(tmp_path: Path, above: list[object]) -> None:
    path = workbook(tmp_path, [above, ["编号", "价款（元）", "备注"], ["S1", 3.0, "x"]])
    assert read(path).issues == ()
