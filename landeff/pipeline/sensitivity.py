"""How far the results depend on the allocation policy: zones ranked and parcels flagged under the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from landeff.indicators.money import per_mu
from landeff.indicators.run import with_indicators
from landeff.link.policies import POLICIES, PolicyName
from landeff.pipeline.assemble import zone_years
from landeff.pipeline.config import Config
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.lookup import look_up
from landeff.pipeline.money import CITY, Money, allocated_by, parcel_years, top_level
from landeff.standards.balance import inventory_class
from landeff.standards.evaluate import evaluate_all
from landeff.standards.findings import category_verdicts

#: A parcel's money counts as changed from this part of it on.
CHANGED_RATIO = 0.1
_CENT = 0.005
_ZONE = ["zone_id", "tax_cny", "tax_cny_per_mu", "rank"]
_TEXTS = ("policy", "zone_id", "name", "flagged_by")
_COUNTS = ("rank", "rank_change", "max_rank_change", "n_zones_moved", "n_parcels_changed", "n_flags_changed")


def sensitivity(land: Land, money: Money, judged: Judged, config: Config) -> pd.DataFrame:
    """``sensitivity``: zones of the latest year under every policy, beside the declared one.

    Shares and sums are made anew, geometry is not. Parcels are flagged by their inventory class where a rule
    in use reads money, else by tax per mu below that of their zone.

    Returns:
        ``policy``, ``zone_id`` (``""`` = all top-level zones, whose row has the counts of the policy),
        ``name``, ``year``, ``is_declared``, ``tax_cny``, ``tax_cny_per_mu``, ``difference_cny_per_mu``,
        ``rank`` (among zones of the same depth), ``rank_change``, ``max_rank_change``, ``n_zones_moved``,
        ``n_parcels_changed`` (money by more than a tenth), ``n_flags_changed``, ``flagged_by``.
    """
    year = max(config.years)
    latest = replace(config, years=(year,))
    by_rule = _reads_money(money, judged)
    made = {name: _under(name, land, money, judged, latest, by_rule) for name in _declared_first(config)}
    declared_zones, declared_parcels = made[config.allocation]
    frames = []
    for name, (zones, parcels) in made.items():
        rows = zones.merge(declared_zones, on="zone_id", how="left", suffixes=("", "_declared"))
        rows["difference_cny_per_mu"] = rows["tax_cny_per_mu"] - rows["tax_cny_per_mu_declared"]
        rows["rank_change"] = rows["rank"] - rows["rank_declared"]
        moved = rows["rank_change"].abs()
        is_city = rows["zone_id"] == CITY
        counts = {
            "max_rank_change": moved.max() if moved.notna().any() else 0,
            "n_zones_moved": int((moved > 0).sum()),
            "n_parcels_changed": _n_changed(parcels["tax_cny"], declared_parcels["tax_cny"]),
            "n_flags_changed": int((parcels["is_flagged"] != declared_parcels["is_flagged"]).sum()),
        }
        for column, value in counts.items():
            rows[column] = pd.Series(value, index=rows.index, dtype="Int64").where(is_city)
        frames.append(rows.assign(policy=name, is_declared=name == config.allocation))
    table = pd.concat(frames, ignore_index=True)
    table["name"] = look_up(table["zone_id"], land.zones.set_index("zone_id")["name"])
    table = table.assign(year=year, flagged_by="inventory_class" if by_rule else "below_zone_mean")
    types = {**dict.fromkeys(_TEXTS, "str"), **dict.fromkeys(_COUNTS, "Int64"), "is_declared": "boolean"}
    table = table.astype({**types, "year": "Int64"})
    columns = [
        *("policy", "zone_id", "name", "year", "is_declared", "tax_cny", "tax_cny_per_mu"),
        *("difference_cny_per_mu", *_COUNTS, "flagged_by"),
    ]
    return table[columns].sort_values(["policy", "zone_id"], ignore_index=True)


def _declared_first(config: Config) -> Iterator[PolicyName]:
    yield config.allocation
    yield from (name for name in POLICIES if name != config.allocation)


def _under(
    policy: PolicyName, land: Land, money: Money, judged: Judged, config: Config, by_rule: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Zones, and parcels with ``tax_cny`` and ``is_flagged``, under one policy."""
    year = max(config.years)
    standing = money.standing.latest(year)
    is_wanted = money.returns["year"] == year
    if not by_rule:
        is_wanted &= money.returns["item"] == config.scopes.tax
    allocated, _ = allocated_by(
        standing.shares(policy).shares, money.returns[is_wanted], standing, land, config
    )
    parcel_year = parcel_years(allocated, land, config)
    zones = _zones(replace(money, parcel_year=parcel_year), land, config)
    parcels = judged.parcels[["parcel_id", "zone_id", "basis_area_m2"]]
    tax = look_up(parcels["parcel_id"], parcel_year.set_index("parcel_id")["tax_cny"])
    if by_rule:
        flagged = _classes(parcel_year, judged, config) != "none"
    else:
        mean = look_up(parcels["zone_id"], zones.set_index("zone_id")["tax_cny_per_mu"])
        flagged = (per_mu(tax, parcels["basis_area_m2"]) < mean).astype(bool)
    return zones, pd.DataFrame({"tax_cny": tax, "is_flagged": flagged})


def _zones(money: Money, land: Land, config: Config) -> pd.DataFrame:
    """Tax per mu and rank of each zone, and of all top-level zones together."""
    zones = zone_years(land, money, config)
    depth = look_up(zones["zone_id"], land.zones.set_index("zone_id")["depth"])
    zones["rank"] = zones.groupby(depth)["tax_cny_per_mu"].rank(method="min", ascending=False).astype("Int64")
    top = zones[zones["zone_id"].isin(top_level(land.zones)["zone_id"])]
    tax = top["tax_cny"].sum(min_count=1)
    city = pd.DataFrame({"zone_id": [CITY], "tax_cny": [tax], "rank": pd.array([pd.NA], dtype="Int64")})
    area = pd.Series([top["scope_area_m2"].sum(skipna=False)])
    city["tax_cny_per_mu"] = per_mu(city["tax_cny"].astype("float64"), area)
    return pd.concat([city[_ZONE], zones[_ZONE]], ignore_index=True).astype({"zone_id": "str"})


def _n_changed(now: pd.Series, declared: pd.Series) -> int:
    """Parcels whose money differs by more than a tenth of what it was; from or to nothing counts as well."""
    before, after = (each.fillna(0.0).to_numpy(dtype="float64") for each in (declared, now))
    difference = np.abs(after - before)
    return int(((difference > CHANGED_RATIO * np.abs(before)) & (difference > _CENT)).sum())


def _reads_money(money: Money, judged: Judged) -> bool:
    """Whether a rule in use reads what the allocation decides."""
    columns = set(money.parcel_year.columns) | {"output_cny_per_mu"}
    columns -= {"parcel_id", "year", "n_enterprises"}
    return any(rule.columns & columns for rule in judged.rules.rules.values())


def _classes(parcel_year: pd.DataFrame, judged: Judged, config: Config) -> pd.Series:
    """Inventory class of each parcel with the money of a policy."""
    frame = judged.parcels
    made = parcel_year.drop(columns=["year", "n_enterprises", "tax_cny_per_mu"]).set_index("parcel_id")
    frame = frame.assign(**{str(name): look_up(frame["parcel_id"], made[name]) for name in made})
    frame = with_indicators("parcel", frame, {"as_of": config.as_of})
    verdicts = evaluate_all(judged.rules.rules.values(), frame, config.as_of)
    by_category = category_verdicts(verdicts.values(), frame.index)
    frame = frame.assign(**{str(name): by_category[name] for name in by_category})
    return inventory_class(frame, config.as_of)
