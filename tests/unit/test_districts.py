"""Districts: their table, and the check of what zones declare."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from four_squares import E, N, box, layer
from pyproj import Geod, Transformer

from landeff.measure.area import fit_area_scale
from landeff.pipeline.district_codes import county_codes
from landeff.pipeline.districts import check_districts, district_layer
from landeff.pipeline.load import Inputs

CONFIG: Any = SimpleNamespace(crs="EPSG:4528")
SCALE = fit_area_scale("EPSG:4528", (E - 500, N - 500, E + 5500, N + 1500))


def _zones(**columns: object) -> gpd.GeoDataFrame:
    boxes = [box(0, 0, 2000, 1000), box(2000, 0, 4000, 1000)]
    rows = {"zone_id": ["Z1", "Z2"], "source_file": "园区.gpkg", "source_row": [1, 2]}
    zones = layer(boxes, **rows, **columns)
    return zones.assign(area_m2=SCALE.area_m2(zones.geometry.to_numpy()))


def _districts(*boxes: object, codes: tuple[str, ...], **columns: object) -> gpd.GeoDataFrame:
    rows = {"district_code": list(codes), "source_file": "XZQ.gpkg", "source_row": range(1, len(codes) + 1)}
    return layer(list(boxes), **rows, **columns)


def _told(zones: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> list[tuple[str, str, str]]:
    inputs = Inputs()
    check_districts(zones, districts, SCALE, inputs)
    return [(issue.code, issue.key, issue.decision) for issue in inputs.issues]


def test_without_districts_there_is_an_empty_table() -> None:
    table = district_layer({"zones": _zones()}, CONFIG)
    assert list(table.columns) == [
        *("district_code", "district_name", "area_m2", "source_file", "source_row", "geometry")
    ]
    assert table.empty
    assert table.crs == "EPSG:4528"
    assert _told(_zones(), table) == []


def test_all_rows_set_aside_is_an_empty_table_too() -> None:
    layers = {"zones": _zones(), "districts": _districts(codes=())}
    assert district_layer(layers, CONFIG).empty


def test_names_come_from_the_layer_the_zones_or_the_standard() -> None:
    """GB/T 2260: 321012 is 江都区 of 扬州; 321071 is a zone of statistics; 329999 is nothing."""
    zones = _zones(district_code=["321003", "321012"], district_name=["本地邗江", None])
    boxes = [box(0, 0, 1, 1)] * 4
    codes = ("321012", "321003", "321002", "329999")
    given = _districts(*boxes, codes=codes, district_name=[None, None, "广陵", None])
    table = district_layer({"zones": zones, "districts": given}, CONFIG)
    assert dict(zip(table["district_code"], table["district_name"], strict=True)) == {
        "321002": "广陵",
        "321003": "本地邗江",
        "321012": "江都区",
        "329999": "329999",
    }
    assert table["district_code"].tolist() == sorted(codes)


def test_area_is_that_of_the_ellipsoid_far_beyond_the_run() -> None:
    """Against PROJ's own geodesic polygon, on a square of 60 km around a run of 6 km."""
    square = box(-30_000, -30_000, 30_000, 30_000)
    table = district_layer({"zones": _zones(), "districts": _districts(square, codes=("321003",))}, CONFIG)
    lon, lat = Transformer.from_crs("EPSG:4528", "EPSG:4490", always_xy=True).transform(
        *np.array(square.exterior.coords).T
    )
    expected = abs(Geod(a=6378137.0, rf=298.257222101).polygon_area_perimeter(lon, lat)[0])
    assert table["area_m2"].tolist() == pytest.approx([expected], rel=1e-9)


WEST, EAST = box(-500, -500, 2000, 1500), box(2000, -500, 5500, 1500)


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        (["321003", "321012"], []),
        ([None, None], []),  # unknown is not wrong
        (["321011", "321012"], []),  # 维扬区, merged into 321003 in 2011
        (
            ["321012", "321012"],
            [("zone_in_other_district", "Z1", "kept as declared; 100.0 % of the zone lies in 321003 甲")],
        ),
    ],
)
def test_what_zones_declare(declared: list[str | None], told: list[tuple[str, str, str]]) -> None:
    districts = _districts(WEST, EAST, codes=("321003", "321012"), district_name=["甲", "乙"])
    zones = _zones(district_code=declared)
    before = zones.copy()
    assert _told(zones, districts) == told
    pd.testing.assert_frame_equal(zones, before)  # never a silent change


@pytest.mark.parametrize(
    ("border", "codes"),
    [
        (2019, []),  # 19 m of the 2 000 m of Z2: below 1 %
        (2021, ["zone_straddles_districts"]),  # above
        (3500, ["zone_in_other_district", "zone_straddles_districts"]),  # 75 %
        (3000, ["zone_straddles_districts"]),  # half and half: most of it lies in neither
    ],
)
def test_where_a_zone_straddles(border: int, codes: list[str]) -> None:
    west, east = box(-500, -500, border, 1500), box(border, -500, 5500, 1500)
    districts = _districts(west, east, codes=("321003", "321012"), district_name=["甲", "乙"])
    told = _told(_zones(district_code=["321003", "321012"]), districts)
    assert sorted(code for code, key, _ in told if key == "Z2") == codes
    assert [key for _, key, _ in told if key != "Z2"] == []


def test_codes_of_counties_stay_and_so_do_their_names() -> None:
    frame = pd.DataFrame(
        {
            "district_code": ["321003", "321012100200", "32100", None],
            "district_name": ["邗江区", "某村", "错", "无"],
            "source_file": "XZQ.shp",
            "source_row": [1, 2, 3, 4],
        }
    )
    cut, told = county_codes(frame)
    assert cut["district_code"].fillna("").tolist() == ["321003", "321012", "32100", ""]
    assert cut["district_name"].fillna("").tolist() == ["邗江区", "", "错", "无"]
    assert [(issue.code, issue.n, issue.value) for issue in told] == [
        ("district_code_cut", 1, "321012100200")
    ]
    same, none = county_codes(frame.iloc[[0]])
    assert none == []
    assert same is not None
