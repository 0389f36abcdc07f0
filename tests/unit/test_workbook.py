"""The workbook, read back by another program than the one that wrote it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field
from landeff.publish.workbook import draw, write_workbook
from landeff.publish.workbook import rows as workbook_rows
from landeff.publish.workbook.model import Ledger, Sheet


@pytest.fixture(scope="module")
def book(tiny_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("book") / "台账.xlsx"
    write_workbook(tiny_dataset, path)
    return openpyxl.load_workbook(path)


def column(page: openpyxl.worksheet.worksheet.Worksheet, heading: str) -> list[openpyxl.cell.Cell]:
    headings = [cell.value for cell in page[1]]
    return [row[headings.index(heading)] for row in page.iter_rows(min_row=2)]


def test_one_sheet_a_ledger_in_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "说明", "县区汇总", "园区汇总", "疑似闲置", "待核实", "一年内到期", "批而未供", "疑似低效",
        "全部宗地", "园区", "企业", "平衡表", "收支核对表", "未匹配", "搁置", "数据问题",
    ]  # fmt: skip


def test_codes_are_text_dates_are_dates_and_units_are_in_the_heading(
    book: openpyxl.Workbook, tiny_dataset: Dataset
) -> None:
    page = book["疑似闲置"]
    codes = column(page, "宗地代码")
    assert {cell.data_type for cell in codes} == {"s"}
    assert {cell.number_format for cell in codes} == {"@"}
    parcels = tiny_dataset.frame("parcels").set_index("parcel_id")
    areas = column(page, "面积（亩）")
    for code, area in zip(codes, areas, strict=True):
        assert area.value == pytest.approx(parcels["basis_area_m2"][code.value] * 15 / 10_000, abs=1e-5)
    due = column(page, "动工期限")[0]
    assert due.value == dt.datetime(2022, 6, 30)
    assert due.number_format == "yyyy-mm-dd"
    assert column(page, "超过动工期限（天）")[0].value == 915  # 184 days of 2022 + 365 + 366


def test_frozen_header_filter_print_and_drop_down(book: openpyxl.Workbook) -> None:
    page = book["疑似闲置"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page.print_title_rows == "$1:$1"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    choice, day = page.data_validations.dataValidation
    assert (day.type, day.showErrorMessage) == ("date", True)
    colours = {column(page, name)[0].fill.fgColor.rgb for name in ("核实结论", "核实人", "核实日期")}
    assert colours == {"FFFFF9E0"}  # to be filled in
    assert choice.formula1 == '"是,否,不确定"'
    assert "合成数据" in page.oddHeader.center.text


def drawn(
    frame: pd.DataFrame, fields: tuple[Field, ...], dataset: Dataset, folder: Path, **more: Any
) -> Worksheet:
    sheet = Sheet(Term("表", "sheet"), 1, lambda _: Ledger(fields, frame, **more))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "parts", lambda *_: [sheet])
        write_workbook(dataset, folder / "x.xlsx")
    return openpyxl.load_workbook(folder / "x.xlsx")["表"]


def test_text_that_takes_several_lines_has_the_height_for_them(tiny_dataset: Dataset, tmp_path: Path) -> None:
    frame = pd.DataFrame({"parcel_id": ["1", "2", "3"], "location": ["短", "长" * 70, "一\n二\n三"]})
    page = drawn(frame, (field("parcel_id", "code"), field("location", "text")), tiny_dataset, tmp_path)
    assert page.column_dimensions["B"].width == pytest.approx(28.7, abs=0.1)  # 5 pixels of edge on 28 of 7
    heights = [page.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights == [None, 96, 48]  # 140 characters, 27 / 1.05 = 25.7 a line: six lines; three lines


def test_numbers_have_room(tiny_dataset: Dataset, tmp_path: Path) -> None:
    frame = pd.DataFrame({"parcel_id": ["1", "2"], "price_cny": [-123_456_789_012.345, None]})
    page = drawn(frame, (field("parcel_id", "code"), field("price_cny", "yuan")), tiny_dataset, tmp_path)
    assert page.column_dimensions["B"].width >= len("-123,456,789,012.35") + 2


def test_a_wide_ledger_is_printed_on_several_sheets_of_a3_with_its_codes_on_each(
    tiny_dataset: Dataset, tmp_path: Path
) -> None:
    fields = (field("parcel_id", "code"), *(field(f"c{n}", "text", f"列{n}") for n in range(20)))
    frame = pd.DataFrame({each.name: ["长" * 20] for each in fields})
    page = drawn(frame, fields, tiny_dataset, tmp_path)
    # 34 for the code and 20 columns of 28: (594 - 34) / (345 - 34) = 1.8
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (8, 2, 0)
    assert (page.print_title_rows, page.print_title_cols) == ("$1:$1", "$A:$A")
    narrow = drawn(frame, fields[:3], tiny_dataset, tmp_path)
    assert narrow.page_setup.paperSize == 9
    assert narrow.page_setup.fitToWidth in {None, 1}
    assert narrow.print_title_cols is None


def test_few_columns_of_tall_text_are_printed_upright(tiny_dataset: Dataset, tmp_path: Path) -> None:
    fields = (field("parcel_id", "code"), field("why", "long", "判定过程"))
    frame = pd.DataFrame({"parcel_id": ["1"], "why": ["\n".join(["条件" * 20] * 12)]})
    page = drawn(frame, fields, tiny_dataset, tmp_path)
    assert page.column_dimensions["B"].width > 80  # 12 lines of 80 characters, each in two lines of it
    assert page.page_setup.orientation in {None, "portrait"}
    page = drawn(frame.assign(why="短"), fields, tiny_dataset, tmp_path)
    assert page.page_setup.orientation == "landscape"


def test_a_hidden_sheet_has_nothing_to_print(tiny_dataset: Dataset, tmp_path: Path) -> None:
    page = drawn(pd.DataFrame({"parcel_id": ["1"]}), (field("parcel_id", "code"),), tiny_dataset, tmp_path)
    assert page.print_area
    sheet = Sheet(
        Term("表", "sheet"), 1, lambda _: Ledger((field("parcel_id", "code"),), pd.DataFrame()), True
    )
    shown = Sheet(Term("看", "seen"), 0, sheet.build)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "parts", lambda *_: [shown, sheet])
        write_workbook(tiny_dataset, tmp_path / "x.xlsx")
    assert not openpyxl.load_workbook(tmp_path / "x.xlsx")["表"].print_area


def test_unknown_is_an_empty_cell_not_nought(book: openpyxl.Workbook, tiny_dataset: Dataset) -> None:
    taxes = column(book["全部宗地"], "税收（万元）")
    unknown = tiny_dataset.frame("parcels")["tax_cny"].isna().tolist()
    assert [cell.value is None for cell in taxes] == unknown


def test_low_efficiency_has_no_sheet_where_nothing_computed_it(tiny_dataset: Dataset, tmp_path: Path) -> None:
    inventory = tiny_dataset.frame("inventory")
    tables = {**tiny_dataset.tables, "inventory": inventory[inventory["category"] != "low_efficiency"]}
    write_workbook(Dataset(tiny_dataset.meta, tables), tmp_path / "x.xlsx")
    assert "疑似低效" not in openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames


def test_a_run_without_tables_writes_a_cover(tiny_dataset: Dataset, tmp_path: Path) -> None:
    write_workbook(Dataset(tiny_dataset.meta), tmp_path / "x.xlsx", "en")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == ["About"]


def test_no_cell_is_a_formula_or_a_link(
    tiny_dataset: Dataset, hostile_dataset: Dataset, tmp_path: Path
) -> None:
    hostile = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "{=1}",
        "http://x.example/",
        "123",
        "\ud800a\x01\uffff",
    ]
    parcels = hostile_dataset.layer("parcels").copy()
    parcels["holder"] = parcels["holder"].astype(object)
    parcels.loc[: len(hostile) - 1, "holder"] = hostile
    parcels.loc[len(hostile), "holder"] = "长" * 40_000
    meta = dataclasses.replace(hostile_dataset.meta, name=f"&G&\ud800{hostile_dataset.meta.name}" * 9)
    write_workbook(Dataset(meta, {**hostile_dataset.tables, "parcels": parcels}), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    holders = column(book["全部宗地"], "权利人")
    assert [cell.value for cell in holders[: len(hostile) - 1]] == hostile[:-1]
    assert holders[len(hostile) - 1].value == "\ufffda\ufffd\ufffd"
    assert len(holders[len(hostile)].value) == 32_767
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert {link.target for link in links} == {"map.html"}
    assert all(re.fullmatch(r"parcel=[\w.~%-]+", link.location, re.ASCII) for link in links)


def test_same_dataset_same_bytes(tiny_dataset: Dataset, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tiny_dataset, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_finding_of_the_deciding_rule_is_shown(tiny_dataset: Dataset, tmp_path: Path) -> None:
    """A parcel that also is a hit of another rule, earlier in the alphabet, keeps the idle rule's basis."""
    parcels = tiny_dataset.layer("parcels").copy()
    parcels["idle_rule_id"] = "national/idle"
    other = tiny_dataset.frame("findings").query("rule_id == 'sample/low_tax'")
    other = other.assign(rule_id="a/other", verdict="hit", basis="别的依据")
    findings = pd.concat([tiny_dataset.frame("findings"), other], ignore_index=True)
    write_workbook(
        Dataset(tiny_dataset.meta, {"parcels": parcels, "findings": findings}), tmp_path / "x.xlsx"
    )
    page = openpyxl.load_workbook(tmp_path / "x.xlsx")["疑似闲置"]
    assert {cell.value for cell in column(page, "规则")} == {"疑似闲置土地（满一年未动工）"}


def test_the_code_of_a_listed_parcel_opens_the_map_beside_the_workbook(book: openpyxl.Workbook) -> None:
    for cell in column(book["疑似闲置"], "宗地代码"):
        assert (cell.hyperlink.target, cell.hyperlink.location) == ("map.html", f"parcel={cell.value}")
        assert cell.number_format == "@"


@pytest.mark.parametrize(("name", "code"), [("县区汇总", "district_code"), ("园区汇总", "zone_id")])
def test_sums_by_place_add_up_to_all_that_is_listed(
    book: openpyxl.Workbook, tiny_dataset: Dataset, name: str, code: str
) -> None:
    parcels, pieces = tiny_dataset.frame("parcels"), tiny_dataset.frame("remainders")
    page = book[name]
    places = [cell.value for cell in column(page, "代码")]
    assert len(places) == len(set(places))
    numbers = [cell.value for cell in column(page, "在册宗数")]
    listed = parcels[parcels["inventory_class"] != "none"]
    assert numbers[-1] == sum(numbers[:-1]) == len(listed) + len(pieces)
    one = places[0]
    idle = listed[(listed[code] == one) & (listed["inventory_class"] == "idle")]
    assert column(page, "疑似闲置宗数")[0].value == len(idle)
    assert [row[0].font.b for row in page.iter_rows(min_row=2)] == [*[False] * (len(places) - 1), True]
    assert page.auto_filter.ref.endswith(str(page.max_row - 1))  # the sum is not sorted away
    area = column(page, "疑似闲置面积（亩）")[0].value
    assert area == pytest.approx(idle["basis_area_m2"].sum() * 15 / 10_000, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "<r>a & b</r>",
        "<r></c></row><x>",
        "_x0041_ _x000D_",
        " a ",
        "\n a\t",
        "]]>",
        "\u2028\u202e",
        "😀" * 17_000,
    ],
)
def test_any_text_comes_back_as_it_was(text: str, tiny_dataset: Dataset, tmp_path: Path) -> None:
    """XlsxWriter takes ``<r>…</r>`` for markup when it writes row by row; a cell ends at 32,767 units."""
    frame = pd.DataFrame({"parcel_id": [text, "1"], "location": [text, Term(text, text)]})
    page = drawn(frame, (field("parcel_id", "code"), field("location", "text")), tiny_dataset, tmp_path)
    # what looks like an escape is escaped in the file, which openpyxl leaves to its user
    found = {unescape(cell.value) for row in page.iter_rows(min_row=2) for cell in row} - {"1"}
    assert found == {
        text if len(text) < 17_000 else "😀" * 16_383
    }  # 32,766 units; half of one is no character


DAYS = [dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2024, 2, 29), None]


@pytest.mark.parametrize("as_dates", [True, False])
def test_days_are_counted_as_excel_counts_them(as_dates: bool, tiny_dataset: Dataset, tmp_path: Path) -> None:
    """1, 59, 61 (Excel has a 29 February 1900) and 45351, as the file format has them."""
    days = pd.Series(DAYS, dtype=object) if as_dates else pd.Series(pd.to_datetime(DAYS))
    drawn(pd.DataFrame({"due_on": days}), (field("due_on", "date", "日", "day"),), tiny_dataset, tmp_path)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<v>([^<]*)</v>", sheet) == ["1", "59", "61", "45351"]


def test_values_of_every_kind_and_type(tiny_dataset: Dataset, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "a": pd.array([1, None, 3], dtype="Int64"),
            "b": [10_000 / 15, float("nan"), float("inf")],
            "c": pd.array([True, None, False], dtype="boolean"),
            "d": pd.Series([0.1, None, "约 3"], dtype=object),
            "e": [2024, 2023, 2022],
        }
    )
    kinds = {"a": "count", "b": "mu", "c": "yes_no", "d": "percent", "e": "year", "f": "text"}
    fields = tuple(Field(name, Term(name, name), kind) for name, kind in kinds.items())
    page = drawn(frame, fields, tiny_dataset, tmp_path)
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_col=5)]
    assert rows == [[1, 1, "是", 10, 2024], [None, None, None, None, 2023], [3, None, "否", "约 3", 2022]]


def test_more_rows_than_are_held_at_a_time(
    tiny_dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_rows, "_CHUNK", 4)
    frame = pd.DataFrame({"parcel_id": [str(n) for n in range(10)], "n": range(10)}, index=range(10, 0, -1))
    page = drawn(frame, (field("parcel_id", "code"), field("n", "count", "数", "n")), tiny_dataset, tmp_path)
    found = list(page.iter_rows(min_row=2, max_col=2, values_only=True))
    assert found == [(str(n), n) for n in range(10)]


def test_a_warning_has_the_colour_it_is_called_by(tiny_dataset: Dataset, tmp_path: Path) -> None:
    frame = pd.DataFrame({"warning": ["红色预警", "黄色预警"]})
    tints = (("warning", ((Term("红色", "red"), "red"), (Term("黄色", "yellow"), "yellow"))),)
    page = drawn(frame, (field("warning", "text", "预警", "warning"),), tiny_dataset, tmp_path, tints=tints)
    (area,) = page.conditional_formatting
    assert str(area.sqref) == "A2:A3"
    assert [(rule.text, rule.dxf.fill.bgColor.rgb) for rule in area.rules] == [
        ("红色", "FFF4B6B0"),
        ("黄色", "FFFBEBA0"),
    ]


def test_a_heading_that_looks_like_markup_is_text(tiny_dataset: Dataset, tmp_path: Path) -> None:
    page = drawn(pd.DataFrame({"a": ["x"]}), (field("a", "text", "<r>a & b</r>"),), tiny_dataset, tmp_path)
    assert page["A1"].value == "<r>a & b</r>"
    assert page["A1"].font.b
