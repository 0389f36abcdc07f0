"""Output per mu of each parcel."""

from __future__ import annotations

import geopandas as gpd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import LayerPart, MapLayer
from landeff.publish.map.measures import per_mu_layer

BREAKS_CNY = (20.0, 50.0, 100.0, 200.0, 400.0)  # 万元/亩


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels by output per mu of the year chosen."""
    return per_mu_layer(dataset, plots, "output_cny", Term("亩均产值", "output per mu"), BREAKS_CNY)


LAYER = LayerPart(3, build)
