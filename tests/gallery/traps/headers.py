"""Headers that say too little, and what stands above them."""

from trap import Trap, project

SUPPLY = {"电子监管号": "supply_id"}


def _csv(folder, lines, area):
    path = folder / "供地.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return project(supply={"path": str(path), "columns": {**SUPPLY, **area}})


def _shared(folder):
    return _csv(folder, ["电子监管号,备注,备注", "S1,甲,乙"], {})


def _shared_and_mapped(folder):
    return _csv(folder, ["电子监管号,面积（亩）,面积（亩）", "S1,750,20"], {"面积（亩）": "supplied_area_m2"})


def _above(folder, **unit):
    lines = ["2024年供地台账,", ",单位：公顷", "电子监管号,供地面积", "S1,50"]
    return _csv(folder, lines, {"供地面积": {"to": "supplied_area_m2", **unit}})


def _above_contradicted(folder):
    return _above(folder, unit="亩")


def _dollars(folder):
    return _csv(folder, ["电子监管号,价款（万美元）", "S1,750"], {"价款（万美元）": "price_cny"})


def _as_formula(folder):
    """As programs write codes for Excel; the quotes of a formula are doubled within those of a cell."""
    return _csv(folder, ["电子监管号,备注", '"=""S1""",甲', '"=""S2""",乙'], {})


def _apostrophe(folder):
    return _csv(folder, ["电子监管号,备注", "'S1,甲", "S\u200b2,乙"], {})


def _first_page_headless(folder):
    """The sheet was cut in two: its first rows stand above the header of the next page."""
    lines = [
        "S1,750,甲公司,1",
        "S2,750,乙公司,1",
        "电子监管号,面积（亩）,土地使用权人,备注",
        "S3,750,丙公司,1",
    ]
    return _csv(folder, lines, {"面积（亩）": "supplied_area_m2"})


def _next_page(folder):
    return _csv(folder, ["电子监管号,备注", "S1,甲", "电子监管号,备注", "S2,乙"], {})


TRAPS = [
    Trap(
        "rows_above_header",
        "表头以上有像数据的行：未读取，写明行号",
        "Rows above the header look like data: not read, their numbers told",
        _first_page_headless,
        {"source_file": "供地.csv", "source_row": 1, "value": "rows 1, 2", "n": 2},
    ),
    Trap(
        "headers_repeated",
        "每页重复的表头：不当作数据，写明行号",
        "Headers repeated on every page: no data, their rows told",
        _next_page,
        {"source_file": "供地.csv", "source_row": 3, "value": "rows 3", "n": 1},
    ),
    Trap(
        "text_marks_dropped",
        '代码写成 ="S1"（导出程序防止 Excel 改动）：按引号内文字读取',
        'Codes written ="S1", as programs do for Excel: read as the text inside',
        _as_formula,
        {"source_file": "供地.csv", "source_row": 2, "value": '="S1"', "n": 2},
    ),
    Trap(
        "text_marks_dropped",
        "代码前有撇号、中间有看不见的字符：去掉并提示",
        "An apostrophe before a code, an invisible character in it: left off, and told",
        _apostrophe,
        {"table": "supply", "column": "电子监管号", "source_row": 2, "n": 2},
    ),
    Trap(
        "field_names_collide",
        "表格中两列表头相同：按序号区分，两列都保留",
        "Two columns of a table share a header: told apart by number, both kept",
        _shared,
        {"source_file": "供地.csv", "column": "备注", "value": "备注 (1), 备注 (2)", "n": 2},
    ),
    Trap(
        "refused",
        "两列都叫“面积（亩）”，映射未指明是哪一列：拒绝",
        "Two columns are called 面积（亩）, and the mapping does not say which is meant: refused",
        _shared_and_mapped,
        message=r"has no column .*面积（亩） \(1\), 面积（亩） \(2\)",
    ),
    Trap(
        "unit_contradicts_header",
        "表格上方写“单位：公顷”而声明为亩：按声明，并提示",
        "The line above the table says 单位：公顷 and 亩 is declared: taken as declared, and told",
        _above_contradicted,
        {"column": "供地面积", "value": "公顷"},
    ),
    Trap(
        "refused",
        "单位只写在表格上方：不自行套用，请逐列声明",
        "The unit stands above the table only: not applied by itself, to be declared for its columns",
        _above,
        message='the line above the table says 公顷.*unit = "公顷"',
    ),
    Trap(
        "refused",
        "金额以美元计而项目以人民币计：拒绝，不选汇率",
        "Amounts are in dollars and the project is in CNY: refused, no rate of exchange is chosen",
        _dollars,
        message="is in 万美元, and the money of the project in CNY",
    ),
]
