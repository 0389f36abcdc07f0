"""Approved but unsupplied land by the age of the approval."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import REST, REST_TITLE, LayerPart, MapLayer, Style, by_key

STYLES = {
    "5": (Term("批准满五年", "approved five years ago or more"), Style("#5a3d00", "#e0b400", "grid")),
    "2": (Term("批准满两年不满五年", "two to five years ago"), Style("#7a5c00", "#ffe25c", "dots")),
    "0": (Term("批准不满两年", "less than two years ago"), Style("#7a5c00", "#fff6c4", "circles")),
    "unknown": (
        Term("批准日期待核实", "date of approval unknown"),
        Style("#6b6b6b", "#fffbe8", "horizontal"),
    ),
    "rest": (REST_TITLE, REST),
}
NOTE = Term("批准用地中扣除已供宗地后的地块", "approved land that no supplied parcel covers")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Unsupplied pieces by ``approved_on``."""
    is_piece = plots["plot_kind"].eq("remainder")
    if not is_piece.any():
        return None
    as_of = pd.Timestamp(dataset.meta.as_of)
    on = pd.to_datetime(plots["approved_on"]) if "approved_on" in plots else pd.Series(pd.NaT, plots.index)
    keys = pd.Series("rest", plots.index).mask(is_piece, "0")
    for years in (2, 5):
        keys = keys.mask(is_piece & (on <= as_of - pd.DateOffset(years=years)), str(years))
    keys = keys.mask(is_piece & on.isna(), "unknown")
    codes, classes = by_key(plots, keys, STYLES)
    title = Term("批而未供：批准时间", "approved, unsupplied: since when")
    return MapLayer("approved_unsupplied", title, NOTE, classes, codes)


LAYER = LayerPart(8, build)
