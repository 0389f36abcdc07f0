"""``landeff areas``: what had to be decided on reading is said, beside the areas."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import shapely

Command = Callable[..., subprocess.CompletedProcess[str]]
#: Domain §5.1, V1: one hundredth of a degree each way, 1 043 465.943 m² by the survey formula.
V1 = shapely.box(119.40, 32.38, 119.41, 32.39)


def test_degrees_of_a_web_map_are_doubted(landeff_command: Command, tmp_path: Path) -> None:
    gpd.GeoDataFrame({"a": [1]}, geometry=[V1], crs="EPSG:4326").to_file(tmp_path / "园区.geojson")
    run = landeff_command("areas", tmp_path / "园区.geojson", "--lang", "en")
    assert run.returncode == 0
    assert "wgs84_by_format" in run.stderr
    assert "GCJ-02" in run.stderr
    assert (
        "wgs84_by_format"
        not in landeff_command("areas", tmp_path / "园区.geojson", "--crs", "EPSG:4490").stderr
    )


def test_the_encoding_is_told(landeff_command: Command, tmp_path: Path) -> None:
    path = tmp_path / "园区.shp"
    gpd.GeoDataFrame({"名称": ["扬州示例园区"]}, geometry=[V1], crs="EPSG:4490").to_file(path, encoding="gbk")
    path.with_suffix(".cpg").unlink()
    run = landeff_command("areas", path, "--lang", "en")
    assert "1043465.943" in run.stdout
    assert "encoding_detected" in run.stderr


def test_unit_in_a_header_without_brackets(landeff_command: Command, tmp_path: Path) -> None:
    path = tmp_path / "园区.gpkg"
    frame = gpd.GeoDataFrame({"面积亩": [1500.0], "名": ["甲"]}, geometry=[V1], crs="EPSG:4490")
    frame.to_file(path)
    assert (
        "1000000.000" in landeff_command("areas", path, "--registered", "面积亩").stdout
    )  # 1 500 mu are 1 km²
    wrong = landeff_command("areas", path, "--registered", "面积亩", "--unit", "斤", "--lang", "en")
    assert (wrong.returncode, "'斤' is no unit of area" in wrong.stderr) == (3, True)
    text = landeff_command("areas", path, "--registered", "名", "--unit", "亩", "--lang", "en")
    assert (text.returncode, "the first is '甲' in row 1" in text.stderr) == (3, True)
