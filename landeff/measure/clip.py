"""Clipping many small polygons by small convex ones at once (Sutherland and Hodgman, 1974), in numpy.

Most buildings are rectangles that straddle a border or two. For pairs of that size a general overlay spends
its time on building graphs; cutting along four straight lines needs none, and gives the same area.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.intp]
Geometries = npt.NDArray[np.object_]

_NOTHING = shapely.Polygon()

_MAX_CONVEX = 9  # closed rings of at most eight corners
_MAX_SUBJECT = 33
_CHUNK = 1 << 13  # pairs worked on at a time: what stays in the processor's cache


def is_small(polygons: Geometries) -> Flags:
    """Polygons of one ring without holes and with few vertices: what can be clipped."""
    n = shapely.get_num_coordinates(polygons)
    is_polygon = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    one_ring = shapely.get_num_interior_rings(polygons) == 0
    return np.asarray(is_polygon & one_ring & (n >= 4) & (n <= _MAX_SUBJECT), dtype=bool)


def is_convex(polygons: Geometries) -> Flags:
    """Those of :func:`is_small` with at most eight corners, all of which turn the same way."""
    small = is_small(polygons) & (shapely.get_num_coordinates(polygons) <= _MAX_CONVEX)
    xy, counts = _rings(polygons[small])
    after = _next(counts)
    edge = xy[after] - xy
    turn = _cross(edge, edge[after])
    starts = np.cumsum(counts) - counts
    if len(starts):
        least, most = np.minimum.reduceat(turn, starts), np.maximum.reduceat(turn, starts)
        small[small] = (least > 0) | (most < 0)
    return small


def clipped(subjects: Geometries, convex: Geometries, origin: Floats) -> Geometries:
    """The part of each subject inside the convex polygon at the same position, for measuring only.

    Args:
        subjects: valid polygons of which :func:`is_small` holds.
        convex: valid polygons of which :func:`is_convex` holds.
        origin: point near all of them, which becomes (0, 0).

    Returns:
        Polygons of the right area, empty where nothing is shared. Where the part is in several pieces they
        hang together by edges run through both ways, which makes them invalid but not larger.
    """
    made = np.full(len(subjects), _NOTHING, dtype=object)
    for first in range(0, len(subjects), _CHUNK):
        rows = slice(first, first + _CHUNK)
        made[rows] = _clipped(subjects[rows], convex[rows], origin)
    return made


def _clipped(subjects: Geometries, convex: Geometries, origin: Floats) -> Geometries:
    corners, n_corners = _rings(convex)
    starts = np.cumsum(n_corners) - n_corners
    xy, counts = _rings(subjects)
    corners = corners - origin
    x, y = (xy - origin).T.copy()
    turns = np.where(shapely.is_ccw(shapely.get_exterior_ring(convex)), 1.0, -1.0)
    for corner in range(int(n_corners.max(initial=0))):
        has_side = corner < n_corners
        a = corners[starts + np.where(has_side, corner, 0)]
        b = corners[starts + np.where(has_side, (corner + 1) % n_corners, 0)]
        x, y, counts = _cut(x, y, counts, a, (b - a) * turns[:, None])
    return _polygons(np.column_stack([x, y]), counts)


def _rings(polygons: Geometries) -> tuple[Floats, Positions]:
    """Vertices of polygons of one ring, without the repeated last one, and how many each has."""
    xy = shapely.get_coordinates(polygons)
    counts = shapely.get_num_coordinates(polygons).astype(np.intp)
    is_open = np.ones(len(xy), dtype=bool)
    is_open[np.cumsum(counts) - 1] = False
    return xy[is_open], counts - 1


def _next(counts: Positions) -> Positions:
    """Position of the vertex after each one, in rings that lie one after the other."""
    after = np.arange(1, counts.sum() + 1)
    ends, filled = np.cumsum(counts), counts > 0
    after[ends[filled] - 1] = (ends - counts)[filled]
    return after


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], dtype=float)


def _cut(
    x: Floats, y: Floats, counts: Positions, point: Floats, along: Floats
) -> tuple[Floats, Floats, Positions]:
    """What lies on the left of a line, one line a ring; a line without direction leaves its ring whole."""
    offset = along[:, 0] * point[:, 1] - along[:, 1] * point[:, 0]
    side = np.repeat(along[:, 0], counts) * y - np.repeat(along[:, 1], counts) * x - np.repeat(offset, counts)
    after = _next(counts)
    inside = side >= 0
    crosses = inside != inside[after]
    # Every vertex that is inside stays, and is followed by the crossing of the edge that it begins.
    n_out = inside.astype(np.intp) + crosses
    place = np.cumsum(n_out) - n_out
    total = int(n_out.sum())
    new_x, new_y = np.empty(total), np.empty(total)
    new_x[place[inside]], new_y[place[inside]] = x[inside], y[inside]
    edge = np.flatnonzero(crosses)
    end = after[edge]
    share = side[edge] / (side[edge] - side[end])
    at = place[edge] + inside[edge]
    new_x[at], new_y[at] = x[edge] + share * (x[end] - x[edge]), y[edge] + share * (y[end] - y[edge])
    ends = np.concatenate([[0], np.cumsum(n_out)])[np.cumsum(counts)]
    return new_x, new_y, np.diff(ends, prepend=0)


def _polygons(xy: Floats, counts: Positions) -> Geometries:
    """Polygons of rings; those of fewer than three vertices are empty."""
    made = np.full(len(counts), _NOTHING, dtype=object)
    real = counts >= 3
    xy, counts = xy[np.repeat(real, counts)], counts[real]
    if len(counts):
        ends = np.cumsum(counts)
        closed = np.insert(xy, ends, xy[ends - counts], axis=0)
        offsets = np.concatenate([[0], np.cumsum(counts + 1)])
        rings = np.arange(len(counts) + 1)
        made[real] = shapely.from_ragged_array(shapely.GeometryType.POLYGON, closed, (offsets, rings))
    return made
