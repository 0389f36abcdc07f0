"""What is not known: parcels that cannot be judged, by the facts that would settle them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.flagged import missing_titles, with_findings
from landeff.publish.map.classes import (
    CHECK_GROUP,
    REST,
    Hatch,
    LayerPart,
    MapLayer,
    Style,
    by_key,
)

UNKNOWN = ("idle_to_check", "missing_facts")
LOOKS: tuple[tuple[str, str, Hatch], ...] = (
    ("#3f454b", "#d5d8db", "horizontal"),
    ("#5b3f9e", "#e9e3f6", "vertical"),
    ("#2d7d6f", "#def3ee", "diagonal"),
    ("#8e2a6b", "#f7e2f0", "dots"),
    ("#8a5a00", "#fbeec7", "grid"),
)
NOTE = Term(
    "查明所缺事实即可判定；待核实不等于闲置", "the facts named would settle them; unknown is not idle"
)
TITLE = Term("待核实：所缺事实", "to be checked: facts missing")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels to be checked by their missing facts, the five most frequent sets each a class."""
    unknown = plots.get("inventory_class", pd.Series("", plots.index)).isin(UNKNOWN)
    if not unknown.any():
        return None
    facts = with_findings(dataset).drop_duplicates("parcel_id").set_index("parcel_id")["missing"]
    missing = plots["parcel_id"].map(facts).where(unknown)
    most = missing.value_counts().rename_axis("facts").reset_index(name="n")
    listed = most.sort_values(["n", "facts"], ascending=[False, True])["facts"].head(len(LOOKS))
    titles = missing_titles(listed)
    lacking = [Term(f"缺：{t.zh}", f"missing: {t.en}") for t in titles]
    styles = {
        name: (text, Style(*look)) for name, text, look in zip(listed, lacking, LOOKS, strict=False)
    } | {
        "other": (Term("缺其他事实", "other facts missing"), Style("#6b6b6b", "#f2f3f4", "dashes")),
        "": (Term("已有结论", "settled"), REST),
    }
    keys = missing.astype(object).where(missing.isin(listed), "other").where(unknown, "")
    codes, classes = by_key(plots, keys, styles)
    return MapLayer("to_check", TITLE, NOTE, classes, codes, "", CHECK_GROUP)


LAYER = LayerPart(10, build)
