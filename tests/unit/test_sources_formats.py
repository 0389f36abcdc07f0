"""Formats by content and suffix, and zips: what is read, and what is refused in plain words."""

from __future__ import annotations

import json
import math
import os
import zipfile
from pathlib import Path
from typing import Any

import drawings
import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely import box

from landeff.core.errors import InputError
from landeff.sources import archive
from landeff.sources.readers import Raw, read, reader_of, sha256

pytestmark = pytest.mark.filterwarnings("ignore:'crs' was not provided")

CRS = "EPSG:4528"
X0, Y0 = 40_443_000.0, 3_586_000.0


def layer(n: int = 2, crs: str | None = CRS, **columns: Any) -> gpd.GeoDataFrame:
    shapes = [box(X0 + 100 * i, Y0, X0 + 100 * i + 90, Y0 + 90) for i in range(n)]
    names = ["扬州示例公司", "黑龙江省", "邗江区"][:n]
    return gpd.GeoDataFrame({"QLR": names, **columns}, geometry=shapes, crs=crs)


def codes(raw: Raw) -> list[str]:
    return sorted(issue.code for issue in raw.issues)


def zipped(path: Path, files: dict[str, bytes | Path]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data if isinstance(data, bytes) else data.read_bytes())
    return path


def shapes(folder: Path, stem: str, inside: str = "", encoding: str = "gbk") -> dict[str, bytes | Path]:
    folder.mkdir(exist_ok=True)
    layer().to_file(folder / f"{stem}.shp", encoding=encoding, engine="pyogrio")
    (folder / f"{stem}.cpg").unlink()
    return {inside + part.name: part for part in sorted(folder.glob(f"{stem}.*"))}


# Zip -------------------------------------------------------------------------------------------------------


def test_a_zipped_shapefile_in_a_folder_beside_litter(tmp_path: Path) -> None:
    files = shapes(tmp_path / "s", "宗地", "成果/2024/")
    files = {name.replace(".dbf", ".DBF"): data for name, data in files.items()}
    litter = {"__MACOSX/成果/._宗地.shp": b"x", "成果/.DS_Store": b"x", "成果/readme.pdf": b"%PDF-1"}
    path = zipped(tmp_path / "宗地.zip", {**litter, **files})
    raw = read(path)
    assert raw.frame["QLR"].tolist() == ["扬州示例公司", "黑龙江省"]
    assert (raw.name, raw.crs, raw.encoding) == ("宗地.zip/成果/2024/宗地.shp", CRS, "gb18030")
    assert raw.sha256 == sha256(path)
    assert {issue.source_file for issue in raw.issues} == {raw.name}


def test_several_layers_in_a_zip_have_to_be_named(tmp_path: Path) -> None:
    first, second = shapes(tmp_path / "a", "宗地"), shapes(tmp_path / "b", "园区", "x/")
    path = zipped(tmp_path / "a.zip", {**first, **second})
    assert reader_of(path).names(path) == ("园区", "宗地")
    with pytest.raises(InputError, match="holds 2 layers") as error:
        read(path)
    assert "园区, 宗地" in error.value.fix
    for name in ("园区", "x/园区.shp"):
        assert read(path, layer=name).name == "a.zip/x/园区.shp"
    with pytest.raises(InputError, match="has no layer '道路'"):
        read(path, layer="道路")


def test_member_names_in_gbk(tmp_path: Path) -> None:
    """As Windows in Chinese packs: names in GBK, the UTF-8 flag not set (here set back by hand)."""
    files = shapes(tmp_path / "s", "zd", "aaaa/")
    path = zipped(tmp_path / "a.zip", files)
    path.write_bytes(path.read_bytes().replace(b"aaaa/", "宗地".encode("gbk") + b"/"))
    assert read(path).name == "a.zip/宗地/zd.shp"


def test_backslashes_are_folders(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", shapes(tmp_path / "s", "zd", "b\\"))
    assert read(path).name == "a.zip/b/zd.shp"


def test_a_geopackage_of_several_layers_in_a_zip(tmp_path: Path) -> None:
    layer().to_file(tmp_path / "图.gpkg", layer="宗地", engine="pyogrio")
    layer(3).to_file(tmp_path / "图.gpkg", layer="园区", engine="pyogrio")
    path = zipped(tmp_path / "a.zip", {"图.gpkg": tmp_path / "图.gpkg"})
    assert reader_of(path).names(path) == ("宗地", "园区")
    assert len(read(path, layer="园区").frame) == 3
    both = zipped(tmp_path / "b.zip", {"图.gpkg": tmp_path / "图.gpkg", **shapes(tmp_path / "s", "房屋")})
    assert reader_of(both).names(both) == ("图/宗地", "图/园区", "房屋")
    assert len(read(both, layer="图/园区").frame) == 3


def test_a_table_in_a_zip_and_a_layer_before_tables(tmp_path: Path) -> None:
    table = "企业名称,税收\n甲公司,1\n".encode("gbk")
    assert read(zipped(tmp_path / "a.zip", {"税收.csv": table})).frame["企业名称"].tolist() == ["甲公司"]
    both = zipped(tmp_path / "b.zip", {"说明.csv": table, **shapes(tmp_path / "s", "宗地")})
    assert read(both).name == "b.zip/宗地.shp"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no layer or table"),
        ({"readme.md": b"x"}, r"it holds readme\.md"),
        ({"图.dwg": b"AC1032"}, "图.dwg, an AutoCAD drawing"),
        ({"内.zip": b"PK"}, "内.zip, a zip in a zip"),
        ({"宗地.dbf": b"x", "宗地.shx": b"x"}, r"宗地\.dbf and no \.shp"),
        ({"../../宗地.csv": b"a,b\n1,2\n"}, "leads out of its folder"),
        ({"/etc/宗地.csv": b"a,b\n1,2\n"}, "leads out of its folder"),
        ({"C:\\宗地.csv": b"a,b\n1,2\n"}, "leads out of its folder"),
        ({"坏.shp": b"nothing"}, "坏.shp cannot be read"),
    ],
)
def test_zips_that_are_refused(tmp_path: Path, files: dict[str, bytes | Path], message: str) -> None:
    path = zipped(tmp_path / "a.zip", files)
    with pytest.raises(InputError, match=message) as error:
        read(path)
    assert "a.zip" in error.value.problem
    assert error.value.fix


def test_bombs_locks_and_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"a,b\n" + b"0," * 500_000})
    whole = path.read_bytes()
    monkeypatch.setattr(archive, "BOMB_BYTES", 100_000)
    with pytest.raises(InputError, match="would unpack to 1 files"):
        read(path)
    monkeypatch.undo()
    locked = bytearray(whole)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[whole.index(mark) + flags] |= 1
    path.write_bytes(locked)
    with pytest.raises(InputError, match="locked with a password"):
        read(path)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cannot be unpacked"):
        read(path)
    spoilt = bytearray(whole)
    spoilt[200:230] = b"\xa5" * 30
    path.write_bytes(spoilt)
    with pytest.raises(InputError, match="cannot be unpacked"):
        read(path)


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    read(zipped(tmp_path / "a.zip", shapes(tmp_path / "s", "宗地")))
    assert list(folder.iterdir()) == []


# Layers ----------------------------------------------------------------------------------------------------


def test_a_file_geodatabase_as_folder_and_zipped(tmp_path: Path) -> None:
    path = tmp_path / "调查.gdb"
    layer().to_file(path, driver="OpenFileGDB", layer="宗地", engine="pyogrio")
    layer(3).to_file(path, driver="OpenFileGDB", layer="园区", engine="pyogrio", mode="a")
    assert reader_of(path).names(path) == ("宗地", "园区")
    raw = read(path, layer="宗地")
    assert (raw.name, raw.crs, raw.frame["QLR"].tolist()) == ("调查.gdb", CRS, ["扬州示例公司", "黑龙江省"])
    before = raw.sha256
    (path / "x.lock").write_bytes(b"someone looks at it")
    assert read(path, layer="宗地").sha256 == before
    (path / "timestamps").write_bytes(b"changed")
    assert read(path, layer="宗地").sha256 != before
    files = {f"成果/调查.gdb/{part.name}": part for part in path.iterdir()}
    packed = zipped(tmp_path / "b.zip", {**files})
    assert read(packed, layer="园区").name == "b.zip/成果/调查.gdb"
    bare = zipped(tmp_path / "c.gdb.zip", {part.name: part for part in path.iterdir()})
    assert len(read(bare, layer="园区").frame) == 3


def test_other_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    (tmp_path / "空.gdb").mkdir()
    with pytest.raises(InputError, match=r"空\.gdb is a folder"):
        read(tmp_path / "空.gdb")


def test_flatgeobuf(tmp_path: Path) -> None:
    layer().to_file(tmp_path / "a.fgb", engine="pyogrio", SPATIAL_INDEX="NO")
    raw = read(tmp_path / "a.fgb")
    assert (raw.crs, raw.frame["QLR"].tolist()) == (CRS, ["扬州示例公司", "黑龙江省"])


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".geojson"])
def test_long_codes_as_numbers_keep_their_digits_beside_a_blank(tmp_path: Path, suffix: str) -> None:
    """321003001001000011 needs 59 bits; a float has 53."""
    numbers = pd.Series([321_003_001_001_000_011, None], dtype="Int64")
    path = tmp_path / f"a{suffix}"
    layer(ZDDM=numbers).to_file(path, engine="pyogrio")
    column = read(path).frame.set_index("QLR")["ZDDM"]
    assert str(column["扬州示例公司"]) == "321003001001000011"
    assert pd.isna(column["黑龙江省"])


def test_arcs_become_lines_that_keep_the_area(tmp_path: Path) -> None:
    layer(1).to_file(tmp_path / "a.gpkg", layer="a", engine="pyogrio")
    raw = read(drawings.with_arcs(tmp_path / "a.gpkg"))
    assert raw.frame.geometry.area.iloc[0] == pytest.approx(math.pi, rel=4e-6)
    assert raw.frame["QLR"].tolist() == ["扬州示例公司"]
    assert "curves_straightened" in codes(raw)


def test_shapes_that_are_none_do_not_take_the_layer_with_them(tmp_path: Path) -> None:
    square = [[119, 32], [119.1, 32], [119.1, 32.1], [119, 32.1], [119, 32]]
    rings = [square, square[:-1], square[:1], square]
    features = [
        {"type": "Feature", "properties": {"n": n}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for n, ring in enumerate(rings, start=1)
    ]
    features.append({"type": "Feature", "properties": {"n": 5}, "geometry": None})
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    raw = read(path)
    assert raw.frame["n"].tolist() == [1, 2, 3, 4, 5]
    assert raw.frame.geometry.isna().tolist() == [False, False, True, False, True]
    assert raw.frame.geometry.iloc[1].equals(raw.frame.geometry.iloc[0])
    told = {issue.code: issue.value for issue in raw.issues}
    assert told["rings_closed"] == "rows 2"
    assert told["geometry_unreadable"] == "rows 3"  # the fifth never had one


def test_topojson_called_json_and_esri_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"type":"Topology","objects":{"宗地":{"type":"GeometryCollection","geometries":[{"type":'
                    '"Polygon","arcs":[[0]],"properties":{"QLR":"扬州"}}]}},"arcs":[[[119,32],[119.1,32],'
                    '[119,32.1],[119,32]]]}', encoding="utf-8")  # fmt: skip
    assert read(path, crs="EPSG:4490").frame["QLR"].tolist() == ["扬州"]
    esri = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4490},
            "fields": [{"name": "QLR", "type": "esriFieldTypeString", "length": 20}],
            "features": [{"attributes": {"QLR": "扬州"},
                          "geometry": {"rings": [[[0, 0], [0, 1], [1, 0], [0, 0]]]}}]}  # fmt: skip
    path.write_text(json.dumps(esri, ensure_ascii=False), encoding="utf-8")
    raw = read(path)
    assert (raw.crs, raw.frame["QLR"].tolist()) == ("EPSG:4490", ["扬州"])


def test_json_that_is_no_geography_is_records(tmp_path: Path) -> None:
    path = tmp_path / "供地.json"
    path.write_text('[{"电子监管号": "0012", "note": "the features of it"}]', encoding="utf-8")
    assert read(path).frame["电子监管号"].tolist() == ["0012"]
    assert reader_of(path).names(path) == ("供地",)


@pytest.mark.parametrize(("named", "codec"), [("UTF-8", "utf-8"), ("GB2312", "gbk"), ("UTF-8", "gbk")])
def test_kml_and_kmz(tmp_path: Path, named: str, codec: str) -> None:
    path = drawings.kml(tmp_path / "a.kml", named, codec)
    raw = read(path)
    assert raw.crs == "EPSG:4326"
    assert raw.frame[["宗地代码", "权利人", "Name"]].to_numpy().tolist() == [["0012", "黑龙江省", "甲"]]
    assert not raw.frame.geometry.has_z.any()
    assert "not_polygons" in codes(raw)  # the point
    packed = zipped(tmp_path / "a.kmz", {"doc.kml": path, "files/icon.png": b"\x89PNG\r\n"})
    assert read(packed).frame["权利人"].tolist() == ["黑龙江省"]


def test_kml_with_entities_is_refused(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>'
    (tmp_path / "a.kml").write_text(text)
    with pytest.raises(InputError, match="declares entities"):
        read(tmp_path / "a.kml")


@pytest.mark.parametrize(
    ("charset", "encoding", "read_as"),
    [
        ("WindowsSimpChinese", "gbk", "gb18030"),
        ("Neutral", "gbk", "gb18030"),
        ("WindowsLatin1", "gbk", "gb18030"),
        ("WindowsSimpChinese", "utf-8", "utf-8"),
    ],
)
def test_mapinfo_whatever_its_charset_says(tmp_path: Path, charset: str, encoding: str, read_as: str) -> None:
    raw = read(drawings.mif(tmp_path / "a.mif", charset, encoding), crs="EPSG:4549")
    assert raw.frame[["地块编号", "权利人"]].to_numpy().tolist() == [["A1", "黑龙江省"]]
    assert raw.encoding == read_as
    assert raw.frame.geometry.area.iloc[0] == pytest.approx(10_000)


def test_mapinfo_tab(tmp_path: Path) -> None:
    frame = layer().rename(columns={"QLR": "holder"})
    pyogrio.write_dataframe(frame, tmp_path / "a.tab", driver="MapInfo File", encoding="CP936")
    raw = read(tmp_path / "a.tab", crs=CRS)
    assert raw.frame["holder"].tolist() == ["扬州示例公司", "黑龙江省"]
    before = raw.sha256
    data = (tmp_path / "a.dat").read_bytes()
    (tmp_path / "a.dat").write_bytes(data.replace("黑龙".encode("gbk"), "白龙".encode("gbk")))
    assert read(tmp_path / "a.tab", crs=CRS).sha256 != before


# Content and suffix ----------------------------------------------------------------------------------------


def test_a_suffix_that_lies(tmp_path: Path) -> None:
    layer().to_file(tmp_path / "a.gpkg", engine="pyogrio")
    pd.DataFrame({"企业名称": ["甲公司"], "税收": [1]}).to_excel(
        tmp_path / "a.xlsx", engine="xlsxwriter", index=False
    )
    zipped(tmp_path / "a.zip", shapes(tmp_path / "s", "宗地"))
    page = '<html><meta charset="gbk"><table><tr><td>企业名称<td>税收</tr><tr><td>甲公司<td>1</table>'
    (tmp_path / "a.html").write_bytes(page.encode("gbk"))
    (tmp_path / "a.csv").write_bytes("企业名称,税收\n甲公司,1\n".encode("gbk"))
    for true, false, column in (
        ("a.gpkg", "b.shp", "QLR"),
        ("a.gpkg", "b.zip", "QLR"),
        ("a.zip", "c.shp", "QLR"),
        ("a.xlsx", "b.xls", "企业名称"),
        ("a.xlsx", "b.csv", "企业名称"),
        ("a.html", "c.xls", "企业名称"),
        ("a.csv", "d.xls", "企业名称"),
        ("a.csv", "b.xlsx", "企业名称"),
    ):
        path = tmp_path / false
        path.write_bytes((tmp_path / true).read_bytes())
        raw = read(path)
        assert raw.frame[column].iloc[0] in ("甲公司", "扬州示例公司"), false
        assert "suffix_differs" in codes(raw)
        assert raw.name.startswith(false)
        assert raw.sha256 == sha256(path)
        assert reader_of(path).names(path)
        path.unlink()


def test_html_spans(tmp_path: Path) -> None:
    rows = ("<tr><td colspan=3>税收情况</td></tr>"
            "<tr><th>企业名称</th><th>宗地代码</th><th>税收（万元）</th></tr>"
            "<tr><td rowspan=2>甲<br>公司</td><td>001</td><td rowspan=2>9</td></tr><tr><td>002</td></tr>"
            "<tr><td>乙&amp;丙<script>x</script></td><td>003</td><td>1,234.5</td></tr>")  # fmt: skip
    path = tmp_path / "a.xls"
    path.write_text(f"<html><table><tr><td>x</td></tr></table><table>{rows}</table>", encoding="utf-8")
    raw = read(path)
    assert raw.frame["企业名称"].tolist() == ["甲 公司", "甲 公司", "乙&丙"]
    assert raw.frame["税收（万元）"].tolist() == ["9", "", "1,234.5"]  # a number is not repeated
    assert raw.rows.tolist() == [3, 4, 5]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.dwg", b"AC1032\0", "an AutoCAD drawing"),
        ("a.dxf", b"AC1032\0", r"an AutoCAD drawing \(.dxf is only its name\)"),
        ("a.dxf", b"AutoCAD Binary DXF\r\n\x1a\0", "a binary DXF"),
        ("a.mdb", b"\0\1\0\0Standard Jet DB\0", "an Access database"),
        ("a.gpkg", b"\0\1\0\0Standard ACE DB\0", "an Access database"),
        ("a.vct", b"HeadBegin\nDataMark:CNSDTF\n", "a VCT exchange file"),
        ("a.txt", b"%PDF-1.7", "a document"),
        ("a.wp", b"WMAP\0", "a MapGIS file"),
        ("a.rar", b"Rar!\x1a\x07\0", "a packed file"),
        ("a.zip", b"7z\xbc\xaf\x27\x1c", "a packed file"),
        ("a00000009.gdbtable", b"\3\0\0\0", "part of a file geodatabase"),
        ("a.shx", b"\0\0\x27\x0a", "part of a shapefile"),
        ("a.mxd", b"\xd0\xcf\x11\xe0", "a GIS project"),
        ("a.kml", b'<?xml version="1.0"?><OGRVRTDataSource/>', "a pointer to other files"),
        ("a.gpkg", b"<OGRVRTDataSource><x/></OGRVRTDataSource>", "a pointer to other files"),
        ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn"/>', "a web or XML page"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "a web or XML page"),
        ("a.html", b"<html>nothing</html>", "a web page without a table"),
        ("noname", b"x", "no reader for a file without suffix"),
        ("a.shp", b"", "it is no shapefile"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[', "cannot be read"),
        ("a.json", b'{"type":"Topology","objects":7', "cannot be read"),
        ("a.kml", b"<kml><Placemark>", "cannot be read"),
        ("a.dxf", b"  0\nSECTION\n  2\nENTITIES\n", r"a\.dxf"),
        ("a.fgb", b"fgb\3fgb\0", "cannot be read"),
        ("a.tab", b"!table\n!version 300\n", "cannot be read"),
        ("a.dbf", b"\3", "is damaged"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message) as error:
        read(tmp_path / name)
    assert name in error.value.problem
    assert error.value.fix
    assert "/tmp" not in str(error.value)  # noqa: S108


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(InputError, match="cannot be opened"):
        read(tmp_path / "a.csv")
