"""Columns mapped wrongly, and amounts in another unit than declared."""

import geopandas as gpd
import pandas as pd
from four_squares import box, layer
from trap import Trap, project


def _csv(folder, table, cells, **settings):
    path = folder / f"{table}.csv"
    pd.DataFrame(cells).to_csv(path, index=False, encoding="utf-8")
    return project(**{table: {"path": str(path), **settings}})


def _squares(folder, stated, unit):
    """Six parcels of 100 m × 100 m, one hectare each, with the areas that the office states for them."""
    shapes = [box(200 * i, 0, 200 * i + 100, 100) for i in range(len(stated))]
    frame: gpd.GeoDataFrame = layer(shapes, parcel_id=[f"P{i}" for i in range(len(stated))], 面积=stated)
    path = folder / "宗地.gpkg"
    frame.to_file(path)
    columns = {"面积": {"to": "registered_area_m2", "unit": unit}}
    return project(parcels={"path": str(path), "columns": columns})


def _supply(folder, area, unit, price=None, **columns):
    cells = {"supply_id": [f"S{i}" for i in range(1, len(area) + 1)], "面积": area}
    mapping = {"面积": {"to": "supplied_area_m2", "unit": unit}}
    if price is not None:
        cells["价款"] = price
        mapping["价款"] = {"to": "price_cny", "unit": "元"}
    return _csv(folder, "supply", cells | columns, columns=mapping)


def _square_metres_called_mu(folder):
    return _supply(folder, [3214, 2800, 15000, 9100, 2100, 3500], "亩")


def _tax_in_ten_thousands(folder):
    columns = {"税收": {"to": "item:tax_paid", "unit": "元"}}
    cells = {"enterprise_id": [f"H{i}" for i in range(5)], "税收": [35.2, 120.5, 8.1, 60.0, 410.7]}
    return _csv(folder, "returns", cells, year=2024, columns=columns)


def _price_in_ten_thousands(folder):
    # 2 ha for 480: as 元 that is 0.024 元/m², as 万元 240 元/m²
    prices = [480e3, 500e3, 520e3, 610e3, 700e3]
    return _supply(folder, [20.0] * 5, "公顷", price=prices)


def _mu_called_hectares(folder):
    return _squares(folder, [15.0] * 6, "公顷")


def _one_tiny_parcel(folder):
    return _squares(folder, [15.0, 15.0, 15.0, 15.0, 15.0, 0.003], "亩")


def _header_says_otherwise(folder):
    columns = {"供地面积（公顷）": {"to": "supplied_area_m2", "unit": "亩"}}
    return _csv(folder, "supply", {"supply_id": ["S1"], "供地面积（公顷）": [50.0]}, columns=columns)


def _ratio_of_three_hundred(folder):
    cells = {"supply_id": ["S1", "S2"], "容积率": [2, 300]}
    return _csv(folder, "supply", cells, columns={"容积率": "agreed_far_min"})


def _no_unit(folder):
    return _csv(folder, "supply", {"supply_id": ["S1"], "面积": [3]}, columns={"面积": "supplied_area_m2"})


def _unit_of_money(folder):
    columns = {"面积": {"to": "supplied_area_m2", "unit": "万元"}}
    return _csv(folder, "supply", {"supply_id": ["S1"], "面积": [3]}, columns=columns)


def _no_such_column(folder):
    cells = {"supply_id": ["S1"], "约定开工时间": ["2022-06-01"]}
    return _csv(folder, "supply", cells, columns={"约定开工日期": "agreed_start_on"})


def _no_such_target(folder):
    cells = {"supply_id": ["S1"], "开工": ["2022-06-01"]}
    return _csv(folder, "supply", cells, columns={"开工": "agreed_start"})


def _two_for_one(folder):
    cells = {"supply_id": ["S1"], "开工": ["2022-06-01"], "动工": ["2022-06-01"]}
    return _csv(folder, "supply", cells, columns={"开工": "agreed_start_on", "动工": "agreed_start_on"})


def _no_key_column(folder):
    return _csv(folder, "supply", {"号": ["S1"], "agreed_start_on": ["2022-06-01"]})


TRAPS = [
    Trap(
        "unit_implausible",
        "供地面积实为平方米，却声明为亩：整列中位数不合常理，提示应为平方米，数值照留",
        "Supplied areas are in m² and declared 亩: the median gives it away; kept, and the right unit named",
        _square_metres_called_mu,
        {
            "table": "supply",
            "column": "supplied_area_m2",
            "value": "median 3,357 亩",
            "decision": "kept in 亩 as declared; plausible as 平方米",
            "n": 6,
        },
    ),
    Trap(
        "unit_implausible",
        "税收实为万元，却声明为元：中位数 60 元不合常理",
        "Tax is in 万元 and declared 元: a median of 60 元 is none",
        _tax_in_ten_thousands,
        {
            "table": "returns",
            "column": "tax_paid",
            "value": "median 60 元",
            "decision": "kept in 元 as declared; plausible as 万元",
        },
    ),
    Trap(
        "unit_implausible",
        "价款单独看不出问题，与面积相除每平方米不足 15 元：单位疑误",
        "A price that is plausible alone and comes to less than 15 元/m² beside the area",
        _price_in_ten_thousands,
        {"column": "price_cny", "value": "median 520,000 元, 2.6 元/m²"},
    ),
    Trap(
        "unit_against_polygons",
        "登记面积实为亩，却声明为公顷：与图形之比恰为 15，报错并指出单位",
        "Registered areas are in 亩 and declared 公顷: 15 times the polygons, which names the unit",
        _mu_called_hectares,
        {
            "severity": "error",
            "table": "parcels",
            "column": "registered_area_m2",
            "decision": "kept in 公顷 as declared; by the polygons it is 亩",
            "n": 6,
        },
    ),
    Trap(
        "value_implausible",
        "单个宗地 2 平方米：保留并提示",
        "One parcel of 2 m² among others: kept and told",
        _one_tiny_parcel,
        {"table": "parcels", "key": "P5", "column": "registered_area_m2", "value": "2", "source_row": 6},
    ),
    Trap(
        "unit_contradicts_header",
        "表头写公顷，项目文件声明为亩：以声明为准并提示",
        "The header says 公顷, the project file 亩: the declaration counts, and it is told",
        _header_says_otherwise,
        {"table": "supply", "column": "供地面积（公顷）", "value": "公顷"},
    ),
    Trap(
        "impossible_value",
        "容积率 300（多半是百分数）：不可能，该行搁置",
        "A floor area ratio of 300 (a percentage, most likely): impossible, the row is set aside",
        _ratio_of_three_hundred,
        {"table": "supply", "key": "S2", "column": "容积率", "value": "300 (cell B3)", "source_row": 3},
    ),
    Trap(
        "refused",
        "面积列没有单位：拒绝，不猜",
        "An area without a unit: refused, never guessed",
        _no_unit,
        message=r'the unit of "面积" is not known.*unit = "亩"',
    ),
    Trap(
        "refused",
        "面积列声明为万元：拒绝",
        "An area declared in 万元: refused",
        _unit_of_money,
        message=r"in 万元 \(money\), but supplied_area_m2 is area",
    ),
    Trap(
        "refused",
        "项目文件写的表头在文件中不存在：拒绝，并给出最接近的表头",
        "A header of the project file is not in the file: refused, with the nearest one",
        _no_such_column,
        message='no column "约定开工日期".*did you mean "约定开工时间"',
    ),
    Trap(
        "refused",
        "对应到不存在的标准列：拒绝，并给出最接近的列名",
        "A column is mapped to one that does not exist: refused, with the nearest name",
        _no_such_target,
        message="no such column.*did you mean agreed_start_on",
    ),
    Trap(
        "refused",
        "两列对应同一标准列：拒绝",
        "Two columns are mapped to one: refused",
        _two_for_one,
        message="agreed_start_on is fed by 开工 and 动工",
    ),
    Trap(
        "refused",
        "没有列对应主键：拒绝，并列出文件的表头",
        "No column is mapped to the key: refused, with the headers of the file",
        _no_key_column,
        message="nothing is mapped to supply_id",
    ),
]
