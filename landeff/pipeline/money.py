"""Money on land: per parcel, enterprise and zone, over the years, under a stated scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.core.columns import item_column, item_unit
from landeff.core.dataset import Scopes
from landeff.core.issues import Issue
from landeff.indicators.money import per_mu
from landeff.indicators.run import with_indicators
from landeff.link.allocation import allocate
from landeff.link.ledger import Entry, Role
from landeff.link.shares import land_shares
from landeff.pipeline.area_basis import area_on
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up

#: ``zone_id`` of all top-level zones together, and of land and money outside every zone.
CITY, OUTSIDE = "", "-"
INDUSTRIAL = ("industrial", "storage")
_NOISE = 1e-9  # of a parcel: rounding of borders drawn on the zone's


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
    columns = ["parcel_id", "basis_area_m2", "holder_code"]
    known = pd.concat([land.parcels.reindex(columns=columns), aside], ignore_index=True)
    shares = land_shares(inputs.table("occupancy"), known, config.years, config.allocation)
    inputs.issues += _unknown_land(shares)
    used = land.parcels["parcel_id"]
    allocated, unmatched = allocate(returns, shares, used, set(aside["parcel_id"]) - set(used), config.years)
    parcel_year = _parcel_year(allocated, land, config)
    return Money(
        shares=shares,
        contributions=allocated,
        parcel_year=parcel_year,
        enterprise_year=_enterprise_year(returns, shares, inputs, config),
        unmatched=unmatched,
        entries=list(_entries(inputs, allocated, unmatched, land, config)),
    )


def _unknown_land(shares: pd.DataFrame) -> list[Issue]:
    n = int(shares["land_area_m2"].isna().sum())
    decision = "weighed like the other parcels of the enterprise"
    fix = "give land_area_m2 in the occupancy table"
    return [Issue("warning", "unknown_land_area", "occupancy", decision, fix=fix, n=n)] if n else []


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


def _pivot(rows: pd.DataFrame, key: str, config: Config) -> pd.DataFrame:
    """Sums by key, year and item, one column an item, and the item in the declared scope as ``tax_cny``."""
    wide = rows.pivot_table(index=[key, "year"], columns="item", values="value", aggfunc="sum")
    wide.columns = [item_column(str(item)) for item in wide.columns]
    wide["tax_cny"] = wide.get(item_column(config.scopes.tax), np.nan)
    if "output_cny" not in wide:
        wide["output_cny"] = np.nan
    return wide.astype("float64").reset_index().astype({"year": "Int64"})


def _parcel_year(allocated: pd.DataFrame, land: Land, config: Config) -> pd.DataFrame:
    table = _pivot(allocated, "parcel_id", config)
    area = look_up(table["parcel_id"], land.parcels.set_index("parcel_id")["basis_area_m2"])
    table["tax_cny_per_mu"] = per_mu(table["tax_cny"], area)
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
    table = with_indicators("enterprise", table, {})
    return table.sort_values(["enterprise_id", "year"], ignore_index=True)


def enterprise_names(inputs: Inputs) -> pd.Series:
    """Name by enterprise code: from the register, else as the first table that names it."""
    holders = inputs.table("parcels").reindex(columns=["holder_code", "holder"])
    holders = pd.DataFrame(holders).set_axis(["enterprise_id", "name"], axis=1)
    frames = [*(inputs.table(name) for name in ("enterprises", "occupancy", "returns")), holders]
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
    if not inputs.came_in:
        return
    share = look_up(allocated["parcel_id"], share_in_zones(land))
    lost = pd.concat([unmatched, inputs.aside("returns")])
    zeroed = pd.concat([rows.assign(value=-rows["was"]) for rows in inputs.zeroed])
    lines: list[tuple[str, Role, pd.DataFrame]] = [
        ("total_in", "in", pd.concat(inputs.came_in)),
        ("set_to_zero", "adjust", zeroed),
        ("in_zones", "out", allocated.assign(value=allocated["value"] * share)[share > 0.0]),
        ("outside_zones", "out", allocated.assign(value=allocated["value"] * (1.0 - share))[share < 1.0]),
        *((str(reason), "out", rows) for reason, rows in lost.groupby("reason")),
    ]
    files = source_names(config, "returns")
    for entry, role, rows in lines:
        sums = (
            rows.sort_values("value")  # the sum of floats must not depend on the order of the rows
            .groupby(["item", "year"], dropna=False, sort=True)["value"]
            .agg(["sum", "size"])
            .reset_index()
        )
        for item, year, value, n in zip(sums["item"], sums["year"], sums["sum"], sums["size"], strict=True):
            when = None if pd.isna(year) else int(year)
            source = files if role == "in" else ""
            yield Entry(
                item, entry, role, float(value), item_unit(item, config.currency), int(n), when, source
            )


def source_names(config: Config, table: str) -> str:
    """Names of the sources of a table."""
    return ", ".join(dict.fromkeys(source.name for source in config.of(table)))


def top_level(zones: pd.DataFrame) -> pd.DataFrame:
    """Zones that are not part of another zone of the run."""
    return zones[~zones["parent_zone_id"].isin(zones["zone_id"])]


def share_in_zones(land: Land) -> pd.Series:
    """Share of each parcel that lies in top-level zones, by ``parcel_id``."""
    top = land.parcel_zone["zone_id"].isin(top_level(land.zones)["zone_id"])
    inside = land.parcel_zone[top].groupby("parcel_id")["share_ratio"].sum()
    inside = inside.where((1.0 - inside).abs() > _NOISE, 1.0)
    return inside.reindex(land.parcels["parcel_id"], fill_value=0.0)


def zone_parts(land: Land) -> pd.DataFrame:
    """``parcel_zone`` with a row for the part of each parcel that is in no top-level zone (``OUTSIDE``)."""
    parts = land.parcel_zone[["parcel_id", "zone_id", "share_ratio"]]
    rest = 1.0 - share_in_zones(land)
    outside = rest[rest > _NOISE].rename("share_ratio").reset_index().assign(zone_id=OUTSIDE)
    return pd.concat([parts, outside], ignore_index=True)[["parcel_id", "zone_id", "share_ratio"]]


def zone_money(money: Money, land: Land, in_scope: pd.Series) -> pd.DataFrame:
    """Money of each zone and year by share of overlap, with ``OUTSIDE`` for what lies in no top-level zone.

    Args:
        in_scope: whether each parcel (``parcel_id``) belongs to the land scope.

    Returns:
        ``zone_id``, ``year`` and one column for each item of ``parcel_year``.
    """
    columns = money.parcel_year.columns.difference(
        ["parcel_id", "year", "n_enterprises", "tax_cny_per_mu"], sort=False
    ).to_list()
    parts = zone_parts(land)
    spread = parts[look_up(parts["parcel_id"], in_scope)].merge(money.parcel_year, on="parcel_id")
    spread[columns] = spread[columns].mul(spread["share_ratio"], axis=0)
    return spread.groupby(["zone_id", "year"], as_index=False)[columns].sum(min_count=1)


def in_land_scope(scope: Scopes, land: Land, taxed: Iterable[str]) -> pd.Series:
    """Whether each parcel (``parcel_id``) belongs to a land scope: its money counts where its land does.

    Args:
        taxed: parcels that tax of the year reached; they are the scope ``matched``.
    """
    parcels = land.parcels
    belongs = np.ones(len(parcels), dtype=bool)
    if scope.land == "industrial_supplied":
        belongs = parcels["land_use_class"].isin(INDUSTRIAL).to_numpy(dtype=bool)
    if scope.land == "matched":
        belongs = parcels["parcel_id"].isin(list(taxed)).to_numpy(dtype=bool)
    return pd.Series(belongs, index=pd.Index(parcels["parcel_id"]))


def scope_areas(scope: Scopes, land: Land, in_scope: pd.Series) -> pd.Series:
    """Denominator of each zone under a scope, in m², by ``zone_id``; NaN where it is unknown.

    ``developed`` and ``boundary`` are areas of the zone; the others add up the parcels in scope, each by its
    share in the zone, in the declared basis. Parcels whose tax is unknown stay in, except under ``matched``.
    Empty where the data for the scope are missing.
    """
    if scope.land == "developed":
        return land.developed_m2
    if scope.land == "boundary":
        whole: pd.Series = land.zone_pieces.set_index("zone_id")["area_m2"]
        return whole
    area = area_on(land.parcels.set_index("parcel_id"), scope.area).where(in_scope, 0.0)
    parts = zone_parts(land)
    in_zone = look_up(parts["parcel_id"], area) * parts["share_ratio"]
    areas: pd.Series = in_zone.groupby(parts["zone_id"]).sum()
    if not areas.sum() > 0:
        return areas.iloc[:0]
    return areas.reindex(areas.index.union(land.zones["zone_id"]), fill_value=0.0)  # no parcels: 0, known


def scopes_table(config: Config, money: Money, land: Land) -> pd.DataFrame:
    """``zone_scopes``: the latest year's tax per mu of each zone under the declared scope and two others."""
    declared = config.scopes
    others = [("industrial_supplied", "registered"), ("boundary", "ellipsoidal"), ("parcels", "registered")]
    scopes = dict.fromkeys([declared, *(Scopes(declared.tax, *other) for other in others)])
    tables = [_scope_rows(scope, config, money, land) for scope in scopes]
    table = pd.concat([rows for rows in tables if len(rows)][:3], ignore_index=True)
    table["name"] = look_up(table["zone_id"], land.zones.set_index("zone_id")["name"])
    table["tax_cny_per_mu"] = per_mu(table["tax_cny"], table["scope_area_m2"])
    return table.sort_values(
        ["zone_id", "is_declared", "land"], ascending=[True, False, True], ignore_index=True
    )


def _scope_rows(scope: Scopes, config: Config, money: Money, land: Land) -> pd.DataFrame:
    """Tax and land of each zone, of all top-level zones together and of none, under one scope."""
    year = max(config.years)
    known = money.parcel_year[(money.parcel_year["year"] == year) & money.parcel_year["tax_cny"].notna()]
    in_scope = in_land_scope(scope, land, known["parcel_id"])
    area = scope_areas(scope, land, in_scope)
    if area.empty:
        return pd.DataFrame()
    by_zone = zone_money(money, land, in_scope)
    tax = by_zone[by_zone["year"] == year].set_index("zone_id")["tax_cny"]
    rows = pd.DataFrame({"tax_cny": tax, "scope_area_m2": area}).rename_axis("zone_id")
    top = rows.reindex(top_level(land.zones)["zone_id"])
    rows.loc[CITY] = [top["tax_cny"].sum(min_count=1), top["scope_area_m2"].sum(skipna=False)]
    rows = rows.reset_index().assign(tax=scope.tax, land=scope.land, area=scope.area, year=year)
    rows["is_declared"] = scope == config.scopes
    return rows.astype({"year": "Int64", "is_declared": "boolean", "zone_id": "str"})
