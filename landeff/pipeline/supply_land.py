"""Which parcels the supply records are, as the steps after need it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.link.land_identity.candidates import land_candidates
from landeff.link.land_identity.pairs import settle_land
from landeff.measure.area import AreaScale
from landeff.measure.overlap import overlap_areas
from landeff.measure.repair import repair
from landeff.pipeline.area_basis import area_on
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.supply_issues import supply_issues

#: Puts a person's decisions into questions.
Answer = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class SupplyLand:
    """Supply records and parcels.

    Attributes:
        links: questions and answers, of kind ``supply_land``.
        pairs: ``parcel_supply`` of ``docs/tables.md``.
    """

    links: pd.DataFrame
    pairs: pd.DataFrame


def as_asked(links: pd.DataFrame) -> pd.DataFrame:
    """Questions that nobody has decided."""
    return links


def identify_land(
    parcels: gpd.GeoDataFrame, inputs: Inputs, scale: AreaScale, config: Config, answer: Answer = as_asked
) -> SupplyLand:
    """Tell which parcels each supply record is; doubts are added to ``inputs.issues``.

    Args:
        parcels: in use, with ``area_m2``.
        answer: puts a person's decisions into the questions.
    """
    supply = inputs.table("supply")
    plain = pd.DataFrame(parcels.drop(columns="geometry"))
    links = answer(land_candidates(plain, supply, _overlaps(parcels, supply, scale, config)))
    pairs = settle_land(links, plain.assign(basis_area_m2=area_on(plain, "registered")), supply)
    inputs.issues += supply_issues(plain, supply, pairs, links)
    return SupplyLand(links, pairs)


def _overlaps(
    parcels: gpd.GeoDataFrame, supply: pd.DataFrame, scale: AreaScale, config: Config
) -> pd.DataFrame | None:
    """Shared areas of the polygons of records, where they have any, and of parcels, as shares of both."""
    if "geometry" not in supply or supply.empty:
        return None
    drawn = supply["geometry"].to_numpy(dtype=object).copy()
    drawn[~shapely.is_geometry(drawn)] = None
    fixed = repair(
        drawn,
        scale,
        tolerance_ratio=config.repair_tolerance_ratio,
        tolerance_m2=config.repair_tolerance_m2,
    )
    shapes = fixed.geometry.copy()
    shapes[~fixed.is_usable] = None
    found = overlap_areas(shapes, parcels.geometry.to_numpy(), scale)
    left, right = found["left"].to_numpy(), found["right"].to_numpy()
    whole = np.ones(len(shapes))
    whole[fixed.is_usable] = scale.area_m2(fixed.geometry[fixed.is_usable])
    return pd.DataFrame(
        {
            "supply_id": supply["supply_id"].to_numpy()[left],
            "parcel_id": parcels["parcel_id"].to_numpy()[right],
            "share_of_supply_ratio": (found["area_m2"] / whole[left]).clip(upper=1.0),
            "share_of_parcel_ratio": (found["area_m2"] / parcels["area_m2"].to_numpy()[right]).clip(
                upper=1.0
            ),
        }
    )
