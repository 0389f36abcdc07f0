"""HTML tables, which many office systems call ``.xls``: the largest table of the page, every cell text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from landeff.core.errors import InputError
from landeff.sources.columns.cell_marks import is_amount
from landeff.sources.readers import Options, Raw, first_rows, reader
from landeff.sources.tables.header_row import drop_empty_columns, find_headers
from landeff.sources.tables.header_spans import Span
from landeff.sources.tables.totals import drop_totals
from landeff.sources.text.encoding import Hint, codec, settle_file

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_MOST_SPANNED = 1000


@reader((".html", ".htm"), "table")
def read_html(path: Path, options: Options) -> Raw:
    """Read the table of a page; rows are counted from 1 for the first row of the table.

    A text that spans several rows stands in each of them, a number in the first one only.

    Raises:
        InputError: the page has no table, or none with a header.
    """
    data = path.read_bytes()
    named = _CHARSET.search(data[:4096])
    told_by = codec(named[1].decode()) if named else None
    hints = (Hint("the page", told_by, 1e4),) if told_by else ()
    encoding, issues = settle_file(data, path.name, options.encoding, hints)
    parser = _Tables()
    parser.feed(data.decode(encoding, errors="replace").lstrip("\ufeff"))
    parser.close()
    table = max(parser.tables, key=lambda each: len(each.rows), default=_Table())
    if not table.rows:
        raise InputError(f"{path.name} is a web page without a table.", "ask for the table itself as .xlsx")
    width = max(len(row) for row in table.rows)
    grid: list[list[object]] = [[*row, *[""] * (width - len(row))] for row in table.rows]
    headers = find_headers(grid, path.name, options.header_row, table.merged)
    _fill(grid, table.merged, headers.data)
    body = pd.DataFrame(grid[headers.data :], columns=list(headers.labels), dtype="str")
    numbers = first_rows(len(body), headers.data + 1)
    frame, numbers, dropped = drop_totals(drop_empty_columns(body, headers), numbers)
    told = (*issues, *headers.issues, *dropped)
    return Raw(frame, numbers, encoding=encoding, issues=told, units=headers.units)


def _fill(grid: list[list[object]], merged: Sequence[Span], data: int) -> None:
    """Repeat texts that span several rows, in place."""
    for (top, left), (bottom, _) in merged:
        if top >= data and not is_amount(str(grid[top][left])):
            for row in range(top + 1, min(bottom, len(grid) - 1) + 1):
                grid[row][left] = grid[top][left]


@dataclass(slots=True)
class _Table:
    """Cells of a table, those that another reaches into empty."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    reached: dict[int, int] = field(default_factory=dict)

    def add(self, text: str, down: int, across: int) -> None:
        """Put a cell into the last row, past columns that a cell above reaches into."""
        if not self.rows:
            self.rows.append([])
        row, at = self.rows[-1], len(self.rows) - 1
        while self.reached.get(len(row), -1) >= at:
            row.append("")
        left = len(row)
        if down > 1 or across > 1:
            self.merged.append(((at, left), (at + down - 1, left + across - 1)))
        for column in range(left, left + across):
            self.reached[column] = at + down - 1
            row.append(text if column == left else "")


class _Tables(HTMLParser):
    """Collects the tables of a page, one inside another by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag in ("script", "style"):
            self._skipped += 1
        elif tag == "table":
            self._end_cell()
            self._open.append(_Table())
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].rows.append([])
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            told = dict(attrs)
            self._span = (_count(told.get("rowspan")), _count(told.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in ("script", "style"):
            self._skipped = max(0, self._skipped - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self.tables.append(self._open.pop())

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._cell is not None and not self._skipped:
            self._cell.append(data)

    def close(self) -> None:
        """Tables that nobody closed end with the page."""
        super().close()
        self._end_cell()
        self.tables += self._open
        self._open = []

    def _end_cell(self) -> None:
        if self._cell is not None and self._open:
            self._open[-1].add(" ".join("".join(self._cell).split()), *self._span)
        self._cell = None


def _count(text: str | None) -> int:
    return min(int(text), _MOST_SPANNED) if text and text.isdigit() and int(text) else 1
