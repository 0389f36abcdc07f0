"""A run: read, measure, link, judge, add up, reconcile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset, Meta
from landeff.core.issues import issues_frame
from landeff.link.ledger import ENTRIES, check_balance, ledger_frame, matched_share
from landeff.link.links import all_links
from landeff.pipeline.assemble import (
    area_entries,
    gap_states,
    inventory_table,
    remainders_table,
    zone_years,
    zones_table,
)
from landeff.pipeline.balance import balance_pieces, balance_table, place_tables
from landeff.pipeline.compositions import compositions_table, notices_of, title_of
from landeff.pipeline.config import Config
from landeff.pipeline.correction_tables import corrections_table, review_issues
from landeff.pipeline.corrections import correct_inputs, land_answers, move_findings, undecided
from landeff.pipeline.disposal import disposal
from landeff.pipeline.evidence import raster_evidence
from landeff.pipeline.identify import identify_enterprises
from landeff.pipeline.judge import Judged, judge
from landeff.pipeline.land import Land, measure_land
from landeff.pipeline.life import life_table
from landeff.pipeline.load import Inputs, load
from landeff.pipeline.load_config import load_config
from landeff.pipeline.mentions import mentions_table
from landeff.pipeline.money import Money, link_money, scopes_table
from landeff.pipeline.result import Result
from landeff.pipeline.scoring import Scoring, chosen_standards, score_enterprises
from landeff.pipeline.sensitivity import sensitivity
from landeff.pipeline.steps import COMPUTING, Progress
from landeff.pipeline.supply_batches import identify_batches
from landeff.pipeline.supply_ledger import supply_entries
from landeff.pipeline.supply_records import supply_table
from landeff.pipeline.unsupplied import approvals_table, supply_rates, with_kinds
from landeff.pipeline.verdicts import batch_verdicts, verdicts_table
from landeff.pipeline.zone_ratios import zone_ratio_tables
from landeff.sources.columns.summed import all_summed
from landeff.standards.kept import rules_table


def run(config: Config | str | Path | Mapping[str, Any], *, progress: Progress = lambda step: None) -> Result:
    """Run a project and return its result; nothing is written.

    Args:
        config: a project file, a mapping laid out like one (sources may carry ``data``, a DataFrame, in
            place of ``path``), or a loaded :class:`Config`.
        progress: called with the name of each step.

    Raises:
        ConfigError: the project file is wrong.
        ProblemsError: a source cannot be used at all; all problems are listed.
        ConservationError: the ledger does not balance, which is a bug.
    """
    if not isinstance(config, Config):
        config = load_config(config)
    scorecards = chosen_standards(config)
    steps = iter(COMPUTING)
    inputs = load(config, progress)
    correct_inputs(inputs, config)
    identity = identify_enterprises(inputs)
    progress(next(steps).text(config.lang))
    land, evidence = raster_evidence(
        measure_land(inputs, config, land_answers(inputs)), inputs, config, progress
    )
    batches = identify_batches(inputs, land, land_answers(inputs, "approval_supply"))
    progress(next(steps).text(config.lang))
    money = link_money(inputs, land, config)
    progress(next(steps).text(config.lang))
    judged = judge(inputs, land, money, config)
    judged = replace(judged, findings=move_findings(judged.findings, inputs, config))
    scored = score_enterprises(inputs, judged.parcels, money, config, scorecards)
    undecided(inputs)
    progress(next(steps).text(config.lang))
    by_year = zone_years(land, money, config)
    gaps = gap_states(land, inputs)
    pieces = balance_pieces(land, judged, gaps)
    balance = balance_table(pieces, land, {rule.id: rule.title for rule in judged.rules.rules.values()})
    remainders = with_kinds(remainders_table(land, inputs, gaps), inputs, land)
    inventory = inventory_table(judged, remainders, inputs)
    disposed = disposal(inputs, land, judged, remainders, inventory, config)
    entries = [
        *disposed.entries,
        *area_entries(inputs, land, balance, config),
        *supply_entries(inputs, land.supply.pairs, config),
    ]
    ledger = ledger_frame([*money.entries, *entries])
    check_balance(ledger)
    links = all_links([identity.links, land.supply.links, batches.links])
    tables = {
        "zones": zones_table(land, judged, by_year, config),
        "zone_year": by_year,
        "zone_scopes": scopes_table(config, money, land),
        "parcels": judged.parcels,
        "parcel_raster": evidence,
        "audit": land.audit,
        "parcel_zone": land.parcel_zone,
        "parcel_plan": land.overlays.parcel_plan,
        "parcel_building": land.overlays.parcel_building,
        "parcel_approval": land.overlays.parcel_approval,
        "supply": supply_table(inputs),
        "parcel_supply": land.supply.pairs,
        "approval_supply": batches.pairs,
        "zone_overlaps": land.zone_overlaps,
        "remainders": remainders,
        "inventory": inventory,
        **disposed.tables,
        "balance": balance,
        "balance_pieces": pieces,
        **place_tables(pieces, land.zones),
        "life": life_table(judged.parcels, config.life),
        **zone_ratio_tables(land, judged, money, inputs, config, gaps),
        "ledger": ledger,
        "sensitivity": sensitivity(land, money, judged, config),
        "compositions": compositions_table(config),
        "links": links,
        "mentions": mentions_table(links, inputs, land.parcels, config),
        "corrections": corrections_table(inputs),
        **scored.tables,
        **_records(inputs, money, judged),
        **_standards(inputs, land, judged, batches.pairs, remainders, config),
    }
    dataset = Dataset(_meta(config, ledger), {name: tables[name] for name in sorted(tables)})
    return Result(dataset, _manifest(config, inputs, judged, scored))


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


def _meta(config: Config, ledger: pd.DataFrame) -> Meta:
    share = matched_share(ledger, config.scopes.tax)
    return Meta(
        name=config.name,
        as_of=config.as_of,
        years=config.years,
        crs=config.crs,
        scopes=config.scopes,
        currency=config.currency,
        jurisdiction=config.jurisdiction,
        allocation=config.allocation,
        synthetic=config.synthetic,
        min_matched_share=config.min_matched_share,
        matched_share=share,
        below_gate=share is not None and share < config.min_matched_share,
        notices=notices_of(config),
        tax_title=title_of(config.scopes.tax, config),
        map_review_no=config.map_review_no,
        tiles=config.tiles,
        lang=config.lang,
    )


def _manifest(config: Config, inputs: Inputs, judged: Judged, scored: Scoring) -> dict[str, object]:
    """Hashes of what went in: sources, project, rules and code."""
    plain = {key: value for key, value in config.raw.items() if key != "sources"}
    rules = {rule.id: rule.version for rule in judged.rules.rules.values()}
    return {
        "landeff": version("landeff"),
        "project": hashlib.sha256(json.dumps(plain, default=str, sort_keys=True).encode()).hexdigest(),
        "inputs": dict(sorted(inputs.hashes.items())),
        "rules": rules,
        "scorecards": dict(scored.versions),
    }
