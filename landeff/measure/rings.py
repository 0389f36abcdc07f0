"""The rings of polygons as flat arrays, by role (shell or hole) and not by winding."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Positions = npt.NDArray[np.intp]

_CHUNK = 1 << 15  # coordinates worked on at a time: what an array holds without leaving the processor's cache


@dataclass(frozen=True, slots=True)
class Rings:
    """Rings of many polygons, each closed (its last vertex is its first).

    Attributes:
        xy: coordinates of all rings, one after the other.
        start: where each ring starts in ``xy``, and where the last one ends.
        owner: position of the polygon each ring belongs to.
        role: 1 for a shell, -1 for a hole, 0 for what does not count.
    """

    xy: npt.NDArray[np.float64]
    start: Positions
    owner: Positions
    role: npt.NDArray[np.float64]


def land_of(
    geometries: npt.ArrayLike, ring_areas: Callable[[Rings], npt.NDArray[np.float64]]
) -> npt.NDArray[np.float64]:
    """Shells minus holes of each polygon; 0 for empty ones and other geometries, NaN for missing ones.

    Args:
        geometries: polygons or multipolygons.
        ring_areas: area of each ring, of either sign; the sign is dropped, because a ring counts by its role.
    """
    geoms = np.asarray(geometries, dtype=object)
    area = np.zeros(len(geoms))
    for rings in rings_of(geoms):
        if len(rings.owner):
            signed = rings.role * np.abs(ring_areas(rings))
            area += np.bincount(rings.owner, weights=signed, minlength=len(geoms))
    area[shapely.is_missing(geoms)] = np.nan
    return area


def rings_of(geometries: npt.NDArray[np.object_]) -> tuple[Rings, Rings]:
    """The rings of polygons that are one ring each, and those of the others (which have role 0 in the first).

    Lines and points, empty and missing geometries have none.

    >>> square = shapely.box(0, 0, 4, 4)
    >>> one, more = rings_of(np.array([square, square.difference(shapely.box(1, 1, 2, 2))]))
    >>> one.owner.tolist(), one.role.tolist(), one.start.tolist()
    ([0, 1], [1.0, 0.0], [0, 5, 15])
    >>> more.owner.tolist(), more.role.tolist(), more.start.tolist()
    ([1, 1], [1.0, -1.0], [0, 5, 10])
    """
    kind = shapely.get_type_id(geometries)
    is_land = (kind == shapely.GeometryType.POLYGON) | (kind == shapely.GeometryType.MULTIPOLYGON)
    count = shapely.get_num_coordinates(geometries)
    is_land &= count > 0
    # Most polygons are one ring; their coordinates come far cheaper without an object made of every ring.
    one = np.flatnonzero(is_land)
    chosen = geometries if is_land.all() else geometries[one]
    xy, start = shapely.get_coordinates(chosen), _ends(count[one])
    several = _closes_early(xy, start)
    more = np.union1d(np.flatnonzero(~is_land), one[several])
    return Rings(xy, start, one, np.where(several, 0.0, 1.0)), _taken_apart(geometries, more)


def _closes_early(xy: npt.NDArray[np.float64], start: Positions) -> npt.NDArray[np.bool_]:
    """Whether a path is back at its first vertex early: several rings, or one that touches itself."""
    x, y = xy.T
    count = np.diff(start)
    back = (x == np.repeat(x[start[:-1]], count)) & (y == np.repeat(y[start[:-1]], count))
    back[start[:-1]] = back[start[1:] - 1] = False
    early = np.zeros(len(count), dtype=bool)
    early[np.searchsorted(start, np.flatnonzero(back), side="right") - 1] = True
    return early


def _taken_apart(geometries: npt.NDArray[np.object_], which: Positions) -> Rings:
    """Every ring of the polygons at the positions ``which``."""
    parts, owner = shapely.get_parts(geometries[which], return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    is_shell = np.r_[True, part[1:] != part[:-1]][: len(rings)]
    return Rings(
        shapely.get_coordinates(rings),
        _ends(shapely.get_num_coordinates(rings)),
        which[owner[part]],
        np.where(is_shell, 1.0, -1.0),
    )


def _ends(counts: npt.NDArray[np.signedinteger[Any]]) -> Positions:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)


def chunks(start: Positions) -> Iterator[tuple[int, int]]:
    """Ranges of rings, first and one past the last, that together hold about a cacheful of coordinates."""
    wanted = np.searchsorted(start, np.arange(0, start[-1] + _CHUNK, _CHUNK))
    bounds = np.unique(np.r_[0, np.minimum(wanted, len(start) - 1), len(start) - 1]).tolist()
    yield from itertools.pairwise(bounds)
