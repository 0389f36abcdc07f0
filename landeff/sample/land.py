"""The ground of the city, brought to its size: zones, parcels and survey in one piece."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.sample.blocks import Ground, draw_ground
from landeff.sample.geodesy import ellipsoidal_area, scaled
from landeff.sample.parcels import USES, draw_parcels
from landeff.sample.places import CRS
from landeff.sample.survey import developed_area, draw_survey
from landeff.sample.zones import draw_zones

DEVELOPED_M2 = 220e6


@dataclass(frozen=True, slots=True)
class Land:
    """Layers in metres of EPSG:4528, to the millimetre.

    Attributes:
        parcels: see :func:`landeff.sample.parcels.draw_parcels`, with ``area_m2`` (ellipsoidal),
            ``zone_share`` (inside top-level zones) and ``zone`` (position of that zone, NaN outside).
        lot_parcel: parcel number of each lot of ``ground``.
    """

    ground: Ground
    zones: gpd.GeoDataFrame
    parcels: gpd.GeoDataFrame
    survey: gpd.GeoDataFrame
    lot_parcel: pd.Series
    developed_m2: float


def draw_land(seed: int) -> Land:
    """Draw the city and scale it so that its developed area is 220 km²."""
    ground = draw_ground(np.random.default_rng([seed, 1]))
    parcels, parcel_shapes, lot_parcel = draw_parcels(ground, np.random.default_rng([seed, 2]))
    zones, zone_shapes = draw_zones(ground, np.random.default_rng([seed, 3]))
    patches, patch_shapes = draw_survey(ground, _lot_codes(ground, parcels, lot_parcel))
    is_top = zones["parent_zone_id"].isna().to_numpy()
    factor = float(np.sqrt(DEVELOPED_M2 / developed_area(patches["DLBM"], patch_shapes, zone_shapes[is_top])))
    zone_shapes, patch_shapes = scaled(zone_shapes, factor), scaled(patch_shapes, factor)
    survey = _layer(patches, patch_shapes)
    survey["TBMJ"] = ellipsoidal_area(patch_shapes).round(2)
    developed = developed_area(patches["DLBM"], patch_shapes, zone_shapes[is_top])
    layer = _located(_layer(parcels, scaled(parcel_shapes, factor)), zone_shapes[is_top])
    return Land(
        _scaled_ground(ground, factor), _layer(zones, zone_shapes), layer, survey, lot_parcel, developed
    )


def _lot_codes(ground: Ground, parcels: pd.DataFrame, lot_parcel: pd.Series) -> pd.Series:
    """Survey class of each lot: of its parcel's use, idle ground (1201) where nothing is built."""
    code = parcels["use"].map({name: use[2] for name, use in USES.items()}).mask(parcels["is_bare"], "1201")
    return lot_parcel.map(code).fillna(ground.lots["class_code"])


def _layer(frame: pd.DataFrame, shapes: np.ndarray) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _located(parcels: gpd.GeoDataFrame, zones: np.ndarray) -> gpd.GeoDataFrame:
    """Add ellipsoidal area, and how much of it lies in which zone."""
    shapes = np.asarray(parcels.geometry)
    area = ellipsoidal_area(shapes)
    parcel, zone = shapely.STRtree(zones).query(shapes, predicate="intersects")
    shapely.prepare(zones)
    part = area[parcel]
    cut = ~shapely.covers(zones[zone], shapes[parcel])
    part[cut] = ellipsoidal_area(shapely.intersection(shapes[parcel[cut]], zones[zone[cut]]))
    overlap = pd.DataFrame({"parcel": parcel, "zone": zone, "part": part})
    overlap = overlap.sort_values("part").drop_duplicates("parcel", keep="last").set_index("parcel")
    share = (overlap["part"] / area[overlap.index]).where(overlap["part"] > 1e-3)
    return parcels.assign(
        area_m2=area,
        zone_share=share.reindex(parcels.index).fillna(0.0),
        zone=overlap["zone"].where(share.notna()).reindex(parcels.index),
    )


def _scaled_ground(ground: Ground, factor: float) -> Ground:
    is_block = shapely.is_geometry(ground.block_shapes)
    blocks = ground.block_shapes.copy()
    blocks[is_block] = scaled(blocks[is_block], factor)
    corners = shapely.get_coordinates(scaled(np.asarray(shapely.multipoints(ground.lot_corners)), factor))
    return replace(
        ground,
        cell_shapes=scaled(ground.cell_shapes, factor),
        block_shapes=blocks,
        lot_shapes=scaled(ground.lot_shapes, factor),
        lot_corners=corners.reshape(ground.lot_corners.shape),
    )
