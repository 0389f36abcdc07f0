"""The life of parcels: how long from contract to production, and what is overdue."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.place_words import place_words
from landeff.publish.report.model import Block, Note, Section, Table, rows_of
from landeff.publish.terms import paired

FIELDS = (
    field("place_name", "text", "范围", "place"),
    field("title", "text", "环节", "step"),
    field("n", "count", "供地记录", "supply records"),
    field("n_known", "count", "天数已知", "length known"),
    field("median_days", "days", "中位数", "median"),
    field("n_overdue", "count", "逾期", "overdue"),
    field("n_in_time", "count", "未逾期", "in time"),
    field("n_overdue_unknown", "count", "是否逾期不明", "not known"),
    field("overdue_area_m2", "mu", "逾期面积", "area overdue"),
)
_BLANK = Term(
    "日期空白视为不明，不视为未发生；约定日期已过而实际日期空白的，列入“不明”。一条供地记录在一个范围内只计一次。",
    "A blank date is unknown, never a step that did not happen: past the agreed date with no actual date is "
    "counted as not known. A supply record counts once in a place.",
)
_WORKBOOK = Term("各园区的逐环节数字在工作簿中。", "The workbook lists every step of each zone.")
_WEEKENDS = Term(
    "工作日仅扣除周末：项目未给出法定节假日和调休安排（[life] calendar）。",
    "Working days leave out weekends only: no public holidays were given ([life] calendar).",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """All places, then districts where anything is known of a step; zones are in the workbook."""
    frame = dataset.frame("life")
    if frame.empty or not frame["n"].sum():
        return []
    frame = frame.assign(title=paired(frame))
    is_told = frame[["n_known", "n_overdue", "n_in_time"]].sum(axis="columns") > 0
    districts = frame[(frame["place_kind"] == "district") & is_told]
    blocks: list[Block] = [
        _table(frame[frame["place_kind"] == "city"], Term("全部园区", "All zones")),
        _table(districts, Term("各县区有资料的环节", "Districts, steps of which anything is known")),
        Note(_BLANK),
        Note(_WORKBOOK),
    ]
    return [*blocks, Note(_WEEKENDS)] if set(frame["calendar"]) == {"weekends"} else blocks


def _table(rows: pd.DataFrame, caption: Term) -> Table:
    shown = rows.assign(place_name=_first_only(rows))
    return Table(FIELDS, rows_of(shown, FIELDS), caption)


def _first_only(rows: pd.DataFrame) -> pd.Series:
    """Name of the place on its first line alone."""
    again = rows.duplicated(["place_kind", "place"])
    return place_words(rows["place_name"].where(~again, ""))


SECTION = Section(Term("宗地全生命周期", "Life of the parcels"), 64, build)
