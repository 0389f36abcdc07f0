"""Parcels on which two candidate standards differ."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.terms import titled
from landeff.publish.thresholds.sections.candidates import PARCELS
from landeff.publish.workbook.model import Ledger, Sheet


def build(dataset: Dataset) -> Ledger | None:
    """Left out where no candidates were named."""
    if dataset.frame("candidates").empty:
        return None
    frame = dataset.frame("differences")
    named = {name: titled("candidate", frame[name]) for name in ("first", "second")}
    return Ledger(PARCELS, frame.assign(**named))


SHEET = Sheet(Term("候选标准差异", "Differences"), 20, build)
