"""Areas of what polygons share where neither holds the other: the costly part of an overlay, made cheap.

Small polygons are clipped by small convex ones in numpy (:mod:`landeff.measure.clip`). A polygon of many
vertices that cuts many others is first cut into tiles, since an intersection costs as much as the larger
polygon has vertices. The rest goes to GEOS as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.clip import clipped, is_convex, is_small

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[np.object_]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
_Pieces = tuple[Positions, Geometries]

_NOISE_M2 = 1e-6  # an overlap below both of these is rounding of shared borders, not land
_NOISE_RATIO = 1e-10  # of the smaller polygon
_TILE_VERTICES = 128  # cutting a polygon smaller than this gains nothing
_WORTH_TILING = 16  # times a polygon must be intersected for cutting it up to pay
_MAX_HALVINGS = 24


def cut_areas(a: Geometries, b: Geometries, i: Positions, j: Positions, scale: AreaScale) -> Floats:
    """Area in m² shared by ``a[i]`` and ``b[j]``, one a pair; 0 where they share nothing.

    Polygons are cut near the origin: eastings of eight digits leave new vertices only 1e-8 m, and shares of
    thin parcels would not sum to 1. Moving by whole units is exact.

    Args:
        a, b: valid polygons.
        i, j: positions of the pairs.
    """
    area = np.zeros(len(i))
    if not len(i):
        return area
    bounds = shapely.total_bounds(a)
    origin = np.floor(bounds[:2])
    near = replace(scale, centre=scale.centre - origin)
    for pair, piece in _pieces(a, b, i, j, origin):
        area += np.bincount(pair, weights=near.area_m2(piece), minlength=len(i))
    smaller = np.minimum(shapely.area(a)[i], shapely.area(b)[j]) * _m2_per_unit(scale, bounds)
    return np.where(area > np.minimum(_NOISE_M2, _NOISE_RATIO * smaller), area, 0.0)


def meet(a: Geometries, b: Geometries, i: Positions, j: Positions) -> Flags:
    """Whether pairs touch; the more complex of the two is asked, since its preparation pays."""
    a_asks = shapely.get_num_coordinates(a)[i] >= shapely.get_num_coordinates(b)[j]
    asker, other = np.where(a_asks, a[i], b[j]), np.where(a_asks, b[j], a[i])
    shapely.prepare(asker)
    return np.asarray(shapely.intersects(asker, other), dtype=bool)


def _m2_per_unit(scale: AreaScale, bounds: Floats) -> float:
    whole = shapely.box(*bounds)
    return float(scale.area_m2(np.array([whole]))[0] / whole.area) if whole.area else 1.0


def _pieces(a: Geometries, b: Geometries, i: Positions, j: Positions, origin: Floats) -> Iterator[_Pieces]:
    """Shared pieces, moved to ``origin``, and the pair each is of; a pair may come in several."""
    by_a, by_b = (np.flatnonzero(rows) for rows in _convex_sides(a, b, i, j))
    yield by_b, clipped(a[i[by_b]], b[j[by_b]], origin)
    yield by_a, clipped(b[j[by_a]], a[i[by_a]], origin)
    rest = np.ones(len(i), dtype=bool)
    rest[by_a] = rest[by_b] = False
    pair = np.flatnonzero(rest)
    pair = pair[meet(a, b, i[pair], j[pair])]
    a, b = _moved(a, i[pair], origin), _moved(b, j[pair], origin)
    tiled_b = np.isin(j[pair], _worth_tiling(b, j[pair]))
    tiled_a = np.isin(i[pair], _worth_tiling(a, i[pair])) & ~tiled_b
    yield from _by_tiles(pair[tiled_b], a, b, i, j)
    yield from _by_tiles(pair[tiled_a], b, a, j, i)
    pair = pair[~tiled_a & ~tiled_b]
    yield pair, shapely.intersection(a[i[pair]], b[j[pair]])


def _convex_sides(a: Geometries, b: Geometries, i: Positions, j: Positions) -> tuple[Flags, Flags]:
    """Pairs of small polygons in which that of ``a``, or else that of ``b``, is convex."""
    both_small = is_small(b)[j]
    if not both_small.any():
        return both_small, both_small
    both_small &= is_small(a)[i]
    by_b = both_small & is_convex(b)[j]
    by_a = both_small & ~by_b
    if by_a.any():
        by_a &= is_convex(a)[i]
    return by_a, by_b


def _moved(polygons: Geometries, positions: Positions, origin: Floats) -> Geometries:
    """Those at ``positions`` moved to the origin; the others are left out."""
    wanted = np.unique(positions)
    out = np.full(len(polygons), None, dtype=object)
    out[wanted] = shapely.transform(polygons[wanted], lambda xy: xy - origin)
    return out


def _worth_tiling(polygons: Geometries, positions: Positions) -> Positions:
    """Polygons of many vertices that occur often."""
    often = np.flatnonzero(np.bincount(positions, minlength=len(polygons)) >= _WORTH_TILING)
    return often[shapely.get_num_coordinates(polygons[often]) > 2 * _TILE_VERTICES]


def _by_tiles(
    pair: Positions, small: Geometries, large: Geometries, of_small: Positions, of_large: Positions
) -> Iterator[_Pieces]:
    """Pieces of pairs, by the tiles of their larger polygons."""
    if not len(pair):
        return
    tiles, owner = _tiles(large, np.unique(of_large[pair]))
    row, tile = shapely.STRtree(tiles).query(small[of_small[pair]])
    own = owner[tile] == of_large[pair[row]]
    row, tile = row[own], tile[own]
    yield pair[row], shapely.intersection(small[of_small[pair[row]]], tiles[tile])


def _tiles(polygons: Geometries, positions: Positions) -> tuple[Geometries, Positions]:
    """Polygons cut in halves until each piece has few vertices; the pieces, and whose they are."""
    pieces, owner = polygons[positions], positions
    done: list[tuple[Geometries, Positions]] = []
    for _ in range(_MAX_HALVINGS):
        is_large = shapely.get_num_coordinates(pieces) > _TILE_VERTICES
        done.append((pieces[~is_large], owner[~is_large]))
        pieces, owner = pieces[is_large], owner[is_large]
        if not len(pieces):
            break
        pieces = shapely.intersection(np.repeat(pieces, 2), _halves(pieces))
        pieces, part_of = shapely.get_parts(pieces, return_index=True)
        owner = np.repeat(owner, 2)[part_of]
        is_land = shapely.get_dimensions(pieces) == 2
        pieces, owner = pieces[is_land], owner[is_land]
    done.append((pieces, owner))
    return np.concatenate([each for each, _ in done]), np.concatenate([each for _, each in done])


def _halves(polygons: Geometries) -> Geometries:
    """Two boxes a polygon, which halve its own across the longer side."""
    west, south, east, north = shapely.bounds(polygons).T
    is_wide = east - west > north - south
    x, y = (west + east) / 2, (south + north) / 2
    first = shapely.box(west, south, np.where(is_wide, x, east), np.where(is_wide, north, y))
    second = shapely.box(np.where(is_wide, x, west), np.where(is_wide, south, y), east, north)
    return np.stack([first, second], axis=1).ravel()
