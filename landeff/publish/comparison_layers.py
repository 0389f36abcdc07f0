"""Layers for comparison by eye, as the map draws them and the report names them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import shapely

from landeff.core.dataset import Dataset
from landeff.core.datums import is_shifted
from landeff.core.text import Term

TABLE = "comparison"
_DECIMALS = 6  # 0.1 m
#: How far off the ground a shifted system stands.
_OFF = {"BD-09": Term("约一公里", "about a kilometre off")}
_HUNDREDS = Term("数百米", "some hundred metres off")


@dataclass(frozen=True, slots=True)
class Outlines:
    """One layer for comparison.

    Attributes:
        title: that it is for comparison only, and in which system.
        file: name of its file, text of the user.
        shapes: its lines and polygons in degrees, as GeoJSON.
    """

    title: Term
    file: str
    shapes: dict[str, object]


def outlines_of(dataset: Dataset) -> tuple[Outlines, ...]:
    """Layers for comparison by file; what has no outline is left out, as the issues tell."""
    layer = dataset.layer(TABLE)
    if layer.empty:
        return ()
    groups = layer.assign(crs_declared=layer["crs_declared"].fillna(""))
    return tuple(
        Outlines(title_of(str(crs)), str(file), _shapes(part.geometry.to_numpy()))
        for (file, crs), part in groups.groupby(["source_file", "crs_declared"], sort=True)
    )


def title_of(crs: str) -> Term:
    """That a layer is for comparison only, and what is wrong with its system.

    >>> title_of("GCJ-02").zh
    '仅供对照（GCJ-02，未纠偏，偏移数百米）'
    >>> title_of("EPSG:4528").en, title_of("").en
    ('for comparison only (EPSG:4528)', 'for comparison only')
    """
    if not crs:
        return Term("仅供对照", "for comparison only")
    if not is_shifted(crs):
        return Term(f"仅供对照（{crs}）", f"for comparison only ({crs})")
    off = _OFF.get(crs, _HUNDREDS)
    return Term(
        f"仅供对照（{crs}，未纠偏，偏移{off.zh}）", f"for comparison only ({crs}, not shifted back, {off.en})"
    )


def _shapes(shapes: np.ndarray[tuple[int], np.dtype[np.object_]]) -> dict[str, object]:
    has_outline = np.isin(shapely.get_dimensions(shapes), (1, 2))
    drawn = shapes[has_outline & np.isfinite(shapely.bounds(shapes)).all(axis=1)]
    rounded = shapely.transform(drawn, lambda xy: xy.round(_DECIMALS))
    made: dict[str, object] = json.loads(str(shapely.to_geojson(shapely.GeometryCollection(list(rounded)))))
    return made
