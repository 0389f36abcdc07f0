"""Spreadsheets, delimited text, JSON records, tax tables: what cells, rows and sheets hide."""

import json

import openpyxl
import xlsxwriter
from trap import Trap, project

SUPPLY = ["电子监管号", "供地面积（亩）", "约定开工日期"]
COLUMNS = {"电子监管号": "supply_id", "供地面积（亩）": "supplied_area_m2", "约定开工日期": "agreed_start_on"}


def _book(folder, rows, name="供地.xlsx", **options):
    book = xlsxwriter.Workbook(folder / name, options)
    page = book.add_worksheet("供地")
    for number, row in enumerate(rows):
        page.write_row(number, 0, ["" if cell is None else cell for cell in row])
    return book, page


def _supply(folder, rows, *, change=lambda book, page: None, header=SUPPLY, columns=COLUMNS, **settings):
    book, page = _book(folder, [header, *rows])
    change(book, page)
    book.close()
    return project(supply={"path": str(folder / "供地.xlsx"), "columns": columns, **settings})


def _rows(folder, **settings):
    return _supply(folder, [["S1", 15, "2022-06-01"], ["S2", 30, "2022-06-01"]], **settings)


def _csv(folder, table, lines, *, name="表.csv", **settings):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return project(**{table: {"path": str(path), **settings}})


def _taxes(folder, rows, **settings):
    columns = {"企业": "enterprise_id", "税种": {"to": "item", "values": {"增值税": "tax_paid"}},
               "入库日期": "received_on", "所属期起": "period_from_on", "所属期止": "period_to_on",
               "金额（元）": "value"}  # fmt: skip
    lines = [",".join(columns), *rows]
    return _csv(folder, "returns", lines, columns=columns, duplicates="sum", **settings)


def _code_as_number(folder):
    return _supply(folder, [["S1", 15, None], [321003001002000012, 15, None]])


def _code_in_scientific_notation(folder):
    return _csv(folder, "supply", ["supply_id,agreed_start_on", "S1,2022-06-01", "3.21003E+17,2022-06-01"])


def _codes_rounded_before_they_were_text(folder):
    codes = ["321003001002000000", "321003001007000000", "321003001009000000"]
    lines = ["supply_id,agreed_start_on", *(f"{code},2022-06-01" for code in codes)]
    return _csv(folder, "supply", lines)


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
    return _supply(folder, rows, header=header, columns=columns,
                   change=lambda book, page: page.merge_range("A2:A3", "一期"))  # fmt: skip


def _totals(folder, total):
    rows = [["S1", 15, "2022-06-01"], ["S2", 30, "2022-06-01"], ["合计", total, None]]
    return _supply(folder, rows)


def _total_row(folder):
    return _totals(folder, 45)


def _wrong_total(folder):
    return _totals(folder, 60)


def _footnote(folder):
    return _supply(folder, [["S1", 15, "2022-06-01"], ["注：数据截至2024年底", None, None]])


def _areas(folder, first, second, header="供地面积"):
    lines = [f"supply_id,{header}", f"S1,{first}", f"S2,{second}"]
    return _csv(folder, "supply", lines, columns={header: "supplied_area_m2"})


def _unit_in_cell(folder):
    return _areas(folder, "12.5亩", "30亩")


def _two_units(folder):
    return _areas(folder, "15", "3 公顷", "供地面积（亩）")


def _one_without_unit(folder):
    return _areas(folder, "12.5亩", "30")


def _no_unit_at_all(folder):
    return _areas(folder, "12.5", "30")


def _about(folder):
    return _areas(folder, "15", "约30", "供地面积（亩）")


def _negative_area(folder):
    return _areas(folder, "15", "-30", "供地面积（亩）")


def _unit_against_header(folder):
    lines = ["supply_id,供地面积（亩）", "S1,15"]
    return _csv(
        folder, "supply", lines, columns={"供地面积（亩）": {"to": "supplied_area_m2", "unit": "公顷"}}
    )


def _dates(folder, day):
    return _csv(folder, "supply", ["supply_id,agreed_start_on", "S1,2019年06月06日", f"S2,{day}"])


def _no_date(folder):
    return _dates(folder, "1901年01月02日")


def _thirtieth_of_february(folder):
    return _dates(folder, "2019-02-30")


def _serial(folder):
    return _supply(folder, [["S1", 15, "2022-06-01"], ["S2", 30, 43622]])


def _perhaps(folder):
    return _csv(folder, "supply", ["supply_id,is_started", "S1,是", "S2,大概"])


def _new_tax(folder):
    rows = [
        "H1,增值税,2024-05-20,2024-01-01,2024-03-31,100",
        "H1,环境保护税,2024-05-20,2024-01-01,2024-03-31,7",
    ]
    return _taxes(folder, rows, year_by="received_on")


def _across_years(folder):
    return _taxes(folder, ["H1,增值税,2024-05-20,2023-07-01,2024-03-31,100"], year_by="period")


def _received_later(folder):
    return _taxes(folder, ["H1,增值税,2024-01-15,2023-12-01,2023-12-31,100"], year_by="received_on")


def _which_year(folder):
    return _taxes(folder, ["H1,增值税,2024-01-15,2023-12-01,2023-12-31,100"])


def _two_holders(folder):
    lines = ["supply_id,holder,权利人二", "S1,,甲公司", "S2,乙公司,丙公司"]
    return _csv(folder, "supply", lines, columns={"权利人二": {"to": "holder", "fill": True}})


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
    return _csv(folder, "supply", ["supply_id,agreed_start_on", "S1,2022-06-01,见附件"])


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
    Trap("notes_dropped", "表末附注：不当作数据", "A footnote is no data", _footnote, {"source_row": 3}),
    Trap(
        "unit_in_cell",
        "单位写在单元格里（12.5亩）：按所写单位读取",
        "The unit stands in the cells (12.5亩): read off",
        _unit_in_cell,
        {"table": "supply", "column": "供地面积", "value": "12.5亩 (cell B2)", "n": 2},
    ),
    Trap(
        "mixed_units",
        "表头为亩、个别单元格写“3 公顷”：该单元格按公顷换算并提示",
        "The header says 亩, a cell 3 公顷: taken as hectares, and told",
        _two_units,
        {"column": "供地面积（亩）", "source_row": 3, "value": "3 公顷 (cell B3)"},
    ),
    Trap(
        "unit_unknown",
        "别的单元格写明单位、这个没有，表头也未说明：该行搁置，不猜单位",
        "Other cells name their unit, this one and the header do not: row set aside, no unit is guessed",
        _one_without_unit,
        {"column": "供地面积", "source_row": 3, "value": "30 (cell B3)"},
    ),
    Trap(
        "refused",
        "面积列没有任何单位：拒绝并要求声明",
        "A column of areas has no unit at all: refused, to be declared",
        _no_unit_at_all,
        message='unit of "供地面积" is not known',
    ),
    Trap(
        "unit_contradicts_header",
        "声明的单位与表头不一致：按声明，并提示",
        "The declared unit is not that of the header: taken as declared, and told",
        _unit_against_header,
        {"column": "供地面积（亩）", "value": "亩"},
    ),
    Trap(
        "not_a_number",
        "数值写成“约30”：该行搁置",
        "A number reads 约30: row set aside",
        _about,
        {"source_row": 3, "value": "约30 (cell B3)"},
    ),
    Trap(
        "impossible_value",
        "面积为负：该行搁置",
        "An area is negative: row set aside",
        _negative_area,
        {"source_row": 3, "value": "-30 (cell B3)"},
    ),
    Trap(
        "placeholder_date",
        "1901年01月02日 一类占位日期：视为未填",
        "1901年01月02日 and its like mean no date",
        _no_date,
        {"column": "agreed_start_on", "value": "1901年01月02日 (cell B3)"},
    ),
    Trap(
        "impossible_date",
        "2 月 30 日：日期按缺失处理，保留该行",
        "30 February: the date is missing, the row kept",
        _thirtieth_of_february,
        {"source_row": 3, "value": "2019-02-30 (cell B3)"},
    ),
    Trap(
        "serial_date",
        "日期显示为 43622：按 Excel 日期序列号读取并提示",
        "A date reads 43622: taken as Excel's day number, and told",
        _serial,
        {"column": "约定开工日期", "source_row": 3, "value": "43622 (cell C3)"},
    ),
    Trap(
        "not_yes_or_no",
        "是否开工填“大概”：按不清楚处理",
        "Started reads 大概: taken as unknown",
        _perhaps,
        {"column": "is_started", "source_row": 3, "value": "大概 (cell B3)"},
    ),
    Trap(
        "item_not_mapped",
        "出现 values 中没有的税种：金额搁置入账，不并入也不丢失",
        "A tax the mapping does not know: its amount is set aside and booked, neither counted nor lost",
        _new_tax,
        {"table": "returns", "column": "税种", "value": "环境保护税", "source_row": 3, "n": 1},
    ),
    Trap(
        "period_across_years",
        '税款所属期跨两个年度（year_by = "period"）：计入所属期止所在年度，写明行数与金额',
        'A tax period spans two years (year_by = "period"): counted where it ends, rows and amount told',
        _across_years,
        {"source_row": 2, "value": "2023-07-01 – 2024-03-31; together 100.00"},
    ),
    Trap(
        "received_in_other_year",
        "入库与所属期不在同一年度：按 year_by 声明的口径计，写明行数与金额",
        "Tax is received in another year than its period: counted as year_by says, rows and amount told",
        _received_later,
        {"source_row": 2, "decision": "counted in the year of receipt"},
    ),
    Trap(
        "refused",
        "有入库日期和所属期而未声明按哪个计年：拒绝",
        "There are dates of receipt and period, and nothing says which year counts: refused",
        _which_year,
        message="say whose year counts",
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
