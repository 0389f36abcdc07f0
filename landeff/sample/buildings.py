"""Buildings: one to four on every lot that is not bare."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.sample.geodesy import ellipsoidal_area
from landeff.sample.land import Land
from landeff.sample.lattice import inside
from landeff.sample.places import CRS

_FLOORS = {
    "industrial": (1, 4),
    "storage": (1, 2),
    "commercial": (3, 12),
    "residential": (6, 18),
    "public": (2, 6),
}


def draw_buildings(land: Land, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Side by side across the lot, with yards between; none on bare parcels and greens."""
    use = land.lot_parcel.map(land.parcels["use"]).mask(land.lot_parcel.map(land.parcels["is_bare"]).eq(True))
    lots = use.index[use.isin(_FLOORS)].to_numpy()
    count = rng.choice([1, 2, 3, 4], len(lots), p=[0.35, 0.35, 0.2, 0.1])
    lot = np.repeat(lots, count)
    order = np.concatenate([np.arange(n) for n in count])
    n = np.repeat(count, count)
    left = 0.1 + 0.8 * order / n + rng.uniform(0.01, 0.05, len(lot))
    right = 0.1 + 0.8 * (order + 1) / n - rng.uniform(0.01, 0.05, len(lot))
    low, high = rng.uniform(0.1, 0.25, len(lot)), rng.uniform(0.6, 0.9, len(lot))
    u, v = np.stack([left, right, right, left], axis=1), np.stack([low, low, high, high], axis=1)
    corners = land.ground.lot_corners[lot][:, None]
    shapes = np.asarray(shapely.polygons(np.round(inside(corners, u, v), 3)))
    bounds = pd.DataFrame(use[lot].map(_FLOORS).tolist())
    floors = rng.integers(bounds[0], bounds[1] + 1)
    layer = gpd.GeoDataFrame(
        {"JZBH": [f"JZ{i:06d}" for i in range(1, len(lot) + 1)]}, geometry=shapes, crs=CRS
    )
    layer["CS"] = floors
    layer["JZMJ"] = (ellipsoidal_area(shapes) * floors).round(1)
    return layer
