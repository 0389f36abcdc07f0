"""Files sent out: what is in each; the last row is all of them, which is all that is listed."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.split_words import GROUPS, SUMMARY_SHEET
from landeff.core.text import Term
from landeff.publish.fields import Field, field
from landeff.publish.workbook.model import Ledger, Sheet

FIELDS = (
    field("file", "text", "文件", "file"),
    field("place", "code", "代码", "code"),
    field("place_name", "text", "县区或园区", "district or zone"),
    *(Field(name, title, "count") for name, title in GROUPS.items()),
    field("n_rows", "count", "合计行数", "rows"),
    field("area_m2", "mu", "合计面积", "area"),
    field("n_questions", "count", "存疑对应", "doubtful matches"),
)
_ALL = Term("合计", "all")


def build(dataset: Dataset) -> Ledger:
    """A row a file, then all."""
    files = dataset.frame("files")
    numbers = [each.name for each in FIELDS if each.is_number]
    total = pd.DataFrame(
        [{"file": _ALL, "place": None, "place_name": None, **files[numbers].sum().to_dict()}]
    )
    return Ledger(FIELDS, pd.concat([files.astype("object"), total.astype("object")], ignore_index=True))


SHEET = Sheet(SUMMARY_SHEET, 0, build)
