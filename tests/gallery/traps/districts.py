"""Districts and the zones that say in which of them they lie; codes of townships in place of counties."""

from four_squares import box, layer
from trap import Trap, project

WEST, EAST = box(-500, -500, 2000, 1500), box(2000, -500, 5500, 1500)


def _given(folder, shapes, codes, zones=None, columns=None, **settings):
    path = folder / "XZQ.gpkg"
    names = [f"某区{number}" for number in range(len(codes))]
    layer(shapes, XZQDM=codes, XZQMC=names).to_file(path, engine="pyogrio")
    named = {"XZQDM": "district_code", "XZQMC": "district_name"}
    raw = project(districts={"path": str(path), "columns": named, **settings})
    if zones:
        data = raw["sources"]["zones"]["data"].assign(district_code=zones)
        raw["sources"]["zones"] = {"data": data}
    return raw


def _two(folder, zones, shapes=(WEST, EAST), **settings):
    return _given(folder, list(shapes), ["321003", "321012"], zones, **settings)


def _other(folder):
    return _two(folder, ["321003", "321003"])


def _straddling(folder):
    # the border at x = 500: a quarter of Z1 (0–2 000) to the west of it
    shapes = box(-500, -500, 500, 1500), box(500, -500, 5500, 1500)
    return _two(folder, ["321012", "321012"], shapes)


def _short_of_the_east(folder):
    # the districts end at x = 3 500: a quarter of Z2 (2 000–4 000) beyond
    return _two(folder, ["321003", "321012"], (WEST, box(2000, -500, 3500, 1500)))


def _overlapping(folder):
    return _two(folder, ["321003", "321012"], (WEST, box(1900, -500, 5500, 1500)))


def _townships(folder):
    shapes = [box(-500, -500, 1000, 1500), box(1000, -500, 2000, 1500), EAST]
    codes = ["321003001", "321003002", "321012100"]
    return _given(folder, shapes, codes, ["321003", "321012"], duplicates="dissolve")


def _same_code_twice(folder):
    return _given(folder, [WEST, EAST], ["321003", "321003"])


def _unknown_code(folder):
    return _given(folder, [WEST, EAST], ["321003", "329999"])


TRAPS = [
    Trap(
        "zone_in_other_district",
        "园区填写的县区代码与其大部分土地所在的县区不一致：按填写的保留，列出两个代码和份额",
        "A zone says another district than the one most of it lies in: kept as declared, both codes and the "
        "share told",
        _other,
        {
            "table": "zones",
            "key": "Z2",
            "value": "321003",
            "decision": "kept as declared; 100.0 % of the zone lies in 321012 某区1",
        },
    ),
    Trap(
        "zone_straddles_districts",
        "园区跨两个县区（各占 1% 以上）：提示，数字照旧计入其填写的县区",
        "A zone lies in two districts, 1 % or more in each: told, its figures stay where declared",
        _straddling,
        {"table": "zones", "key": "Z1", "severity": "info", "value": "321012 75.0 %, 321003 25.0 %"},
    ),
    Trap(
        "zone_outside_districts",
        "县区界缺了一块，园区的四分之一不在任何县区：提示",
        "The districts end short of a zone, a quarter of it lies in none: told",
        _short_of_the_east,
        {"table": "zones", "key": "Z2", "decision": "25.0 % of the zone lies in none of the districts"},
    ),
    Trap(
        "districts_overlap",
        "两个县区的界线重叠：重叠部分按代码在前的县区计",
        "Two districts overlap: the land counts for the first by code",
        _overlapping,
        {"table": "districts", "n": 1},
    ),
    Trap(
        "district_code_cut",
        "行政区图层是乡镇级（9 位代码）：截取前六位，声明 dissolve 后合并为县区",
        "The layer of divisions has townships (9 digits): cut to the county, and dissolved",
        _townships,
        {"table": "districts", "column": "district_code", "n": 3},
    ),
    Trap(
        "duplicate_key",
        "两个县区用同一代码：两行均搁置，除非声明 dissolve",
        "Two districts with one code: both rows set aside, unless dissolve is declared",
        _same_code_twice,
        {"table": "districts", "key": "321003", "n": 2},
    ),
    Trap(
        "unknown_division",
        "县区代码不在 GB/T 2260 中：保留并提示",
        "A district code that is not in GB/T 2260: kept, and told",
        _unknown_code,
        {"table": "districts", "value": "329999"},
    ),
]
