"""Facts of each parcel brought together, and what the standards say of them."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from landeff.indicators.run import settling_columns, with_indicators
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import Money, enterprise_names, share_in_zones
from landeff.pipeline.rule_facts import with_rule_facts
from landeff.pipeline.supply_records import with_supply
from landeff.pipeline.verdicts import KEPT, about_parcels, sources_of
from landeff.standards.balance import inventory_class, parcel_state
from landeff.standards.catalogue import Selection, select_rules
from landeff.standards.evaluate import Matrix, evaluate_all
from landeff.standards.findings import category_verdicts, findings, missing_facts


@dataclass(frozen=True, slots=True)
class Judged:
    """Parcels with every fact, indicator and verdict; the findings and missing facts behind them."""

    parcels: gpd.GeoDataFrame
    findings: pd.DataFrame
    missing_facts: pd.DataFrame
    rules: Selection
    matrix: Matrix


def judge(inputs: Inputs, land: Land, money: Money, config: Config) -> Judged:
    """Indicators, rules and states of all parcels at ``config.as_of``."""
    frame = _facts(inputs, land, money, config)
    frame = gpd.GeoDataFrame(with_indicators("parcel", frame, {"as_of": config.as_of, **config.life}))
    extra = [str(name) for name in frame.columns if name != "geometry"]
    rules = select_rules(
        config.rules,
        config.as_of,
        config.rules_folder or config.base,
        extra,
        jurisdiction=config.jurisdiction,
        parameters=config.rule_parameters,
    )
    inputs.issues += rules.notes
    verdicts = evaluate_all(about_parcels(rules.rules), frame, config.as_of)
    by_category = category_verdicts(verdicts.values(), frame.index)
    frame = frame.assign(**{str(name): by_category[name] for name in by_category})
    found = findings(
        frame,
        verdicts.values(),
        config.as_of,
        sources=sources_of(frame),
        settled_by=settling_columns("parcel"),
        keep=KEPT,
        lang=config.lang,
    )
    state = parcel_state(frame, config.as_of)
    frame = frame.assign(
        state=state["state"],
        state_rule_id=state["rule_id"],
        inventory_class=inventory_class(frame, config.as_of),
    )
    area = frame.set_index("parcel_id")["basis_area_m2"]
    return Judged(frame, found, missing_facts(found, area), rules, verdicts)


def _facts(inputs: Inputs, land: Land, money: Money, config: Config) -> gpd.GeoDataFrame:
    parcels = _with_overlays(_with_zone(land.parcels, land), land)
    parcels = _with_money(parcels, inputs, money, config)
    parcels = with_supply(parcels, inputs, land.supply.pairs, config.as_of)
    parcels = _with_grades(parcels, inputs, money, config)
    return with_rule_facts(parcels, inputs, land, money, config)


def _with_zone(parcels: gpd.GeoDataFrame, land: Land) -> gpd.GeoDataFrame:
    """The zone and sub-park that hold most of each parcel, and the district."""
    parts = land.parcel_zone.sort_values(["parcel_id", "area_m2", "zone_id"], ascending=[True, False, True])
    zones = land.zones.set_index("zone_id")
    depth = parts["zone_id"].map(zones["depth"])
    main, sub = (
        parts[depth == level].drop_duplicates("parcel_id").set_index("parcel_id")["zone_id"]
        for level in (0, 1)
    )
    zone_id = look_up(parcels["parcel_id"], main)
    of_zone = look_up(zone_id, column_or_missing(zones, "district_code"))
    district = column_or_missing(parcels, "district_code").fillna(of_zone)
    return parcels.assign(
        zone_id=zone_id,
        zone_name=look_up(zone_id, column_or_missing(zones, "name")),
        sub_zone_id=look_up(parcels["parcel_id"], sub),
        zone_share_ratio=look_up(parcels["parcel_id"], share_in_zones(land)),
        district_code=district,
        district_name=look_up(district, _district_names(land.zones)),
    )


def _with_overlays(parcels: gpd.GeoDataFrame, land: Land) -> gpd.GeoDataFrame:
    """What lies over each parcel; a column of that name in the source gives way."""
    facts = land.overlays.parcels
    return parcels.drop(columns=list(facts), errors="ignore").join(facts, on="parcel_id")


def _district_names(zones: pd.DataFrame) -> pd.Series:
    """Name of each district by code, as the zones give it."""
    named = zones.assign(code=column_or_missing(zones, "district_code"))
    named = named.assign(name=column_or_missing(zones, "district_name")).dropna(subset=["code", "name"])
    return named.drop_duplicates("code").set_index("code")["name"]


def _with_money(parcels: gpd.GeoDataFrame, inputs: Inputs, money: Money, config: Config) -> gpd.GeoDataFrame:
    latest = money.parcel_year[money.parcel_year["year"] == max(config.years)].drop(columns="year")
    out = parcels.merge(
        latest.drop(columns=["n_enterprises", "tax_cny_per_mu"]), on="parcel_id", how="left", validate="1:1"
    )
    here = money.on_their_land(max(config.years))
    names = look_up(here["enterprise_id"], enterprise_names(inputs)).fillna(here["enterprise_id"])
    by_parcel = names.groupby(here["parcel_id"])  # shares are sorted by enterprise
    out["n_enterprises"] = look_up(out["parcel_id"], by_parcel.size().astype("Int64"))
    out["enterprise_names"] = look_up(out["parcel_id"], by_parcel.agg("、".join).astype("str"))
    return out


def _with_grades(parcels: gpd.GeoDataFrame, inputs: Inputs, money: Money, config: Config) -> gpd.GeoDataFrame:
    """Official grade of the latest and the previous year, where all enterprises of a parcel share it."""
    grades, year = inputs.table("grades"), max(config.years)
    here = money.on_their_land(year)[["parcel_id", "enterprise_id"]]
    given = {}
    for name, when in (("grade_latest", year), ("grade_previous", year - 1)):
        of_year = grades[grades["year"] == when].set_index("enterprise_id")["grade"]
        grade = look_up(here["enterprise_id"], of_year).fillna("")
        by_parcel = grade.groupby(here["parcel_id"]).agg(["first", "nunique"])
        shared = by_parcel["first"].where((by_parcel["nunique"] == 1) & (by_parcel["first"] != ""))
        given[name] = look_up(parcels["parcel_id"], shared.astype("str"))
    return parcels.assign(**given)
