"""Hot and cold spots, parcel by parcel, with the figures behind each class."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.hot_spots.words import CLASSES
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("parcel_id", "code"),
    field("zone_name", "text", "园区", "zone"),
    field("figure", "text", "指标", "figure"),
    field("year", "year"),
    field("told", "text", "冷热点", "class"),
    field("basis_area_m2", "mu", "面积", "area"),
    field("value_cny_per_mu", "wan_per_mu", "本宗", "its own"),
    field("local_cny_per_mu", "wan_per_mu", "片区合计", "around it, together"),
    field("overall_cny_per_mu", "wan_per_mu", "全部合计", "all together"),
    field("local_rank_ratio", "percent", "片区平均位次", "mean rank around it"),
    field("gi_z", "amount", "Gi* 值", "Gi* z"),
    field("p_adjusted", "amount", "误报率（调整后 p）", "adjusted p"),
    field("n_neighbours", "count", "邻宗", "neighbours"),
    field("effective_parcels", "amount", "折合独立宗数", "effective parcels"),
)


def build(dataset: Dataset) -> Ledger | None:
    """Parcels in a cluster, the surest first; the others are in the table ``hot_spots`` of the result."""
    frame = dataset.frame("hot_spots")
    if frame.empty:
        return None
    frame = frame[frame["class"].isin([code for code in CLASSES if code[:3] in ("hot", "col", "mix")])]
    if frame.empty:
        return None
    frame = frame.sort_values(["variable", "gi_z", "parcel_id"], ascending=[False, False, True])
    figure = pd.Series([title(name) for name in frame["variable"]], index=frame.index, dtype=object)
    return Ledger(_FIELDS, frame.assign(figure=figure, told=titled("hot_spot", frame["class"])))


SHEET = Sheet(Term("冷热点", "Hot and cold spots"), 107, build)
