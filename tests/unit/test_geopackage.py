"""The GeoPackage, read back, and its styles."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest

from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.publish.geopackage import write_geopackage


@pytest.fixture(scope="module")
def path(tiny_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("gpkg") / "结果.gpkg"
    write_geopackage(tiny_dataset, target)
    return target


def test_layers_come_back_with_shapes_dates_and_unknowns(path: Path, tiny_dataset: Dataset) -> None:
    parcels = tiny_dataset.layer("parcels")
    found = gpd.read_file(path, layer="parcels")
    assert found["parcel_id"].tolist() == parcels["parcel_id"].tolist()
    assert found.crs == parcels.crs
    assert found.geometry.area.to_numpy() == pytest.approx(parcels.geometry.area.to_numpy())
    assert found["tax_cny"].isna().tolist() == parcels["tax_cny"].isna().tolist()
    info = pyogrio.read_info(path, layer="parcels")
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert (kinds["start_due_on"], kinds["parcel_id"]) == ("OFTDate", "OFTString")


def test_every_layer_has_a_default_style_with_chinese_aliases(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        styles = base.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
        geometry = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall())
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert {name: column for name, column, _, _ in styles} == {**geometry, "findings": ""}
    assert {default for *_, default in styles} == {1}
    qml = {name: ET.fromstring(text) for name, _, text, _ in styles}  # noqa: S314 our own text
    aliases = {each.get("field"): each.get("name") for each in qml["parcels"].iter("alias")}
    assert aliases["registered_area_m2"] == "登记面积"
    labels = {each.get("value"): each.get("label") for each in qml["parcels"].iter("category")}
    assert labels["idle"] == "疑似闲置"
    symbols = {each.get("name") for each in qml["parcels"].iter("symbol")}
    assert symbols == {each.get("symbol") for each in qml["parcels"].iter("category")}


def test_the_file_is_of_a_version_that_qgis_of_2022_reads_without_a_warning(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA user_version").fetchone() == (10200,)


def test_findings_are_related_to_their_parcels(path: Path, tiny_dataset: Dataset) -> None:
    with closing(sqlite3.connect(path)) as base:
        pairs = base.execute(
            "SELECT p.parcel_id, f.parcel_id FROM parcels_findings m "
            "JOIN parcels p ON p.fid = m.base_id JOIN findings f ON f.fid = m.related_id"
        ).fetchall()
    findings = tiny_dataset.frame("findings")
    assert sorted(pairs) == sorted(zip(findings["parcel_id"], findings["parcel_id"], strict=True))


def test_zones_bear_their_names(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        (text,) = base.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'zones'").fetchone()
    (style,) = ET.fromstring(text).iter("text-style")  # noqa: S314 our own text
    assert style.get("isExpression") == "1"
    assert "attribute('name')" in str(style.get("fieldName"))


def test_parts_of_a_zone_are_drawn_finer_than_zones(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        (text,) = base.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'zones'").fetchone()
    qml = ET.fromstring(text)  # noqa: S314 our own text
    widths = {
        symbol.get("name"): float(prop.get("v", ""))
        for symbol in qml.iter("symbol")
        for prop in symbol.iter("prop")
        if prop.get("k") == "outline_width"
    }
    drawn = {rule.get("label"): widths[rule.get("symbol")] for rule in qml.iter("rule")}
    assert drawn["园中园"] < drawn["园区"]


def test_aliases_stand_at_the_place_of_their_field(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        (text,) = base.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'parcels'").fetchone()
    fields = pyogrio.read_info(path, layer="parcels")["fields"].tolist()
    for alias in ET.fromstring(text).iter("alias"):  # noqa: S314 our own text
        assert ["fid", *fields][int(str(alias.get("index")))] == alias.get("field")


def test_same_dataset_same_bytes(tiny_dataset: Dataset, path: Path, tmp_path: Path) -> None:
    write_geopackage(tiny_dataset, tmp_path / "b.gpkg")
    assert (tmp_path / "b.gpkg").read_bytes() == path.read_bytes()


def test_columns_that_sqlite_confuses_and_hostile_text_survive(
    hostile_dataset: Dataset, tmp_path: Path
) -> None:
    parcels = hostile_dataset.layer("parcels").assign(fid=7, HOLDER="大写", **{'a"b]<c>': "='x'"})
    write_geopackage(Dataset(hostile_dataset.meta, {"parcels": parcels}), tmp_path / "x.gpkg")
    found = gpd.read_file(tmp_path / "x.gpkg", layer="parcels")
    assert found["fid_2"].tolist() == [7] * len(parcels)
    assert found["HOLDER_2"].tolist() == ["大写"] * len(parcels)
    assert found["holder"].tolist() == parcels["holder"].tolist()
    assert found['a"b]<c>'].tolist() == ["='x'"] * len(parcels)


def test_a_folder_in_the_way_is_an_error_of_ours(tiny_dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_geopackage(tiny_dataset, tmp_path / "no" / "such" / "x.gpkg")


def test_districts_are_land_below_everything_with_their_names(tiny_dataset: Dataset, tmp_path: Path) -> None:
    zones = tiny_dataset.layer("zones")
    columns = {"district_code": zones["zone_id"], "district_name": "区", "area_m2": 1.0}
    districts = gpd.GeoDataFrame(columns, geometry=zones.geometry, crs=zones.crs)
    path = tmp_path / "d.gpkg"
    write_geopackage(Dataset(tiny_dataset.meta, {**tiny_dataset.tables, "districts": districts}), path)
    with closing(sqlite3.connect(path)) as base:
        (text,) = base.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'districts'"
        ).fetchone()
        names = [name for (name,) in base.execute("SELECT table_name FROM gpkg_geometry_columns")]
    assert names[0] == "districts"
    qml = ET.fromstring(text)  # noqa: S314 our own text
    assert {each.get("value") for each in qml.iter("Option") if each.get("name") == "color"} == {
        "255,255,255,255"
    }
    assert [each.get("fieldName") for each in qml.iter("text-style")] == ["district_name"]
    assert len(gpd.read_file(path, layer="districts")) == len(zones)
