"""Coordinate systems of published files: what they say, what they leave out, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import CRS

from landeff.core.errors import InputError
from landeff.core.shift import find_shift
from landeff.pipeline.config import Config, Source
from landeff.pipeline.load_config import load_config
from landeff.pipeline.placing import place_layer
from landeff.sources.crs.infer import layer_box, looks_swapped
from landeff.sources.crs.provinces import PROVINCES
from landeff.sources.crs.settle import settle_crs
from landeff.sources.readers import read

pytestmark = pytest.mark.real


def config(crs: str, **project: Any) -> Config:
    raw: dict[str, Any] = {
        "project": {"name": "x", "crs": crs, "years": [2024], "as_of": dt.date(2024, 12, 31)},
        "scopes": {"tax": "tax_paid", "land": "parcels", "area": "ellipsoidal"},
        "sources": {"zones": {"path": "z.gpkg"}, "parcels": {"path": "p.gpkg"}},
    }
    raw["project"] |= project
    return load_config(raw)


def source(path: Path, **settings: Any) -> Source:
    return Source(table="parcels", name=path.name, columns={}, path=path, **settings)


def test_the_box_of_jiangsu_holds_jiangsu(real_data: Path) -> None:
    west, south, east, north = gpd.read_file(real_data / "yangzhou_boundary" / "320000.geojson").total_bounds
    assert np.allclose(PROVINCES["32"], (west, south, east, north), atol=0.15)  # GCJ-02: 0.006° off at most


def test_boundaries_from_a_map_service_are_taken_as_wgs84_with_a_warning(real_data: Path) -> None:
    path = real_data / "yangzhou_boundary" / "321002.geojson"
    placed = place_layer(read(path), source(path), config("EPSG:4528", district_code="321000"))
    assert {"wgs84_by_format", "datums_equated"} <= {issue.code for issue in placed.issues}
    with pytest.raises(InputError, match="never measured"):
        read(path, crs="GCJ-02")


def test_plots_in_web_mercator_are_transformed(real_data: Path) -> None:
    """Prague, 50.1°N: Web Mercator areas are 1 / cos² 50.1° = 2.43 times too large."""
    path = real_data / "prague_plots" / "bubenec.gpkg"
    raw = read(path, layer="plots")
    placed = place_layer(raw, source(path), config("EPSG:32633"))
    moved = placed.move(raw.frame)
    assert raw.frame.geometry.area.sum() / moved.geometry.area.sum() == pytest.approx(2.43, abs=0.005)
    assert moved.crs == "EPSG:32633"
    assert placed.issues == ()  # one datum: nothing to tell


def test_the_boroughs_in_feet(real_data: Path) -> None:
    frame = pyogrio.read_dataframe(f"/vsizip/{real_data / 'messy' / 'nybb_16a.zip'}")
    settled = settle_crs(frame, None, "nybb.shp")
    assert (settled.crs, settled.issues) == ("EPSG:2263", ())
    box = layer_box(frame.geometry.to_numpy())
    assert box is not None
    assert not looks_swapped(CRS("EPSG:2263"), box)
    metres = find_shift("EPSG:2263", "EPSG:32618").geometries(frame.geometry.to_numpy())
    us_foot = 1200 / 3937
    assert shapely.area(metres).sum() == pytest.approx(frame["Shape_Area"].sum() * us_foot**2, rel=1e-3)


def test_a_topojson_without_crs_is_asked_for(real_data: Path) -> None:
    path = real_data / "cambridge" / "ASSESSING_ParcelsFY2013.topojson"
    raw = read(path)
    assert raw.crs is None
    with pytest.raises(InputError, match="is in degrees"):
        place_layer(raw, source(path), config("EPSG:26986"))
    placed = place_layer(read(path, crs="EPSG:4326"), source(path, crs="EPSG:4326"), config("EPSG:26986"))
    (told,) = placed.issues
    assert (told.code, told.severity) == ("datum_shifted", "warning")  # NAD83: PROJ states 4 m
