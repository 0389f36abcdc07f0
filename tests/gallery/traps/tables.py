"""Spreadsheets, delimited text, JSON records, tax tables: what cells, rows and sheets hide."""

import json

import openpyxl
from trap import Trap, project
from trap_tables import COLUMNS, SUPPLY, csv_source, supply_book


def _rows(folder, **settings):
    return supply_book(folder, [["S1", 15, "2022-06-01"], ["S2", 30, "2022-06-01"]], **settings)


def _code_as_number(folder):
    return supply_book(folder, [["S1", 15, None], [321003001002000012, 15, None]])


def _code_in_scientific_notation(folder):
    return csv_source(
        folder, "supply", ["supply_id,agreed_start_on", "S1,2022-06-01", "3.21003E+17,2022-06-01"]
    )


def _codes_rounded_before_they_were_text(folder):
    codes = ["321003001002000000", "321003001007000000", "321003001009000000"]
    lines = ["supply_id,agreed_start_on", *(f"{code},2022-06-01" for code in codes)]
    return csv_source(folder, "supply", lines)


def _reference_lost(folder):
    return _rows(folder, change=lambda book, page: page.write_formula("B3", "=供地!#REF!", None, "#REF!"))


def _vlookup_failed_for_a_date(folder):
    return _rows(folder, change=lambda book, page: page.write_formula("C3", "=VLOOKUP(1,2,3)", None, "#N/A"))


def _written_by_a_script(folder):
    book = openpyxl.Workbook()
    for row in (SUPPLY, ["S1", 15, "2022-06-01"], ["S2", "=B2*2", "2022-06-01"]):
        book.active.append(row)
    book.save(folder / "供地.xlsx")
    return project(supply={"path": str(folder / "供地.xlsx"), "columns": COLUMNS})


def _hidden_row(folder):
    return _rows(folder, change=lambda book, page: page.set_row(2, None, None, {"hidden": True}))


def _hidden_row_dropped(folder):
    return {
        **_rows(
            folder, hidden="drop", change=lambda book, page: page.set_row(2, None, None, {"hidden": True})
        )
    }


def _filtered(folder):
    def change(book, page):
        page.autofilter("A1:C3")
        page.filter_column(0, "x == S1")
        page.set_row(2, None, None, {"hidden": True})

    return _rows(folder, change=change)


def _hidden_column(folder):
    return _rows(folder, change=lambda book, page: page.set_column(1, 1, None, None, {"hidden": True}))


def _hidden_sheet(folder):
    def change(book, page):
        draft = book.add_worksheet("底稿")
        draft.write_row(0, 0, ["甲", "乙"])
        draft.hide()

    return _rows(folder, change=change)


def _two_sheets(folder):
    return _rows(folder, change=lambda book, page: book.add_worksheet("说明").write(0, 0, "填表说明"))


def _merged(folder):
    header = ["项目名称", *SUPPLY]
    columns = {**COLUMNS, "项目名称": "project_name"}
    rows = [["一期", "S1", 15, None], [None, "S2", 30, None]]
    return supply_book(folder, rows, header=header, columns=columns,
                   change=lambda book, page: page.merge_range("A2:A3", "一期"))  # fmt: skip


def _totals(folder, total):
    rows = [["S1", 15, "2022-06-01"], ["S2", 30, "2022-06-01"], ["合计", total, None]]
    return supply_book(folder, rows)


def _total_row(folder):
    return _totals(folder, 45)


def _wrong_total(folder):
    return _totals(folder, 60)


def _two_holders(folder):
    lines = ["supply_id,holder,权利人二", "S1,,甲公司", "S2,乙公司,丙公司"]
    return csv_source(folder, "supply", lines, columns={"权利人二": {"to": "holder", "fill": True}})


def _two_lists(folder):
    path = folder / "供地结果.json"
    lists = [[{"电子监管号": "S1", "约定开工": "2022-06-01"}], [{"电子监管号": "S2"}, {"面积": "4.95"}]]
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lists), encoding="utf-8")
    return project(
        supply={"path": str(path), "columns": {"电子监管号": "supply_id", "约定开工": "agreed_start_on"}}
    )


def _cut_off(folder):
    path = folder / "供地结果.json"
    path.write_text('[{"supply_id": "S1"}, {"supply_id": "S', encoding="utf-8")
    return project(supply={"path": str(path)})


def _comma_too_many(folder):
    return csv_source(folder, "supply", ["supply_id,agreed_start_on", "S1,2022-06-01,见附件"])


TRAPS = [
    Trap(
        "code_rounded_by_excel",
        "代码列中有超过 15 位的数字：Excel 已改掉末几位，该行搁置并写明单元格，绝不取整使用",
        "A code is a number of more than 15 digits: Excel changed the last ones; row set aside, cell named",
        _code_as_number,
        {"table": "supply", "column": "电子监管号", "source_row": 3, "value": "321003001002000000 (cell A3)"},
    ),
    Trap(
        "code_rounded_by_excel",
        "代码写成 3.21003E+17：该行搁置",
        "A code reads 3.21003E+17: row set aside",
        _code_in_scientific_notation,
        {"source_row": 3, "value": "3.21003E+17 (cell A3)"},
    ),
    Trap(
        "code_rounded_by_excel",
        "整列长代码第 16 位起全是 0：先被取整、后改为文本，各行搁置",
        "All long codes end in noughts from the 16th digit: rounded first, made text later; rows set aside",
        _codes_rounded_before_they_were_text,
        {"source_row": 2, "value": "321003001002000000 (cell A2)"},
    ),
    Trap(
        "error_in_cell",
        "数值单元格为 #REF!：不当作空白，该行搁置并写明单元格",
        "A number cell holds #REF!: not taken for empty, row set aside, cell named",
        _reference_lost,
        {"table": "supply", "severity": "error", "source_row": 3, "value": "#REF! (cell B3)"},
    ),
    Trap(
        "error_in_cell",
        "日期单元格为 #N/A：保留该行，日期按缺失处理",
        "A date cell holds #N/A: the row is kept, the date missing",
        _vlookup_failed_for_a_date,
        {"severity": "warning", "source_row": 3, "value": "#N/A (cell C3)"},
    ),
    Trap(
        "formula_without_value",
        "由程序生成、从未计算的公式（文件中没有结果）：不当作空白，该行搁置，请用 Excel 打开保存",
        "A formula written by a script and never calculated: not taken for empty, row set aside",
        _written_by_a_script,
        {"table": "supply", "source_row": 3, "value": "#UNCALCULATED! (cell B3)"},
    ),
    Trap(
        "hidden_rows",
        "隐藏的行：照常读取并写明行号",
        "Hidden rows are read all the same, their numbers told",
        _hidden_row,
        {"source_file": "供地.xlsx", "source_row": 3, "value": "rows 3", "decision": "read all the same"},
    ),
    Trap(
        "hidden_rows",
        '隐藏的行，声明 hidden = "drop"：不读取并写明行号',
        'Hidden rows with hidden = "drop": left out, their numbers told',
        _hidden_row_dropped,
        {"source_row": 3, "value": "rows 3", "decision": "left out, as declared"},
    ),
    Trap(
        "hidden_rows",
        "被筛选隐藏的行：照常读取并提示",
        "Rows hidden by a filter are read all the same, and told",
        _filtered,
        {"source_row": 3, "value": "rows hidden by a filter 3"},
    ),
    Trap(
        "hidden_columns",
        "隐藏的列：照常读取并提示",
        "Hidden columns are read all the same, and told",
        _hidden_column,
        {"value": "供地面积（亩） (B)", "n": 1},
    ),
    Trap(
        "hidden_sheet",
        "隐藏的工作表：未指明则不读取，并提示其名称",
        "A hidden sheet is not read unless it is named; its name is told",
        _hidden_sheet,
        {"value": "底稿", "decision": "not read"},
    ),
    Trap(
        "refused",
        "工作簿有多张工作表而未指明：列出各表名称",
        "A workbook has several sheets and none is named: they are listed",
        _two_sheets,
        message="holds 2 sheets.*供地, 说明",
    ),
    Trap(
        "merged_cells_filled",
        "纵向合并的文字：填入其下各行；合并的数值不重复",
        "A text merged over rows is given to each of them; a merged number is not repeated",
        _merged,
        {"source_file": "供地.xlsx", "n": 1},
    ),
    Trap(
        "total_rows_dropped",
        "合计、小计行：不当作数据",
        "Total rows are not data",
        _total_row,
        {"source_row": 4, "value": "rows 4"},
    ),
    Trap(
        "total_differs",
        "合计与其明细之和不符：以明细为准，写明列、合计数与明细之和",
        "A total is not the sum of its rows: the rows count; column, total and sum are told",
        _wrong_total,
        {"column": "供地面积（亩）", "source_row": 4, "value": "total 60, sum of the rows 45"},
    ),
    Trap(
        "columns_differ",
        "两列都是权利人（第二列 fill = true）且内容不同：以第一列为准并提示",
        "Two columns hold the holder (the second with fill = true) and differ: the first counts, and told",
        _two_holders,
        {"column": "权利人二", "source_row": 3, "value": "丙公司 (cell C3)"},
    ),
    Trap(
        "lists_joined",
        "一个 JSON 文件先后有几个列表：合为一张表读取并提示",
        "A JSON file holds several lists one after the other: read as one table, and told",
        _two_lists,
        {"value": "1 + 2 records", "n": 3},
    ),
    Trap(
        "refused",
        "JSON 文件不完整：指出行、列位置",
        "A JSON file is cut off: its line and column are named",
        _cut_off,
        message="not JSON.*line 1",
    ),
    Trap(
        "refused",
        "文本表某行的单元格多于表头：指出行号",
        "A row of delimited text has more cells than the header: its number is named",
        _comma_too_many,
        message="row 2: more cells than the header",
    ),
]
