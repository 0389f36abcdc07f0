"""Inventory classes: idle, due within a year, approved but unsupplied, low-efficiency, to be checked."""

from __future__ import annotations

import geopandas as gpd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.flagged import is_computed
from landeff.publish.map.classes import LayerPart, MapLayer, Style, by_key
from landeff.publish.terms import INVENTORY, term

STYLES = {
    "idle": Style("#c8102e", "#fdeaea", "cross"),
    "due_soon": Style("#d95f02", "#fff1e0", "diagonal"),
    "approved_unsupplied": Style("#7a5c00", "#ffe25c", "dots"),
    "low_efficiency": Style("#1f5fbf", "#e8f0fc", "back_diagonal"),
    "idle_to_check": Style("#3f454b", "#e2e4e6", "horizontal"),
    "idle_suspended": Style("#8f1d6b", "#f9e6f3", "cross"),
    "case_by_case": Style("#3d6fb6", "#eef3fb", "dots"),
    "below_agreed": Style("#27627a", "#e2f0f4", "diagonal"),
    "built_unused": Style("#1f7a63", "#e1f3ee", "back_diagonal"),
    "underused": Style("#55701a", "#eff4df", "horizontal"),
    "supplied_unused": Style("#8a4b12", "#f8eadc", "vertical"),
    "scattered": Style("#6d5f45", "#f1ece2", "dots"),
    "missing_facts": Style("#7b8288", "#f2f3f4", "vertical", "#b9bfc5"),
    "none": Style("#9aa1a8", "#f7f5ef"),
}
NOTE = Term("均为疑似线索，须经调查认定", "clues only, subject to investigation")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """The inventory; a class is in the legend only where the run computed it and it occurs."""
    if "inventory_class" not in plots.columns:
        return None
    shown = [name for name in INVENTORY if is_computed(dataset, name)]
    if not plots["inventory_class"].isin(shown).any():
        return None
    styles = {name: (term("inventory", name), STYLES[name]) for name in [*shown, "none"]}
    codes, classes = by_key(plots, plots["inventory_class"], styles)
    return MapLayer("inventory", Term("存量土地一张图", "stock land at a glance"), NOTE, classes, codes)


LAYER = LayerPart(1, build)
