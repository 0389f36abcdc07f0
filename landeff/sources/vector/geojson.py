"""GeoJSON, TopoJSON and Esri JSON, UTF-8 by their standards and GBK in the wild; other JSON is records.

A GeoJSON without ``crs`` member is in longitude and latitude of WGS 84 (RFC 7946, section 4). TopoJSON has no
CRS at all: it has to be declared.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from landeff.sources.readers import Options, Raw, choose, reader
from landeff.sources.tables.records import read_records
from landeff.sources.text.encoding import settle_file
from landeff.sources.vector.layers import ARROW, layer_names, read_layer, vector

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
    settings: dict[str, Any] = {} if kind == b"Topology" else {"DATE_AS_STRING": "YES"}
    frame, issues = read_layer(source, path.name, layer=place, **ARROW, **settings)
    return vector(frame, (*issues, *told), path.name, options.crs, encoding)


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
