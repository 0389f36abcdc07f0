"""Every problem of the inputs and of the standards applied to them, without computing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from landeff.core.columns import item_column
from landeff.core.issues import issues_frame
from landeff.pipeline.config import Config
from landeff.pipeline.correction_tables import review_issues
from landeff.pipeline.corrections import correct_inputs, land_answers, undecided
from landeff.pipeline.evidence import raster_evidence
from landeff.pipeline.identify import identify_enterprises
from landeff.pipeline.land import Land, measure_land
from landeff.pipeline.load import Inputs, load
from landeff.pipeline.scoring import Chosen, chosen_standards
from landeff.pipeline.steps import Progress
from landeff.pipeline.supply_batches import identify_batches
from landeff.standards.catalogue import Selection, select_rules
from landeff.standards.disposal import load_disposal

#: Columns that a run gives the parcels besides those of their layer and of the data dictionary.
_GIVEN = ("supply_source_file", "supply_source_row", "zone_share_ratio")


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A table that was checked: its files, the rows that can be used, and those set aside."""

    name: str
    files: tuple[str, ...]
    n_rows: int
    n_set_aside: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at: tables, ids of standards, names of rasters, the file of ways of disposal."""

    tables: tuple[CheckedTable, ...]
    rules: tuple[str, ...]
    scorecards: tuple[str, ...]
    effects: tuple[str, ...]
    rasters: tuple[str, ...]
    disposal: str


def check(config: Config, progress: Progress = lambda step: None) -> pd.DataFrame:
    """Read and measure the sources of a project and return what is doubtful about them.

    Returns:
        The ``issues`` table of ``docs/tables.md``; ``attrs["checked"]`` is a :class:`Checked`.

    Raises:
        ConfigError: a rule, scorecard, table of effects or list of ways of disposal is wrong.
        ProblemsError: structural problems, all of them.
    """
    *_, issues = checking(config, progress)
    return issues


def checking(config: Config, progress: Progress = lambda step: None) -> Iterator[pd.DataFrame]:
    """The issues known after each phase of a check; the last are those of :func:`check`."""
    standards = chosen_standards(config)
    load_disposal(config.disposal)
    inputs = load(config, progress)
    inputs.issues += standards.scorecards.notes
    yield issues_frame(inputs.issues)
    correct_inputs(inputs, config)
    identify_enterprises(inputs)
    yield issues_frame(inputs.issues)
    land = measure_land(inputs, config, land_answers(inputs))
    yield issues_frame(inputs.issues)
    land, _ = raster_evidence(land, inputs, config, progress)
    rules = rules_of(inputs, land, config)
    inputs.issues += rules.notes
    identify_batches(inputs, land, land_answers(inputs, "approval_supply"))
    undecided(inputs)
    issues = issues_frame([*inputs.issues, *review_issues(inputs)])
    issues.attrs["checked"] = _checked(inputs, config, rules, standards)
    yield issues


def rules_of(inputs: Inputs, land: Land, config: Config) -> Selection:
    """The rules of the project, which may name any column that a run would give the parcels."""
    items = [*inputs.table("returns")["item"].dropna().unique(), *(each.name for each in config.compositions)]
    columns = {*land.parcels.columns, *land.overlays.parcels.columns, *map(item_column, items), *_GIVEN}
    return select_rules(
        config.rules,
        config.as_of,
        config.rules_folder or config.base,
        sorted(map(str, columns - {"geometry"})),
        jurisdiction=config.jurisdiction,
        parameters=config.rule_parameters,
    )


def _checked(inputs: Inputs, config: Config, rules: Selection, standards: Chosen) -> Checked:
    tables = [
        CheckedTable(
            name, tuple(source.name for source in config.of(name)), len(frame), len(inputs.aside(name))
        )
        for name, frame in inputs.tables.items()
    ]
    return Checked(
        tuple(tables),
        tuple(rules.rules),
        tuple(standards.scorecards.cards),
        tuple(each.id for each in standards.effects),
        tuple(entry.name for entry in config.rasters),
        config.disposal.name if config.disposal else "",
    )
