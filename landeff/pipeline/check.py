"""Every problem of the inputs, without computing anything."""

from __future__ import annotations

import pandas as pd

from landeff.core.issues import issues_frame
from landeff.pipeline.config import Config
from landeff.pipeline.correction_tables import review_issues
from landeff.pipeline.corrections import correct_inputs, land_answers, undecided
from landeff.pipeline.evidence import raster_evidence
from landeff.pipeline.identify import identify_enterprises
from landeff.pipeline.land import measure_land
from landeff.pipeline.load import load
from landeff.pipeline.scoring import chosen_standards
from landeff.pipeline.steps import Progress
from landeff.pipeline.supply_batches import identify_batches


def check(config: Config, progress: Progress = lambda step: None) -> pd.DataFrame:
    """Read and measure the sources of a project and return what is doubtful about them.

    Returns:
        The ``issues`` table of ``docs/tables.md``.

    Raises:
        ConfigError: a scorecard or table of effects is wrong.
        ProblemsError: structural problems, all of them.
    """
    standards = chosen_standards(config)
    inputs = load(config, progress)
    inputs.issues += standards.scorecards.notes
    correct_inputs(inputs, config)
    identify_enterprises(inputs)
    land, _ = raster_evidence(measure_land(inputs, config, land_answers(inputs)), inputs, config, progress)
    identify_batches(inputs, land, land_answers(inputs, "approval_supply"))
    undecided(inputs)
    return issues_frame([*inputs.issues, *review_issues(inputs)])
