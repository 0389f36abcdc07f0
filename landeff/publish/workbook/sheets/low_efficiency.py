"""Parcels suspected of low efficiency."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import is_computed, parcels_of
from landeff.publish.workbook.model import REVIEW, YES_NO_UNSURE, Ledger, Sheet
from landeff.publish.workbook.parcel_fields import HIT, IDENTITY, SOURCE, present, shown


def build(dataset: Dataset) -> Ledger | None:
    """Parcels a low-efficiency rule holds for, largest first."""
    if not is_computed(dataset, "low_efficiency"):
        return None
    frame = shown(parcels_of(dataset, "low_efficiency"), dataset)
    fields = (
        *IDENTITY,
        field("enterprise_names", "text"),
        field("tax_cny", "wan"),
        field("tax_cny_per_mu", "wan_per_mu"),
        field("output_cny_per_mu", "wan_per_mu"),
        *HIT,
        *SOURCE,
    )
    return Ledger((*present(fields, frame), *REVIEW), frame, (("review_verdict", YES_NO_UNSURE),))


SHEET = Sheet(Term("疑似低效", "Low efficiency"), 60, build)
