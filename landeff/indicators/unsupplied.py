"""Approved and not supplied (批而未供): by ledger, by geometry, and the supply rate."""

from __future__ import annotations

import pandas as pd

from landeff.core.text import Term
from landeff.indicators.spec import RatioOfSums, indicator

KEPT = "批而未供：已批准新增建设用地中未办理供地手续的部分；未供先用的仍计为未供"


@indicator(
    "approval",
    title=Term("台账未供面积", "unsupplied, by ledger"),
    unit="平方米",
    source=f"{KEPT}。批准面积 − 该批次供地记录面积合计",
)
def unsupplied_ledger_m2(approved_area_m2: pd.Series, supplied_ledger_m2: pd.Series) -> pd.Series:
    """Approved area as registered less the areas of the supply records of the batch; NaN where unknown."""
    return approved_area_m2.astype("float64") - supplied_ledger_m2.astype("float64")


@indicator(
    "approval",
    title=Term("未供面积之差（图形减台账）", "unsupplied, geometry less ledger"),
    unit="平方米",
    source="图形未供面积 − 台账未供面积",
)
def unsupplied_difference_m2(unsupplied_geometry_m2: pd.Series, unsupplied_ledger_m2: pd.Series) -> pd.Series:
    """Unsupplied by geometry less by ledger: what one of the two has and the other has not."""
    return unsupplied_geometry_m2.astype("float64") - unsupplied_ledger_m2


@indicator(
    "approval",
    title=Term("未供比例", "share unsupplied"),
    unit="%",
    source="图形未供面积 ÷ 批次图形面积",
    combine=RatioOfSums("unsupplied_geometry_m2", "area_m2"),
)
def unsupplied_share_ratio(unsupplied_geometry_m2: pd.Series, area_m2: pd.Series) -> pd.Series:
    """Share of a batch that no supplied parcel covers; NaN where unknown."""
    return unsupplied_geometry_m2.astype("float64") / area_m2.astype("float64").where(area_m2 > 0)


@indicator(
    "supply_rate",
    title=Term("供地率", "supply rate"),
    unit="%",
    source="供地率 = 起始年度至截止年度批准批次的已供面积 ÷ 批准面积",
)
def supply_rate_ratio(supplied_area_m2: pd.Series, approved_area_m2: pd.Series) -> pd.Series:
    """Supplied of the batches approved in a window of years over their approved area (a ratio of sums).

    >>> supply_rate_ratio(pd.Series([60.0]), pd.Series([100.0])).tolist()
    [0.6]
    """
    return supplied_area_m2.astype("float64") / approved_area_m2.astype("float64").where(approved_area_m2 > 0)
