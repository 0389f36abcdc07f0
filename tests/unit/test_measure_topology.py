"""Odd polygons are found, and only those: every figure can be worked out by hand from the drawing."""

import numpy as np
import pytest
import shapely

from landeff.measure.area import fit_area_scale
from landeff.measure.gaps import gaps_between
from landeff.measure.partition import make_disjoint
from landeff.measure.topology import kinds_of_overlap, slivers, spikes, touching_parts

E, N = 40_500_000, 3_584_000  # on the central meridian: the plane is true to 1e-9 there
SCALE = fit_area_scale("EPSG:4528", (E - 1000, N - 1000, E + 1000, N + 1000))


def box(x0, y0, x1, y1):
    return shapely.box(E + x0, N + y0, E + x1, N + y1)


def layer(*polygons):
    return np.array(polygons, dtype=object)


def overlaps(*polygons):
    shapes = layer(*polygons)
    _, found = make_disjoint(shapes, SCALE)
    return shapes, found, kinds_of_overlap(found, SCALE.area_m2(shapes)).tolist()


# 100 m × 100 m beside 100 m × 100 m: the threshold is the larger of 1 m² and 0.1 % of 10 000 m² = 10 m².
@pytest.mark.parametrize(("depth_m", "kind"), [(0.005, "noise"), (0.09, "noise"), (0.11, "overlap")])
def test_overlap_is_told_above_the_threshold(depth_m, kind):
    _, found, kinds = overlaps(box(0, 0, 100, 100), box(100 - depth_m, 0, 200 - depth_m, 100))
    assert kinds == [kind]
    assert SCALE.area_m2(found["geometry"])[0] == pytest.approx(100 * depth_m, rel=1e-4)


def test_a_small_polygon_needs_one_square_metre():
    # 0.1 % of 100 m² is 0.1 m², so 1 m² decides: 0.9 m² is noise, 1.1 m² is not
    assert overlaps(box(0, 0, 10, 10), box(9.91, 0, 20, 10))[2] == ["noise"]
    assert overlaps(box(0, 0, 10, 10), box(9.89, 0, 20, 10))[2] == ["overlap"]


def test_a_polygon_drawn_twice_is_a_duplicate_whatever_its_winding_and_start():
    ring = list(box(0, 0, 100, 100).exterior.coords)[:-1]
    turned = shapely.Polygon([*ring[2:], *ring[:2]][::-1])
    assert overlaps(box(0, 0, 100, 100), turned)[2] == ["duplicate"]
    assert overlaps(box(0, 0, 100, 100), box(0, 0, 100, 99.9))[2] == ["overlap"]  # 10 m² less: another one


def test_shared_land_drops_the_lines_beside_it():
    comb = shapely.union_all([box(0, 0, 100, 10), box(0, 10, 10, 50), box(90, 10, 100, 50)])
    other = box(5, 20, 90, 60)  # shares 5 × 30 m, and touches the other tooth along a line
    (shared,) = overlaps(comb, other)[1]["geometry"]
    assert shared.geom_type == "MultiPolygon"
    assert SCALE.area_m2([shared])[0] == pytest.approx(150, rel=1e-6)


def test_slivers_are_small_or_narrow_parts():
    found = slivers(
        layer(
            box(0, 0, 100, 100),
            box(200, 0, 200.15, 100),  # 2A/P = 30 / 200.3 = 0.15 m
            box(300, 0, 300.9, 0.9),  # 0.81 m²
            shapely.MultiPolygon([box(400, 0, 410, 10), box(500, 0, 500.5, 0.5)]),
            box(600, 0, 600.3, 100),  # 2A/P = 60 / 200.6 = 0.30 m
        ),
        SCALE,
    )
    assert found["position"].tolist() == [1, 2, 3]
    assert found["width_m"].tolist() == pytest.approx([30 / 200.3, 2 * 0.81 / 3.6, 0.25], rel=1e-4)
    assert found["area_m2"].tolist() == pytest.approx([15, 0.81, 0.25], rel=1e-4)
    assert found["n_parts"].tolist() == [1, 1, 2]


def test_parts_that_meet_in_a_point():
    corner = shapely.MultiPolygon([box(0, 0, 10, 10), box(10, 10, 20, 20)])
    apart = shapely.MultiPolygon([box(0, 0, 10, 10), box(11, 11, 20, 20)])
    neighbour = box(20, 20, 30, 30)  # meets a part of another polygon: nothing to tell
    found = touching_parts(layer(apart, corner, neighbour))
    assert found["position"].tolist() == [1]
    assert found["geometry"].iloc[0].equals(shapely.Point(E + 10, N + 10))
    assert touching_parts(layer(box(0, 0, 1, 1))).empty


# A needle of 60 m on a foot of w: its corner is 2·atan(w / 2 / 60).
@pytest.mark.parametrize(("foot_m", "degrees"), [(0.4, 0.382), (1.0, 0.955), (1.2, None), (4.0, None)])
def test_a_corner_below_one_degree_is_a_spike(foot_m, degrees):
    points = [
        (0, 0),
        (100, 0),
        (100, 100),
        (50 + foot_m / 2, 100),
        (50, 160),
        (50 - foot_m / 2, 100),
        (0, 100),
    ]
    for start in range(7):  # also where the ring starts at the needle
        ring = [(E + x, N + y) for x, y in points[start:] + points[:start]]
        for polygon in (shapely.Polygon(ring), shapely.Polygon(ring[::-1])):
            found = spikes(layer(box(0, 0, 10, 10), polygon))
            if degrees is None:
                assert found.empty
                continue
            assert found["position"].tolist() == [1]
            assert found["geometry"].iloc[0].equals(shapely.Point(E + 50, N + 160))
            assert found["angle_degrees"].iloc[0] == pytest.approx(degrees, abs=1e-3)


def test_a_hole_can_have_a_spike():
    hole = [
        (E + x, N + y) for x, y in [(20, 20), (80, 20), (80, 80), (50.1, 80), (50, 95), (49.9, 80), (20, 80)]
    ]
    found = spikes(layer(shapely.Polygon(box(0, 0, 100, 100).exterior, [hole])))
    assert found["position"].tolist() == [0]
    assert found["angle_degrees"].iloc[0] == pytest.approx(0.764, abs=1e-3)  # 2·atan(0.1 / 15)


def test_gaps_are_small_holes_in_what_polygons_cover_together():
    frame = box(0, 0, 100, 100).difference(shapely.union_all([box(40, 40, 50, 50), box(60, 10, 80, 30)]))
    west, east = (frame.intersection(box(x, 0, x + 50, 100)) for x in (0, 50))
    gaps, around = gaps_between(layer(east, west, box(200, 0, 300, 100)), SCALE, 200.0)
    assert gaps["area_m2"].tolist() == pytest.approx([100.0], rel=1e-6)  # 20 m × 20 m is above 200 m²
    assert gaps["width_m"].tolist() == pytest.approx([5.0], rel=1e-6)
    assert around["position"].tolist() == [0, 1]
    more, _ = gaps_between(layer(east, west), SCALE, 400.0)
    assert more["area_m2"].tolist() == pytest.approx([100.0, 400.0], rel=1e-6)


def test_a_street_between_parcels_is_no_gap():
    gaps, around = gaps_between(layer(box(0, 0, 100, 100), box(103, 0, 200, 100)), SCALE, 1e6)
    assert gaps.empty
    assert around.empty


# 100 m long and open at both ends: 0.03 m × 100 m = 3 m²; 0.005 m × 100 m is below 1 m²; 0.21 m is no sliver.
@pytest.mark.parametrize(("apart_m", "found"), [(0.005, []), (0.03, [3.0]), (0.19, [19.0]), (0.21, [])])
def test_a_strip_too_narrow_for_a_street_is_a_gap_though_it_is_open(apart_m, found):
    west, east = box(0, 0, 100, 100), box(100 + apart_m, 0, 200, 100)
    gaps, around = gaps_between(layer(west, east, box(500, 0, 600, 100)), SCALE, 200.0)
    assert gaps["area_m2"].tolist() == pytest.approx(found, rel=1e-4)
    assert gaps["width_m"].tolist() == pytest.approx([apart_m for _ in found], rel=1e-2)
    assert around["position"].tolist() == ([0, 1] if found else [])


def test_a_closed_hairline_is_one_gap_and_a_dead_end_another():
    slit = box(40, 49.95, 60, 50.05)  # 20 m × 0.1 m within the land of two
    dead_end = box(30, 100, 30.1, 120)  # 20 m × 0.1 m, open to the north
    land = shapely.union_all([box(0, 0, 100, 100), box(0, 100, 100, 120)])
    land = land.difference(shapely.union_all([slit, dead_end]))
    gaps, _ = gaps_between(
        layer(land.intersection(box(0, 0, 50, 200)), land.intersection(box(50, 0, 100, 200))), SCALE, 200.0
    )
    assert gaps["area_m2"].tolist() == pytest.approx([2.0, 2.0], rel=1e-4)
