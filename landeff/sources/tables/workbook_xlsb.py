"""Facts about a sheet of an ``.xlsb`` that calamine does not tell: hidden rows and columns, errors.

Layout: [MS-XLSB] 2.1.4 (type and length of a record in seven-bit bytes) and the records named below.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from landeff.sources.tables.sheet_facts import Cell, SheetFacts
from landeff.sources.tables.workbook_biff import ERROR_TEXTS

_ROW_HEADER, _CELL_ERROR, _FORMULA_ERROR, _COLUMN, _FILTER = 0, 3, 11, 60, 163
_PROPERTIES, _SHEET = 153, 156


def xlsb_facts(path: Path, position: int) -> SheetFacts:
    """Facts about the sheet at ``position``; none where the file is not laid out as usual."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = list(_records(archive.read("xl/workbook.bin")))
            sheets = [body for kind, body in book if kind == _SHEET]
            from_1904 = any(kind == _PROPERTIES and body[0] & 1 for kind, body in book)
            if position >= len(sheets):
                return SheetFacts()
            size = struct.unpack_from("<I", sheets[position], 8)[0]
            relation = sheets[position][12 : 12 + 2 * size].decode("utf-16-le")
            relations = archive.read("xl/_rels/workbook.bin.rels").decode("utf-8", errors="replace")
            return _sheet(archive.read(_member(relations, relation)), from_1904=from_1904)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
            IndexError, struct.error):  # fmt: skip
        return SheetFacts()


def _member(relations: str, wanted: str) -> str:
    for each in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", relations):
        target = re.search(r"""\sTarget=["']([^"']+)["']""", each)
        if target and re.search(rf"""\sId=["']{re.escape(wanted)}["']""", each):
            name = target[1]
            return posixpath.normpath(name[1:] if name.startswith("/") else f"xl/{name}")
    raise ValueError("no such part")


def _sheet(data: bytes, *, from_1904: bool) -> SheetFacts:
    rows, columns, row, is_filtered = [], [], -1, False
    marks: dict[Cell, str] = {}
    for kind, body in _records(data):
        if kind == _ROW_HEADER and len(body) >= 12:
            row = struct.unpack_from("<I", body)[0]
            if body[11] & 0x10:
                rows.append(range(row, row + 1))
        elif kind in (_CELL_ERROR, _FORMULA_ERROR) and len(body) >= 9:
            column = struct.unpack_from("<I", body)[0]
            marks[(row, column)] = ERROR_TEXTS.get(body[8], "#VALUE!")
        elif kind == _COLUMN and len(body) >= 18 and body[16] & 0x01:
            first, last = struct.unpack_from("<II", body)
            columns.append(range(first, min(last, 16_383) + 1))
        is_filtered = is_filtered or kind == _FILTER
    return SheetFacts(tuple(rows), tuple(columns), marks, is_filtered=is_filtered, from_1904=from_1904)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(data)
    while at + 2 <= end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, data[at : at + size]
        at += size
