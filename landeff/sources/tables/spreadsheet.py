"""Excel and OpenDocument workbooks: values through calamine, what it does not tell from the file itself."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    ZipError,
)

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.columns.cell_marks import is_amount
from landeff.sources.readers import Hidden, Options, Raw, choose, first_rows, reader
from landeff.sources.tables.header_row import Headers, column_letter, drop_empty_columns, find_headers
from landeff.sources.tables.header_spans import Span
from landeff.sources.tables.sheet_facts import SheetFacts, check_size
from landeff.sources.tables.totals import drop_totals
from landeff.sources.tables.workbook_biff import xls_facts
from landeff.sources.tables.workbook_ods import ods_facts
from landeff.sources.tables.workbook_xlsb import xlsb_facts
from landeff.sources.tables.workbook_xml import xlsx_facts

Grid = list[list[object]]
#: Headers of numbers that are no amounts.
_NO_AMOUNT = re.compile(
    r"\D*(序号|代码|编码|编号|日期|时间|month|id)|(所属|统计|纳税|评价)?年[度份]?|月份?|year", re.I
)

_FACTS: Mapping[str, Callable[[Path, int], SheetFacts]] = {
    ".xlsx": xlsx_facts,
    ".xlsm": xlsx_facts,
    ".ods": ods_facts,
    ".xls": xls_facts,
    ".xlsb": xlsb_facts,
}


@contextlib.contextmanager
def _plainly(name: str) -> Iterator[None]:
    """Faults of a workbook in plain words; those at which calamine panics (no ``Exception``), too."""
    try:
        yield
    except PasswordError:
        raise InputError(f"{name} is locked with a password.", "save a copy without password") from None
    except (CalamineError, ZipError, OSError) as error:
        raise InputError(
            f"{name} cannot be read as a workbook: {error}.", "open it in Excel and save it as .xlsx"
        ) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(
            f"{name} is damaged, or ends too early.", "open it in Excel and save it as .xlsx"
        ) from None


def _open(path: Path) -> CalamineWorkbook:
    check_size(path)
    with _plainly(path.name):
        return CalamineWorkbook.from_path(str(path))


def _names(path: Path) -> tuple[str, ...]:
    """Sheets a person sees that hold anything."""
    return _filled(_open(path), is_hidden=False)


def _filled(book: CalamineWorkbook, *, is_hidden: bool) -> tuple[str, ...]:
    """Sheets that hold anything, seen or hidden."""
    sheets = [
        each for each in book.sheets_metadata if (each.visible != SheetVisibleEnum.Visible) == is_hidden
    ]
    with _plainly(Path(book.path or "the workbook").name):
        return tuple(each.name for each in sheets if book.get_sheet_by_name(each.name).end is not None)


def whole_sheets(path: Path) -> dict[str, Grid]:
    """Every sheet of a workbook by name, hidden ones too, cell by cell from A1; nothing is guessed.

    For workbooks that landeff wrote itself, whose layout is known.

    Raises:
        InputError: it cannot be read.
    """
    book = _open(path)
    with _plainly(path.name):
        return {
            name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            for name in book.sheet_names
        }


@reader((".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"), "table", _names)
def read_spreadsheet(path: Path, options: Options) -> Raw:
    """Read one sheet: header found, merged texts filled down, totals and footnotes left out.

    Numbers stay numbers: what Excel did to them is judged when the column's kind is known. Errors and
    formulas never calculated stand in their cells as texts (``#REF!``, ``#UNCALCULATED!``). Hidden rows and
    columns are
    data, unless ``hidden = "drop"``; of a hidden sheet nothing is read unless it is named.
    """
    book = _open(path)
    available = _filled(book, is_hidden=False) if options.sheet is None else tuple(book.sheet_names)
    name = choose(path.name, options.sheet, available, "sheet")
    with _plainly(path.name):
        sheet = book.get_sheet_by_name(name)
        grid: Grid = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    if not grid:
        raise InputError(f"{path.name}, sheet {name}, is empty.", "name another sheet")
    look = _FACTS.get(path.suffix.lower())
    facts = look(path, book.sheet_names.index(name)) if look else SheetFacts()
    _mark(grid, facts)
    merged = facts.merged or tuple(sheet.merged_cell_ranges or ())
    headers = find_headers(grid, f"{path.name}, sheet {name}", options.header_row, merged)
    filled = _fill_merged(grid, merged, headers)
    body = pd.DataFrame(grid[headers.data :], columns=list(headers.labels), dtype="object")
    letters = {label: column_letter(position) for position, label in enumerate(headers.labels)}
    body = drop_empty_columns(body, headers)
    rows = first_rows(len(body), headers.data + 1)
    body, rows, hidden = _without_hidden(body, rows, facts, letters, options.hidden)
    frame, rows, issues = drop_totals(body, rows)
    told = (*headers.issues, *issues, *filled, *hidden, *_hidden_sheets(book, name, options.sheet))
    return Raw(frame, rows, issues=told, letters=letters, from_1904=facts.from_1904, units=headers.units)


def _mark(grid: Grid, facts: SheetFacts) -> None:
    """Write into the grid, in place, what stands in cells that calamine takes for empty."""
    width = max(len(row) for row in grid)
    inside = {cell: text for cell, text in facts.marks.items() if cell[0] < len(grid) + 1000}
    wider = max((column for _, column in inside), default=-1) + 1 - width
    deeper = max((row for row, _ in inside), default=-1) + 1 - len(grid)
    if 0 < wider <= 1000:
        for cells in grid:
            cells.extend([""] * wider)
    grid.extend([""] * (width + max(wider, 0)) for _ in range(deeper))
    for (row, column), text in inside.items():
        if column < len(grid[row]) and grid[row][column] in ("", None):
            grid[row][column] = text


def _fill_merged(grid: Grid, merged: Sequence[Span], headers: Headers) -> tuple[Issue, ...]:
    """Give every row under a vertically merged text, date or number of a code or year the same, in place.

    A merged amount, a text such as ``12亩`` too, is left where it stands and told: repeated, it would be
    counted once for every row.
    """
    count, amounts = 0, []
    for (top, left), (bottom, _) in merged:
        text = grid[top][left] if top < len(grid) and left < len(grid[top]) else ""
        if top < headers.data or bottom == top or text in ("", None) or not str(text).strip():
            continue
        is_number = isinstance(text, int | float) or (isinstance(text, str) and is_amount(text))
        if is_number and not _NO_AMOUNT.fullmatch(headers.labels[left]):
            amounts.append((top, left))
            continue
        for row in range(top + 1, min(bottom, len(grid) - 1) + 1):
            grid[row][left] = text
        count += 1
    told = "each row under a merged text was given the text"
    issues = [Issue("info", "merged_cells_filled", "", told, n=count)] if count else []
    if amounts:
        amounts.sort()
        places = [f"{column_letter(left)}{top + 1}" for top, left in amounts]
        issues.append(
            Issue(
                "warning",
                "merged_amounts",
                "",
                "each counts once, in its first row",
                value="cells " + ", ".join(places[:10]) + (", …" if len(places) > 10 else ""),
                source_row=amounts[0][0] + 1,
                fix="write into each row its own part",
                n=len(amounts),
            )
        )
    return tuple(issues)


def _without_hidden(
    body: pd.DataFrame, rows: pd.Series[int], facts: SheetFacts, letters: Mapping[str, str], policy: Hidden
) -> tuple[pd.DataFrame, pd.Series[int], tuple[Issue, ...]]:
    """Tell of hidden rows and columns that hold anything, and leave them out if that is declared."""
    numbers = rows.to_numpy(dtype="int64") - 1
    of_sheet = np.zeros(int(numbers.max(initial=0)) + 1, dtype=bool)
    for each in facts.hidden_rows:
        of_sheet[each.start : each.stop] = True
    is_hidden = of_sheet[numbers]
    positions = {column_letter(column) for each in facts.hidden_columns for column in each}
    columns = [name for name in body.columns if letters[name] in positions]
    decision = "read all the same" if policy == "keep" else "left out, as declared"
    fix = 'unhide them, or declare hidden = "drop" if they are not data' if policy == "keep" else ""
    issues = []
    if is_hidden.any():
        listed = ", ".join(str(row + 1) for row in numbers[is_hidden][:20])
        how = "rows hidden by a filter" if facts.is_filtered else "rows"
        shown = f"{how} {listed}" + (", …" if is_hidden.sum() > 20 else "")
        first, n = int(numbers[is_hidden][0]) + 1, int(is_hidden.sum())
        issues.append(
            Issue("warning", "hidden_rows", "", decision, value=shown, source_row=first, fix=fix, n=n)
        )
    if columns:
        shown = ", ".join(f"{name} ({letters[name]})" for name in columns[:20])
        issues.append(Issue("info", "hidden_columns", "", decision, value=shown, fix=fix, n=len(columns)))
    if policy == "drop":
        body, rows = body.loc[~is_hidden].drop(columns=columns), rows[~is_hidden]
        body, rows = body.reset_index(drop=True), rows.reset_index(drop=True)
    return body, rows, tuple(issues)


def _hidden_sheets(book: CalamineWorkbook, name: str, wanted: str | None) -> tuple[Issue, ...]:
    """Hidden sheets that hold anything: the one read because it was named, and those not read."""
    hidden = _filled(book, is_hidden=True)
    if name in hidden:
        return (Issue("info", "hidden_sheet", "", "read, since it is named", value=name),)
    if not hidden or wanted is not None:
        return ()
    fix = 'to read it, name it: sheet = "…"'
    return (
        Issue("info", "hidden_sheet", "", "not read", value=", ".join(hidden[:20]), fix=fix, n=len(hidden)),
    )
