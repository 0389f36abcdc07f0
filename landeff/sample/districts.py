"""Districts around the zones: one city, cut along borders that both neighbours share to the millimetre."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from landeff.sample.geodesy import ellipsoidal_area
from landeff.sample.lattice import Array
from landeff.sample.places import CENTRE, CRS, DISTRICTS

Shapes = NDArray[np.object_]

_SPACING_M = 3_400.0  # of points that each belong to the nearest zone; borders run midway between them
_ROOM_M = 1_500.0  # around a zone that is all its own; less where two of them are closer
_TRIES = 20
_MARGIN_M = (6_500.0, 12_500.0)  # from a zone to the border of the city
_RIVER_M = 2_600.0  # from the southernmost zone to the river, which is the border there
#: By which the middle of a stretch is off the straight line, as a share of its length; less where borders
#: that meet at a sharp angle would cross.
_ROUGHNESS = (0.15, 0.1, 0.06, 0.03, 0.0)
_CALM_M = 1_500.0  # from where three borders meet, within which they are smoother
_FINEST_M = 200.0


def draw_districts(zones: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """The layer 行政区 (XZQ) as a land survey has it, a row a county.

    Every zone lies in the district it declares; neighbours share their border vertex by vertex; the
    districts leave no gap.

    Args:
        zones: in metres, with ``district_code``.
    """
    codes = sorted(DISTRICTS)
    number = {code: place for place, code in enumerate(codes)}
    owner = np.array([number[code] for code in zones["district_code"]])
    shapes = np.asarray(zones.geometry)
    for _ in range(_TRIES):  # borders that meet at too sharp an angle leave slivers
        city = _city(shapes, rng)
        districts = _districts(_borders(_cells(shapes, owner, city, rng), city), shapes, owner, rng)
        if districts is not None:
            break
    else:
        raise RuntimeError("no borders between these zones: take another seed")
    return gpd.GeoDataFrame(
        {
            "BSM": [f"{code}1000600001" for code in codes],
            "YSDM": "1000600100",
            "XZQDM": codes,
            "XZQMC": [DISTRICTS[code] for code in codes],
            "DCMJ": ellipsoidal_area(districts).round(2),
        },
        geometry=shapely.normalize(districts),
        crs=CRS,
    )


def _city(zones: Shapes, rng: np.random.Generator) -> shapely.Polygon:
    """Land around all zones, here more and there less, to the river in the south."""
    grown = shapely.union_all(shapely.buffer(zones, rng.uniform(*_MARGIN_M, len(zones)), quad_segs=4))
    closed = shapely.buffer(shapely.buffer(grown, 7_000), -7_000)
    xy = shapely.get_coordinates(shapely.segmentize(shapely.simplify(closed.exterior, 1_500), 4_500))[:-1]
    outward = (xy - CENTRE) / np.hypot(*(xy - CENTRE).T)[:, None]
    closed = shapely.Polygon(xy + outward * rng.normal(0, 1_300, (len(xy), 1)).clip(-2_600, 2_600))
    west, _, east, north = shapely.bounds(closed)
    x = np.linspace(west - 1_000, east + 1_000, 24)
    bank = shapely.bounds(zones)[:, 1].min() - _RIVER_M - 900 * (1 + np.sin((x - CENTRE[0]) / 7_500))
    land = shapely.Polygon(
        [(east + 1_000, north + 1_000), (west - 1_000, north + 1_000), *zip(x, bank, strict=True)]
    )
    cut = shapely.intersection(closed, land)
    parts = shapely.get_parts(cut)
    largest = parts[shapely.area(parts).argmax()]
    return shapely.Polygon(shapely.get_coordinates(shapely.get_exterior_ring(largest)))


def _cells(
    zones: Shapes, owner: NDArray[np.int64], city: shapely.Polygon, rng: np.random.Generator
) -> Shapes:
    """What is nearest to the points of each district, reaching beyond the city."""
    apart = shapely.distance(zones[:, None], zones[None, :])[owner[:, None] != owner[None, :]].min()
    room = min(_ROOM_M, 0.3 * float(apart))
    around = shapely.segmentize(shapely.buffer(zones, room, quad_segs=4), room / 3)
    own, of_own = shapely.get_coordinates(around, return_index=True)
    west, south, east, north = shapely.bounds(city)
    x, y = np.meshgrid(np.arange(west, east, _SPACING_M), np.arange(south, north, _SPACING_M))
    grid = np.stack([x, y], axis=-1).reshape(-1, 2) + rng.uniform(-0.45, 0.45, (x.size, 2)) * _SPACING_M
    distance = shapely.distance(np.asarray(shapely.points(grid))[:, None], zones[None, :])
    is_free = distance.min(axis=1) > 1.3 * room
    xy = np.concatenate([own, grid[is_free]])
    of_point = np.concatenate([owner[of_own], owner[distance.argmin(axis=1)[is_free]]])
    points = np.asarray(shapely.points(xy))
    beyond = shapely.buffer(city, 9_000)
    edges = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=beyond, only_edges=True)
    frame = shapely.box(*shapely.bounds(shapely.buffer(city, 5_000))).boundary
    lines = shapely.union_all(np.array([edges, frame], dtype=object), grid_size=0.01)
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    point, cell = shapely.STRtree(cells).query(points, predicate="within")
    of_cell = np.full(len(cells), -1)
    of_cell[cell] = of_point[point]
    return np.array([shapely.coverage_union_all(cells[of_cell == each]) for each in np.unique(of_point)])


def _borders(cells: Shapes, city: shapely.Polygon) -> Shapes:
    """The lines from one point where three meet to the next, those of the city's outline included."""
    noded = shapely.get_parts(shapely.union_all([*shapely.boundary(cells), city.boundary]))
    middle = shapely.line_interpolate_point(noded, 0.5, normalized=True)
    kept = noded[shapely.dwithin(middle, city, 0.01)]
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(kept)))
    return lines[np.lexsort(shapely.bounds(lines).T)]


def _districts(
    borders: Shapes, zones: Shapes, owner: NDArray[np.int64], rng: np.random.Generator
) -> Shapes | None:
    """The land between the borders by district, these roughened as far as they allow.

    ``None`` unless each district is one piece and holds its zones, and nothing is left over.
    """
    codes = np.unique(owner)
    for roughness in _ROUGHNESS:
        rough = [_rough(line, roughness, rng) for line in borders]
        faces = shapely.get_parts(shapely.polygonize(rough))
        zone, face = shapely.STRtree(faces).query(shapely.point_on_surface(zones), predicate="within")
        pairs = np.unique(np.stack([owner[zone], face]), axis=1)
        if len(faces) != len(codes) or not np.array_equal(pairs[0], codes):
            continue
        districts = np.asarray(faces[pairs[1]])
        holds_its_zones = shapely.contains_properly(districts[owner], zones).all()
        if holds_its_zones and shapely.coverage_is_valid(districts):
            return districts
    return None


def _rough(line: shapely.LineString, roughness: float, rng: np.random.Generator) -> shapely.LineString:
    """A line with its corners cut, then bent at the middle of every stretch until all are short."""
    xy = shapely.get_coordinates(shapely.simplify(line, 250))
    for _ in range(2):
        xy = _corners_cut(xy)
    while (length := np.hypot(*np.diff(xy, axis=0).T)).max() > _FINEST_M:
        xy = _bent(xy, length, roughness, rng)
    return shapely.LineString(xy.round(3))


def _corners_cut(xy: Array) -> Array:
    """Chaikin's rule; the ends stay."""
    first, second = 0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]
    between = np.stack([first, second], axis=1).reshape(-1, 2)
    return np.concatenate([xy[:1], between[1:-1], xy[-1:]])


def _bent(xy: Array, length: Array, roughness: float, rng: np.random.Generator) -> Array:
    """Midpoints of the long stretches, moved sideways."""
    step = np.diff(xy, axis=0)
    along = np.cumsum(length) - length / 2
    off = roughness * np.minimum(1.0, np.minimum(along, length.sum() - along) / _CALM_M)
    off = off * rng.normal(0, 1, len(step)).clip(-1.5, 1.5)
    middle = xy[:-1] + step / 2 + np.stack([-step[:, 1], step[:, 0]], axis=1) * off[:, None]
    is_long = length > _FINEST_M
    order = np.concatenate([np.arange(len(xy)), np.flatnonzero(is_long) + 0.5])
    found: Array = np.concatenate([xy, middle[is_long]])[order.argsort(kind="stable")]
    return found
