"""Ellipsoidal area against GeographicLib and the survey's own test vectors."""

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from landeff.measure.area import fit_area_scale

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
