"""Places of enterprises: coordinates in columns, or a point layer, brought into the project's system."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.core.issues import Issue
from landeff.pipeline.config import Config, Source
from landeff.pipeline.lookup import column_or_missing
from landeff.pipeline.placing import place_layer
from landeff.sources.crs.settle import settle_crs
from landeff.sources.readers import Raw

#: Where a row lies in the project's system.
PLACE_COLUMNS = ("located_x", "located_y")


def with_places(frame: pd.DataFrame, source: Source, config: Config) -> tuple[pd.DataFrame, list[Issue]]:
    """Enterprises with ``located_x`` and ``located_y`` in the project's system; NaN where not given.

    A layer has been moved already; columns ``lon`` and ``lat``, else ``x`` (east) and ``y`` (north), are
    moved from the system that ``crs`` of the source declares or that their numbers tell, as layers are:
    degrees have to be declared, GCJ-02 and BD-09 are refused. Addresses are never geocoded.

    Raises:
        InputError: the system of the coordinates has to be declared, or has no way to the project's.
    """
    if "geometry" in frame:
        shapes = np.asarray(frame["geometry"], dtype=object)
        points = shapely.point_on_surface(shapes)
        plain = pd.DataFrame(frame.drop(columns="geometry"))
        return _placed_at(plain, points), []
    for east, north in (("lon", "lat"), ("x", "y")):
        x, y = (column_or_missing(frame, name, "float64") for name in (east, north))
        is_given = x.notna() & y.notna() & ~((x == 0) & (y == 0))  # 0, 0 is how forms leave a place out
        if is_given.any():
            return _from_columns(frame, x, y, is_given, source, config)
    return frame, []


def _from_columns(
    frame: pd.DataFrame, x: pd.Series, y: pd.Series, is_given: pd.Series, source: Source, config: Config
) -> tuple[pd.DataFrame, list[Issue]]:
    points = np.full(len(frame), None, dtype=object)
    known = is_given.to_numpy()
    points[known] = shapely.points(x[is_given].to_numpy(), y[is_given].to_numpy())
    layer = gpd.GeoDataFrame({"geometry": points[known]}, geometry="geometry")
    settled = settle_crs(layer, source.crs, source.name)
    rows = pd.Series(range(1, len(layer) + 1), dtype="Int64")
    placed = place_layer(Raw(layer, rows, source.name, crs=settled.crs), source, config)
    points[known] = placed.move(layer)["geometry"].to_numpy()
    return _placed_at(frame, points), [*settled.issues, *placed.issues]


def _placed_at(frame: pd.DataFrame, points: object) -> pd.DataFrame:
    at = np.asarray(points, dtype=object)
    return frame.assign(**dict(zip(PLACE_COLUMNS, (shapely.get_x(at), shapely.get_y(at)), strict=True)))
