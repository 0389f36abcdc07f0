"""Every parcel on a list of either run, with what became of it and why."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("parcel_id", "code"),
    field("outcome", "text", "进展", "outcome"),
    field("old_class", "text", "原类别", "class before"),
    field("new_class", "text", "现类别", "class now"),
    field("area_m2", "mu", "面积", "area"),
    field("changed", "long", "变化的事实", "facts that changed"),
    field("verdicts", "long", "判定变化", "verdicts that changed"),
)


def build(dataset: Dataset) -> Ledger | None:
    """By outcome, then by parcel."""
    frame = dataset.frame("progress")
    named = {
        "outcome": titled("outcome", frame["outcome"]),
        "old_class": titled("inventory", frame["old_class"]),
        "new_class": titled("inventory", frame["new_class"]),
    }
    return Ledger(_FIELDS, frame.assign(**named))


SHEET = Sheet(Term("台账进展", "Progress"), 20, build)
