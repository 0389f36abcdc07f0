"""The pieces of each block: whom to talk to about what."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.blocks.columns import BLOCK_ID
from landeff.publish.fields import field
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    BLOCK_ID,
    field("block_area_m2", "mu", "地块面积", "area of the block"),
    field("parcel_id", "code"),
    field("remainder_id", "code"),
    field("category", "text", "台账类别", "inventory class"),
    field("unsupplied_kind", "text", "未供类型", "why unsupplied"),
    field("area_m2", "mu", "面积", "area"),
    field("holder", "text"),
    field("holder_code", "code"),
    field("zone_id", "code"),
    field("district_code", "code"),
)


def build(dataset: Dataset) -> Ledger | None:
    """Pieces in the order of their blocks, the largest block and the largest piece first."""
    if "block_members" not in dataset.tables:
        return None
    frame = dataset.frame("block_members")
    area = dataset.frame("blocks").set_index("block_id")["area_m2"]
    frame = frame.assign(
        block_area_m2=frame["block_id"].map(area).astype("float64"),
        code=frame["parcel_id"].fillna(frame["remainder_id"]),
    )
    by = ["block_area_m2", "block_id", "area_m2", "code"]
    frame = frame.sort_values(by, ascending=[False, True, False, True], kind="stable", ignore_index=True)
    kinds: pd.Series = titled("unsupplied", frame["unsupplied_kind"])
    return Ledger(
        _FIELDS, frame.assign(category=titled("inventory", frame["category"]), unsupplied_kind=kinds)
    )


SHEET = Sheet(Term("连片地块组成", "Pieces of blocks"), 68, build)
