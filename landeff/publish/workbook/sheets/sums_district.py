"""What is listed in each district (汇总表)."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.workbook.sums import listed_sums


def build(dataset: Dataset) -> Ledger | None:
    """A row a district, land of none, and all."""
    return listed_sums(dataset, "district_code", "district_name", Term("未注明县区", "no district"))


SHEET = Sheet(Term("县区汇总", "By district"), 12, build)
