"""Amounts that may be counted twice."""

import pandas as pd
import xlsxwriter
from trap import Trap, project

COLUMNS = {"企业代码": "enterprise_id", "入库税收（万元）": {"to": "item:tax_paid", "unit": "万元"}}
HEADER = "企业代码,入库税收（万元）"


def _returns(folder, *files, **settings):
    """One file, or several: each a source of ``returns``."""
    sources = []
    for name, rows in files:
        (folder / name).write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        sources.append({"path": str(folder / name), "year": 2024, "columns": COLUMNS, **settings})
    return project(returns=sources[0] if len(sources) == 1 else sources)


def _same_month_in_two_files(folder):
    files = [("国税.csv", ["H1,100", "H2,60"]), ("地税.csv", ["H1,20"])]
    return _returns(folder, *files, duplicates="sum")


def _row_pasted_twice(folder):
    return _returns(folder, ("税收.csv", ["H1,100", "H1,100", "H2,60"]), duplicates="sum")


def _amount_over_two_rows(folder):
    book = xlsxwriter.Workbook(folder / "企业用地.xlsx")
    page = book.add_worksheet("企业用地")
    rows = [["宗地代码", "企业代码", "占地面积（亩）"], ["A", "T", 250], ["A", "H1", ""]]
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    page.merge_range("C2:C3", 250)
    book.close()
    columns = {"宗地代码": "parcel_id", "企业代码": "enterprise_id", "占地面积（亩）": "land_area_m2"}
    return project(occupancy={"path": str(folder / "企业用地.xlsx"), "columns": columns})


def _two_leases_of_a_renamed_tenant(folder):
    returns = pd.DataFrame(
        {"enterprise_id": ["91330100799655058B", "9133O100799655058B"], "tax": [10.0, 20.0], "year": 2024}
    )
    columns = {"tax": {"to": "item:tax_paid", "unit": "万元"}}
    return project(returns={"data": returns, "columns": columns})


TRAPS = [
    Trap(
        "summed_across_files",
        '两个税收文件中有同一企业同年同项（duplicates = "sum"）：相加并提示，可能是同一笔',
        'One enterprise, year and item in two tax files (duplicates = "sum"): added up and told',
        _same_month_in_two_files,
        {"table": "returns", "severity": "warning", "n": 2},
    ),
    Trap(
        "copies_added_up",
        '同一行粘贴了两次（duplicates = "sum"）：相加并提示',
        'A row was pasted twice (duplicates = "sum"): added up and told',
        _row_pasted_twice,
        {"table": "returns", "severity": "warning", "n": 1},
    ),
    Trap(
        "merged_amounts",
        "数值单元格跨两行合并：只在首行计一次，不重复到各行",
        "A merged cell holds an amount for two rows: counted once, in its first row",
        _amount_over_two_rows,
        {"value": "cells C2", "source_row": 2},
    ),
    Trap(
        "same_enterprise_twice",
        "同一企业一行代码写对、一行写错（O 代 0），更正后两行重号：都计入并提示",
        "One enterprise in two rows, one code with an O for a 0: mended, both count, and it is told",
        _two_leases_of_a_renamed_tenant,
        {"table": "returns", "value": "91330100799655058B", "n": 2},
    ),
]
