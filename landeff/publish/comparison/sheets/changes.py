"""Parcels whose state changed, whose code vanished, or that appeared."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("zone_id", "code"),
    field("parcel_id", "code"),
    field("change", "text", "变化", "change"),
    field("old_state", "text", "原状态", "state before"),
    field("new_state", "text", "现状态", "state now"),
    field("old_area_m2", "mu", "原面积", "area before"),
    field("new_area_m2", "mu", "现面积", "area now"),
)


def build(dataset: Dataset) -> Ledger | None:
    """By zone and parcel."""
    frame = dataset.frame("parcel_changes")
    named = {
        "change": titled("change", frame["change"]),
        "old_state": titled("state", frame["old_state"]),
        "new_state": titled("state", frame["new_state"]),
    }
    return Ledger(_FIELDS, frame.assign(**named))


SHEET = Sheet(Term("宗地变化", "Parcels changed"), 40, build)
