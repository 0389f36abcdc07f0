"""Rows of money that reached no parcel (confidential)."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import paired, titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("source_file", "text", "文件", "file"),
    field("source_row", "count", "行", "row"),
    field("enterprise_id", "code"),
    field("name", "text", "企业", "enterprise"),
    field("year", "year"),
    field("item", "text"),
    field("value", "wan", "金额", "amount"),
    field("title", "text", "原因", "reason"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row of a source a row, with the reason."""
    frame = dataset.frame("unmatched")
    if frame.empty:
        return None
    frame = frame.assign(title=paired(frame), item=titled("item", frame["item"]))
    return Ledger(_FIELDS, frame)


SHEET = Sheet(Term("未匹配", "Unmatched"), 120, build)
