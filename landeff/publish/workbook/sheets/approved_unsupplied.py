"""Land approved inside zones that no parcel covers (批而未供)."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import district_names
from landeff.publish.terms import titled
from landeff.publish.workbook.card import with_card
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("remainder_id", "code", "地块编号", "piece"),
    field("approval_id", "code"),
    field("batch_name", "text", "批次名称", "batch"),
    field("document", "text"),
    field("approved_on", "date"),
    field("zone_name", "text"),
    field("district_name", "text"),
    field("land_class_code", "code"),
    field("unsupplied_kind", "text"),
    field("area_m2", "mu", "椭球面积", "ellipsoidal area"),
)

#: Columns of the ledger that its batch tells.
_OF_BATCH = {"batch_name": "name", "document": "document"}


def build(dataset: Dataset) -> Ledger | None:
    """Pieces of unsupplied land, largest first."""
    if "remainders" not in dataset.tables:
        return None
    frame = pd.DataFrame(dataset.frame("remainders"))
    if not frame.empty:
        frame = frame.sort_values(["area_m2", "remainder_id"], ascending=[False, True], kind="stable")
    frame["district_name"] = frame["district_code"].map(district_names(dataset))
    if "unsupplied_kind" in frame.columns:
        frame["unsupplied_kind"] = titled("unsupplied", frame["unsupplied_kind"])
    card = with_card(_with_batch(frame, dataset), dataset, "remainder_id", "approved_unsupplied")
    fields = tuple(each for each in _FIELDS if each.name in card.frame or each.name not in _OF_BATCH)
    return Ledger((*fields, *card.fields), card.frame, card.choices, entry=card.entry)


def _with_batch(frame: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """What the batch of each piece is called and how much of it is open."""
    batches = dataset.frame("approvals")
    if "approval_id" not in batches:
        return frame
    facts = batches.drop_duplicates("approval_id").set_index("approval_id")
    made = {name: frame["approval_id"].map(facts[of]) for name, of in _OF_BATCH.items() if of in facts}
    return frame.assign(**made)


SHEET = Sheet(Term("批而未供", "Approved unsupplied"), 50, build)
