"""What was not taken, cell by cell, with what to do about it."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.split_words import PROBLEMS
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("file", "text", "来自文件", "from file"),
    field("sheet", "text", "工作表", "sheet"),
    field("source_row", "count", "行号", "row no."),
    field("key", "code", "行标识", "row"),
    field("column", "text", "列", "cell"),
    field("value", "text", "填报", "written"),
    field("seen", "text", "发出时的值", "value when sent"),
    field("now", "text", "现值", "value now"),
    field("why", "long", "问题", "problem"),
    field("fix", "long", "怎么办", "what to do"),
)


def build(dataset: Dataset) -> Ledger:
    """A row a cell, row or file."""
    rows = dataset.frame("merged_conflicts")
    words = [PROBLEMS[name] for name in rows["problem"]]
    told = rows.assign(
        why=pd.Series([why for why, _ in words], index=rows.index, dtype=object),
        fix=pd.Series([fix for _, fix in words], index=rows.index, dtype=object),
    )
    return Ledger(_FIELDS, told)


SHEET = Sheet(Term("未采用", "Not taken"), 10, build)
