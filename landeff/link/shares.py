"""Whose money goes to which land: the share of each enterprise on each parcel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

Policy = Literal["by_land_area", "equal"]
POLICIES: tuple[Policy, ...] = ("by_land_area", "equal")
KEY = ["enterprise_id", "year", "parcel_id"]


def land_shares(
    occupancy: pd.DataFrame, parcels: pd.DataFrame, years: Sequence[int], policy: Policy
) -> pd.DataFrame:
    """Share of an enterprise's money that each of its parcels bears, per year.

    Who stands on a parcel is read from ``occupancy``; a holder who is not listed there stands on what the
    listed ones leave. Land without a stated area is that remainder, split evenly among those without one.
    ``by_land_area`` weighs parcels by the land occupied, ``equal`` counts each alike; an enterprise whose
    land adds up to nothing is weighed by the whole area of its parcels.

    Args:
        occupancy: ``parcel_id``, ``enterprise_id``; where known ``year`` (missing = every year) and
            ``land_area_m2``.
        parcels: ``parcel_id``, ``basis_area_m2`` and, where known, ``holder_code``. Parcels that only
            ``occupancy`` knows are kept, so that their money can be shown as having no land.
        years: years to make shares for.

    Returns:
        ``enterprise_id``, ``year``, ``parcel_id``, ``land_area_m2`` (occupied), ``share_ratio``, ``method``
        (``occupancy`` or ``holder``), ``policy``; shares of an enterprise and year sum to 1.
    """
    who = _occupiers(occupancy, parcels, years)
    area = parcels.set_index("parcel_id")["basis_area_m2"]
    who["parcel_area_m2"] = who["parcel_id"].map(area).astype("float64")
    who["land_area_m2"] = _occupied_land(who)
    weight = who["land_area_m2"] if policy == "by_land_area" else pd.Series(1.0, index=who.index)
    by_enterprise = [who["enterprise_id"], who["year"]]
    for fallback in (who["parcel_area_m2"].fillna(0.0), pd.Series(1.0, index=who.index)):
        weight = weight.where(weight.groupby(by_enterprise).transform("sum") > 0, fallback)
    who["share_ratio"] = weight / weight.groupby(by_enterprise).transform("sum")
    who["policy"] = policy
    columns = [*KEY, "land_area_m2", "share_ratio", "method", "policy"]
    return who[columns].sort_values(KEY, ignore_index=True)


def _occupiers(occupancy: pd.DataFrame, parcels: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """One row an enterprise, year and parcel: those listed, then holders that are not."""
    all_years = pd.DataFrame({"year": pd.array(list(years), dtype="Int64")})
    listed = pd.DataFrame(columns=[*KEY, "land_area_m2", "method"])
    if len(occupancy):
        known = occupancy.dropna(subset=["enterprise_id", "parcel_id"])
        listed = known.reindex(columns=[*KEY, "land_area_m2"]).assign(method="occupancy")
        every_year = listed["year"].isna()
        spread = listed[every_year].drop(columns="year").merge(all_years, how="cross")
        listed = pd.concat([listed[~every_year & listed["year"].isin(list(years))], spread])
        listed = listed.sort_values([*KEY, "land_area_m2"])
        sums = listed.groupby([*KEY, "method"])["land_area_m2"].sum(min_count=1)
        listed = sums.reset_index()
    if "holder_code" in parcels:
        holders = (
            parcels[["parcel_id", "holder_code"]].dropna().rename(columns={"holder_code": "enterprise_id"})
        )
        holders = holders.merge(all_years, how="cross").assign(land_area_m2=np.nan, method="holder")
        listed = pd.concat([listed, holders]).drop_duplicates(KEY, keep="first")
    listed["year"] = listed["year"].astype("Int64")
    listed["land_area_m2"] = listed["land_area_m2"].astype("float64")
    return listed.sort_values(KEY, ignore_index=True)


def _occupied_land(who: pd.DataFrame) -> pd.Series:
    """Stated land, or an even part of what the stated ones leave of the parcel."""
    on_parcel = [who["parcel_id"], who["year"]]
    stated = who["land_area_m2"].groupby(on_parcel).transform("sum")
    n_unstated = who["land_area_m2"].isna().groupby(on_parcel).transform("sum")
    remainder = (who["parcel_area_m2"] - stated).clip(lower=0.0) / n_unstated.where(n_unstated > 0)
    return who["land_area_m2"].fillna(remainder).fillna(0.0)
