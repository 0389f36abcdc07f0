"""Land reported as disposed of, under the headers of a ledger of disposals, which the next run can read.

All of a parcel also moves its finding on, by a correction.
"""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.split_words import GROUPS
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("parcel_id", "code"),
    field("category", "text"),
    field("way", "text"),
    field("disposed_area_m2", "mu"),
    field("disposed_on", "date"),
    field("document", "text"),
    field("note", "long"),
    field("is_whole", "yes_no", "是否全部", "all of it"),
    field("signed_by", "text", "签字人", "signed by"),
    field("file", "text", "来自文件", "from file"),
    field("source_row", "count", "行号", "row no."),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a parcel or piece; left out where nothing was disposed of."""
    rows = pd.DataFrame(dataset.frame("merged_disposals"))
    if rows.empty:
        return None
    renamed = {"row_key": "parcel_id", "disposal_way": "way", "ground_document": "document", "ground": "note"}
    rows = rows.rename(columns=renamed).sort_values(["parcel_id", "file"], kind="stable", ignore_index=True)
    others = (GROUPS["others"].zh, GROUPS["others"].en)
    return Ledger(_FIELDS, rows.assign(category=rows["sheet"].where(~rows["sheet"].isin(others))))


SHEET = Sheet(Term("处置登记", "Disposals"), 40, build)
