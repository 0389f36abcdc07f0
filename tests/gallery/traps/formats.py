"""Files: text in an unsaid or wrong encoding, parts missing, names cut, zips, drawings, suffixes that lie."""

import json
import struct
import zipfile

import drawings
import geopandas as gpd
from four_squares import E, N, box, layer
from trap import Trap, project

SQUARES = [box(0, 0, 1000, 500), box(1500, 0, 2500, 500)]
_DBF = {"parcel_id": ["A", "B"], "QLR": ["扬州示例公司", "黑龙江省"]}


def _shp(folder, name="宗地", encoding="gbk", cpg=None, crs="EPSG:4528", **columns):
    """A shapefile that says nothing of its text, unless in ``cpg``."""
    path = folder / f"{name}.shp"
    frame = gpd.GeoDataFrame({**_DBF, **columns}, geometry=SQUARES, crs=crs)
    frame.to_file(path, encoding=encoding, engine="pyogrio")
    path.with_suffix(".cpg").unlink()
    _change(path.with_suffix(".dbf"), 29, b"\0")
    if cpg:
        path.with_suffix(".cpg").write_text(cpg)
    return path


def _change(path, at, data):
    changed = bytearray(path.read_bytes())
    changed[at : at + len(data)] = data
    path.write_bytes(changed)


def _given(path, **settings):
    return project(parcels={"path": str(path), **settings})


def _zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data if isinstance(data, bytes) else data.read_bytes())
    return _given(path)


def _parts(path):
    return {part.name: part for part in sorted(path.parent.glob(f"{path.stem}.*"))}


# Text ------------------------------------------------------------------------------------------------------


def _gbk_without_cpg(folder):
    return _given(_shp(folder))


def _wrong_cpg(folder):
    return _given(_shp(folder, cpg="ISO-8859-1"))


def _big5(folder):
    return _given(_shp(folder, encoding="big5", QLR=["臺北市信義區公所", "黑龍江省"]))


def _either(folder):
    return _given(_shp(folder, encoding="ISO-8859-1", QLR=["Malmö", "Lund"]))


def _mojibake(folder):
    """UTF-8 that somebody once opened as GBK and saved."""
    spoilt = ["扬州示例公司".encode().decode("gbk", errors="ignore"), "B"]
    return _given(_shp(folder, QLR=spoilt))


def _declared_wrong(folder):
    return _given(_shp(folder), encoding="utf-8")


def _cut(folder):
    path = _shp(folder)
    dbf = path.with_suffix(".dbf")
    half = "扬州".encode("gbk") + "示".encode("gbk")[:1]
    dbf.write_bytes(dbf.read_bytes().replace("扬州示例公司".encode("gbk"), half.ljust(12)))
    return _given(path)


# Fields ----------------------------------------------------------------------------------------------------


def _same_name_twice(folder):
    path = _shp(folder, 约定开工=["2022-06-01", None], 约定竣工=["2024-06-01", None])
    dbf = path.with_suffix(".dbf")
    _change(dbf, 32 + 32 * 3, dbf.read_bytes()[32 + 32 * 2 : 32 + 32 * 2 + 11])
    return _given(path)


def _same_name_mapped(folder):
    raw = _same_name_twice(folder)
    raw["sources"]["parcels"]["columns"] = {"约定开工": "location"}
    return raw


def _numbered_copy(folder):
    return _given(_shp(folder, encoding="utf-8", 约定开工日期=["a", "b"], 约定开工时间=["c", "d"]))


# Parts -----------------------------------------------------------------------------------------------------


def _no_shx(folder):
    path = _shp(folder)
    path.with_suffix(".shx").unlink()
    return _given(path)


def _no_dbf(folder):
    path = _shp(folder)
    path.with_suffix(".dbf").unlink()
    return _given(path)


def _empty_prj(folder):
    path = _shp(folder)
    path.with_suffix(".prj").write_bytes(b"\0\0 ?")
    return _given(path)


def _geojson(folder, *rings):
    """Degrees about the four squares, one ring a parcel, as written by hand or by a script."""
    features = [
        {
            "type": "Feature",
            "properties": {"parcel_id": "ABCD"[at]},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for at, ring in enumerate(rings)
    ]
    path = folder / "宗地.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return _given(path, crs="EPSG:4490")


_RING = [[119.4, 32.38], [119.41, 32.38], [119.41, 32.384], [119.4, 32.384], [119.4, 32.38]]


def _open_ring(folder):
    return _geojson(folder, _RING, [[x + 0.02, y] for x, y in _RING[:-1]])


def _one_point(folder):
    return _geojson(folder, _RING, _RING[:1])


def _no_prj(folder):
    path = _shp(folder)
    path.with_suffix(".prj").unlink()
    return _given(path)


def _cut_off(folder):
    path = _shp(folder)
    path.write_bytes(path.read_bytes()[:-40])
    return _given(path)


def _row_deleted(folder):
    path = _shp(folder)
    _change(path.with_suffix(".dbf"), 4, struct.pack("<I", 1))
    return _given(path)


def _rubbish(folder):
    (folder / "宗地.shp").write_bytes(b"not a shapefile at all, whatever its name")
    return _given(folder / "宗地.shp")


# Zips ------------------------------------------------------------------------------------------------------


def _several_layers(folder):
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    files = _parts(_shp(folder / "a", "宗地")) | _parts(_shp(folder / "b", "园区"))
    return _zip(folder / "成果.zip", files)


def _no_layer(folder):
    return _zip(folder / "成果.zip", {"说明.doc": b"\xd0\xcf\x11\xe0"})


def _no_shp(folder):
    files = _parts(_shp(folder))
    return _zip(folder / "成果.zip", {name: part for name, part in files.items() if part.suffix != ".shp"})


def _escaping(folder):
    files = {f"../../{name}": part for name, part in _parts(_shp(folder)).items()}
    return _zip(folder / "成果.zip", files)


def _mac_zip(folder):
    """Read without ado but for its text: litter of a Mac beside the layer."""
    files = {f"成果/{name}": part for name, part in _parts(_shp(folder)).items()}
    return _zip(folder / "成果.zip", {"__MACOSX/成果/._宗地.shp": b"x", **files})


# Suffixes and drawings -------------------------------------------------------------------------------------


def _dwg(folder):
    (folder / "宗地.dwg").write_bytes(b"AC1032\0\0")
    return _given(folder / "宗地.dwg")


def _dwg_called_dxf(folder):
    (folder / "宗地.dxf").write_bytes(b"AC1032\0\0")
    return _given(folder / "宗地.dxf")


def _personal_database(folder):
    (folder / "地籍.mdb").write_bytes(b"\0\1\0\0Standard Jet DB\0")
    return _given(folder / "地籍.mdb")


def _vct(folder):
    (folder / "调查.vct").write_bytes(b"HeadBegin\nDataMark:LANDUSE-VCT\n")
    return _given(folder / "调查.vct")


def _html_called_xls(folder):
    rows = "<tr><th>电子监管号<th>约定开工时间</tr><tr><td>S1<td>2022-06-01"
    page = f'<html><meta charset="gb2312"><table>{rows}</table>'
    (folder / "供地.xls").write_bytes(page.encode("gbk"))
    return project(supply={"path": str(folder / "供地.xls"), "columns": {"电子监管号": "supply_id"}})


def _geopackage_called_shp(folder):
    layer(SQUARES, parcel_id=["A", "B"]).to_file(folder / "宗地.gpkg", engine="pyogrio")
    return _given((folder / "宗地.gpkg").rename(folder / "宗地.shp"))


def _drawing(folder):
    """Two parcels, a building inside one, a line left open."""
    squares = [[(E + x, N), (E + x + 400, N), (E + x + 400, N + 300), (E + x, N + 300)] for x in (0, 500)]
    inner = [(E + x, N + y) for x, y in ((50, 50), (90, 50), (90, 90), (50, 90))]
    lines = [drawings.line("宗地", points) for points in (*squares, inner)]
    loose = drawings.line("宗地", [(E, N + 400), (E + 50, N + 400), (E + 50, N + 450)], closed=False)
    labels = [drawings.text("注记", E + x, N + 20, code) for x, code in ((20, "A"), (520, "B"))]
    labels.append(drawings.text("注记", E + 60, N + 60, "C"))
    drawings.dxf(folder / "宗地.dxf", *lines, loose, *labels)
    return _given(folder / "宗地.dxf", columns={"Text": "parcel_id"}, crs="EPSG:4528")


def _several_cad_layers(folder):
    points = [(E, N), (E + 400, N), (E + 400, N + 300), (E, N + 300)]
    drawings.dxf(folder / "总图.dxf", drawings.line("宗地", points), drawings.line("房屋", points))
    return _given(folder / "总图.dxf")


def _arcs(folder):
    layer(SQUARES[:1], parcel_id=["A"]).to_file(folder / "宗地.gpkg", layer="a", engine="pyogrio")
    return _given(drawings.with_arcs(folder / "宗地.gpkg", (E, N), 100))


_SAMPLE = {"value": "扬州示例公司", "source_file": "宗地.shp"}

TRAPS = [
    Trap(
        "encoding_detected",
        "shapefile 无 .cpg、内容为 GBK：按字形识别，写明可信度与样例",
        "A shapefile in GBK without .cpg: told by its characters, with confidence and a sample",
        _gbk_without_cpg,
        {**_SAMPLE, "decision": "text read as gb18030 (by its characters; confidence >99.9%)"},
    ),
    Trap(
        "encoding_detected",
        ".cpg 写着 ISO-8859-1，实为 GBK：以文字为准，不当作西文",
        "The .cpg says ISO-8859-1 and the text is GBK: the text is believed, not read as Western",
        _wrong_cpg,
        _SAMPLE,
    ),
    Trap(
        "encoding_detected",
        "繁体 Big5：不误读为 GBK",
        "Big5 text: not taken for GBK",
        _big5,
        {"value": "臺北市信義區公所", "source_file": "宗地.shp"},
    ),
    Trap(
        "encoding_detected",
        "zip 内带 __MACOSX：只读图层本身，来源写到包内文件",
        "A zip with __MACOSX inside: only the layer is read; traces name the file inside",
        _mac_zip,
        {"value": "扬州示例公司", "source_file": "成果.zip/成果/宗地.shp"},
    ),
    Trap(
        "refused",
        "文字在几种编码下都读得通：请声明，不猜",
        "Text that could be in either of two encodings: asked for, not guessed",
        _either,
        message="encoding of its text is in doubt.*declare encoding",
    ),
    Trap(
        "refused",
        "文件里已是乱码（UTF-8 曾被当作 GBK 另存）：请声明或更换文件",
        "Text that is garbled in the file itself (UTF-8 once saved as GBK): refused",
        _mojibake,
        message="encoding of its text is in doubt",
    ),
    Trap(
        "text_undecodable",
        "声明的编码与文字不符：照声明读，写明多少处无法解码",
        "The declared encoding does not fit: read as declared, what cannot be decoded is counted",
        _declared_wrong,
        {"source_file": "宗地.shp", "n": 2},
    ),
    Trap(
        "text_cut_off",
        "字段宽度截断在半个汉字处：去掉半个字并提示",
        "A field's width cuts a character in half: the half is dropped and told",
        _cut,
        {"value": "扬州", "n": 1},
    ),
    Trap(
        "field_names_collide",
        "dbf 中两个字段同名：按序号区分，两列都保留",
        "Two fields of a dbf share a name: told apart by number, both kept",
        _same_name_twice,
        {"column": "约定开工", "value": "约定开工 (1), 约定开工 (2)", "n": 2},
    ),
    Trap(
        "refused",
        "同名字段未指明是哪一个：拒绝",
        "A mapping names a field that exists twice, and not which: refused",
        _same_name_mapped,
        message="约定开工",
    ),
    Trap(
        "field_names_collide",
        "字段名截断为 10 字节后同名、由软件加 _1：提示核对",
        "Names that were the same after 10 bytes and got a _1: to be checked",
        _numbered_copy,
        {"column": "约定_1", "value": "约定开, 约定_1"},
    ),
    Trap(
        "part_missing",
        "缺 .shx：在临时目录重建索引，不动原文件",
        "The .shx is missing: made up in a temporary folder, the delivery untouched",
        _no_shx,
        {"value": ".shx", "source_file": "宗地.shp"},
    ),
    Trap(
        "refused",
        "缺 .dbf：没有属性，必填列无处对应",
        "The .dbf is missing: no attributes, so no required column",
        _no_dbf,
        message="parcel_id",
    ),
    Trap(
        "crs_inferred",
        "缺 .prj，横坐标带带号：推断坐标系并提示",
        "The .prj is missing and eastings carry a zone number: inferred and told",
        _no_prj,
        {"source_file": "宗地.shp"},
    ),
    Trap(
        "part_missing",
        ".prj 内容无效：按缺失处理，坐标系另行推断",
        "The .prj says nothing: as if it were missing, the system is inferred",
        _empty_prj,
        {"value": ".prj", "source_file": "宗地.shp"},
    ),
    Trap(
        "rings_closed",
        "环的首尾点不重合：以直线闭合并提示",
        "A ring does not come back to its first point: closed with a straight line, and told",
        _open_ring,
        {"value": "rows 2", "source_file": "宗地.geojson", "n": 1},
    ),
    Trap(
        "geometry_unreadable",
        "只有一个点的“多边形”：只读属性，该行另行搁置",
        "A polygon of one point: read without its geometry, the row is set aside",
        _one_point,
        {"value": "rows 2", "source_file": "宗地.geojson", "n": 1},
    ),
    Trap(
        "refused",
        "shapefile 未拷贝完整：拒绝，不读半截",
        "A shapefile that was not copied whole: refused, not read by halves",
        _cut_off,
        message="is cut off",
    ),
    Trap(
        "refused",
        ".dbf 在表格软件中删过行：图形与属性错位，拒绝",
        "Rows of the .dbf were deleted in a spreadsheet: attributes would stand at other shapes, refused",
        _row_deleted,
        message=r"2 shapes and 宗地\.dbf 1 rows",
    ),
    Trap(
        "refused",
        "内容不是 shapefile：拒绝",
        "A .shp that is none: refused",
        _rubbish,
        message="it is no shapefile",
    ),
    Trap(
        "refused",
        "zip 内有多个图层：列出名称，请指明 layer",
        "A zip with several layers: they are listed, one has to be named",
        _several_layers,
        message="holds 2 layers.*园区, 宗地",
    ),
    Trap(
        "refused",
        "zip 内没有图层或表：列出其内容",
        "A zip without layer or table: says what it holds",
        _no_layer,
        message="说明.doc, a document",
    ),
    Trap(
        "refused",
        "zip 内的 shapefile 缺 .shp：请补齐",
        "A zipped shapefile without its .shp: ask for it",
        _no_shp,
        message=r"holds 宗地\.dbf and no \.shp",
    ),
    Trap(
        "refused",
        "zip 成员路径指向目录之外：整包拒绝",
        "Members of a zip that lead out of its folder: the whole zip is refused",
        _escaping,
        message="leads out of its folder",
    ),
    Trap(
        "refused",
        "DWG：说明如何转换",
        "DWG: says how to convert it",
        _dwg,
        message="AutoCAD drawing.*save it as DXF",
    ),
    Trap(
        "refused",
        "后缀为 .dxf、实为 DWG：点明并说明如何转换",
        "A DWG called .dxf: named as what it is",
        _dwg_called_dxf,
        message=r"\.dxf is only its name",
    ),
    Trap(
        "refused",
        "个人地理数据库 .mdb：说明如何转换",
        "A personal geodatabase (.mdb): says how to convert it",
        _personal_database,
        message="Access database.*file geodatabase",
    ),
    Trap("refused", "VCT：说明如何转换", "VCT: says how to convert it", _vct, message="VCT exchange file"),
    Trap(
        "suffix_differs",
        "后缀为 .xls、实为 HTML 表：按内容读",
        "An HTML table called .xls: read as what it is",
        _html_called_xls,
        {"value": "供地.xls", "decision": "read as .html, which its content is"},
    ),
    Trap(
        "suffix_differs",
        "后缀为 .shp、实为 GeoPackage：按内容读",
        "A GeoPackage called .shp: read as what it is",
        _geopackage_called_shp,
        {"value": "宗地.shp", "decision": "read as .gpkg, which its content is"},
    ),
    Trap(
        "outline_in_outline",
        "DXF 闭合线套闭合线、未声明 holes：各自成面并提示",
        "Closed lines inside others in a DXF, holes not declared: polygons of their own, and told",
        _drawing,
        {"value": "1 of 3", "n": 1},
    ),
    Trap(
        "not_polygons",
        "DXF 中未闭合的线：不计入，写明数量",
        "Lines of a DXF that are not closed: left out and counted",
        _drawing,
        {"value": "1 LineString", "n": 1},
    ),
    Trap(
        "refused",
        "DXF 多个图层有闭合线：列出名称，请指明 layer",
        "Closed lines on several layers of a DXF: they are listed, one has to be named",
        _several_cad_layers,
        message="holds 2 layers.*宗地, 房屋",
    ),
    Trap(
        "curves_straightened",
        "界线含真圆弧（ArcGIS）：按四分之一度化为折线",
        "Borders with true arcs (ArcGIS): straightened in steps of a quarter degree",
        _arcs,
        {"source_file": "宗地.gpkg", "n": 1},
    ),
]
