"""Contiguous blocks of stock land, the largest first."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.blocks.columns import block_fields
from landeff.publish.blocks.words import categories, largest_blocks
from landeff.publish.fields import field
from landeff.publish.workbook.model import Ledger, Sheet


def build(dataset: Dataset) -> Ledger | None:
    """A row a block, with what the least size rests on."""
    if "blocks" not in dataset.tables:
        return None
    frame = largest_blocks(dataset)
    fields = (
        *block_fields(categories(frame)),
        field("is_min_size", "yes_no", "达到最小规模", "reaches the least size"),
        field("min_area_m2", "mu", "最小规模", "least size"),
        field("bridge_m", "count", "连片间距（米）", "gap bridged (m)"),
        field("basis", "long", "最小规模依据", "least size rests on"),
    )
    return Ledger(fields, frame)


SHEET = Sheet(Term("集中连片地块", "Contiguous blocks"), 67, build)
