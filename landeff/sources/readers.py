"""Reading any input file: its format is told by content and suffix, each is one tagged function in a file."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

import pandas as pd

import landeff.sources
from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.registry import scan, tag
from landeff.sources.contents import format_of
from landeff.sources.staging import staged
from landeff.sources.unsupported import not_read

Kind = Literal["table", "vector"]
#: What becomes of hidden rows and columns of a workbook.
Hidden = Literal["keep", "drop"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as read, before anything is understood.

    Attributes:
        frame: cells as they stand, columns called by their headers; a GeoDataFrame for a vector layer.
        rows: ``source_row`` of each row of ``frame``: the row number a spreadsheet shows, or 1 for the first
            feature of a layer.
        name: file name, used in messages and traces; of a zip with the file inside (``a.zip/b.shp``).
        sha256: digest of the file (of all parts of a shapefile, of all files of a geodatabase).
        crs: CRS of the geometries, ``None`` where nobody said and the coordinates do not tell.
        encoding: of the attribute text, ``None`` where the format fixes it.
        letters: header → column letter of a spreadsheet.
        from_1904: whether numbers that are dates count days from 1904 (a workbook of old Macintoshes).
        units: those that a line above the headers names for the whole table; never applied by itself.
    """

    frame: pd.DataFrame
    rows: pd.Series[int]
    name: str = ""
    path: Path | None = None
    sha256: str = ""
    crs: str | None = None
    encoding: str | None = None
    issues: tuple[Issue, ...] = ()
    letters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    from_1904: bool = False
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may declare about a source; a format looks at what concerns it."""

    layer: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    crs: str | None = None
    holes: bool = False
    hidden: Hidden = "keep"


Read = Callable[[Path, Options], Raw]
Names = Callable[[Path], tuple[str, ...]]


def _one_part(path: Path) -> tuple[str, ...]:
    return (path.stem,)


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its suffixes, how it is read, and how the layers or sheets of a file are listed."""

    suffixes: tuple[str, ...]
    kind: Kind
    read: Read
    names: Names = field(default=_one_part)


def reader(suffixes: tuple[str, ...], kind: Kind, names: Names = _one_part) -> Callable[[Read], Read]:
    """Tag a function as the reader of files with these suffixes (lower case, with the dot)."""

    def decorate(function: Read) -> Read:
        return tag(function, Reader(suffixes, kind, function, names))

    return decorate


@functools.cache
def readers() -> Mapping[str, Reader]:
    """All formats by suffix.

    >>> sorted(readers())[:3]
    ['.csv', '.dbf', '.dxf']
    """
    found = scan(landeff.sources, Reader).values()
    return MappingProxyType({suffix: spec for spec in found for suffix in spec.suffixes})


def reader_of(path: Path) -> Reader:
    """The format of ``path``: what its first bytes show, else what its suffix says.

    Raises:
        InputError: the file is not there, or no reader is for it; with the way to convert it.
    """
    return _format(path)[0]


def _format(path: Path) -> tuple[Reader, str]:
    """The reader of ``path``, and the suffix of its format where its own is another one, else ``""``."""
    if not path.exists():
        raise InputError(f"there is no file {path}.", "correct path, or put the file there")
    own, shown = path.suffix.lower(), format_of(path)
    if path.is_dir() and shown != ".gdb":
        raise InputError(
            f"{path.name} is a folder.", "name the file inside; a folder is read only if it is a .gdb"
        )
    if own in PLAIN_TEXT and shown not in PLAIN_SHOWN:
        shown = "" if own in readers() else shown
    elif not shown and own in BINARY_TABLES and _is_text(path):
        shown = ".csv"
    suffix = own if not shown or _is_same(own, shown) else shown
    spec = readers().get(suffix)
    if spec is None:
        raise not_read(path, suffix, ", ".join(sorted(readers())))
    if suffix == own:
        return spec, ""
    return _as(spec, suffix), suffix


#: Formats that any text might begin like; only these signs are heeded in them.
PLAIN_TEXT = frozenset([".csv", ".tsv", ".txt"])
PLAIN_SHOWN = frozenset(
    [".html", ".xls", ".xlsx", ".xlsb", ".ods", ".zip", ".gpkg", ".parquet", ".kml", ".pdf", ".txt"]
)
BINARY_TABLES = frozenset([".xls", ".xlsx", ".xlsm", ".xlsb", ".et"])
_SAME = (
    frozenset([".json", ".geojson", ".topojson"]),
    frozenset([".parquet", ".geoparquet"]),
    frozenset([".xlsx", ".xlsm"]),
    frozenset([".zip", ".kmz", ".shz"]),
    frozenset([".tab", ".mif"]),
    frozenset([".htm", ".html"]),
)


def _is_same(own: str, shown: str) -> bool:
    return own == shown or any({own, shown} <= group for group in _SAME)


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4096)
    return bool(head) and b"\0" not in head and any(mark in head for mark in b",\t;|\n")


def _as(spec: Reader, suffix: str) -> Reader:
    """A reader of files that are called otherwise: it sees them under a name with ``suffix``."""

    def see(path: Path, use: Callable[[Path], T]) -> T:
        name = path.stem + suffix
        with staged({name: path}) as folder:
            try:
                return use(folder / name)
            except InputError as error:
                raise InputError(error.problem.replace(name, path.name), error.fix) from None

    def read_it(path: Path, options: Options) -> Raw:
        raw = see(path, lambda copy: spec.read(copy, options))
        return dataclasses.replace(raw, name=raw.name.replace(path.stem + suffix, path.name, 1))

    return Reader(spec.suffixes, spec.kind, read_it, lambda path: see(path, spec.names))


def read(
    path: Path,
    *,
    layer: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
    crs: str | None = None,
    holes: bool = False,
    hidden: Hidden = "keep",
) -> Raw:
    """Read one table or layer of a file, values as they stand.

    Args:
        layer, sheet: which one, needed where the file holds several; in a zip the file inside.
        encoding: of the text; declared wins over whatever the file says.
        header_row: row of the headers as a spreadsheet numbers rows; found by itself if not given.
        crs: declared CRS; wins over the file's own.
        holes: whether closed lines of a drawing that lie in another one are its holes.
        hidden: whether hidden rows and columns of a workbook are data.

    Raises:
        InputError: missing file, unknown format, wrong layer or sheet, no rows, unreadable; with the fix.
    """
    options = Options(layer, sheet, encoding, header_row, crs, holes, hidden)
    try:
        spec, shown = _format(path)
        with ThreadPoolExecutor(1) as pool:
            digest = pool.submit(sha256, path) if path.is_file() else None
            raw = spec.read(path, options)
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be opened ({error.strerror}).", "check that it may be read"
        ) from None
    if raw.frame.empty:
        raise InputError(
            f"{raw.name or path.name} has no rows.", "check that this is the right file, layer or sheet"
        )
    name = raw.name or path.name
    issues = (*raw.issues, *([_misnamed(path, shown)] if shown else []))
    told = tuple(dataclasses.replace(issue, source_file=name) for issue in issues)
    digests = raw.sha256 or (digest.result() if digest else "")
    return dataclasses.replace(raw, path=path, name=name, sha256=digests, issues=told)


def _misnamed(path: Path, shown: str) -> Issue:
    return Issue(
        "info",
        "suffix_differs",
        "",
        f"read as {shown}, which its content is",
        value=path.name,
        fix="check that this is the file meant, and call it by its format",
    )


def sha256(*paths: Path) -> str:
    """Digest of files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 23):  # large: hashed beside GDAL, each block asks for the GIL
                digest.update(block)
    return digest.hexdigest()


def first_rows(count: int, start: int = 1) -> pd.Series[int]:
    """Consecutive source rows from ``start``, as :attr:`Raw.rows` wants them."""
    return pd.Series(range(start, start + count), dtype="Int64")


def choose(name: str, wanted: str | None, available: tuple[str, ...], what: Literal["layer", "sheet"]) -> str:
    """The layer or sheet to read: the one asked for, or the only one.

    Raises:
        InputError: it is not there, or there are several and none was asked for; the message lists them.
    """
    listed = ", ".join(available) or "none"
    if wanted is not None:
        if wanted not in available:
            raise InputError(f"{name} has no {what} {wanted!r}.", f"use one of: {listed}")
        return wanted
    if len(available) != 1:
        raise InputError(f"{name} holds {len(available)} {what}s.", f'name one with {what} = "…": {listed}')
    return available[0]
