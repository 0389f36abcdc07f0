"""The land table of every zone: each code, its value or bounds, source, and what is missing."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
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


def build(dataset: Dataset) -> Ledger | None:
    """Land in hectares, as the statistics have it; money in 万元."""
    frame = dataset.frame("zone_land")
    if frame.empty:
        return None
    units = {"m²": ("公顷", _HA), "元": ("万元", _HA)}
    per = frame["unit"].map({name: factor for name, (_, factor) in units.items()}).fillna(1.0)
    name = frame["unit"].map({name: unit for name, (unit, _) in units.items()}).fillna(frame["unit"])
    made = {column: frame[column] / per for column in ("value", "low", "high")}
    source = titled("basis", frame["basis"])
    return Ledger(
        _FIELDS, pd.DataFrame(frame.assign(title=paired(frame), shown_unit=name, **made, **{"from": source}))
    )


SHEET = Sheet(Term("园区土地表", "Land table of zones"), 103, build)
