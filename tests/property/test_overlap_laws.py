"""Shares of overlap sum as the land does, whatever the order of rows, and buildings are counted once."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.measure.area import fit_area_scale
from landeff.measure.buildings import buildings_on, ground_counted_once
from landeff.measure.overlap import overlap_areas, shares
from landeff.measure.partition import make_disjoint, uncovered
from landeff.measure.plans import once_by_kind, plan_shares

EAST, NORTH, SIZE = 40_440_000.0, 3_584_000.0, 1_000.0
FRAME = shapely.box(EAST, NORTH, EAST + SIZE, NORTH + SIZE)
SCALE = fit_area_scale("EPSG:4528", FRAME.bounds)

points = st.tuples(st.integers(0, 1_000_000), st.integers(0, 1_000_000)).map(
    lambda xy: (EAST + xy[0] / 1000, NORTH + xy[1] / 1000)
)
polygons = (
    st.lists(points, min_size=3, max_size=9, unique=True)
    .map(lambda ring: shapely.convex_hull(shapely.MultiPoint(ring)))
    .filter(lambda polygon: polygon.geom_type == "Polygon" and polygon.area > 1)
)
layers = st.lists(polygons, min_size=1, max_size=6).map(lambda many: np.array(many, dtype=object))
#: Millimetres at which grids of zones are cut: their cells cover the frame and share their borders.
cuts = st.lists(st.integers(1, 999_999), max_size=4, unique=True).map(sorted)


def grid(columns, rows):
    x = EAST + np.array([0, *columns, 1_000_000]) / 1000
    y = NORTH + np.array([0, *rows, 1_000_000]) / 1000
    west, south = np.meshgrid(x[:-1], y[:-1])
    east, north = np.meshgrid(x[1:], y[1:])
    return shapely.box(west.ravel(), south.ravel(), east.ravel(), north.ravel())


def shares_together(parcels, zones):
    pairs = overlap_areas(parcels, zones, SCALE)
    share = shares(pairs, SCALE.area_m2(parcels))
    return share.groupby(pairs["left"]).sum().reindex(range(len(parcels)), fill_value=0.0)


@given(layers, layers)
@settings(max_examples=40, deadline=None)
def test_shares_after_precedence_sum_to_at_most_one(parcels, claims):
    zones, _ = make_disjoint(claims, SCALE)
    assert (shares_together(parcels, zones) <= 1 + 1e-12).all()


@given(layers, cuts, cuts)
@settings(max_examples=40, deadline=None)
def test_shares_of_a_covering_layer_sum_to_one(parcels, columns, rows):
    assert shares_together(parcels, grid(columns, rows)).to_numpy() == pytest.approx(1.0, abs=1e-9)


@given(layers, cuts, cuts, layers)
@settings(max_examples=40, deadline=None)
def test_shares_of_a_covering_layer_after_precedence_sum_to_one(parcels, columns, rows, claims):
    zones, _ = make_disjoint([*claims, *grid(columns, rows)], SCALE)
    broad = np.array([each for each in parcels if 2 * each.area > 20 * each.length], dtype=object)
    assert shares_together(broad, zones).to_numpy() == pytest.approx(1.0, abs=1e-9)


@given(layers, layers, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_rows_does_not_matter(parcels, zones, random):
    straight = overlap_areas(parcels, zones, SCALE)
    left, right = (random.sample(range(len(each)), len(each)) for each in (parcels, zones))
    mixed = overlap_areas(parcels[left], zones[right], SCALE)
    mixed["left"], mixed["right"] = np.array(left)[mixed["left"]], np.array(right)[mixed["right"]]
    mixed = mixed.sort_values(["left", "right"], ignore_index=True)
    pd.testing.assert_frame_equal(straight, mixed, check_exact=True)


@given(layers, layers)
@settings(max_examples=40, deadline=None)
def test_each_area_is_that_of_the_intersection(parcels, zones):
    found = overlap_areas(parcels, zones, SCALE).set_index(["left", "right"])["area_m2"]
    for i, parcel in enumerate(parcels):
        for j, zone in enumerate(zones):
            expected = SCALE.area_m2([parcel.intersection(zone)])[0]
            assert found.get((i, j), 0.0) == pytest.approx(expected, abs=1e-4)


@given(st.integers(0, 10_000), st.integers(300, 900))
@settings(max_examples=20, deadline=None)
def test_tiles_of_a_large_polygon_add_up(seed, n_vertices):
    """A zone with many vertices that cuts many parcels is tiled; its areas stay those of the whole."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, n_vertices, endpoint=False)
    radius = 300 + 80 * np.sin(7 * angle) + rng.uniform(-1, 1, n_vertices)
    middle = np.array([EAST + 500, NORTH + 500])
    zone = shapely.Polygon(middle + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))
    parcels = grid(list(range(25_000, 1_000_000, 25_000)), list(range(25_000, 1_000_000, 25_000)))
    found = overlap_areas(parcels, [zone], SCALE)
    assert found["area_m2"].sum() == pytest.approx(SCALE.area_m2([zone])[0], abs=1e-4)
    pieces = SCALE.area_m2(shapely.intersection(parcels[found["left"]], zone))
    assert found["area_m2"].to_numpy() == pytest.approx(pieces, abs=1e-6)
    swapped = overlap_areas([zone], parcels, SCALE)
    assert swapped["area_m2"].to_numpy() == pytest.approx(pieces, abs=1e-6)


@given(layers, st.lists(polygons, min_size=1, max_size=6), st.data())
@settings(max_examples=40, deadline=None)
def test_footprints_on_and_off_parcels_are_their_union(claims, buildings, data):
    parcels, _ = make_disjoint(claims, SCALE)
    drawn = np.array(buildings, dtype=object)
    floors = data.draw(st.lists(st.sampled_from([1, 2, 9, np.nan]), min_size=len(drawn), max_size=len(drawn)))
    ground, _ = ground_counted_once(drawn, floors, SCALE)
    on = buildings_on(parcels, drawn, ground, SCALE)
    off = SCALE.area_m2(uncovered(ground, parcels)).sum()
    union = SCALE.area_m2([shapely.union_all(drawn)])[0]
    assert on["footprint_m2"].sum() + off == pytest.approx(union, abs=0.01)
    assert (on.groupby("right")["share_ratio"].sum() <= 1 + 1e-6).all()  # parcels are cut to 1e-8 m


@given(layers, st.lists(polygons, min_size=1, max_size=6), st.data())
@settings(max_examples=40, deadline=None)
def test_a_kind_of_plan_is_counted_once(parcels, plans, data):
    kinds = data.draw(st.lists(st.sampled_from(["红线", "农田"]), min_size=len(plans), max_size=len(plans)))
    once, _ = once_by_kind(np.array(plans, dtype=object), kinds, SCALE)
    area = SCALE.area_m2(parcels)
    found = plan_shares(parcels, area, once, kinds, SCALE)
    kind = np.array(kinds)[found["right"]]
    by_kind = found.groupby([found["left"], kind])[["share_ratio", "area_m2"]].sum()
    assert (by_kind["share_ratio"] <= 1 + 1e-12).all()
    for (left, name), row in by_kind.iterrows():
        union = shapely.union_all([plan for plan, each in zip(plans, kinds, strict=True) if each == name])
        expected = SCALE.area_m2([parcels[left].intersection(union)])[0]
        assert row["area_m2"] == pytest.approx(expected, abs=1e-4)
