"""Districts as they are drawn: lighter outlines that still share their borders, and where a name has room."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from landeff.core.dataset import Dataset

TABLE = "districts"
Land = Any  # polygons: the stubs of shapely take what cuts them for any shape
#: Squares along the extent of all districts: what a picture can show.
FINE, COARSE = 6_000, 700
#: A name is so many times as wide as high.
NAME_WIDTH = 3.0
_PLACES = 5
_AWAY_RATIO = 0.004  # of the extent, between a name and a zone


def drawn_districts(dataset: Dataset, detail: int = FINE) -> gpd.GeoDataFrame:
    """Districts by code with outlines simplified together, so that neighbours still share them.

    Args:
        detail: corners that hold less land than a square of the extent ÷ ``detail`` are left out.

    Returns:
        ``district_code``, ``district_name`` and the outlines in the project's CRS; empty without districts.
    """
    layer = dataset.layer(TABLE)
    if layer.empty:
        return layer
    layer = layer[["district_code", "district_name", "geometry"]].sort_values("district_code")
    west, south, east, north = layer.total_bounds
    shapes = shapely.coverage_simplify(layer.geometry.to_numpy(), max(east - west, north - south) / detail)
    kept = ~shapely.is_empty(shapes)
    return layer.set_geometry(gpd.GeoSeries(shapes, index=layer.index, crs=layer.crs))[kept].reset_index(
        drop=True
    )


def name_places(
    districts: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, width: float = NAME_WIDTH
) -> gpd.GeoSeries:
    """Of each district the points, roomiest first, where a name stands far from borders and zones.

    Args:
        zones: what the name must not stand on, in the CRS of ``districts``.
        width: how many times as wide as high the name is.

    Returns:
        Multipoints, of one point or more, in the CRS of ``districts``.
    """
    west, south, east, north = districts.total_bounds
    away = _AWAY_RATIO * max(east - west, north - south)
    taken = shapely.union_all(shapely.buffer(zones.geometry.to_numpy(), away, quad_segs=2))
    points = [_roomiest(shape, taken, away, width) for shape in districts.geometry.to_numpy()]
    return gpd.GeoSeries([shapely.MultiPoint(xy) for xy in points], index=districts.index, crs=districts.crs)


def _roomiest(shape: Land, taken: Land, away: float, width: float) -> list[npt.NDArray[np.float64]]:
    """Middles of the largest ellipses, each outside those before it."""
    free: Land = _narrowed(shapely.difference(shape, taken), 1 / width)
    found: list[npt.NDArray[np.float64]] = []
    while len(found) < _PLACES and not free.is_empty:
        radius = shapely.maximum_inscribed_circle(free, away / 4)
        if radius.length < away:
            break
        middle = shapely.get_point(radius, 0)
        found.append(shapely.get_coordinates(_narrowed(middle, width))[0])
        free = shapely.difference(free, shapely.buffer(middle, 0.8 * radius.length, quad_segs=8))
    return found or [shapely.get_coordinates(shapely.point_on_surface(shape))[0]]


def _narrowed(shape: Land, factor: float) -> Land:
    return shapely.transform(shape, lambda xy: xy * (factor, 1.0))
