"""Questions of identity that wait for a person: shown where they keep a run below the gate."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.queue import review_queue
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("table", "text", "表", "table"),
    field("left", "text", "原填名称或代码", "as written"),
    field("right_key", "code", "候选代码", "candidate"),
    field("right_name", "text", "候选名称", "name of the candidate"),
    field("score", "percent", "分值", "score"),
    field("n", "count", "候选数", "candidates"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a question with its best candidate; answers go into the workbook of ``landeff review``."""
    queue = review_queue(dataset) if dataset.meta.below_gate else None
    if queue is None or queue.empty:
        return None
    return Ledger(_FIELDS, queue.assign(table=titled("table", queue["left_table"])))


SHEET = Sheet(Term("待人工核对", "Review queue"), 125, build)
