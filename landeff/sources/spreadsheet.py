"""Excel and OpenDocument workbooks, through calamine."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    ZipError,
)

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.header_row import drop_empty_columns, drop_totals, find_headers
from landeff.sources.readers import Options, Raw, choose, first_rows, reader


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise InputError(f"{path.name} is locked with a password.", "save a copy without password") from None
    except (CalamineError, ZipError, OSError) as error:
        raise InputError(
            f"{path.name} is not a workbook: {error}", "open it in Excel and save it as .xlsx"
        ) from None


def _names(path: Path) -> tuple[str, ...]:
    """Sheets a person sees that hold anything."""
    book = _open(path)
    visible = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    return tuple(name for name in visible if book.get_sheet_by_name(name).end is not None)


@reader((".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"), "table", _names)
def read_spreadsheet(path: Path, options: Options) -> Raw:
    """Read one sheet: header found, merged texts filled down, totals and footnotes left out.

    Numbers stay numbers: what Excel did to them is judged when the column's kind is known.
    """
    book = _open(path)
    available = _names(path) if options.sheet is None else tuple(book.sheet_names)
    sheet = book.get_sheet_by_name(choose(path.name, options.sheet, available, "sheet"))
    grid: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    if not grid:
        raise InputError(f"{path.name}, sheet {sheet.name}, is empty.", "name another sheet")
    headers = find_headers(grid, f"{path.name}, sheet {sheet.name}", options.header_row)
    filled = _fill_merged(grid, sheet, headers.data)
    body = pd.DataFrame(grid[headers.data :], columns=list(headers.labels), dtype="object")
    rows = first_rows(len(body), headers.data + 1)
    frame, rows, issues = drop_totals(drop_empty_columns(body, headers), rows)
    letters = {label: _letter(position) for position, label in enumerate(headers.labels)}
    return Raw(frame, rows, issues=(*issues, *filled), letters=letters)


def _letter(position: int) -> str:
    """Spreadsheet name of a column counted from 0.

    >>> _letter(0), _letter(25), _letter(26), _letter(701), _letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def _fill_merged(grid: list[list[object]], sheet: CalamineSheet, data: int) -> tuple[Issue, ...]:
    """Give every row under a vertically merged text its text, in place.

    A merged number is left where it stands: repeated, it would be counted once for every row.
    """
    count = 0
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        text = grid[top][left] if top < len(grid) and left < len(grid[top]) else ""
        if top < data or bottom == top or not isinstance(text, str) or not text.strip():
            continue
        for row in range(top + 1, min(bottom, len(grid) - 1) + 1):
            grid[row][left] = text
        count += 1
    if not count:
        return ()
    return (
        Issue("info", "merged_cells_filled", "", "each row under a merged text was given the text", n=count),
    )
