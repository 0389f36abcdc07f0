"""Areas of what polygons share where neither holds the other: the costly part of an overlay, made cheap.

Small polygons are clipped by small convex ones in numpy (:mod:`landeff.measure.clip`). A polygon of many
vertices that cuts many others is first cut into tiles, since an intersection costs as much as the larger
polygon has vertices. The rest goes to GEOS as it is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.clip import clipped, is_convex, is_small

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[np.object_]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_NOISE_M2 = 1e-6  # an overlap below both of these is rounding of shared borders, not land
_NOISE_RATIO = 1e-10  # of the smaller polygon
_TILE_VERTICES = 128  # cutting a polygon smaller than this gains nothing
_WORTH_TILING = 16  # times a polygon must be intersected for cutting it up to pay
_MAX_HALVINGS = 24


def cut_areas(a: Geometries, b: Geometries, pairs: pd.DataFrame, scale: AreaScale) -> pd.DataFrame:
    """Area shared by each of ``pairs``.

    Polygons are cut near the origin: eastings of eight digits leave new vertices only 1e-8 m, and shares of
    thin parcels would not sum to 1. Moving by whole units is exact.

    Args:
        a, b: valid polygons.
        pairs: ``left`` (position in ``a``) and ``right`` (in ``b``); those that share nothing drop out.

    Returns:
        ``left``, ``right`` and ``area_m2``.
    """
    if pairs.empty:
        return pairs.assign(area_m2=pd.Series(dtype="float64"))
    bounds = shapely.total_bounds(a)
    origin = np.floor(bounds[:2])
    near = replace(scale, centre=scale.centre - origin)
    tables = [
        pieces[["left", "right"]].assign(area_m2=near.area_m2(pieces["geometry"].to_numpy()))
        for pieces in _pieces(a, b, pairs, origin)
    ]
    by_pair = pd.concat(tables, ignore_index=True).groupby(["left", "right"], as_index=False)
    areas: pd.DataFrame = by_pair.agg(area_m2=("area_m2", "sum"))
    smaller = np.minimum(shapely.area(a[areas["left"]]), shapely.area(b[areas["right"]]))
    noise = np.minimum(_NOISE_M2, _NOISE_RATIO * smaller * _m2_per_unit(scale, bounds))
    found: pd.DataFrame = areas[areas["area_m2"].to_numpy() > noise]
    return found


def meet(a: Geometries, b: Geometries, i: Positions, j: Positions) -> Flags:
    """Whether pairs touch; the more complex of the two is asked, since its preparation pays."""
    a_asks = shapely.get_num_coordinates(a)[i] >= shapely.get_num_coordinates(b)[j]
    asker, other = np.where(a_asks, a[i], b[j]), np.where(a_asks, b[j], a[i])
    shapely.prepare(asker)
    return np.asarray(shapely.intersects(asker, other), dtype=bool)


def _m2_per_unit(scale: AreaScale, bounds: Floats) -> float:
    whole = shapely.box(*bounds)
    return float(scale.area_m2(np.array([whole]))[0] / whole.area) if whole.area else 1.0


def _pieces(a: Geometries, b: Geometries, pairs: pd.DataFrame, origin: Floats) -> list[pd.DataFrame]:
    """Shared pieces, moved to ``origin``; a pair may come in several, by the tiles of its larger polygon."""
    i, j = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    by_a, by_b = _convex_sides(a, b, i, j)
    clips = [
        pairs[by_b].assign(geometry=clipped(a[i[by_b]], b[j[by_b]], origin)),
        pairs[by_a].assign(geometry=clipped(b[j[by_a]], a[i[by_a]], origin)),
    ]
    rest = np.flatnonzero(~by_a & ~by_b)
    pairs = pairs.iloc[rest[meet(a, b, i[rest], j[rest])]]
    a, b = _moved(a, pairs["left"], origin), _moved(b, pairs["right"], origin)
    by_right, pairs = _by_tiles(pairs, a, b, ("left", "right"))
    by_left, pairs = _by_tiles(pairs, b, a, ("right", "left"))
    i, j = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    return [*clips, by_right, by_left, pairs.assign(geometry=shapely.intersection(a[i], b[j]))]


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


def _moved(polygons: Geometries, positions: pd.Series, origin: Floats) -> Geometries:
    """Those at ``positions`` moved to the origin; the others are left out."""
    wanted = np.unique(positions)
    out = np.full(len(polygons), None, dtype=object)
    out[wanted] = shapely.transform(polygons[wanted], lambda xy: xy - origin)
    return out


def _by_tiles(
    pairs: pd.DataFrame, small: Geometries, large: Geometries, names: tuple[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pieces of the pairs whose polygon of ``large`` is worth tiling, and the pairs that are left."""
    of_small, of_large = names
    often = np.bincount(pairs[of_large], minlength=len(large)) >= _WORTH_TILING
    tiled = np.flatnonzero(often)
    tiled = tiled[shapely.get_num_coordinates(large[tiled]) > 2 * _TILE_VERTICES]
    here = pairs[of_large].isin(tiled)
    todo, rest = pairs[here], pairs[~here]
    if todo.empty:
        return todo.assign(geometry=None), rest
    tiles, owner = _tiles(large, tiled)
    positions = np.unique(todo[of_small])
    i, tile = shapely.STRtree(tiles).query(small[positions])
    found = pd.DataFrame({of_small: positions[i], of_large: owner[tile], "tile": tile})
    found = found.merge(todo, on=list(names)).sort_values([of_small, "tile"], ignore_index=True)
    piece = shapely.intersection(small[found[of_small].to_numpy()], tiles[found["tile"].to_numpy()])
    return found.drop(columns="tile").assign(geometry=piece), rest


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
