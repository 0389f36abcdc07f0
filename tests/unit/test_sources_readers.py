"""Files as an office hands them over: each trap is written here and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import xlsxwriter
from shapely import box

from landeff.core.errors import InputError
from landeff.sources.readers import Raw, read, readers

# Layers without a CRS are what is tested.
pytestmark = pytest.mark.filterwarnings("ignore:'crs' was not provided")

CRS = "EPSG:4528"
X0, Y0 = 40_443_000.0, 3_586_000.0


def layer(
    n: int = 2, crs: str | None = CRS, x0: float = X0, y0: float = Y0, **columns: Any
) -> gpd.GeoDataFrame:
    shapes = [box(x0 + 100 * i, y0, x0 + 100 * i + 90, y0 + 90) for i in range(n)]
    return gpd.GeoDataFrame({"ZDDM": [f"A{i}" for i in range(n)], **columns}, geometry=shapes, crs=crs)


def workbook(path: Path, rows: list[list[object]], merged: tuple[tuple[int, int, int, int], ...] = (),
             sheet: str = "表", more: tuple[str, ...] = ()) -> Path:  # fmt: skip
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                page.write(number, column, cell)
    for top, left, bottom, right in merged:
        page.merge_range(top, left, bottom, right, rows[top][left])
    for name in more:
        book.add_worksheet(name).write(0, 0, "x")
    book.close()
    return path


def codes(raw: Raw) -> list[str]:
    return sorted(issue.code for issue in raw.issues)


def test_one_file_one_format() -> None:
    assert {".shp", ".gpkg", ".geojson", ".topojson", ".geoparquet", ".xlsx", ".xls", ".xlsb", ".ods", ".csv",
            ".tsv"} <= set(readers())  # fmt: skip


# Shapefile -------------------------------------------------------------------------------------------------


def shapefile(folder: Path, encoding: str, cpg: str | None, **columns: Any) -> Path:
    path = folder / "宗地.shp"
    layer(QLR=["扬州示例公司", "黑龙江省"], **columns).to_file(path, encoding=encoding, engine="pyogrio")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    dbf = path.with_suffix(".dbf")
    data = bytearray(dbf.read_bytes())
    data[29] = 0
    dbf.write_bytes(data)
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    return path


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("cpg", [None, "GBK", "UTF-8", "936"])
def test_text_is_right_whatever_the_cpg_says(tmp_path: Path, encoding: str, cpg: str | None) -> None:
    raw = read(shapefile(tmp_path, encoding, cpg))
    assert raw.frame["QLR"].tolist() == ["扬州示例公司", "黑龙江省"]
    assert raw.crs == CRS
    assert raw.rows.tolist() == [1, 2]
    assert codes(raw) == ["encoding_detected"]
    assert "扬州示例公司" in raw.issues[0].value


def test_the_language_byte_is_heard(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "gbk", None)
    data = bytearray(path.with_suffix(".dbf").read_bytes())
    data[29] = 0x4D
    path.with_suffix(".dbf").write_bytes(data)
    raw = read(path)
    assert raw.encoding == "gb18030"
    assert "language byte" in raw.issues[0].decision


def test_declared_encoding_wins(tmp_path: Path) -> None:
    raw = read(shapefile(tmp_path, "gbk", None), encoding="big5")
    assert raw.encoding == "cp950"  # Big5 as Windows writes it
    assert raw.frame["QLR"][1] != "黑龙江省"


def test_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="klingon"):
        read(shapefile(tmp_path, "gbk", None), encoding="klingon")


def test_chinese_field_names(tmp_path: Path) -> None:
    raw = read(shapefile(tmp_path, "gbk", None, 面积亩=[1.5, 2.5]))
    assert raw.frame["面积亩"].tolist() == [1.5, 2.5]


def test_a_character_cut_by_the_field_width(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "gbk", None)
    dbf = path.with_suffix(".dbf")
    cut = "扬州".encode("gbk") + "示".encode("gbk")[:1]
    data = dbf.read_bytes().replace("扬州示例公司".encode("gbk"), cut.ljust(12))
    dbf.write_bytes(data)
    raw = read(path)
    assert raw.frame["QLR"].tolist() == ["扬州", "黑龙江省"]
    assert "text_cut_off" in codes(raw)


def test_sha256_covers_all_parts(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "gbk", None)
    before = read(path).sha256
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"A0", b"B0"))
    assert read(path).sha256 != before


# Layers ----------------------------------------------------------------------------------------------------


def test_geopackage_skips_styles_and_asks_which_layer(tmp_path: Path) -> None:
    path = tmp_path / "图.gpkg"
    layer().to_file(path, layer="宗地", engine="pyogrio")
    pyogrio.write_dataframe(pd.DataFrame({"styleName": ["a"]}), path, layer="layer_styles", append=True)
    assert len(read(path).frame) == 2
    layer(3).to_file(path, layer="园区", engine="pyogrio")
    assert len(read(path, layer="园区").frame) == 3
    with pytest.raises(InputError, match="宗地, 园区"):
        read(path)
    with pytest.raises(InputError, match="宗地, 园区"):
        read(path, layer="道路")


def test_geojson_without_crs_is_wgs84(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"日期":"2019-06-06",'
                    '"n":"0012"},"geometry":{"type":"Polygon","coordinates":[[[119,32],[119.1,32],[119,32.1],'
                    '[119,32]]]}}]}', encoding="utf-8")  # fmt: skip
    raw = read(path)
    assert raw.crs == "EPSG:4326"
    assert raw.frame[["日期", "n"]].iloc[0].tolist() == ["2019-06-06", "0012"]
    path.write_bytes(path.read_text(encoding="utf-8").replace("0012", "扬州").encode("gbk"))
    raw = read(path)
    assert raw.frame["n"].tolist() == ["扬州"]
    assert codes(raw) == ["encoding_detected"]


def test_topojson_needs_a_crs(tmp_path: Path) -> None:
    path = tmp_path / "a.topojson"
    path.write_text('{"type":"Topology","objects":{"宗地":{"type":"GeometryCollection","geometries":[{"type":'
                    '"Polygon","arcs":[[0]],"properties":{"QLR":"扬州"}}]}},"arcs":[[[119,32],[119.1,32],'
                    '[119,32.1],[119,32]]]}', encoding="utf-8")  # fmt: skip
    assert read(path).crs is None
    raw = read(path, crs="EPSG:4326")
    assert raw.crs == "EPSG:4326"
    assert raw.frame["QLR"].tolist() == ["扬州"]


def test_geoparquet_and_plain_parquet(tmp_path: Path) -> None:
    layer().to_parquet(tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet").crs == CRS
    pd.DataFrame({"a": ["甲"]}).to_parquet(tmp_path / "b.parquet")
    assert read(tmp_path / "b.parquet").frame["a"].tolist() == ["甲"]


# Tables ----------------------------------------------------------------------------------------------------


def test_title_rows_totals_blank_rows_and_footnotes(tmp_path: Path) -> None:
    path = workbook(tmp_path / "税收.xlsx", [
        ["2024年度税收情况表", None, None],
        ["填报单位：示例局", None, "单位：万元"],
        ["统一社会信用代码", "纳税人名称", "入库税收（万元）"],
        ["A1", "甲公司", 1.5],
        [None, "广陵区小计", 1.5],
        [None, None, None],
        ["A2", "乙公司", "—"],
        ["合 计", None, 1.5],
        ["注：数据来源税务部门", None, None],
    ], merged=((0, 0, 0, 2),))  # fmt: skip
    raw = read(path)
    assert raw.frame.columns.tolist() == ["统一社会信用代码", "纳税人名称", "入库税收（万元）"]
    assert raw.frame["纳税人名称"].tolist() == ["甲公司", "乙公司"]
    assert raw.rows.tolist() == [4, 7]  # as Excel numbers them
    told = {issue.code: issue.value for issue in raw.issues}
    assert told == {"total_rows_dropped": "rows 5, 8", "notes_dropped": "rows 9"}
    assert raw.letters["入库税收（万元）"] == "C"


def test_an_item_called_total_is_data(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["县区", "指标", "数值"], ["广陵区", "税收合计", 1.0], ["总计", "税收合计", 1.0]],
    )
    assert read(path).rows.tolist() == [2]


def test_two_row_header(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [
        ["统一社会信用代码", "税种", None, "产值（万元）", None],
        [None, "增值税", "房产税", 2023, 2024],
        ["A1", 1.0, 2.0, 3.0, 4.0],
    ], merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)))  # fmt: skip
    raw = read(path)
    assert raw.frame.columns.tolist() == [
        "统一社会信用代码",
        "增值税",
        "房产税",
        "产值（万元）/2023",
        "产值（万元）/2024",
    ]
    assert raw.rows.tolist() == [3]


def test_merged_text_is_filled_down_and_merged_money_is_not(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [
        ["企业名称", "宗地代码", "税收"],
        ["甲公司", "Z1", 9.0],
        [None, "Z2", None],
    ], merged=((1, 0, 2, 0), (1, 2, 2, 2)))  # fmt: skip
    raw = read(path)
    assert raw.frame["企业名称"].tolist() == ["甲公司", "甲公司"]
    assert raw.frame["税收"].tolist() == [9.0, ""]
    assert codes(raw) == ["merged_amounts", "merged_cells_filled"]


def test_header_row_can_be_declared(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙", "丙"], ["foo", "bar", None], ["1", "2", "3"]])
    assert read(path, header_row=2).frame.columns.tolist() == ["foo", "bar", "column 3"]
    with pytest.raises(InputError, match="no row 9"):
        read(path, header_row=9)


def test_same_header_twice(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["名称", "面积", "面积"], ["a", 1, 2]])
    assert read(path).frame.columns.tolist() == ["名称", "面积 (1)", "面积 (2)"]


def test_several_sheets_must_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["名称", "面积"], ["a", 1]], more=("说明",))
    assert len(read(path, sheet="表").frame) == 1
    with pytest.raises(InputError, match="表, 说明"):
        read(path)
    with pytest.raises(InputError, match="表, 说明"):
        read(path, sheet="别的")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_delimited_text(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    lines = [
        "企业名称;代码;税收".replace(";", separator),
        "",
        f'"甲{separator}公司";0012;1'.replace(";", separator),
    ]
    if separator == ";":
        lines[2] = '"甲;公司";0012;1'
    path.write_bytes("\r\n".join(lines).encode(encoding))
    raw = read(path)
    assert raw.frame.iloc[0].tolist() == [f"甲{separator}公司", "0012", "1"]
    assert raw.rows.tolist() == [3]


def test_csv_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("名称,面积\na,1,234\n", encoding="utf-8")
    with pytest.raises(InputError, match="more cells than the header"):
        read(path)


# Refusals --------------------------------------------------------------------------------------------------


def test_missing_file_and_unknown_suffix(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        read(tmp_path / "nothing.csv")
    (tmp_path / "a.xyz").write_bytes(b"x")
    with pytest.raises(InputError, match=r"no reader for \.xyz"):
        read(tmp_path / "a.xyz")


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".gpkg", ".shp", ".geojson", ".parquet"])
def test_rubbish_is_refused_in_plain_words(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"坏{suffix}"
    path.write_bytes(b"this is no such file")
    with pytest.raises(InputError) as error:
        read(path)
    assert path.name in error.value.problem
    assert error.value.fix


def test_empty_table_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["名称", "面积"]])
    with pytest.raises(InputError, match="no rows"):
        read(path)


# CRS -------------------------------------------------------------------------------------------------------


def test_zone_prefix_tells_the_crs(tmp_path: Path) -> None:
    layer(crs=None).to_file(tmp_path / "a.shp", engine="pyogrio")
    raw = read(tmp_path / "a.shp")
    assert raw.crs == "EPSG:4528"  # zone 40: 4488 + 40
    assert "crs_inferred" in codes(raw)


@pytest.mark.parametrize(("x0", "y0"), [(443_000.0, Y0), (119.4, 32.4)])
def test_six_digits_or_degrees_do_not_tell(tmp_path: Path, x0: float, y0: float) -> None:
    frame = layer(crs=None, x0=x0, y0=y0)
    frame.to_file(tmp_path / "a.shp", engine="pyogrio")
    assert read(tmp_path / "a.shp").crs is None
    assert read(tmp_path / "a.shp", crs="EPSG:4549").crs == "EPSG:4549" if x0 > 180 else True


@pytest.mark.parametrize(
    ("x0", "declared", "right"),
    [
        (X0, "EPSG:4549", "EPSG:4528"),  # prefix 40 in the coordinates, none in the system
        (X0, "EPSG:4527", "EPSG:4528"),  # zone 39 declared
        (443_000.0, "EPSG:4528", "EPSG:4549"),  # no prefix in the coordinates
        (X0, "EPSG:4490", "EPSG:4528"),  # metres called degrees
    ],
)
def test_a_declared_crs_that_the_coordinates_contradict(
    tmp_path: Path, x0: float, declared: str, right: str
) -> None:
    layer(crs=None, x0=x0).to_file(tmp_path / "a.shp", engine="pyogrio")
    with pytest.raises(InputError) as error:
        read(tmp_path / "a.shp", crs=declared)
    assert right in error.value.fix


def test_superseded_datums_are_read_as_what_they_are(tmp_path: Path) -> None:
    """Overlay is what is refused (tests/gallery/traps/datums.py): the source may name a parameter file."""
    layer(crs="EPSG:2364").to_file(tmp_path / "a.gpkg", engine="pyogrio")  # Xian 1980, 3° zone 40
    assert read(tmp_path / "a.gpkg").crs == "EPSG:2364"


def test_metres_in_a_geojson_without_crs(tmp_path: Path) -> None:
    frame = layer()
    text = frame.to_json(drop_id=True)
    path = tmp_path / "a.geojson"
    path.write_text(text.replace('"crs"', '"was"'), encoding="utf-8")
    raw = read(path)
    assert raw.crs == "EPSG:4528"
    assert "crs_inferred" in codes(raw)
