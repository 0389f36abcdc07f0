"""By what a parcel was tied to its supply record: the ground its dates stand on."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import CHECK_GROUP, Hatch, LayerPart, MapLayer, Style, by_key
from landeff.publish.map.palette import NO_DATA, NO_DATA_LINE, NO_DATA_SOLID
from landeff.publish.terms import TERMS, term

#: Ways of linking, the firmest first; others follow by name.
METHODS = {
    "supply_id": Term("按电子监管号", "by supply number"),
    "contract_no": Term("按合同号", "by contract number"),
    "parcel_id": Term("按宗地代码", "by parcel code"),
    "overlap": Term("按图形重叠", "by overlap"),
}
LOOKS: tuple[tuple[str, str, Hatch], ...] = (
    ("#0f395f", "#9fbbd6", ""),
    ("#2d7d6f", "#bfe3d9", "diagonal"),
    ("#8a5a00", "#fbeec7", "dots"),
    ("#5b3f9e", "#e9e3f6", "zigzag"),
    ("#8e2a6b", "#f7e2f0", "grid"),
    ("#3f454b", "#e2e4e6", "circles"),
)
UNLINKED = Style(NO_DATA_LINE, NO_DATA, "horizontal", NO_DATA_SOLID)
NOTE = Term("交地、动工等日期的来源依据", "what handover and start dates rest on")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels by ``supply_linked_by``; doubtful matches that wait for a person are a class of their own."""
    if "supply_linked_by" not in plots.columns or plots["supply_linked_by"].isna().all():
        return None
    linked = plots["supply_linked_by"]
    others = sorted(set(linked.dropna()) - set(METHODS))
    names = [*(name for name in METHODS if (linked == name).any()), *others][: len(LOOKS)]
    styles = {name: (_title(name), Style(*look)) for name, look in zip(names, LOOKS, strict=False)} | {
        "queued": (Term("有疑似记录，待人工核对", "a doubtful match, to be decided"),
                   Style("#b3470a", "#ffe3cf", "cross")),
        "": (Term("无供地记录", "no supply record"), UNLINKED),
    }  # fmt: skip
    queued = (
        plots.get("is_supply_queued", pd.Series(False, plots.index)).astype("boolean").fillna(value=False)
    )
    keys = linked.astype(object).where(linked.notna(), "").mask(linked.isna() & queued.astype(bool), "queued")
    keys = keys.where(plots["plot_kind"].eq("parcel"))
    codes, classes = by_key(plots, keys, styles)
    title = Term("供地记录依据", "ground of the supply record")
    return MapLayer("evidence", title, NOTE, classes, codes, "", CHECK_GROUP)


def _title(name: str) -> Term:
    return METHODS.get(name) or TERMS.get(("method", name)) or term("method", name)


LAYER = LayerPart(11, build)
