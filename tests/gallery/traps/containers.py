"""Traps of files in files, drawings and formats that are not read."""

import struct

import drawings
from four_squares import E, N, layer
from trap import Trap, project
from trap_files import SQUARES, file_source, overwrite, parts_of, write_shp, write_zip


def _cut_off(folder):
    path = write_shp(folder)
    path.write_bytes(path.read_bytes()[:-40])
    return file_source(path)


def _row_deleted(folder):
    path = write_shp(folder)
    overwrite(path.with_suffix(".dbf"), 4, struct.pack("<I", 1))
    return file_source(path)


def _rubbish(folder):
    (folder / "宗地.shp").write_bytes(b"not a shapefile at all, whatever its name")
    return file_source(folder / "宗地.shp")


def _several_layers(folder):
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    files = parts_of(write_shp(folder / "a", "宗地")) | parts_of(write_shp(folder / "b", "园区"))
    return write_zip(folder / "成果.zip", files)


def _no_layer(folder):
    return write_zip(folder / "成果.zip", {"说明.doc": b"\xd0\xcf\x11\xe0"})


def _no_shp(folder):
    files = parts_of(write_shp(folder))
    return write_zip(
        folder / "成果.zip", {name: part for name, part in files.items() if part.suffix != ".shp"}
    )


def _escaping(folder):
    files = {f"../../{name}": part for name, part in parts_of(write_shp(folder)).items()}
    return write_zip(folder / "成果.zip", files)


def _dwg(folder):
    (folder / "宗地.dwg").write_bytes(b"AC1032\0\0")
    return file_source(folder / "宗地.dwg")


def _dwg_called_dxf(folder):
    (folder / "宗地.dxf").write_bytes(b"AC1032\0\0")
    return file_source(folder / "宗地.dxf")


def _personal_database(folder):
    (folder / "地籍.mdb").write_bytes(b"\0\1\0\0Standard Jet DB\0")
    return file_source(folder / "地籍.mdb")


def _vct(folder):
    (folder / "调查.vct").write_bytes(b"HeadBegin\nDataMark:LANDUSE-VCT\n")
    return file_source(folder / "调查.vct")


def _html_called_xls(folder):
    rows = "<tr><th>电子监管号<th>约定开工时间</tr><tr><td>S1<td>2022-06-01"
    page = f'<html><meta charset="gb2312"><table>{rows}</table>'
    (folder / "供地.xls").write_bytes(page.encode("gbk"))
    return project(supply={"path": str(folder / "供地.xls"), "columns": {"电子监管号": "supply_id"}})


def _geopackage_called_shp(folder):
    layer(SQUARES, parcel_id=["A", "B"]).to_file(folder / "宗地.gpkg", engine="pyogrio")
    return file_source((folder / "宗地.gpkg").rename(folder / "宗地.shp"))


def _drawing(folder):
    """Two parcels, a building inside one, a line left open."""
    squares = [[(E + x, N), (E + x + 400, N), (E + x + 400, N + 300), (E + x, N + 300)] for x in (0, 500)]
    inner = [(E + x, N + y) for x, y in ((50, 50), (90, 50), (90, 90), (50, 90))]
    lines = [drawings.line("宗地", points) for points in (*squares, inner)]
    loose = drawings.line("宗地", [(E, N + 400), (E + 50, N + 400), (E + 50, N + 450)], closed=False)
    labels = [drawings.text("注记", E + x, N + 20, code) for x, code in ((20, "A"), (520, "B"))]
    labels.append(drawings.text("注记", E + 60, N + 60, "C"))
    drawings.dxf(folder / "宗地.dxf", *lines, loose, *labels)
    return file_source(folder / "宗地.dxf", columns={"Text": "parcel_id"}, crs="EPSG:4528")


def _several_cad_layers(folder):
    points = [(E, N), (E + 400, N), (E + 400, N + 300), (E, N + 300)]
    drawings.dxf(folder / "总图.dxf", drawings.line("宗地", points), drawings.line("房屋", points))
    return file_source(folder / "总图.dxf")


def _arcs(folder):
    layer(SQUARES[:1], parcel_id=["A"]).to_file(folder / "宗地.gpkg", layer="a", engine="pyogrio")
    return file_source(drawings.with_arcs(folder / "宗地.gpkg", (E, N), 100))


TRAPS = [
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
