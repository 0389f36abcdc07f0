"""Evidence of rasters: a layer for each figure that the run took on parcels."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.breaks import class_codes, class_titles, quantile_breaks
from landeff.publish.map.classes import CHECK_GROUP, NOT_DRAWN, LayerPart, MapLayer, Measure, counted
from landeff.publish.map.measures import NO_NUMBER, sequential, stored
from landeff.publish.map.plots import raster_fields

NOTE = Term(
    "旁证，不单独作为认定依据；分位数分级",
    "evidence, never a ground by itself; classes of about equal number",
)


def build(_: Dataset, plots: gpd.GeoDataFrame) -> tuple[MapLayer, ...]:
    """Parcels by each ``raster_<name>``; one without any value is left out."""
    names = [each for each in raster_fields(plots) if plots[each.name].notna().any()]
    return tuple(_layer(plots, each.name, each.title) for each in names)


def _layer(plots: gpd.GeoDataFrame, name: str, title: Term) -> MapLayer:
    values = stored(plots[name], "amount")
    breaks = quantile_breaks(values)
    codes = class_codes(values, breaks)
    is_parcel = plots["plot_kind"].eq("parcel").to_numpy()
    codes = np.where(is_parcel, codes, NOT_DRAWN).astype(np.uint8)
    styles = [*sequential(class_titles(breaks) or ["—"]), NO_NUMBER]
    measure = Measure({0: name}, breaks, Term("", ""))
    return MapLayer(name, title, NOTE, counted(plots, codes, styles), codes, name, CHECK_GROUP, measure)


LAYER = LayerPart(13, build)
