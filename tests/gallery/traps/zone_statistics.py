"""Statistics of zones that do not add up, or are of no zone."""

import pandas as pd
from trap import Trap, project


def _sheet(folder, **columns):
    path = folder / "统计.xlsx"
    pd.DataFrame(columns).to_excel(path, index=False)
    return project(zone_statistics={"path": str(path), "year": 2024, "columns": {
        "代码": "zone_id",
        "已建成（公顷）": {"to": "land_a_m2", "unit": "公顷"},
        "其中工矿仓储（公顷）": {"to": "land_a2_m2", "unit": "公顷"},
    }})  # fmt: skip


def _part_above_the_whole(folder):
    return _sheet(folder, 代码=["Z1"], **{"已建成（公顷）": [60.0], "其中工矿仓储（公顷）": [70.0]})


def _no_such_zone(folder):
    return _sheet(
        folder, 代码=["Z1", "Z7"], **{"已建成（公顷）": [60.0, 1.0], "其中工矿仓储（公顷）": [50.0, 1.0]}
    )


TRAPS = [
    Trap(
        "zone_statistics_differ",
        "园区统计表中分项大于合计：逐项按所填采用，不据此推算，并提示",
        "In a zone's statistics a part exceeds its whole: each taken as stated, nothing worked out, told",
        _part_above_the_whole,
        {"table": "zone_statistics", "key": "Z1", "source_row": 2},
        needs_run=True,
    ),
    Trap(
        "zone_unknown",
        "园区统计表的代码不在园区图层中：该行不用并提示",
        "Statistics are of a zone that the layer does not have: the row is not used, and told",
        _no_such_zone,
        {"table": "zone_statistics", "key": "Z7", "source_row": 3},
        needs_run=True,
    ),
]
