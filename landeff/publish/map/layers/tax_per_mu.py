"""Tax per mu of each parcel."""

from __future__ import annotations

import geopandas as gpd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.map.classes import LayerPart, MapLayer
from landeff.publish.map.measures import per_mu_layer

BREAKS_CNY = (2.0, 5.0, 10.0, 20.0, 40.0)  # 万元/亩


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels by tax per mu of the year chosen."""
    return per_mu_layer(dataset, plots, "tax_cny", Term("亩均税收", "tax per mu"), BREAKS_CNY)


LAYER = LayerPart(2, build)
