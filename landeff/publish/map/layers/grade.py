"""The official grade of the enterprises on a parcel, latest year."""

from __future__ import annotations

import geopandas as gpd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import MONEY_GROUP, LayerPart, MapLayer, Style, by_key
from landeff.publish.map.palette import NO_DATA, NO_DATA_LINE, NO_DATA_SOLID

#: Dark is good, as in the other layers of money; the worst grade alone is hatched.
STYLES = {
    "A": (Term("A 级", "grade A"), Style("#0f395f", "#0f395f")),
    "B": (Term("B 级", "grade B"), Style("#48714f", "#5f9367")),
    "C": (Term("C 级", "grade C"), Style("#c49138", "#f2d9a4")),
    "D": (Term("D 级", "grade D"), Style("#c8102e", "#fdeaea", "cross")),
    "": (
        Term("无等级，或各企业不一", "none, or firms differ"),
        Style(NO_DATA_LINE, NO_DATA, "horizontal", NO_DATA_SOLID),
    ),
}
NOTE = Term("官方综合评价结果，照录不改", "the official evaluation, as published")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels by official grade; grades other than A–D share a class."""
    if "grade_latest" not in plots.columns or plots["grade_latest"].isna().all():
        return None
    grade = plots["grade_latest"].astype("str").str.strip().str.upper()
    other = (Term("其他等级", "other grades"), Style("#5b3f9e", "#e9e3f6", "dots"))
    styles = {**STYLES, "other": other}
    keys = grade.where(grade.isin(list(STYLES)), "other").mask(plots["grade_latest"].isna(), "")
    keys = keys.where(plots["plot_kind"].eq("parcel"))
    codes, classes = by_key(plots, keys, styles)
    return MapLayer("grade", Term("官方绩效等级", "official grade"), NOTE, classes, codes, "", MONEY_GROUP)


LAYER = LayerPart(5, build)
