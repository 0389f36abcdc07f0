"""Suspected idle parcels, with room for the result of the check."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import is_computed, parcels_of
from landeff.publish.workbook.card import with_card
from landeff.publish.workbook.model import REVIEW, REVIEWED, YES_NO_UNSURE, Ledger, Sheet
from landeff.publish.workbook.parcel_fields import CLOCK, HIT, IDENTITY, SOURCE, SUPPLY, present, shown


def build(dataset: Dataset) -> Ledger | None:
    """Parcels the idle rule holds for, largest first."""
    if not is_computed(dataset, "idle"):
        return None
    card = with_card(shown(parcels_of(dataset, "idle"), dataset), dataset, "parcel_id", "idle")
    fields = (
        *IDENTITY,
        *SUPPLY,
        *CLOCK,
        field("days_overdue", "days", "超过动工期限", "past due"),
        field("since_on", "date"),
        field("planned_investment_cny", "wan"),
        field("actual_investment_cny", "wan"),
        field("building_footprint_m2", "m2"),
        field("delay_cause", "text"),
        field("idle_consequence", "text", "测算结果（以认定为准）", "consequence (estimate)"),
        field("idle_fee_estimate_cny", "wan"),
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


SHEET = Sheet(Term("疑似闲置", "Suspected idle"), 20, build)
