"""GeoJSON and TopoJSON, UTF-8 by their standards and GBK in the wild.

A GeoJSON without ``crs`` member is in longitude and latitude of WGS 84 (RFC 7946, section 4). TopoJSON has no
CRS at all: it has to be declared.
"""

from __future__ import annotations

from pathlib import Path

from landeff.sources.encoding import declared, detect, detected
from landeff.sources.layers import layer_names, read_layer, vector
from landeff.sources.readers import Options, Raw, choose, reader


def _names(path: Path) -> tuple[str, ...]:
    return layer_names(path, path.name)


@reader((".geojson", ".json", ".topojson"), "vector", _names)
def read_geojson(path: Path, options: Options) -> Raw:
    """Read one layer (TopoJSON may hold several); dates stay text, as in the file."""
    data = path.read_bytes()
    encoding = declared(options.encoding, path.name) if options.encoding else detect(data, path.name)
    settings = {} if b'"Topology"' in data[:4096] else {"DATE_AS_STRING": "YES"}
    if encoding in ("utf-8", "utf-8-sig"):
        layer = choose(path.name, options.layer, _names(path), "layer")
        frame, issues = read_layer(path, path.name, layer=layer, **settings)
    else:
        text = data.decode(encoding, errors="replace")
        frame, issues = read_layer(text.encode(), path.name, **settings)
        issues += (detected(encoding, "though JSON should be UTF-8", _sample(text)),)
    return vector(frame, issues, path.name, options.crs, encoding)


def _sample(text: str) -> str:
    return "".join(char for char in text if ord(char) > 127)
