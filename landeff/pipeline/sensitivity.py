"""How far the results depend on the allocation policy: zones ranked and parcels flagged under the others."""

from __future__ import annotations

from dataclasses import dataclass, replace

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


def sensitivity(
    land: Land, money: Money, judged: Judged, by_year: pd.DataFrame, config: Config
) -> pd.DataFrame:
    """``sensitivity``: zones of the latest year under every policy, beside the declared one.

    Shares and sums are made anew, geometry is not; policies that spread money alike are added up once.
    Parcels are flagged by their inventory class where a rule in use reads money, else by tax per mu below
    that of their zone.

    Args:
        by_year: ``zone_year`` under the declared policy.

    Returns:
        ``policy``, ``zone_id`` (``""`` = all top-level zones, whose row has the counts of the policy),
        ``name``, ``year``, ``is_declared``, ``tax_cny``, ``tax_cny_per_mu``, ``difference_cny_per_mu``,
        ``rank`` (among zones of the same depth), ``rank_change``, ``max_rank_change``, ``n_zones_moved``,
        ``n_parcels_changed`` (money by more than a tenth), ``n_flags_changed``, ``flagged_by``.
    """
    year = max(config.years)
    latest = replace(config, years=(year,))
    by_rule = _reads_money(money, judged)
    declared = _declared(land, money, judged, by_year, year, by_rule)
    frames = []
    for policies, shares in _spreads(money, config):
        is_declared = config.allocation in policies
        made = declared if is_declared else _under(shares, land, money, judged, latest, by_rule)
        rows = _beside(made, declared)
        frames += [rows.assign(policy=name, is_declared=name == config.allocation) for name in policies]
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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Zones, and parcels with ``tax_cny`` and ``is_flagged``, under one policy."""

    zones: pd.DataFrame
    parcels: pd.DataFrame


def _spreads(money: Money, config: Config) -> list[tuple[list[PolicyName], pd.DataFrame]]:
    """The different ways of spreading the latest year's money, each with the policies that lead to it."""
    year = max(config.years)
    standing = money.standing.latest(year)
    declared = money.shares[money.shares["year"] == year]
    has_groups = standing.groups is not None and len(standing.groups) > 0
    if not has_groups and standing.found.who["enterprise_id"].is_unique:
        return [(list(POLICIES), declared)]  # all money of an enterprise goes to its only parcel
    found: dict[bytes, tuple[list[PolicyName], pd.DataFrame]] = {}
    for name in POLICIES:
        # Rows and their order are the same under every policy: all it decides of money is this column.
        shares = declared if name == config.allocation else standing.shares(name).shares
        found.setdefault(shares["share_ratio"].to_numpy().tobytes(), ([], shares))[0].append(name)
    return list(found.values())


def _declared(
    land: Land, money: Money, judged: Judged, by_year: pd.DataFrame, year: int, by_rule: bool
) -> _Outcome:
    """What the run itself found, by the declared policy."""
    zones = _ranked(by_year[by_year["year"] == year].reset_index(drop=True), land)
    tax = _tax_of(judged.parcels, money.parcel_year[money.parcel_year["year"] == year])
    classes = judged.parcels["inventory_class"] if by_rule else None
    return _flagged(zones, tax, judged, classes)


def _under(
    shares: pd.DataFrame, land: Land, money: Money, judged: Judged, config: Config, by_rule: bool
) -> _Outcome:
    """What another policy leads to, in the one year of ``config``."""
    year = max(config.years)
    is_wanted = money.returns["year"] == year
    if not by_rule:
        is_wanted &= money.returns["item"] == config.scopes.tax
    standing = money.standing.latest(year)
    allocated, _ = allocated_by(shares, money.returns[is_wanted], standing, land, config)
    parcel_year = parcel_years(allocated, land, config)
    zones = _ranked(zone_years(land, replace(money, parcel_year=parcel_year), config), land)
    classes = _classes(parcel_year, judged, config) if by_rule else None
    return _flagged(zones, _tax_of(judged.parcels, parcel_year), judged, classes)


def _tax_of(parcels: pd.DataFrame, parcel_year: pd.DataFrame) -> pd.Series:
    return look_up(parcels["parcel_id"], parcel_year.set_index("parcel_id")["tax_cny"])


def _flagged(zones: pd.DataFrame, tax: pd.Series, judged: Judged, classes: pd.Series | None) -> _Outcome:
    """Flags by class where there is one, else by tax per mu below that of the parcel's zone."""
    if classes is not None:
        flagged = classes != "none"
    else:
        mean = look_up(judged.parcels["zone_id"], zones.set_index("zone_id")["tax_cny_per_mu"])
        flagged = (per_mu(tax, judged.parcels["basis_area_m2"]) < mean).astype(bool)
    return _Outcome(zones, pd.DataFrame({"tax_cny": tax, "is_flagged": flagged}))


def _beside(made: _Outcome, declared: _Outcome) -> pd.DataFrame:
    """Zones of a policy, their distance from the declared one, and the counts on the row of the city."""
    rows = made.zones.copy()  # the same zones in the same order under every policy
    rows["difference_cny_per_mu"] = rows["tax_cny_per_mu"] - declared.zones["tax_cny_per_mu"]
    rows["rank_change"] = rows["rank"] - declared.zones["rank"]
    moved = rows["rank_change"].abs()
    is_city = rows["zone_id"] == CITY
    counts = {
        "max_rank_change": moved.max() if moved.notna().any() else 0,
        "n_zones_moved": int((moved > 0).sum()),
        "n_parcels_changed": _n_changed(made.parcels["tax_cny"], declared.parcels["tax_cny"]),
        "n_flags_changed": int((made.parcels["is_flagged"] != declared.parcels["is_flagged"]).sum()),
    }
    for column, value in counts.items():
        rows[column] = pd.Series(value, index=rows.index, dtype="Int64").where(is_city)
    return rows


def _ranked(zones: pd.DataFrame, land: Land) -> pd.DataFrame:
    """Tax per mu and rank of each zone, and of all top-level zones together."""
    depth = look_up(zones["zone_id"], land.zones.set_index("zone_id")["depth"])
    rank = zones.groupby(depth)["tax_cny_per_mu"].rank(method="min", ascending=False)
    zones = zones.assign(rank=rank.astype("Int64"))
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
    frame = with_indicators("parcel", frame, {"as_of": config.as_of, **config.life})
    verdicts = evaluate_all(judged.rules.rules.values(), frame, config.as_of)
    by_category = category_verdicts(verdicts.values(), frame.index)
    frame = frame.assign(**{str(name): by_category[name] for name in by_category})
    return inventory_class(frame, config.as_of)
