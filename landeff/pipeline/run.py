"""A run: read, correct, identify, measure, link, judge, add up, reconcile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from landeff.core.dataset import Dataset, Meta
from landeff.link.ledger import matched_share
from landeff.pipeline.compositions import notices_of, title_of
from landeff.pipeline.config import Config
from landeff.pipeline.corrections import correct_inputs, land_answers, move_findings, undecided
from landeff.pipeline.evidence import raster_evidence
from landeff.pipeline.found import Found
from landeff.pipeline.identify import identify_enterprises
from landeff.pipeline.judge import judge
from landeff.pipeline.land import measure_land
from landeff.pipeline.load import load
from landeff.pipeline.load_config import load_config
from landeff.pipeline.money import link_money
from landeff.pipeline.result import Result
from landeff.pipeline.result_tables import result_tables
from landeff.pipeline.scoring import chosen_standards, score_enterprises
from landeff.pipeline.steps import COMPUTING, Progress
from landeff.pipeline.supply_batches import identify_batches


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
    found = find_out(config, progress)
    tables = result_tables(found)
    return Result(Dataset(_meta(config, tables["ledger"]), tables), _manifest(found))


def find_out(config: Config, progress: Progress = lambda step: None) -> Found:
    """Every phase in its order; each knows only what those before it found. Nothing is added up yet."""
    scorecards = chosen_standards(config)
    steps = iter(COMPUTING)
    inputs = load(config, progress)
    correct_inputs(inputs, config)
    identity = identify_enterprises(inputs)
    progress(next(steps).text(config.lang))
    measured = measure_land(inputs, config, land_answers(inputs))
    land, evidence = raster_evidence(measured, inputs, config, progress)
    batches = identify_batches(inputs, land, land_answers(inputs, "approval_supply"))
    progress(next(steps).text(config.lang))
    money = link_money(inputs, land, config)
    progress(next(steps).text(config.lang))
    judged = judge(inputs, land, money, config)
    judged = replace(judged, findings=move_findings(judged.findings, inputs, config))
    scored = score_enterprises(inputs, judged.parcels, money, config, scorecards)
    undecided(inputs)
    progress(next(steps).text(config.lang))
    return Found(config, inputs, identity, land, evidence, batches, money, judged, scored)


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


def _manifest(found: Found) -> dict[str, object]:
    """Hashes of what went in: sources, project, rules and code."""
    plain = {key: value for key, value in found.config.raw.items() if key != "sources"}
    return {
        "landeff": version("landeff"),
        "project": hashlib.sha256(json.dumps(plain, default=str, sort_keys=True).encode()).hexdigest(),
        "inputs": dict(sorted(found.inputs.hashes.items())),
        "rules": {rule.id: rule.version for rule in found.judged.rules.rules.values()},
        "scorecards": dict(found.scored.versions),
    }
