"""Shapefile, whose parts may be missing or called in another case, and whose text rarely says its encoding.

What GDAL would pass over is looked at first: parts that end too early, shapes and rows that do not go
together, fields that share a name, numbers too long for a float. The encoding declared by the user wins; else
``.cpg`` and the language byte of the dbf speak for one, unless the characters speak against it.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.readers import Options, Raw, reader, sha256
from landeff.sources.staging import staged
from landeff.sources.text.encoding import Hint, codec, settle
from landeff.sources.vector.byte_text import BYTES, decoded, foreign_texts
from landeff.sources.vector.dbf import (
    LANGUAGES,
    Header,
    deleted_rows,
    field_names,
    patched,
    read_header,
    without_stars,
)
from landeff.sources.vector.layers import DamagedCrsError, read_layer, vector

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
#: Files that only stand beside a ``.shp``.
ALONE = (".shx", ".sbn", ".sbx", ".qix")
_MAGIC = 9994
_CPG_WEIGHT, _LANGUAGE_WEIGHT = 1e4, 100.0


@reader((".shp",), "vector")
def read_shapefile(path: Path, options: Options) -> Raw:
    """Read a shapefile with its text in the right encoding; a missing ``.shx`` is made up elsewhere."""
    parts = parts_of(path)
    header = read_header(parts[".dbf"]) if ".dbf" in parts else None
    _check(path, parts, header)
    try:
        frame, issues = _read(path, parts, header)
    except DamagedCrsError:
        sound = {suffix: part for suffix, part in parts.items() if suffix != ".prj"}
        frame, issues = _read(path, sound, header)
    frame, encoding, told = _decoded(frame, header, parts, options.encoding, path.name)
    told = (*issues, *_missing(parts, frame), *deleted_rows(header), *told)
    raw = vector(frame, told, path.name, options.crs, encoding)
    rows = header.rows(len(frame)) if header else raw.rows
    digest = sha256(*(parts[suffix] for suffix in PARTS if suffix in parts))
    return dataclasses.replace(raw, rows=rows, sha256=digest)


@reader((".dbf",), "table")
def read_dbf(path: Path, options: Options) -> Raw:
    """Read a dBASE table; one that belongs to a shapefile whose ``.shp`` is missing is refused."""
    parts = parts_of(path)
    beside = [parts[suffix].name for suffix in ALONE if suffix in parts]
    if ".shp" not in parts and beside:
        raise InputError(
            f"{path.name} is part of a shapefile, as {beside[0]} shows, and its .shp is missing.",
            "ask for the shapefile again, all its parts together",
        )
    header = read_header(path)
    frame, issues = _read(path, {".dbf": path}, header)
    frame, encoding, told = _decoded(frame, header, parts, options.encoding, path.name)
    told = (*issues, *deleted_rows(header), *told)
    return Raw(frame, header.rows(len(frame)), encoding=encoding, issues=told)


def parts_of(path: Path) -> dict[str, Path]:
    """Files of a shapefile by suffix in lower case; their names may differ from ``path`` in case."""
    stem = path.stem.casefold()
    found = {}
    for part in sorted(path.parent.iterdir()):
        if part.stem.casefold() == stem and (part.stem == path.stem or part.suffix.lower() not in found):
            found[part.suffix.lower()] = part
    return found | {path.suffix.lower(): path}


def _check(path: Path, parts: Mapping[str, Path], header: Header | None) -> None:
    """Refuse what would be read by halves or against the wrong rows.

    Raises:
        InputError: no shapefile, an end too early, or as many rows as shapes missing.
    """
    with path.open("rb") as file:
        head = file.read(28)
    size = path.stat().st_size
    if len(head) < 28 or struct.unpack(">i", head[:4])[0] != _MAGIC:
        raise InputError(
            f"{path.name} cannot be read: it is no shapefile.", "ask for the file again, all its parts"
        )
    shapes, needed = None, 2 * struct.unpack(">i", head[24:28])[0]
    if ".shx" in parts:
        index = parts[".shx"].read_bytes()[100:]
        shapes = len(index) // 8
        last = struct.unpack(">ii", index[8 * shapes - 8 : 8 * shapes]) if shapes else (0, 0)
        needed = 2 * sum(last) + (8 if shapes else 0)
    if size < needed:
        raise InputError(
            f"{path.name} is cut off: it should have {needed} bytes and has {size}.",
            "ask for the file again; it was not copied or downloaded whole",
        )
    if header is not None and shapes is not None and shapes != header.count:
        raise InputError(
            f"{path.name} has {shapes} shapes and {parts['.dbf'].name} {header.count} rows: which belong "
            "together cannot be told (was the .dbf edited in a spreadsheet?).",
            "ask for the shapefile again, all its parts together",
        )


def _read(
    path: Path, parts: Mapping[str, Path], header: Header | None
) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """The layer with every character of its text standing for a byte."""
    is_shape = ".shp" in parts
    long_numbers = header is not None and any(field.is_long_number for field in header.fields)
    is_renamed = header is not None and (header.collides or long_numbers)
    beside = {each.name for each in path.parent.iterdir()}  # GDAL looks there for what is not among the parts
    is_plain = all(((path.stem + each) in beside) == (each in parts) for each in PARTS)
    if is_plain and not is_renamed and (".shx" in parts or not is_shape):
        return read_layer(path, path.name, encoding=BYTES)
    files: dict[str, Path | bytes] = {f"layer{each}": parts[each] for each in PARTS if each in parts}
    if is_renamed and header is not None:
        files["layer.dbf"] = patched(parts[".dbf"], header)
    with staged(files) as folder:
        source = folder / ("layer.shp" if is_shape else "layer.dbf")
        return read_layer(source, path.name, config={"SHAPE_RESTORE_SHX": "YES"}, encoding=BYTES)


def _decoded(
    frame: gpd.GeoDataFrame, header: Header | None, parts: Mapping[str, Path], wanted: str | None, name: str
) -> tuple[gpd.GeoDataFrame, str, tuple[Issue, ...]]:
    """The layer with its text decoded, in which encoding, and what there is to tell."""
    fields = header.fields if header else ()
    frame = without_stars(frame, fields)
    texts = foreign_texts(frame) + [field.text for field in fields]
    encoding, issues = settle(texts, name, wanted, _hints(parts, header))
    frame, cut = decoded(frame, encoding)
    names, told = field_names(fields, encoding)
    attributes = [each for each in frame.columns if each != "geometry"]
    if len(attributes) == len(names):
        frame = frame.rename(columns=dict(zip(attributes, names, strict=True)))
    return frame, encoding, (*issues, *told, *cut)


def _hints(parts: Mapping[str, Path], header: Header | None) -> tuple[Hint, ...]:
    """What the file says about its text."""
    written = parts[".cpg"].read_bytes()[:40].decode("ascii", errors="replace") if ".cpg" in parts else ""
    named = codec(written.strip("\ufeff\ufffd\0 \r\n")) if written else None
    language = LANGUAGES.get(header.language) if header else None
    hints = [
        Hint("its .cpg", named, _CPG_WEIGHT) if named else None,
        Hint("its language byte", language, _LANGUAGE_WEIGHT) if language else None,
    ]
    return tuple(hint for hint in hints if hint is not None)


def _missing(parts: Mapping[str, Path], frame: gpd.GeoDataFrame) -> tuple[Issue, ...]:
    """What became of parts that are not there, or say nothing; a missing ``.prj`` is for the CRS to tell."""
    told = {
        ".shx": (".shx" not in parts, "the index was made up from the shapes"),
        ".dbf": (".dbf" not in parts, "read without attributes"),
        ".prj": (".prj" in parts and frame.crs is None, "it says nothing: read as if it were missing"),
    }
    return tuple(
        Issue("warning", "part_missing", "", decision, value=each, fix="deliver all parts of the shapefile")
        for each, (is_so, decision) in told.items()
        if is_so
    )
