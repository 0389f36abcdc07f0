"""Money on land: per parcel, enterprise and zone, over the years, under a stated scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.core.columns import item_column
from landeff.core.dataset import Scopes
from landeff.indicators.money import per_mu
from landeff.indicators.run import with_indicators
from landeff.link.allocation import allocate
from landeff.link.ledger import Entry
from landeff.link.shares import land_used
from landeff.pipeline.area_basis import area_on
from landeff.pipeline.compositions import books
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import look_up
from landeff.pipeline.money_ledger import land_entries, money_entries
from landeff.pipeline.stand import Stand, division_issues, stand

#: ``zone_id`` of all top-level zones together, and of land and money outside every zone.
CITY, OUTSIDE = "", "-"
INDUSTRIAL = ("industrial", "storage")
_NOISE = 1e-9  # of a parcel: rounding of borders drawn on the zone's


@dataclass(frozen=True, slots=True)
class Money:
    """Facts of money; tables as in ``docs/tables.md``.

    Attributes:
        standing: who stands where, for dividing it by another policy.
        returns: rows of money, those of composed measures included.
    """

    shares: pd.DataFrame
    contributions: pd.DataFrame
    parcel_year: pd.DataFrame
    enterprise_year: pd.DataFrame
    unmatched: pd.DataFrame
    entries: list[Entry]
    standing: Stand
    returns: pd.DataFrame

    def on_their_land(self, year: int) -> pd.DataFrame:
        """Shares of a year without those on land of another of the group: who stands on which parcel."""
        return self.shares[(self.shares["year"] == year) & (self.shares["method"] != "group")]


def link_money(inputs: Inputs, land: Land, config: Config) -> Money:
    """Allocate ``returns`` to parcels and keep the books."""
    kept, found = books(inputs, config), stand(inputs, land, config)
    made = found.shares(config.allocation)
    inputs.issues += division_issues(made, config)
    allocated, unmatched = allocated_by(made.shares, kept.returns, found, land, config)
    entries = money_entries(kept, allocated, unmatched, share_in_zones(land), config)
    return Money(
        shares=made.shares,
        contributions=allocated,
        parcel_year=parcel_years(allocated, land, config),
        enterprise_year=_enterprise_year(kept.returns, made.shares, inputs, config),
        unmatched=unmatched,
        entries=[*entries, *land_entries(made.shares, land, config)],
        standing=found,
        returns=kept.returns,
    )


def allocated_by(
    shares: pd.DataFrame, returns: pd.DataFrame, standing: Stand, land: Land, config: Config
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of money on the parcels of the run, and those that reached none; see :func:`allocate`."""
    used = land.parcels["parcel_id"]
    return allocate(returns, shares, used, set(standing.aside["parcel_id"]) - set(used), config.years)


def _pivot(rows: pd.DataFrame, key: str, config: Config) -> pd.DataFrame:
    """Sums by key, year and item, one column an item, and the item in the declared scope as ``tax_cny``."""
    wide = rows.pivot_table(index=[key, "year"], columns="item", values="value", aggfunc="sum")
    wide.columns = [item_column(str(item)) for item in wide.columns]
    wide["tax_cny"] = wide.get(item_column(config.scopes.tax), np.nan)
    if "output_cny" not in wide:
        wide["output_cny"] = np.nan
    return wide.astype("float64").reset_index().astype({"year": "Int64"})


def parcel_years(allocated: pd.DataFrame, land: Land, config: Config) -> pd.DataFrame:
    """``parcel_year``: sums of what was allocated, by parcel, year and item."""
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
    if "is_incomplete" in rows:  # a composed measure of which an item is missing is unknown
        rows = rows[~rows["is_incomplete"].fillna(False).astype(bool)]
    table = _pivot(rows, "enterprise_id", config)
    table = table.merge(land_used(shares), on=["enterprise_id", "year"], how="left")
    table["n_parcels"] = table["n_parcels"].fillna(0).astype("Int64")
    table["name"] = look_up(table["enterprise_id"], enterprise_names(inputs))
    table = _with_units(table, shares)
    return table.sort_values(["enterprise_id", "year"], ignore_index=True)


def _with_units(table: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Indicators of each enterprise; those judged together share the result of their unit."""
    of = shares[["enterprise_id", "year", "unit_id"]].dropna().drop_duplicates()
    table = table.merge(of, on=["enterprise_id", "year"], how="left", validate="1:1")
    table = table.astype({"unit_id": "str"})
    by_unit = ["unit_id", "year"]
    money = [name for name in ("tax_cny", "output_cny") if name in table]
    sums = table.dropna(subset="unit_id").groupby(by_unit)[money].sum(min_count=1)
    own = shares[shares["method"] != "group"]
    sums["basis_area_m2"] = own.groupby(by_unit)["land_area_m2"].sum(min_count=1)
    together = sums.reindex(pd.MultiIndex.from_frame(table[by_unit])).set_axis(table.index)
    is_merged = table["unit_id"].notna()
    judged = table.assign(**{str(name): together[name].where(is_merged, table[name]) for name in together})
    indicators = with_indicators("enterprise", judged, {})
    made = {str(name): indicators[name] for name in indicators if name not in table}
    return table.assign(unit_tax_cny=together["tax_cny"], unit_area_m2=together["basis_area_m2"], **made)


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
