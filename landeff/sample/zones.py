"""Zone boundaries with sub-parks (一区多园), and the parcels that straddle them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from landeff.sample.blocks import Ground
from landeff.sample.lattice import inside
from landeff.sample.places import DISTRICTS, PLACES, Place

N_STRADDLING = 20
_PARKS = ("智造园", "科创园", "新材料园")
_SIDES = ((-1, 0), (0, 1), (1, 0), (0, -1))


def draw_zones(ground: Ground, rng: np.random.Generator) -> tuple[pd.DataFrame, NDArray[np.object_]]:
    """Zones, then sub-parks, with ``zone_id`` … ``responsible_unit`` and ``place``; shapes before scaling.

    A zone follows the middle of streets, except where a notch leaves half of a parcel outside.
    """
    notches = _notches(ground, rng)
    rows, shapes = [], []
    parks, park_shapes = [], []
    for index, place in enumerate(PLACES):
        inner = ground.cells[(ground.cells["place"] == index) & ground.cells["in_zone"]]
        cut = shapely.union_all(notches[index])
        rows.append(_row(place, index))
        shapes.append(shapely.difference(shapely.union_all(ground.cell_shapes[inner.index]), cut))
        for number, cells in enumerate(_parks(ground, inner, place.n_parks)):
            park = _row(place, index) | {
                "zone_id": f"{place.zone_id}-{number + 1}",
                "name": f"{place.name}{_PARKS[number]}",
                "parent_zone_id": place.zone_id,
                "level": "园中园",
            }
            parks.append(park)
            park_shapes.append(shapely.difference(shapely.union_all(ground.cell_shapes[cells]), cut))
    return pd.DataFrame(rows + parks), np.array(shapes + park_shapes)


def _row(place: Place, index: int) -> dict[str, object]:
    return {
        "zone_id": place.zone_id,
        "name": place.name,
        "level": place.level,
        "parent_zone_id": None,
        "district_code": place.district_code,
        "district_name": DISTRICTS[place.district_code],
        "responsible_unit": f"{place.name}管理委员会",
        "place": index,
    }


def _parks(ground: Ground, inner: pd.DataFrame, n: int) -> list[pd.Index]:
    """Runs of cells along the longer side of a zone, with ground between that is in no sub-park."""
    middle = shapely.get_coordinates(shapely.centroid(ground.cell_shapes[inner.index]))
    middle -= middle.mean(axis=0)
    axis = np.linalg.svd(middle, full_matrices=False)[2][0]
    place_along = pd.Series(middle @ axis, index=inner.index).rank(pct=True)
    filled = 0.88 if n > 1 else 0.6
    return [
        place_along.index[(place_along > number / n) & (place_along <= (number + filled) / n)]
        for number in range(n)
    ]


def _notches(ground: Ground, rng: np.random.Generator) -> list[list[shapely.Polygon]]:
    """Cuts, by zone, that leave the outer half of some parcels at the edge outside."""
    lots, cells = ground.lots, ground.cells
    inside_zone = pd.MultiIndex.from_frame(cells.loc[cells["in_zone"], ["place", "row", "column"]])
    at_edge = [
        lots["row"] == 0,
        lots["column"] == lots["n_columns"] - 1,
        lots["row"] == lots["n_rows"] - 1,
        lots["column"] == 0,
    ]
    wanted = lots["in_zone"] & (lots["role"] == "parcel")
    found = []
    for side, (up, right) in enumerate(_SIDES):
        edge = lots.index[wanted & at_edge[side]]
        cell = cells.loc[lots.loc[edge, "cell"], ["place", "row", "column"]] + [0, up, right]
        is_outer = ~pd.MultiIndex.from_frame(cell).isin(inside_zone)
        found += [(lot, side) for lot in edge[is_outer]]
    notches: list[list[shapely.Polygon]] = [[] for _ in PLACES]
    place = lots["place"].to_numpy()
    for pick in rng.choice(len(found), N_STRADDLING, replace=False):
        lot, side = found[pick]
        quad = np.roll(ground.lot_corners[lot], -side, axis=0)
        u, v = np.array([0.15, 0.85, 0.83, 0.6, 0.4, 0.16]), np.array([-0.4, -0.4, 0.5, 0.55, 0.47, 0.52])
        notches[place[lot]].append(shapely.Polygon(inside(quad[None], u, v)))
    return notches
