"""Polygons as a layer of any ``folium.Map``, in a twentieth of the size of GeoJSON."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from branca.element import Element
from folium.map import Layer
from folium.template import Template
from numpy.typing import NDArray

from landeff.core.columns import title as column_title
from landeff.core.errors import InputError
from landeff.core.text import Lang
from landeff.publish.map.classify import Classed, classed
from landeff.publish.map.store import ParcelStore, add_scripts
from landeff.publish.offline.escape import json_for_script
from landeff.publish.offline.figure import add_verbatim

LAYER_SCRIPTS = ("dom", "decode", "store", "hatch", "grid", "layer")
#: Name of the column of class codes; no column of data is called so.
CLASS = "class:"
#: Names of the columns of label places, in parts of the polygon's box from its upper left.
LABEL_AT, LABEL_DECIMALS = ("label:x", "label:y"), 3
#: Leaflet's layer control sets the name as HTML, and folium compiles it as a template and as JavaScript.
_TEMPLATE = {ord(sign): f"&#{ord(sign)};" for sign in "{}$`\\\u2028\u2029"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
Corner = Literal["topleft", "topright", "bottomleft", "bottomright"]


class ParcelLayer(Layer):
    """A layer of polygons: classes, a tooltip set as text, and a legend. Made by :func:`map_layer`."""

    _template = Template("")

    def __init__(self, store: ParcelStore, config: dict[str, object], name: str) -> None:
        super().__init__(name=name, overlay=True, control=True, show=True)
        self._name = "ParcelLayer"
        self.store = store
        self.config = config
        self.heading = str(config["title"])  # of a page without a title of its own

    def _get_self_bounds(self) -> list[list[float | None]]:
        nowhere: list[list[float | None]] = [[None, None], [None, None]]
        return [[*corner] for corner in self.store.bounds] if self.store.bounds else nowhere

    def render(self, **kwargs: object) -> str:
        """Put the scripts into the head, then the layer into the page."""
        root: Element = self.get_root()
        name = self.get_name()
        add_scripts(root, LAYER_SCRIPTS)
        arguments = f"{json_for_script(self.store.meta(name))}, {json_for_script(self.config)}"
        add_verbatim(root, name, self.store.payload(name), f"var {name} = Landeff.layer({arguments});")
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # folium
        return ""


def map_layer(
    gdf: gpd.GeoDataFrame,
    value: str | None = None,
    *,
    title: str = "",
    note: str = "",
    source: str = "",
    unit: str = "",
    breaks: Sequence[float] | None = None,
    scheme: str = "",
    classes: int = 6,
    palette: str | Sequence[str] = "batlow",
    tooltip: Sequence[str] | Mapping[str, str] = (),
    label: str = "",
    missing: str = "",
    line: str = "#6b7075",
    weight: float = 0.7,
    fill: bool = True,
    opacity: float = 1.0,
    legend: Corner | None = "bottomright",
    lang: Lang = "zh",
) -> ParcelLayer:
    """A compact layer of polygons for a ``folium.Map``, coloured by one column, with a legend.

    Works in any ``folium.Map``, saved to a file or shown in a notebook. The polygons travel as binary columns
    (24 bytes each instead of a kilobyte) and are drawn on canvas, so 100,000 of them open in about a second.
    Text of the data reaches the page only as text.

    Args:
        gdf: polygons in any CRS. Sort them by key where bytes must not depend on the order of rows.
        value: column to colour by: a number in classes, or the ten most frequent values of a text, each with
            its own hatch. Missing values are grey and counted. Without a column all are alike.
        title: heading of the legend and name in the layer control; the column's title otherwise.
        note: a line under the heading; ``source``: the last line of the legend.
        unit: unit of the number, written in the legend; below a ``title`` the column's own title otherwise.
        breaks: class limits; a value on a limit is in the upper class.
        scheme: how to find limits where none are given: ``quantiles`` (about equal numbers, two significant
            digits; the default), or a classifier of mapclassify by its name, e.g. ``FisherJenks`` (extra
            ``stats``). The legend says which.
        classes: how many classes to look for.
        palette: ``batlow`` or ``viridis`` (light to dark; ``_r`` turns a scale round), or a colour a class,
            and one more for missing numbers.
        tooltip: columns shown under the mouse, or column → title.
        label: column written into polygons that are large enough for it on the screen.
        missing: what rows without a value are called in the legend.
        line: colour of outlines, ``weight`` pixels wide; without ``fill`` there is nothing else.
        opacity: of the layer, for a base map below.
        legend: corner of the legend; ``None`` for none.
        lang: language of the words of the legend.

    Raises:
        InputError: no such column, no CRS, no such palette or scheme, a colour that is none.
        MissingExtraError: the scheme needs mapclassify.

    >>> import folium, shapely
    >>> plots = gpd.GeoDataFrame({"far": [0.5, 1.5]}, geometry=shapely.box([0, 1], 0, [1, 2], 1), crs=4326)
    >>> layer = map_layer(plots, "far", breaks=[1.0], title="FAR", tooltip=["far"])
    >>> page = layer.add_to(folium.Map(tiles=None))
    >>> [(entry["title"], entry["n"]) for entry in layer.config["classes"]]
    [('< 1', 1), ('≥ 1', 1)]
    """
    shown = (
        dict(tooltip)
        if isinstance(tooltip, Mapping)
        else {name: column_title(name).text(lang) for name in tooltip}
    )
    _check_columns(gdf, [name for name in (value, label, *shown) if name])
    made = classed(
        gdf,
        value,
        breaks=breaks,
        scheme=scheme,
        n_classes=classes,
        palette=palette,
        lang=lang,
        missing=missing,
    )
    for colour in (line, *(entry.fill for entry in made.entries)):
        _check_colour(colour)
    own = column_title(value).text(lang) if value else ""
    heading = title or own
    unit = unit or (own if own != heading else "")
    config = _config(made, heading, {"note": note, "source": source, "unit": unit}, shown)
    config |= {"label": label, "line": line, "weight": weight, "isFilled": fill}
    config |= {"opacity": opacity, "corner": legend}
    store = _store(gdf, made, sorted({*shown, label} - {""}), has_labels=bool(label))
    return ParcelLayer(store, config, html.escape(heading or "parcels").translate(_TEMPLATE))


def _store(gdf: gpd.GeoDataFrame, made: Classed, columns: list[str], *, has_labels: bool) -> ParcelStore:
    """Polygons with their class, the columns shown, and where labels stand."""
    store = ParcelStore(gdf.geometry)
    store.add_codes(CLASS, made.codes)
    for name in columns:
        store.add_values(name, gdf[name])
    if has_labels:
        for name, place in zip(LABEL_AT, label_places(gdf), strict=True):
            store.add_number(name, pd.Series(place), LABEL_DECIMALS)
    return store


def _config(made: Classed, heading: str, words: dict[str, str], shown: dict[str, str]) -> dict[str, object]:
    return {
        "title": heading,
        **words,
        "method": made.method,
        "isNumber": made.is_number,
        "breaks": list(made.breaks),
        "classes": [
            {
                "title": e.title,
                "colour": e.colour,
                "fill": e.fill,
                "hatch": e.hatch,
                "solid": e.solid,
                "n": e.n,
            }
            for e in made.entries
        ],
        "tooltip": [{"name": name, "title": words} for name, words in shown.items()],
    }


def label_places(gdf: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The middle of each polygon's widest part at half its height; the middle of the box may lie outside."""
    shapes = np.array(gdf.geometry, dtype=object)
    west, south, east, north = shapely.bounds(shapes).T
    shapes[shapely.is_empty(shapes)] = None
    point = shapely.point_on_surface(shapes)
    with np.errstate(divide="ignore", invalid="ignore"):
        right = (shapely.get_x(point) - west) / (east - west)
        down = (north - shapely.get_y(point)) / (north - south)
    return np.nan_to_num(right, nan=0.5), np.nan_to_num(down, nan=0.5)


def _check_columns(gdf: gpd.GeoDataFrame, wanted: Sequence[str]) -> None:
    unknown = [name for name in wanted if name not in gdf.columns]
    if unknown:
        known = ", ".join(map(str, gdf.columns))
        raise InputError(f"the layer has no column {unknown[0]!r}.", f"Columns: {known}.")


def _check_colour(colour: str) -> None:
    if not _COLOUR.fullmatch(colour):
        raise InputError(f"{colour!r} is no colour.", 'Write it as "#1f78b4".')
