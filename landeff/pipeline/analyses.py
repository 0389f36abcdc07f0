"""Analyses of a finished run: each takes tables that are already made and adds its own."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landeff.pipeline.blocks import block_tables
from landeff.pipeline.config import Config
from landeff.pipeline.decomposition import decomposition_table
from landeff.pipeline.hot_spots import hot_spot_tables
from landeff.pipeline.scenarios import scenarios_table


def analysis_tables(config: Config, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of all analyses, by name."""
    return {
        "decomposition": decomposition_table(tables),
        "scenarios": scenarios_table(tables, config.scenarios, config.scopes),
        **block_tables(tables, config.blocks),
        **hot_spot_tables(tables, config.hot_spots, max(config.years)),
    }
