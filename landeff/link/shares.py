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
    listed ones leave. Land is the stated area, else the stated share of the parcel, else an even part of the
    remainder. ``by_land_area`` weighs parcels by the land occupied, ``equal`` counts each alike. Land of
    unknown area weighs as much as the enterprise's other parcels do on average, never nothing; an enterprise
    whose land adds up to nothing is weighed by the whole area of its parcels.

    Args:
        occupancy: ``parcel_id``, ``enterprise_id``; where known ``year`` (missing = every year that has no
            row of its own), ``land_area_m2`` and ``share_ratio`` of the parcel.
        parcels: ``parcel_id``, ``basis_area_m2`` and, where known, ``holder_code``; a disputed parcel may
            have several rows. Parcels that only ``occupancy`` knows are kept, so that their money can be
            shown as having no land.
        years: years to make shares for.

    Returns:
        ``enterprise_id``, ``year``, ``parcel_id``, ``land_area_m2`` (occupied; NaN where unknown),
        ``share_ratio``, ``method`` (``occupancy`` or ``holder``), ``policy``; shares of an enterprise and
        year sum to 1.
    """
    who = _occupiers(occupancy, parcels, years)
    parcel_area = who["parcel_id"].map(parcels.groupby("parcel_id")["basis_area_m2"].max()).astype("float64")
    who["land_area_m2"] = _occupied_land(who, parcel_area)
    by_enterprise = [who["enterprise_id"], who["year"]]
    weight = who["land_area_m2"] if policy == "by_land_area" else pd.Series(1.0, index=who.index)
    for fallback in (parcel_area, pd.Series(1.0, index=who.index)):
        weight = weight.fillna(weight.groupby(by_enterprise).transform("mean"))
        weight = weight.where(weight.groupby(by_enterprise).transform("sum") > 0, fallback)
    who["share_ratio"] = weight / weight.groupby(by_enterprise).transform("sum")
    who["policy"] = policy
    columns = [*KEY, "land_area_m2", "share_ratio", "method", "policy"]
    return who[columns].sort_values(KEY, ignore_index=True)


def _occupiers(occupancy: pd.DataFrame, parcels: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """One row an enterprise, year and parcel: those listed, then holders that are not."""
    all_years = pd.DataFrame({"year": pd.array(list(years), dtype="Int64")})
    listed = occupancy.reindex(columns=[*KEY, "land_area_m2", "share_ratio"])
    listed = listed.dropna(subset=["enterprise_id", "parcel_id"]).astype({"year": "Int64"})
    of_year = listed[listed["year"].isin(list(years))]
    spread = listed[listed["year"].isna()].drop(columns="year").merge(all_years, how="cross")
    has_own = pd.MultiIndex.from_frame(spread[KEY]).isin(pd.MultiIndex.from_frame(of_year[KEY]))
    listed = pd.concat([of_year, spread[~has_own]]).sort_values([*KEY, "land_area_m2", "share_ratio"])
    amounts = listed.groupby(KEY)[["land_area_m2", "share_ratio"]].sum(min_count=1).reset_index()
    found = [amounts.assign(method="occupancy")]
    if "holder_code" in parcels:
        holders = parcels[["parcel_id", "holder_code"]].dropna().drop_duplicates()
        holders = holders.rename(columns={"holder_code": "enterprise_id"}).merge(all_years, how="cross")
        found.append(holders.assign(land_area_m2=np.nan, share_ratio=np.nan, method="holder"))
    who = pd.concat(found, ignore_index=True).drop_duplicates(KEY, keep="first")
    types = {"year": "Int64", "land_area_m2": "float64", "share_ratio": "float64"}
    return who.astype(types).sort_values(KEY, ignore_index=True)


def _occupied_land(who: pd.DataFrame, parcel_area: pd.Series) -> pd.Series:
    """Stated land or share, else an even part of what those leave of the parcel; NaN if unknown."""
    stated = who["land_area_m2"].fillna(who["share_ratio"] * parcel_area)
    on_parcel = [who["parcel_id"], who["year"]]
    n_unstated = stated.isna().groupby(on_parcel).transform("sum")
    remainder = (parcel_area - stated.groupby(on_parcel).transform("sum")).clip(lower=0.0)
    return stated.fillna(remainder / n_unstated.where(n_unstated > 0))
