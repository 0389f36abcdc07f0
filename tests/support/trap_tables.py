"""Tables for traps."""

import xlsxwriter
from trap import project

SUPPLY = ["电子监管号", "供地面积（亩）", "约定开工日期"]


COLUMNS = {"电子监管号": "supply_id", "供地面积（亩）": "supplied_area_m2", "约定开工日期": "agreed_start_on"}


def write_book(folder, rows, name="供地.xlsx", **options):
    book = xlsxwriter.Workbook(folder / name, options)
    page = book.add_worksheet("供地")
    for number, row in enumerate(rows):
        page.write_row(number, 0, ["" if cell is None else cell for cell in row])
    return book, page


def supply_book(folder, rows, *, change=lambda book, page: None, header=SUPPLY, columns=COLUMNS, **settings):
    book, page = write_book(folder, [header, *rows])
    change(book, page)
    book.close()
    return project(supply={"path": str(folder / "供地.xlsx"), "columns": columns, **settings})


def csv_source(folder, table, lines, *, name="表.csv", **settings):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return project(**{table: {"path": str(path), **settings}})
