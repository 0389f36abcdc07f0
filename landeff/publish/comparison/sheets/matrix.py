"""The transition matrix as a list: a row a zone and pair of states."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import paired
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("zone_name", "text", "园区", "zone"),
    field("from_title", "text", "原状态", "from"),
    field("to_title", "text", "现状态", "to"),
    field("n_parcels", "count", "宗数", "parcels"),
    field("area_m2", "mu", "面积", "area"),
    field("is_followed", "yes_no", "按宗地代码", "by parcel code"),
)


def sided(frame: pd.DataFrame, side: str) -> pd.Series:
    """Titles of one side of the matrix."""
    return paired(frame[[f"{side}_zh", f"{side}_en"]].set_axis(["title_zh", "title_en"], axis=1))


def build(dataset: Dataset) -> Ledger | None:
    """All zones together first."""
    frame = dataset.frame("matrix")
    return Ledger(_FIELDS, frame.assign(from_title=sided(frame, "from"), to_title=sided(frame, "to")))


SHEET = Sheet(Term("转移矩阵", "Transition matrix"), 10, build)
