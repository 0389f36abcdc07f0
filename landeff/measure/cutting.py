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

Geometries = npt.NDArray[np.object_]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_NOISE_M2 = 1e-6  # an overlap below both of these is rounding of shared borders, not land
_NOISE_RATIO = 1e-10  # of the smaller polygon
_TILE_VERTICES = 64  # cutting a polygon smaller than this gains nothing
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
    i, left = np.unique(pairs["left"], return_inverse=True)
    j, right = np.unique(pairs["right"], return_inverse=True)
    a, b = a[i], b[j]
    bounds = shapely.total_bounds(a)
    origin = np.floor(bounds[:2])
    near = replace(scale, centre=scale.centre - origin)
    tables = []
    for pieces in _pieces(a, b, pd.DataFrame({"left": left, "right": right}), origin):
        area = near.area_m2(pieces["geometry"].to_numpy())
        tables.append(pieces[["left", "right"]].assign(area_m2=area))
    by_pair = pd.concat(tables, ignore_index=True).groupby(["left", "right"], as_index=False)
    areas: pd.DataFrame = by_pair.agg(area_m2=("area_m2", "sum"))
    one, other = areas["left"].to_numpy(), areas["right"].to_numpy()
    smaller = np.minimum(shapely.area(a)[one], shapely.area(b)[other]) * _m2_per_unit(scale, bounds)
    is_land = areas["area_m2"].to_numpy() > np.minimum(_NOISE_M2, _NOISE_RATIO * smaller)
    found: pd.DataFrame = areas.assign(left=i[one], right=j[other])[is_land]
    return found


def meet(a: Geometries, b: Geometries, i: Positions, j: Positions) -> Flags:
    """Whether pairs touch; the more complex of the two is asked, since its preparation pays."""
    a_asks = shapely.get_num_coordinates(a)[i] >= shapely.get_num_coordinates(b)[j]
    do = np.empty(len(i), dtype=bool)
    do[a_asks] = shapely.intersects(a[i[a_asks]], b[j[a_asks]])
    do[~a_asks] = shapely.intersects(b[j[~a_asks]], a[i[~a_asks]])
    return do


def _m2_per_unit(scale: AreaScale, bounds: npt.NDArray[np.float64]) -> float:
    whole = shapely.box(*bounds)
    return float(scale.area_m2([whole])[0] / whole.area) if whole.area else 1.0


def _pieces(
    a: Geometries, b: Geometries, pairs: pd.DataFrame, origin: npt.NDArray[np.float64]
) -> list[pd.DataFrame]:
    """Shared pieces, moved to ``origin``; a pair may come in several, by the tiles of its larger polygon."""
    i, j = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    by_b = is_small(a)[i] & is_convex(b)[j]
    by_a = is_small(b)[j] & is_convex(a)[i] & ~by_b
    clips = [
        pairs[by_b].assign(geometry=clipped(a[i[by_b]], b[j[by_b]], origin)),
        pairs[by_a].assign(geometry=clipped(b[j[by_a]], a[i[by_a]], origin)),
    ]
    rest = np.flatnonzero(~by_a & ~by_b)
    pairs = pairs.iloc[rest[meet(a, b, i[rest], j[rest])]]
    a, b = (_moved(each, pairs[name], origin) for each, name in ((a, "left"), (b, "right")))
    by_right, pairs = _by_tiles(pairs, a, b, "left", "right")
    by_left, pairs = _by_tiles(pairs, b, a, "right", "left")
    i, j = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    return [*clips, by_right, by_left, pairs.assign(geometry=shapely.intersection(a[i], b[j]))]


def _moved(polygons: Geometries, positions: pd.Series, origin: npt.NDArray[np.float64]) -> Geometries:
    """Those at ``positions`` moved to the origin; the others are left out."""
    wanted = np.unique(positions)
    out = np.full(len(polygons), None, dtype=object)
    out[wanted] = shapely.transform(polygons[wanted], lambda xy: xy - origin)
    return out


def _by_tiles(
    cut: pd.DataFrame, small: Geometries, large: Geometries, of_small: str, of_large: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pieces of the pairs whose polygon of ``large`` is worth tiling, and the pairs that are left."""
    often = np.bincount(cut[of_large], minlength=len(large)) >= _WORTH_TILING
    tiled = often & (shapely.get_num_coordinates(large) > 4 * _TILE_VERTICES)
    here = tiled[cut[of_large].to_numpy()]
    todo, rest = cut[here], cut[~here]
    if todo.empty:
        return todo.assign(geometry=None), rest
    tiles, owner = _tiles(large, np.flatnonzero(tiled))
    positions = np.unique(todo[of_small])
    i, tile = shapely.STRtree(tiles).query(small[positions])
    found = pd.DataFrame({of_small: positions[i], of_large: owner[tile], "tile": tile})
    found = found.merge(todo, on=[of_small, of_large]).sort_values([of_small, "tile"], ignore_index=True)
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
