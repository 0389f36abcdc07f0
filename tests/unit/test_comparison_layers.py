"""Layers for comparison: drawn on the map as they are given, and in no figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import four_squares
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal
from pyproj import Transformer
from shapely.affinity import translate

import landeff
from landeff.core.errors import LandeffError
from landeff.pipeline.check import check
from landeff.pipeline.load_config import load_config
from landeff.publish.comparison_layers import outlines_of, title_of
from landeff.publish.map import build_map, map_model
from landeff.publish.report import build_report

#: A quadrilateral whose coordinates no rounding leaves alone, about where the four squares are.
GIVEN = shapely.Polygon([(119.3912345678, 32.371), (119.42, 32.3712), (119.4201, 32.39), (119.39, 32.3899)])
HOSTILE = '<img src=x onerror="window.__x=1">'


def layer(shapes: list[Any], crs: str | None = "EPSG:4326", **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)


def run(*sources: dict[str, Any]) -> landeff.Result:
    raw = four_squares.project()
    if sources:
        raw["sources"]["comparison"] = list(sources)
    return landeff.run(raw)


@pytest.fixture(scope="module")
def plain() -> landeff.Result:
    return run()


@pytest.fixture(scope="module")
def shifted() -> landeff.Result:
    return run({"data": layer([GIVEN], name=[HOSTILE], note=["x"]), "crs": "GCJ02"})


def comparison_issues(result: landeff.Result) -> pd.DataFrame:
    issues = result.table("issues")
    return issues[issues["table"].eq("comparison")]


def assert_no_figure_differs(a: landeff.Result, b: landeff.Result) -> None:
    assert set(a.dataset.tables) == set(b.dataset.tables)
    for name in sorted(set(a.dataset.tables) - {"comparison"}):
        one, other = (each.table(name) for each in (a, b))
        if name == "issues":
            other = other[other["table"].ne("comparison")].reset_index(drop=True)
        assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other), obj=name)
    assert a.dataset.meta == b.dataset.meta


def test_no_figure_reads_it(plain: landeff.Result, shifted: landeff.Result) -> None:
    assert_no_figure_differs(plain, shifted)
    a, b = (build_report(each.dataset) for each in (plain, shifted))
    assert "对照图层" not in a
    assert "1 个图层只在地图上显示轮廓，不参与任何量算、台账和规则：仅供对照（GCJ-02，未纠偏" in b


def test_shifted_degrees_stay_what_they_are(shifted: landeff.Result) -> None:
    table = shifted.table("comparison")
    assert list(table.columns) == ["name", "source_file", "source_row", "crs_declared", "geometry"]
    assert table.geometry.to_wkb().tolist() == [shapely.to_wkb(GIVEN)]
    assert table.crs is None
    assert table[["name", "source_file", "source_row", "crs_declared"]].to_numpy().tolist() == [
        [HOSTILE, "comparison", 1, "GCJ-02"]
    ]
    told = comparison_issues(shifted)
    assert told["code"].tolist() == ["comparison_only"]
    assert told["severity"].tolist() == ["info"]


def test_saved_and_read_back(shifted: landeff.Result, tmp_path: Path) -> None:
    shifted.save(tmp_path / "out")
    back = landeff.load_result(tmp_path / "out").dataset.frame("comparison")
    assert_frame_equal(pd.DataFrame(back), pd.DataFrame(shifted.table("comparison")))


def test_drawn_on_the_map_alone(plain: landeff.Result, shifted: landeff.Result) -> None:
    assert map_model(plain.dataset).outlines == ()
    (outlines,) = map_model(shifted.dataset).outlines
    assert outlines.title.zh == "仅供对照（GCJ-02，未纠偏，偏移数百米）"
    (ring,) = outlines.shapes["geometries"][0]["coordinates"]  # type: ignore[index]
    assert ring[0] == [119.391235, 32.371]
    page = build_map(shifted.dataset).get_root().render()
    assert "119.391235" in page
    assert HOSTILE not in page


def test_in_any_other_system_it_is_transformed() -> None:
    square = four_squares.box(0, 0, 1000, 500)
    parts = layer([square], "EPSG:4528", name=["甲"]), layer([square], "EPSG:4528", name=["乙"])
    result = run({"data": parts[0]}, {"data": parts[1], "crs": "EPSG:4528"})
    table = result.table("comparison")
    assert table["name"].tolist() == ["甲", "乙"]
    assert table["crs_declared"].isna().tolist() == [True, False]
    east, north = Transformer.from_crs("EPSG:4528", "EPSG:4490", always_xy=True).transform(
        *np.transpose(shapely.get_coordinates(square))
    )
    for shape in table.geometry:
        assert np.allclose(shapely.get_coordinates(shape), np.transpose([east, north]), atol=1e-9)
    assert [each.title.zh for each in outlines_of(result.dataset)] == ["仅供对照", "仅供对照（EPSG:4528）"]


def test_order_of_rows_is_irrelevant() -> None:
    other = shapely.transform(GIVEN, lambda xy: xy + 0.01)
    tables = [
        run({"data": layer(shapes), "crs": "BD-09"}).table("comparison")
        for shapes in ([GIVEN, other], [other, GIVEN])
    ]
    assert tables[0].geometry.geom_equals_exact(tables[1].geometry, 0).all()


def test_latitude_first() -> None:
    turned = shapely.transform(GIVEN, lambda xy: xy[:, ::-1])
    result = run({"data": layer([turned], None), "crs": "GCJ-02", "axes": "yx"})
    assert result.table("comparison").geometry.iloc[0].equals_exact(GIVEN, 0)
    with pytest.raises(LandeffError, match='declare axes = "yx"'):
        run({"data": layer([turned], None), "crs": "GCJ-02"})


def test_what_has_no_outline_is_told_and_not_drawn() -> None:
    shapes = [GIVEN, shapely.Point(119.4, 32.4), None, shapely.Polygon(), GIVEN.exterior]
    result = run({"data": layer(shapes), "crs": "GCJ-02"})
    assert len(result.table("comparison")) == 5
    told = comparison_issues(result).set_index("severity")["n"].to_dict()
    assert told == {"warning": 3, "info": 5}
    (outlines,) = outlines_of(result.dataset)
    kinds = [each["type"] for each in outlines.shapes["geometries"]]  # type: ignore[attr-defined]
    assert sorted(kinds) == ["LineString", "Polygon"]


@pytest.mark.parametrize("table", ["parcels", "zones"])
@pytest.mark.parametrize("crs", ["GCJ-02", "BD-09", "火星坐标系"])
def test_refused_in_every_other_table_with_where_it_may_go(table: str, crs: str) -> None:
    frame = dict(zip(("zones", "parcels"), four_squares.sources(), strict=False))[table]
    degrees = frame.to_crs("EPSG:4326").set_crs(None, allow_override=True)
    raw = four_squares.project(**{table: {"data": degrees, "crs": crs}})
    with pytest.raises(LandeffError, match=r"never measured[\s\S]*\[sources\.comparison\]"):
        check(load_config(raw))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"data": layer([GIVEN], None)}, "is in degrees .* GCJ-02"),
        ({"data": layer([four_squares.box(0, 0, 9, 9)], None), "crs": "BD-09"}, "cannot be in degrees of BD"),
        ({"data": pd.DataFrame({"name": ["甲"]}), "crs": "GCJ-02"}, "has no polygons"),
        ({"data": pd.DataFrame({"name": ["甲"]})}, "has no polygons"),
        ({"data": layer([GIVEN]), "crs": "EPSG:1"}, "is not a CRS that PROJ knows"),
    ],
)  # fmt: skip
def test_refused_as_layers_are(source: dict[str, Any], told: str) -> None:
    with pytest.raises(LandeffError, match=told):
        run(source)


def test_outside_the_project_it_is_refused() -> None:
    raw = four_squares.project()
    raw["project"]["extent"] = [119.0, 32.0, 120.0, 33.4]
    far = translate(GIVEN, 5)
    raw["sources"]["comparison"] = {"data": layer([far]), "crs": "GCJ-02"}
    with pytest.raises(LandeffError, match=r"read as degrees of GCJ-02 it lies at .* outside the extent"):
        landeff.run(raw)


def test_words_for_the_offset() -> None:
    assert "约一公里" in title_of("BD-09").zh
    assert "约一公里" not in title_of("GCJ-02").zh
