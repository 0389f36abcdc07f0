"""Tax per mu of districts: total tax over total land of their top-level zones, year by year."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU
from landeff.publish.fields import is_known

NO_DISTRICT = Term("未注明县区", "no district")


def district_title(name: object, code: object) -> Term | str:
    """Name of a district, its code where no source names it; land of no district is told as that.

    >>> district_title(None, "321002"), district_title(None, None).en
    ('321002', 'no district')
    """
    if is_known(name):
        return str(name)
    return str(code) if is_known(code) else NO_DISTRICT


def top_zones(dataset: Dataset) -> pd.DataFrame:
    """Zones that are no part of another: parts would count money and land twice."""
    zones = pd.DataFrame(dataset.frame("zones"))
    if "is_sub_park" not in zones.columns:
        return zones
    return zones[~zones["is_sub_park"].astype("boolean").fillna(value=False).astype(bool)]


def district_tax(dataset: Dataset) -> pd.DataFrame:
    """A row a district and year, by ``district_code`` and ``year``; code ``""`` is all districts together.

    ``tax_cny``, ``scope_area_m2`` (of the declared scope, m²), ``tax_cny_per_mu`` (CNY per mu; missing where
    no tax, or the land of a zone, is not known), ``rank`` among districts of the year (1 is the greatest;
    ties share a rank), ``rank_before`` (of the year before) and ``change_ratio`` (of the per-mu figure to
    the year before; missing where that is not positive). Zones without a district count in the sum alone.
    """
    years = dataset.frame("zone_year").reindex(columns=["zone_id", "year", "tax_cny", "scope_area_m2"])
    zones = top_zones(dataset).reindex(columns=["zone_id", "district_code"])
    here = years.merge(zones, on="zone_id", how="inner", validate="many_to_one")
    parts = [_summed(here, ["district_code", "year"]), _summed(here, ["year"]).assign(district_code="")]
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    table["tax_cny_per_mu"] = table["tax_cny"] / (table["scope_area_m2"] / M2_PER_MU).where(
        table["scope_area_m2"] > 0
    )
    ranked = table[table["district_code"] != ""]
    table["rank"] = ranked.groupby("year")["tax_cny_per_mu"].rank(method="min", ascending=False)
    before = table[["district_code", "year", "tax_cny_per_mu", "rank"]].assign(year=table["year"] + 1)
    table = table.merge(before, on=["district_code", "year"], how="left", suffixes=("", "_before"))
    was = table.pop("tax_cny_per_mu_before")
    table["change_ratio"] = table["tax_cny_per_mu"] / was.where(was > 0) - 1
    return table.sort_values(["district_code", "year"], ignore_index=True)


def _summed(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Known tax over all land: land of one zone unknown makes that of the whole unknown."""
    groups = rows.groupby(by, sort=True)
    tax = groups["tax_cny"].sum(min_count=1)
    return pd.DataFrame(
        {"tax_cny": tax, "scope_area_m2": groups["scope_area_m2"].sum(skipna=False)}
    ).reset_index()
