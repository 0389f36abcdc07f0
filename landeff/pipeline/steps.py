"""The steps of a run as they are told on a terminal."""

from __future__ import annotations

from collections.abc import Callable

from landeff.core.text import Term

#: Called with the name of each step as it begins.
Progress = Callable[[str], None]

COMPUTING = (
    Term("量算面积与叠加", "measuring land"),
    Term("关联税收与用地", "linking money to land"),
    Term("指标与认定", "indicators and rules"),
    Term("汇总与核对", "adding up and reconciling"),
)
SAVING = (
    Term("写出表格", "writing tables"),
    Term("绘制地图", "drawing the map"),
    Term("编写报告", "writing the report"),
    Term("写出台账", "writing the workbook"),
    Term("写出 GeoPackage", "writing the GeoPackage"),
)
