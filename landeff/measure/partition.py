"""Land counted once: layers made disjoint by precedence, and split by one another without loss."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.cutting import Geometries
from landeff.measure.overlap import NOISE_M2, intersections, touching

_NOTHING = shapely.Polygon()


def make_disjoint(geometries: npt.ArrayLike, scale: AreaScale) -> tuple[Geometries, pd.DataFrame]:
    """Give land that several polygons claim to the first of them.

    Args:
        geometries: valid polygons in order of precedence.

    Returns:
        The polygons without what an earlier one holds, and the overlaps found: ``first``, ``second``
        (positions), ``area_m2`` and ``geometry`` (the land both claim, an earlier one or not).
    """
    geoms = np.array(geometries, dtype=object, copy=True)
    i, j = touching(geoms, geoms)
    pair = i < j
    i, j = i[pair], j[pair]
    share_land = shapely.relate_pattern(geoms[i], geoms[j], "T********")  # most neighbours share an edge only
    i, j = i[share_land], j[share_land]
    shared = _polygonal(shapely.intersection(geoms[i], geoms[j]))
    area = scale.area_m2(shared)
    real = area > NOISE_M2
    found = pd.DataFrame(
        {"first": i[real], "second": j[real], "area_m2": area[real], "geometry": shared[real]}
    )
    found = found.sort_values(["second", "first"], ignore_index=True)
    original = geoms.copy()
    firsts, seconds = found["first"].to_numpy(), found["second"].to_numpy()
    for second in np.unique(seconds):
        taken = shapely.union_all(original[firsts[seconds == second]])
        geoms[second] = shapely.difference(original[second], taken)
    return _polygonal(geoms), found


def split_by(geometries: npt.ArrayLike, cutters: npt.ArrayLike) -> pd.DataFrame:
    """Cut polygons along a disjoint layer, keeping what no cutter covers.

    Returns:
        Columns ``left`` (position in ``geometries``), ``right`` (position in ``cutters``, -1 for the rest)
        and ``geometry``. The pieces of a polygon are disjoint and together are the polygon.
    """
    geoms = np.asarray(geometries, dtype=object)
    pieces = intersections(geoms, cutters)
    rest = _without(geoms, pieces)
    rest_frame = pd.DataFrame({"left": np.arange(len(geoms)), "right": -1, "geometry": rest})
    both = pd.concat([pieces, rest_frame[shapely.area(rest) > 0]], ignore_index=True)
    both["geometry"] = _polygonal(both["geometry"].to_numpy())
    return both.sort_values(["left", "right"], ignore_index=True)


def uncovered(whole: npt.ArrayLike, cover: npt.ArrayLike) -> Geometries:
    """What the layer ``cover`` leaves of each polygon of ``whole``."""
    geoms = np.asarray(whole, dtype=object)
    return _polygonal(_without(geoms, intersections(geoms, cover)))


def _without(geometries: Geometries, pieces: pd.DataFrame) -> Geometries:
    """Each polygon less its ``pieces``; nothing where one piece is all of it."""
    rest = geometries.copy()
    owner, piece = pieces["left"].to_numpy(), pieces["geometry"].to_numpy()
    whole = np.unique(owner[shapely.equals_identical(piece, geometries[owner])])
    rest[whole] = _NOTHING
    is_cut = ~np.isin(owner, whole)
    positions, starts = np.unique(owner[is_cut], return_index=True)
    groups = np.split(piece[is_cut], starts[1:])
    for left, group in zip(positions, groups, strict=False):  # no pieces: one empty group, no position
        rest[left] = shapely.difference(geometries[left], shapely.union_all(group))
    return rest


def _polygonal(geometries: Geometries) -> Geometries:
    """The polygons of each geometry as one (multi)polygon; overlays also leave lines and points."""
    mixed = shapely.get_type_id(geometries) == shapely.GeometryType.GEOMETRYCOLLECTION
    out = geometries.copy()
    for position in np.flatnonzero(mixed):
        parts = shapely.get_parts(out[position])
        polygons = parts[shapely.get_dimensions(parts) == 2]
        out[position] = shapely.multipolygons(shapely.get_parts(polygons))
    return out
