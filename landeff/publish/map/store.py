"""Rows of a table as compact columns of a page, and the scripts that read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from branca.element import Element
from numpy.typing import NDArray

from landeff.core.errors import InputError
from landeff.core.shift import to_map_degrees
from landeff.publish.map.encode import (
    Chunk,
    encode_codes,
    encode_geometry,
    encode_number,
    encode_text,
    hilbert_order,
)
from landeff.publish.offline.assets import script_text
from landeff.publish.offline.figure import add_inline

JS = Path(__file__).with_name("js")
CSS = Path(__file__).with_name("css")
WGS84 = "EPSG:4326"


def add_scripts(root: Element, names: Sequence[str]) -> None:
    """Put scripts of this package into the head of a page, each once."""
    for name in names:
        add_inline(root, f"landeff_{name}_js", "js", script_text((JS / f"{name}.js").read_text("utf-8")))


def to_degrees(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """``layer`` in longitude and latitude; without a CRS there is no map."""
    if layer.crs is None:
        raise InputError("the layer has no CRS.", "Set it, e.g. gdf.set_crs('EPSG:4528').")
    shapes = to_map_degrees(layer.crs.to_string()).geometries(np.asarray(layer.geometry, dtype=object))
    return layer.set_geometry(gpd.GeoSeries(shapes, index=layer.index, crs=WGS84))


class ParcelStore:
    """Rows of a table as chunks for a page.

    Args:
        geometry: polygons in any CRS; they are put into Hilbert order, everything else follows.
            Ties keep their order: sort by key before, and the bytes do not depend on the order of rows.
    """

    def __init__(self, geometry: gpd.GeoSeries) -> None:
        degrees = to_degrees(geometry.to_frame("geometry")).geometry
        self.order: NDArray[np.intp] = hilbert_order(degrees)
        self._geometry = encode_geometry(degrees.iloc[self.order])
        self._columns: dict[str, Chunk] = {}

    def add_number(self, name: str, values: pd.Series, decimals: int) -> None:
        """A column of numbers, exact to ``decimals``."""
        self._columns[name] = encode_number(values.iloc[self.order], decimals)

    def add_text(self, name: str, values: pd.Series) -> None:
        """A column of text or codes."""
        self._columns[name] = encode_text(values.iloc[self.order])

    def add_values(self, name: str, values: pd.Series) -> None:
        """A column of numbers to two decimals, or of text: whatever ``values`` are."""
        if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            self.add_number(name, values, 2)
        else:
            self.add_text(name, values)

    def add_ratio(self, name: str, over: str, under: str, decimals: int) -> None:
        """A column that the page divides out of two others; missing where one is, or where ``under`` is 0."""
        self._columns[name] = Chunk(
            b"", {"type": "ratio", "over": over, "under": under, "decimals": decimals}
        )

    def add_codes(self, name: str, codes: NDArray[np.uint8]) -> None:
        """A column of class codes."""
        self._columns[name] = encode_codes(codes[self.order])

    @property
    def bounds(self) -> list[list[float]] | None:
        """``[[south, west], [north, east]]`` in degrees; ``None`` where nothing has a geometry."""
        bounds = self._geometry.header["bounds"]
        return bounds if isinstance(bounds, list) else None

    def meta(self, prefix: str) -> dict[str, object]:
        """What the reader has to know, for chunks whose ids start with ``prefix``."""
        return {
            "n": self._geometry.header["n"],
            "geometry": {**self._geometry.header, "id": f"{prefix}-geometry"},
            "columns": columns_meta(self._columns, prefix),
        }

    def payload(self, prefix: str) -> str:
        """The chunks as inert elements."""
        return chunk_element(f"{prefix}-geometry", self._geometry) + columns_payload(self._columns, prefix)


def columns_meta(columns: dict[str, Chunk], prefix: str) -> dict[str, object]:
    """Headers of ``columns``, each with the id of its chunk."""
    return {name: {**chunk.header, "id": f"{prefix}-{k}"} for k, (name, chunk) in enumerate(columns.items())}


def columns_payload(columns: dict[str, Chunk], prefix: str) -> str:
    """Chunks of ``columns`` as inert elements."""
    return "".join(
        chunk_element(f"{prefix}-{k}", chunk)
        for k, chunk in enumerate(columns.values())
        if chunk.header["type"] != "ratio"
    )


def chunk_element(name: str, chunk: Chunk) -> str:
    """A chunk as an element that a page never runs or shows."""
    return f'<script type="text/plain" id="{name}">{chunk.base64()}</script>'
