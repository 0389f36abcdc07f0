"""Ellipsoidal area against GeographicLib and the survey's own test vectors."""

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from landeff.core.errors import InputError
from landeff.measure.area import fit_area_scale
from landeff.measure.geodesic_area import geodesic_area_m2
from landeff.measure.survey_area import survey_area_m2

CGCS2000 = Geod(a=6378137.0, rf=298.257222101)
YANGZHOU = (40_380_000, 3_540_000, 40_480_000, 3_660_000)  # EPSG:4528, about 100 × 120 km


def geodesic_area(polygon: shapely.Polygon, crs: str) -> float:
    """GeographicLib's area after cutting the edges short, so that straight and geodesic edges agree."""
    dense = shapely.segmentize(polygon, 20)
    lon, lat = Transformer.from_crs(crs, "EPSG:4490", always_xy=True).transform(
        *shapely.get_coordinates(dense).T
    )
    return abs(CGCS2000.polygon_area_perimeter(lon, lat)[0])


@pytest.mark.parametrize("size", [30.0, 300.0, 5_000.0])
@pytest.mark.parametrize(
    "corner", [(40_385_000, 3_545_000), (40_443_000, 3_584_000), (40_474_000, 3_654_000)]
)
def test_area_equals_geographiclib(size, corner):
    polygon = shapely.box(*corner, corner[0] + size, corner[1] + size)
    measured = fit_area_scale("EPSG:4528", YANGZHOU).area_m2([polygon])[0]
    assert measured == pytest.approx(geodesic_area(polygon, "EPSG:4528"), rel=5e-9)


# Test vectors of the survey's 图斑面积 formula on CGCS2000, whose edges are straight in longitude and
# latitude. Straight edges of the geographic plane are what a geographic project CRS means.
@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ([(119.40, 32.38), (119.41, 32.38), (119.41, 32.39), (119.40, 32.39)], 1_043_465.943),
        ([(119.400, 32.380), (119.402, 32.3805), (119.4015, 32.382), (119.3995, 32.3815)], 33_914.116),
    ],
)
def test_survey_vectors(ring, expected):
    polygon = shapely.Polygon(ring)
    scale = fit_area_scale("EPSG:4490", polygon.bounds)
    assert scale.area_m2([polygon])[0] == pytest.approx(expected, abs=0.001)


def test_us_feet_are_square_feet_of_the_ellipsoid():
    square = shapely.box(
        980_000, 200_000, 980_100, 200_100
    )  # 100 US ft; 10 000 ft² = 929.0341 m² in the plane
    scale = fit_area_scale("EPSG:2263", (900_000, 110_000, 1_070_000, 280_000))
    assert scale.area_m2([square])[0] == pytest.approx(929.0341, rel=1e-4)


def test_rings_count_by_role_not_by_winding():
    shell, hole = [(0, 0), (100, 0), (100, 100), (0, 100)], [(10, 10), (20, 10), (20, 20), (10, 20)]
    shift = np.array([40_443_000.0, 3_584_000.0])
    both_ways = [
        shapely.Polygon(np.array(outer) + shift, [np.array(inner) + shift])
        for outer in (shell, shell[::-1])
        for inner in (hole, hole[::-1])
    ]
    area = fit_area_scale("EPSG:4528", YANGZHOU).area_m2(both_ways)
    assert np.ptp(area) == pytest.approx(0, abs=1e-6)
    assert area[0] == pytest.approx(9_900, rel=1e-3)


def test_missing_is_nan_and_empty_is_zero():
    area = fit_area_scale("EPSG:4528", YANGZHOU).area_m2([None, shapely.Polygon()])
    assert np.isnan(area[0])
    assert area[1] == 0.0


# --- the cross-checks: survey formula and geodesic

V1 = shapely.Polygon([(119.40, 32.38), (119.41, 32.38), (119.41, 32.39), (119.40, 32.39)])
V2 = shapely.Polygon([(119.400, 32.380), (119.402, 32.3805), (119.4015, 32.382), (119.3995, 32.3815)])


@pytest.mark.parametrize("central_longitude", [None, 0.0, 60.0, 119.0, 120.0])
def test_survey_formula_gives_its_vectors_from_any_meridian(central_longitude):
    area = survey_area_m2([V1, V2], central_longitude=central_longitude)
    assert area.tolist() == pytest.approx([1_043_465.943, 33_914.116], abs=0.001)


@pytest.mark.parametrize("function", [survey_area_m2, geodesic_area_m2])
def test_cross_checks_count_rings_by_role(function):
    """A hole wound like its shell, parts in any order; nothing is 0, missing is NaN, a line has no area."""
    hole = np.array([(119.402, 32.382), (119.404, 32.382), (119.404, 32.384), (119.402, 32.384)])
    far = shapely.box(119.5, 32.5, 119.51, 32.51)
    shell = shapely.get_coordinates(V1)
    expected = function([V1])[0] - function([shapely.Polygon(hole)])[0] + function([far])[0]
    for one in (shell, shell[::-1]):
        for other in (hole, hole[::-1]):
            parts = [far, shapely.Polygon(one, [other])]
            assert function([shapely.MultiPolygon(parts)])[0] == pytest.approx(expected, rel=1e-9)
            assert function([shapely.MultiPolygon(parts[::-1])])[0] == pytest.approx(expected, rel=1e-9)
    nothing = function([None, shapely.Polygon(), shapely.LineString([(119, 32), (120, 33)])])
    assert np.isnan(nothing[0])
    assert nothing[1:].tolist() == [0.0, 0.0]


def test_geodesic_area_is_that_of_the_library_for_parts_and_holes():
    holed = shapely.box(119, 32, 120, 33).difference(shapely.box(119.4, 32.4, 119.6, 32.5))
    both = shapely.MultiPolygon([holed, V2])
    expected = CGCS2000.geometry_area_perimeter(shapely.geometry.polygon.orient(holed))[0]
    expected += CGCS2000.geometry_area_perimeter(shapely.geometry.polygon.orient(V2))[0]
    assert geodesic_area_m2([both])[0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("function", [survey_area_m2, geodesic_area_m2])
def test_cross_checks_want_degrees(function):
    with pytest.raises(InputError, match="not in degrees"):
        function([V1], crs="EPSG:4528")


# --- large and small rings are one integral


@pytest.mark.parametrize("crs", ["EPSG:4528", "EPSG:3857", "EPSG:4490"])
def test_a_quadrangle_of_the_graticule_in_any_crs(crs):
    """Its area is known in closed form: (λ₂ - λ₁) ∫ M N cos φ dφ, here by Gauss-Legendre of 40 points."""
    west, south, east, north = 119.4, 32.38, 119.45, 32.42
    b, e2 = 6_356_752.314140356, 0.006694380022900788
    nodes, weights = np.polynomial.legendre.leggauss(40)
    lat = np.radians((south + north) / 2 + nodes * (north - south) / 2)
    strip = b**2 * np.cos(lat) / (1 - e2 * np.sin(lat) ** 2) ** 2
    exact = np.radians(east - west) * float((weights * strip).sum()) * np.radians((north - south) / 2)
    dense = shapely.segmentize(shapely.box(west, south, east, north), 0.0002)  # about 20 m
    drawn = shapely.transform(
        dense, Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform, interleaved=False
    )
    x0, y0, x1, y1 = drawn.bounds
    scale = fit_area_scale(crs, (x0 - (x1 - x0), y0 - (y1 - y0), x1 + (x1 - x0), y1 + (y1 - y0)))
    assert max(x1 - x0, y1 - y0) > scale.reach  # so measured edge by edge
    assert scale.area_m2([drawn])[0] == pytest.approx(exact, rel=1e-9)
    edges = np.linspace(x0, x1, 30)
    pieces = shapely.intersection(drawn, shapely.box(edges[:-1], y0, edges[1:], y1))
    pieces = np.concatenate(
        [
            shapely.intersection(pieces, shapely.box(x0, low, x1, high))
            for low, high in zip(*(np.linspace(y0, y1, 30)[i : 29 + i] for i in (0, 1)), strict=True)
        ]
    )
    small = np.hypot(*(shapely.bounds(pieces)[:, 2:] - shapely.bounds(pieces)[:, :2]).T)
    assert np.nanmax(small) < scale.reach  # each by its moments
    assert scale.area_m2(pieces).sum() == pytest.approx(exact, rel=1e-9)


def test_a_ring_that_comes_back_to_its_start_is_still_one_ring():
    """A figure of two squares that share their first vertex, drawn as one ring: 2 × 100 m × 100 m."""
    east, north = 40_500_000, 3_584_000
    ring = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0), (-100, 0), (-100, -100), (0, -100), (0, 0)]
    polygon = shapely.Polygon([(east + x, north + y) for x, y in ring])
    scale = fit_area_scale("EPSG:4528", (east - 1000, north - 1000, east + 1000, north + 1000))
    assert scale.area_m2([polygon])[0] == pytest.approx(20_000, rel=1e-6)


def test_a_coordinate_that_is_no_number_spoils_its_own_polygon_only():
    east, north = 40_443_000, 3_584_000
    good = shapely.box(east, north, east + 100, north + 100)
    with np.errstate(invalid="ignore"):
        bad = shapely.Polygon([(east, north), (east + 100, np.nan), (east + 100, north + 100)])
    area = fit_area_scale("EPSG:4528", YANGZHOU).area_m2([good, bad, good])
    assert np.isnan(area[1])
    assert area[0] == area[2] == pytest.approx(10_000, rel=1e-3)
