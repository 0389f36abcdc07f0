"""The tables of a result, made from what a run found out."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.issues import issues_frame
from landeff.link.ledger import ENTRIES, check_balance, ledger_frame
from landeff.link.links import all_links
from landeff.pipeline.analyses import analysis_tables
from landeff.pipeline.assemble import (
    area_entries,
    gap_states,
    inventory_table,
    remainders_table,
    zone_years,
    zones_table,
)
from landeff.pipeline.balance import balance_pieces, balance_table, place_tables
from landeff.pipeline.compositions import compositions_table
from landeff.pipeline.config import Config
from landeff.pipeline.correction_tables import corrections_table, review_issues
from landeff.pipeline.disposal import disposal
from landeff.pipeline.found import Found
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.life import life_table
from landeff.pipeline.load import Inputs
from landeff.pipeline.mentions import mentions_table
from landeff.pipeline.money import Money, scopes_table
from landeff.pipeline.sensitivity import sensitivity
from landeff.pipeline.supply_ledger import supply_entries
from landeff.pipeline.supply_records import supply_table
from landeff.pipeline.system_list import system_difference
from landeff.pipeline.unsupplied import approvals_table, supply_rates, with_kinds
from landeff.pipeline.verdicts import batch_verdicts, verdicts_table
from landeff.pipeline.zone_ratios import zone_ratio_tables
from landeff.sources.columns.summed import all_summed
from landeff.standards.kept import rules_table


def result_tables(found: Found) -> dict[str, pd.DataFrame]:
    """Every table of ``docs/tables.md``, by name.

    Raises:
        ConservationError: the ledger does not balance, which is a bug.
    """
    config, inputs, land, money, judged = found.config, found.inputs, found.land, found.money, found.judged
    gaps = gap_states(land, inputs)
    pieces = balance_pieces(land, judged, gaps)
    balance = balance_table(pieces, land, {rule.id: rule.title for rule in judged.rules.rules.values()})
    remainders = with_kinds(remainders_table(land, inputs, gaps), inputs, land)
    inventory = inventory_table(judged, remainders, inputs)
    disposed = disposal(inputs, land, judged, remainders, inventory, config)
    entries = [
        *money.entries,
        *disposed.entries,
        *area_entries(inputs, land, balance, config),
        *supply_entries(inputs, land.supply.pairs, config),
    ]
    ledger = ledger_frame(entries)
    check_balance(ledger)
    tables = {
        **_of_land(found),
        **_of_money(found),
        "remainders": remainders,
        "inventory": inventory,
        **disposed.tables,
        "balance": balance,
        "balance_pieces": pieces,
        **place_tables(pieces, land.zones),
        **zone_ratio_tables(land, judged, money, inputs, config, gaps),
        "ledger": ledger,
        **found.scored.tables,
        **_records(inputs, money, judged),
        **_standards(inputs, land, judged, found.batches.pairs, remainders, config),
    }
    tables |= analysis_tables(config, tables)
    return {name: tables[name] for name in sorted(tables)}


def _of_land(found: Found) -> dict[str, pd.DataFrame]:
    """Land, what lies over it, and how it was identified."""
    land = found.land
    links = all_links([found.identity.links, land.supply.links, found.batches.links])
    return {
        "parcels": found.judged.parcels,
        "parcel_raster": found.evidence,
        "audit": land.audit,
        "parcel_zone": land.parcel_zone,
        "parcel_plan": land.overlays.parcel_plan,
        "parcel_building": land.overlays.parcel_building,
        "parcel_approval": land.overlays.parcel_approval,
        "supply": supply_table(found.inputs),
        "parcel_supply": land.supply.pairs,
        "approval_supply": found.batches.pairs,
        "zone_overlaps": land.zone_overlaps,
        "districts": land.districts,
        "system_difference": system_difference(
            found.inputs.table("system_list"),
            found.inputs.table("supply"),
            land.supply.pairs,
            found.judged,
            found.config,
        ),
        "life": life_table(found.judged.parcels, found.config.life),
        "links": links,
        "mentions": mentions_table(links, found.inputs, land.parcels, found.config),
        "corrections": corrections_table(found.inputs),
    }


def _of_money(found: Found) -> dict[str, pd.DataFrame]:
    """Zones with their figures, and what these rest on."""
    config, land, money, judged = found.config, found.land, found.money, found.judged
    by_year = zone_years(land, money, config)
    return {
        "zones": zones_table(land, judged, by_year, config),
        "zone_year": by_year,
        "zone_scopes": scopes_table(config, money, land),
        "sensitivity": sensitivity(land, money, judged, by_year, config),
        "compositions": compositions_table(config),
    }


def _standards(
    inputs: Inputs,
    land: Land,
    judged: Judged,
    batches: pd.DataFrame,
    remainders: gpd.GeoDataFrame,
    config: Config,
) -> dict[str, pd.DataFrame]:
    """The rules with their verdicts: of parcels as a matrix, of batches and pieces as findings."""
    approvals = approvals_table(inputs, land, batches, remainders, config)
    rates = supply_rates(approvals, config)
    others = {
        "approvals": ("approval_id", approvals),
        "remainders": ("remainder_id", remainders.drop(columns="geometry")),
        "supply_rates": ("basis", rates),
    }
    found, rules = batch_verdicts(list(judged.rules.rules.values()), others, config)
    return {
        "rules": pd.concat([rules_table(judged.matrix.values()), rules]).sort_values(
            "rule_id", ignore_index=True
        ),
        "verdicts": verdicts_table(judged.matrix, judged.parcels["parcel_id"]),
        "batch_findings": found,
        "approvals": approvals,
        "supply_rates": rates,
    }


def _records(inputs: Inputs, money: Money, judged: Judged) -> dict[str, pd.DataFrame]:
    """The tables of single records behind the sums."""
    unmatched = money.unmatched.copy()
    titles = [ENTRIES[reason] for reason in unmatched["reason"]]
    unmatched["title_zh"] = pd.Series([title.zh for title in titles], index=unmatched.index, dtype="str")
    unmatched["title_en"] = pd.Series([title.en for title in titles], index=unmatched.index, dtype="str")
    return {
        "parcel_year": money.parcel_year,
        "enterprise_year": money.enterprise_year,
        "shares": money.shares,
        "contributions": money.contributions,
        "summed": all_summed(inputs.summed),
        "unmatched": unmatched,
        "findings": judged.findings,
        "missing_facts": judged.missing_facts,
        "set_aside": _set_aside(inputs),
        "issues": issues_frame([*inputs.issues, *review_issues(inputs)]),
        "benchmarks": inputs.table("benchmarks"),
        "comparison": inputs.comparison,
    }


def _set_aside(inputs: Inputs) -> pd.DataFrame:
    """Every row taken out of the run, whatever its table."""
    place = ["table", "source_file", "source_row", "item"]
    columns = [*place, "key", "reason", "column", "value", "area_m2", "fix"]
    frames = [frame.reindex(columns=columns) for frame in inputs.set_aside if len(frame)]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    text = {name: "str" for name in columns if name not in ("source_row", "area_m2")}
    rows = rows.astype({**text, "source_row": "Int64", "area_m2": "float64"})
    return rows.sort_values([*place, "key"], kind="stable", ignore_index=True)
