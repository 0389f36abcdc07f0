"""Suspected idle parcels, with room for the result of the check."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import is_computed, parcels_of
from landeff.publish.workbook.model import REVIEW, YES_NO_UNSURE, Ledger, Sheet
from landeff.publish.workbook.parcel_fields import CLOCK, HIT, IDENTITY, SOURCE, SUPPLY, present, shown


def build(dataset: Dataset) -> Ledger | None:
    """Parcels the idle rule holds for, largest first."""
    if not is_computed(dataset, "idle"):
        return None
    frame = shown(parcels_of(dataset, "idle"), dataset)
    fields = (
        *IDENTITY,
        *SUPPLY,
        *CLOCK,
        field("days_overdue", "days", "超过动工期限", "past due"),
        field("since_on", "date"),
        field("delay_cause", "text"),
        field("idle_consequence", "text"),
        field("idle_fee_estimate_cny", "wan"),
        *HIT,
        *SOURCE,
    )
    return Ledger((*present(fields, frame), *REVIEW), frame, (("review_verdict", YES_NO_UNSURE),))


SHEET = Sheet(Term("疑似闲置", "Suspected idle"), 20, build)
