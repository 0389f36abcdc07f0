"""FlatGeobuf: one layer, UTF-8."""

from __future__ import annotations

from pathlib import Path

from landeff.sources.readers import Options, Raw, reader
from landeff.sources.vector.layers import ARROW, read_layer, vector


@reader((".fgb",), "vector")
def read_flatgeobuf(path: Path, options: Options) -> Raw:
    """Read the layer."""
    frame, issues = read_layer(path, path.name, **ARROW)
    return vector(frame, issues, path.name, options.crs)
