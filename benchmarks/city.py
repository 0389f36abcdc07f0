"""A seeded city to measure speed on: parcels in blocks, zones across them, buildings on them.

Parcels of about 2,000 m² and 9.5 vertices share jagged borders, as surveys draw them; 0.2 % are bow ties,
0.3 % are blown up by 2 % and so overlap their neighbours, 0.5 % have a hole. Zones are cells with wavy
borders of a vertex every 12 m that cut through parcels. Nothing of it is real.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

Floats = npt.NDArray[np.float64]

CRS = "EPSG:4549"
_CENTRE = np.array([445_400.0, 3_585_000.0])
_COLUMNS, _ROWS = 5, 4  # parcels of a block
_WIDTH, _HEIGHT, _STREET = 44.0, 48.0, 16.0
_BLOCK = np.array([_COLUMNS * _WIDTH + _STREET, _ROWS * _HEIGHT + _STREET])
_TURN = np.deg2rad(7.0)
_N_ZONES = 60
_USES = np.array(["0601", "0602", "0701", "0702", "05H1", "0809", "1001"])


@dataclass(frozen=True)
class City:
    """Three layers in :data:`CRS`: ``parcel_id``, ``zone_id`` and ``building_id`` are their keys."""

    parcels: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame


def make_city(n_parcels: int, seed: int = 20260101) -> City:
    """The city of ``n_parcels`` parcels; the same for the same arguments."""
    rng = np.random.default_rng(seed + n_parcels)
    n_blocks = -(-n_parcels // (_COLUMNS * _ROWS))
    across = int(np.ceil(np.sqrt(n_blocks)))
    extent = np.array([across, -(-n_blocks // across)]) * _BLOCK
    rings, is_vertex = _rings(n_blocks, across, rng)
    rings, is_vertex = rings[:n_parcels], is_vertex[:n_parcels]
    middle = (rings * is_vertex[..., None]).sum(axis=1) / is_vertex.sum(axis=1)[:, None]
    _spoil(rings, middle, rng)
    geometry = _with_holes(_polygons(_placed(rings, extent), is_vertex), _placed(middle, extent), rng)
    parcels = gpd.GeoDataFrame(_attributes(n_parcels, rng), geometry=geometry, crs=CRS)
    return City(parcels, _zones(extent, rng), _buildings(_placed(middle, extent), rng))


def _placed(xy: Floats, extent: Floats) -> Floats:
    """City coordinates in the CRS: turned, moved, rounded to the millimetre as surveys are."""
    turn = np.array([[np.cos(_TURN), -np.sin(_TURN)], [np.sin(_TURN), np.cos(_TURN)]])
    return np.asarray(np.round((xy - extent / 2) @ turn.T + _CENTRE, 3), dtype=float)


def _steps(n_blocks: int, n: int, size: float, rng: np.random.Generator) -> Floats:
    """Borders of ``n`` columns of uneven width in each block."""
    width = rng.uniform(0.6, 1.4, (n_blocks, n))
    width *= n * size / width.sum(axis=1, keepdims=True)
    return np.concatenate([np.zeros((n_blocks, 1)), np.cumsum(width, axis=1)], axis=1)


def _rings(n_blocks: int, across: int, rng: np.random.Generator) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Twelve points a parcel, and which of them are vertices; neighbours share what lies between."""
    block = np.arange(n_blocks)
    origin = np.column_stack([block % across, block // across]) * _BLOCK + _STREET / 2
    corners = np.empty((n_blocks, _ROWS + 1, _COLUMNS + 1, 2))
    corners[..., 0] = (origin[:, :1] + _steps(n_blocks, _COLUMNS, _WIDTH, rng))[:, None, :]
    corners[..., 1] = (origin[:, 1:] + _steps(n_blocks, _ROWS, _HEIGHT, rng))[:, :, None]
    corners += rng.uniform(-2.5, 2.5, corners.shape)
    flat = _between(corners[:, :, :-1], corners[:, :, 1:], rng)
    steep = _between(corners[:, :-1], corners[:, 1:], rng)
    in_flat, in_steep = rng.random(flat.shape[:-1]) < 0.55, rng.random(steep.shape[:-1]) < 0.55
    points = np.empty((n_blocks, _ROWS, _COLUMNS, 12, 2))
    is_vertex = np.ones(points.shape[:-1], dtype=bool)
    sides = (
        (corners[:, :-1, :-1], flat[:, :-1], in_flat[:, :-1]),
        (corners[:, :-1, 1:], steep[:, :, 1:], in_steep[:, :, 1:]),
        (corners[:, 1:, 1:], flat[:, 1:, :, ::-1], in_flat[:, 1:, :, ::-1]),
        (corners[:, 1:, :-1], steep[:, :, :-1, ::-1], in_steep[:, :, :-1, ::-1]),
    )
    for side, (corner, inner, is_in) in enumerate(sides):
        points[..., 3 * side, :] = corner
        points[..., 3 * side + 1 : 3 * side + 3, :] = inner
        is_vertex[..., 3 * side + 1 : 3 * side + 3] = is_in
    return points.reshape(-1, 12, 2), is_vertex.reshape(-1, 12)


def _between(a: Floats, b: Floats, rng: np.random.Generator) -> Floats:
    """Two points beside the line from each ``a`` to each ``b``."""
    along = b - a
    length = np.linalg.norm(along, axis=-1, keepdims=True)
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1) / length
    shape = (*a.shape[:-1], 2, 1)
    where = np.array([[1 / 3], [2 / 3]]) + rng.uniform(-0.08, 0.08, shape)
    aside = across[..., None, :] * rng.normal(0, 0.7, shape)
    return np.asarray(a[..., None, :] + along[..., None, :] * where + aside, dtype=float)


def _spoil(rings: Floats, middle: Floats, rng: np.random.Generator) -> None:
    """Blow up 0.3 % of the parcels over their neighbours, and cross the borders of 0.2 %."""
    large = rng.random(len(rings)) < 0.003
    rings[large] = middle[large, None] + (rings[large] - middle[large, None]) * 1.02
    crossed = rng.random(len(rings)) < 0.002
    rings[crossed, 3], rings[crossed, 6] = rings[crossed, 6], rings[crossed, 3].copy()


def _polygons(rings: Floats, is_vertex: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    closed = np.concatenate([rings, rings[:, :1]], axis=1)
    kept = np.concatenate([is_vertex, np.ones((len(rings), 1), dtype=bool)], axis=1)
    ends = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    made = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, closed[kept], (ends, np.arange(len(rings) + 1))
    )
    return np.asarray(made, dtype=object)


def _with_holes(
    geometry: npt.NDArray[np.object_], middle: Floats, rng: np.random.Generator
) -> npt.NDArray[np.object_]:
    where = rng.choice(len(geometry), len(geometry) // 200, replace=False)
    where = where[shapely.is_valid(geometry[where])]
    yard = shapely.box(*(middle[where] - 3).T, *(middle[where] + 3).T)
    geometry[where] = shapely.difference(geometry[where], yard)
    return geometry


def _attributes(n: int, rng: np.random.Generator) -> pd.DataFrame:
    number = pd.Series(np.arange(n))
    return pd.DataFrame(
        {
            "parcel_id": "321003" + number.astype(str).str.zfill(9),
            "land_use_code": rng.choice(_USES, n, p=[0.3, 0.05, 0.4, 0.05, 0.1, 0.05, 0.05]),
            "holder": "权利人" + pd.Series(rng.integers(0, n, n)).astype(str),
            "agreed_far_max": rng.uniform(0.3, 3, n).round(2),
            "year": rng.integers(1990, 2025, n),
            "price": rng.uniform(200, 9000, n).round(1),
        }
    )


def _zones(extent: Floats, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Cells of a Voronoi diagram with wavy borders; they cover the city."""
    centres = np.asarray(shapely.points(rng.uniform((0, 0), extent, (_N_ZONES, 2))), dtype=object)
    frame = shapely.box(*(-_BLOCK), *(extent + _BLOCK))
    for _ in range(3):  # evens them out
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(centres), extend_to=frame))
        cells = shapely.intersection(cells, frame)
        centres = np.asarray(shapely.centroid(cells), dtype=object)
    lines = shapely.node(shapely.union_all(shapely.boundary(cells)))
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    wavy = shapely.transform(shapely.segmentize(cells, 12.0), lambda xy: _placed(_waved(xy, extent), extent))
    wavy = shapely.make_valid(wavy)
    names = [f"Z{number:02d}" for number in range(len(wavy))]
    return gpd.GeoDataFrame({"zone_id": names}, geometry=wavy, crs=CRS)


def _waved(xy: Floats, extent: Floats) -> Floats:
    size = extent.min() / 8
    turns = 2 * np.pi * xy / size
    moved = np.zeros_like(xy)
    for f in (1.0, 2.3, 5.1, 11.0, 23.0):
        reach = 0.0875 * size / (4 * f)
        moved[:, 0] += reach * np.sin(f * turns[:, 1] + 1.7 * f) * np.cos(0.6 * f * turns[:, 0] + f)
        moved[:, 1] += reach * np.sin(f * turns[:, 0] + 0.9 * f) * np.cos(0.6 * f * turns[:, 1] + 2 * f)
    return xy + moved


def _buildings(middle: Floats, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Rectangles, 1.3 a parcel on average, some across borders or over one another."""
    owner = np.repeat(np.arange(len(middle)), rng.poisson(1.3, len(middle)))
    n = len(owner)
    centre = middle[owner] + rng.normal(0, 9, (n, 2))
    half = np.column_stack([rng.uniform(3.5, 12, n), rng.uniform(3, 8, n)])
    turn = _TURN + rng.normal(0, 0.05, n)
    x, y = (np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])[None] * half[:, None]).transpose(2, 0, 1)
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    corners = np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1) + centre[:, None]
    table = {"building_id": np.arange(n).astype(str), "n_floors": rng.integers(1, 19, n)}
    return gpd.GeoDataFrame(table, geometry=shapely.polygons(np.round(corners, 3)), crs=CRS)
