"""Approved land without supply, batch by batch."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("approval_id", "code"),
    field("zone_id", "code"),
    field("outcome", "text", "进展", "outcome"),
    field("old_area_m2", "mu", "原面积", "area before"),
    field("new_area_m2", "mu", "现面积", "area now"),
    field("change_m2", "mu", "变化", "change"),
)


def build(dataset: Dataset) -> Ledger | None:
    """By batch and zone."""
    frame = dataset.frame("approvals_progress")
    return Ledger(_FIELDS, frame.assign(outcome=titled("outcome", frame["outcome"])))


SHEET = Sheet(Term("批而未供进展", "Unsupplied land"), 30, build)
