"""``landeff convert`` and :func:`landeff.convert`: 界址点坐标 to GIS and back."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from boundary_texts import HEAD

import landeff
from landeff.core.errors import InputError, LandeffError, OutputError

Command = Callable[..., subprocess.CompletedProcess[str]]
E, N = 40_443_000, 3_584_000
TXT = f"""{HEAD}5,1.0000,P1,甲,面,I50G087087,工业用地,0601,@
J1,1,3584000.000,40443000.000
J2,1,3584000.000,40443100.000
J3,1,3584100.000,40443100.000
J4,1,3584100.000,40443000.000
J1,1,3584000.000,40443000.000
""".replace("\n", "\r\n")


@pytest.fixture
def txt(tmp_path: Path) -> Path:
    path = tmp_path / "界址点.txt"
    path.write_bytes(TXT.encode("gb18030"))
    return path


def layer(path: Path, **columns: list[object]) -> Path:
    square = shapely.box(E, N, E + 100, N + 100)
    gpd.GeoDataFrame(columns, geometry=[square], crs="EPSG:4528").to_file(path)
    return path


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".fgb"])
def test_there_and_back_in_the_same_bytes(landeff_command: Command, txt: Path, suffix: str) -> None:
    there, back = txt.with_name(f"a{suffix}"), txt.with_name("b.txt")
    for source, target in ((txt, there), (there, back)):
        head = ("--office", "扬州市自然资源和规划局", "--date", "2025-03-01")
        done = landeff_command("convert", source, target, *head)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == str(target)
    frame = gpd.read_file(there)
    assert frame.crs.to_epsg() == 4528
    assert frame.geometry[0].equals(shapely.box(E, N, E + 100, N + 100))
    assert frame["地块面积（公顷）"].tolist() == [1.0]
    assert back.read_bytes() == TXT.encode("gb18030")


def test_same_layer_same_bytes(txt: Path) -> None:
    for name in ("a.gpkg", "b.gpkg"):
        (txt.parent / name[0]).mkdir()
        landeff.convert(txt, txt.parent / name[0] / "x.gpkg")
    assert (txt.parent / "a/x.gpkg").read_bytes() == (txt.parent / "b/x.gpkg").read_bytes()


def test_encoding_zone_and_digits(landeff_command: Command, txt: Path) -> None:
    target = txt.with_name("b.txt")
    done = landeff_command(
        "convert", txt, target, "--crs", "EPSG:4549", "--encoding", "utf-8", "--digits", "2"
    )
    assert done.returncode == 0, done.stderr
    lines = target.read_text("utf-8").splitlines()
    assert lines[8:10] == ["带号=40", "精度=0.01"]
    assert lines[13] == "J1,1,3584000.00,443000.00"


def test_cells_from_the_columns_of_a_layer(landeff_command: Command, tmp_path: Path) -> None:
    """Known headers are taken and told, others by --column; the area is the true one: 100 m by 100 m in the
    plane of 120°E at 119.4°E, where the scale is 1 + (0.6° · cos 32.4°)² / 2 = 1 + 3.9e-5: 9999.2 m²."""
    source = layer(tmp_path / "a.gpkg", ZDDM=["P1"], XM=["甲"], DLBM=["0601"], 税收=[5.0])
    target = tmp_path / "b.txt"
    done = landeff_command("convert", source, target, "--column", "XM=地块名称", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "\r\n5,0.9999,P1,甲,面,I50G087087,,0601,@\r\n" in target.read_bytes().decode("gb18030")
    assert "column taken (column_taken): 2" in done.stderr
    assert "ZDDM → 地块编号" in done.stderr
    assert "(column_not_written): 1" in done.stderr
    assert "税收" in done.stderr


def test_rows_without_polygon_are_told(tmp_path: Path) -> None:
    square = shapely.box(E, N, E + 100, N + 100)
    frame = gpd.GeoDataFrame({"ZDDM": ["P1", "P2"]}, geometry=[square, None], crs="EPSG:4528")
    frame.to_file(tmp_path / "a.gpkg")
    issues = landeff.convert(tmp_path / "a.gpkg", tmp_path / "b.txt")
    assert issues.loc[issues["code"] == "not_written", ["key", "n"]].to_numpy().tolist() == [["P2", 1]]


def test_rows_not_written_are_named(landeff_command: Command, tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(E, N), (E + 100, N + 100), (E + 100, N), (E, N + 100)])
    square = shapely.box(E, N, E + 100, N + 100)
    frame = gpd.GeoDataFrame({"ZDDM": ["P1", "P2", "P3"]}, geometry=[bow_tie, square, None], crs="EPSG:4528")
    frame.to_file(tmp_path / "a.gpkg")
    done = landeff_command("convert", tmp_path / "a.gpkg", tmp_path / "b.txt", "--lang", "zh")
    assert "P1 第 1, 3 行 → 没有面图形或面积为零的行未写出" in done.stderr


def test_areas_in_square_metres_come_out_as_hectares_without_noise(txt: Path) -> None:
    txt.write_bytes(TXT.replace(",1.0000,", ",9998.12,").encode("gb18030"))
    landeff.convert(txt, txt.with_name("a.gpkg"))
    landeff.convert(txt.with_name("a.gpkg"), txt.with_name("b.txt"))
    assert ",0.999812," in txt.with_name("b.txt").read_text("gb18030")


def test_a_file_whose_only_parcel_cannot_be_drawn_says_why(txt: Path) -> None:
    txt.write_bytes(TXT.replace("3584000.000,40443100", "3584000.000 40443100").encode("gb18030"))
    issues = landeff.convert(txt, txt.with_name("a.gpkg"))
    assert issues.loc[issues["severity"] == "error", ["code", "source_row"]].to_numpy().tolist() == [
        ["parcel_not_drawn", 15]
    ]
    assert gpd.read_file(txt.with_name("a.gpkg")).crs.to_epsg() == 4528
    with pytest.raises(InputError, match=r"row 15: .*a row that is no point"):
        landeff.areas(txt)


def test_old_datums_change_format_but_not_datum(txt: Path) -> None:
    txt.write_bytes(TXT.replace("2000国家大地坐标系", "80国家大地坐标系").encode("gb18030"))
    landeff.convert(txt, txt.with_name("a.gpkg"))
    assert gpd.read_file(txt.with_name("a.gpkg")).crs.to_epsg() == 2364
    with pytest.raises(InputError, match="superseded datum"):
        landeff.convert(txt, txt.with_name("b.gpkg"), crs="EPSG:4528")
    assert not txt.with_name("b.gpkg").exists()


def test_nothing_is_overwritten(landeff_command: Command, txt: Path) -> None:
    before = txt.read_bytes()
    done = landeff_command("convert", txt, txt, "--lang", "en")
    assert done.returncode == 3
    assert "nothing was overwritten" in done.stderr
    assert txt.read_bytes() == before
    assert [path.name for path in txt.parent.iterdir() if path.is_file()] == [txt.name]


@pytest.mark.parametrize(
    ("name", "target", "options", "told"),
    [
        ("a.gpkg", "b.dwg", {}, r"\.dwg is not written"),
        ("a.gpkg", "no/b.txt", {}, "there is no folder"),
        ("a.gpkg", "b.txt", {"crs": "EPSG:4490"}, "no Gauss-Krüger plane"),
        ("a.gpkg", "b.txt", {"columns": {"XX": "地块编号"}}, "has no column 'XX'"),
        ("a.gpkg", "b.txt", {"columns": {"ZDDM": "编号"}}, "is no cell of the format"),
        ("a.gpkg", "b.txt", {"encoding": "big5"}, "is not written"),
        ("t.csv", "b.gpkg", {}, "is a table without geometries"),
    ],
)
def test_refusals(tmp_path: Path, name: str, target: str, options: dict[str, object], told: str) -> None:
    layer(tmp_path / "a.gpkg", ZDDM=["P1"])
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    with pytest.raises(LandeffError, match=told):
        landeff.convert(tmp_path / name, tmp_path / target, **options)  # type: ignore[arg-type]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gpkg", "t.csv"]


def test_unwritable_column_option(landeff_command: Command, txt: Path) -> None:
    done = landeff_command("convert", txt, txt.with_name("b.txt"), "--column", "地块编号", "--lang", "en")
    assert done.returncode == 2
    assert "has no =" in done.stderr


def test_errors_are_output_errors(txt: Path) -> None:
    with pytest.raises(OutputError):
        landeff.convert(txt, txt.with_name("b"))
