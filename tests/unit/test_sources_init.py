"""Headers recognised, and project files proposed from files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from landeff.core.columns import COLUMNS
from landeff.core.tables import TABLES
from landeff.pipeline.load_config import load_config
from landeff.sources.columns.headers import _aliases, guess_table, propose
from landeff.sources.init import propose_project, quoted
from landeff.sources.readers import Raw

HOSTILE = 'a"b\\c\nd\re\x00\x7f]#\u2028\'"""'


@pytest.mark.parametrize(
    ("table", "header", "to", "unit"),
    [
        ("parcels", "ZDDM", "parcel_id", None),
        ("parcels", "宗地代码", "parcel_id", None),
        ("parcels", "使用权面积（㎡）", "registered_area_m2", "㎡"),
        ("parcels", "面积亩", "registered_area_m2", "亩"),
        ("supply", "约定开工时间", "agreed_start_on", None),
        ("supply", "DZJGH", "supply_id", None),
        ("supply", "成交价格(万元)", "price_cny", "万元"),
        ("survey", "TBMJ", "survey_area_m2", None),
        ("survey", "CZCSXM", "urban_code", None),
        ("returns", "入库税收（万元）", "item:tax_paid", "万元"),
        ("returns", "纳税人识别号", "enterprise_id", None),
        ("enterprises", "统一 社会信用代码", "enterprise_id", None),
        ("parcels", "随便什么", None, None),
        ("parcels", "地块面积（公顷）", "registered_area_m2", "公顷"),
        ("parcels", "地类编码", "land_use_code", None),
        ("parcels", "PZYT", "land_use", None),
        ("parcels", "土地用途代", "land_use_code", None),  # a dbf keeps 10 bytes: five characters of GBK
        ("supply", "实际开工时", "actual_start_on", None),
        ("returns", "城镇土地使", "item:land_use_tax", None),
        ("supply", "约定容积率", None, None),  # 下限 or 上限 was cut off
        ("supply", "实际交地面积", None, None),  # no date
        ("supply", "未供地面积", None, None),  # the opposite
        ("survey", "QSXZ", None, None),  # 权属性质, one letter from QLXZ
        ("supply", "Land use right holder Row 1", "holder", None),
        ("supply", "time4commencement_plan", "agreed_start_on", None),
    ],
)
def test_usual_headers(table: str, header: str, to: str | None, unit: str | None) -> None:
    found = propose([header], table)[0]
    assert (found.to, found.unit) == (to, unit)


def test_a_header_that_was_cut_is_less_certain() -> None:
    assert propose(["土地用途代码"], "parcels")[0].score == 1.0
    assert propose(["土地用途代"], "parcels")[0].score < 0.9


def test_the_project_proposed_can_be_loaded(tmp_path: Path) -> None:
    """A survey makes the land scope ``developed``, which is measured: its area cannot be registered."""
    square = [box(40_443_000, 3_586_000, 40_443_100, 3_586_100)]
    for name, columns in {
        "宗地": {"ZDDM": ["A"], "面积亩": [15.0]},
        "园区": {"园区代码": ["Z"], "园区名称": ["甲"]},
        "地类": {"TBBH": ["1"], "DLBM": ["0601"], "DLMC": ["工业用地"]},
    }.items():
        gpd.GeoDataFrame(columns, geometry=square, crs="EPSG:4528").to_file(tmp_path / f"{name}.gpkg")
    (tmp_path / "税收2024.csv").write_text("统一社会信用代码,入库税收（万元）\nA1,1\n", encoding="utf-8")
    text = propose_project(sorted(tmp_path.glob("*")), "zh", tmp_path)
    (tmp_path / "project.toml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path / "project.toml")
    assert (config.scopes.land, config.scopes.area) == ("developed", "ellipsoidal")


def test_a_missing_unit_is_asked_for_with_what_the_numbers_look_like(tmp_path: Path) -> None:
    numbers = "\n".join(f"S{i},{n}" for i, n in enumerate([21000, 32000, 45000, 58000, 90000]))
    (tmp_path / "供地.csv").write_text(f"电子监管号,供地面积\n{numbers}\n", encoding="utf-8")
    text = propose_project([tmp_path / "供地.csv"], "zh")
    assert '# "供地面积" = { to = "supplied_area_m2", unit = "" }' in text
    assert "中位数 45,000，像是平方米" in text


def test_a_column_is_proposed_once() -> None:
    found = propose(["权利人", "受让人", "备注"], "supply")
    assert [each.to for each in found] == ["holder", None, None]


def test_the_dictionary_only_knows_columns_that_exist() -> None:
    for name, table in TABLES.items():
        for to in _aliases(name).values():
            assert to.startswith("item:") or (to in table.columns and to in COLUMNS)


@pytest.mark.parametrize(
    ("headers", "has_geometry", "table"),
    [
        (["ZDDM", "QLR", "ZDMJ"], True, "parcels"),
        (["TBBH", "DLBM", "DLMC", "TBMJ"], True, "survey"),
        (["园区代码", "园区名称", "级别"], True, "zones"),
        (["电子监管号", "约定开工时间", "成交价款（万元）"], False, "supply"),
        (
            ["电子监管号", "项目名称", "土地使用权人", "闲置类型", "闲置面积（公顷）", "下发日期"],
            False,
            "system_list",
        ),
        (["电子监管号", "项目名称", "供地面积（公顷）"], False, "supply"),
        (
            ["电子监管号", "约定开工时间", "是否动工", "闲置类型", "闲置面积"],
            False,
            "supply",
        ),  # a ledger with notes
        (["统一社会信用代码", "纳税人名称", "增值税", "入库税收"], False, "returns"),
        (["统一社会信用代码", "企业名称", "行业代码"], False, "enterprises"),
        (["统一社会信用代码", "企业名称", "评价等级", "文号"], False, "grades"),
        (["宗地代码", "统一社会信用代码", "占用方式"], False, "occupancy"),
        (["县区", "年度", "指标", "数值（亿元）"], False, "totals"),
        (["foo", "bar"], False, ""),
        (["BSM", "YSDM", "XZQDM", "XZQMC", "DCMJ", "JSMJ", "MSSM", "HDMC", "BZ"], True, "districts"),
        (["XZQDM", "XZQMC"], True, "districts"),
        (["行政区代码", "行政区名称", "面积"], True, "districts"),
        (["XZQDM", "XZQMC"], False, ""),  # a list of codes without polygons
        (["KFQMC", "JB", "XZQDM", "XZQMC"], True, ""),  # zones without a code
        (["TBBH", "DLBM", "DLMC", "XZQDM"], True, "survey"),
    ],
)
def test_tables_are_guessed(headers: list[str], has_geometry: bool, table: str) -> None:
    frame = pd.DataFrame({header: ["x"] for header in headers})
    if has_geometry:
        frame = gpd.GeoDataFrame(frame, geometry=[box(0, 0, 1, 1)])
    assert guess_table(Raw(frame, pd.Series([1], dtype="Int64")))[0] == table


@given(st.text())
def test_any_text_is_a_toml_string(text: str) -> None:
    assert tomllib.loads(f"a = {quoted(text)} # {quoted(text)}")["a"] == text


def test_half_a_surrogate_pair_can_still_be_written() -> None:
    assert tomllib.loads(f"a = {quoted(chr(0xD800))}")["a"] == "\ufffd"


def test_a_project_is_proposed(tmp_path: Path) -> None:
    shapes = [box(40_443_000, 3_586_000, 40_443_100, 3_586_100)]
    layer = gpd.GeoDataFrame({"ZDDM": ["A"], "QLR": ["甲"], "ZDMJ": [1.0]}, geometry=shapes, crs="EPSG:4528")
    layer.to_file(tmp_path / "宗地.gpkg", engine="pyogrio")
    for year in (2023, 2024):
        (tmp_path / f"税收{year}.csv").write_text(
            f"统一社会信用代码,入库税收（万元）,{year}年备注\nA1,1,x\n", encoding="utf-8"
        )
    (tmp_path / "怪.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    text = propose_project([*tmp_path.glob("*"), tmp_path / "没有.csv"], "zh")
    project = tomllib.loads(text)
    assert project["project"]["crs"] == "EPSG:4528"
    assert project["project"]["years"] == [2023, 2024]
    assert project["sources"]["parcels"]["columns"] == {"ZDDM": "parcel_id", "QLR": "holder"}
    assert (
        '# "ZDMJ" = { to = "registered_area_m2", unit = "" }' in text
    )  # no unit named: asked for, not guessed
    returns = project["sources"]["returns"]
    assert [source["year"] for source in returns] == [2023, 2024]
    assert returns[0]["columns"]["入库税收（万元）"] == {"to": "item:tax_paid", "unit": "万元"}
    assert '"foo", "bar"' in text
    assert "没有.csv" in text


def test_townships_are_to_be_united(tmp_path: Path) -> None:
    codes = {"county": ["321003", "321012"], "town": ["321003001", "321003002"]}
    shapes = [box(40443000, 3584000, 40444000, 3585000), box(40444000, 3584000, 40445000, 3585000)]
    proposed = {}
    for name, column in codes.items():
        path = tmp_path / f"{name}.gpkg"
        gpd.GeoDataFrame({"XZQDM": column}, geometry=shapes, crs="EPSG:4528").to_file(path, engine="pyogrio")
        proposed[name] = tomllib.loads(propose_project([path], "zh", tmp_path))["sources"]["districts"]
    assert "duplicates" not in proposed["county"]
    assert proposed["town"]["duplicates"] == "dissolve"


def test_hostile_headers_stay_text(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"统一社会信用代码": ["a"], "企业名称": ["b"], HOSTILE: ["c"], f"面积{HOSTILE}": ["1"]}
    )
    frame.to_parquet(tmp_path / "企业.parquet")
    text = propose_project([tmp_path / "企业.parquet"], "en")
    project = tomllib.loads(text)
    assert project["sources"]["enterprises"]["columns"] == {
        "统一社会信用代码": "enterprise_id",
        "企业名称": "name",
    }


def test_a_superseded_system_is_not_proposed_for_the_project(tmp_path: Path) -> None:
    """EPSG:2416 is Beijing 1954, 3° zone 40, in the EPSG registry."""
    layer = gpd.GeoDataFrame(
        {"ZDDM": ["321003001002GB00012"]}, geometry=[box(40_443_000, 3_584_000, 40_443_100, 3_584_100)]
    )
    layer.set_crs("EPSG:2416").to_file(tmp_path / "宗地.gpkg")
    proposed = propose_project([tmp_path / "宗地.gpkg"], "zh")
    assert 'crs = "EPSG:2416"' not in proposed
    assert '# crs = "EPSG:4528"' in proposed
