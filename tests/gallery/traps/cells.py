"""Traps of cells: units, numbers, dates, periods."""

from trap import Trap
from trap_tables import csv_source, supply_book


def _taxes(folder, rows, **settings):
    columns = {"企业": "enterprise_id", "税种": {"to": "item", "values": {"增值税": "tax_paid"}},
               "入库日期": "received_on", "所属期起": "period_from_on", "所属期止": "period_to_on",
               "金额（元）": "value"}  # fmt: skip
    lines = [",".join(columns), *rows]
    return csv_source(folder, "returns", lines, columns=columns, duplicates="sum", **settings)


def _footnote(folder):
    return supply_book(folder, [["S1", 15, "2022-06-01"], ["注：数据截至2024年底", None, None]])


def _areas(folder, first, second, header="供地面积"):
    lines = [f"supply_id,{header}", f"S1,{first}", f"S2,{second}"]
    return csv_source(folder, "supply", lines, columns={header: "supplied_area_m2"})


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
    return csv_source(
        folder, "supply", lines, columns={"供地面积（亩）": {"to": "supplied_area_m2", "unit": "公顷"}}
    )


def _dates(folder, day):
    return csv_source(folder, "supply", ["supply_id,agreed_start_on", "S1,2019年06月06日", f"S2,{day}"])


def _no_date(folder):
    return _dates(folder, "1901年01月02日")


def _thirtieth_of_february(folder):
    return _dates(folder, "2019-02-30")


def _serial(folder):
    return supply_book(folder, [["S1", 15, "2022-06-01"], ["S2", 30, 43622]])


def _perhaps(folder):
    return csv_source(folder, "supply", ["supply_id,is_started", "S1,是", "S2,大概"])


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


TRAPS = [
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
]
