"""Suspected low-efficiency parcels by the rule that names them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.flagged import with_findings
from landeff.publish.map.classes import REST, REST_TITLE, Hatch, LayerPart, MapLayer, Style, by_key
from landeff.publish.rule_titles import rule_titles
from landeff.publish.terms import term

LOOKS: tuple[tuple[str, str, Hatch], ...] = (
    ("#1f5fbf", "#e8f0fc", "back_diagonal"),
    ("#0f395f", "#cfe0f4", "cross"),
    ("#2d7d6f", "#def3ee", "dots"),
    ("#5b3f9e", "#e9e3f6", "zigzag"),
    ("#8e2a6b", "#f7e2f0", "grid"),
)
NOTE = Term("首个命中的规则；均为疑似线索", "the first rule that hits; clues only")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels of the class ``low_efficiency``; beyond five rules the others share a class."""
    is_low = plots.get("inventory_class", pd.Series("", plots.index)).eq("low_efficiency")
    if not is_low.any():
        return None
    decided = with_findings(dataset).drop_duplicates("parcel_id").set_index("parcel_id")["rule_id"]
    rule = plots["parcel_id"].map(decided).where(is_low)
    most = rule.value_counts().rename_axis("rule").reset_index(name="n")
    listed = most.sort_values(["n", "rule"], ascending=[False, True])["rule"].head(len(LOOKS))
    titles = rule_titles(dataset)
    styles = {
        name: (titles.get(name, term("rule", name)), Style(*look))
        for name, look in zip(listed, LOOKS, strict=False)
    } | {
        "other": (Term("其他规则", "other rules"), Style("#3f454b", "#e2e4e6", "circles")),
        "": (REST_TITLE, REST),
    }
    keys = rule.astype(object).where(rule.isin(listed), "other").where(is_low, "")
    codes, classes = by_key(plots, keys, styles)
    title = Term("疑似低效：认定规则", "low efficiency: by rule")
    return MapLayer("low_efficiency", title, NOTE, classes, codes)


LAYER = LayerPart(9, build)
