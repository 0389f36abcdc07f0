"""How much of one layer lies in another: areas of overlap, never a bare yes or no."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.cutting import Flags, Floats, Geometries, Positions, cut_areas, meet

#: Overlaps below this are rounding of shared borders, not land.
NOISE_M2 = 1e-6


def overlap_areas(left: npt.ArrayLike, right: npt.ArrayLike, scale: AreaScale) -> pd.DataFrame:
    """Area shared by each polygon of ``left`` with each of ``right``.

    A polygon wholly inside another is measured as it is; only straddlers are cut (:func:`cut_areas`).

    Args:
        left, right: valid polygons in the CRS of ``scale``; missing and empty ones overlap nothing.

    Returns:
        Columns ``left`` and ``right`` (positions) and ``area_m2`` (> 0), sorted by position.
    """
    a, b = np.asarray(left, dtype=object), np.asarray(right, dtype=object)
    pairs = _related(a, b)
    area = np.empty(len(pairs.i))
    area[pairs.left_inside] = scale.area_m2(a[pairs.i[pairs.left_inside]])
    area[pairs.right_inside] = scale.area_m2(b[pairs.j[pairs.right_inside]])
    rest = pairs.is_open
    area[rest] = cut_areas(a, b, pairs.i[rest], pairs.j[rest], scale)
    is_land = area > 0
    return pd.DataFrame({"left": pairs.i[is_land], "right": pairs.j[is_land], "area_m2": area[is_land]})


def shares(pairs: pd.DataFrame, area_m2: npt.ArrayLike) -> pd.Series:
    """Share of the left polygon in each overlap with a disjoint layer; of one polygon at most 1 together.

    Args:
        pairs: as :func:`overlap_areas` makes them.
        area_m2: area of each left polygon.

    Formula: overlap ÷ area, where the area is not less than the overlaps together: what they exceed it by is
    rounding of borders cut at eight-digit eastings.

    >>> pairs = pd.DataFrame({"left": [0, 0, 1], "right": [0, 1, 1], "area_m2": [60.0, 40.0000001, 5.0]})
    >>> shares(pairs, [100.0, 10.0]).round(4).tolist()
    [0.6, 0.4, 0.5]
    """
    whole = np.asarray(area_m2, dtype=float)[pairs["left"]]
    together = pairs.groupby("left")["area_m2"].transform("sum")
    share: pd.Series = pairs["area_m2"] / np.maximum(whole, together)
    return share.rename("share_ratio")


def intersections(left: npt.ArrayLike, right: npt.ArrayLike) -> pd.DataFrame:
    """The shared pieces of two layers: columns ``left``, ``right`` (positions) and ``geometry``.

    A polygon wholly inside another is its own piece, the same object; only straddlers are intersected.
    """
    a, b = np.asarray(left, dtype=object), np.asarray(right, dtype=object)
    pairs = _related(a, b)
    piece = a[pairs.i]
    piece[pairs.right_inside] = b[pairs.j[pairs.right_inside]]
    rows = np.flatnonzero(pairs.is_open)
    apart = ~meet(a, b, pairs.i[rows], pairs.j[rows])
    piece[rows[apart]] = None
    cut = rows[~apart]
    piece[cut] = shapely.intersection(a[pairs.i[cut]], b[pairs.j[cut]])
    keep = shapely.area(piece) > 0
    return pd.DataFrame({"left": pairs.i[keep], "right": pairs.j[keep], "geometry": piece[keep]})


def touching(a: Geometries, b: Geometries) -> tuple[Positions, Positions]:
    """Positions of all pairs that touch, sorted."""
    i, j = _boxes_meet(a, b)
    do = meet(a, b, i, j)
    return i[do], j[do]


def containing(points: npt.ArrayLike, polygons: npt.ArrayLike) -> pd.DataFrame:
    """Which polygon holds each point; the first by position where several do.

    Returns:
        Columns ``left`` (position of the point) and ``right`` (of the polygon), one row a point inside.
    """
    a, b = np.asarray(points, dtype=object), np.asarray(polygons, dtype=object)
    i, j = shapely.STRtree(b).query(a, predicate="intersects")
    pairs = pd.DataFrame({"left": i, "right": j}).sort_values(["left", "right"])
    return pairs.drop_duplicates("left").reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs that may touch, by position, and whether one of the two holds the other."""

    i: Positions
    j: Positions
    left_inside: Flags
    right_inside: Flags

    @property
    def is_open(self) -> Flags:
        return ~self.left_inside & ~self.right_inside


def _related(a: Geometries, b: Geometries) -> _Pairs:
    """All pairs whose boxes meet. Only where a box lies in the other can a polygon hold the other."""
    i, j = _boxes_meet(a, b)
    box_a, box_b = shapely.bounds(a).T.copy()[:, i], shapely.bounds(b).T.copy()[:, j]
    left_inside = _held(b[j], a[i], box_b, box_a)
    right_inside = np.zeros(len(i), dtype=bool)
    rest = np.flatnonzero(~left_inside)
    right_inside[rest] = _held(a[i[rest]], b[j[rest]], box_a[:, rest], box_b[:, rest])
    return _Pairs(i, j, left_inside, right_inside)


def _boxes_meet(a: Geometries, b: Geometries) -> tuple[Positions, Positions]:
    """Pairs whose boxes meet, sorted."""
    i, j = shapely.STRtree(b).query(a)
    order = np.lexsort((j, i))
    return i[order], j[order]


def _held(holder: Geometries, held: Geometries, box: Floats, box_held: Floats) -> Flags:
    """Whether polygons hold others, given the boxes of both, one column a pair."""
    is_nested = (box[:2] <= box_held[:2]).all(axis=0) & (box[2:] >= box_held[2:]).all(axis=0)
    nested = np.flatnonzero(is_nested)
    inside = np.zeros(len(holder), dtype=bool)
    shapely.prepare(holder[nested])
    inside[nested] = shapely.contains_properly(holder[nested], held[nested])  # fast, and nearly all of them
    nested = nested[~inside[nested]]
    inside[nested] = shapely.covers(holder[nested], held[nested])
    return inside
