"""Parcels as a layer of any ``folium.Map``, in a twentieth of the size of GeoJSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from branca.element import Element
from folium.map import Layer
from folium.template import Template
from numpy.typing import NDArray

from landeff.core.columns import title
from landeff.core.errors import InputError
from landeff.core.shift import to_map_degrees
from landeff.core.text import Lang, Term
from landeff.publish.map.breaks import class_codes, class_titles, quantile_breaks
from landeff.publish.map.encode import (
    Chunk,
    encode_codes,
    encode_geometry,
    encode_number,
    encode_text,
    hilbert_order,
)
from landeff.publish.map.palette import CATEGORIES, NO_DATA, NO_DATA_LINE, spread
from landeff.publish.offline.assets import script_text
from landeff.publish.offline.escape import json_for_script
from landeff.publish.offline.figure import add_inline, add_verbatim

JS = Path(__file__).with_name("js")
CSS = Path(__file__).with_name("css")
LAYER_SCRIPTS = ("dom", "decode", "store", "hatch", "grid", "layer")
WGS84 = "EPSG:4326"
#: Name of the column of class codes; no column of data is called so.
CLASS = "class:"
OTHERS = Term("其他 / 无数据", "other / no data")


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


class ParcelLayer(Layer):
    """A parcel layer: classes, a tooltip set as text, and a legend. Made by :func:`map_layer`."""

    _template = Template("")

    def __init__(self, store: ParcelStore, config: dict[str, object], name: str) -> None:
        super().__init__(name=name, overlay=True, control=True, show=True)
        self._name = "ParcelLayer"
        self.store = store
        self.config = config

    def _get_self_bounds(self) -> list[list[float | None]]:
        nowhere: list[list[float | None]] = [[None, None], [None, None]]
        return [[*corner] for corner in self.store.bounds] if self.store.bounds else nowhere

    def render(self, **kwargs: object) -> str:
        """Put the scripts into the head, then the layer into the page."""
        root, name = self.get_root(), self.get_name()
        add_scripts(root, LAYER_SCRIPTS)
        arguments = f"{json_for_script(self.store.meta(name))}, {json_for_script(self.config)}"
        add_verbatim(root, name, self.store.payload(name), f"var {name} = Landeff.layer({arguments});")
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # folium
        return ""


def map_layer(
    parcels: gpd.GeoDataFrame,
    column: str | None = None,
    *,
    name: str = "",
    breaks: Sequence[float] | None = None,
    palette: Sequence[str] | None = None,
    tooltip: Sequence[str] = (),
    lang: Lang = "zh",
) -> ParcelLayer:
    """A compact layer of ``parcels`` for a ``folium.Map``.

    Args:
        parcels: polygons in any CRS. Sort them by key where bytes must not depend on the order of rows.
        column: what to colour by: classes of a number, or the ten most frequent values of a text.
        name: title of the layer and of its legend; the column's title otherwise.
        breaks: class limits; otherwise six classes of about equal size.
        palette: a colour per class; viridis otherwise.
        tooltip: columns shown under the mouse, set as text.
        lang: language of titles that are not given.

    >>> import shapely
    >>> plots = gpd.GeoDataFrame({"far": [0.5, 1.5]}, geometry=shapely.box([0, 1], 0, [1, 2], 1), crs=4326)
    >>> layer = map_layer(plots, "far", breaks=[1.0])
    >>> [entry["title"] for entry in layer.config["classes"]]
    ['< 1', '≥ 1']
    """
    _check_columns(parcels, [*tooltip] if column is None else [column, *tooltip])
    codes, classes = _classes(parcels, column, breaks, palette)
    classes += _others(codes, len(classes), lang)
    store = ParcelStore(parcels.geometry)
    store.add_codes(CLASS, codes)
    for shown in tooltip:
        store.add_values(shown, parcels[shown])
    heading = name or (title(column).text(lang) if column else "")
    entries = [{"name": shown, "title": title(shown).text(lang)} for shown in tooltip]
    return ParcelLayer(
        store, {"title": heading, "classes": classes, "tooltip": entries}, heading or "parcels"
    )


def _others(codes: NDArray[np.uint8], n: int, lang: Lang) -> list[dict[str, str]]:
    if not (codes == n).any():
        return []
    return [{"title": OTHERS.text(lang), "colour": NO_DATA_LINE, "fill": NO_DATA, "hatch": "horizontal"}]


def _check_columns(parcels: gpd.GeoDataFrame, wanted: Sequence[str]) -> None:
    unknown = [name for name in wanted if name not in parcels.columns]
    if unknown:
        known = ", ".join(map(str, parcels.columns))
        raise InputError(f"the layer has no column {unknown[0]!r}.", f"Columns: {known}.")


def _classes(
    parcels: gpd.GeoDataFrame,
    column: str | None,
    breaks: Sequence[float] | None,
    palette: Sequence[str] | None,
) -> tuple[NDArray[np.uint8], list[dict[str, str]]]:
    if column is None:
        titles, codes = [""], np.zeros(len(parcels), np.uint8)
    elif pd.api.types.is_numeric_dtype(parcels[column]):
        limits = quantile_breaks(parcels[column]) if breaks is None else breaks
        titles, codes = class_titles(limits) or [""], class_codes(parcels[column], limits)
    else:
        counts = parcels[column].value_counts().rename_axis("value").reset_index(name="n")
        top = counts.sort_values(["n", "value"], ascending=[False, True])["value"].head(len(CATEGORIES))
        found = pd.Categorical(parcels[column], categories=top).codes
        titles, codes = [str(value) for value in top], np.where(found < 0, len(top), found).astype(np.uint8)
        palette = palette or CATEGORIES
    colours = palette or spread(len(titles))
    if len(colours) < len(titles):
        raise InputError(f"{len(titles)} classes, but {len(colours)} colours.", "Give a colour per class.")
    return codes, [
        {"title": text, "colour": colour, "fill": colour, "hatch": ""}
        for text, colour in zip(titles, colours, strict=False)
    ]
