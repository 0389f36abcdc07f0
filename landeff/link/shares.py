"""Whose money goes to which land, and whose land that is: shares of enterprises on parcels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.link.policies import POLICIES, POLICY, PolicyName
from landeff.link.standing import KEY, PLACE, PRECEDENCE, Standing, standing
from landeff.link.units import connected

Policy = PolicyName
__all__ = ["KEY", "PARTS", "POLICIES", "Divided", "Policy", "divided", "land_shares", "land_used"]

#: Land used = owned + rented in − rented out + unregistered.
PARTS = ("owned_area_m2", "rented_in_area_m2", "rented_out_area_m2", "unregistered_area_m2")
COLUMNS = [*KEY, "land_area_m2", *PARTS, "share_ratio", "method", "land_basis", "policy", "unit_id"]
#: Stated land may exceed a parcel by this without being told: registered areas are planar.
_TOLERANCE_M2, _TOLERANCE_RATIO = 0.5, 0.0005


@dataclass(frozen=True, slots=True)
class Divided:
    """Shares, and what was doubtful on the way.

    Attributes:
        shares: see :func:`land_shares`.
        exceeding: parcels on which more land is stated than they have: ``parcel_id``, ``year``,
            ``stated_area_m2``, ``parcel_area_m2``.
    """

    shares: pd.DataFrame
    exceeding: pd.DataFrame


def land_shares(
    occupancy: pd.DataFrame,
    parcels: pd.DataFrame,
    years: Sequence[int],
    policy: Policy,
    *,
    located: pd.DataFrame | None = None,
    groups: pd.DataFrame | None = None,
    precedence: Sequence[str] = PRECEDENCE,
) -> pd.DataFrame:
    """Share of an enterprise's money that each of its parcels bears, and its land on it, per year.

    Who stands on a parcel is told by :func:`landeff.link.standing.standing`, its division by ``policy``
    (:data:`landeff.link.policies.POLICY`, ``docs/allocation.md``). More land than a parcel has is scaled down
    to it. Land of unknown area weighs as much as the enterprise's other parcels do on average, never
    nothing; an enterprise whose land adds up to nothing is weighed by the whole area of its parcels.

    Args:
        occupancy: ``parcel_id``, ``enterprise_id``; where known ``year`` (missing = every year that has no
            row of its own), ``tenure``, ``land_area_m2``, ``contract_area_m2`` (of the lease),
            ``floor_area_m2`` and ``share_ratio`` of the parcel.
        parcels: ``parcel_id``, ``basis_area_m2`` and, where known, ``holder_code`` and ``floor_area_m2`` (of
            its buildings); a disputed parcel may have several rows. Parcels that only ``occupancy`` knows are
            kept, so that their money can be shown as having no land.
        years: years to make shares for.
        located: ``enterprise_id`` and the ``parcel_id`` it lies on.
        groups: ``enterprise_id`` and ``unit_id`` of those whose money is spread over the land of all of one
            unit; missing keeps everybody apart.
        precedence: which source decides where two contradict one another.

    Returns:
        ``enterprise_id``, ``year``, ``parcel_id``, ``land_area_m2`` (its land there; NaN where unknown), its
        parts :data:`PARTS` (owned + rented in − rented out + unregistered), ``share_ratio`` (of its money),
        ``method`` (``occupancy``, ``holder``, ``location``, or ``group``: land of another of its group),
        ``land_basis`` (what told the land), ``policy``, ``unit_id`` (enterprises with one result; missing for
        one judged alone). Shares of an enterprise and year sum to 1; land on a parcel is never more than its
        area.
    """
    return divided(standing(occupancy, parcels, years, located, precedence), policy, groups).shares


def divided(found: Standing, policy: Policy, groups: pd.DataFrame | None = None) -> Divided:
    """Divide parcels and spread money among those who stand on them; see :func:`land_shares`."""
    rule = POLICY[policy]
    who = found.who
    made = rule.divide(who)
    whole, place = who["parcel_area_m2"], [who[name] for name in PLACE]
    together = made["land_area_m2"].groupby(place).transform("sum")
    is_over = together > whole
    exceeding = who[PLACE].assign(stated_area_m2=together, parcel_area_m2=whole)
    limit = whole + np.maximum(_TOLERANCE_M2, _TOLERANCE_RATIO * whole)
    exceeding = exceeding[together > limit].drop_duplicates(PLACE).sort_values(PLACE, ignore_index=True)
    land = (made["land_area_m2"] * (whole / together.where(together > 0)).where(is_over, 1.0)).where(
        is_over, made["land_area_m2"]
    )
    rows = who.assign(
        stated_area_m2=who["land_area_m2"], land_area_m2=land, land_basis=made["land_basis"], policy=policy
    )
    rows = rows.assign(**_parts(rows))
    rows["unit_id"] = _units(rows, rule.merges, groups)
    rows["weight"] = _weights(rows, rule.weigh(rows))
    return Divided(_spread(rows, groups), exceeding)


def _parts(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Land of each row as owned + rented in − rented out + unregistered."""
    land, whole = rows["land_area_m2"], rows["parcel_area_m2"]
    holds = rows["is_holder"]
    place = [rows[name] for name in PLACE]
    held = land.where(holds).groupby(place).transform("sum")
    n_holders = holds.groupby(place).transform("sum")
    by_others = ((whole - held).clip(lower=0.0) / n_holders.where(n_holders > 0)).fillna(0.0)
    let = rows["let_area_m2"].fillna(0.0).where(~holds & (land > 0), 0.0)
    off = rows["unregistered_area_m2"].where(rows["stated_area_m2"] > 0)
    part = (off / rows["stated_area_m2"].where(rows["stated_area_m2"] > 0)).clip(upper=1.0).fillna(0.0)
    part = part.mask(rows["is_unregistered"], 1.0).where(~holds, 0.0)
    unregistered = land * part
    return {
        "owned_area_m2": (land + by_others).where(holds, 0.0),
        "rented_in_area_m2": (land - unregistered + let).where(~holds, 0.0),
        "rented_out_area_m2": by_others.where(holds, let),
        "unregistered_area_m2": unregistered,
    }


def _units(rows: pd.DataFrame, merges: bool, groups: pd.DataFrame | None) -> pd.Series:
    """Code of the unit each enterprise is judged in, by year; missing for one on its own."""
    pairs = []
    if merges:
        pairs.append(rows[["enterprise_id", "year"]].assign(shared="p" + rows["parcel_id"]))
    if groups is not None and len(groups):
        years = pd.DataFrame({"year": rows["year"].drop_duplicates()})
        pairs.append(groups.assign(shared="u" + groups["unit_id"]).merge(years, how="cross"))
    if not pairs:
        return pd.Series(pd.NA, index=rows.index, dtype="str")
    found = connected(pd.concat(pairs)[["enterprise_id", "year", "shared"]], by=["year"])
    size = found.groupby(["year", "unit_id"])["enterprise_id"].transform("size")
    found = found.assign(unit_id=found["unit_id"].where(size > 1))
    told = rows[["enterprise_id", "year"]].merge(found, on=["enterprise_id", "year"], how="left")
    return told["unit_id"].set_axis(rows.index).astype("str")


def _weights(rows: pd.DataFrame, weight: pd.Series) -> pd.Series:
    """Weights without gaps: an unknown one is the mean of the enterprise's others."""
    subject = [rows["enterprise_id"], rows["year"]]
    counts = ~rows["is_overruled"]
    for fallback in (rows["parcel_area_m2"], pd.Series(1.0, index=rows.index)):
        weight = weight.where(counts)
        weight = weight.fillna(weight.groupby(subject).transform("mean")).where(counts, 0.0)
        weight = weight.where(weight.groupby(subject).transform("sum") > 0, fallback)
    return weight.where(counts, 0.0)


def _spread(rows: pd.DataFrame, groups: pd.DataFrame | None) -> pd.DataFrame:
    """Share of each enterprise on each parcel; of a group on all parcels of its members."""
    if groups is None or groups.empty or rows.empty:
        subject = [rows["enterprise_id"], rows["year"]]
        rows = rows.assign(share_ratio=rows["weight"] / rows["weight"].groupby(subject).transform("sum"))
        return rows[COLUMNS].sort_values(KEY, ignore_index=True)
    pool = rows[["enterprise_id", "year", "parcel_id", "weight"]].merge(
        groups.rename(columns={"unit_id": "pool"}), on="enterprise_id", how="left"
    )
    pool["pool"] = pool["pool"].fillna(pool["enterprise_id"])
    pooled = pool.groupby(["pool", "year", "parcel_id"], as_index=False)["weight"].sum()
    sums = pooled.groupby(["pool", "year"])["weight"].transform("sum")
    pooled["share_ratio"] = pooled.pop("weight") / sums
    alone = rows[["enterprise_id"]].drop_duplicates()
    alone = alone[~alone["enterprise_id"].isin(groups["enterprise_id"])]
    members = pd.concat(
        [groups.rename(columns={"unit_id": "pool"}), alone.assign(pool=alone["enterprise_id"])]
    )
    payers = members.merge(pooled, on="pool")
    units = rows[["enterprise_id", "year", "unit_id"]].merge(groups.rename(columns={"unit_id": "pool"}))
    unit = units.groupby(["pool", "year"])["unit_id"].min().rename("unit").reset_index()
    payers = payers.merge(unit, on=["pool", "year"], how="left").drop(columns="pool")
    own = rows.drop(columns=["weight", "share_ratio"])
    payers = payers.merge(own, on=KEY, how="left", validate="1:1")
    return _with_others_land(payers, rows)[COLUMNS].sort_values(KEY, ignore_index=True)


def _with_others_land(payers: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a member on land of the others: no land of its own, the unit of its group."""
    is_others = payers["method"].isna()
    payers["unit_id"] = payers["unit_id"].fillna(payers["unit"]).astype("str")
    payers["method"] = payers["method"].fillna("group")
    payers["land_basis"] = payers["land_basis"].fillna("group")
    payers["policy"] = payers["policy"].fillna(rows["policy"].iloc[0])
    for name in ("land_area_m2", *PARTS):
        payers[name] = payers[name].mask(is_others, 0.0)
    return payers


def land_used(shares: pd.DataFrame) -> pd.DataFrame:
    """Land of each enterprise and year with its parts, and the number of its parcels.

    Args:
        shares: as made by :func:`land_shares`.

    Returns:
        ``enterprise_id``, ``year``, ``basis_area_m2`` (NaN where part of it is unknown), :data:`PARTS`,
        ``n_parcels``. ``basis_area_m2`` = owned + rented in − rented out + unregistered.
    """
    own = shares[shares["method"] != "group"]
    by_year = own.groupby(["enterprise_id", "year"])
    sums = by_year[["land_area_m2", *PARTS]].sum(skipna=False)  # land that is partly unknown is unknown
    sums["n_parcels"] = by_year["parcel_id"].nunique()
    return sums.rename(columns={"land_area_m2": "basis_area_m2"}).reset_index()
