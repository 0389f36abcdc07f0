"""Suspected idle parcels by how long they are idle: what may be levied and what may be taken back."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import REST, REST_TITLE, LayerPart, MapLayer, Style, by_key

STYLES = {
    "two": (
        Term("满两年（可依法收回）", "two years or more (may be recovered)"),
        Style("#8f0019", "#f9c9c9", "cross"),
    ),
    "one": (
        Term("满一年不满两年（可征闲置费）", "one to two years (fee may be levied)"),
        Style("#c8102e", "#fdeaea", "diagonal"),
    ),
    "rest": (REST_TITLE, REST),
}
NOTE = Term(
    "《闲置土地处置办法》第十四条；疑似，以调查认定为准",
    "suspected; only the formal decision makes land idle",
)


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Idle parcels by ``recovery_from_on``, the day two years past due."""
    is_idle = plots.get("inventory_class", pd.Series("", plots.index)).eq("idle")
    if not is_idle.any() or "recovery_from_on" not in plots.columns:
        return None
    is_two = plots["recovery_from_on"] <= pd.Timestamp(dataset.meta.as_of)
    keys = pd.Series("rest", plots.index).mask(is_idle, "one").mask(is_idle & is_two, "two")
    codes, classes = by_key(plots, keys, STYLES)
    return MapLayer("idle", Term("疑似闲置：时长", "suspected idle: how long"), NOTE, classes, codes)


LAYER = LayerPart(6, build)
