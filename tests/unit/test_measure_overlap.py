"""Overlap of layers against the outline of rectangles, and against shapely's own intersection."""

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from landeff.measure.area import fit_area_scale
from landeff.measure.overlap import containing, intersections, overlap_areas, touching
from landeff.measure.partition import make_disjoint, split_by, uncovered

E, N = 40_443_000, 3_584_000
SCALE = fit_area_scale("EPSG:4528", (E - 1000, N - 1000, E + 5000, N + 5000))


def box(x0, y0, x1, y1):
    return shapely.box(E + x0, N + y0, E + x1, N + y1)


def geodesic(polygon):
    dense = shapely.segmentize(polygon, 10)
    to_lonlat = Transformer.from_crs("EPSG:4528", "EPSG:4490", always_xy=True)
    lon, lat = to_lonlat.transform(*shapely.get_coordinates(dense).T)
    return abs(Geod(a=6378137.0, rf=298.257222101).polygon_area_perimeter(lon, lat)[0])


def test_inside_holding_straddling_and_touching():
    parcels = [box(10, 10, 20, 20), box(0, 0, 400, 400), box(90, 0, 110, 50), box(100, 0, 200, 100)]
    zone = box(0, 0, 100, 100)
    found = overlap_areas(parcels, [zone], SCALE)
    assert found["left"].tolist() == [0, 1, 2]  # the last one shares an edge, and no land
    expected = [geodesic(each) for each in (parcels[0], zone, box(90, 0, 100, 50))]
    assert found["area_m2"].to_numpy() == pytest.approx(expected, rel=1e-8)


def test_a_polygon_inside_is_its_own_piece():
    parcel, zone = box(10, 10, 20, 20), box(0, 0, 100, 100)
    assert intersections([parcel], [zone])["geometry"][0] is parcel
    assert intersections([zone], [parcel])["geometry"][0] is parcel


def test_equal_polygons_share_all_of_it():
    found = overlap_areas([box(0, 0, 10, 10)], [box(0, 0, 10, 10)], SCALE)
    assert found["area_m2"].to_numpy() == pytest.approx(SCALE.area_m2([box(0, 0, 10, 10)]))


def test_a_hole_is_not_shared():
    ring = box(0, 0, 100, 100).difference(box(20, 20, 80, 80))
    found = overlap_areas([box(10, 10, 50, 50)], [ring], SCALE)
    expected = geodesic(box(10, 10, 50, 20)) + geodesic(box(10, 20, 20, 50))  # what is left of the corner
    assert found["area_m2"][0] == pytest.approx(expected, rel=1e-8)


def test_nothing_overlaps_nothing():
    assert overlap_areas([], [], SCALE).empty
    assert overlap_areas([None, shapely.Polygon()], [box(0, 0, 1, 1)], SCALE).empty
    assert list(overlap_areas([], [box(0, 0, 1, 1)], SCALE)) == ["left", "right", "area_m2"]


def test_touching_counts_edges_and_corners():
    squares = np.array([box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 1, 3, 2), box(9, 9, 10, 10)], dtype=object)
    i, j = touching(squares, squares)
    assert {(a, b) for a, b in zip(i.tolist(), j.tolist(), strict=True) if a < b} == {(0, 1), (1, 2)}


def test_a_point_on_a_border_goes_to_the_first():
    found = containing([shapely.Point(E + 1, N + 0.5)], [box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert found["right"].tolist() == [0]


def test_precedence_gives_shared_land_to_the_first():
    first, second = box(0, 0, 60, 10), box(40, 0, 100, 10)
    made, found = make_disjoint([first, second], SCALE)
    assert made[1].equals(box(60, 0, 100, 10))
    assert found[["first", "second"]].to_numpy().tolist() == [[0, 1]]
    assert found["area_m2"][0] == pytest.approx(geodesic(box(40, 0, 60, 10)), rel=1e-8)


def test_what_no_cutter_covers_is_kept():
    pieces = split_by([box(0, 0, 10, 10)], [box(-5, -5, 4, 15)])
    assert pieces["right"].tolist() == [-1, 0]
    assert pieces["geometry"][0].equals(box(4, 0, 10, 10))
    assert uncovered([box(0, 0, 4, 4), box(0, 0, 10, 10)], [box(0, 0, 5, 5)])[0].is_empty
