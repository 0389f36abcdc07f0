"""Parcels whose start is overdue by a year and not recorded: to be checked on the spot."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import is_computed, parcels_of
from landeff.publish.workbook.model import REVIEW, REVIEWED, YES_NO_UNSURE, Ledger, Sheet
from landeff.publish.workbook.parcel_fields import CLOCK, FINDING, IDENTITY, SOURCE, SUPPLY, present, shown


def build(dataset: Dataset) -> Ledger | None:
    """Parcels the idle rule cannot settle for want of the start, largest first."""
    if not is_computed(dataset, "idle_to_check"):
        return None
    frame = shown(parcels_of(dataset, "idle_to_check"), dataset)
    fields = (
        *IDENTITY,
        *SUPPLY,
        *CLOCK,
        field("days_overdue", "days", "超过动工期限", "past due"),
        *FINDING,
        *SOURCE,
    )
    return Ledger(
        (*present(fields, frame), *REVIEW), frame, (("review_verdict", YES_NO_UNSURE),), entry=REVIEWED
    )


SHEET = Sheet(Term("待核实", "To be checked"), 30, build)
