"""Every doubt about the data."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.issue_terms import told_issues
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("severity", "text", "程度", "severity"),
    field("code", "text", "问题", "issue"),
    field("table", "text", "数据表", "table"),
    field("key", "code", "主键", "key"),
    field("column", "text", "列", "column"),
    field("value", "text", "值", "value"),
    field("source_file", "text", "文件", "file"),
    field("source_row", "count", "行", "row"),
    field("n", "count", "条数", "number"),
    field("decision", "long", "本次处理", "decided"),
    field("fix", "long", "如何改正", "how to mend"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a doubt, errors first."""
    frame = dataset.frame("issues")
    if frame.empty:
        return None
    return Ledger(_FIELDS, told_issues(frame))


SHEET = Sheet(Term("数据问题", "Issues"), 140, build)
