"""Parcels that will be idle within a year, by the days left."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import REST, REST_TITLE, LayerPart, MapLayer, Style, by_key

DAYS = (90, 180)
STYLES = {
    "90": (Term("90 天以内", "within 90 days"), Style("#a63c00", "#ffd2ad", "dense")),
    "180": (Term("91–180 天", "91–180 days"), Style("#d95f02", "#ffe6cc", "diagonal")),
    "365": (Term("181–365 天", "181–365 days"), Style("#d98b02", "#fff6e0", "back_diagonal")),
    "rest": (REST_TITLE, REST),
}
NOTE = Term("距满一年未动工的天数；天数分级为工程默认值", "days until a year past due; classes are a default")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels of the class ``due_soon`` by days from the day of the run to ``idle_from_on``."""
    is_due = plots.get("inventory_class", pd.Series("", plots.index)).eq("due_soon")
    if not is_due.any() or "idle_from_on" not in plots.columns:
        return None
    days = (plots["idle_from_on"] - pd.Timestamp(dataset.meta.as_of)).dt.days
    keys = pd.Series("rest", plots.index).mask(is_due, "365")
    keys = keys.mask(is_due & (days <= DAYS[1]), "180").mask(is_due & (days <= DAYS[0]), "90")
    codes, classes = by_key(plots, keys, STYLES)
    return MapLayer(
        "due_soon", Term("一年内到期：剩余天数", "due within a year: days left"), NOTE, classes, codes
    )


LAYER = LayerPart(7, build)
