"""The ministry system's list against the run's own verdicts, row by row."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.system_list import FIELDS, MORE, ORDER, told_rows
from landeff.publish.workbook.model import REVIEW, Ledger, Sheet


def build(dataset: Dataset) -> Ledger | None:
    """Every row of the list and every parcel that only the run lists, by class; columns for who checks."""
    rows = told_rows(dataset)
    if rows.empty:
        return None
    order = {name: place for place, name in enumerate(ORDER)}
    ordered = rows.assign(order=rows["entry"].map(order)).sort_values("order", kind="stable")
    return Ledger((*FIELDS, *MORE, *REVIEW), ordered.drop(columns="order"))


SHEET = Sheet(Term("与部系统清单比较", "Ministry list"), 45, build)
