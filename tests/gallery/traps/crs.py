"""Coordinate systems: missing, wrong, exchanged, superseded, shifted."""

import geopandas as gpd
import shapely
from four_squares import N, box
from pyproj import CRS, Transformer
from shapely.affinity import translate
from trap import Trap, project

SQUARES = [box(0, 0, 1000, 500), box(1500, 0, 2500, 500)]
YANGZHOU = [119.0, 32.0, 120.0, 33.4]
XIAN_80 = CRS("EPSG:2364").to_wkt("WKT1_ESRI")  # what a .prj of the years before 2018 holds


def _parcels(shapes, crs):
    return gpd.GeoDataFrame({"parcel_id": ["A", "B"]}, geometry=shapes, crs=crs)


def _unzoned():
    return [translate(each, -40_000_000) for each in SQUARES]


def _exchanged():
    return [shapely.transform(each, lambda x, y: (y, x), interleaved=False) for each in SQUARES]


def _degrees():
    return [shapely.transform(each, _TO_DEGREES, interleaved=False) for each in SQUARES]


_TO_DEGREES = Transformer.from_crs("EPSG:4528", "EPSG:4490", always_xy=True).transform


def _given(folder, frame, name="宗地.shp", here=None, **settings):
    path = folder / name
    frame.to_file(path, engine="pyogrio")
    raw = project(parcels={"path": str(path), **settings})
    raw["project"] = {**raw["project"], **(here or {})}
    return raw


def _no_prj(folder):
    return _given(folder, _parcels(SQUARES, None))


def _six_degree_zone(folder):
    shapes = Transformer.from_crs("EPSG:4528", "EPSG:4498", always_xy=True).transform
    moved = [shapely.transform(each, shapes, interleaved=False) for each in SQUARES]
    return _given(folder, _parcels(moved, None))


def _six_digits(folder):
    return _given(folder, _parcels(_unzoned(), None), here={"extent": YANGZHOU})


def _six_digits_and_meridian(folder):
    return _given(folder, _parcels(_unzoned(), None))


def _six_digits_in_two_provinces(folder):
    return _given(folder, _parcels(_unzoned(), None), here={"extent": [113.0, 32.0, 120.0, 33.4]})


def _degrees_of_what(folder):
    return _given(folder, _parcels(_degrees(), None))


def _two_zones(folder):
    return _given(folder, _parcels([SQUARES[0], translate(SQUARES[1], -1_000_000)], None))


def _north_first(folder):
    return _given(folder, _parcels(_exchanged(), "EPSG:4528"), "宗地.gpkg")


def _north_first_declared(folder):
    return _given(folder, _parcels(_exchanged(), None), axes="yx", crs="EPSG:4528")


def _latitude_first(folder):
    shapes = [shapely.transform(each, lambda x, y: (y, x), interleaved=False) for each in _degrees()]
    return _given(folder, _parcels(shapes, "EPSG:4490"), "宗地.gpkg")


def _wrong_zone(folder):
    return _given(folder, _parcels(SQUARES, None), crs="EPSG:4527")


def _wrong_meridian(folder):
    return _given(folder, _parcels(_unzoned(), "EPSG:4548"), "宗地.gpkg")


def _wrong_meridian_and_extent(folder):
    return _given(folder, _parcels(_unzoned(), "EPSG:4548"), "宗地.gpkg", here={"extent": YANGZHOU})


def _other_province(folder):
    here = {"district_code": "440300"}
    return _given(folder, _parcels(SQUARES, "EPSG:4528"), "宗地.gpkg", here=here)


def _xian(folder):
    raw = _given(folder, _parcels(SQUARES, None))
    (folder / "宗地.prj").write_text(XIAN_80, encoding="ascii")
    return raw


def _beijing(folder):
    return _given(folder, _parcels(SQUARES, "EPSG:2416"), "宗地.gpkg")


def _converted_with_an_old_prj(folder):
    raw = _given(folder, _parcels(SQUARES, None), crs="EPSG:4528")
    (folder / "宗地.prj").write_text(XIAN_80, encoding="ascii")
    return raw


def _by_four_parameters(folder, east=117.0):
    # Made up: 117 m east and 3 m north, no rotation and no scale; the check point is a corner of parcel A.
    text = (
        f'to = "EPSG:4528"\nfour = {{ east_m = {east}, north_m = 3.0, rotation_s = 0.0, scale_ppm = 0.0 }}\n'
        f"check = [[40443000.0, {N}.0, 40443117.0, {N + 3}.0]]\n"
    )
    (folder / "参数.toml").write_text(text, encoding="utf-8")
    return _given(folder, _parcels(SQUARES, "EPSG:2364"), "宗地.gpkg", transform=str(folder / "参数.toml"))


def _by_a_wrong_sign(folder):
    return _by_four_parameters(folder, east=-117.0)


def _nameless(folder):
    """A ``.prj`` of which GDAL makes the datum ``unknown``: PROJ takes it for any other, without a word."""
    raw = _given(folder, _parcels(SQUARES, None))
    prj = CRS("EPSG:4528").to_wkt("WKT1_ESRI").replace("D_China_2000", "unknown")
    (folder / "宗地.prj").write_text(
        prj.replace("GCS_China_Geodetic_Coordinate_System_2000", "unknown"), "ascii"
    )
    return raw


def _local_plane(folder):
    raw = _given(folder, _parcels(SQUARES, None))
    (folder / "宗地.prj").write_text('LOCAL_CS["扬州独立坐标系",UNIT["Meter",1.0]]', encoding="utf-8")
    return raw


def _needless_exchange(folder):
    return _given(folder, _parcels(SQUARES, None), axes="yx")


def _seven_of_what(folder):
    """Seven parameters act on an ellipsoid; eastings that begin with 40 do not tell which."""
    text = (
        'to = "EPSG:4528"\nseven = { dx = 1, dy = 2, dz = 3, rx = 0, ry = 0, rz = 0, scale_ppm = 0, '
        f'convention = "position_vector" }}\ncheck = [[40443000.0, {N}.0, 40443000.0, {N}.0]]\n'
    )
    (folder / "参数.toml").write_text(text, encoding="utf-8")
    return _given(folder, _parcels(SQUARES, None), transform=str(folder / "参数.toml"))


def _spoken(folder):
    return _given(folder, _parcels(SQUARES, None), crs="2000国家大地坐标系")


def _web_mercator(folder):
    shapes = Transformer.from_crs("EPSG:4528", "EPSG:3857", always_xy=True).transform
    moved = [shapely.transform(each, shapes, interleaved=False) for each in SQUARES]
    return _given(folder, _parcels(moved, "EPSG:3857"), "宗地.gpkg")


def _shifted(folder):
    return _given(folder, _parcels(_degrees(), None), crs="GCJ-02")


def _for_comparison(crs, shapes=None, **settings):
    def build(folder):
        path = folder / "网上边界.geojson"
        frame = gpd.GeoDataFrame({"name": ["甲"]}, geometry=shapes or _degrees()[:1], crs="EPSG:4326")
        frame.to_file(path, engine="pyogrio")
        return project(comparison={"path": str(path), "crs": crs, **settings})

    return build


def _metres_for_comparison(folder):
    _parcels(SQUARES, "EPSG:4528").to_file(folder / "边界.gpkg", engine="pyogrio")
    return project(comparison={"path": str(folder / "边界.gpkg"), "crs": "GCJ-02"})


def _web_geojson(folder):
    return _given(folder, _parcels(_degrees(), "EPSG:4326"), "宗地.geojson")


def _wgs84(folder):
    return _given(folder, _parcels(_degrees(), "EPSG:4326"), "宗地.gpkg")


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


def _refused(zh, en, build, message):
    return Trap("refused", zh, en, build, message=message)


TRAPS = [
    Trap(
        "crs_inferred",
        "缺 .prj，横坐标 8 位且以 40 开头：按 CGCS2000 3 度带第 40 带，并提示",
        "No .prj, eastings of eight digits beginning with 40: taken as CGCS2000 3° zone 40, and told",
        _no_prj,
        {
            "source_file": "宗地.shp",
            "value": "x 40443000.0…40445500.0, y 3584000.0…3584500.0",
        },
    ),
    Trap(
        "crs_inferred",
        "缺 .prj，横坐标以 20 开头：是 6 度带第 20 带（3 度带为 25–45），并提示",
        "No .prj, eastings beginning with 20: 6° zone 20 (3° zones are 25–45), and told",
        _six_degree_zone,
        {"fix": 'declare crs = "EPSG:4498", or the right one'},
    ),
    Trap(
        "crs_inferred",
        "缺 .prj，横坐标 6 位：项目声明了 extent，只有一条中央经线使图层落在其中，按该经线并提示",
        "No .prj, eastings of six digits: one meridian alone puts the layer inside the declared extent",
        _six_digits,
        {"fix": 'declare crs = "EPSG:4549", or the right one'},
    ),
    Trap(
        "crs_inferred",
        "缺 .prj，横坐标 6 位，项目未声明 extent：按项目坐标系的中央经线并提示",
        "No .prj, eastings of six digits, no extent: the central meridian of the project, and told",
        _six_digits_and_meridian,
        {"fix": 'declare crs = "EPSG:4549", or the right one'},
    ),
    _refused(
        "缺 .prj，横坐标 6 位，两条中央经线都使图层落在 extent 中：请声明",
        "No .prj, eastings of six digits, two meridians would put the layer inside the extent: asked for",
        _six_digits_in_two_provinces,
        'declare crs for the source: "EPSG:4547" or "EPSG:4548" or "EPSG:4549"',
    ),
    _refused(
        "经纬度而无坐标系：CGCS2000、WGS 84 与 GCJ-02 从数值上分不出，请声明",
        "Degrees without a system: CGCS2000, WGS 84 and GCJ-02 cannot be told apart, asked for",
        _degrees_of_what,
        "is in degrees .* GCJ-02",
    ),
    _refused(
        "一个图层内横坐标带号不一（39、40）：请分带交",
        "Eastings of one layer carry several zone numbers: split it by zone",
        _two_zones,
        "zone numbers 39 to 40",
    ),
    _refused(
        '纵横坐标颠倒：拒绝，声明 axes = "yx" 后互换',
        'Northings stand in x: refused, exchanged once axes = "yx" is declared',
        _north_first,
        'exchanged .* axes = "yx"',
    ),
    _refused(
        "经纬度颠倒（纬度在前）：拒绝并提示 axes",
        "Latitudes stand in x: refused, with axes as the fix",
        _latitude_first,
        'exchanged .* axes = "yx"',
    ),
    Trap(
        "axes_swapped",
        '声明 axes = "yx"：互换 x、y 并记录',
        'axes = "yx" is declared: x and y are exchanged, and it is told',
        _north_first_declared,
        {"table": "parcels", "source_file": "宗地.shp"},
    ),
    _refused(
        "声明的带号与横坐标不符：拒绝并给出正确的 EPSG",
        "The declared zone contradicts the eastings: refused, naming the right one",
        _wrong_zone,
        r"declare EPSG:4528 \(eastings begin with zone 40\)",
    ),
    _refused(
        "文件写错中央经线，图层与其他图层相距数百公里：拒绝并给出能相接的坐标系",
        "The file names the wrong meridian and lies far from all others: refused, naming what would join",
        _wrong_meridian,
        'EPSG:4548 .* meets no other layer .* 宗地.gpkg: crs = "EPSG:4549"',
    ),
    _refused(
        "文件写错中央经线，图层落在项目 extent 之外：拒绝并给出可能的坐标系",
        "The file names the wrong meridian and lies outside the extent: refused, naming the likely right one",
        _wrong_meridian_and_extent,
        'outside the extent .* crs = "EPSG:4549"',
    ),
    _refused(
        "图层不在 district_code 所在省份：拒绝",
        "A layer lies outside the province of district_code: refused",
        _other_province,
        "outside the district_code",
    ),
    _refused(
        "西安 80 的 .prj：不用 PROJ 的近似转换，拒绝叠加",
        "A .prj of Xi'an 80: refused for overlay, PROJ's ballpark transformation is not used",
        _xian,
        "宗地.shp: .* Xian 1980 is a superseded datum.* transform =",
    ),
    _refused(
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
    _refused(
        "参数文件符号写反：检核点不符，拒绝",
        "A parameter has the wrong sign: the check point is missed, refused",
        _by_a_wrong_sign,
        "misses its check point 1 by 234 m",
    ),
    _refused(
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
    _refused(
        "对照图层声明为 GCJ-02 而坐标以米为单位：拒绝",
        "A layer for comparison is declared GCJ-02 and is in metres: refused",
        _metres_for_comparison,
        "cannot be in degrees of GCJ-02",
    ),
    _refused(
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
    _refused(
        ".prj 的基准是 unknown：PROJ 会当作任何基准，拒绝并请声明 crs",
        "The datum of the .prj is unknown, which PROJ takes for any other: refused, asked for",
        _nameless,
        'names no datum: .* for CGCS2000 "EPSG:4528"',
    ),
    _refused(
        ".prj 是本地平面（LOCAL_CS）：拒绝，请声明 crs 或参数文件",
        "The .prj is a local plane (LOCAL_CS): refused, asked for crs or parameters",
        _local_plane,
        "宗地.shp: its system '扬州独立坐标系' names no datum",
    ),
    _refused(
        'x、y 并未颠倒却声明了 axes = "yx"：拒绝并请删去',
        'axes = "yx" is declared though eastings stand in x: refused, to be left out',
        _needless_exchange,
        "eastings stand in x .* leave axes out",
    ),
    _refused(
        "七参数而图层未说明坐标系：不从横坐标猜椭球，请声明",
        "Seven parameters for a layer without a system: the ellipsoid is not guessed from eastings",
        _seven_of_what,
        "need the crs of the source",
    ),
    _refused(
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
    _refused(
        "项目坐标系为 Web 墨卡托：拒绝（只用于显示）",
        "The project's CRS is Web Mercator: refused, it is for display",
        _project_in("EPSG:3857"),
        "Mercator, made for display",
    ),
    _refused(
        "项目坐标系为西安 80：拒绝",
        "The project's CRS is Xi'an 80: refused",
        _project_in("EPSG:2364"),
        "superseded datum Xian 1980",
    ),
]
