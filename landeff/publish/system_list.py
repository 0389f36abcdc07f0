"""The ministry system's list against the run's own: how many in each class, and every row."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.publish.fields import field
from landeff.publish.terms import paired

FIELDS = (
    field("title", "text", "比较结果", "compared"),
    field("listed_code", "code", "清单编号", "code on the list"),
    field("category", "text", "清单类别", "category on the list"),
    field("listed_area_m2", "mu", "清单面积", "area listed"),
    field("listed_on", "date"),
    field("parcel_ids", "code", "宗地代码", "parcel"),
    field("holder", "text"),
    field("zone_name", "text"),
    field("area_m2", "mu", "宗地面积", "area of the parcel"),
    field("reason", "long", "依据", "because"),
)
MORE = (
    field("supply_id", "code"),
    field("district_name", "text"),
    field("rule_id", "text"),
    field("source_file", "text", "清单文件", "file of the list"),
    field("source_row", "count", "行号", "row"),
)
#: Classes as they are shown, the ones to act on first.
ORDER = (
    *("both", "only_ours", "clear", "to_check", "missing_facts", "not_applicable", "no_parcel"),
    *("not_found", "no_code", "repeated", "other_category"),
)


def told_rows(dataset: Dataset) -> pd.DataFrame:
    """``system_difference`` with its words; empty where no list was given."""
    frame = dataset.frame("system_difference")
    if frame.empty:
        return frame
    reason = frame[["reason_zh", "reason_en"]].fillna("").set_axis(["title_zh", "title_en"], axis=1)
    return frame.assign(title=paired(frame), reason=paired(reason))


def counts(dataset: Dataset) -> pd.DataFrame:
    """Rows, land listed and land of the parcels of each class, in the order of the table of a run.

    Columns ``entry``, ``title``, ``n``, ``listed_area_m2`` and ``area_m2`` (missing where none is known).
    """
    rows = told_rows(dataset)
    if rows.empty:
        return rows
    sums = rows.groupby("entry", sort=True).agg(
        title=("title", "first"),
        n=("entry", "size"),
        listed_area_m2=("listed_area_m2", lambda values: values.sum(min_count=1)),
        area_m2=("area_m2", lambda values: values.sum(min_count=1)),
    )
    order = [name for name in ORDER if name in sums.index]
    return sums.loc[order].reset_index()
