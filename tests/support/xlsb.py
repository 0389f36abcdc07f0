"""The smallest ``.xlsb`` there is, written record by record ([MS-XLSB] 2.1.4, 2.4)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_ERRORS = {"#REF!": 0x17, "#DIV/0!": 0x07, "#N/A": 0x2A}


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, cell: object) -> bytes:
    at = struct.pack("<II", column, 0)
    if isinstance(cell, str) and cell in _ERRORS:
        return _record(3, at + bytes([_ERRORS[cell]]))
    if isinstance(cell, str):
        return _record(6, at + _text(cell))
    return _record(5, at + struct.pack("<d", cell))


def write(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    from_1904: bool = False,
) -> Path:
    """Write one sheet called 表; rows and columns to hide are counted from 0."""
    width = max(len(row) for row in rows)
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
    sheet += _record(390) + b"".join(
        _record(60, struct.pack("<4IH", c, c, 2560, 0, 1)) for c in hidden_columns
    )
    sheet += _record(391) + _record(145)
    for number, row in enumerate(rows):
        flags = 0x10 if number in hidden_rows else 0
        sheet += _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
        sheet += b"".join(_cell(column, cell) for column, cell in enumerate(row) if cell is not None)
    sheet += _record(146) + _record(130)
    book = _record(131) + _record(153, struct.pack("<II", int(from_1904), 0) + _text(""))
    book += _record(143) + _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("表"))
    book += _record(144) + _record(132)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts: Mapping[str, bytes | str] = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{types}"/>',
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/_rels/workbook.bin.rels": (
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relation}" Target="worksheets/sheet1.bin"/></Relationships>'
        ),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
