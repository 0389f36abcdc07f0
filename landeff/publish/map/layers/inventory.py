"""Inventory classes: idle, due within a year, approved but unsupplied, low-efficiency, to be checked."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.flagged import is_computed
from landeff.publish.map.classes import NOT_DRAWN, LayerPart, MapLayer, Style, counted
from landeff.publish.terms import INVENTORY, term

STYLES = {
    "idle": Style("#c8102e", "#fdeaea", "cross"),
    "due_soon": Style("#d95f02", "#fff1e0", "diagonal"),
    "approved_unsupplied": Style("#7a5c00", "#ffe25c", "dots"),
    "low_efficiency": Style("#1f5fbf", "#e8f0fc", "back_diagonal"),
    "idle_to_check": Style("#3f454b", "#e2e4e6", "horizontal"),
    "missing_facts": Style("#7b8288", "#f2f3f4", "vertical"),
    "none": Style("#6b7075", "#f7f5ef"),
}
NOTE = Term("均为疑似线索，须经调查认定", "clues only, subject to investigation")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """The inventory; a class is in the legend only where the run computed it and it occurs."""
    if "inventory_class" not in plots.columns:
        return None
    found = set(plots["inventory_class"].dropna())
    shown = [name for name in INVENTORY if name in found and is_computed(dataset, name)]
    shown += ["none"] if "none" in found else []
    if not any(name != "none" for name in shown):
        return None
    code_of = {name: code for code, name in enumerate(shown)}
    codes = plots["inventory_class"].map(code_of).fillna(NOT_DRAWN).to_numpy(dtype=np.uint8)
    styles = [(term("inventory", name), STYLES[name]) for name in shown]
    classes = counted(plots, codes, styles)
    return MapLayer("inventory", Term("存量土地台账", "inventory"), NOTE, classes, codes)


LAYER = LayerPart(1, build)
