"""Area is additive, and cutting land into pieces neither makes nor loses any."""

import numpy as np
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.measure.area import fit_area_scale
from landeff.measure.gaps import gaps_between
from landeff.measure.overlap import overlap_areas
from landeff.measure.partition import make_disjoint, split_by, uncovered
from landeff.measure.repair import repair

EAST, NORTH, SIZE = 40_440_000.0, 3_584_000.0, 6_000.0
SCALE = fit_area_scale("EPSG:4528", (EAST, NORTH, EAST + SIZE, NORTH + SIZE))

points = st.tuples(st.integers(0, 5_999_000), st.integers(0, 5_999_000)).map(
    lambda xy: (EAST + xy[0] / 1000, NORTH + xy[1] / 1000)
)
polygons = (
    st.lists(points, min_size=3, max_size=9, unique=True)
    .map(lambda ring: shapely.convex_hull(shapely.MultiPoint(ring)))
    .filter(lambda polygon: polygon.geom_type == "Polygon" and polygon.area > 1)
)
layers = st.lists(polygons, min_size=1, max_size=6).map(lambda many: np.array(many, dtype=object))


@given(polygons, layers)
@settings(max_examples=60, deadline=None)
def test_pieces_sum_to_the_whole(whole, layer):
    cutters, _ = make_disjoint(layer, SCALE)
    pieces = split_by([whole], cutters)
    total = SCALE.area_m2(pieces["geometry"].to_numpy()).sum()
    assert abs(total - SCALE.area_m2([whole])[0]) < 0.01


@given(layers)
@settings(max_examples=60, deadline=None)
def test_disjoint_layer_holds_exactly_the_union(layer):
    pieces, found = make_disjoint(layer, SCALE)
    union = SCALE.area_m2([shapely.union_all(layer)])[0]
    assert abs(SCALE.area_m2(pieces).sum() - union) < 0.01
    assert overlap_areas(pieces[:-1], pieces[-1:], SCALE)["area_m2"].sum() < 0.01
    assert (found["area_m2"] > 0).all()


@given(polygons, layers)
@settings(max_examples=60, deadline=None)
def test_covered_and_uncovered_sum_to_the_whole(whole, layer):
    cover, _ = make_disjoint(layer, SCALE)
    covered = overlap_areas(cover, [whole], SCALE)["area_m2"].sum()
    rest = SCALE.area_m2(uncovered([whole], cover)).sum()
    assert abs(covered + rest - SCALE.area_m2([whole])[0]) < 0.01


@given(polygons, st.integers(0, 7), st.booleans())
@settings(max_examples=60, deadline=None)
def test_area_ignores_ring_start_and_winding(polygon, start, reverse):
    ring = shapely.get_coordinates(polygon)[:-1]
    ring = np.roll(ring, start, axis=0)[:: -1 if reverse else 1]
    assert abs(SCALE.area_m2([shapely.Polygon(ring)])[0] - SCALE.area_m2([polygon])[0]) < 1e-5


# --- area by role, whatever the order


def holed(polygon, reverse):
    """With a hole of a fifth of its size, where that fits inside."""
    shell = shapely.get_coordinates(polygon.exterior)
    hole = shell.mean(axis=0) + (shell - shell.mean(axis=0)) * 0.2
    if not polygon.contains_properly(shapely.Polygon(hole)):
        return polygon
    return shapely.Polygon(polygon.exterior, [hole[::-1] if reverse else hole])


@given(layers, st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=60, deadline=None)
def test_area_ignores_the_order_of_parts_and_the_winding_of_holes(layer, random, reverse):
    """The parts of a multipolygon, with holes, in any order and winding, are one area."""
    disjoint, _ = make_disjoint(layer, SCALE)
    parts = [holed(part, reverse) for part in shapely.get_parts(disjoint) if not part.is_empty]
    whole = SCALE.area_m2([shapely.MultiPolygon(parts)])[0]
    random.shuffle(parts)
    turned = [shapely.reverse(part) if random.random() < 0.5 else part for part in parts]
    assert abs(SCALE.area_m2([shapely.MultiPolygon(turned)])[0] - whole) < 1e-5
    assert abs(SCALE.area_m2(parts).sum() - whole) < 1e-5


@given(st.floats(1.0, 200_000.0), st.floats(0.0, 360.0), st.floats(0.01, 0.99))
@settings(max_examples=60, deadline=None)
def test_a_cut_across_long_edges_loses_nothing(length, turn, share):
    """Small parcels are measured by their moments, large ones edge by edge: it is one integral for both."""
    scale = fit_area_scale("EPSG:4528", (EAST - 2e5, NORTH - 2e5, EAST + 2e5, NORTH + 2e5))
    strip = shapely.affinity.rotate(shapely.box(EAST, NORTH, EAST + length, NORTH + 900), turn, (EAST, NORTH))
    corners = shapely.get_coordinates(strip)
    cut = corners[0] + (corners[1] - corners[0]) * share, corners[3] + (corners[2] - corners[3]) * share
    parts = [
        shapely.Polygon([corners[0], cut[0], cut[1], corners[3]]),
        shapely.Polygon([cut[0], corners[1], corners[2], cut[1]]),
    ]
    assert abs(scale.area_m2(parts).sum() - scale.area_m2([strip])[0]) < 0.01


# --- repair loses nothing in silence

rings = st.lists(points, min_size=4, max_size=8, unique=True)


@given(st.lists(rings, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_repair_never_changes_land_in_silence(drawn):
    """A usable polygon changed by what is said, within the tolerance; any other says why it is not usable."""
    shapes = np.array([shapely.Polygon(ring) for ring in drawn], dtype=object)
    before = SCALE.area_m2(shapes)
    fixed = repair(shapes, SCALE, tolerance_ratio=0.001, tolerance_m2=1.0)
    after = SCALE.area_m2(fixed.geometry)
    usable = fixed.is_usable
    assert np.abs(before + fixed.change_m2 - after)[usable].max(initial=0.0) < 1e-4
    assert (np.abs(fixed.change_m2) <= np.maximum(0.001 * before, 1.0))[usable].all()
    assert shapely.is_valid(fixed.geometry[usable]).all()
    assert all(fixed.reason[~usable])
    assert shapely.is_valid(shapes[fixed.reason == ""]).all()


# --- nothing is counted twice, nothing between is forgotten

SIDE, CELL = 12, 50.0  # a boundary of 12 × 12 cells of 50 m
cells = st.tuples(*[st.integers(0, SIDE)] * 4).map(
    lambda c: (min(c[:2]), min(c[2:]), max(c[:2]) + 1, max(c[2:]) + 1)
)


@given(st.lists(cells, min_size=1, max_size=7))
@settings(max_examples=80, deadline=None)
def test_parcels_less_overlaps_plus_gaps_are_the_boundary(found):
    """Σ parcels - Σ (multiplicity - 1) × overlap + gaps = boundary, multiplicities counted on a raster."""
    count = np.zeros((SIDE, SIDE), dtype=int)
    for x0, y0, x1, y1 in found:
        count[y0:y1, x0:x1] += 1
    grid = [EAST + CELL * np.arange(SIDE + 1), NORTH + CELL * np.arange(SIDE + 1)]
    parcels = np.array(
        [
            shapely.box(grid[0][x0], grid[1][y0], grid[0][min(x1, SIDE)], grid[1][min(y1, SIDE)])
            for x0, y0, x1, y1 in found
        ],
        dtype=object,
    )
    parcels = parcels[shapely.area(parcels) > 0]
    boundary = shapely.box(grid[0][0], grid[1][0], grid[0][-1], grid[1][-1])
    disjoint, overlaps = make_disjoint(parcels, SCALE)
    cell = np.array(
        [
            [SCALE.area_m2([shapely.box(x, y, x + CELL, y + CELL)])[0] for x in grid[0][:-1]]
            for y in grid[1][:-1]
        ]
    )
    twice = SCALE.area_m2(parcels).sum() - SCALE.area_m2(disjoint).sum()
    gaps = SCALE.area_m2(uncovered([boundary], disjoint)).sum()
    assert abs(twice - (cell * np.maximum(count - 1, 0)).sum()) < 0.01
    assert abs(gaps - cell[count == 0].sum()) < 0.01
    assert abs(SCALE.area_m2(parcels).sum() - twice + gaps - SCALE.area_m2([boundary])[0]) < 0.01
    # every pair of parcels shares C(multiplicity, 2) times the land
    pairs = (cell * count * (count - 1) / 2).sum()
    assert abs(overlaps["area_m2"].sum() - pairs) < 0.01
    holes, _ = gaps_between(disjoint, SCALE, at_most_m2=1e9)
    assert holes["area_m2"].sum() <= gaps + 0.01
