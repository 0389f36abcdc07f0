"""The life of parcels, step by step, for every place."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.place_words import place_words
from landeff.publish.report.sections.life import FIELDS
from landeff.publish.terms import paired, titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("kind", "text", "范围类别", "kind of place"),
    *FIELDS,
    field("calendar", "text", "节假日所属年份", "years with holidays"),
)
_WEEKENDS = Term("仅周末", "weekends only")


def build(dataset: Dataset) -> Ledger | None:
    """A row a place and step."""
    frame = dataset.frame("life")
    if frame.empty:
        return None
    told = [_WEEKENDS if years == "weekends" else years for years in frame["calendar"]]
    calendar = pd.Series(told, index=frame.index, dtype=object)
    kind, place = titled("place_kind", frame["place_kind"]), place_words(frame["place_name"])
    return Ledger(_FIELDS, frame.assign(title=paired(frame), kind=kind, place_name=place, calendar=calendar))


SHEET = Sheet(Term("全生命周期", "Life of parcels"), 106, build)
