"""Corrections and decisions: applied, or not and why."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.corrections import FIELDS, told_corrections
from landeff.publish.workbook.model import Ledger, Sheet


def build(dataset: Dataset) -> Ledger | None:
    """A row a correction or decision, those not applied first."""
    frame = dataset.frame("corrections")
    if frame.empty:
        return None
    return Ledger(FIELDS, told_corrections(frame))


SHEET = Sheet(Term("更正与核对", "Corrections"), 115, build)
