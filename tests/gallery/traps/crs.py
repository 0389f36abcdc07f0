"""Coordinate systems: missing, wrong, exchanged, superseded, shifted."""

import shapely
from pyproj import Transformer
from shapely.affinity import translate
from trap import Trap
from trap_layers import SQUARES, degrees, file_source, layer_source, refusal

YANGZHOU = [119.0, 32.0, 120.0, 33.4]


def _unzoned():
    return [translate(each, -40_000_000) for each in SQUARES]


def _exchanged():
    return [shapely.transform(each, lambda x, y: (y, x), interleaved=False) for each in SQUARES]


def _no_prj(folder):
    return file_source(folder, layer_source(SQUARES, None))


def _six_degree_zone(folder):
    shapes = Transformer.from_crs("EPSG:4528", "EPSG:4498", always_xy=True).transform
    moved = [shapely.transform(each, shapes, interleaved=False) for each in SQUARES]
    return file_source(folder, layer_source(moved, None))


def _six_digits(folder):
    return file_source(folder, layer_source(_unzoned(), None), here={"extent": YANGZHOU})


def _six_digits_and_meridian(folder):
    return file_source(folder, layer_source(_unzoned(), None))


def _six_digits_in_two_provinces(folder):
    return file_source(folder, layer_source(_unzoned(), None), here={"extent": [113.0, 32.0, 120.0, 33.4]})


def _degrees_of_what(folder):
    return file_source(folder, layer_source(degrees(), None))


def _two_zones(folder):
    return file_source(folder, layer_source([SQUARES[0], translate(SQUARES[1], -1_000_000)], None))


def _north_first(folder):
    return file_source(folder, layer_source(_exchanged(), "EPSG:4528"), "宗地.gpkg")


def _north_first_declared(folder):
    return file_source(folder, layer_source(_exchanged(), None), axes="yx", crs="EPSG:4528")


def _latitude_first(folder):
    shapes = [shapely.transform(each, lambda x, y: (y, x), interleaved=False) for each in degrees()]
    return file_source(folder, layer_source(shapes, "EPSG:4490"), "宗地.gpkg")


def _wrong_zone(folder):
    return file_source(folder, layer_source(SQUARES, None), crs="EPSG:4527")


def _wrong_meridian(folder):
    return file_source(folder, layer_source(_unzoned(), "EPSG:4548"), "宗地.gpkg")


def _wrong_meridian_and_extent(folder):
    return file_source(folder, layer_source(_unzoned(), "EPSG:4548"), "宗地.gpkg", here={"extent": YANGZHOU})


def _other_province(folder):
    here = {"district_code": "440300"}
    return file_source(folder, layer_source(SQUARES, "EPSG:4528"), "宗地.gpkg", here=here)


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
    refusal(
        "缺 .prj，横坐标 6 位，两条中央经线都使图层落在 extent 中：请声明",
        "No .prj, eastings of six digits, two meridians would put the layer inside the extent: asked for",
        _six_digits_in_two_provinces,
        'declare crs for the source: "EPSG:4547" or "EPSG:4548" or "EPSG:4549"',
    ),
    refusal(
        "经纬度而无坐标系：CGCS2000、WGS 84 与 GCJ-02 从数值上分不出，请声明",
        "Degrees without a system: CGCS2000, WGS 84 and GCJ-02 cannot be told apart, asked for",
        _degrees_of_what,
        "is in degrees .* GCJ-02",
    ),
    refusal(
        "一个图层内横坐标带号不一（39、40）：请分带交",
        "Eastings of one layer carry several zone numbers: split it by zone",
        _two_zones,
        "zone numbers 39 to 40",
    ),
    refusal(
        '纵横坐标颠倒：拒绝，声明 axes = "yx" 后互换',
        'Northings stand in x: refused, exchanged once axes = "yx" is declared',
        _north_first,
        'exchanged .* axes = "yx"',
    ),
    refusal(
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
    refusal(
        "声明的带号与横坐标不符：拒绝并给出正确的 EPSG",
        "The declared zone contradicts the eastings: refused, naming the right one",
        _wrong_zone,
        r"declare EPSG:4528 \(eastings begin with zone 40\)",
    ),
    refusal(
        "文件写错中央经线，图层与其他图层相距数百公里：拒绝并给出能相接的坐标系",
        "The file names the wrong meridian and lies far from all others: refused, naming what would join",
        _wrong_meridian,
        'EPSG:4548 .* meets no other layer .* 宗地.gpkg: crs = "EPSG:4549"',
    ),
    refusal(
        "文件写错中央经线，图层落在项目 extent 之外：拒绝并给出可能的坐标系",
        "The file names the wrong meridian and lies outside the extent: refused, naming the likely right one",
        _wrong_meridian_and_extent,
        'outside the extent .* crs = "EPSG:4549"',
    ),
    refusal(
        "图层不在 district_code 所在省份：拒绝",
        "A layer lies outside the province of district_code: refused",
        _other_province,
        "outside the district_code",
    ),
]
