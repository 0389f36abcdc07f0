"""What if: land that lies idle, unsupplied or poorly used were put to use at a given tax per mu.

Arithmetic on declared assumptions, no forecast: nothing is said of when, by whom, or whether there is demand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from landeff.core.units import M2_PER_MU

#: Where the tax per mu of land put to use comes from: a number, or what other parcels yield.
At = Literal["fixed", "zone_performing", "zone_median", "city_performing", "city_median"]
LEVELS: tuple[At, ...] = ("zone_performing", "zone_median", "city_performing", "city_median")

#: Areas that a row adds up. What is listed is in exactly one of the five behind it.
AREAS = (
    *("listed_area_m2", "other_use_area_m2", "no_rate_area_m2", "already_area_m2", "left_area_m2"),
    "put_area_m2",
)
_MORE = (
    *("uncleared_area_m2", "tax_unknown_area_m2", "unknown_area_m2", "joins_low_m2", "joins_high_m2"),
    *("tax_replaced_cny", "tax_added_cny"),
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question.

    Attributes:
        put_to_use: inventory classes of the land.
        at: where the tax per mu comes from; ``fixed`` is ``rate_cny_per_mu``.
        share_ratio: part of the land of every parcel that is put to use, above 0 and at most 1.
        target_cny_per_mu: what the result is held against, if anything.
    """

    name: str
    put_to_use: tuple[str, ...]
    at: At = "fixed"
    rate_cny_per_mu: float | None = None
    share_ratio: float = 1.0
    target_cny_per_mu: float | None = None


def level_by_zone(parcels: pd.DataFrame, zones: pd.Series, at: At) -> pd.Series:
    """Tax per mu (元/亩) of parcels in good use, by zone.

    Args:
        parcels: ``zone_id``, ``area_m2``, ``tax_cny``: parts of parcels that are in good use and taxed.
        zones: codes of the zones asked for.
        at: ``…_performing`` is Σ tax ÷ Σ land, ``…_median`` the median of the parcels; of the zone or of all.

    Returns:
        Indexed by zone; NaN where there is no such parcel, or they yield nothing on balance (refunds):
        that is no level to put land to use at.

    >>> rows = pd.DataFrame({"zone_id": ["Z", "Z"], "area_m2": [2000 / 3, 2000.0], "tax_cny": [4.0, 4.0]})
    >>> level_by_zone(rows, pd.Series(["Z", "Y"]), "zone_performing").round(6).tolist()
    [2.0, nan]
    """
    rows = parcels.sort_values(["zone_id", "area_m2", "tax_cny"], kind="stable")
    if at.startswith("city"):
        rows = rows.assign(zone_id="")
    if at.endswith("median"):
        found = (rows["tax_cny"] / (rows["area_m2"] / M2_PER_MU)).groupby(rows["zone_id"]).median()
    else:
        sums = rows.groupby("zone_id")[["tax_cny", "area_m2"]].sum()
        found = sums["tax_cny"] / (sums["area_m2"] / M2_PER_MU)
    found = found.where(found > 0)
    keys = pd.Series("", index=zones.index) if at.startswith("city") else zones
    return pd.Series(found.reindex(keys).to_numpy(dtype="float64"), index=pd.Index(zones), name="rate")


def what_if(land: pd.DataFrame, zones: pd.DataFrame, rates: pd.Series, scenario: Scenario) -> pd.DataFrame:
    """Land put to use, tax it adds, and the zones' tax per mu before and after.

    Args:
        land: parts of parcels and unsupplied pieces in top-level zones: ``zone_id``, ``category`` (inventory
            class asked for), ``area_m2``, ``tax_cny`` (what it pays now; NaN unknown), ``status`` (``free``;
            ``other_use``: no industrial land, or not to be had; ``unknown``: whether it is of the category is
            not known), ``is_uncleared``, and of its area the share that joins the denominator when it comes
            into use: ``joins_low_ratio`` at least, ``joins_high_ratio`` at most.
        zones: top-level zones: ``zone_id``, ``tax_cny``, ``scope_area_m2`` (NaN unknown).
        rates: tax per mu of land put to use, by zone; NaN where none is known.

    Returns:
        A row a zone and category, ``category = ""`` for all of them, ``zone_id = ""`` for all zones:
        ``zone_id``, ``category``, ``n`` (pieces listed), areas in m², ``tax_replaced_cny``,
        ``tax_added_cny``, and in rows of all categories also ``rate_cny_per_mu``, ``tax_cny``,
        ``tax_after_cny``, ``scope_area_m2``, ``tax_cny_per_mu``, ``after_low_cny_per_mu``,
        ``after_high_cny_per_mu``. Land known to pay at least the rate is left as it is
        (``already_area_m2``); land that pays less pays the rate in place of what it paid; what land of
        unknown tax pays is not taken off. Unknown land and land without a rate are not put to use, and shown.
        Σ of the parts of ``listed_area_m2`` is the whole; all zones are the sum of the zones.
    """
    rows = _rows(land, rates, scenario.share_ratio)
    columns = ["n", *AREAS, *_MORE]
    keys = ["zone_id", "category"]
    rows = rows.sort_values([*keys, *columns], kind="stable")
    by_both = rows.groupby(keys)[columns].sum().reset_index()
    every = [(zone, category) for zone in sorted(zones["zone_id"]) for category in scenario.put_to_use]
    index = pd.MultiIndex.from_tuples(every, names=keys)
    by_both = by_both.set_index(keys).reindex(index, fill_value=0.0).reset_index()
    by_zone = by_both.groupby("zone_id", as_index=False)[columns].sum().assign(category="")
    of_city = by_both.groupby("category", as_index=False)[columns].sum().assign(zone_id="")
    city = by_zone[columns].sum().to_frame().T.assign(zone_id="", category="")
    table = pd.concat([city, of_city, by_zone, by_both], ignore_index=True)
    table = _per_mu(table, zones, rates)
    order = {category: place for place, category in enumerate(["", *scenario.put_to_use])}
    table = table.assign(order=table["category"].map(order)).sort_values(["zone_id", "order"])
    table = table.drop(columns="order").reset_index(drop=True)
    numbers = dict.fromkeys([name for name in columns if name != "n"], "float64")
    return table.astype({"zone_id": "str", "category": "str", "n": "Int64", **numbers})


def _rows(land: pd.DataFrame, rates: pd.Series, share: float) -> pd.DataFrame:
    """What becomes of each piece of land."""
    area, tax = (land[name].to_numpy(dtype="float64") for name in ("area_m2", "tax_cny"))
    rate = rates.reindex(land["zone_id"]).to_numpy(dtype="float64")
    free, unknown = (land["status"].to_numpy() == word for word in ("free", "unknown"))
    tax_known = ~np.isnan(tax)
    with np.errstate(invalid="ignore"):
        no_rate = free & np.isnan(rate)
        already = free & ~no_rate & tax_known & (tax >= rate * area / M2_PER_MU)
    usable = free & ~no_rate & ~already
    put = np.where(usable, area * share, 0.0)
    replaced = np.where(usable & tax_known, np.nan_to_num(tax) * share, 0.0)
    added = put / M2_PER_MU * np.nan_to_num(rate) - replaced
    return pd.DataFrame(
        {
            "zone_id": land["zone_id"].to_numpy(),
            "category": land["category"].to_numpy(),
            "n": (~unknown).astype("int64"),
            "listed_area_m2": np.where(unknown, 0.0, area),
            "other_use_area_m2": np.where(land["status"].to_numpy() == "other_use", area, 0.0),
            "no_rate_area_m2": np.where(no_rate, area, 0.0),
            "already_area_m2": np.where(already, area, 0.0),
            "left_area_m2": np.where(usable, area - put, 0.0),
            "put_area_m2": put,
            "uncleared_area_m2": np.where(land["is_uncleared"].to_numpy(dtype=bool), put, 0.0),
            "tax_unknown_area_m2": np.where(tax_known, 0.0, put),
            "unknown_area_m2": np.where(unknown, area, 0.0),
            "joins_low_m2": put * land["joins_low_ratio"].to_numpy(dtype="float64"),
            "joins_high_m2": put * land["joins_high_ratio"].to_numpy(dtype="float64"),
            "tax_replaced_cny": replaced,
            "tax_added_cny": added,
        }
    )


def _per_mu(table: pd.DataFrame, zones: pd.DataFrame, rates: pd.Series) -> pd.DataFrame:
    """Tax per mu before and after, of zones and of all."""
    known = zones.set_index("zone_id")[["tax_cny", "scope_area_m2"]].astype("float64").sort_index()
    known.loc[""] = [known["tax_cny"].sum(min_count=1), known["scope_area_m2"].sum(skipna=False)]
    of = known.reindex(table["zone_id"]).reset_index(drop=True)
    whole = (table["category"] == "").to_numpy()
    after = of["tax_cny"] + table["tax_added_cny"].to_numpy(dtype="float64")
    scope = of["scope_area_m2"]
    low, high = (table[name].to_numpy(dtype="float64") for name in ("joins_low_m2", "joins_high_m2"))
    ends = _ratio(after, scope + high), _ratio(after, scope + low)  # of a sum of refunds the first is above
    of_zone = table["zone_id"].map(rates).astype("float64").to_numpy()
    made = {
        "rate_cny_per_mu": np.where(whole, of_zone, np.nan),
        "tax_cny": of["tax_cny"],
        "tax_after_cny": after,
        "scope_area_m2": scope,
        "tax_cny_per_mu": _ratio(of["tax_cny"], scope),
        "after_low_cny_per_mu": np.fmin(*ends),
        "after_high_cny_per_mu": np.fmax(*ends),
    }
    return table.assign(**{name: np.where(whole, values, np.nan) for name, values in made.items()})


def _ratio(tax: pd.Series, area: pd.Series) -> pd.Series:
    return tax / (area / M2_PER_MU).where(area > 0)
