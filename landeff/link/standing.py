"""Who stands on which parcel: listed in the occupancy table, holding the title, or located on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.link.tenure import tenure_kinds

KEY = ["enterprise_id", "year", "parcel_id"]
PLACE = ["parcel_id", "year"]
#: What can say where an enterprise stands, in the default order of precedence.
PRECEDENCE = ("occupancy", "holder", "location")
_AMOUNTS = ["land_area_m2", "contract_area_m2", "floor_area_m2", "share_ratio"]
_STATED = [*_AMOUNTS, "let_area_m2", "unregistered_area_m2"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands where.

    Attributes:
        who: one row an enterprise, year and parcel (sorted): amounts stated (``land_area_m2``,
            ``contract_area_m2``, ``floor_area_m2``, ``share_ratio``, ``let_area_m2`` let out,
            ``unregistered_area_m2`` of the land), ``method`` (which source said so), ``is_holder``,
            ``is_unregistered``, ``is_overruled`` (another source decides where its money goes),
            ``parcel_area_m2`` and ``parcel_floor_area_m2`` (NaN where unknown).
        conflicts: places where sources contradict one another: ``enterprise_id``, ``year``, ``parcel_id``,
            ``other`` (parcel or enterprise the other source says), ``kind`` (``location`` or ``holder``),
            ``decided_by``.
    """

    who: pd.DataFrame
    conflicts: pd.DataFrame


def standing(
    occupancy: pd.DataFrame,
    parcels: pd.DataFrame,
    years: Sequence[int],
    located: pd.DataFrame | None = None,
    precedence: Sequence[str] = PRECEDENCE,
) -> Standing:
    """Bring the sources together.

    Occupancy and title complete each other: a holder who is not listed stands on what the listed ones
    leave. A location counts where no source before it in ``precedence`` knows the enterprise; a source after
    it is overruled where it names other parcels. Where occupancy and title name different holders of a
    parcel, the one first in ``precedence`` has the holder.

    Args:
        occupancy, parcels: see :func:`landeff.link.shares.land_shares`.
        located: ``enterprise_id``, ``parcel_id`` it lies on, made by geometry; a location holds every year.
    """
    all_years = pd.DataFrame({"year": pd.array(list(years), dtype="Int64")})
    listed = _listed(occupancy, years, all_years)
    found = [listed.assign(method="occupancy")]
    titled = pd.DataFrame(columns=["parcel_id", "enterprise_id"], dtype="str")
    if "holder_code" in parcels:
        titled = parcels[["parcel_id", "holder_code"]].dropna().drop_duplicates()
        titled = titled.rename(columns={"holder_code": "enterprise_id"})
        found.append(_unstated(titled.merge(all_years, how="cross"), "holder"))
    who = pd.concat(found, ignore_index=True).drop_duplicates(KEY, keep="first")
    who = who.astype({"year": "Int64", "parcel_id": "str", "enterprise_id": "str"})
    who, disputes = _with_holders(who, titled, precedence)
    who, strays = _with_locations(who, located, all_years, precedence)
    area, floor = (_of_parcel(who, parcels, name) for name in ("basis_area_m2", "floor_area_m2"))
    who = who.assign(parcel_area_m2=area, parcel_floor_area_m2=floor)
    flags = dict.fromkeys(["is_holder", "is_unregistered", "is_overruled"], "bool")
    who = who.astype({**dict.fromkeys(_STATED, "float64"), **flags, "method": "str"})
    conflicts = pd.concat([disputes, strays], ignore_index=True)
    conflicts = conflicts.sort_values([*KEY, "other", "kind"], ignore_index=True)
    return Standing(who.sort_values(KEY, ignore_index=True), conflicts)


def _of_parcel(who: pd.DataFrame, parcels: pd.DataFrame, name: str) -> pd.Series:
    """The largest amount that a parcel's rows give: a disputed parcel may have several."""
    if name not in parcels:
        return pd.Series(np.nan, index=who.index)
    return who["parcel_id"].map(parcels.groupby("parcel_id")[name].max()).astype("float64")


def _listed(occupancy: pd.DataFrame, years: Sequence[int], all_years: pd.DataFrame) -> pd.DataFrame:
    """Occupancy by enterprise, year and parcel; a row of its own year replaces the one for every year."""
    rows = occupancy.reindex(columns=[*KEY, *_AMOUNTS, "tenure"])
    rows = rows.dropna(subset=["enterprise_id", "parcel_id"]).astype({"year": "Int64"})
    rows = rows.astype(dict.fromkeys(_AMOUNTS, "float64")).assign(kind=tenure_kinds(rows["tenure"]))
    of_year = rows[rows["year"].isin(list(years))]
    spread = rows[rows["year"].isna()].drop(columns="year").merge(all_years, how="cross")
    has_own = pd.MultiIndex.from_frame(spread[KEY]).isin(pd.MultiIndex.from_frame(of_year[KEY]))
    rows = pd.concat([of_year, spread[~has_own]]).sort_values([*KEY, "kind", *_AMOUNTS])
    is_let, is_off = rows["kind"] == "rented_out", rows["kind"] == "unregistered"
    area = rows["land_area_m2"].fillna(rows["contract_area_m2"])
    rows = rows.assign(let_area_m2=area.where(is_let), unregistered_area_m2=area.where(is_off))
    rows[_AMOUNTS] = rows[_AMOUNTS].mask(is_let)
    rows = rows.assign(is_owned=rows["kind"] == "owned", is_off=is_off, is_let=is_let)
    by_key = rows.groupby(KEY)
    flags = by_key[["is_owned"]].any().join(by_key[["is_off", "is_let"]].all())
    made = by_key[_STATED].sum(min_count=1).join(flags).reset_index()
    # Who lets land out and rents none in can only own it.
    made["is_owner"] = made.pop("is_owned") | made.pop("is_let")
    return made.rename(columns={"is_off": "is_unregistered"})


def _unstated(rows: pd.DataFrame, method: str) -> pd.DataFrame:
    blank = dict.fromkeys(_STATED, np.nan)
    return rows.assign(**blank, method=method, is_owner=False, is_unregistered=False)


def _with_holders(
    who: pd.DataFrame, titled: pd.DataFrame, precedence: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``is_holder``, and the parcels whose holder is another one by occupancy than by title.

    Under precedence of the title a listed owner without one occupies land that is not registered for it;
    under precedence of occupancy the holder of the title has its address there, and no land.
    """
    pairs = pd.MultiIndex.from_frame(titled[["parcel_id", "enterprise_id"]])
    at = pd.MultiIndex.from_frame(who[["parcel_id", "enterprise_id"]])
    has_title = pd.Series(at.isin(pairs), index=who.index)
    owns = who.pop("is_owner").astype(bool)
    place = [who[name] for name in PLACE]
    any_title, any_owner = (each.groupby(place).transform("any") for each in (has_title, owns))
    is_disputed = owns & ~has_title & any_title
    at_stake = is_disputed.groupby(place).transform("any")
    first = min(("occupancy", "holder"), key=list(precedence).index)
    is_holder = owns | has_title
    if first == "holder":
        is_holder &= ~is_disputed
        who = who.assign(is_unregistered=who["is_unregistered"].astype(bool) | is_disputed)
    else:
        loses = at_stake & has_title & ~owns & any_owner
        is_holder &= ~loses
        no_land = loses & (who["method"] == "holder")
        who = who.assign(land_area_m2=who["land_area_m2"].mask(no_land, 0.0))
    against = who[has_title].groupby(PLACE)["enterprise_id"].min().rename("other")
    rows = who.loc[is_disputed, KEY].merge(against.reset_index(), on=PLACE, how="left")
    return who.assign(is_holder=is_holder), rows.assign(kind="holder", decided_by=first)


def _with_locations(
    who: pd.DataFrame, located: pd.DataFrame | None, all_years: pd.DataFrame, precedence: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    who = who.assign(is_overruled=False)
    nothing = pd.DataFrame(columns=[*KEY, "other", "kind", "decided_by"], dtype="str").astype(
        {"year": "Int64"}
    )
    if located is None or located.empty:
        return who, nothing
    at = located[["enterprise_id", "parcel_id"]].drop_duplicates().merge(all_years, how="cross")
    at = at.astype({"year": "Int64", "enterprise_id": "str", "parcel_id": "str"})
    known = who.merge(
        at.rename(columns={"parcel_id": "at"}), on=["enterprise_id", "year"], how="left", validate="m:1"
    )["at"].set_axis(who.index)
    agrees = (who["parcel_id"] == known).groupby([who["enterprise_id"], who["year"]]).transform("any")
    rank = {name: place for place, name in enumerate(precedence)}
    earlier = who["method"].map(rank) < rank["location"]
    is_stray = known.notna() & ~agrees
    strays = who[is_stray].assign(other=known[is_stray], kind="location")
    by_title = is_stray & earlier
    strays["decided_by"] = who.loc[is_stray, "method"].where(by_title[is_stray], "location")
    who = who.assign(is_overruled=is_stray & ~earlier)
    knows = pd.MultiIndex.from_frame(who.loc[earlier, ["enterprise_id", "year"]])
    there = pd.MultiIndex.from_frame(who[KEY])
    new = ~pd.MultiIndex.from_frame(at[["enterprise_id", "year"]]).isin(knows)
    new &= ~pd.MultiIndex.from_frame(at[KEY]).isin(there)
    added = _unstated(at[new], "location").drop(columns="is_owner")
    added = added.assign(is_holder=False, is_overruled=False)
    # Overruled by a location, unless a source before it knows the enterprise as well.
    told = pd.MultiIndex.from_frame(who[["enterprise_id", "year"]]).isin(knows)
    who["is_overruled"] &= ~told
    return pd.concat([who, added], ignore_index=True), strays[[*KEY, "other", "kind", "decided_by"]]
