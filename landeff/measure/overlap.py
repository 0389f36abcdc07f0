"""How much of one layer lies in another: areas of overlap, never a bare yes or no."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale

Geometries = npt.NDArray[np.object_]

#: Overlaps below this are rounding of shared borders, not land.
NOISE_M2 = 1e-6


def overlap_areas(left: npt.ArrayLike, right: npt.ArrayLike, scale: AreaScale) -> pd.DataFrame:
    """Area shared by each polygon of ``left`` with each of ``right``.

    A polygon wholly inside another is settled by a prepared ``covers``; only straddlers are intersected.

    Returns:
        Columns ``left`` and ``right`` (positions) and ``area_m2`` (> 0), sorted by position.
    """
    pieces = intersections(left, right)
    pieces["area_m2"] = scale.area_m2(pieces.pop("geometry"))
    return pieces[pieces["area_m2"] > NOISE_M2].reset_index(drop=True)


def intersections(left: npt.ArrayLike, right: npt.ArrayLike) -> pd.DataFrame:
    """The shared pieces of two layers: columns ``left``, ``right`` (positions) and ``geometry``."""
    a, b = np.asarray(left, dtype=object), np.asarray(right, dtype=object)
    i, j = shapely.STRtree(b).query(a, predicate="intersects")
    order = np.lexsort((j, i))
    i, j = i[order], j[order]
    shapely.prepare(b)
    whole = shapely.covers(b[j], a[i])
    piece = np.empty(len(i), dtype=object)
    piece[whole] = a[i[whole]]
    piece[~whole] = shapely.intersection(a[i[~whole]], b[j[~whole]])
    keep = shapely.area(piece) > 0
    return pd.DataFrame({"left": i[keep], "right": j[keep], "geometry": piece[keep]})


def containing(points: npt.ArrayLike, polygons: npt.ArrayLike) -> pd.DataFrame:
    """Which polygon holds each point; the first by position where several do.

    Returns:
        Columns ``left`` (position of the point) and ``right`` (of the polygon), one row a point inside.
    """
    a, b = np.asarray(points, dtype=object), np.asarray(polygons, dtype=object)
    i, j = shapely.STRtree(b).query(a, predicate="intersects")
    pairs = pd.DataFrame({"left": i, "right": j}).sort_values(["left", "right"])
    return pairs.drop_duplicates("left").reset_index(drop=True)
