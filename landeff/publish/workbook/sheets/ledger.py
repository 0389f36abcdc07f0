"""Conservation ledger: in + adjusted = out, for every measure and year."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import paired, titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("measure", "text", "项目", "measure"),
    field("year", "year"),
    field("role", "text", "类别", "kind"),
    field("title", "text", "科目", "entry"),
    field("value", "amount", "数额", "amount"),
    field("unit", "text", "单位", "unit"),
    field("n_rows", "count", "行数", "rows"),
    field("source", "text", "来源文件", "file"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row an entry, in the units of the sources: to the cent and to 0.01 m²."""
    frame = dataset.frame("ledger")
    if frame.empty:
        return None
    frame = frame.assign(
        title=paired(frame),
        role=titled("role", frame["role"]),
        measure=titled("item", frame["measure"]),
        unit=titled("unit", frame["unit"]),
    )
    return Ledger(_FIELDS if frame["source"].astype(bool).any() else _FIELDS[:-1], frame)


SHEET = Sheet(Term("收支核对表", "Ledger"), 110, build)
