"""Parcels that turn one year overdue within a year, the nearest first."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import is_computed, parcels_of
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.workbook.parcel_fields import CLOCK, IDENTITY, SOURCE, SUPPLY, present, shown


def build(dataset: Dataset) -> Ledger | None:
    """Parcels not started whose year ends soon."""
    if not is_computed(dataset, "due_soon"):
        return None
    frame = shown(parcels_of(dataset, "due_soon"), dataset)
    frame = frame.sort_values(["days_to_idle", "parcel_id"], kind="stable")
    fields = (
        *IDENTITY,
        *SUPPLY,
        *CLOCK,
        field("days_to_start_due", "days"),
        field("days_to_idle", "days"),
        *SOURCE,
    )
    return Ledger(present(fields, frame), frame)


SHEET = Sheet(Term("一年内到期", "Due within a year"), 40, build)
