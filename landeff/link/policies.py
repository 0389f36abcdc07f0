"""Allocation policies: how a parcel is divided among those who stand on it, and money over parcels.

A policy is one entry of :data:`POLICIES`: adding one is adding a line (and its words to
``publish/terms.py`` and ``docs/allocation.md``). Sources: general practice of 亩均 evaluation as
collected in ``docs/allocation.md``; ``merge_share`` after 遂昌县 (2023).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from landeff.link.standing import PLACE

PolicyName = Literal[
    "by_land_area", "by_floor_area", "by_contract_area", "owner_bears", "merge_share", "equal"
]
#: Land of each row of ``Standing.who`` (``land_area_m2``) and what told it (``land_basis``).
Divide = Callable[[pd.DataFrame], pd.DataFrame]
#: Weight of each row in the split of its enterprise's money, given rows with their land.
Weigh = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy.

    Attributes:
        divide: land of each who stands on a parcel.
        weigh: what the money of an enterprise is spread over its parcels by.
        basis: what ought to tell the land (``land_basis``); anything else is a fallback, which is told.
        merges: firms that share a parcel are one unit with one result.
    """

    divide: Divide
    weigh: Weigh
    basis: tuple[str, ...]
    merges: bool = False


def by_stated(who: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Land as stated (the first of ``order`` that is known), else an even part of what those leave.

    Land let out is taken off who lets it. What a holder lets to nobody who is listed belongs to no
    enterprise that is known.
    """
    stated, basis = _first_known(who, order)
    let = who["let_area_m2"].fillna(0.0)
    stated = (stated - let).clip(lower=0.0)
    place = [who[name] for name in PLACE]
    is_open = stated.isna()
    is_tenant = is_open & ~who["is_holder"]
    listed = stated.where(~who["is_holder"]).groupby(place).transform("sum")
    to_unlisted = (let.where(who["is_holder"], 0.0).groupby(place).transform("sum") - listed).clip(lower=0.0)
    left = (who["parcel_area_m2"] - stated.groupby(place).transform("sum")).clip(lower=0.0)
    n_open = is_open.groupby(place).transform("sum")
    n_tenants = is_tenant.groupby(place).transform("sum")
    of_let = np.minimum(to_unlisted, left)
    # Tenants without an area share what the holder says it lets out; without such a word all share alike.
    has_let = (of_let > 0) & (n_open > n_tenants)
    part = left / n_open.where(n_open > 0)
    part = part.mask(has_let & is_tenant, of_let / n_tenants.where(n_tenants > 0))
    part = part.mask(has_let & ~is_tenant, (left - of_let) / (n_open - n_tenants).where(n_open > n_tenants))
    land = stated.fillna(part)
    basis = basis.where(~is_open, "remainder").where(land.notna(), "unknown")
    return pd.DataFrame({"land_area_m2": land, "land_basis": basis.astype("str")}, index=who.index)


def _first_known(who: pd.DataFrame, order: Sequence[str]) -> tuple[pd.Series, pd.Series]:
    value = pd.Series(np.nan, index=who.index)
    basis = pd.Series("", index=who.index, dtype="str")
    for name in order:
        column = who[name] * who["parcel_area_m2"] if name == "share_ratio" else who[name]
        basis = basis.mask(value.isna() & column.notna(), name.removesuffix("_m2").removesuffix("_ratio"))
        value = value.fillna(column)
    return value, basis


def _by_land(who: pd.DataFrame) -> pd.DataFrame:
    return by_stated(who, ("land_area_m2", "share_ratio", "contract_area_m2"))


def _by_contract(who: pd.DataFrame) -> pd.DataFrame:
    return by_stated(who, ("contract_area_m2", "land_area_m2", "share_ratio"))


def _by_floor(who: pd.DataFrame) -> pd.DataFrame:
    """``parcel area × floor ÷ Σ floor``; by land where the floor of one of them is unknown, or all is 0."""
    floor = _floors(who)
    place = [who[name] for name in PLACE]
    together = floor.groupby(place).transform("sum")
    is_known = floor.notna().groupby(place).transform("all") & (together > 0) & who["parcel_area_m2"].notna()
    by_land = _by_land(who)
    land = (who["parcel_area_m2"] * floor / together.where(together > 0)).where(
        is_known, by_land["land_area_m2"]
    )
    return pd.DataFrame(
        {"land_area_m2": land, "land_basis": by_land["land_basis"].mask(is_known, "floor_area")}
    )


def _floors(who: pd.DataFrame) -> pd.Series:
    """Floor area as stated; of a holder without one, what the tenants leave of the parcel's buildings."""
    floor, place = who["floor_area_m2"], [who[name] for name in PLACE]
    is_open = floor.isna()
    only_holder = (~is_open | who["is_holder"]).groupby(place).transform("all")
    left = (who["parcel_floor_area_m2"] - floor.groupby(place).transform("sum")).clip(lower=0.0)
    n_open = is_open.groupby(place).transform("sum")
    return floor.fillna((left / n_open.where(n_open > 0)).where(only_holder))


def _to_owner(who: pd.DataFrame) -> pd.DataFrame:
    """All land to the holders of a parcel, evenly; by land where no holder is known."""
    place = [who[name] for name in PLACE]
    n_holders = who["is_holder"].groupby(place).transform("sum")
    has_holder = (n_holders > 0) & who["parcel_area_m2"].notna()
    by_land = _by_land(who)
    whole = who["parcel_area_m2"] / n_holders.where(n_holders > 0)
    land = by_land["land_area_m2"].mask(has_holder, whole.where(who["is_holder"], 0.0))
    return pd.DataFrame(
        {"land_area_m2": land, "land_basis": by_land["land_basis"].mask(has_holder, "holder")}
    )


def _equally(who: pd.DataFrame) -> pd.DataFrame:
    """The same part of the parcel for each who stands on it."""
    n = who.groupby(PLACE)["enterprise_id"].transform("size")
    land = who["parcel_area_m2"] / n
    basis = pd.Series("equal", index=who.index, dtype="str").where(land.notna(), "unknown")
    return pd.DataFrame({"land_area_m2": land, "land_basis": basis})


def _land(rows: pd.DataFrame) -> pd.Series:
    return rows["land_area_m2"]


def _floor(rows: pd.DataFrame) -> pd.Series:
    """Floor area where it is known of all parcels of the enterprise, else their land."""
    floor = _floors(rows)
    subject = [rows["enterprise_id"], rows["year"]]
    return floor.where(floor.notna().groupby(subject).transform("all"), rows["land_area_m2"])


def _held_or_used(rows: pd.DataFrame) -> pd.Series:
    """The whole of parcels held; of others the land used, so that a tenant's money stays where it stands."""
    used = _by_land(rows.assign(land_area_m2=rows["stated_area_m2"]))["land_area_m2"]
    return rows["land_area_m2"].where(rows["is_holder"], used)


def _alike(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(1.0, index=rows.index)


_STATED = ("land_area", "share", "contract_area", "remainder")
POLICY: Mapping[PolicyName, Policy] = MappingProxyType(
    {
        "by_land_area": Policy(_by_land, _land, _STATED),
        "by_floor_area": Policy(_by_floor, _floor, ("floor_area",)),
        "by_contract_area": Policy(_by_contract, _land, ("contract_area", "remainder")),
        "owner_bears": Policy(_to_owner, _held_or_used, ("holder",)),
        "merge_share": Policy(_by_land, _land, _STATED, merges=True),
        "equal": Policy(_equally, _alike, ("equal",)),
    }
)
POLICIES: tuple[PolicyName, ...] = tuple(POLICY)
