"""界址点坐标 TXT: every variant that offices write reads to the same land; what is written reads back."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from boundary_texts import (
    CORNERS,
    HEAD,
    LAND,
    PARCEL,
    POINTS,
    SAMPLE,
    box,
    codes,
    land,
    parse,
    ring,
    rows,
    shape,
)
from pyproj import Geod, Transformer

from landeff.core.boundary_points import AREA, ATTRS, CLASS, ID, LEVEL, NAME, SHEET, USE
from landeff.core.errors import InputError
from landeff.sources.readers import Raw


def test_the_sample(tmp_path: Path) -> None:
    raw = parse(tmp_path, SAMPLE)
    assert raw.crs == "EPSG:4528"
    assert raw.rows.tolist() == [13]
    assert shape(raw).equals_exact(LAND, 0)
    assert raw.frame.drop(columns="geometry").to_dict("records") == [
        {
            ID: "321003001002GB00012",
            NAME: "示例地块",
            AREA: 3.3914,
            SHEET: "I50G087087",
            USE: "工业用地",
            CLASS: "0601",
        }
    ]
    assert codes(raw) == []
    assert raw.frame.attrs[ATTRS]["数据产生日期"] == "2025-03-01"


def survey_area(lonlat: list[tuple[float, float]]) -> float:
    """图斑椭球面积, TD/T 1055, as its annex has it: CGCS2000, sums over the edges of one ring."""
    a, f = 6378137.0, 1 / 298.257222101
    b, e2 = a * (1 - f), f * (2 - f)
    powers = [e2**k for k in range(5)]
    series = [
        1 + 3 / 6 * powers[1] + 30 / 80 * powers[2] + 35 / 112 * powers[3] + 630 / 2304 * powers[4],
        1 / 6 * powers[1] + 15 / 80 * powers[2] + 21 / 112 * powers[3] + 420 / 2304 * powers[4],
        3 / 80 * powers[2] + 7 / 112 * powers[3] + 180 / 2304 * powers[4],
        1 / 112 * powers[3] + 45 / 2304 * powers[4],
        5 / 2304 * powers[4],
    ]
    total = 0.0
    for (l1, b1), (l2, b2) in zip(lonlat, [*lonlat[1:], lonlat[0]], strict=True):
        step, middle = np.radians(b2 - b1), np.radians(b1 + b2) / 2
        terms = [
            (-1) ** k * each * np.sin((2 * k + 1) * step / 2) * np.cos((2 * k + 1) * middle)
            for k, each in enumerate(series)
        ]
        total += 2 * b**2 * np.radians((l1 + l2) / 2 - 119.4) * sum(terms)
    return abs(float(total))


V2 = [(119.400, 32.380), (119.402, 32.3805), (119.4015, 32.382), (119.3995, 32.3815)]


def test_area_of_the_test_vector(tmp_path: Path) -> None:
    """Vector V2, 33 914.116 m²: with micrometres to 0.001 m²; the sample is V2 cut to millimetres."""
    to_plane = Transformer.from_crs("EPSG:4490", "EPSG:4528", always_xy=True)
    fine = [to_plane.transform(*corner) for corner in V2]
    text = HEAD + rows(4) + "".join(f"{i},1,{y:.6f},{x:.6f}\n" for i, (x, y) in enumerate(fine, 1))
    assert _measured(parse(tmp_path, text)) == pytest.approx(33_914.116, abs=0.001)
    # A corner moved by up to 0.5 mm in x and y moves the area by at most half the diagonal times that.
    diagonals = [np.hypot(*np.subtract(fine[i - 1], fine[(i + 1) % 4])) for i in range(4)]
    reach = sum(diagonals) / 2 * 0.0005 * np.sqrt(2)
    sample = _measured(parse(tmp_path, SAMPLE))
    assert abs(sample - 33_914.116) < reach < 0.4
    to_degrees = Transformer.from_crs("EPSG:4528", "EPSG:4490", always_xy=True)
    lonlat = [to_degrees.transform(east, north) for north, east in CORNERS]
    geod = Geod(a=6378137.0, rf=298.257222101)
    assert sample == pytest.approx(abs(geod.polygon_area_perimeter(*zip(*lonlat, strict=True))[0]), abs=0.001)


def _measured(raw: Raw) -> float:
    layer = gpd.GeoDataFrame(geometry=raw.frame.geometry.to_numpy(), crs=raw.crs).to_crs("EPSG:4490")  # type: ignore[attr-defined]
    return survey_area(list(layer.geometry.iloc[0].exterior.coords)[:-1])


FULL_WIDTH = str.maketrans("0123456789.,=@J[]", "０１２３４５６７８９．，＝＠Ｊ［］")


UNCLOSED = HEAD + PARCEL.replace("5,", "4,", 1) + POINTS[: POINTS.rindex("J1")]


VARIANTS = {
    "windows": SAMPLE.replace("\n", "\r\n"),
    "old mac": SAMPLE.replace("\n", "\r"),
    "bom": "\ufeff" + SAMPLE,
    "blank lines": SAMPLE.replace("\n", "\n\n  \n"),
    "indented": "\n".join("\t" + line for line in SAMPLE.splitlines()),
    "no J": HEAD + PARCEL + POINTS.replace("J", ""),
    "unclosed": UNCLOSED,
    "count without the closing point": HEAD + PARCEL.replace("5,", "4,", 1) + POINTS,
    "count with a closing point there is not": UNCLOSED.replace("\n4,3.3914", "\n5,3.3914"),
    "full-width points": HEAD + PARCEL + POINTS.translate(FULL_WIDTH),
    "full-width head": HEAD.replace("=", "＝").replace("3\n", "３\n").replace("40", "４０") + PARCEL + POINTS,
    "full-width commas": HEAD + (PARCEL + POINTS).replace(",", "，").replace("@", "＠"),
    "thick brackets": SAMPLE.replace("[", "【").replace("]", "】"),
    "sections before": "[项目信息]\n项目名称=示例\n[扩展信息]\n地类=1\n" + SAMPLE,
    "extra keys": SAMPLE.replace("精度=", "高程基准=1985\n精度="),
    "tabs": HEAD + PARCEL + POINTS.replace(",", "\t"),
    "blanks": HEAD + PARCEL.replace(",", " , ") + POINTS.replace(",", ", "),
    "comma at the end": HEAD + PARCEL.replace("@", "@,") + POINTS.replace("\n", ",\n"),
    "height": HEAD + PARCEL + POINTS.replace("\n", ",12.5\n"),
    "no zone": SAMPLE.replace("带号=40", "带号="),
    "no width": SAMPLE.replace("几度分带=3", "几度分带="),
    "width in words": SAMPLE.replace("几度分带=3", "分带=3度带"),
    "zone by meridian": SAMPLE.replace("带号=40", "带号=120"),
    "meridian of its own": SAMPLE.replace("带号=40", "带号=\n中央子午线=120°"),
    "no parameters": SAMPLE.replace("0,0,0,0,0,0,0", ",,,,,,"),
    "short name of the system": SAMPLE.replace("2000国家大地坐标系", "CGCS2000"),
    "other name of the system": SAMPLE.replace("2000国家大地坐标系", "大地2000坐标系"),
    "no head": "[地块坐标]\n" + PARCEL + POINTS,
    "no sections": PARCEL + POINTS,
    "end of file sign": SAMPLE + "\x1a",
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_variants_read_alike(tmp_path: Path, variant: str, encoding: str) -> None:
    raw = parse(tmp_path, VARIANTS[variant], encoding)
    assert shape(raw).equals_exact(LAND, 0)
    assert raw.crs == "EPSG:4528"
    assert raw.frame[[ID, NAME, AREA, SHEET, USE, CLASS]].iloc[0].tolist() == [
        "321003001002GB00012",
        "示例地块",
        3.3914,
        "I50G087087",
        "工业用地",
        "0601",
    ]
    silent = {"sections before": ["section_not_read"], "extra keys": ["section_not_read"],
              "no head": ["crs_inferred"], "no sections": ["crs_inferred"]}  # fmt: skip
    assert codes(raw) == silent.get(variant, [])


def test_easting_first_is_told(tmp_path: Path) -> None:
    turned = "".join(
        ",".join([*line.split(",")[:2], *line.split(",")[:1:-1]]) + "\n" for line in POINTS.splitlines()
    )
    assert "J1,1,40443538.748,3584149.011" in turned
    raw = parse(tmp_path, HEAD + PARCEL + turned)
    assert shape(raw).equals_exact(LAND, 0)
    assert codes(raw) == ["axes_swapped"]


def test_columns_of_longer_rows(tmp_path: Path) -> None:
    long = PARCEL.replace("0601,@", "0601,新增,水田,8,7,备注,@")
    raw = parse(tmp_path, HEAD + long + POINTS)
    assert raw.frame.iloc[0][["图斑类型", "地类", "改造前等别", "改造后等别", "备注"]].tolist() == [
        "新增",
        "水田",
        "8",
        "7",
        "备注",
    ]
    for row in (PARCEL.replace("0601,@", "0601,地上,@"), PARCEL.replace("0601,@", "地上,@")):
        raw = parse(tmp_path, HEAD + row + POINTS)
        assert raw.frame[LEVEL].tolist() == ["地上"]
        assert raw.frame[CLASS].fillna("").tolist() == ["0601" if "0601" in row else ""]
    other = parse(tmp_path, HEAD + PARCEL.replace("0601,@", "0601,甲,乙,@") + POINTS)
    assert other.frame[["第9列", "第10列"]].iloc[0].tolist() == ["甲", "乙"]


def test_holes_and_parts_by_containment(tmp_path: Path) -> None:
    """Ring 2 is a hole where it lies within ring 1, and another part where it does not."""
    text = HEAD + rows(10) + box(1, 0, 0, 100, 100) + box(2, 20, 20, 60, 60)
    text += rows(10) + box(1, 0, 200, 100, 300) + box(2, 200, 200, 300, 300)
    raw = parse(tmp_path, text)
    assert shape(raw).equals(land(0, 0, 100, 100).difference(land(20, 20, 60, 60)))
    assert shape(raw, 1).equals(shapely.union_all([land(0, 200, 100, 300), land(200, 200, 300, 300)]))
    assert shape(raw).geom_type == "Polygon"
    assert shape(raw, 1).geom_type == "MultiPolygon"


def test_island_in_a_hole_and_a_hole_before_its_shell(tmp_path: Path) -> None:
    text = HEAD + rows(15) + box(1, 20, 20, 80, 80) + box(2, 0, 0, 100, 100) + box(3, 40, 40, 50, 50)
    raw = parse(tmp_path, text)
    wanted = shapely.union_all([land(0, 0, 100, 100).difference(land(20, 20, 80, 80)), land(40, 40, 50, 50)])
    assert shape(raw).equals(wanted)
    assert shape(raw).is_valid


@pytest.mark.parametrize("numbers", [(1, 1), (1, 2), (7, 7)])
def test_several_rings_under_one_number(tmp_path: Path, numbers: tuple[int, int]) -> None:
    text = HEAD + rows(10) + box(numbers[0], 0, 0, 100, 100) + box(numbers[1], 20, 20, 60, 60)
    assert shape(parse(tmp_path, text)).area == 100 * 100 - 40 * 40


def test_a_hole_that_touches_its_shell(tmp_path: Path) -> None:
    text = HEAD + rows(9) + box(1, 0, 0, 100, 100) + ring(2, (0, 50), (40, 30), (40, 70))
    made = shape(parse(tmp_path, text))
    assert (made.geom_type, len(made.interiors)) == ("Polygon", 1)
    assert made.is_valid


@pytest.mark.parametrize(
    ("system", "width", "zone", "easting", "code"),
    [
        ("2000国家大地坐标系", "3", "40", 40_443_000, "EPSG:4528"),
        ("2000国家大地坐标系", "3", "40", 443_000, "EPSG:4549"),
        ("2000国家大地坐标系", "6", "20", 20_443_000, "EPSG:4498"),
        ("2000国家大地坐标系", "6", "20", 443_000, "EPSG:4509"),
        ("2000国家大地坐标系", "", "", 39_443_000, "EPSG:4527"),
        ("80国家大地坐标系", "3", "40", 40_443_000, "EPSG:2364"),
        ("1980西安坐标系", "3", "40", 443_000, "EPSG:2385"),
        ("1954北京坐标系", "3", "40", 40_443_000, "EPSG:2416"),
        ("北京54坐标系", "3", "40", 443_000, "EPSG:2437"),
    ],
)
def test_system_of_the_head(
    tmp_path: Path, system: str, width: str, zone: str, easting: int, code: str
) -> None:
    """Codes as the EPSG registry has them."""
    head = HEAD.replace("2000国家大地坐标系", system).replace("分带=3", f"分带={width}")
    head = head.replace("带号=40", f"带号={zone}")
    raw = parse(tmp_path, head + rows(5) + box(1, 0, 0, 100, 100, e=easting))
    assert (raw.crs, codes(raw)) == (code, [])


def test_six_digits_without_a_zone_stay_open(tmp_path: Path) -> None:
    raw = parse(tmp_path, HEAD.replace("带号=40", "带号=") + rows(5) + box(1, 0, 0, 9, 9, e=443_000))
    assert raw.crs is None
    no_name = HEAD.replace("坐标系=2000国家大地坐标系", "坐标系=")
    raw = parse(tmp_path, no_name + rows(5) + box(1, 0, 0, 9, 9, e=443_000))
    assert (raw.crs, codes(raw)) == ("EPSG:4549", ["crs_inferred"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("带号=40", "带号=39"), r"带号=39, yet eastings begin with 40"),
        (("分带=3", "分带=6"), r"几度分带=6, 带号=40, yet eastings begin with 40"),
        (("2000国家大地坐标系", "扬州城建坐标系"), r"扬州城建坐标系 is no system that landeff can tell"),
        (("2000国家大地坐标系", "火星坐标系"), r"shifted by some hundred metres"),
        (("高斯克吕格", "墨卡托"), r"墨卡托 is not 高斯克吕格"),
        (("计量单位=米", "计量单位=千米"), r"must be in metres"),
    ],
)
def test_heads_that_are_refused(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse(tmp_path, SAMPLE.replace(*change))


def test_old_datum_without_a_zone_is_refused(tmp_path: Path) -> None:
    head = HEAD.replace("2000国家", "80国家").replace("带号=40", "带号=")
    with pytest.raises(InputError, match="Xian 1980 and does not say in which zone"):
        parse(tmp_path, head + rows(5) + box(1, 0, 0, 9, 9, e=443_000))


def test_declared_system_wins(tmp_path: Path) -> None:
    raw = parse(tmp_path, SAMPLE.replace("2000国家大地坐标系", "地方坐标系"), crs="EPSG:4528")
    assert raw.crs == "EPSG:4528"
    raw = parse(tmp_path, SAMPLE.replace("2000国家大地坐标系", "80国家大地坐标系"), crs="EPSG:4528")
    assert codes(raw) == ["crs_overridden"]


def test_two_files_glued_together(tmp_path: Path) -> None:
    raw = parse(tmp_path, SAMPLE + SAMPLE)
    assert len(raw.frame) == 2
    assert raw.rows.tolist() == [13, 31]
    with pytest.raises(InputError, match="several files with different heads"):
        parse(tmp_path, SAMPLE + SAMPLE.replace("带号=40", "带号=39"))


def test_degrees(tmp_path: Path) -> None:
    """Latitude is X: 32.38 stands before 119.40."""
    head = HEAD.replace("计量单位=米", "计量单位=度").replace("高斯克吕格", "")
    points = "1,1,32.38,119.40\n2,1,32.38,119.41\n3,1,32.39,119.41\n"
    raw = parse(tmp_path, head + rows(3) + points)
    assert raw.crs == "EPSG:4490"
    assert shape(raw).bounds == (119.40, 32.38, 119.41, 32.39)
