"""Facts about a sheet of an OpenDocument workbook that calamine does not tell, read as the XML streams by."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat  # entities are refused below

from landeff.core.errors import InputError
from landeff.sources.columns.cell_marks import NOT_CALCULATED
from landeff.sources.tables.sheet_facts import Cell, SheetFacts, Span

_BLOCK = 1 << 20
_NS = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_VALUES = ("office:value", "office:date-value", "office:time-value", "office:boolean-value",
           "office:string-value")  # fmt: skip
#: Rows and columns of the largest sheet: beyond it a repetition is only the empty rest of the sheet.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


class _DoctypeError(Exception):
    """The file declares entities, which no spreadsheet program does."""


def ods_facts(path: Path, position: int) -> SheetFacts:
    """Facts about the sheet at ``position``; none where the file is not laid out as usual.

    Raises:
        InputError: the XML declares a document type.
    """
    search = _Search(position)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = search.start, search.end
    parser.CharacterDataHandler = search.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except _DoctypeError:
        raise InputError(
            f"{path.name} holds XML with a document type.", "open it and save it as .xlsx"
        ) from None
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        expat.ExpatError,
    ):
        return SheetFacts()
    return SheetFacts(tuple(search.rows), tuple(search.columns), search.marks, tuple(search.merged),
                      is_filtered=search.is_filtered)  # fmt: skip


def _refuse(*_: object) -> None:
    raise _DoctypeError


@dataclass
class _Search:
    """Where the parser stands, and what was found in the wanted sheet."""

    wanted: int
    sheet: int = -1
    depth: int = 0
    row: int = -1
    next_row: int = 0
    column: int = 0
    next_column: int = 0
    open_mark: Cell | None = None
    words: str = ""
    rows: list[range] = field(default_factory=list)
    columns: list[range] = field(default_factory=list)
    marks: dict[Cell, str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    is_filtered: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = _short(name)
        if kind == "table:table":
            self.depth += 1
            self.sheet += self.depth == 1
        if self.sheet != self.wanted or self.depth != 1 or not kind.startswith("table:"):
            return
        told = {_short(key): value for key, value in attributes.items()}
        if kind == "table:table-column":
            self._column(told)
        elif kind == "table:table-row":
            self._row(told)
        elif kind in ("table:table-cell", "table:covered-table-cell"):
            self._cell(told)

    def end(self, name: str) -> None:
        """An element ends."""
        kind = _short(name)
        if kind == "table:table":
            self.depth -= 1
        elif kind == "table:table-cell" and self.open_mark is not None:
            shown = self.words.strip()
            self.marks[self.open_mark] = shown if shown.startswith("#") else "#VALUE!"
            self.open_mark = None

    def text(self, words: str) -> None:
        """Text inside an element."""
        if self.open_mark is not None:
            self.words += words

    def _column(self, told: dict[str, str]) -> None:
        count = _count(told.get("table:number-columns-repeated"), _MOST_COLUMNS)
        if told.get("table:visibility", "visible") != "visible":
            self.columns.append(range(self.next_column, self.next_column + count))
        self.next_column += count

    def _row(self, told: dict[str, str]) -> None:
        count = _count(told.get("table:number-rows-repeated"), _MOST_ROWS)
        self.row, self.column = self.next_row, 0
        self.next_row += count
        visibility = told.get("table:visibility", "visible")
        if visibility != "visible":
            self.rows.append(range(self.row, self.row + count))
            self.is_filtered = self.is_filtered or visibility == "filter"

    def _cell(self, told: dict[str, str]) -> None:
        count = _count(told.get("table:number-columns-repeated"), _MOST_COLUMNS)
        here = (self.row, self.column)
        self.column += count
        if "table:number-rows-spanned" in told or "table:number-columns-spanned" in told:
            down = _count(told.get("table:number-rows-spanned"), _MOST_ROWS)
            across = _count(told.get("table:number-columns-spanned"), _MOST_COLUMNS)
            if down > 1 or across > 1:
                self.merged.append((here, (here[0] + down - 1, here[1] + across - 1)))
        if told.get("calcext:value-type") == "error":
            self.open_mark, self.words = here, ""
        elif "table:formula" in told and not any(value in told for value in _VALUES):
            # A text result stands in the paragraph, and nowhere else.
            self.marks.update({here: NOT_CALCULATED} if told.get("office:value-type") != "string" else {})


def _short(name: str) -> str:
    """Name with the usual prefix of its namespace."""
    space, _, bare = name.rpartition(" ")
    return f"{_NS.get(space, '')}:{bare}"


def _count(text: str | None, most: int) -> int:
    """A repetition; nonsense is one."""
    return min(max(int(text), 1), most) if text is not None and text.isdecimal() and len(text) < 10 else 1
