"""Districts as they are drawn: shared borders stay shared, and names stand on free land."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from four_squares import box, layer

from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.pipeline.export import export
from landeff.publish.district_shapes import drawn_districts, name_places
from landeff.publish.dossier import Locators
from landeff.publish.map.districts import district_outlines

META = Meta("市", dt.date(2024, 12, 31), (2024,), "EPSG:4528", Scopes("tax_paid", "developed", "ellipsoidal"))


def _jagged(rng: np.random.Generator) -> shapely.LineString:
    y = np.linspace(0, 20_000, 400)
    return shapely.LineString(np.stack([10_000 + rng.normal(0, 0.1, 400), y], axis=1))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Two districts of 10 km × 20 km with a border of 400 points 0.1 m off the straight line."""
    square = shapely.box(0, 0, 20_000, 20_000)
    border = shapely.LineString([(10_000, -1), *_jagged(np.random.default_rng(1)).coords, (10_000, 20_001)])
    parts = shapely.get_parts(shapely.polygonize([shapely.union(square.boundary, border)]))
    parts = sorted(parts, key=lambda part: part.centroid.x)
    moved = [shapely.transform(part, lambda xy: xy + np.array([40_440_000, 3_580_000])) for part in parts]
    districts = layer(moved, district_code=["321012", "321003"], district_name=["东<b>", "西"])
    zones = layer([box(-1_000, -1_000, 1_000, 1_000)], zone_id=["Z"])
    return Dataset(META, {"districts": districts, "zones": zones})


def test_exported_with_every_corner(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, tmp_path / "县区.shp", layer="districts")
    back = gpd.read_file(tmp_path / "县区.shp")
    assert back[["XZQDM", "XZQMC"]].to_numpy().tolist() == [["321012", "东<b>"], ["321003", "西"]]
    assert shapely.get_num_coordinates(back.geometry.to_numpy()).min() > 400


def test_borders_are_lighter_and_still_shared(dataset: Dataset) -> None:
    drawn = drawn_districts(dataset)
    shapes = drawn.geometry.to_numpy()
    assert drawn["district_code"].tolist() == ["321003", "321012"]
    assert shapely.coverage_is_valid(shapes)
    assert (
        shapely.get_num_coordinates(shapes).sum()
        < 0.5 * shapely.get_num_coordinates(dataset.layer("districts").geometry.to_numpy()).sum()
    )
    # a 6 000th of 20 km by the square root of the area that a corner may lose
    before = dataset.layer("districts").sort_values("district_code").geometry.to_numpy()
    assert shapely.area(shapely.symmetric_difference(shapes, before)).max() < 20_000 * (20_000 / 6_000)


def test_names_stand_on_land_of_the_district_away_from_zones(dataset: Dataset) -> None:
    districts, zones = drawn_districts(dataset), dataset.layer("zones")
    places = name_places(districts, zones)
    points = [np.asarray(shapely.get_parts(each)) for each in places]
    for shape, of_shape in zip(districts.geometry, points, strict=True):
        assert 1 <= len(of_shape) <= 5
        assert shapely.contains(shape, of_shape).all()
        assert shapely.distance(of_shape, zones.geometry.iloc[0]).min() > 80  # 0.4 % of 20 km


def test_a_district_that_is_all_zone_still_has_a_place() -> None:
    districts = layer([box(0, 0, 1000, 1000)], district_code=["321003"], district_name=["区"])
    zones = layer([box(-10, -10, 1010, 1010)], zone_id=["Z"])
    (place,) = name_places(districts, zones)
    assert shapely.contains(districts.geometry.iloc[0], place)


def test_the_base_of_the_map_is_in_degrees(dataset: Dataset) -> None:
    west, east = district_outlines(dataset)
    assert (west.code, west.name, east.name) == ("321003", "西", "东<b>")
    (south, low), (north, high) = west.bounds
    assert 32.3 < south < north < 32.6
    assert 119.3 < low < high < 119.6
    assert all(south < lat < north and low < lon < high for lat, lon in west.places)
    assert west.shape["type"] == "Polygon"


def test_without_districts_there_is_no_base() -> None:
    empty = gpd.GeoDataFrame({"district_code": [], "district_name": []}, geometry=gpd.GeoSeries([]))
    assert district_outlines(Dataset(META, {})) == ()
    assert district_outlines(Dataset(META, {"districts": empty.set_crs("EPSG:4528")})) == ()
    assert district_outlines(Dataset(META, {"zones": pd.DataFrame()})) == ()


def test_a_dossier_shows_the_place_in_the_city(dataset: Dataset) -> None:
    """The city is 20 km across: 98 of 110 px within a margin of 6; the parcel stands in its middle."""
    (west, south, east, north) = shapely.total_bounds(dataset.layer("districts").geometry.to_numpy())
    middle = shapely.Point((west + east) / 2, (south + north) / 2).buffer(50)
    parcels = gpd.GeoDataFrame(
        {"parcel_id": ["A", "B"]}, geometry=[middle, shapely.box(0, 0, 1, 1)], crs=META.crs
    )
    locators = Locators(Dataset(META, {**dataset.tables, "parcels": parcels}))
    here, outside = locators.of("A"), locators.of("B")
    assert here is not None
    assert here.city is not None
    assert here.city[1:] == pytest.approx((55.0, 55.0), abs=0.1)
    assert here.city[0].count("Z") == 2
    assert outside is not None
    assert outside.city is None
    assert Locators(Dataset(META, {"parcels": parcels})).of("A").city is None  # type: ignore[union-attr]
