"""How densely a parcel is built: ground covered, and floor area, over its area."""

from __future__ import annotations

import pandas as pd

from landeff.core.text import Term
from landeff.indicators.spec import RatioOfSums, indicator

CONTROL = "《工业项目建设用地控制指标》（国土资发〔2008〕24号）"


@indicator(
    "parcel",
    title=Term("建筑密度", "building coverage"),
    unit="%",
    source="建筑密度 = 建筑基底面积 ÷ 用地面积；不是建筑系数（建筑系数另计构筑物和堆场占地）",
    combine=RatioOfSums("building_footprint_m2", "area_m2"),
)
def building_coverage_ratio(building_footprint_m2: pd.Series, area_m2: pd.Series) -> pd.Series:
    """Ground under buildings, counted once, over the measured area of the parcel; NaN where unknown.

    >>> building_coverage_ratio(pd.Series([2_500.0, 0.0]), pd.Series([10_000.0, 10_000.0])).tolist()
    [0.25, 0.0]
    """
    return _ratio(building_footprint_m2, area_m2)


@indicator(
    "parcel",
    title=Term("容积率", "plot ratio (FAR)"),
    unit="1",
    source=f"容积率 = 计容建筑面积 ÷ 用地面积；工业项目层高超过8米的加倍计算：{CONTROL}",
    combine=RatioOfSums("far_floor_area_m2", "area_m2"),
    settled_by=("floor_area_m2", "n_floors", "height_m"),
)
def far_ratio(far_floor_area_m2: pd.Series, area_m2: pd.Series) -> pd.Series:
    """Floor area that counts over the measured area of the parcel; NaN where one building is unknown.

    >>> far_ratio(pd.Series([12_000.0, None]), pd.Series([10_000.0, 10_000.0])).tolist()
    [1.2, nan]
    """
    return _ratio(far_floor_area_m2, area_m2)


@indicator(
    "parcel",
    title=Term("容积率（已知部分）", "FAR, known part"),
    unit="1",
    source=f"容积率的下限：层数不详的建筑不计在内，层高不详的按一倍计；{CONTROL}",
    combine=RatioOfSums("known_far_floor_area_m2", "area_m2"),
    settled_by=("floor_area_m2", "n_floors", "height_m"),
)
def known_far_ratio(known_far_floor_area_m2: pd.Series, area_m2: pd.Series) -> pd.Series:
    """What :func:`far_ratio` is at least: known floor area, that of unknown storey height counted once."""
    return _ratio(known_far_floor_area_m2, area_m2)


def _ratio(part_m2: pd.Series, area_m2: pd.Series) -> pd.Series:
    return part_m2.astype("float64") / area_m2.astype("float64").where(area_m2 > 0)
