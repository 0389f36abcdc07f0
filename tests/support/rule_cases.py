"""The facts of a rule's case as a frame of one row."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES
from landeff.standards.evaluate import Facts
from landeff.standards.rules import Case


def facts_of(case: Case) -> Facts:
    row = pd.DataFrame([dict(case.given)])
    kinds = {name: DTYPES[COLUMNS[name].kind] for name in case.given}
    return Facts(row.astype(kinds), case.as_of)
