"""Corrections, objections and field checks: an empty form."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.review_words import (
    CORRECTION_HEADERS,
    CORRECTIONS_SHEET,
    KINDS,
    column_titles,
    table_titles,
)
from landeff.publish.fields import Field, Kind
from landeff.publish.workbook.model import Ledger, Sheet

_ROWS = 300
_KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {"key": "code", "reason": "long", "valid_until": "date"}
)
_FIELDS = tuple(Field(name, title, _KINDS.get(name, "text")) for name, title in CORRECTION_HEADERS.items())


def build(dataset: Dataset) -> Ledger:
    """Empty rows with drop-downs: the table, its columns, the kind."""
    names = [each.name for each in _FIELDS]
    tables = table_titles()
    columns = tuple((title, tuple(column_titles(name).values())) for name, title in tables.items())
    return Ledger(
        _FIELDS,
        pd.DataFrame(columns=names),
        choices=(("table", tuple(tables.values())), ("kind", tuple(KINDS.values()))),
        choices_by=(("column", "table", columns),),
        entry=tuple(names),
        spare_rows=_ROWS,
    )


SHEET = Sheet(CORRECTIONS_SHEET, 20, build)
