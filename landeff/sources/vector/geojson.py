"""GeoJSON, TopoJSON and Esri JSON, UTF-8 by their standards and GBK in the wild; other JSON is records.

A GeoJSON without ``crs`` member is in longitude and latitude of WGS 84 (RFC 7946, section 4). TopoJSON has no
CRS at all: it has to be declared.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from landeff.core.issues import Issue
from landeff.sources.readers import Options, Raw, choose, reader
from landeff.sources.tables.records import read_records
from landeff.sources.text.encoding import settle_file
from landeff.sources.vector.layers import ARROW, layer_names, read_layer, vector
from landeff.sources.vector.polygons import listed_rows

_TYPES = rb"FeatureCollection|Feature|Topology|(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection"
_GEOGRAPHIC = re.compile(
    rb'"type"\s*:\s*"(' + _TYPES + rb')"|"geometryType"\s*:\s*"esri|"rings"\s*:\s*\[\s*\['
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def _names(path: Path) -> tuple[str, ...]:
    data = path.read_bytes()
    if not _kind(data):
        return (path.stem,)
    encoding, _ = settle_file(data, path.name)
    return _layers(_source(path, data, encoding), path)


@reader((".geojson", ".json", ".topojson"), "vector", _names)
def read_geojson(path: Path, options: Options) -> Raw:
    """Read one layer (TopoJSON may hold several), dates as text; what is no geography is read as records."""
    data = path.read_bytes()
    kind = _kind(data)
    if not kind:
        return read_records(path, options)
    encoding, told = settle_file(data, path.name, options.encoding)
    source = _source(path, data, encoding)
    available = _layers(source, path)
    place = available.index(choose(path.name, options.layer, available, "layer"))
    settings: dict[str, Any] = {} if kind in (b"Topology", b"Esri") else {"DATE_AS_STRING": "YES"}
    frame, issues = read_layer(source, path.name, layer=place, **ARROW, **settings)
    raw = vector(frame, (*issues, *told), path.name, options.crs, encoding)
    return _with_shapeless(raw, data.decode(encoding), available[place]) if kind == b"Topology" else raw


def _with_shapeless(raw: Raw, text: str, layer: str) -> Raw:
    """A layer of a TopoJSON with its rows counted as in the file: GDAL skips those without a shape."""
    kinds = _kinds(text, layer)
    drawn = [row for row, kind in enumerate(kinds, start=1) if kind is not None]
    if len(drawn) == len(kinds) or len(drawn) != len(raw.frame):
        return raw
    lost = len(kinds) - len(drawn)
    told = Issue(
        "warning",
        "not_polygons",
        "",
        "features without a shape were left out",
        value=listed_rows([row for row, kind in enumerate(kinds, start=1) if kind is None]),
        fix="if they are land, draw them in the GIS and deliver the layer anew",
        n=lost,
    )
    return dataclasses.replace(raw, rows=pd.Series(drawn, dtype="Int64"), issues=(*raw.issues, told))


def _kinds(text: str, layer: str) -> list[object]:
    """``type`` of each geometry of an object of a TopoJSON; none where the file breaks its standard."""
    try:
        found = json.loads(text)["objects"][layer]["geometries"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [each.get("type") if isinstance(each, dict) else "" for each in found]


def _source(path: Path, data: bytes, encoding: str) -> Path | bytes:
    """What GDAL is given: the file itself, or its text in UTF-8."""
    return path if encoding == "utf-8" else data.decode(encoding, errors="replace").lstrip("\ufeff").encode()


def _layers(source: Path | bytes, path: Path) -> tuple[str, ...]:
    """Names of the layers; one that is called by where it is kept in memory is called by the file."""
    names = layer_names(source, path.name)
    return tuple(path.stem if name.startswith("pyogrio_") else name for name in names)


def _kind(data: bytes) -> bytes | None:
    """The first geographic ``type`` there is; ``None`` where the JSON is none."""
    plain = data.replace(b"\0", b"") if data.startswith(_WIDE) else data
    found = _GEOGRAPHIC.search(plain)
    return (found[1] or b"Esri") if found else None
