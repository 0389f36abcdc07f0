"""Sheets as offices keep them: what is merged, hidden, never calculated, or summed wrongly."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsb
import xlsxwriter

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.readers import Raw, read
from landeff.sources.tables.workbook_ods import ods_facts


def book(path: Path, rows: list[list[object]], **options: object) -> tuple[xlsxwriter.Workbook, object]:
    made = xlsxwriter.Workbook(path, options)
    page = made.add_worksheet("表")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                page.write(number, column, cell)
    return made, page


def told(raw: Raw, code: str) -> list[Issue]:
    return [issue for issue in raw.issues if issue.code == code]


# Headers ---------------------------------------------------------------------------------------------------


def merged_book(path: Path, rows: list[list[object]], spans: list[str]) -> Path:
    """Written by openpyxl, whose merged ranges are named as Excel names them."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for span in spans:
        made.active.merge_cells(span)
    made.save(path)
    return path


def test_two_groups_that_cover_every_column(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "a.xlsx", [
        ["2024年度企业税收与产出表", None, None, None],
        ["企业", None, "税收（万元）", None],
        ["名称", "代码", "增值税", "所得税"],
        ["甲", "A1", 1, 2],
    ], ["A1:D1", "A2:B2", "C2:D2"])  # fmt: skip
    raw = read(path)
    assert raw.frame.columns.tolist() == ["名称", "代码", "税收（万元）/增值税", "税收（万元）/所得税"]
    assert raw.rows.tolist() == [4]


def test_three_header_rows(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "a.xlsx", [
        ["企业名称", "用地", None, None, None],
        [None, "自有", None, "租赁", None],
        [None, "宗数", "面积（亩）", "宗数", "面积（亩）"],
        ["甲", 1, 20.5, 2, 3],
    ], ["A1:A3", "B1:E1", "B2:C2", "D2:E2"])  # fmt: skip
    raw = read(path)
    assert raw.frame.columns.tolist() == [
        "企业名称", "用地/自有/宗数", "用地/自有/面积（亩）", "用地/租赁/宗数", "用地/租赁/面积（亩）"
    ]  # fmt: skip
    assert raw.frame.iloc[0].tolist() == ["甲", 1, 20.5, 2, 3]


def test_a_title_merged_above_is_no_header(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "a.xlsx", [
        ["填报单位：示例局", None, "单位：万元", None],
        ["企业名称", "统一社会信用代码", "税收", "备注"],
        ["甲", "A1", 1, None],
    ], ["A1:B1", "C1:D1"])  # fmt: skip
    assert read(path).frame.columns.tolist() == ["企业名称", "统一社会信用代码", "税收", "备注"]


# Totals ----------------------------------------------------------------------------------------------------


def test_totals_are_checked_against_their_own_rows(tmp_path: Path) -> None:
    made, _ = book(tmp_path / "a.xlsx", [
        ["企业名称", "税收", "面积", "亩均税收"],
        ["合计", 100.0, 60.0, 1.67],  # 10 + 20 + 30 + 40; 10 + 20 + 30 is the area of 乙, 丙 and 丁 only
        ["甲", 10.0, 5.0, 2.0],
        ["乙", 20.0, 10.0, 2.0],
        ["广陵区小计", 30.0, 15.0, 2.0],
        ["丙", 30.0, 20.0, 1.5],
        ["丁", 40.0, 30.0, 1.33],
        ["邗江区小计", 75.0, 50.0, 1.4],  # 30 + 40 = 70
    ])  # fmt: skip
    made.close()
    raw = read(tmp_path / "a.xlsx")
    wrong = [(each.column, each.source_row, each.value) for each in told(raw, "total_differs")]
    assert wrong == [
        ("面积", 2, "total 60, sum of the rows 65"),
        ("税收", 8, "total 75, sum of the rows 70"),
    ]
    assert len(raw.frame) == 4


def test_totals_rounded_like_their_rows_agree(tmp_path: Path) -> None:
    # Three thirds, each written with two digits, 33.33; the total was added up before rounding.
    lines = ["企业名称,税收", *["甲,33.33"] * 3, '合计,"100.00"', "累计,99.99"]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    assert told(read(tmp_path / "a.csv"), "total_differs") == []


# Hidden ----------------------------------------------------------------------------------------------------

ROWS: list[list[object]] = [
    ["代码", "面积（亩）", "备注"],
    ["A1", 1.5, "x"],
    ["A2", 2.5, "y"],
    ["A3", 3.5, "z"],
]


def hidden_xlsx(path: Path) -> Path:
    made, page = book(path, ROWS)
    page.set_row(2, None, None, {"hidden": True})
    page.set_column(2, 2, None, None, {"hidden": True})
    made.close()
    return path


def hidden_xls(path: Path) -> Path:
    xlwt = pytest.importorskip("xlwt")
    made = xlwt.Workbook()
    page = made.add_sheet("表")
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            page.write(number, column, cell)
    page.row(2).hidden = True
    page.col(2).hidden = True
    made.save(str(path))
    return path


def hidden_ods(path: Path) -> Path:
    number = '<table:table-cell office:value-type="float" office:value="{}"/>'
    word = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    cells = [[(number if isinstance(cell, float) else word).format(cell) for cell in row] for row in ROWS]
    hide = ["", "", ' table:visibility="collapse"', ""]
    rows = "".join(f"<table:table-row{how}>{''.join(row)}</table:table-row>"
                   for how, row in zip(hide, cells, strict=True))  # fmt: skip
    seen = '<table:table-column table:number-columns-repeated="2"/>'
    return ods(path, seen + '<table:table-column table:visibility="collapse"/>' + rows)


def ods(path: Path, content: str, doctype: str = "") -> Path:
    names = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")
    }
    names["calcext"] = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    xml = (f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
           f'<office:document-content {spaces} office:version="1.2">'
           f'<office:body><office:spreadsheet><table:table table:name="表">{content}</table:table>'
           "</office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    of = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {of}>{entry}</manifest:manifest>")
    return path


def hidden_xlsb(path: Path) -> Path:
    return xlsb.write(path, ROWS, hidden_rows=[2], hidden_columns=[2])


WRITERS = {".xlsx": hidden_xlsx, ".xls": hidden_xls, ".ods": hidden_ods, ".xlsb": hidden_xlsb}


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_hidden_rows_and_columns_are_told_and_kept_unless_declared(tmp_path: Path, suffix: str) -> None:
    path = WRITERS[suffix](tmp_path / f"a{suffix}")
    raw = read(path)
    assert raw.frame["代码"].tolist() == ["A1", "A2", "A3"]
    assert [(each.value, each.source_row) for each in told(raw, "hidden_rows")] == [("rows 3", 3)]
    assert [each.value for each in told(raw, "hidden_columns")] == ["备注 (C)"]
    dropped = read(path, hidden="drop")
    assert dropped.frame["代码"].tolist() == ["A1", "A3"]
    assert dropped.frame.columns.tolist() == ["代码", "面积（亩）"]
    assert dropped.rows.tolist() == [2, 4]
    assert "left out" in told(dropped, "hidden_rows")[0].decision


def test_rows_hidden_by_a_filter(tmp_path: Path) -> None:
    made, page = book(tmp_path / "a.xlsx", ROWS)
    page.autofilter("A1:C4")
    page.filter_column(0, "x == A1")
    for row in (2, 3):
        page.set_row(row, None, None, {"hidden": True})
    made.close()
    raw = read(tmp_path / "a.xlsx")
    assert [each.value for each in told(raw, "hidden_rows")] == ["rows hidden by a filter 3, 4"]


def test_a_hidden_sheet_is_read_only_if_named(tmp_path: Path) -> None:
    made, _ = book(tmp_path / "a.xlsx", ROWS)
    secret = made.add_worksheet("底稿")
    secret.write_row(0, 0, ["名称", "面积"])
    secret.write_row(1, 0, ["x", 9])
    secret.hide()
    made.close()
    raw = read(tmp_path / "a.xlsx")
    assert len(raw.frame) == 3
    assert [(each.value, each.decision) for each in told(raw, "hidden_sheet")] == [("底稿", "not read")]
    named = read(tmp_path / "a.xlsx", sheet="底稿")
    assert named.frame["面积"].tolist() == [9]
    assert [each.value for each in told(named, "hidden_sheet")] == ["底稿"]


# Cells that look empty -------------------------------------------------------------------------------------


def test_errors_and_formulas_never_calculated_are_not_empty(tmp_path: Path) -> None:
    made, page = book(tmp_path / "a.xlsx", [["代码", "面积", "价"], ["A1", None, None], ["A2", None, None]])
    page.write_formula(1, 1, "=B9*2", None, "#REF!")
    page.write_formula(1, 2, "=1+1", None, "")
    page.write_formula(2, 1, '=IF(1,"","x")', None, "")
    page.write_formula(2, 2, "=1+1", None, 2)
    made.close()
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")  # what a script leaves: formulas without values
    made.save(tmp_path / "b.xlsx")
    raw = read(tmp_path / "a.xlsx")
    assert raw.frame[["面积", "价"]].to_numpy().tolist() == [
        ["#REF!", "#UNCALCULATED!"],
        ["#UNCALCULATED!", 2],
    ]
    raw = read(tmp_path / "b.xlsx")
    assert raw.frame[["面积", "价"]].to_numpy().tolist() == [["#UNCALCULATED!"] * 2] * 2


def test_an_empty_text_is_a_result(tmp_path: Path) -> None:
    """``=IF(A1="","",…)`` that Excel calculated to nothing: ``t="str"`` and an empty value."""
    made, _ = book(tmp_path / "a.xlsx", [["代码", "面积"], ["A1", "x"]])
    made.close()
    made = tmp_path / "a.xlsx"
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    cell = sheet[sheet.index(b'<c r="B2"') : sheet.index(b"</row>", sheet.index(b'<c r="B2"'))]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        cell, b'<c r="B2" t="str"><f>IF(A9="","",1)</f><v></v></c>'
    )
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(made).frame["面积"].tolist() == [""]


def test_errors_of_the_other_formats(tmp_path: Path) -> None:
    rows: list[list[object]] = [["代码", "面积"], ["A1", "#DIV/0!"], ["A2", 2.0]]
    assert read(xlsb.write(tmp_path / "a.xlsb", rows)).frame["面积"].tolist() == ["#DIV/0!", 2]
    xlwt = pytest.importorskip("xlwt")
    made = xlwt.Workbook()
    page = made.add_sheet("表")
    for number, row in enumerate(rows):
        page.write(number, 0, row[0])
        page.write(number, 1, row[1]) if number != 1 else page.row(1).set_cell_error(1, "#DIV/0!")
    made.save(str(tmp_path / "a.xls"))
    assert read(tmp_path / "a.xls").frame["面积"].tolist() == ["#DIV/0!", 2]


def test_errors_of_an_opendocument_sheet(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def word(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    error = ('<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
             'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>')  # fmt: skip
    bare = '<table:table-cell table:formula="of:=1+1"/>'
    repeated = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    content = row(word("代码"), word("面积")) + repeated + row(word("A1"), error) + row(word("A2"), bare)
    raw = read(ods(tmp_path / "a.ods", content))
    assert raw.frame["面积"].tolist() == ["#DIV/0!", "#UNCALCULATED!"]
    assert raw.rows.tolist() == [4, 5]


def test_an_opendocument_sheet_with_entities_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", "", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>')
    with pytest.raises(InputError, match="document type"):
        ods_facts(path, 0)


def test_days_counted_from_1904(tmp_path: Path) -> None:
    # 2019-06-06 is day 43 622 of 1900's count and, 1 462 days on, 42 160 of 1904's.
    rows: list[list[object]] = [["代码", "日期"], ["A1", 42160.0]]
    made, page = book(tmp_path / "a.xlsx", rows, date_1904=True)
    page.write_datetime(1, 2, dt.datetime(2019, 6, 6), made.add_format({"num_format": "yyyy-mm-dd"}))
    made.close()
    for path in (tmp_path / "a.xlsx", xlsb.write(tmp_path / "a.xlsb", rows, from_1904=True)):
        assert read(path).from_1904, path
    assert not read(xlsb.write(tmp_path / "b.xlsb", rows)).from_1904


# Hostile ---------------------------------------------------------------------------------------------------


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    made, _ = book(tmp_path / "a.xlsx", ROWS)
    made.close()
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", bytes(300 * 2**20))
    with pytest.raises(InputError, match="unpacks to"):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".xlsx", ".ods"])
def test_a_file_cut_off_is_refused_or_read(tmp_path: Path, suffix: str) -> None:
    whole = WRITERS[suffix](tmp_path / f"a{suffix}").read_bytes()
    for share in (0.2, 0.5, 0.8, 0.95):
        path = tmp_path / f"b{suffix}"
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(InputError):
            read(path)


# Delimited -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".psv"])
def test_pipes_in_gbk(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes("企业名称|入库税收（万元）\n扬州示例有限公司|１，２３４．５\n".encode("gbk"))
    raw = read(path)
    assert raw.frame.iloc[0].tolist() == ["扬州示例有限公司", "１，２３４．５"]
    assert raw.encoding == "gb18030"
