"""States of the land balance sheet."""

from __future__ import annotations

import geopandas as gpd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import LayerPart, MapLayer, Style, by_key
from landeff.publish.terms import STATES, term

STYLES = {
    "idle": Style("#c8102e", "#fdeaea", "cross"),
    "to_be_checked": Style("#3f454b", "#e2e4e6", "horizontal"),
    "low_efficiency": Style("#1f5fbf", "#e8f0fc", "back_diagonal"),
    "start_overdue": Style("#b3470a", "#ffe3cf", "grid"),
    "within_term": Style("#2d7d6f", "#def3ee", "circles"),
    "under_construction": Style("#8a5a00", "#fbeec7", "diagonal"),
    "completion_overdue": Style("#8e2a6b", "#f7e2f0", "dense"),
    "built_not_producing": Style("#5b3f9e", "#e9e3f6", "zigzag"),
    "below_capacity": Style("#20688c", "#dff0f8", "dense"),
    "scattered": Style("#7a4a1f", "#f4e6d8", "dots"),
    "performing": Style("#5d7f5a", "#d9e8d3"),
    "not_assessable": Style("#7b8288", "#eceef0", "vertical", "#cbcfd3"),
    "not_buildable": Style("#6b5b4b", "#e7e0d8", "dashes"),
    "not_approved": Style("#6b7075", "#ffffff", "dashes"),
    "approved_unsupplied": Style("#7a5c00", "#ffe25c", "dots"),
}
NOTE = Term(
    "状态与平衡表一致；此处按计算用地面积，平衡表按椭球面积且含宗地以外的地。“待核实”指状态不明，比台账的同名类别广",
    "states as in the balance sheet; here the area used, there ellipsoidal area and land off parcels too. "
    "To be checked: of unknown state, which is wider than the class of that name in the inventory",
)


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels and unsupplied pieces by the state the balance sheet counts them in."""
    if "state" not in plots.columns or plots["state"].isna().all():
        return None
    state = plots["state"].where(plots["plot_kind"].eq("parcel"), "approved_unsupplied")
    styles = {name: (term("state", name), STYLES[name]) for name in STATES if name in STYLES}
    codes, classes = by_key(plots, state, styles)
    title = Term("平衡表状态", "state in the balance sheet")
    return MapLayer("state", title, NOTE, classes, codes)


LAYER = LayerPart(4, build)
