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

    Returns:
        Columns ``left`` and ``right`` (positions) and ``area_m2`` (> 0), sorted by position.
    """
    pieces = intersections(left, right)
    pieces["area_m2"] = scale.area_m2(pieces.pop("geometry"))
    return pieces[pieces["area_m2"] > NOISE_M2].reset_index(drop=True)


def intersections(left: npt.ArrayLike, right: npt.ArrayLike) -> pd.DataFrame:
    """The shared pieces of two layers: columns ``left``, ``right`` (positions) and ``geometry``.

    A polygon wholly inside another is its own piece; only straddlers are intersected.
    """
    a, b = np.asarray(left, dtype=object), np.asarray(right, dtype=object)
    i, j = touching(a, b)
    piece = np.empty(len(i), dtype=object)
    inside = shapely.covers(b[j], a[i])
    piece[inside] = a[i[inside]]
    holds = np.zeros(len(i), dtype=bool)
    holds[~inside] = shapely.covers(a[i[~inside]], b[j[~inside]])
    piece[holds] = b[j[holds]]
    cut = ~inside & ~holds
    piece[cut] = shapely.intersection(a[i[cut]], b[j[cut]])
    keep = shapely.area(piece) > 0
    return pd.DataFrame({"left": i[keep], "right": j[keep], "geometry": piece[keep]})


def touching(a: Geometries, b: Geometries) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Positions of all pairs that touch, sorted; both layers are prepared.

    The index asks with the more complex layer, whose preparation pays.
    """
    shapely.prepare(a)
    shapely.prepare(b)
    if shapely.get_num_coordinates(a).sum() * len(b) < shapely.get_num_coordinates(b).sum() * len(a):
        j, i = shapely.STRtree(a).query(b, predicate="intersects")
    else:
        i, j = shapely.STRtree(b).query(a, predicate="intersects")
    order = np.lexsort((j, i))
    return i[order], j[order]


def containing(points: npt.ArrayLike, polygons: npt.ArrayLike) -> pd.DataFrame:
    """Which polygon holds each point; the first by position where several do.

    Returns:
        Columns ``left`` (position of the point) and ``right`` (of the polygon), one row a point inside.
    """
    a, b = np.asarray(points, dtype=object), np.asarray(polygons, dtype=object)
    i, j = shapely.STRtree(b).query(a, predicate="intersects")
    pairs = pd.DataFrame({"left": i, "right": j}).sort_values(["left", "right"])
    return pairs.drop_duplicates("left").reset_index(drop=True)
