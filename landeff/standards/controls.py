"""Control indicators of industrial projects by industry division, as far as their values were seen."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pandas as pd

from landeff.standards.catalogue import CONTROLS

#: Columns of control values; the first three bind, the others are recommendations.
VALUES = (
    "control_far_min",
    "control_coefficient_min_ratio",
    "control_admin_max_ratio",
    "control_investment_cny_per_mu",
    "control_tax_cny_per_mu",
)


@cache
def control_values() -> pd.DataFrame:
    """What ships: :data:`VALUES` by division of GB/T 4754-2017, NaN where the value was not seen.

    >>> control_values().index[0], len(control_values())
    ('13', 31)
    """
    text = (files("landeff.standards") / "catalogue" / CONTROLS).read_text(encoding="utf-8")
    rows = tomllib.loads(text)["divisions"]
    table = pd.DataFrame.from_dict(rows, orient="index").reindex(columns=list(VALUES)).astype("float64")
    return table.set_index(table.index.astype("str")).sort_index().rename_axis("industry_code")
