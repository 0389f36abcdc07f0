"""Who stands on which land in a run, and what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.link.policies import POLICY
from landeff.link.shares import Divided, Policy, divided
from landeff.link.standing import Standing, standing
from landeff.link.units import groups_of
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.located import conflict_issues, located_enterprises
from landeff.pipeline.lookup import column_or_missing, look_up

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Stand:
    """Who stands where, before any policy divides it.

    Attributes:
        found: as :func:`landeff.link.standing.standing` makes it.
        aside: parcels set aside, whose money is booked under the land they were.
        groups: enterprises judged together where the project says so, else none.
    """

    found: Standing
    aside: pd.DataFrame
    groups: pd.DataFrame | None

    def shares(self, policy: Policy) -> Divided:
        """The land divided and the money spread by a policy."""
        return divided(self.found, policy, self.groups)

    def latest(self, year: int) -> Stand:
        """The same for one year."""
        who = self.found.who
        rows = who[who["year"] == year].reset_index(drop=True)
        return Stand(Standing(rows, self.found.conflicts), self.aside, self.groups)


def stand(inputs: Inputs, land: Land, config: Config) -> Stand:
    """Bring occupancy, titles and places together; conflicts are told as issues."""
    aside = _set_aside_parcels(inputs)
    parcels = land.parcels.reindex(columns=["parcel_id", "basis_area_m2", "holder_code"])
    floor = column_or_missing(land.overlays.parcels, "floor_area_m2", "float64")
    parcels = parcels.assign(floor_area_m2=look_up(parcels["parcel_id"], floor))
    is_used = aside["parcel_id"].isin(parcels["parcel_id"])  # another claim to a parcel that is measured
    claims = aside.assign(basis_area_m2=aside["basis_area_m2"].mask(is_used))
    known = pd.concat([parcels, claims], ignore_index=True)
    located = located_enterprises(inputs, land)
    found = standing(inputs.table("occupancy"), known, config.years, located, config.precedence)
    inputs.issues += conflict_issues(found)
    groups = groups_of(inputs.table("enterprises"))
    if config.groups == "separate":
        inputs.issues += _paid_elsewhere(groups, found.who, inputs)
        return Stand(found, aside, None)
    return Stand(found, aside, groups)


def _set_aside_parcels(inputs: Inputs) -> pd.DataFrame:
    """Parcels taken out of the run, with registered or drawn area: their money is not lost with them."""
    aside = inputs.aside("parcels").dropna(subset=["key"])
    area = column_or_missing(aside, "area_m2", "float64")
    registered = column_or_missing(aside, "registered_area_m2", "float64")
    holder = column_or_missing(aside, "holder_code")
    basis = registered.where(registered > 0, area.where(area > 0))
    return pd.DataFrame(
        {"parcel_id": aside["key"].astype("str"), "basis_area_m2": basis, "holder_code": holder}
    )


def _paid_elsewhere(groups: pd.DataFrame, who: pd.DataFrame, inputs: Inputs) -> list[Issue]:
    """Groups of which some pay and others only stand on land, judged apart."""
    pays = set(inputs.table("returns")["enterprise_id"].dropna())
    has_land = set(who["enterprise_id"])
    issues = []
    for unit, rows in groups.groupby("unit_id", sort=True):
        members = rows["enterprise_id"]
        silent = sorted(set(members) & has_land - pays)
        if silent and set(members) & pays:
            told = f"judged apart: {len(silent)} of its members have land and no money of their own"
            issues.append(
                Issue(
                    "warning",
                    "group_paid_together",
                    "enterprises",
                    told,
                    key=str(unit),
                    value=", ".join(silent[:_SHOWN]),
                    fix='declare groups = "merged" under [link] where the head office pays for all',
                    n=len(silent),
                )
            )
    return issues


def division_issues(made: Divided, config: Config) -> list[Issue]:
    """What is doubtful about the division of parcels.

    Raises:
        InputError: more land is stated than a parcel has, and ``leases_over_parcel = "refuse"``.
    """
    shares = made.shares[made.shares["method"] != "group"]
    issues = []
    n = int(shares["land_area_m2"].isna().sum())
    if n:
        decision = "weighed like the other parcels of the enterprise"
        fix = "give land_area_m2 in the occupancy table"
        issues.append(Issue("warning", "unknown_land_area", "occupancy", decision, fix=fix, n=n))
    over = made.exceeding.sort_values("stated_area_m2", ascending=False, kind="stable")
    over = over.drop_duplicates("parcel_id").sort_values("parcel_id")
    if len(over) and config.leases_over_parcel == "refuse":
        names = ", ".join(over["parcel_id"].head(_SHOWN))
        raise InputError(
            f"[sources.occupancy] more land is stated than the parcel has: {names} ({len(over)} parcels).",
            'correct the areas, or declare leases_over_parcel = "scale" under [link]',
        )
    issues += [
        Issue(
            "warning",
            "leases_exceed_parcel",
            "occupancy",
            f"scaled down to the parcel's {area:.2f} m², each by the same factor",
            key=str(parcel),
            column="land_area_m2",
            value=f"{stated:.2f}",
            fix="correct the areas in the occupancy table",
        )
        for parcel, stated, area in zip(
            over["parcel_id"], over["stated_area_m2"], over["parcel_area_m2"], strict=True
        )
    ]
    return [*issues, *_fallback(shares, config.allocation)]


def _fallback(shares: pd.DataFrame, policy: Policy) -> list[Issue]:
    """Parcels that could not be divided as the policy says."""
    expected = (*POLICY[policy].basis, "unknown")
    parcels = sorted(shares.loc[~shares["land_basis"].isin(expected), "parcel_id"].unique())
    if not parcels:
        return []
    decision = (
        f"{policy}: divided by land area, since what the policy needs is not known of all on the parcel"
    )
    fix = {
        "by_floor_area": "give floor_area_m2 of everybody on the parcel, or a buildings layer",
        "by_contract_area": "give contract_area_m2 of the leases",
    }.get(policy, "give the holder of the parcel")
    value = ", ".join(parcels[:_SHOWN])
    return [
        Issue("warning", "allocation_fallback", "occupancy", decision, value=value, fix=fix, n=len(parcels))
    ]
