"""Every geometry error is a row of the audit and of an issue; areas stand side by side."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import four_squares
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from click.testing import CliRunner
from four_squares import E, N, box, layer
from pyproj import Transformer
from shapely import affinity

import landeff
from landeff.cli.areas import command
from landeff.core.errors import ConfigError, InputError
from landeff.measure.geodesic_area import geodesic_area_m2
from landeff.publish.geopackage import write_geopackage

MU = 10_000 / 15


@pytest.fixture(scope="module")
def result() -> landeff.Result:
    """A square, one 1 m over its border, that one again, a bow-tie, a strip, a hole between two halves."""
    bow_tie = shapely.Polygon([(E + 500, N), (E + 600, N + 100), (E + 600, N), (E + 500, N + 100)])
    frame = box(700, 0, 800, 100).difference(box(740, 40, 750, 50))
    shapes = [
        box(0, 0, 100, 100),
        box(99, 0, 200, 100),
        box(99, 0, 200, 100),
        bow_tie,
        box(300, 0, 300.1, 100),
        frame.intersection(box(700, 0, 745, 100)),
        frame.intersection(box(745, 0, 800, 100)),
    ]
    parcels = layer(shapes, parcel_id=[f"S{number}" for number in range(1, 8)])
    raw = four_squares.project()
    raw["sources"]["parcels"] = {"data": parcels}
    return landeff.run(raw)


def test_every_row_of_the_audit_is_of_an_issue(result: landeff.Result) -> None:
    audit, issues = result.table("audit"), result.table("issues")
    counts = issues.groupby("code")["n"].sum()
    assert audit.groupby("kind").size().to_dict() == {
        "bad_geometry": 1,
        "duplicate_geometry": 1,
        "parcel_gap": 1,
        "parcel_overlap": 2,
        "sliver": 1,
    }
    assert all(counts[kind] == n for kind, n in audit.groupby("kind").size().items())
    assert set(audit.geometry.geom_type) <= {"Polygon", "MultiPolygon"}
    assert audit.crs == result.parcels.crs


def test_the_audit_says_where_and_how_much(result: landeff.Result) -> None:
    rows = result.table("audit").set_index("kind")
    overlap = rows[(rows["key"] == "S2") & (rows["other_key"] == "S1")].loc["parcel_overlap"]
    assert overlap["area_m2"] == pytest.approx(100, rel=1e-3)  # 1 m × 100 m
    assert overlap["width_m"] == pytest.approx(200 / 202, rel=1e-3)  # 2A/P
    assert overlap["source_row"] == 2
    gap = rows.loc["parcel_gap"]
    assert (gap["key"], gap["other_key"]) == ("S6", "S7")
    assert gap["area_m2"] == pytest.approx(100, rel=1e-3)
    assert gap.geometry.equals(box(740, 40, 750, 50))
    crossing = rows.loc["bad_geometry"]
    assert np.isnan(crossing["area_m2"])
    assert crossing.geometry.centroid.distance(shapely.Point(E + 550, N + 50)) < 1e-6
    assert crossing["key"] == "S4"


def test_the_geopackage_has_the_audit_as_a_layer(result: landeff.Result, tmp_path: Path) -> None:
    write_geopackage(result.dataset, tmp_path / "r.gpkg")
    found = gpd.read_file(tmp_path / "r.gpkg", layer="audit")
    assert found["kind"].tolist() == result.table("audit")["kind"].tolist()
    assert "图形重复" in set(found["kind_title"])
    assert set(found["table_title"]) == {"宗地"}
    with closing(sqlite3.connect(tmp_path / "r.gpkg")) as base:
        (style,) = base.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'audit'").fetchone()
        name = base.execute("SELECT identifier FROM gpkg_contents WHERE table_name = 'audit'").fetchone()
    assert name == ("图形检查",)
    shown = ElementTree.fromstring(style.split("\n", 1)[1])  # noqa: S314  landeff wrote it
    assert set(found["kind"]) <= {each.get("value") for each in shown.iter("category")}
    assert not [each.get("name") for each in shown.iter("alias") if each.get("name", "").isascii()]


def test_overlaps_and_copies_are_counted_once(result: landeff.Result) -> None:
    ledger = result.table("ledger")
    once = ledger[(ledger["measure"] == "parcels_area") & (ledger["entry"] == "counted_once")]["value"].sum()
    # S2 over S1: 100 m²; S3, which is S2 again: its 101 m × 100 m
    assert once == pytest.approx(100 + 10_100, rel=1e-3)


def test_a_third_claim_leaves_no_overlap_to_the_second(result: landeff.Result) -> None:
    """S1 holds 100 m² of what S2 and its copy S3 share: nothing may say that S2 counts all of it."""
    issues = result.table("issues")
    told = issues[issues["code"] == "duplicate_geometry"]["decision"].item()
    area = result.parcels.set_index("parcel_id")["area_m2"]["S3"]
    assert told == f"{area:.2f} m² not counted for S3"


def test_what_is_set_aside_is_not_told_as_changed(result: landeff.Result) -> None:
    issues = result.table("issues").set_index("code")
    # the halves of the bow-tie are 2 500 m² each and cancel
    assert re.fullmatch(
        r"set aside: repair would change its area by \+4999\.\d\d m²", issues.loc["bad_geometry", "decision"]
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("grid", [0.0, 0.001])  # polygons with a precision model had their land rounded to it
def test_a_run_on_a_random_world_counts_every_square_metre_once(seed: int, grid: float) -> None:
    """Σ parcels - Σ (multiplicity - 1) × overlap + gaps = boundary, by GeographicLib on dense edges."""
    rng = np.random.default_rng(seed)
    zone = box(0, 0, 2000, 1000)
    corner, size = rng.uniform([100, 100], [1600, 700], (30, 2)), rng.uniform(5, 250, (30, 2))
    shapes = [
        affinity.rotate(box(x, y, x + w, y + h), angle)
        for (x, y), (w, h), angle in zip(corner, size, rng.uniform(0, 90, 30), strict=True)
    ]
    cut = np.array([shape.intersection(zone) for shape in [*shapes, *shapes[:2]]], dtype=object)
    cut = shapely.transform(cut, lambda xy: np.round(xy, 3))
    raw = four_squares.project()
    raw["sources"]["zones"] = {"data": layer([zone], zone_id=["Z1"], name=["甲园"])}
    given = shapely.set_precision(cut, grid, mode="pointwise")
    raw["sources"]["parcels"] = {"data": layer(list(given), parcel_id=[f"P{i:02d}" for i in range(len(cut))])}
    made = landeff.run(raw)
    ledger = made.table("ledger").query("measure == 'parcels_area'").groupby("entry")["value"].sum()
    total, united, whole = (_geodesic(each).sum() for each in (cut, [shapely.union_all(cut)], [zone]))
    assert ledger["total_in"] == pytest.approx(total, abs=0.01)
    assert ledger["counted_once"] == pytest.approx(total - united, abs=0.01)
    assert ledger["in_zones"] == pytest.approx(united, abs=0.01)
    assert made.table("balance")["area_m2"].sum() == pytest.approx(whole, abs=0.01)


def _geodesic(shapes: Any) -> Any:
    to_degrees = Transformer.from_crs(4528, 4490, always_xy=True).transform
    dense = shapely.segmentize(np.asarray(shapes, dtype=object), 50.0)
    return geodesic_area_m2(shapely.transform(dense, lambda xy: np.column_stack(to_degrees(*xy.T))))


# --- registered, contract, ellipsoidal


def with_contract(area: str) -> landeff.Result:
    raw = four_squares.project()
    raw["scopes"]["area"] = area
    supply = raw["sources"]["supply"]["data"].assign(ha=[45.0, None, 50.0])
    raw["sources"]["supply"] = {
        "data": supply,
        "columns": {"ha": {"to": "supplied_area_m2", "unit": "公顷"}},
    }
    parcels = raw["sources"]["parcels"]["data"].assign(supply_id=["S1", "S2", "S3", "S3"])
    raw["sources"]["parcels"] = {**raw["sources"]["parcels"], "data": parcels}
    return landeff.run(raw)


def test_three_areas_stand_side_by_side() -> None:
    """A: 45 ha by contract; C and D share one of 50 ha, 2 : 1 by their land; B's record has no area."""
    parcels = with_contract("registered").parcels.set_index("parcel_id")
    assert parcels["contract_area_m2"].tolist() == pytest.approx(
        [450_000, np.nan, 500_000 * 2 / 3, 500_000 / 3], rel=1e-4, nan_ok=True
    )
    assert parcels["registered_area_m2"].tolist() == pytest.approx([500_000, 500_000, 500_000, 250_000])
    difference = parcels["contract_area_m2"] - parcels["area_m2"]
    pd.testing.assert_series_equal(parcels["contract_difference_m2"], difference, check_names=False)
    assert set(parcels["area_basis"]) == {"registered"}


def test_a_declared_contract_basis_falls_back_in_order() -> None:
    result = with_contract("contract")
    parcels = result.parcels.set_index("parcel_id")
    assert parcels["area_basis"].tolist() == ["contract", "registered", "contract", "contract"]
    assert parcels["basis_area_m2"]["A"] == pytest.approx(450_000)
    assert parcels["basis_area_m2"]["B"] == pytest.approx(500_000)
    declared = result.table("zone_scopes").query("is_declared and zone_id == 'Z1'").iloc[0]
    assert declared["area"] == "contract"
    assert declared["scope_area_m2"] == pytest.approx(450_000 + 250_000, rel=1e-4)  # A, and half of B


def test_measured_scopes_have_no_contract() -> None:
    raw: dict[str, Any] = four_squares.project()
    raw["scopes"] = {**raw["scopes"], "land": "boundary", "area": "contract"}
    with pytest.raises(ConfigError, match="'ellipsoidal'"):
        landeff.load_config(raw)


# --- landeff areas


@pytest.fixture
def survey_vectors(tmp_path: Path) -> Path:
    """The survey's test vectors, and a point."""
    path = tmp_path / "图斑.geojson"
    first = [(119.40, 32.38), (119.41, 32.38), (119.41, 32.39), (119.40, 32.39)]
    second = [(119.400, 32.380), (119.402, 32.3805), (119.4015, 32.382), (119.3995, 32.3815)]
    shapes = [shapely.Polygon(first), shapely.Polygon(second), shapely.Point(119.4, 32.38)]
    columns = {"号": ["甲", "=1+1", "丙"], "面积（亩）": [1565.0, 50.0, None]}
    gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4490").to_file(path)
    return path


def test_areas_of_a_file(survey_vectors: Path) -> None:
    table = landeff.areas(survey_vectors, crs="EPSG:4490", key="号", registered="面积（亩）")
    assert table["key"].tolist() == ["甲", "=1+1", "丙"]
    assert table["survey_m2"].tolist()[:2] == pytest.approx([1_043_465.943, 33_914.116], abs=0.001)
    assert table["area_m2"].tolist()[:2] == pytest.approx([1_043_465.943, 33_914.116], abs=0.001)
    assert table["registered_m2"].tolist()[:2] == pytest.approx([1565 * MU, 50 * MU])
    assert np.isnan(table["area_m2"][2])
    assert table["problem"].tolist() == ["", "", "not a polygon"]


def test_nothing_is_said_of_the_plane_area_of_a_bow_tie(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(E, N), (E + 100, N + 100), (E + 100, N), (E, N + 100)])
    path = tmp_path / "b.gpkg"
    layer([bow_tie, box(0, 0, 100, 100), None], n=[1, 2, 3]).to_file(path)
    table = landeff.areas(path)
    assert np.isnan(table["planar_ppm"][0])
    assert [text.split("[")[0] for text in table["problem"]] == ["Self-intersection", "", "empty"]


def test_planar_difference_of_the_second_vector(survey_vectors: Path, tmp_path: Path) -> None:
    """Its plane area in EPSG:4549 is 33 916.775 m²: 78 ppm too large."""
    path = tmp_path / "p.gpkg"
    gpd.read_file(survey_vectors).set_crs(4490, allow_override=True).iloc[:2].to_crs(4549).to_file(path)
    table = landeff.areas(path)
    assert table["planar_ppm"][1] == pytest.approx((33_916.775 / 33_914.116 - 1) * 1e6, abs=0.1)
    assert table["area_m2"][1] == pytest.approx(33_914.116, abs=0.001)


def test_command_writes_a_csv_without_formulas(survey_vectors: Path, tmp_path: Path) -> None:
    out = tmp_path / "面积.csv"
    words = [str(survey_vectors), "--crs", "EPSG:4490", "--key", "号", "--out", str(out)]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    assert "1043465.943" in done.output
    rows = pd.read_csv(out)
    assert rows["key"].tolist() == ["甲", "'=1+1", "丙"]
    assert rows["survey_m2"][1] == pytest.approx(33_914.116, abs=0.001)


def test_areas_ask_for_what_is_missing(survey_vectors: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column '编号'"):
        landeff.areas(survey_vectors, crs="EPSG:4490", key="编号")
    with pytest.raises(InputError, match="unit of '号' is not stated"):
        landeff.areas(survey_vectors, crs="EPSG:4490", registered="号")
    points = tmp_path / "点.gpkg"
    gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(E, N)], crs="EPSG:4528").to_file(points)
    with pytest.raises(InputError, match="no polygons"):
        landeff.areas(points)
    table = tmp_path / "t.csv"
    table.write_text("编号,面积\n甲,1\n乙,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no geometries"):
        landeff.areas(table)
