"""A saved result drawn again and exported, read back with other readers."""

from __future__ import annotations

import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from four_squares import E, N, layer, project, sources
from pyproj import Transformer

import landeff
from landeff.core.errors import OutputError

HOSTILE = '<img src=x onerror=alert(1)>&"]]>'
Command = Callable[..., "subprocess.CompletedProcess[str]"]
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def result() -> landeff.Result:
    """The four squares; A has a hole and a hostile holder, B a text too long for a dbf."""
    parcels = sources()[1]
    hole = shapely.box(E + 400, N + 200, E + 600, N + 300)
    shapes = [parcels.geometry.iloc[0].difference(hole), *parcels.geometry.iloc[1:]]
    columns = {name: parcels[name] for name in parcels.columns if name != "geometry"}
    holders = [HOSTILE, "长" * 200, "丙", "=1+1"]
    return landeff.run(project(parcels={"data": layer(shapes, **columns, holder=holders)}))


@pytest.fixture(scope="module")
def saved(result: landeff.Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return result.save(tmp_path_factory.mktemp("saved") / "out")


def test_shapefile(result: landeff.Result, tmp_path: Path) -> None:
    issues = result.export(tmp_path / "宗地.shp")
    assert (tmp_path / "宗地.cpg").read_text() == "GB18030"
    assert tuple((tmp_path / "宗地.dbf").read_bytes()[1:4]) == (100, 1, 1)  # 2000-01-01, not today
    back = gpd.read_file(tmp_path / "宗地.shp")
    assert back["ZDDM"].tolist() == ["A", "B", "C", "D"]
    assert back["QLR"].tolist() == [HOSTILE, "长" * 127, "丙", "=1+1"]  # 254 bytes, two a character
    assert issues.query("column == 'holder'")[["code", "n"]].to_numpy().tolist() == [["text_cut", 1]]
    assert back.crs.to_epsg() == 4528
    names = pd.read_csv(tmp_path / "宗地_字段对照.csv")
    meant = dict(zip(names.iloc[:, 0], names.iloc[:, 1], strict=True))
    assert meant["ZDDM"] == "parcel_id"
    assert set(meant) == set(back.columns) - {"geometry"}
    assert all(len(name.encode("gb18030")) <= 10 for name in meant)


def test_kml_for_a_phone(result: landeff.Result, tmp_path: Path) -> None:
    result.export(tmp_path / "a.kml", parcels=["A"])
    root = ET.parse(tmp_path / "a.kml").getroot()  # noqa: S314 just written
    (mark,) = root.iter(f"{KML}Placemark")
    told = {each.get("name"): each.findtext(f"{KML}value") for each in mark.iter(f"{KML}Data")}
    assert told["权利人"] == HOSTILE
    assert told["计算用地面积（亩）"] == "750.00"
    rings = [each.text.split() for each in mark.iter(f"{KML}coordinates")]
    assert len(rings) == 2  # the hole too
    expected = Transformer.from_crs(4549, 4490, always_xy=True).transform(443_000, N)
    corners = {tuple(float(part) for part in point.split(",")) for point in rings[0]}
    assert min(abs(x - expected[0]) + abs(y - expected[1]) for x, y in corners) < 2e-7


def test_description_for_phones_that_show_nothing_else(result: landeff.Result, tmp_path: Path) -> None:
    result.export(tmp_path / "a.kml")
    back = pyogrio.read_dataframe(tmp_path / "a.kml").rename(columns=str.lower)  # GDAL's own reader
    told = dict(zip(back["name"].str.split().str[0], back["description"], strict=True))
    lines = [dict(line.rstrip("；").split("：", 1) for line in told[code].split("\n")) for code in "AD"]
    assert [line["宗地代码"] for line in lines] == ["A", "D"]
    assert lines[0]["面积（亩）"] == "750.00"
    assert set(lines[0]) == {"宗地代码", "权利人", "面积（亩）", "类别", "依据", "核查要点"}
    assert lines[1]["权利人"] == "=1+1"
    read = []  # as a viewer that takes it for HTML
    page = HTMLParser()
    page.handle_starttag = lambda tag, _: read.append(tag)  # type: ignore[method-assign]
    page.feed(told["A"])
    page.close()
    assert read == []
    assert 'onerror=alert(1)＞＆"]]＞' in told["A"]


def test_points_to_check_of_listed_parcels_only(result: landeff.Result, tmp_path: Path) -> None:
    result.export(tmp_path / "a.kml")
    back = pyogrio.read_dataframe(tmp_path / "a.kml").rename(columns=str.lower)
    listed, back = back["name"].str.contains(" "), back["description"]
    assert listed.any()
    assert back[~listed].str.endswith("依据：—；\n核查要点：—").all()
    assert not back[listed].str.contains("依据：—").any()


def test_boundary_points_of_the_chosen(result: landeff.Result, tmp_path: Path) -> None:
    result.export(tmp_path / "界址点.txt", parcels=["C", "A"])
    areas = landeff.areas(tmp_path / "界址点.txt")
    assert len(areas) == 2
    text = (tmp_path / "界址点.txt").read_text("gb18030")
    assert "J5,2," in text  # the hole is the second ring


def test_geopackage_of_a_class_keeps_style_and_findings(result: landeff.Result, tmp_path: Path) -> None:
    result.export(tmp_path / "a.gpkg", classes=["idle"])
    idle = result.parcels.loc[result.parcels["inventory_class"] == "idle", "parcel_id"].tolist()
    assert idle
    assert pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="parcels")["parcel_id"].tolist() == idle
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as base:
        styled = {name for (name,) in base.execute("SELECT f_table_name FROM layer_styles")}
        found = {name for (name,) in base.execute("SELECT DISTINCT parcel_id FROM findings")}
    assert styled == {"parcels", "zones", "findings"}
    assert found == set(idle)


@pytest.mark.parametrize("suffix", [".parquet", ".geojson", ".fgb"])
def test_other_formats(result: landeff.Result, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"zones{suffix}"
    result.export(target, layer="zones", crs="EPSG:4490")
    back = gpd.read_parquet(target) if suffix == ".parquet" else gpd.read_file(target)
    assert sorted(back["zone_id"]) == ["Z1", "Z2"]
    assert 118 < back.total_bounds[0] < 121


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("a.dwg", {}, r"\.dwg is not written"),
        ("a.kml", {"layer": "zones"}, "parcels only"),
        ("a.shp", {"layer": "streets"}, "no layer 'streets'"),
        ("a.gpkg", {"parcels": ["A", "X9"]}, "parcels X9 are not in the result"),
        ("a.gpkg", {"classes": ["idel"]}, "no parcel is of class idel"),
        ("no/a.gpkg", {}, "there is no folder"),
        ("a.gpkg", {"layer": "remainders"}, "the result has no remainders"),
        ("a.shp", {"layer": "districts"}, "the result has no districts"),
        ("a.shp", {"layer": "zones", "classes": ["idle"]}, "zones cannot be chosen by parcel or class"),
    ],
)
def test_refused(result: landeff.Result, tmp_path: Path, name: str, options: dict, told: str) -> None:
    with pytest.raises(OutputError, match=told):
        result.export(tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []


def test_commands_draw_the_same_again(landeff_command: Command, saved: Path, tmp_path: Path) -> None:
    for name, of_run in (("map", "map.html"), ("report", "report.html"), ("workbook", "inventory.xlsx")):
        target = tmp_path / of_run
        done = landeff_command(name, saved, "--out", target)
        assert done.returncode == 0, done.stderr
        assert target.read_bytes() == (saved / of_run).read_bytes(), name
        again = landeff_command(name, saved, "--out", target, "--lang", "en")
        assert again.returncode == OutputError.exit_code
        assert "--force" in again.stderr


def test_the_folder_of_tables_is_the_result_too(saved: Path) -> None:
    tables = landeff.load_result(saved / "result").dataset.tables
    assert tables.keys() == landeff.load_result(saved).dataset.tables.keys()
    with pytest.raises(OutputError, match="does not hold a saved result"):
        landeff.load_result(saved.parent)


def test_export_command_says_what_was_cut(landeff_command: Command, saved: Path, tmp_path: Path) -> None:
    done = landeff_command("export", saved, tmp_path / "a.shp", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert "Shapefile 的文字截为 254 字节" in done.stderr
    before = (tmp_path / "a.shp").read_bytes()
    assert landeff_command("export", saved, tmp_path / "a.shp").returncode == OutputError.exit_code
    done = landeff_command("export", saved, tmp_path / "a.shp", "--force")
    assert done.returncode == 0
    assert (tmp_path / "a.shp").read_bytes() == before  # same result, same bytes
