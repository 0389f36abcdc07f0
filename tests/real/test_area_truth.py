"""Areas that others computed: GeographicLib's own test cases, and the units of Yangzhou by five methods."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from landeff.measure.area import fit_area_scale
from landeff.measure.geodesic_area import geodesic_area_m2
from landeff.measure.survey_area import survey_area_m2

pytestmark = pytest.mark.real

#: Cases that are no areas of plain polygons: lengths (-l), a sphere (-R), the other side (-r), no area.
LEFT_OUT = {
    "Planimeter4": "-l: length of a line",
    "Planimeter6": "area of zero",
    "Planimeter8": "area of zero",
    "Planimeter10": "-R: on a sphere",
    "Planimeter12": "area of zero",
    "Planimeter12r": "area of zero",
    "Planimeter18": "-r: the other side of the ring",
    "Planimeter20": "-l: length of a line",
    "Planimeter24": "-r: the other side of the ring",
    "Planimeter28": "-r: the other side of the ring",
}
PLAIN = ["Planimeter0", "Planimeter2", "Planimeter14", "Planimeter16", "Planimeter22", "Planimeter26"]


@pytest.fixture(scope="module")
def cases(real_data: Path) -> dict[str, dict[str, str]]:
    with (real_data / "area_truth" / "planimeter_cases.csv").open(encoding="utf-8") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def units(real_data: Path) -> gpd.GeoDataFrame:
    """The six units with their areas by five methods. The boundaries are GCJ-02, which is no matter here."""
    with (real_data / "area_truth" / "yangzhou_districts.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["adcode"] != "321000"]
    outlines = [
        gpd.read_file(real_data / "yangzhou_boundary" / f"{row['adcode']}.geojson").geometry.union_all()
        for row in rows
    ]
    return gpd.GeoDataFrame(rows, geometry=outlines, crs="EPSG:4490")


def column(units: gpd.GeoDataFrame, name: str) -> np.ndarray:
    return units[name].astype(float).to_numpy()


def test_every_case_is_either_tested_or_left_out_by_name(cases: dict[str, dict[str, str]]) -> None:
    assert set(cases) == set(PLAIN) | set(LEFT_OUT)


@pytest.mark.parametrize("name", PLAIN)
def test_geodesic_area_is_geographiclibs(name: str, cases: dict[str, dict[str, str]]) -> None:
    case = cases[name]
    points = [[float(number) for number in pair.split()] for pair in case["points_lat_lon"].split(";")]
    first, second = np.array(points).T
    longitude, latitude = (first, second) if "-w" in case["options"] else (second, first)
    expected = float(case["recomputed_with_geographiclib_2.1"].split()[-1])
    polygon = shapely.Polygon(np.column_stack([longitude, latitude]))
    assert geodesic_area_m2([polygon], crs="EPSG:4326")[0] == pytest.approx(expected, rel=1e-9)
    pattern = case["expected_regex_n_perimeter_area"].split()[-1]  # of GeographicLib's own test suite
    assert re.match(pattern, f"{expected:.{1 if pattern.endswith(('5', ']')) else 3}f}")


def by_all_functions(units: gpd.GeoDataFrame) -> dict[str, np.ndarray]:
    """The units by every area function, the canonical one in degrees, Gauss-Krüger and Web Mercator."""
    made = {"geodesic": geodesic_area_m2(units.geometry), "survey": survey_area_m2(units.geometry)}
    for crs in ("EPSG:4490", "EPSG:4549", "EPSG:3857"):
        layer = units.to_crs(crs)
        made[crs] = fit_area_scale(crs, tuple(layer.total_bounds)).area_m2(layer.geometry)
    return made


def test_units_of_yangzhou_against_geographiclib(units: gpd.GeoDataFrame) -> None:
    """An edge is a geodesic, straight in degrees or straight in the plane: cut short, all are one to 1e-6."""
    units = units.assign(geometry=units.segmentize(0.005))  # edges of up to 9 km, straight in degrees
    geod = Geod(ellps="GRS80")
    expected = [abs(geod.geometry_area_perimeter(outline)[0]) for outline in units.geometry]
    for name, area in by_all_functions(units).items():
        assert area == pytest.approx(expected, rel=1e-9 if name == "geodesic" else 1e-6), name


def test_units_of_yangzhou_against_the_five_methods(units: gpd.GeoDataFrame) -> None:
    """The columns stand for another edition of the boundaries: by any method areas differ by up to 0.11 %.

    What one method makes of the same land relative to another does not depend on where exactly a border
    runs, so the planar column, divided by the geodesic one, says how large these units are to 1e-6.
    """
    geodesic = column(units, "geodesic_CGCS2000_m2")
    made = by_all_functions(units)
    assert made["geodesic"] == pytest.approx(geodesic, rel=1.2e-3)
    planar = units.to_crs(4549).area.to_numpy()
    expected = planar / (column(units, "GK_EPSG4549_CM120E_m2") / geodesic)
    for name in ("geodesic", "EPSG:4549"):
        assert made[name] == pytest.approx(expected, rel=1e-6), name


def test_web_mercator_is_forty_percent_too_large(units: gpd.GeoDataFrame) -> None:
    ratio = units.to_crs(3857).area.to_numpy() / by_all_functions(units)["EPSG:3857"]
    expected = column(units, "WebMercator_3857_m2_WRONG") / column(units, "geodesic_CGCS2000_m2")
    assert ratio == pytest.approx(expected, rel=1e-5)
    assert (ratio > 1.40).all()
