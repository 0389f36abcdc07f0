"""Facts about a sheet of an old ``.xls`` that calamine does not tell: hidden rows and columns, errors.

Layout: compound file ([MS-CFB]) whose stream ``Workbook`` is a sequence of records ([MS-XLS] 2.4), each with
its type and length before it. Every offset and length of the file is checked against its size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from landeff.sources.tables.sheet_facts import Cell, SheetFacts

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_BOF, _EOF, _BOUNDSHEET, _DATEMODE, _FILTERMODE = 0x0809, 0x000A, 0x0085, 0x0022, 0x009B
_ROW, _COLINFO, _BOOLERR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
_WANTED = frozenset([_BOF, _EOF, _BOUNDSHEET, _DATEMODE, _FILTERMODE, _ROW, _COLINFO, _BOOLERR, _FORMULA])
ERROR_TEXTS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
               0x2A: "#N/A"}  # fmt: skip


def xls_facts(path: Path, position: int) -> SheetFacts:
    """Facts about the sheet at ``position``; none where the file is not laid out as usual."""
    try:
        book = _workbook(path.read_bytes())
        starts = [
            struct.unpack_from("<I", body)[0] for kind, body in _records(book, 0) if kind == _BOUNDSHEET
        ]
        modes = [struct.unpack_from("<H", body)[0] for kind, body in _records(book, 0) if kind == _DATEMODE]
        if position >= len(starts):
            return SheetFacts()
        return _sheet(book, starts[position], from_1904=1 in modes)
    except (struct.error, ValueError):
        return SheetFacts()


def _sheet(book: bytes, start: int, *, from_1904: bool) -> SheetFacts:
    rows, columns, is_filtered = [], [], False
    marks: dict[Cell, str] = {}
    for kind, body in _records(book, start):
        if kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            row = struct.unpack_from("<H", body)[0]
            rows.append(range(row, row + 1))
        elif kind == _COLINFO and len(body) >= 10 and body[8] & 0x01:
            first, last = struct.unpack_from("<HH", body)
            columns.append(range(first, min(last, 255) + 1))
        elif kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
            marks[struct.unpack_from("<HH", body)] = ERROR_TEXTS.get(body[6], "#VALUE!")
        elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            marks[struct.unpack_from("<HH", body)] = ERROR_TEXTS.get(body[8], "#VALUE!")
        is_filtered = is_filtered or kind == _FILTERMODE
    return SheetFacts(tuple(rows), tuple(columns), marks, is_filtered=is_filtered, from_1904=from_1904)


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records of one part of the workbook that say something here, up to its end."""
    at, depth = start, 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind in _WANTED:
            depth += (kind == _BOF) - (kind == _EOF)
            if depth == 1 and kind != _BOF:  # deeper stand charts
                yield kind, book[at + 4 : at + 4 + size]
            if depth <= 0:
                return
        at += 4 + size


def _workbook(data: bytes) -> bytes:
    """The stream ``Workbook`` of a compound file.

    Raises:
        ValueError: there is none, or its sectors lead nowhere.
        struct.error: the file ends too early.
    """
    if data[:8] != _MAGIC:
        raise ValueError("no compound file")
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("odd sectors")
    table = _table(data, size)
    directory = _chain(data, struct.unpack_from("<I", data, 48)[0], table, size)
    for at in range(0, len(directory) - 127, 128):
        name = directory[at : at + max(struct.unpack_from("<H", directory, at + 64)[0] - 2, 0)]
        if name == "Workbook".encode("utf-16-le"):
            start, length = struct.unpack_from("<II", directory, at + 116)
            if length >= struct.unpack_from("<I", data, 56)[0]:
                return _chain(data, start, table, size)[:length]
    raise ValueError("no workbook, or one so small that it is kept elsewhere")


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    more, seen = struct.unpack_from("<I", data, 68)[0], 0
    while more < _LAST_SECTOR and seen * size < len(data):
        block = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += block[:-1]
        more, seen = block[-1], seen + 1
    found: list[int] = []
    for sector in sectors:
        if sector < _LAST_SECTOR:
            found += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return found


def _chain(data: bytes, start: int, table: list[int], size: int) -> bytes:
    """The bytes of a chain of sectors."""
    parts: list[bytes] = []
    sector = start
    while sector < _LAST_SECTOR:
        if sector >= len(table) or len(parts) > len(table):
            raise ValueError("sectors lead nowhere, or in a circle")
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)
