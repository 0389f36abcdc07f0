"""What is listed in each top-level zone (汇总表)."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.workbook.sums import listed_sums


def build(dataset: Dataset) -> Ledger | None:
    """A row a zone, land outside, and all."""
    return listed_sums(dataset, "zone_id", "zone_name", Term("园区外", "outside zones"))


SHEET = Sheet(Term("园区汇总", "By zone"), 14, build)
