"""Reading any input file: the format is chosen by suffix, each format is one tagged function in one file."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pandas as pd

import landeff.sources
from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.registry import scan, tag

Kind = Literal["table", "vector"]


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as read, before anything is understood.

    Attributes:
        frame: cells as they stand, columns called by their headers; a GeoDataFrame for a vector layer.
        rows: ``source_row`` of each row of ``frame``: the row number a spreadsheet shows, or 1 for the first
            feature of a layer.
        name: file name, used in messages and traces.
        sha256: digest of the file (of all parts of a shapefile).
        crs: CRS of the geometries, ``None`` where nobody said and the coordinates do not tell.
        encoding: of the attribute text, ``None`` where the format fixes it.
        letters: header → column letter of a spreadsheet.
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


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may declare about a source; a format looks at what concerns it."""

    layer: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    crs: str | None = None


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
    ['.csv', '.geojson', '.geoparquet']
    """
    found = scan(landeff.sources, Reader).values()
    return MappingProxyType({suffix: spec for spec in found for suffix in spec.suffixes})


def reader_of(path: Path) -> Reader:
    """The format of ``path``.

    Raises:
        InputError: the file is not there, or no reader knows its suffix.
    """
    if not path.is_file():
        raise InputError(f"there is no file {path}.", "correct path, or put the file there")
    spec = readers().get(path.suffix.lower())
    if spec is None:
        known = ", ".join(sorted(readers()))
        raise InputError(
            f"{path.name}: no reader for {path.suffix or 'a file without suffix'}.", f"use one of {known}"
        )
    return spec


def read(
    path: Path,
    *,
    layer: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
    crs: str | None = None,
) -> Raw:
    """Read one table or layer of a file, values as they stand.

    Args:
        layer, sheet: which one, needed where the file holds several.
        encoding: of the text; declared wins over whatever the file says.
        header_row: row of the headers as a spreadsheet numbers rows; found by itself if not given.
        crs: declared CRS; wins over the file's own.

    Raises:
        InputError: missing file, unknown suffix, wrong layer or sheet, no rows, unreadable; with the fix.
    """
    raw = reader_of(path).read(path, Options(layer, sheet, encoding, header_row, crs))
    if raw.frame.empty:
        raise InputError(f"{path.name} has no rows.", "check that this is the right file, layer or sheet")
    named = tuple(dataclasses.replace(issue, source_file=path.name) for issue in raw.issues)
    digest = raw.sha256 or sha256(path)
    return dataclasses.replace(raw, path=path, name=path.name, sha256=digest, issues=named)


def sha256(*paths: Path) -> str:
    """Digest of files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
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
