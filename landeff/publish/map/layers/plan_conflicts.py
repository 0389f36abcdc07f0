"""Parcels that meet a control line of the territorial plan (三区三线)."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import CHECK_GROUP, REST, LayerPart, MapLayer, Style, by_key

FARMLAND, REDLINE, BOUNDARY = "plan_永久基本农田_ratio", "plan_生态保护红线_ratio", "plan_城镇开发边界_ratio"
#: Less than this share of a parcel is taken for the drawing: an engineering default, not a standard.
TOLERANCE_RATIO = 0.01
STYLES = {
    "several": (Term("涉两项以上", "two or more of them"), Style("#8f0019", "#f9c9c9", "grid")),
    "farmland": (
        Term("涉永久基本农田", "in permanent basic farmland"), Style("#8a5a00", "#fbeec7", "cross")),
    "redline": (
        Term("涉生态保护红线", "in an ecological redline"), Style("#c8102e", "#fdeaea", "diagonal")),
    "outside": (
        Term("在城镇开发边界外", "outside the development boundary"), Style("#5b3f9e", "#e9e3f6", "dots")),
    "unknown": (Term("无管控数据", "no plan data"), Style("#6b6b6b", "#e2e4e6", "horizontal")),
    "": (Term("未见冲突", "no conflict seen"), REST),
}  # fmt: skip
NOTE = Term("重叠不足宗地 1% 的视作制图误差", "an overlap below 1 % of the parcel is taken for the drawing")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels in farmland or a redline, or beyond the boundary, as far as the plan was given."""
    known = [name for name in (FARMLAND, REDLINE, BOUNDARY) if name in plots.columns]
    if not known:
        return None
    meets = pd.DataFrame({
        "farmland": _share(plots, FARMLAND) > TOLERANCE_RATIO,
        "redline": _share(plots, REDLINE) > TOLERANCE_RATIO,
        "outside": 1.0 - _share(plots, BOUNDARY) > TOLERANCE_RATIO,
    })  # fmt: skip
    keys = pd.Series("", plots.index).mask(plots[known].isna().all(axis=1), "unknown")
    for name in ("outside", "redline", "farmland"):
        keys = keys.mask(meets[name], name)
    keys = keys.mask(meets.sum(axis=1) > 1, "several").where(plots["plot_kind"].eq("parcel"))
    codes, classes = by_key(plots, keys, STYLES)
    return MapLayer(
        "plan_conflicts", Term("规划管控冲突", "plan conflicts"), NOTE, classes, codes, "", CHECK_GROUP
    )


def _share(plots: gpd.GeoDataFrame, name: str) -> pd.Series:
    """Share of each plot in the areas of a plan; missing where it is not known."""
    if name not in plots.columns:
        return pd.Series(float("nan"), plots.index)
    share: pd.Series = plots[name].astype("float64")
    return share


LAYER = LayerPart(12, build)
