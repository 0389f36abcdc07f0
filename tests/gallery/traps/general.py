"""Rows that share a key, rows without one, and what the tables say about each other."""

import geopandas as gpd
import pandas as pd
from four_squares import box, layer
from trap import Trap, project


def _csv(folder, table, cells, **settings):
    path = folder / f"{table}.csv"
    pd.DataFrame(cells).to_csv(path, index=False, encoding="utf-8")
    return project(**{table: {"path": str(path), **settings}})


def _supply(folder, **columns):
    return _csv(folder, "supply", columns)


def _money(folder, rows, **settings):
    columns = {"税收": {"to": "item:tax_paid", "unit": "万元"}}
    table = dict(zip(("enterprise_id", "税收"), zip(*rows, strict=True), strict=True))
    return _csv(folder, "returns", table, year=2024, columns=columns, **settings)


def _parcels(folder, frame: gpd.GeoDataFrame, **settings):
    path = folder / "宗地.gpkg"
    frame.to_file(path)
    return project(parcels={"path": str(path), **settings})


def _two_rows_one_number(folder):
    return _supply(folder, supply_id=["S1", "S1"], agreed_start_on=["2022-06-01", "2023-06-01"])


def _row_copied(folder):
    return _supply(folder, supply_id=["S1", "S1"], agreed_start_on=["2022-06-01", "2022-06-01"])


def _no_key(folder):
    return _supply(folder, supply_id=["S1", None], agreed_start_on=["2022-06-01", "2023-06-01"])


def _no_grade(folder):
    cells = {"enterprise_id": ["H1", "H2"], "year": [2024, 2024], "grade": ["A", None]}
    return _csv(folder, "grades", cells)


def _blank_row(folder):
    path = folder / "supply.csv"
    path.write_text("supply_id,agreed_start_on,备用\nS1,2022-06-01,\n,,见附件\n", encoding="utf-8")
    return project(supply={"path": str(path)})


def _same_parcel_twice(folder):
    frame = layer([box(0, 0, 1000, 500), box(1000, 0, 1400, 500)], parcel_id=["A", "A"])
    return _parcels(folder, frame, duplicates="dissolve")


def _month_by_month(folder):
    return _money(folder, [("H1", 60.0), ("H1", 40.0)], duplicates="sum")


def _refund(folder):
    return _money(folder, [("H1", 100.0), ("H2", -3.0)])


def _parent_missing(folder):
    path = folder / "园区.gpkg"
    frame = layer([box(0, 0, 4000, 1000)], zone_id=["Z1"], parent_zone_id=["Z9"])
    frame.to_file(path)
    return project(zones={"path": str(path)})


def _street(folder):
    frame = layer([box(0, 0, 1000, 500), box(1000, 0, 1400, 500)], parcel_id=["A1", "ROAD"])
    return _parcels(folder, frame)


def _stamped_by_another_program(folder):
    path = folder / "宗地.gpkg"
    layer([box(0, 0, 1000, 500)], parcel_id=["A1"]).to_file(path)
    content = bytearray(path.read_bytes())
    content[68:72] = b"ABCD"  # application_id in the header of SQLite
    path.write_bytes(content)
    return project(parcels={"path": str(path)})


def _tenant_without_area(folder):
    rows = pd.DataFrame(
        {"parcel_id": ["A", "已拆分"], "enterprise_id": ["T", "T"], "land_area_m2": [100.0, None]}
    )
    return project(occupancy={"data": rows})


TRAPS = [
    Trap(
        "duplicate_key",
        "同一电子监管号有两行且内容不同：两行都搁置，哪一行对由单位定",
        "Two rows share a supply number and differ: both are set aside, the office decides which is right",
        _two_rows_one_number,
        {"table": "supply", "key": "S1", "n": 2, "value": "supply.csv row 2; supply.csv row 3"},
    ),
    Trap(
        "duplicate_row",
        "同一行重复录入：保留一行，副本搁置",
        "A row was entered twice: one is kept, its copy set aside",
        _row_copied,
        {"table": "supply", "key": "S1", "source_row": 3, "n": 1},
    ),
    Trap(
        "missing_key",
        "没有电子监管号的行：搁置，补号后再入库",
        "A row has no supply number: it is set aside",
        _no_key,
        {"table": "supply", "column": "supply_id", "source_row": 3, "source_file": "supply.csv"},
    ),
    Trap(
        "missing_required",
        "必填单元格空白：保留该行，此项按缺失处理",
        "A required cell is empty: the row is kept without it",
        _no_grade,
        {"table": "grades", "key": "H2|2024", "column": "grade", "source_row": 3},
    ),
    Trap(
        "empty_row",
        "只在备注列有字的行：不计入，写明行号",
        "A row says nothing in any mapped column: left out, its number told",
        _blank_row,
        {"table": "supply", "source_row": 3, "value": "rows 3"},
    ),
    Trap(
        "dissolve_duplicates",
        '一宗地分成多个图斑（声明 duplicates = "dissolve"）：合并图形，一号一行',
        'A parcel comes in several polygons (duplicates = "dissolve"): united, one row a key',
        _same_parcel_twice,
        {"table": "parcels", "n": 2, "value": "2 rows, 1 keys"},
    ),
    Trap(
        "sum_duplicates",
        '同一企业同一税种多行（声明 duplicates = "sum"）：数值相加',
        'A firm has several rows of one item (duplicates = "sum"): added up',
        _month_by_month,
        {"table": "returns", "n": 2},
    ),
    Trap(
        "negative_value",
        '税收为负（退税）：按原值保留并提示，或声明 negative = "zero"',
        'Tax is negative (a refund): kept and told, unless negative = "zero" is declared',
        _refund,
        {"table": "returns", "column": "tax_paid", "value": "-30000", "source_row": 3},
    ),
    Trap(
        "unknown_parent",
        "上级园区代码不存在或互为上级：按独立园区处理",
        "The parent zone does not exist, or parents run in a circle: taken as a zone of its own",
        _parent_missing,
        {"table": "zones", "key": "Z1", "column": "parent_zone_id", "value": "Z9"},
    ),
    Trap(
        "pseudo_key",
        "以 ROAD、--- 代替宗地代码的道路水面：保留并提示，可在 values 中对应为空",
        "Streets and water carry ROAD or --- for a parcel code: kept and told; values can map it to a blank",
        _street,
        {"table": "parcels", "value": "ROAD (1)"},
    ),
    Trap(
        "reader_warning",
        "读取程序库对文件有提示（如 GeoPackage 的程序标识被改过）：继续读取，提示原文留存",
        "The reading library warns of a file (a GeoPackage stamped by another program): read on, and told",
        _stamped_by_another_program,
        {"source_file": "宗地.gpkg", "value": "GPKG: bad application_id=0x41424344 on '宗地.gpkg'"},
    ),
    Trap(
        "unknown_land_area",
        "用地占用表指向图层里没有的宗地、又未填面积：按该企业其他宗地的权重分摊并提示",
        "Occupancy names a parcel the layer does not have, without an area: weighed like its other parcels",
        _tenant_without_area,
        {"table": "occupancy", "n": 1},
        needs_run=True,
    ),
]
