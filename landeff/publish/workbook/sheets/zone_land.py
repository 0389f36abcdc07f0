"""The land table of every zone: each code, its value or bounds, source, and what is missing."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.place_words import place_words
from landeff.publish.terms import paired, titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("zone_id", "code"),
    field("zone_name", "text", "园区", "zone"),
    field("title", "text", "项目", "term"),
    field("value", "amount", "数值", "value"),
    field("low", "amount", "不低于", "at least"),
    field("high", "amount", "不高于", "at most"),
    field("shown_unit", "text", "单位", "unit"),
    field("from", "text", "来源", "from"),
    field("missing", "long", "缺", "missing"),
)
_HA = 10_000.0
_UNITS = {"m²": Term("公顷", "ha"), "元": Term("万元", "10k CNY"), "人": Term("人", "persons")}


def build(dataset: Dataset) -> Ledger | None:
    """Land in hectares, as the statistics have it; money in 万元."""
    frame = dataset.frame("zone_land")
    if frame.empty:
        return None
    per = frame["unit"].map(dict.fromkeys(("m²", "元"), _HA)).fillna(1.0)
    units = [_UNITS.get(str(unit), unit) for unit in frame["unit"]]
    made = {column: frame[column] / per for column in ("value", "low", "high")}
    source = titled("basis", frame["basis"])
    made |= {"shown_unit": pd.Series(units, index=frame.index, dtype=object), "from": source}
    place = place_words(frame["zone_name"])
    return Ledger(_FIELDS, pd.DataFrame(frame.assign(title=paired(frame), zone_name=place, **made)))


SHEET = Sheet(Term("园区土地表", "Land table of zones"), 103, build)
