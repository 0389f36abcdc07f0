"""Which polygons lie together: pieces no further apart than a street are one block."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[np.object_]
Positions = npt.NDArray[np.intp]

#: A grown box is rounded at eight-digit eastings; with the slack no pair is lost, and the distance decides.
_SLACK = 1e-6
#: From so many vertices on an index of a polygon's edges pays for being built.
_WORTH_PREPARING = 100


def contiguous(geometries: npt.ArrayLike, bridge_m: float, *, metres: float = 1.0) -> Positions:
    """Label of the block each polygon is in: polygons up to ``bridge_m`` apart are in one, and so on.

    The blocks do not depend on the order of the rows; the label of a block is the position of its first row.
    Distance is taken in the plane of the CRS (on a Gauss-Krüger plane within 0.03 % of the true one), and
    nothing is known of what lies between: a street and a ditch of the same width part nothing.

    Args:
        geometries: polygons; a missing or empty one is a block of its own.
        bridge_m: largest gap that does not part, in metres; 0 wants polygons that touch.
        metres: length of one unit of the coordinates.

    >>> import shapely
    >>> row = shapely.box([0, 30, 95], 0, [20, 50, 120], 20)
    >>> contiguous(row, 10).tolist(), contiguous(row, 9).tolist(), contiguous(row, 45).tolist()
    ([0, 0, 2], [0, 1, 2], [0, 0, 0])
    """
    shapes = np.asarray(geometries, dtype=object)
    reach = bridge_m / metres
    i, j = _near(shapes, shapes, reach)
    once = i < j
    i, j = _within(shapes, shapes, i[once], j[once], reach)
    return components(len(shapes), i, j)


def pairs_within(
    left: npt.ArrayLike, right: npt.ArrayLike, distance_m: float, *, metres: float = 1.0
) -> pd.DataFrame:
    """Pairs of polygons of two layers no further apart than ``distance_m``.

    Returns:
        Columns ``left`` and ``right`` (positions), sorted.

    >>> import shapely
    >>> beside = pairs_within(shapely.box([0, 100], 0, [20, 120], 20), [shapely.box(30, 0, 50, 20)], 10)
    >>> beside.to_numpy().tolist()
    [[0, 0]]
    """
    a, b = np.asarray(left, dtype=object), np.asarray(right, dtype=object)
    reach = distance_m / metres
    i, j = _within(a, b, *_near(a, b, reach), reach)
    return pd.DataFrame({"left": i, "right": j}).sort_values(["left", "right"], ignore_index=True)


def components(n: int, i: Positions, j: Positions) -> Positions:
    """Connected components of ``n`` nodes with the edges ``i``-``j``: a label each, its smallest node.

    Every component hooks onto its smallest neighbour, then every node takes the label of its root. One that
    hooks onto nothing is smaller than all around it, so within two rounds each has met another: their number
    halves at least, and the rounds are few whatever the shape.

    >>> components(5, np.array([3, 1]), np.array([4, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    label = np.arange(n)
    while len(i):
        ends = label[i], label[j]
        lower = np.minimum(*ends)
        for end in ends:
            np.minimum.at(label, end, lower)
        while not np.array_equal(label, label[label]):
            label = label[label]
        is_open = label[i] != label[j]
        i, j = i[is_open], j[is_open]
    return label


def block_outlines(geometries: npt.ArrayLike, labels: npt.ArrayLike) -> tuple[Positions, Geometries]:
    """Land of each block as one shape: polygons that share a border become one.

    Args:
        geometries: valid polygons; those of different blocks do not touch. Missing and empty add nothing.
        labels: block of each, as :func:`contiguous` makes them.

    Returns:
        The labels in ascending order, and a multipolygon each, in a form that does not depend on the order of
        the rows where the rows are given in an order of their own.
    """
    shapes, label = np.asarray(geometries, dtype=object), np.asarray(labels)
    found, rank = np.unique(label, return_inverse=True)
    outlines = np.full(len(found), shapely.MultiPolygon(), dtype=object)
    is_land = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes, rank = shapes[is_land], rank[is_land]
    parts = shapely.get_parts(shapely.get_parts(shapely.disjoint_subset_union_all(shapes)))
    parts = parts[shapely.get_dimensions(parts) == 2]
    inside = shapely.point_on_surface(shapes)
    member, part = shapely.STRtree(parts).query(inside, predicate="intersects")
    of_part = np.full(len(parts), len(found))
    np.minimum.at(of_part, part, rank[member])
    order = np.argsort(of_part, kind="stable")
    order = order[of_part[order] < len(found)]
    shapely.multipolygons(parts[order], indices=of_part[order], out=outlines)
    return found.astype(np.intp), np.asarray(shapely.normalize(outlines), dtype=object)


def block_shapes(outlines: npt.ArrayLike, bridge_m: float, *, metres: float = 1.0) -> pd.DataFrame:
    """How compact and how long blocks are.

    Gaps up to ``bridge_m`` are closed first, so that streets inside a block do not make it ragged.

    Returns:
        ``compactness_ratio`` (isoperimetric, 4πA/P²: 1 of a disc, 0.785 of a square, 0.28 of a strip of one
        to nine), ``length_m`` and ``width_m`` (sides of the smallest rectangle around it, in the plane);
        NaN of empty ones.

    >>> import shapely
    >>> block_shapes([shapely.box(0, 0, 900, 100)], 30).round(3).to_numpy().tolist()
    [[0.283, 900.0, 100.0]]
    """
    shapes = np.asarray(outlines, dtype=object)
    half = bridge_m / metres / 2
    grown = shapely.buffer(shapes, half, join_style="mitre") if half else shapes
    closed = shapely.buffer(grown, -half, join_style="mitre") if half else shapes
    perimeter = shapely.length(closed)
    round_ = 4 * np.pi * shapely.area(closed) / np.where(perimeter > 0, perimeter, np.nan) ** 2
    is_land = perimeter > 0
    corners = shapely.get_coordinates(shapely.oriented_envelope(shapes[is_land])).reshape(-1, 5, 2)
    sides = np.full((len(shapes), 2), np.nan)
    sides[is_land] = np.hypot(*np.moveaxis(corners[:, 1:3] - corners[:, :2], -1, 0)) * metres
    return pd.DataFrame(
        {"compactness_ratio": round_, "length_m": sides.max(axis=1), "width_m": sides.min(axis=1)}
    )


def _near(a: Geometries, b: Geometries, reach: float) -> tuple[Positions, Positions]:
    """Pairs whose boxes are no further apart than ``reach``, sorted."""
    rows = np.flatnonzero(~(shapely.is_missing(a) | shapely.is_empty(a)))
    west, south, east, north = shapely.bounds(a[rows]).T
    grown = reach + _SLACK
    boxes = shapely.box(west - grown, south - grown, east + grown, north + grown)
    i, j = shapely.STRtree(b).query(boxes)
    i = rows[i]
    order = np.lexsort((j, i))
    return i[order], j[order]


def _within(
    a: Geometries, b: Geometries, i: Positions, j: Positions, reach: float
) -> tuple[Positions, Positions]:
    """Those of the pairs that are no further apart than ``reach``.

    The polygon with more vertices is asked (ties by its box), whichever side it is on: who asks whom may
    decide the last bit of a distance, and must not depend on the order of the rows.
    """
    asks = _rank(a, b)
    a_rank, b_rank = asks[: len(a)][i], asks[len(a) :][j]
    asker, other = np.where(a_rank >= b_rank, a[i], b[j]), np.where(a_rank >= b_rank, b[j], a[i])
    shapely.prepare(asker[shapely.get_num_coordinates(asker) >= _WORTH_PREPARING])
    do = shapely.dwithin(asker, other, reach)
    return i[do], j[do]


def _rank(a: Geometries, b: Geometries) -> Positions:
    """Place of each polygon by number of vertices, then by its box."""
    both = np.concatenate([a, b])
    order = np.lexsort((*shapely.bounds(both).T, shapely.get_num_coordinates(both)))
    rank = np.empty(len(both), dtype=np.intp)
    rank[order] = np.arange(len(both))
    return rank
