"""Shapefiles with parts missing, cut off or mixed up, and dbf tables with names and numbers cut."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from landeff.core.errors import InputError
from landeff.sources.readers import Raw, read
from landeff.sources.vector.dbf import field_name

pytestmark = pytest.mark.filterwarnings("ignore:'crs' was not provided")

CRS = "EPSG:4528"


def shapefile(folder: Path, encoding: str = "gbk", cpg: str | None = None, **columns: Any) -> Path:
    path = folder / "宗地.shp"
    shapes = [box(40_443_000 + 100 * i, 3_586_000, 40_443_090 + 100 * i, 3_586_090) for i in range(2)]
    columns = {"QLR": ["扬州示例公司", "黑龙江省"], **columns}
    gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS).to_file(path, encoding=encoding, engine="pyogrio")
    path.with_suffix(".cpg").unlink()
    change(path.with_suffix(".dbf"), 29, b"\0")  # no language byte
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    return path


def change(path: Path, at: int, data: bytes) -> None:
    changed = bytearray(path.read_bytes())
    changed[at : at + len(data)] = data
    path.write_bytes(changed)


def told(raw: Raw) -> dict[str, str]:
    return {issue.code: issue.value for issue in raw.issues}


# Parts -----------------------------------------------------------------------------------------------------


def test_a_missing_index_is_made_up_elsewhere(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".shx").unlink()
    before = sorted(tmp_path.iterdir())
    raw = read(path)
    assert raw.frame["QLR"].tolist() == ["扬州示例公司", "黑龙江省"]
    assert told(raw)["part_missing"] == ".shx"
    assert sorted(tmp_path.iterdir()) == before  # nothing is written beside what was handed over


def test_a_missing_dbf_is_told(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".dbf").unlink()
    raw = read(path)
    assert len(raw.frame) == 2
    assert told(raw)["part_missing"] == ".dbf"


def test_a_missing_prj_is_inferred_from_the_zone(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".prj").unlink()
    raw = read(path)
    assert raw.crs == CRS
    assert "crs_inferred" in told(raw)


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"GEOGCS[", b"\xff\xfe??"])
def test_a_prj_that_says_nothing(tmp_path: Path, content: bytes) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".prj").write_bytes(content)
    raw = read(path)
    assert raw.crs == CRS  # from the eastings
    assert told(raw)["part_missing"] == ".prj"


def test_parts_in_another_case(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    for suffix, name in ((".dbf", "宗地.DBF"), (".shx", "宗地.Shx"), (".prj", "宗地.PRJ")):
        path.with_suffix(suffix).rename(tmp_path / name)
    path = path.rename(tmp_path / "宗地.SHP")
    raw = read(path)
    assert (raw.crs, raw.frame["QLR"].tolist()) == (CRS, ["扬州示例公司", "黑龙江省"])


def test_shapes_and_rows_that_do_not_go_together(tmp_path: Path) -> None:
    """Someone deleted a row of the .dbf in a spreadsheet: every attribute would stand at another parcel."""
    path = shapefile(tmp_path)
    dbf = path.with_suffix(".dbf")
    change(dbf, 4, struct.pack("<I", 1))
    with pytest.raises(InputError, match=r"2 shapes and 宗地\.dbf 1 rows"):
        read(path)


@pytest.mark.parametrize("suffix", [".shp", ".dbf"])
def test_parts_that_end_too_early(tmp_path: Path, suffix: str) -> None:
    path = shapefile(tmp_path)
    part = path.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[:-40])
    with pytest.raises(InputError, match=r"cut off|ends after 1"):
        read(path)


@pytest.mark.parametrize("length", [0, 10, 40])
@pytest.mark.parametrize("suffix", [".shp", ".dbf", ".shx"])
def test_parts_of_which_hardly_anything_is_left(tmp_path: Path, suffix: str, length: int) -> None:
    path = shapefile(tmp_path)
    part = path.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[:length])
    with pytest.raises(InputError) as error:
        read(path)
    assert error.value.fix


def test_a_dbf_by_itself_is_a_table(tmp_path: Path) -> None:
    path = shapefile(tmp_path).with_suffix(".dbf")
    shutil.copy(path, tmp_path / "权属.dbf")
    raw = read(tmp_path / "权属.dbf")
    assert not isinstance(raw.frame, gpd.GeoDataFrame)
    assert raw.frame["QLR"].tolist() == ["扬州示例公司", "黑龙江省"]
    path.with_suffix(".shp").unlink()
    with pytest.raises(InputError, match=r"part of a shapefile, as 宗地\.shx shows"):
        read(path)


# Text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cpg", ["UTF-8", "ISO-8859-1", "1252", "BIG5", "nonsense"])
def test_a_cpg_that_is_wrong(tmp_path: Path, cpg: str) -> None:
    raw = read(shapefile(tmp_path, "gbk", cpg))
    assert raw.frame["QLR"].tolist() == ["扬州示例公司", "黑龙江省"]
    assert raw.encoding == "gb18030"


def test_big5_and_western_text(tmp_path: Path) -> None:
    raw = read(shapefile(tmp_path, "big5", QLR=["臺北市信義區", "黑龍江省"]))
    assert raw.frame["QLR"].tolist() == ["臺北市信義區", "黑龍江省"]
    raw = read(shapefile(tmp_path, "ISO-8859-1", QLR=["Zürich", "Müller & Söhne"]))
    assert raw.frame["QLR"].tolist() == ["Zürich", "Müller & Söhne"]


def test_text_that_could_be_either_is_asked_about(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "ISO-8859-1", QLR=["Malmö", "Lund"])
    with pytest.raises(InputError, match="in doubt"):
        read(path)
    assert read(path, encoding="latin-1").frame["QLR"].tolist() == ["Malmö", "Lund"]


def test_declared_encoding_tells_what_it_cannot_read(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "gbk")
    raw = read(path, encoding="utf-8")
    (issue,) = [each for each in raw.issues if each.code == "text_undecodable"]
    assert issue.n == 2


# Fields ----------------------------------------------------------------------------------------------------


def test_fields_that_share_a_name_both_come_through(tmp_path: Path) -> None:
    """GDAL hands the second over twice, without a word."""
    path = shapefile(tmp_path, 约定开工=["甲", "乙"], 约定竣工=["丙", "丁"])
    dbf = path.with_suffix(".dbf")
    change(dbf, 32 + 32 * 2, dbf.read_bytes()[32 + 32 : 32 + 32 + 11])
    raw = read(path)
    assert raw.frame["约定开工 (1)"].tolist() == ["甲", "乙"]
    assert raw.frame["约定开工 (2)"].tolist() == ["丙", "丁"]
    assert told(raw)["field_names_collide"] == "约定开工 (1), 约定开工 (2)"


def test_names_cut_to_ten_bytes_and_numbered(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "utf-8", 约定开工日期=["甲", "乙"], 约定开工时间=["丙", "丁"])
    raw = read(path)
    assert raw.frame.columns[:3].tolist() == ["QLR", "约定开", "约定_1"]
    assert told(raw)["field_names_collide"] == "约定开, 约定_1"
    assert raw.frame["约定_1"].tolist() == ["丙", "丁"]


@pytest.mark.parametrize(
    ("name", "encoding", "whole"),
    [
        ("土地用途代码".encode("gbk")[:10], "gb18030", "土地用途代"),
        ("容积率A上限".encode("gbk")[:10], "gb18030", "容积率A上"),  # 7 + 2 + half a character
        ("土地用途".encode()[:10], "utf-8", "土地用"),
        ("土地用途".encode()[:8] + b"_1", "utf-8", "土地_1"),
        ("地块".encode("gbk") + b"_12", "gb18030", "地块_12"),
        (b"AREA_1", "utf-8", "AREA_1"),
    ],
)
def test_names_cut_in_the_middle_of_a_character(name: bytes, encoding: str, whole: str) -> None:
    assert field_name(name, encoding) == whole


def test_years_in_names_are_no_copies(tmp_path: Path) -> None:
    raw = read(
        shapefile(tmp_path, SALES_2023=[1, 2], SALES_2024=[3, 4], BUILDING_1=[5, 6], BUILDING_2=[7, 8])
    )
    assert "field_names_collide" not in told(raw)


@pytest.mark.parametrize("width", [18, 19, 20])
def test_codes_in_numeric_fields_keep_their_digits(tmp_path: Path, width: int) -> None:
    """A numeric field of 19 digits is a float to GDAL, and 18 digits beside a blank are one to pandas."""
    code = "3210030010010000119"[:width].rjust(width)
    path = shapefile(tmp_path, ZDDM=["x" * width, "y" * width])
    dbf = path.with_suffix(".dbf")
    header = dbf.read_bytes()
    at = 32 + 32  # the second field
    assert header[at : at + 4] == b"ZDDM"
    change(dbf, at + 11, b"N")
    change(dbf, at + 16, bytes([header[at + 16], 0]))
    length = header[at + 16]
    dbf.write_bytes(
        dbf.read_bytes()
        .replace(("x" * width).ljust(length).encode(), code.strip().rjust(length).encode())
        .replace(("y" * width).ljust(length).encode(), b" " * length)
    )
    cells = read(path).frame["ZDDM"]
    assert cells[0] == code.strip()
    assert cells.isna()[1] or cells[1] == ""


# Rows ------------------------------------------------------------------------------------------------------


def _mark_deleted(dbf: Path, row: int) -> None:
    start, width = struct.unpack("<HH", dbf.read_bytes()[8:12])
    change(dbf, start + width * row, b"*")


def test_rows_marked_as_deleted_are_told_and_shift_no_number(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    _mark_deleted(path.with_suffix(".dbf"), 0)
    raw = read(path)
    assert raw.frame["QLR"].tolist() == ["黑龙江省"]
    assert raw.rows.tolist() == [2]
    assert told(raw)["rows_deleted"] == "rows 1"


def test_a_lone_dbf_with_a_deleted_row(tmp_path: Path) -> None:
    dbf = shapefile(tmp_path).with_suffix(".dbf")
    _mark_deleted(dbf, 0)
    alone = tmp_path / "alone"
    alone.mkdir()
    raw = read(shutil.copy(dbf, alone / "台账.dbf"))
    assert (raw.frame["QLR"].tolist(), raw.rows.tolist()) == (["黑龙江省"], [2])
    assert told(raw)["rows_deleted"] == "rows 1"


def test_stars_are_no_code(tmp_path: Path) -> None:
    """GDAL, as ArcGIS, fills a number that is missing or too wide for its field with ``*``."""
    codes = pd.array([321003001002000012, None], dtype="Int64")
    raw = read(shapefile(tmp_path, ZDDM=codes))
    assert raw.frame["ZDDM"].tolist()[0] == "321003001002000012"
    assert raw.frame["ZDDM"].isna().tolist() == [False, True]
