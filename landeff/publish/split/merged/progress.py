"""How far each file is filled in."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("file", "text", "文件", "file"),
    field("n_sent", "count", "发出行数", "rows sent"),
    field("n_filled", "count", "已填行数", "rows filled"),
    field("n_untouched", "count", "未填行数", "rows untouched"),
    field("n_deleted", "count", "被删行数", "rows deleted"),
    field("n_added", "count", "增加行数", "rows added"),
    field("filled_ratio", "percent", "填报率", "filled"),
    field("n_answered", "count", "存疑对应答复", "matches answered"),
    field("n_corrections", "count", "更正条数", "corrections"),
    field("n_problems", "count", "未采用条数", "not taken"),
)
_ALL = Term("合计", "all")


def build(dataset: Dataset) -> Ledger:
    """A row a file, then all."""
    rows = dataset.frame("merged_progress")
    total = pd.DataFrame([{"file": _ALL, **rows.drop(columns="file").sum().to_dict()}])
    told = pd.concat([rows.astype("object"), total.astype("object")], ignore_index=True)
    sent = told["n_sent"].astype("float64")
    return Ledger(
        _FIELDS, told.assign(filled_ratio=told["n_filled"].astype("float64") / sent.where(sent > 0))
    )


SHEET = Sheet(Term("进度", "Progress"), 0, build)
