"""Which format a file is of, by its first bytes; suffixes lie."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from landeff.core.boundary_points import HEAD, PARCELS

_HEAD = 4096
#: Bytes at the very beginning → suffix of the format.
_MAGIC = (
    (b"SQLite format 3\0", ".gpkg"),
    (b"PAR1", ".parquet"),
    (b"fgb", ".fgb"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
    (b"\0\1\0\0Standard Jet DB", ".mdb"),
    (b"\0\1\0\0Standard ACE DB", ".accdb"),
    (b"PK\x03\x04", ".zip"),
    (b"PK\x05\x06", ".zip"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b", ".gz"),
    (b"%PDF-", ".pdf"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"{\\rtf", ".rtf"),
    (b"AutoCAD Binary DXF", ".dxb"),
)
_DWG = re.compile(rb"AC1[0-9]{3}")
_DXF = re.compile(rb"(?:[ \t]*999\r?\n[^\r\n]*\r?\n)*[ \t]*0[ \t]*\r?\n[ \t]*SECTION")
_ROOT = re.compile(rb"<(?:[A-Za-z0-9_.-]+:)?([A-Za-z][A-Za-z0-9_]*)[\s/>]")
_ROOTS = {b"kml": ".kml", b"workbook": ".xml", b"ogrvrtdatasource": ".vrt"} | dict.fromkeys(
    (b"html", b"table", b"body", b"head", b"meta", b"style", b"div"), ".html"
)
_VCT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:Command|Head)Begin", re.IGNORECASE)
#: How texts begin → suffix of the format.
_BEGINNINGS = ((b"!table", ".tab"), (b"{", ".json"), (b"[", ".json"), (b"MIME-Version:", ".mht"))
_SHAPE = b"\x00\x00\x27\x0a"


def format_of(path: Path) -> str:
    """Suffix of the format that the content shows, ``""`` where it shows none (plain text among others).

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.xls").write_bytes(b"<html><table>")
    ...     format_of(Path(folder) / "a.xls")
    '.html'
    """
    if path.is_dir():
        return ".gdb" if any(path.glob("*.gdbtable")) else ""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_SHAPE):
        return ".shp" if path.suffix.lower() != ".shx" else ""
    if _DWG.match(head):
        return ".dwg"
    found = next((suffix for magic, suffix in _MAGIC if head.startswith(magic)), None)
    if found == ".zip":
        return _packed(path)
    return found or _text(head)


def _packed(path: Path) -> str:
    """What a zip is the clothing of."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""  # broken: what its suffix says is the best there is to go by
    if "[Content_Types].xml" in names:
        if "xl/workbook.bin" in names:
            return ".xlsb"
        return ".xlsx" if any(name.startswith("xl/") for name in names) else ".docx"
    return ".ods" if {"mimetype", "content.xml"} <= names else ".zip"


def _is_boundary(head: bytes) -> bool:
    """Whether a text begins with a section of 界址点坐标."""
    sections = [bracket + title for bracket in ("[", "【", "［") for title in (HEAD, PARCELS)]
    return head.startswith(tuple(each.encode(code) for each in sections for code in ("utf-8", "gb18030")))


def _text(head: bytes) -> str:
    """What text shows by how it begins."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, errors="ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        bare = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!.*?>", b"", head, flags=re.DOTALL)
        root = _ROOT.search(bare)
        return _ROOTS.get(root[1].lower(), "") if root else ""
    if _is_boundary(head):
        return ".txt"
    plain = next((suffix for mark, suffix in _BEGINNINGS if head.startswith(mark)), "")
    if plain:
        return plain
    if _DXF.match(head):
        return ".dxf"
    return ".vct" if _VCT.match(head) else ""
