"""Points by ring number → polygons: which ring is a shell, which a hole, told by containment alone.

Ring numbers are no help there: offices write several outer rings as 1, 2, … just like holes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from landeff.core.errors import InputError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]

_AT_A_TIME = 1000
_MOST_PAIRS = 20_000_000


@dataclass(frozen=True, slots=True)
class RingSet:
    """The rings of many parcels, one after the other in the order of their points.

    Attributes:
        start: first point of each ring, and one past the last point.
        parcel: which parcel a ring belongs to.
        is_closed: whether its last point repeats its first.
        is_stray: a lone point that closes the ring before, under another ring number or once too often.
    """

    start: Ints
    parcel: Ints
    is_closed: Bools
    is_stray: Bools

    @property
    def n_corners(self) -> Ints:
        """Points of each ring without the one that closes it."""
        return np.diff(self.start) - self.is_closed


def find_rings(parcel: Ints, ring: Ints, xy: Floats) -> RingSet:
    """Rings of points: one ends where parcel or ring number change, or where it is back at its first point.

    >>> xy = np.array([[0, 0], [4, 0], [4, 4], [0, 0], [9, 9], [9, 8], [8, 8.0]])
    >>> find_rings(np.zeros(7, int), np.ones(7, int), xy).start.tolist()
    [0, 4, 7]
    """
    n = len(parcel)
    change = np.flatnonzero((np.diff(parcel) != 0) | (np.diff(ring) != 0)) + 1
    start = np.concatenate([[0], change, [n]]).astype(np.int64) if n else np.zeros(1, dtype=np.int64)
    start = np.union1d(start, _returns(start, xy)).astype(np.int64)
    first, last = start[:-1], start[1:] - 1
    is_closed = (xy[first] == xy[last]).all(axis=1) & (last > first)
    is_lone = (last == first) | (is_closed & (last - first == 1))
    repeats = np.zeros(len(first), dtype=bool)
    repeats[1:] = (np.diff(parcel[first]) == 0) & (xy[first[1:]] == xy[first[:-1]]).all(axis=1)
    return RingSet(start, parcel[first], is_closed, is_lone & repeats)


def _returns(start: Ints, xy: Floats) -> Ints:
    """Starts of rings inside a run, where the run came back to its first point before its end."""
    counts = np.diff(start)
    run = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(run)) - start[:-1][run]
    back = (xy == xy[start[:-1][run]]).all(axis=1) & (place >= 3) & (place < counts[run] - 1)
    hit = np.unique(run[back])
    if not len(hit):
        return np.empty(0, dtype=np.int64)
    chosen = np.flatnonzero(np.isin(run, hit))
    order = chosen[np.lexsort((chosen, xy[chosen, 1], xy[chosen, 0], run[chosen]))]
    again = (run[order[1:]] == run[order[:-1]]) & (xy[order[1:]] == xy[order[:-1]]).all(axis=1)
    following = np.full(len(run) + 1, -1, dtype=np.int64)
    following[order[:-1][again]] = order[1:][again]
    found: list[int] = []
    for each in hit.tolist():  # a step a ring, in the few runs that hold several
        at, end = int(start[each]), int(start[each + 1])
        while True:
            back_at = int(following[at])
            while 0 <= back_at < at + 3:
                back_at = int(following[back_at])
            if back_at < 0 or back_at >= end - 1:
                break
            at = back_at + 1
            found.append(at)
    return np.array(found, dtype=np.int64)


def draw(rings: RingSet, xy: Floats, drawable: Bools) -> Shapes:
    """The polygon of each parcel, ``None`` for one that is not ``drawable`` (by position of the parcel).

    Rings keep their first point, their winding and their order; shells are at an even depth of containment.
    """
    shapes = np.full(len(drawable), None, dtype=object)
    kept = np.flatnonzero(drawable[rings.parcel] & ~rings.is_stray)
    if not len(kept):
        return shapes
    counts = np.diff(rings.start)[kept]
    which = np.repeat(np.arange(len(kept)), counts)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    made = shapely.linearrings(xy[rings.start[:-1][kept][which] + offset], indices=which)
    parcel = rings.parcel[kept]
    shell = _shells(made, parcel)
    order = np.lexsort((np.arange(len(made)), shell != np.arange(len(made)), shell, parcel))
    shells, polygon = np.unique(shell[order], return_inverse=True)
    parts = shapely.polygons(made[order], indices=np.asarray(polygon))
    owner = parcel[shells]
    single = np.bincount(owner, minlength=len(drawable))[owner] == 1
    shapes[owner[single]] = parts[single]
    if not single.all():
        several, at = np.unique(owner[~single], return_inverse=True)
        shapes[several] = shapely.multipolygons(parts[~single], indices=np.asarray(at))
    return shapes


def _containing(faces: Shapes, area: Floats, parcel: Ints) -> tuple[Ints, Ints]:
    """Pairs of rings of one parcel, the first around the second; of two alike the first is around.

    Raises:
        InputError: so many pairs that no surveyor drew them.
    """
    tree = shapely.STRtree(list(faces))
    found: list[tuple[Ints, Ints]] = []
    n_pairs = 0
    for begin in range(0, len(faces), _AT_A_TIME):
        outer, inner = tree.query(faces[begin : begin + _AT_A_TIME], predicate="contains")
        outer = outer + begin
        n_pairs += len(outer)
        if n_pairs > _MOST_PAIRS:
            raise InputError("rings lie within one another by the million.", "check the file")
        is_within = (parcel[outer] == parcel[inner]) & (outer != inner)
        is_within &= (area[outer] > area[inner]) | ((area[outer] == area[inner]) & (outer < inner))
        found.append((outer[is_within], inner[is_within]))
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _shells(rings: Shapes, parcel: Ints) -> Ints:
    """For each ring the ring that is the shell of its polygon: itself, or the smallest one around a hole."""
    shell = np.arange(len(rings))
    several = np.flatnonzero(np.bincount(parcel)[parcel] > 1)
    if not len(several):
        return shell
    faces = np.asarray(shapely.polygons(rings[several]), dtype=object)
    area = np.asarray(shapely.area(faces), dtype=float)
    outer, inner = _containing(faces, area, parcel[several])
    depth = np.bincount(inner, minlength=len(several))
    order = np.lexsort((area[outer], inner))
    holes, nearest = np.unique(inner[order], return_index=True)
    around = outer[order][nearest]
    is_hole = (depth[holes] % 2 == 1) & (depth[around] % 2 == 0)
    shell[several[holes[is_hole]]] = several[around[is_hole]]
    return shell
