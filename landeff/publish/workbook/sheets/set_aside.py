"""Rows set aside for a defect, and how to mend each."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.issue_terms import told_issues
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("table", "text", "数据表", "table"),
    field("source_file", "text", "文件", "file"),
    field("source_row", "count", "行", "row"),
    field("key", "code", "主键", "key"),
    field("reason", "text", "原因", "reason"),
    field("column", "text", "列", "column"),
    field("value", "text", "值", "value"),
    field("area_m2", "mu", "面积", "area"),
    field("fix", "long", "如何改正", "how to mend"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row of a source a row."""
    frame = dataset.frame("set_aside")
    if frame.empty:
        return None
    return Ledger(_FIELDS, told_issues(frame))


SHEET = Sheet(Term("搁置", "Set aside"), 130, build)
