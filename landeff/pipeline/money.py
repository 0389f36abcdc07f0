"""Money on land: per parcel, enterprise and zone, over the years, under a stated scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.core.columns import item_column, item_unit
from landeff.core.dataset import Scopes
from landeff.indicators.money import per_mu
from landeff.link.allocation import allocate
from landeff.link.ledger import Entry, Role
from landeff.link.shares import land_shares
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up

#: ``zone_id`` of all top-level zones together, and of land and money outside every zone.
CITY, OUTSIDE = "", "-"
INDUSTRIAL = ("industrial", "storage")


@dataclass(frozen=True, slots=True)
class Money:
    """Facts of money; tables as in ``docs/tables.md``."""

    shares: pd.DataFrame
    contributions: pd.DataFrame
    parcel_year: pd.DataFrame
    enterprise_year: pd.DataFrame
    unmatched: pd.DataFrame
    entries: list[Entry]


def link_money(inputs: Inputs, land: Land, config: Config) -> Money:
    """Allocate ``returns`` to parcels and keep the books."""
    returns, aside = inputs.table("returns"), _set_aside_parcels(inputs)
    known = pd.concat([land.parcels, aside], ignore_index=True)
    parcels = known.drop_duplicates("parcel_id")
    shares = land_shares(inputs.table("occupancy"), parcels, config.years, config.allocation)
    used = land.parcels["parcel_id"]
    allocated, unmatched = allocate(returns, shares, used, set(aside["parcel_id"]) - set(used), config.years)
    parcel_year = _parcel_year(allocated, config)
    return Money(
        shares=shares,
        contributions=allocated,
        parcel_year=parcel_year,
        enterprise_year=_enterprise_year(returns, shares, inputs, config),
        unmatched=unmatched,
        entries=list(_entries(inputs, allocated, unmatched, land, config)),
    )


def _set_aside_parcels(inputs: Inputs) -> pd.DataFrame:
    """Parcels taken out of the run, with the area their papers give: their money is not lost with them."""
    aside = inputs.aside("parcels").dropna(subset=["key"]).drop(columns="parcel_id", errors="ignore")
    aside = aside.rename(columns={"key": "parcel_id", "registered_area_m2": "basis_area_m2"})
    aside = pd.DataFrame(aside.reindex(columns=["parcel_id", "basis_area_m2", "holder_code"]))
    aside["basis_area_m2"] = aside["basis_area_m2"].astype("float64").where(aside["basis_area_m2"] > 0)
    return aside.drop_duplicates("parcel_id")


def _pivot(rows: pd.DataFrame, key: str, config: Config) -> pd.DataFrame:
    """Sums by key, year and item, one column an item, and the item in the declared scope as ``tax_cny``."""
    wide = rows.pivot_table(index=[key, "year"], columns="item", values="value", aggfunc="sum")
    wide.columns = [item_column(str(item)) for item in wide.columns]
    wide["tax_cny"] = wide.get(item_column(config.scopes.tax), np.nan)
    if "output_cny" not in wide:
        wide["output_cny"] = np.nan
    return wide.astype("float64").reset_index().astype({"year": "Int64"})


def _parcel_year(allocated: pd.DataFrame, config: Config) -> pd.DataFrame:
    table = _pivot(allocated, "parcel_id", config)
    payers = (
        allocated.dropna(subset=["enterprise_id"]).groupby(["parcel_id", "year"])["enterprise_id"].nunique()
    )
    found = payers.reindex(pd.MultiIndex.from_frame(table[["parcel_id", "year"]]), fill_value=0)
    return table.assign(n_enterprises=pd.array(found.to_numpy(), dtype="Int64"))


def _enterprise_year(
    returns: pd.DataFrame, shares: pd.DataFrame, inputs: Inputs, config: Config
) -> pd.DataFrame:
    rows = returns[returns["year"].isin(config.years)].dropna(subset=["enterprise_id"])
    table = _pivot(rows, "enterprise_id", config)
    land = shares.groupby(["enterprise_id", "year"], as_index=False).agg(
        basis_area_m2=("land_area_m2", "sum"), n_parcels=("parcel_id", "nunique")
    )
    table = table.merge(land, on=["enterprise_id", "year"], how="left")
    table["n_parcels"] = table["n_parcels"].fillna(0).astype("Int64")
    table["name"] = look_up(table["enterprise_id"], enterprise_names(inputs))
    return table.sort_values(["enterprise_id", "year"], ignore_index=True)


def enterprise_names(inputs: Inputs) -> pd.Series:
    """Name by enterprise code: from the register, else as the first table that names it."""
    frames = [inputs.table(name) for name in ("enterprises", "occupancy", "returns")]
    named = [
        frame[["enterprise_id", "name"]].dropna().sort_values(["enterprise_id", "name"])
        for frame in frames
        if {"enterprise_id", "name"} <= set(frame)
    ]
    return pd.concat(named).drop_duplicates("enterprise_id").set_index("enterprise_id")["name"]


def _entries(
    inputs: Inputs,
    allocated: pd.DataFrame,
    unmatched: pd.DataFrame,
    land: Land,
    config: Config,
) -> Iterable[Entry]:
    """Ledger lines of every item and year: what the sources said, what was changed, where it went."""
    inside = share_in_zones(land)
    share = allocated["parcel_id"].map(inside).fillna(0.0)
    returns, zeroed = inputs.table("returns"), inputs.zeroed
    aside = inputs.aside("returns")
    lost = pd.concat([unmatched, aside]) if len(aside) else unmatched
    lines: list[tuple[str, Role, pd.DataFrame]] = [
        ("in_zones", "out", allocated.assign(value=allocated["value"] * share)[share > 0.0]),
        ("outside_zones", "out", allocated.assign(value=allocated["value"] * (1.0 - share))[share < 1.0]),
        *((str(reason), "out", rows) for reason, rows in lost.groupby("reason")),
    ]
    if len(zeroed):
        lines.append(("set_to_zero", "adjust", zeroed.assign(value=-zeroed["was"])))
    came_in = [returns, *([aside] if len(aside) else [])]
    if len(zeroed):
        came_in.append(zeroed.assign(value=zeroed["was"]))
    lines.append(("total_in", "in", pd.concat(came_in)))
    for entry, role, rows in lines:
        sums = (
            rows.groupby(["item", "year"], dropna=False, sort=True)["value"]
            .agg(["sum", "size"])
            .reset_index()
        )
        for item, year, value, n in zip(sums["item"], sums["year"], sums["sum"], sums["size"], strict=True):
            when = None if pd.isna(year) else int(year)
            yield Entry(item, entry, role, float(value), item_unit(item, config.currency), int(n), when)


def top_level(zones: pd.DataFrame) -> pd.DataFrame:
    """Zones that are not part of another zone."""
    parent = column_or_missing(zones, "parent_zone_id")
    return zones[parent.isna()]


def zone_money(money: Money, land: Land) -> pd.DataFrame:
    """Money of each zone and year by share of overlap, with ``OUTSIDE`` for what lies in no top-level zone.

    Columns ``zone_id``, ``year`` and one for each money column of ``parcel_year``.
    """
    columns = money.parcel_year.columns.difference(
        ["parcel_id", "year", "n_enterprises"], sort=False
    ).to_list()
    parts = zone_parts(land)
    spread = parts.merge(money.parcel_year, on="parcel_id")
    spread[columns] = spread[columns].mul(spread["share_ratio"], axis=0)
    return spread.groupby(["zone_id", "year"], as_index=False)[columns].sum(min_count=1)


def share_in_zones(land: Land) -> pd.Series:
    """Share of each parcel that lies in top-level zones, by ``parcel_id``."""
    top = land.parcel_zone["zone_id"].isin(top_level(land.zones)["zone_id"])
    inside = land.parcel_zone[top].groupby("parcel_id")["share_ratio"].sum()
    return inside.reindex(land.parcels["parcel_id"], fill_value=0.0)


def zone_parts(land: Land) -> pd.DataFrame:
    """``parcel_zone`` with a row for the part of each parcel that is in no top-level zone (``OUTSIDE``)."""
    parts = land.parcel_zone[["parcel_id", "zone_id", "share_ratio"]]
    rest = 1.0 - share_in_zones(land)
    rest = rest.where(rest > 1e-9, 0.0)
    outside = rest[rest > 0].rename("share_ratio").reset_index().assign(zone_id=OUTSIDE)
    return pd.concat([parts, outside], ignore_index=True)[["parcel_id", "zone_id", "share_ratio"]]


def scope_areas(scope: Scopes, land: Land, taxed: Iterable[str]) -> pd.Series | None:
    """Denominator of each zone under a scope, in m²; ``None`` where the data for it are missing.

    ``developed`` and ``boundary`` are areas of the zone; the others add up the parcels in it, whole or by
    share, in the declared basis. Parcels whose tax is unknown stay in, except under ``matched``.
    """
    if scope.land == "developed":
        return land.developed_m2 if len(land.developed_m2) else None
    if scope.land == "boundary":
        return (
            land.parcel_pieces.groupby("zone_id")["area_m2"]
            .sum()
            .add(land.gaps.groupby("zone_id")["area_m2"].sum(), fill_value=0.0)
        )
    parcels = land.parcels
    basis = parcels["basis_area_m2"] if scope.area == "registered" else parcels["area_m2"]
    keep = pd.Series(True, index=parcels.index)
    if scope.land == "industrial_supplied":
        keep = parcels["land_use_class"].isin(INDUSTRIAL)
    if scope.land == "matched":
        keep = parcels["parcel_id"].isin(set(taxed))
    area = basis.where(keep, 0.0).set_axis(parcels["parcel_id"])
    if not area.sum():
        return None
    parts = zone_parts(land)
    return (parts["parcel_id"].map(area) * parts["share_ratio"]).groupby(parts["zone_id"]).sum()


def scopes_table(config: Config, money: Money, land: Land) -> pd.DataFrame:
    """``zone_scopes``: the latest year's tax per mu of each zone under the declared scope and two others."""
    declared = config.scopes
    others = [("industrial_supplied", "registered"), ("boundary", "ellipsoidal"), ("parcels", "registered")]
    scopes = [declared, *(Scopes(declared.tax, *other) for other in others)]
    year = max(config.years)
    by_zone = zone_money(money, land)
    tax = by_zone[by_zone["year"] == year].set_index("zone_id")["tax_cny"]
    known = money.parcel_year[(money.parcel_year["year"] == year) & money.parcel_year["tax_cny"].notna()]
    tables: list[pd.DataFrame] = []
    for scope in dict.fromkeys(scopes):
        area = scope_areas(scope, land, known["parcel_id"])
        if area is None or len(tables) == 3:
            continue
        rows = pd.DataFrame({"tax_cny": tax, "scope_area_m2": area}).rename_axis("zone_id").reset_index()
        top = rows[rows["zone_id"].isin(top_level(land.zones)["zone_id"])]
        city = pd.DataFrame({"zone_id": [CITY], "tax_cny": [top["tax_cny"].sum(min_count=1)]})
        city["scope_area_m2"] = top["scope_area_m2"].sum()
        rows = pd.concat([rows, city], ignore_index=True)
        is_declared = pd.array([scope == declared] * len(rows), dtype="boolean")
        rows = rows.assign(tax=scope.tax, land=scope.land, area=scope.area, is_declared=is_declared)
        tables.append(rows.assign(year=pd.array([year] * len(rows), dtype="Int64")))
    table = pd.concat(tables, ignore_index=True)
    table["name"] = look_up(table["zone_id"], land.zones.set_index("zone_id")["name"])
    table["tax_cny_per_mu"] = per_mu(table["tax_cny"], table["scope_area_m2"])
    return table.sort_values(
        ["zone_id", "is_declared", "land"], ascending=[True, False, True], ignore_index=True
    )
