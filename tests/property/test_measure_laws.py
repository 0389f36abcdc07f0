"""Area is additive, and cutting land into pieces neither makes nor loses any."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.measure.area import fit_area_scale
from landeff.measure.overlap import overlap_areas
from landeff.measure.partition import make_disjoint, split_by, uncovered

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
