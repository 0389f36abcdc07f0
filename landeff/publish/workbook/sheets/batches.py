"""Each approval batch by geometry and by ledger, with the difference between the two."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("approval_id", "code"),
    field("name", "text"),
    field("document", "text"),
    field("approved_on", "date"),
    field("approved_area_m2", "mu"),
    field("area_m2", "mu", "图形面积", "as drawn"),
    field("supplied_ledger_m2", "mu"),
    field("unsupplied_ledger_m2", "mu"),
    field("supplied_geometry_m2", "mu"),
    field("unsupplied_geometry_m2", "mu"),
    field("unsupplied_difference_m2", "mu"),
    field("unsupplied_share_ratio", "percent"),
    field("ready_m2", "mu"),
    field("built_no_papers_m2", "mu"),
    field("used_before_supply_m2", "mu"),
    field("not_cleared_m2", "mu"),
    field("to_withdraw_m2", "mu"),
    field("unclear_m2", "mu"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a batch, the most unsupplied first; ``None`` without batches."""
    frame = dataset.frame("approvals")
    if frame.empty:
        return None
    by = ["unsupplied_geometry_m2", "approval_id"]
    return Ledger(_FIELDS, frame.sort_values(by, ascending=[False, True], kind="stable", ignore_index=True))


SHEET = Sheet(Term("批次供地", "Batches"), 52, build)
