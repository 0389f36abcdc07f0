"""A row a threshold."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.thresholds.sections.curve import FIELDS
from landeff.publish.workbook.model import Ledger, Sheet


def build(dataset: Dataset) -> Ledger | None:
    """Ascending."""
    return Ledger(FIELDS, dataset.frame("curve"))


SHEET = Sheet(Term("门槛试算", "Thresholds"), 10, build)
