"""Plots of Bubeneč in Prague, stored in Web Mercator: areas on the ellipsoid, and building coverage."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pyproj import Geod

import landeff

pytestmark = pytest.mark.real

UTM = "EPSG:32633"
WGS84 = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def layers(real_data: Path) -> dict[str, gpd.GeoDataFrame]:
    path = real_data / "prague_plots" / "bubenec.gpkg"
    return {name: gpd.read_file(path, layer=name) for name in ("plots", "buildings")}


@pytest.fixture(scope="module")
def result(real_data: Path, layers: dict[str, gpd.GeoDataFrame]) -> landeff.Result:
    path = str(real_data / "prague_plots" / "bubenec.gpkg")
    whole = layers["plots"].to_crs(UTM).union_all().convex_hull
    zone = gpd.GeoDataFrame({"zone_id": ["Bubeneč"]}, geometry=[whole], crs=UTM)
    return landeff.run(
        {
            "project": {"name": "Bubeneč", "crs": UTM, "years": [2024], "as_of": dt.date(2024, 12, 31)},
            "scopes": {"tax": "tax_paid", "land": "parcels", "area": "ellipsoidal"},
            "standards": {"rules": []},
            "sources": {
                "zones": {"data": zone},
                "parcels": {"path": path, "layer": "plots", "columns": {"ID": "parcel_id"}},
                "buildings": {"path": path, "layer": "buildings", "columns": {"uID": "building_id"}},
            },
        }
    )


def test_areas_are_those_of_the_ellipsoid(result, layers):
    plots = layers["plots"]
    short = plots.to_crs(UTM).segmentize(1.0).to_crs("EPSG:4326")  # edges straight in UTM, cut into geodesics
    dense = shapely.orient_polygons(short.geometry.to_numpy())
    expected = pd.Series(
        [WGS84.geometry_area_perimeter(plot)[0] for plot in dense], index=plots["ID"].astype(str)
    )
    measured = result.parcels.set_index("parcel_id")["area_m2"]
    assert len(measured) == 407
    assert measured.to_numpy() == pytest.approx(expected[measured.index].to_numpy(), rel=1e-7, abs=1e-3)
    # cos² of 50.1° north is 0.411: the file's own coordinates say 2.43 times as much
    assert plots.area.sum() / measured.sum() == pytest.approx(2.43, abs=0.005)


def test_coverage_of_each_plot_is_that_of_an_overlay_in_utm(result, layers):
    plots, buildings = (layers[name].to_crs(UTM) for name in ("plots", "buildings"))
    ground = gpd.GeoDataFrame(geometry=[buildings.union_all()], crs=UTM)
    pieces = gpd.overlay(plots[["ID", "geometry"]], ground, how="intersection", keep_geom_type=True)
    built = pieces.area.groupby(pieces["ID"].astype(str)).sum()
    whole = plots.area.set_axis(plots["ID"].astype(str))
    expected = built.reindex(whole.index, fill_value=0.0) / whole
    measured = result.parcels.set_index("parcel_id")["building_coverage_ratio"]
    # UTM stretches plot and building alike: their ratio is that of the ellipsoid but for 1e-7
    assert measured.to_numpy() == pytest.approx(expected[measured.index].to_numpy(), abs=1e-6)
    assert (measured > 0.2).sum() > 50


def test_no_footprint_is_lost(result, layers):
    lines = result.table("ledger").query("measure == 'buildings_area'").set_index("entry")["value"]
    union = layers["buildings"].to_crs("EPSG:4326").union_all()
    expected = sum(
        WGS84.geometry_area_perimeter(part)[0] for part in shapely.get_parts(shapely.orient_polygons(union))
    )
    assert lines["on_parcels"] + lines["off_parcels"] == pytest.approx(expected, rel=1e-5)
