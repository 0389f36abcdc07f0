"""Streets, blocks and lots: the ground of the city, zone by zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from landeff.sample.lattice import Array, Lattice, block_lattice, quad_corners
from landeff.sample.places import CENTRE, PLACES, Place

#: Share of a zone's cells that are town; of those, share that is cut into parcels.
TOWN_SHARE = 0.755
PARCELLED_SHARE = 0.8
#: Share of parcelled cells that are approved with nothing supplied yet.
OPEN_SHARE = 0.05
#: Share of the other parcelled cells in which one column of lots is.
PARTLY_OPEN_SHARE = 0.05

LAYOUTS = {
    "parcelled": ([(3, 4), (3, 5), (3, 3), (2, 4), (4, 5)], [0.36, 0.2, 0.2, 0.1, 0.14]),
    "town": ([(1, 2), (2, 2), (1, 1)], [0.5, 0.3, 0.2]),
    "rural": ([(1, 1), (1, 2), (2, 1)], [0.5, 0.3, 0.2]),
}
#: Survey class of lots by kind of cell; parcels get theirs from their use.
GROUND = {
    "town": {"0701": 0.36, "0702": 0.3, "0601": 0.1, "08H2": 0.08, "05H1": 0.07, "0810": 0.05, "1201": 0.04},
    "rural": {
        "0101": 0.42,
        "0103": 0.22,
        "0201": 0.05,
        "0301": 0.1,
        "1104": 0.13,
        "0702": 0.05,
        "1202": 0.03,
    },
    "open": {"1201": 0.4, "0101": 0.22, "0103": 0.13, "0601": 0.11, "0810": 0.07, "1004": 0.07},
}


@dataclass(frozen=True, slots=True)
class Ground:
    """The city as drawn, before it is scaled and rounded.

    Attributes:
        cells: one a block with its streets: ``place`` (index of the zone), ``row``, ``column``, ``kind``
            (parcelled, town, rural, river), ``in_zone``, ``is_open`` (approved, nothing supplied),
            ``street_code``; ``cell`` is the position.
        cell_shapes, block_shapes: polygon of the cell, and of the block inside the streets (None in rivers).
        lots: one a lot: ``cell``, ``place``, ``row``, ``column``, ``n_rows``, ``n_columns``, ``in_zone``,
            ``role`` (parcel, open, plain), ``class_code``.
        lot_shapes, lot_corners: polygon and four corners of each lot.
    """

    cells: pd.DataFrame
    cell_shapes: np.ndarray
    block_shapes: np.ndarray
    lots: pd.DataFrame
    lot_shapes: np.ndarray
    lot_corners: Array


def draw_ground(rng: np.random.Generator) -> Ground:
    """Draw every zone's streets and lots, with a margin of one cell around the zone."""
    parts = [_draw_place(index, place, rng) for index, place in enumerate(PLACES)]
    first = np.cumsum([0] + [len(part.cells) for part in parts[:-1]])
    lots = [part.lots.assign(cell=part.lots["cell"] + n) for part, n in zip(parts, first, strict=True)]
    return Ground(
        pd.concat([part.cells for part in parts], ignore_index=True),
        np.concatenate([part.cell_shapes for part in parts]),
        np.concatenate([part.block_shapes for part in parts]),
        pd.concat(lots, ignore_index=True),
        np.concatenate([part.lot_shapes for part in parts]),
        np.concatenate([part.lot_corners for part in parts]),
    )


def _draw_place(index: int, place: Place, rng: np.random.Generator) -> Ground:
    lattice, river = _street_lattice(place, rng)
    cells = _cell_kinds(place, lattice, river, rng).assign(place=index)
    bend = _Bend(place, rng)
    at = (cells["row"].to_numpy(), cells["column"].to_numpy())
    cell_shapes = np.array(shapely.polygons(bend(lattice.rings())[at]))
    streets = [_street(kind, rng) for kind in cells["kind"]]
    cells["street_code"] = [code for code, _ in streets]
    block_shapes = np.full(len(cells), None, dtype=object)
    lots, lot_rings, lot_corners = [], [], []
    kinds, is_open = cells["kind"].tolist(), cells["is_open"].tolist()
    for cell in np.flatnonzero(cells["kind"] != "river").tolist():
        layouts, weights = LAYOUTS[kinds[cell]]
        n = layouts[rng.choice(len(layouts), p=weights)]
        block = block_lattice(quad_corners(lattice)[at][cell], streets[cell][1], n, rng)
        block_shapes[cell] = shapely.Polygon(bend(block.outline()))
        lots.append(_lots(cell, kinds[cell], is_open[cell], n, rng))
        lot_rings.append(bend(block.rings()).reshape(-1, 12, 2))
        lot_corners.append(bend(quad_corners(block)).reshape(-1, 4, 2))
    table = pd.DataFrame({key: np.concatenate([lot[key] for lot in lots]) for key in lots[0]})
    table["place"] = index
    table["in_zone"] = table["cell"].map(cells["in_zone"])
    lot_shapes = np.array(shapely.polygons(np.concatenate(lot_rings)))
    return Ground(cells, cell_shapes, block_shapes, table, lot_shapes, np.concatenate(lot_corners))


class _Bend:
    """Turns and bends a zone's street grid, and puts it in its place."""

    def __init__(self, place: Place, rng: np.random.Generator) -> None:
        self.centre = np.array(CENTRE) + 1000 * np.array(place.centre_km)
        self.angle = rng.uniform(-0.35, 0.35)
        self.phase = rng.uniform(0, 2 * np.pi, 4)

    def __call__(self, xy: Array) -> Array:
        x, y = xy[..., 0], xy[..., 1]
        a, b, c, d = self.phase
        bent_x = x + 70 * np.sin(y / 620 + a) + 25 * np.sin(x / 410 + b)
        bent_y = y + 70 * np.sin(x / 680 + c) + 25 * np.sin(y / 390 + d)
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        turned = np.stack([cos * bent_x - sin * bent_y, sin * bent_x + cos * bent_y], axis=-1)
        placed: Array = turned + self.centre
        return placed


def _street_lattice(place: Place, rng: np.random.Generator) -> tuple[Lattice, tuple[str, int]]:
    reach = 1000 * np.sqrt(place.area_km2 / np.pi) * 1.9
    if place.exclave:
        reach = max(reach, 1000 * max(map(abs, place.exclave[:2])) + reach / 2)
    widths = rng.uniform(540, 680, int(2 * reach / 600))
    heights = rng.uniform(420, 540, int(2 * reach / 470))
    sizes = heights if place.river == "row" else widths
    river = len(sizes) // 2 + int(rng.integers(-2, 2))
    sizes[river] = rng.uniform(70, 120)
    x = np.concatenate([[0], np.cumsum(widths)]) - widths.sum() / 2
    y = np.concatenate([[0], np.cumsum(heights)]) - heights.sum() / 2
    corners = np.stack(np.meshgrid(x, y), axis=-1)
    corners = corners + rng.uniform(-1, 1, corners.shape) * (45, 40)
    beside = (
        (slice(river, river + 2), slice(None))
        if place.river == "row"
        else (slice(None), slice(river, river + 2))
    )
    straight = np.stack(np.meshgrid(x, y), axis=-1)
    corners[beside] = straight[beside] + rng.uniform(-8, 8, straight[beside].shape)
    return Lattice.build(corners, 5, 1.1, rng), (place.river, river)


def _cell_kinds(
    place: Place, lattice: Lattice, river: tuple[str, int], rng: np.random.Generator
) -> pd.DataFrame:
    """The cells of a zone and of the margin around it: what each of them is."""
    quads = quad_corners(lattice)
    middle = quads.mean(axis=2)
    area = np.abs(shapely.area(shapely.polygons(quads)))
    share = place.exclave[2] if place.exclave else 0.0
    in_zone = _blob(middle, area, place.area_km2 * 1e6 * (1 - share), np.zeros(2), rng)
    if place.exclave:
        off = 1000 * np.array(place.exclave[:2])
        in_zone |= _blob(middle, area, place.area_km2 * 1e6 * share, off, rng)
    is_river = np.zeros(in_zone.shape, dtype=bool)
    is_river[(river[1], slice(None)) if river[0] == "row" else (slice(None), river[1])] = True
    near = np.hypot(middle[..., 0], middle[..., 1]) / np.hypot(*middle[in_zone].T).max()
    order = np.where(in_zone & ~is_river, near + rng.normal(0, 0.22, near.shape), np.inf)
    rank = order.ravel().argsort().argsort().reshape(order.shape)
    n_town = int(TOWN_SHARE * (in_zone & ~is_river).sum())
    kind = np.where(rank < n_town, "town", "rural").astype(object)
    parcelled = rng.choice(n_town, int(PARCELLED_SHARE * n_town), replace=False)
    kind[np.isin(rank, parcelled)] = "parcelled"
    outer = parcelled[parcelled > 0.45 * n_town]
    is_open = np.isin(rank, rng.choice(outer, max(1, int(OPEN_SHARE * len(parcelled))), replace=False))
    if place.exclave:  # a block of parcels between the two parts, outside both
        beyond = np.argwhere(_grown(in_zone) & ~in_zone & ~is_river)
        kind[tuple(rng.choice(beyond))] = "parcelled"
    kind[is_river] = "river"
    rows, columns = np.nonzero(_grown(in_zone))
    cells = pd.DataFrame({"row": rows, "column": columns})
    for name, value in {"kind": kind, "in_zone": in_zone, "is_open": is_open}.items():
        cells[name] = value[rows, columns]
    return cells


def _blob(middle: Array, area: Array, target_m2: float, off: Array, rng: np.random.Generator) -> np.ndarray:
    """Cells of an irregular patch around ``off`` whose areas add up to about ``target_m2``."""
    x, y = middle[..., 0] - off[0], middle[..., 1] - off[1]
    angle, phase = np.arctan2(y, x), rng.uniform(0, 2 * np.pi, 3)
    reach = (
        1
        + 0.22 * np.cos(2 * angle + phase[0])
        + 0.14 * np.cos(3 * angle + phase[1])
        + 0.06 * np.cos(5 * angle + phase[2])
    )
    distance = np.hypot(x, y) / reach
    order = distance.ravel().argsort(kind="stable")
    taken = area.ravel()[order].cumsum() <= target_m2
    chosen = np.zeros(area.size, dtype=bool)
    chosen[order[taken]] = True
    return chosen.reshape(area.shape)


def _grown(mask: np.ndarray) -> np.ndarray:
    padded = np.pad(mask, 1)
    shifted = [np.roll(np.roll(padded, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    grown: np.ndarray = np.logical_or.reduce(shifted)[1:-1, 1:-1]
    return grown


def _street(kind: str, rng: np.random.Generator) -> tuple[str, float]:
    """Survey class of the streets around a block, and half their width."""
    if kind == "river":
        return "1101", 0.0
    if kind == "rural":
        return "1006", float(rng.uniform(6.0, 7.5))
    return ("1003" if rng.random() < 0.12 else "1004"), float(rng.uniform(12, 18))


def _lots(
    cell: int, kind: str, is_open: bool, n: tuple[int, int], rng: np.random.Generator
) -> dict[str, np.ndarray]:
    rows, columns = (grid.ravel() for grid in np.mgrid[: n[0], : n[1]])
    ground = GROUND["open" if kind == "parcelled" else kind]
    codes, weights = list(ground), list(ground.values())
    role = np.full(len(rows), "plain", dtype=object)
    code = rng.choice(codes, len(rows), p=weights)
    if kind == "parcelled":
        role[:] = "open" if is_open else "parcel"
        if rng.random() < PARTLY_OPEN_SHARE:
            role[columns == columns.max()] = "open"
        code[:] = rng.choice(codes, p=weights)
    n_rows, n_columns = np.full(len(rows), n[0]), np.full(len(rows), n[1])
    return {
        "cell": np.full(len(rows), cell), "row": rows, "column": columns, "n_rows": n_rows,
        "n_columns": n_columns, "role": role, "class_code": code,
    }  # fmt: skip
