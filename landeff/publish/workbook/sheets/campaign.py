"""Progress of the campaign (专项整治): district by category, found, to be done, done."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("district_code", "code"),
    field("district_name", "text"),
    field("category", "text"),
    field("n", "count", "在册宗数", "parcels listed"),
    field("area_m2", "mu", "在册面积", "area listed"),
    field("target_year", "year", "任务年度", "year of the target"),
    field("target_m2", "mu", "任务", "target"),
    field("deadline_on", "date"),
    field("n_disposed", "count"),
    field("disposed_m2", "mu"),
    field("n_area_unknown", "count"),
    field("done_m2", "mu"),
    field("done_ratio", "percent"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a district and category; the share done is empty where it is not known."""
    frame = dataset.frame("campaign")
    if frame.empty:
        return None
    return Ledger(_FIELDS, frame.assign(category=titled("inventory", frame["category"])))


SHEET = Sheet(Term("专项整治进度", "Campaign"), 66, build)
