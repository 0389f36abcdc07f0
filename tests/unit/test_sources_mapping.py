"""Raw frames into canonical tables: units, types, defects, wide tables; expected values by hand."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from landeff.core.errors import InputError, ProblemsError
from landeff.core.tables import TABLES
from landeff.sources.columns.mapping import ColumnMap, Mapped, to_table
from landeff.sources.readers import Raw

MU = 10_000 / 15


def raw(crs: str | None = None, **columns: list[Any]) -> Raw:
    frame = pd.DataFrame({name: pd.Series(values, dtype="object") for name, values in columns.items()})
    if crs is not None:
        frame = gpd.GeoDataFrame(frame, geometry=[box(i, 0, i + 1, 1) for i in range(len(frame))])
    letters = {name: "ABCDEFG"[position] for position, name in enumerate(columns)}
    rows = pd.Series(range(2, len(frame) + 2), dtype="Int64")
    return Raw(frame, rows, name="表.xlsx", crs=crs or None, letters=letters)


def mapped(
    source: Raw, table: str, defaults: dict[str, object] | None = None, **columns: str | ColumnMap
) -> Mapped:
    maps = {header: ColumnMap(to) if isinstance(to, str) else to for header, to in columns.items()}
    return to_table(source, TABLES[table], maps, defaults=defaults or {})


def problems(source: Raw, table: str, **columns: str | ColumnMap) -> str:
    with pytest.raises(ProblemsError) as error:
        mapped(source, table, **columns)
    return str(error.value)


def test_units_become_square_metres_and_yuan() -> None:
    source = raw(监管号=["S1"], 面积=["1.5"], 成交价=[2.0])
    frame = mapped(source, "supply", 监管号="supply_id", 面积=ColumnMap("supplied_area_m2", "公顷"),
                   成交价=ColumnMap("price_cny", "万元")).frame  # fmt: skip
    assert frame["supplied_area_m2"].tolist() == [15_000.0]
    assert frame["price_cny"].tolist() == [20_000.0]


def test_unit_in_the_header() -> None:
    source = raw(监管号=["S1"], **{"面积（亩）": [15]})
    frame = mapped(source, "supply", 监管号="supply_id", **{"面积（亩）": "supplied_area_m2"}).frame
    assert frame["supplied_area_m2"].tolist() == pytest.approx([10_000.0])  # 15 mu are one hectare


def test_all_structural_problems_at_once() -> None:
    source = raw(监管号=["S1"], 面积=[1], 价=[2], 户=["a"])
    price = ColumnMap("price_cny", "亩")
    told = problems(source, "supply", 监管编号="supply_id", 面积="supplied_area_m2", 价=price, 户="holdr")
    assert 'no column "监管编号"' in told
    assert 'did you mean "监管号"' in told
    assert 'unit of "面积" is not known' in told
    assert "in 亩 (area), but price_cny is money" in told
    assert "did you mean holder" in told
    assert "nothing is mapped to supply_id" not in told  # the mistake is the header, not a missing mapping


def test_two_columns_for_one() -> None:
    assert "fed by a and b" in problems(raw(a=["1"], b=["2"]), "supply", a="supply_id", b="supply_id")


def test_unknown_unit() -> None:
    told = problems(raw(a=["1"], b=[1]), "supply", a="supply_id", b=ColumnMap("price_cny", "两"))
    assert "'两' is not a unit" in told


def test_declared_unit_against_header_is_told() -> None:
    source = raw(a=["1"], **{"价（万元）": [3]})
    result = mapped(source, "supply", a="supply_id", **{"价（万元）": ColumnMap("price_cny", "元")})
    assert result.frame["price_cny"].tolist() == [3.0]
    assert [issue.code for issue in result.issues] == ["unit_contradicts_header"]


def test_types_trace_and_carried_columns() -> None:
    source = raw(
        监管号=["S1", 7.0],
        开工=["2019年6月6日", None],
        已动工=["是", None],
        备注=["x", 1],
        zone_id=["z", "z"],
    )
    frame = mapped(source, "supply", 监管号="supply_id", 开工="agreed_start_on", 已动工="is_started").frame
    assert {name: str(frame[name].dtype) for name in frame.columns[:5]} == {
        "supply_id": "str", "agreed_start_on": "datetime64[s]", "is_started": "boolean", "source_file": "str",
        "source_row": "Int64",
    }  # fmt: skip
    assert frame["supply_id"].tolist() == ["S1", "7"]
    assert frame["source_row"].tolist() == [2, 3]
    assert frame["备注"].tolist() == ["x", "1"]  # text and numbers mixed travel as text
    assert "zone_id" not in frame  # a name that means something else here
    assert frame["zone_id (source)"].tolist() == ["z", "z"]


def test_a_canonical_header_needs_no_mapping() -> None:
    frame = mapped(raw(supply_id=["S1"], supplied_area_m2=["5"]), "supply").frame
    assert frame["supplied_area_m2"].tolist() == [5.0]


def test_spaces_and_full_width_in_headers_do_not_matter() -> None:
    frame = mapped(
        raw(**{"电子 监管号（必填）": ["S1"]}), "supply", **{"电子监管号(必填)": "supply_id"}
    ).frame
    assert frame["supply_id"].tolist() == ["S1"]


def test_defective_rows_are_set_aside_with_their_money_and_land() -> None:
    source = raw(
        "EPSG:4528", 宗地=["P1", "P2", None, 321003001002000012.0, "P5"], 面积=["10", "-5", "7", "8", "约9"]
    )
    result = mapped(source, "parcels", 宗地="parcel_id", 面积=ColumnMap("registered_area_m2", "亩"))
    assert result.frame["parcel_id"].tolist() == ["P1"]
    assert result.frame.crs == "EPSG:4528"
    aside = result.set_aside
    assert aside["reason"].tolist() == [
        "impossible_value",
        "missing_key",
        "code_rounded_by_excel",
        "not_a_number",
    ]
    assert aside["key"].fillna("").tolist() == ["P2", "", "", "P5"]
    assert aside["source_row"].tolist() == [3, 4, 5, 6]
    assert aside["registered_area_m2"].fillna(-1).tolist() == pytest.approx([-1, 7 * MU, 8 * MU, -1])
    assert aside["geometry"].notna().all()
    told = {issue.code: (issue.source_row, issue.value) for issue in result.issues}
    assert told["impossible_value"] == (3, "-5 (cell B3)")
    assert told["code_rounded_by_excel"][1].endswith("(cell A5)")
    assert all(issue.fix and issue.table == "parcels" for issue in result.issues)


def test_bad_dates_lose_the_value_not_the_row() -> None:
    source = raw(监管号=["1", "2", "3"], 开工=["1901-01-01", "2019-02-30", "2019-06-06"])
    result = mapped(source, "supply", 监管号="supply_id", 开工="agreed_start_on")
    assert result.frame["agreed_start_on"].isna().tolist() == [True, True, False]
    assert {issue.code: issue.severity for issue in result.issues} == {
        "placeholder_date": "info", "impossible_date": "warning",
    }  # fmt: skip


def test_words_of_the_source() -> None:
    source = raw(监管号=["1", "2"], 动工=["在建", "空地"])
    result = mapped(source, "supply", 监管号="supply_id",
                    动工=ColumnMap("is_started", values={"在建": True, "空地": False}))  # fmt: skip
    assert result.frame["is_started"].tolist() == [True, False]


def test_layers() -> None:
    assert "no polygons" in problems(raw(a=["1"]), "parcels", a="parcel_id")
    source = Raw(
        gpd.GeoDataFrame({"a": ["1"]}, geometry=[box(0, 0, 1, 1)]),
        pd.Series([1], dtype="Int64"),
        name="a.shp",
    )
    assert "coordinate system" in problems(source, "parcels", a="parcel_id")


def test_wide_returns_become_long() -> None:
    source = raw(代码=["E1", "E2"], 增值税=["1", ""], 合计=[2.5, 0])
    vat, paid = ColumnMap("item:vat", "万元"), ColumnMap("item:tax_paid", "万元")
    defaults: dict[str, object] = {"year": 2024, "currency": "CNY"}
    result = mapped(source, "returns", defaults, 代码="enterprise_id", 增值税=vat, 合计=paid)
    rows = result.frame[["enterprise_id", "year", "item", "value", "currency", "source_row"]]
    assert rows.to_numpy().tolist() == [
        ["E1", 2024, "vat", 10_000.0, "CNY", 2],
        ["E1", 2024, "tax_paid", 25_000.0, "CNY", 2],
        ["E2", 2024, "tax_paid", 0.0, "CNY", 3],  # blank is missing, nought is nought
    ]


def test_money_of_a_defective_row_is_not_lost() -> None:
    source = raw(代码=["E1", 913210026515923968.0, None], 甲=["x", 2, 3], 乙=[1, 4, 5])
    result = mapped(source, "returns", {"year": 2024}, 代码="enterprise_id", 甲=ColumnMap("item:a", "元"),
                    乙=ColumnMap("item:b", "元"))  # fmt: skip
    kept = result.frame
    assert kept[["item", "value", "source_row"]].to_numpy().tolist() == [
        ["b", 1, 2],
        ["a", 3, 4],
        ["b", 5, 4],
    ]
    assert kept["enterprise_id"].isna().tolist() == [False, True, True]  # unmatched money, not a defect
    aside = result.set_aside[["item", "value", "reason", "source_row", "year"]]
    assert aside.fillna(-1).to_numpy().tolist() == [
        ["a", -1, "not_a_number", 2, 2024],
        ["a", 2, "code_rounded_by_excel", 3, 2024],
        ["b", 4, "code_rounded_by_excel", 3, 2024],
    ]


def test_long_returns() -> None:
    source = raw(
        代码=["E1", "E1", "E2"], 税种=["增值税", "房产税", "增值税"], 金额=[1, None, "?"], 年=["2024年"] * 3
    )
    result = mapped(source, "returns", 代码="enterprise_id", 税种=ColumnMap("item", values={"增值税": "vat"}),
                    金额=ColumnMap("value", "元"), 年="year")  # fmt: skip
    assert result.frame[["item", "value", "year"]].to_numpy().tolist() == [["vat", 1.0, 2024]]
    assert result.set_aside["reason"].tolist() == ["not_a_number"]


def test_items_need_a_unit_and_an_owner() -> None:
    told = problems(raw(税=[1]), "returns", 税="item:tax_paid")
    assert "unit" in told
    assert "whose money" in told


def test_index_and_input_are_left_alone() -> None:
    source = raw(代码=["E1"], 税=[1])
    before = source.frame.copy()
    mapped(source, "returns", {"year": 2024}, 代码="enterprise_id", 税=ColumnMap("item:a", "元"))
    pd.testing.assert_frame_equal(source.frame, before)


def test_problems_are_input_errors() -> None:
    assert issubclass(ProblemsError, InputError)
