"""Hot and cold spots: where high, and where low, figures per mu lie together."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.hot_spots.words import CLASSES, figure_title, short_method, split_by_variable
from landeff.publish.map.classes import MONEY_GROUP, REST, LayerPart, MapLayer, Style, by_key
from landeff.publish.map.palette import NO_DATA, NO_DATA_LINE, NO_DATA_SOLID
from landeff.publish.terms import term

#: Red to blue (ColorBrewer RdBu, safe for the colour-blind), lines from bottom left for hot, across for cold.
STYLES = {
    "hot_99": Style("#7f0d20", "#e58368", "dense"),
    "hot_95": Style("#b2182b", "#fbdcc8", "diagonal"),
    "not_significant": REST,
    "mixed": Style("#5b3f9e", "#e9e3f6", "zigzag"),
    "cold_95": Style("#2166ac", "#d6e7f2", "dots"),
    "cold_99": Style("#053061", "#82b6d7", "grid"),
    "not_assessable": Style("#7b8288", "#eceef0", "vertical", "#cbcfd3"),
    "unknown": Style(NO_DATA_LINE, NO_DATA, "horizontal", NO_DATA_SOLID),
}


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> tuple[MapLayer, ...]:
    """A layer for each figure that the run looked at; pieces without a parcel are not drawn."""
    return tuple(_layer(plots, rows) for rows in split_by_variable(dataset.frame("hot_spots")))


def _layer(plots: gpd.GeoDataFrame, rows: pd.DataFrame) -> MapLayer:
    found = plots["parcel_id"].map(rows.set_index("parcel_id")["class"])
    styles = {code: (term("hot_spot", code), STYLES[code]) for code in CLASSES}
    codes, classes = by_key(plots, found.where(plots["plot_kind"].eq("parcel")), styles)
    figure = figure_title(rows)
    name = str(rows["variable"].iloc[0]).removesuffix("_cny_per_mu")
    title = Term(f"冷热点：{figure.zh}", f"hot and cold spots: {figure.en}")
    return MapLayer(f"hot_spots_{name}", title, short_method(rows), classes, codes, "", MONEY_GROUP)


LAYER = LayerPart(15, build)
