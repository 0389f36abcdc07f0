"""Corrections and decisions: how many were applied, and each that was not, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.corrections import FIELDS, told_corrections
from landeff.publish.fields import field
from landeff.publish.report.model import Block, Note, Section, Table, rows_of
from landeff.publish.terms import titled

_LISTED = 30
_SHOWN = tuple(
    each for each in FIELDS if each.name not in ("status", "reason", "document", "decided_on", "valid_until")
)


def _counts(frame: pd.DataFrame) -> Table:
    """A row a kind."""
    is_applied = frame["status"] == "applied"
    counted = frame.assign(applied=is_applied.astype("int64"), not_applied=(~is_applied).astype("int64"))
    rows = counted.groupby("kind", sort=True)[["applied", "not_applied"]].sum().reset_index()
    fields = (
        field("kind", "text", "类型", "kind"),
        field("applied", "count", "已采用", "applied"),
        field("not_applied", "count", "未采用", "not applied"),
    )
    caption = Term("更正与核对", "Corrections and decisions")
    return Table(fields, rows_of(rows.assign(kind=titled("correction", rows["kind"])), fields), caption)


def build(dataset: Dataset) -> Sequence[Block]:
    """Counts, then what was not applied and why; nothing where nobody corrected or decided anything."""
    frame = dataset.frame("corrections")
    if frame.empty:
        return []
    blocks: list[Block] = [_counts(frame)]
    lost = frame[frame["status"] == "not_applied"]
    if len(lost):
        rows = told_corrections(lost.head(_LISTED))
        blocks.append(Table(_SHOWN, rows_of(rows, _SHOWN), Term("未采用的，及原因", "Not applied, and why")))
    rest = len(lost) - _LISTED
    more_zh, more_en = (
        (f"另有 {rest} 条未采用，", f"{rest} more were not applied; ") if rest > 0 else ("", "")
    )
    note = Term(
        f"{more_zh}逐条清单在工作簿“更正与核对”表中。",
        f"{more_en}the sheet Corrections of the workbook lists every one.",
    )
    return [*blocks, Note(note)]


SECTION = Section(Term("更正与核对", "Corrections"), 85, build)
