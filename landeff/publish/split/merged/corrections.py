"""Corrections of all files, as the next run reads them, with where each was written."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.review_words import CORRECTION_HEADERS, CORRECTIONS_SHEET, KINDS
from landeff.publish.fields import Field, field
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    *(
        Field(name, title, "code" if name == "key" else "date" if name == "valid_until" else "text")
        for name, title in CORRECTION_HEADERS.items()
    ),
    field("from_file", "text", "来自文件", "from file"),
    field("from_sheet", "text", "工作表", "sheet"),
    field("from_row", "count", "行号", "row no."),
)


def build(dataset: Dataset) -> Ledger:
    """A row a cell."""
    rows = dataset.frame("merged_corrections")
    kind = pd.Series([KINDS.get(name, name) for name in rows["kind"]], index=rows.index, dtype=object)
    return Ledger(_FIELDS, rows.assign(kind=kind))


SHEET = Sheet(CORRECTIONS_SHEET, 20, build)
