"""Facts that calamine does not tell, read from the XML of an xlsx sheet as it streams by.

No document is built: a sheet of 200,000 rows is unpacked once and searched; rows and cells are only looked at
where a word says that there is something (``hidden``, ``<f``, ``t="e"``).
"""

from __future__ import annotations

import bisect
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from landeff.sources.columns.cell_marks import NOT_CALCULATED
from landeff.sources.tables.sheet_facts import Cell, SheetFacts

_BLOCK = 1 << 20
#: A row of 16,384 cells with long texts inside; beyond it the sheet is no longer searched.
_LONGEST_ROW = 64 << 20
_NS = rb"<(?:\w+:)?"
_ROW = re.compile(_NS + rb"row\b[^>]*>")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d{1,7})["']""")
_COLUMN = re.compile(_NS + rb"col\b[^>]*>")
_BOUND = {name: re.compile(rf"""\s{name}=["'](\d{{1,5}})["']""".encode()) for name in ("min", "max")}
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_TEXT_TYPE = re.compile(rb"""\st=["']str["']""")
_CELL_START = re.compile(_NS + rb"c[\s>]")
_ERROR = re.compile(
    _NS + rb"""c\s[^>]*\bt=["']e["'][^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})<""", re.S
)
_BARE_FORMULA = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ROW_END = re.compile(rb"</(?:\w+:)?row>")


def xlsx_facts(path: Path, position: int) -> SheetFacts:
    """Facts about the sheet at ``position`` in the workbook; none where the file is not laid out as usual."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = archive.read("xl/workbook.xml")
            member = _member(archive, book, position)
            found = _Search()
            if member is not None:
                found = _search(archive, member)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, RuntimeError):
        return SheetFacts()
    return found.facts(re.search(rb"""\sdate1904=["'](?:1|true)["']""", book) is not None)


def _member(archive: zipfile.ZipFile, book: bytes, position: int) -> str | None:
    """The archive's member that holds a sheet."""
    sheets = re.findall(_NS + rb"sheet\s[^>]*>", book)
    relation = (
        re.search(rb"""\s\w+:id=["']([^"']+)["']""", sheets[position]) if position < len(sheets) else None
    )
    if relation is None:
        return None
    for each in re.findall(_NS + rb"Relationship\s[^>]*>", archive.read("xl/_rels/workbook.xml.rels")):
        target = re.search(rb"""\sTarget=["']([^"']+)["']""", each)
        if target and re.search(rb"""\sId=["']""" + re.escape(relation[1]) + rb"""["']""", each):
            name = target[1].decode("utf-8", errors="replace")
            return posixpath.normpath(name[1:] if name.startswith("/") else f"xl/{name}")
    return None


@dataclass
class _Search:
    """What was found so far."""

    rows: list[int] = field(default_factory=list)
    columns: list[range] = field(default_factory=list)
    marks: dict[Cell, str] = field(default_factory=dict)
    is_filtered: bool = False
    n_rows: int = 0
    is_first: bool = True
    is_prefixed: bool = False
    counts_rows: bool = False

    def look(self, block: bytes) -> None:
        """Search one block."""
        if self.is_first:
            self.is_prefixed = b":worksheet" in block[:2000]
            self.counts_rows = not _numbered(block)
        if b"hidden=" in block:
            if self.is_first:
                self._look_at_columns(block)
            self._look_at_rows(block)
        if b"<f" in block or (self.is_prefixed and b":f" in block):
            self._look_at_formulas(block)
        if b't="e"' in block:
            self._look_at_errors(block)
        if self.counts_rows:
            self.n_rows += len(_ROW_END.findall(block))
        self.is_first = False

    def look_beneath(self, rest: bytes) -> None:
        """Search what stands beneath the rows."""
        self.look(rest)
        self.is_filtered = b"filterColumn" in rest

    def _look_at_columns(self, block: bytes) -> None:
        for each in _COLUMN.finditer(block):
            first, last = (_BOUND[name].search(each[0]) for name in ("min", "max"))
            if _HIDDEN.search(each[0]) and first and last:
                self.columns.append(range(int(first[1]) - 1, min(int(last[1]), 16_384)))

    def _look_at_rows(self, block: bytes) -> None:
        """Hidden rows; rows without number are counted."""
        for position, each in enumerate(_ROW.finditer(block)):
            if _HIDDEN.search(each[0]):
                number = _ROW_NUMBER.search(each[0])
                self.rows.append(int(number[1]) - 1 if number else self.n_rows + position)

    def _look_at_formulas(self, block: bytes) -> None:
        """Formulas without value; a text formula without one was calculated and is empty."""
        found = [each.start() for each in _BARE_FORMULA.finditer(block)]
        if not found:
            return
        starts = [each.start() for each in _CELL_START.finditer(block)]
        for end in found:
            start = starts[max(bisect.bisect_right(starts, end) - 1, 0)]
            head = block[start : block.find(b">", start) + 1]
            reference = _REFERENCE.search(head)
            if reference and not _TEXT_TYPE.search(head):
                self.marks[_cell(reference)] = NOT_CALCULATED

    def _look_at_errors(self, block: bytes) -> None:
        for each in _ERROR.finditer(block):
            reference = _REFERENCE.search(each[0])
            if reference:
                self.marks[_cell(reference)] = each[1].decode("ascii", errors="replace")

    def facts(self, from_1904: bool) -> SheetFacts:
        """All of it."""
        rows = tuple(range(row, row + 1) for row in self.rows)
        return SheetFacts(
            rows, tuple(self.columns), self.marks, is_filtered=self.is_filtered, from_1904=from_1904
        )


def _search(archive: zipfile.ZipFile, member: str) -> _Search:
    """Search a sheet in blocks that end with a row."""
    found, rest = _Search(), b""
    with archive.open(member) as file:
        while block := file.read(_BLOCK):
            rest += block
            end = rest.rfind(b"row>")
            if end >= 0:
                found.look(rest[: end + 4])
                rest = rest[end + 4 :]
            elif len(rest) > _LONGEST_ROW:
                return found
    found.look_beneath(rest)
    return found


def _numbered(block: bytes) -> bool:
    """Whether the rows of a block say their number, as nearly all do."""
    first = _ROW.search(block)
    return first is None or _ROW_NUMBER.search(first[0]) is not None


def _cell(reference: re.Match[bytes]) -> Cell:
    """Position of a reference such as ``AB12``."""
    column = 0
    for letter in reference[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(reference[2]) - 1, column - 1
