"""Answers to doubtful matches of all files, as the next run reads them."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.review_words import ANSWERS, DECISION_HEADERS, QUEUE_SHEET
from landeff.publish.fields import Field, field
from landeff.publish.workbook.model import Ledger, Sheet

_HIDDEN = ("kind", "left_table", "left_key", "right_table", "right_key", "seen")
_FIELDS = (
    *(
        Field(name, DECISION_HEADERS[name], "date" if name == "decided_on" else "text")
        for name in ("left_name", "right_name", "answer", "decided_by", "decided_on", "note")
    ),
    field("file", "text", "来自文件", "from file"),
    field("source_row", "count", "行号", "row no."),
    *(Field(name, DECISION_HEADERS[name], "code") for name in _HIDDEN),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a candidate; left out where nobody answered."""
    rows = dataset.frame("merged_decisions")
    if rows.empty:
        return None
    answer = pd.Series([ANSWERS.get(name, name) for name in rows["answer"]], index=rows.index, dtype=object)
    return Ledger(_FIELDS, rows.assign(answer=answer), hidden=_HIDDEN)


SHEET = Sheet(QUEUE_SHEET, 30, build)
