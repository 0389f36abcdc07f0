"""Land cover, elevation and population of six municipalities: the figures of exactextract's own tutorial.

``zonal_reference_exactextract.csv`` holds sum of the population count, mean, min and max of the elevation,
majority and variety of the land cover.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from pyproj import Geod

from landeff.measure.zonal import zonal_statistics
from landeff.sources.raster import class_names, open_raster

pytestmark = pytest.mark.real

RASTERS = {
    "sum": "gpw_v411_2020_count_2020.tif",
    "mean": "eu_dem_v11.tif",
    "min": "eu_dem_v11.tif",
    "max": "eu_dem_v11.tif",
    "majority": "clc2018_v2020_20u1.tif",
    "variety": "clc2018_v2020_20u1.tif",
}
#: exactextract itself, run through landeff's windows: only the last bits of sums may differ.
EXACT = 1e-9
#: Its coverage fractions are of single precision (2⁻²⁴ = 6e-8); cells cut with shapely are of double.
FALLBACK = 1e-6


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "raster" / "sao_miguel"


@pytest.fixture(scope="module")
def towns(folder: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(folder / "concelhos.gpkg")


@pytest.fixture(scope="module")
def reference(folder: Path, towns: gpd.GeoDataFrame) -> pd.DataFrame:
    table = pd.read_csv(folder / "zonal_reference_exactextract.csv")
    return table.set_index("name").loc[towns["name"]]


@pytest.mark.parametrize(("method", "tolerance"), [("exactextract", EXACT), ("shapely", FALLBACK)])
@pytest.mark.parametrize("statistic", list(RASTERS))
def test_equal_to_the_reference(folder, towns, reference, statistic, method, tolerance) -> None:
    with open_raster(folder / RASTERS[statistic]) as raster:
        told = zonal_statistics(towns.geometry, raster, statistic, crs="EPSG:4326", per="cell", method=method)
    assert (told["method"] == method).all()
    np.testing.assert_allclose(told["value"], reference[statistic], rtol=tolerance, atol=0)


@pytest.mark.parametrize("method", ["exactextract", "shapely"])
def test_coverage_from_another_coordinate_system(folder, towns, reference, method) -> None:
    """Given in UTM 26N, whose edges bend in degrees, the towns meet the same cells.

    An edge straight in UTM leaves the one straight in degrees by about L²·tan φ/(8R): 2e-4 m for the 100 m
    between the towns' vertices, 2e-2 m for 1 km, on cells of 230 m.
    """
    with open_raster(folder / RASTERS["mean"]) as raster:
        told = zonal_statistics(towns.to_crs(32626).geometry, raster, "mean", crs="EPSG:32626", method=method)
    np.testing.assert_allclose(told["value"], reference["mean"], rtol=1e-5)


def test_people_from_the_density(folder, towns) -> None:
    """People per km² times the area of the cells, against exactextract's sum weighted by geodesic areas.

    That the edges of a cell are parallels and not geodesics is 1e-9 of it, over 1/120 of a degree.
    """
    path = folder / "gpw_v411_2020_density_2020.tif"
    with open_raster(path) as raster:
        told = zonal_statistics(towns.geometry, raster, "sum", crs="EPSG:4326", per="km2")
        grid = raster.grid
    north = grid.top - grid.cell_height * np.arange(grid.n_rows)
    cells = shapely.box(0, north - grid.cell_height, grid.cell_width, north)
    area = [abs(Geod(ellps="WGS84").geometry_area_perimeter(cell)[0]) / 1e6 for cell in cells]
    right, bottom = grid.left + grid.n_columns * grid.cell_width, grid.top - grid.n_rows * grid.cell_height
    weights = NumPyRasterSource(
        np.repeat(np.array(area)[:, None], grid.n_columns, axis=1), grid.left, bottom, right, grid.top
    )
    people = exact_extract(str(path), towns, ["weighted_sum"], weights=weights, output="pandas")
    np.testing.assert_allclose(told["value"], people["weighted_sum"], rtol=1e-6)


def test_classes_have_names_and_sum_to_one(folder, towns) -> None:
    with open_raster(folder / RASTERS["majority"]) as raster:
        told = zonal_statistics(towns.geometry, raster, "classes", crs="EPSG:4326")
    np.testing.assert_allclose(told.groupby("position")["value"].sum(), 1.0, rtol=1e-6)
    names = class_names(folder / RASTERS["majority"], "CODE_18")
    # Copernicus: grid code 1 is CLC 111 (continuous urban fabric), 18 is 231 (pastures).
    assert (names[1], names[18]) == ("111", "231")
