"""Parcels whose works stopped for a year with little built or invested (art. 2, second paragraph)."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import is_computed, parcels_of
from landeff.publish.workbook.card import with_card
from landeff.publish.workbook.model import REVIEW, REVIEWED, YES_NO_UNSURE, Ledger, Sheet
from landeff.publish.workbook.parcel_fields import HIT, IDENTITY, SOURCE, SUPPLY, present, shown


def build(dataset: Dataset) -> Ledger | None:
    """Parcels the rule on suspended works holds for, largest first."""
    if not is_computed(dataset, "idle_suspended"):
        return None
    card = with_card(shown(parcels_of(dataset, "idle_suspended"), dataset), dataset, "parcel_id", "idle")
    fields = (
        *IDENTITY,
        *SUPPLY,
        field("suspended_since_on", "date"),
        field("developed_share_ratio", "percent"),
        field("invested_share_ratio", "percent"),
        field("delay_cause", "text"),
        *HIT,
        *SOURCE,
    )
    choices = (("review_verdict", YES_NO_UNSURE), *card.choices)
    return Ledger(
        (*present(fields, card.frame), *REVIEW, *card.fields),
        card.frame,
        choices,
        entry=(*REVIEWED, *card.entry),
    )


SHEET = Sheet(Term("疑似闲置（中止开发）", "Works suspended"), 25, build)
