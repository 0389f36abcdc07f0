"""Traps of systems that are known: old datums, comparison layers, WGS 84, shifts and places."""

import geopandas as gpd
import shapely
from four_squares import N
from pyproj import CRS, Transformer
from shapely.affinity import translate
from trap import Trap, project
from trap_layers import SQUARES, degrees, file_source, layer_source, refusal

XIAN_80 = CRS("EPSG:2364").to_wkt("WKT1_ESRI")  # what a .prj of the years before 2018 holds


def _xian(folder):
    raw = file_source(folder, layer_source(SQUARES, None))
    (folder / "宗地.prj").write_text(XIAN_80, encoding="ascii")
    return raw


def _beijing(folder):
    return file_source(folder, layer_source(SQUARES, "EPSG:2416"), "宗地.gpkg")


def _converted_with_an_old_prj(folder):
    raw = file_source(folder, layer_source(SQUARES, None), crs="EPSG:4528")
    (folder / "宗地.prj").write_text(XIAN_80, encoding="ascii")
    return raw


def _by_four_parameters(folder, east=117.0):
    # Made up: 117 m east and 3 m north, no rotation and no scale; the check point is a corner of parcel A.
    text = (
        f'to = "EPSG:4528"\nfour = {{ east_m = {east}, north_m = 3.0, rotation_s = 0.0, scale_ppm = 0.0 }}\n'
        f"check = [[40443000.0, {N}.0, 40443117.0, {N + 3}.0]]\n"
    )
    (folder / "参数.toml").write_text(text, encoding="utf-8")
    return file_source(
        folder, layer_source(SQUARES, "EPSG:2364"), "宗地.gpkg", transform=str(folder / "参数.toml")
    )


def _by_a_wrong_sign(folder):
    return _by_four_parameters(folder, east=-117.0)


def _nameless(folder):
    """A ``.prj`` of which GDAL makes the datum ``unknown``: PROJ takes it for any other, without a word."""
    raw = file_source(folder, layer_source(SQUARES, None))
    prj = CRS("EPSG:4528").to_wkt("WKT1_ESRI").replace("D_China_2000", "unknown")
    (folder / "宗地.prj").write_text(
        prj.replace("GCS_China_Geodetic_Coordinate_System_2000", "unknown"), "ascii"
    )
    return raw


def _local_plane(folder):
    raw = file_source(folder, layer_source(SQUARES, None))
    (folder / "宗地.prj").write_text('LOCAL_CS["扬州独立坐标系",UNIT["Meter",1.0]]', encoding="utf-8")
    return raw


def _needless_exchange(folder):
    return file_source(folder, layer_source(SQUARES, None), axes="yx")


def _seven_of_what(folder):
    """Seven parameters act on an ellipsoid; eastings that begin with 40 do not tell which."""
    text = (
        'to = "EPSG:4528"\nseven = { dx = 1, dy = 2, dz = 3, rx = 0, ry = 0, rz = 0, scale_ppm = 0, '
        f'convention = "position_vector" }}\ncheck = [[40443000.0, {N}.0, 40443000.0, {N}.0]]\n'
    )
    (folder / "参数.toml").write_text(text, encoding="utf-8")
    return file_source(folder, layer_source(SQUARES, None), transform=str(folder / "参数.toml"))


def _spoken(folder):
    return file_source(folder, layer_source(SQUARES, None), crs="2000国家大地坐标系")


def _web_mercator(folder):
    shapes = Transformer.from_crs("EPSG:4528", "EPSG:3857", always_xy=True).transform
    moved = [shapely.transform(each, shapes, interleaved=False) for each in SQUARES]
    return file_source(folder, layer_source(moved, "EPSG:3857"), "宗地.gpkg")


def _shifted(folder):
    return file_source(folder, layer_source(degrees(), None), crs="GCJ-02")


def _for_comparison(crs, shapes=None, **settings):
    def build(folder):
        path = folder / "网上边界.geojson"
        frame = gpd.GeoDataFrame({"name": ["甲"]}, geometry=shapes or degrees()[:1], crs="EPSG:4326")
        frame.to_file(path, engine="pyogrio")
        return project(comparison={"path": str(path), "crs": crs, **settings})

    return build


def _metres_for_comparison(folder):
    layer_source(SQUARES, "EPSG:4528").to_file(folder / "边界.gpkg", engine="pyogrio")
    return project(comparison={"path": str(folder / "边界.gpkg"), "crs": "GCJ-02"})


def _web_geojson(folder):
    return file_source(folder, layer_source(degrees(), "EPSG:4326"), "宗地.geojson")


def _wgs84(folder):
    return file_source(folder, layer_source(degrees(), "EPSG:4326"), "宗地.gpkg")


def _hong_kong(folder):
    """The squares at the origin of the Hong Kong 1980 grid (114.181°E 22.311°N); parcels in that grid."""
    raw = project()
    raw["project"] = {**raw["project"], "crs": "EPSG:4547"}
    zones, parcels = (raw["sources"][name]["data"] for name in ("zones", "parcels"))
    east, north = Transformer.from_crs("EPSG:4490", "EPSG:4547", always_xy=True).transform(114.181, 22.3106)
    at = [translate(each, east - 40_443_000, north - N) for each in zones.geometry]
    raw["sources"]["zones"] = {"data": zones.set_geometry(gpd.GeoSeries(at, crs="EPSG:4547"))}
    grid = [translate(each, 836_694 - 40_443_000, 819_070 - N) for each in parcels.geometry]
    grid = parcels.set_geometry(gpd.GeoSeries(grid, crs="EPSG:2326"))
    raw["sources"]["parcels"] = {**raw["sources"]["parcels"], "data": grid}
    return raw


def _elsewhere(folder):
    raw = project()
    patch = gpd.GeoDataFrame(
        {"survey_id": ["T1"], "land_class_code": ["0601"]},
        geometry=[shapely.box(116.0, 39.0, 116.1, 39.1)],
        crs="EPSG:4490",
    )
    raw["sources"]["survey"] = {"data": patch}
    return raw


def _project_in(crs):
    def build(folder):
        raw = project()
        raw["project"] = {**raw["project"], "crs": crs}
        return raw

    return build


TRAPS = [
    refusal(
        "西安 80 的 .prj：不用 PROJ 的近似转换，拒绝叠加",
        "A .prj of Xi'an 80: refused for overlay, PROJ's ballpark transformation is not used",
        _xian,
        "宗地.shp: .* Xian 1980 is a superseded datum.* transform =",
    ),
    refusal(
        "北京 54 的图层：同样拒绝叠加",
        "A layer of Beijing 54: refused likewise",
        _beijing,
        "Beijing 1954 is a superseded datum",
    ),
    Trap(
        "crs_overridden",
        "成果已转为 CGCS2000 而 .prj 仍写西安 80：按声明的 crs 使用并提示",
        "Converted to CGCS2000, the .prj still says Xi'an 80: the declared crs is used, and told",
        _converted_with_an_old_prj,
        {"source_file": "宗地.shp", "value": "Xian 1980"},
    ),
    Trap(
        "local_transform",
        "西安 80 的图层附单位参数文件（transform）：按参数转换，只记文件名、摘要与检核误差",
        "A layer of Xi'an 80 with the office's parameter file: name, digest and misfit are told",
        _by_four_parameters,
        {"table": "parcels", "source_file": "宗地.gpkg"},
    ),
    refusal(
        "参数文件符号写反：检核点不符，拒绝",
        "A parameter has the wrong sign: the check point is missed, refused",
        _by_a_wrong_sign,
        "misses its check point 1 by 234 m",
    ),
    refusal(
        "声明为 GCJ-02 或 BD-09 的图层：不参与任何量算，也不纠偏，拒绝；只可放在 [sources.comparison]",
        "A layer declared GCJ-02 or BD-09: never measured, refused, pointed to [sources.comparison]",
        _shifted,
        r"GCJ-02, shifted .* never measured.*\[sources\.comparison\]",
    ),
    Trap(
        "comparison_only",
        "[sources.comparison] 中声明为 GCJ-02 的图层：经纬度原样，只在地图上显示对照，不参与量算，不纠偏",
        "A layer declared GCJ-02 under [sources.comparison]: shown on the map as it is, for comparison alone",
        _for_comparison("GCJ-02"),
        {"severity": "info", "table": "comparison", "value": "GCJ-02", "source_file": "网上边界.geojson"},
    ),
    Trap(
        "comparison_only",
        "[sources.comparison] 中其他坐标系的图层：按声明转换后只在地图上显示对照",
        "A layer of any other system under [sources.comparison]: transformed, shown for comparison alone",
        _for_comparison("EPSG:4490"),
        {"severity": "info", "table": "comparison", "value": "EPSG:4490"},
    ),
    Trap(
        "comparison_only",
        "对照图层中的点：没有轮廓，不显示并提示",
        "Points in a layer for comparison: no outline, not drawn, and told",
        _for_comparison("BD-09", [shapely.Point(119.4, 32.4)]),
        {"severity": "warning", "value": "BD-09", "decision": "not drawn: neither lines nor polygons"},
    ),
    refusal(
        "对照图层声明为 GCJ-02 而坐标以米为单位：拒绝",
        "A layer for comparison is declared GCJ-02 and is in metres: refused",
        _metres_for_comparison,
        "cannot be in degrees of GCJ-02",
    ),
    refusal(
        "对照图层声明为 GCJ-02 又给了参数文件：拒绝，从不纠偏",
        "A layer for comparison is declared GCJ-02 and has parameters: refused, it is never shifted back",
        _for_comparison("GCJ-02", transform="参数.toml"),
        "GCJ-02, which is never shifted back",
    ),
    Trap(
        "wgs84_by_format",
        "GeoJSON/KML 未说明坐标系：按格式规定视为 WGS 84，并提示可能是 GCJ-02",
        "GeoJSON or KML that says nothing: WGS 84 by its format, with a warning that it may be GCJ-02",
        _web_geojson,
        {"table": "parcels", "source_file": "宗地.geojson"},
    ),
    Trap(
        "wgs84_by_format",
        "Web 墨卡托图层：来自互联网地图的是 GCJ-02，提示",
        "A layer in Web Mercator: from an internet map it would be GCJ-02, told",
        _web_mercator,
        {"table": "parcels", "source_file": "宗地.gpkg"},
    ),
    refusal(
        ".prj 的基准是 unknown：PROJ 会当作任何基准，拒绝并请声明 crs",
        "The datum of the .prj is unknown, which PROJ takes for any other: refused, asked for",
        _nameless,
        'names no datum: .* for CGCS2000 "EPSG:4528"',
    ),
    refusal(
        ".prj 是本地平面（LOCAL_CS）：拒绝，请声明 crs 或参数文件",
        "The .prj is a local plane (LOCAL_CS): refused, asked for crs or parameters",
        _local_plane,
        "宗地.shp: its system '扬州独立坐标系' names no datum",
    ),
    refusal(
        'x、y 并未颠倒却声明了 axes = "yx"：拒绝并请删去',
        'axes = "yx" is declared though eastings stand in x: refused, to be left out',
        _needless_exchange,
        "eastings stand in x .* leave axes out",
    ),
    refusal(
        "七参数而图层未说明坐标系：不从横坐标猜椭球，请声明",
        "Seven parameters for a layer without a system: the ellipsoid is not guessed from eastings",
        _seven_of_what,
        "need the crs of the source",
    ),
    refusal(
        "crs 只写了基准名（2000国家大地坐标系）：请写 EPSG",
        "crs names a datum alone: refused, with the EPSG codes of a zone",
        _spoken,
        "names a datum and no projection: .* EPSG:4528",
    ),
    Trap(
        "datums_equated",
        "WGS 84 图层用于 CGCS2000 项目：视为同一基准（相差分米级），并记录",
        "A WGS 84 layer in a CGCS2000 project: taken as one datum (decimetres apart), and told",
        _wgs84,
        {"severity": "info", "table": "parcels", "value": "EPSG:4326"},
    ),
    Trap(
        "datum_shifted",
        "其他基准（如香港 1980）：用 PROJ 的正式转换，写明名称与精度",
        "Another datum (Hong Kong 1980): transformed by PROJ's operation, its name and accuracy told",
        _hong_kong,
        {"severity": "info", "decision": "transformed between datums by PROJ to within 1 m"},
    ),
    Trap(
        "layer_apart",
        "图层与其他图层都不相接，换坐标系也接不上：保留并提示",
        "A layer meets no other and no other system would make it: kept, and told",
        _elsewhere,
        {"table": "survey", "value": "survey"},
    ),
    refusal(
        "项目坐标系为 Web 墨卡托：拒绝（只用于显示）",
        "The project's CRS is Web Mercator: refused, it is for display",
        _project_in("EPSG:3857"),
        "Mercator, made for display",
    ),
    refusal(
        "项目坐标系为西安 80：拒绝",
        "The project's CRS is Xi'an 80: refused",
        _project_in("EPSG:2364"),
        "superseded datum Xian 1980",
    ),
]
