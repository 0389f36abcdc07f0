"""Ledgers of disposals: land, words and areas that do not fit."""

import pandas as pd
from trap import Trap, project


def _ledger(folder, **row):
    path = folder / "处置台账.xlsx"
    rows = {"宗地代码": ["A"], "类别": ["闲置土地"], "处置方式": ["无偿收回"], "当前状态": ["已处置"],
            "处置面积（亩）": [300.0], "处置日期": ["2024-05-01"]}  # fmt: skip
    pd.DataFrame({**rows, **row}).to_excel(path, index=False)
    return project(disposals={"path": str(path), "columns": {
        "宗地代码": "parcel_id",
        "类别": "category",
        "处置方式": "way",
        "当前状态": "status",
        "处置面积（亩）": {"to": "disposed_area_m2", "unit": "亩"},
        "处置日期": "disposed_on",
    }})  # fmt: skip


def _unknown_land(folder):
    return _ledger(folder, 宗地代码=["Q9"])


def _unknown_category(folder):
    return _ledger(folder, 类别=["荒地"])


def _unknown_way(folder):
    return _ledger(folder, 处置方式=["先放一放"])


def _unknown_status(folder):
    return _ledger(folder, 当前状态=["研究中"])


def _twice(folder):
    row = {"宗地代码": "A", "类别": "闲置土地", "处置方式": "无偿收回", "当前状态": "已处置"}
    return _ledger(
        folder,
        **{name: [value, value] for name, value in row.items()},
        **{"处置面积（亩）": [300.0, 300.0], "处置日期": ["2024-05-01", "2024-05-01"]},
    )


def _too_much(folder):
    return _ledger(folder, **{"处置面积（亩）": [800.0]})


def _no_area(folder):
    return _ledger(folder, **{"处置面积（亩）": [None]})


def _trap(code, zh, en, build, **expect):
    return Trap(code, zh, en, build, {"table": "disposals", **expect}, needs_run=True)


TRAPS = [
    _trap(
        "disposal_land_unknown",
        "处置台账的宗地不在图层中：面积不计入并提示",
        "A disposal is of a parcel that the layer does not have: its area is not counted, and told",
        _unknown_land,
        key="Q9",
        source_row=2,
    ),
    _trap(
        "disposal_category_unknown",
        "处置台账的类别无法识别：面积不计入并提示",
        "The category of a disposal is none of the inventory: its area is not counted, and told",
        _unknown_category,
        key="A",
        value="荒地",
    ),
    _trap(
        "disposal_way_doubtful",
        "处置方式不在清单中：照原样保留并提示",
        "A way of disposal is in none of the lists: kept as written, and told",
        _unknown_way,
        key="A",
        value="先放一放",
    ),
    _trap(
        "disposal_status_unknown",
        "处置状态无法识别：按处置日期判断并提示",
        "The state of a disposal is not understood: its day decides, and it is told",
        _unknown_status,
        key="A",
        value="研究中",
    ),
    _trap(
        "disposal_listed_twice",
        "同一处置登记两次：只计一次并提示",
        "A disposal is listed twice: counted once, and told",
        _twice,
        key="A",
        source_row=3,
    ),
    _trap(
        "disposal_over_land",
        "处置面积大于宗地面积：计至宗地面积为止并提示",
        "More was disposed of than the parcel has: counted up to its area, and told",
        _too_much,
        key="A",
        source_row=2,
    ),
    _trap(
        "disposal_area_unknown",
        "已处置而未填面积：完成率暂不计算并提示",
        "Land was disposed of and no area is given: the share done stays open, and it is told",
        _no_area,
        key="A",
        source_row=2,
    ),
]
