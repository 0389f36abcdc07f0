"""GeoPackage: one layer of possibly several."""

from __future__ import annotations

from pathlib import Path

from landeff.sources.readers import Options, Raw, choose, reader
from landeff.sources.vector.layers import ARROW, layer_names, read_layer, vector


def _names(path: Path) -> tuple[str, ...]:
    return layer_names(path, path.name)


@reader((".gpkg",), "vector", _names)
def read_geopackage(path: Path, options: Options) -> Raw:
    """Read the layer asked for, or the only one; ``layer_styles`` is not a layer."""
    layer = choose(path.name, options.layer, _names(path), "layer")
    frame, issues = read_layer(path, path.name, layer=layer, **ARROW)
    return vector(frame, issues, path.name, options.crs)
