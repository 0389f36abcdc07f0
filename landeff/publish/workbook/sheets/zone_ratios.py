"""Ratios of the land table with both sides, scopes, bounds and what is missing."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.report.sections.zone_ratios import shown
from landeff.publish.terms import paired, titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("zone_id", "code"),
    field("zone_name", "text", "园区", "zone"),
    field("title", "text", "指标", "ratio"),
    field("shown", "text", "数值", "value"),
    field("at_least", "text", "不低于", "at least"),
    field("at_most", "text", "不高于", "at most"),
    field("missing", "long", "缺", "missing"),
    field("num_scope", "text", "分子口径", "numerator"),
    field("num_from", "text", "分子来源", "numerator from"),
    field("den_scope", "text", "分母口径", "denominator"),
    field("den_from", "text", "分母来源", "denominator from"),
    field("warning", "long", "提示", "note"),
    field("year", "year"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a zone and ratio; all zones together first."""
    frame = dataset.frame("zone_ratios")
    if frame.empty:
        return None
    warning = frame[["warning_zh", "warning_en"]].set_axis(["title_zh", "title_en"], axis=1)
    return Ledger(
        _FIELDS,
        frame.assign(
            title=paired(frame),
            warning=paired(warning),
            shown=_shown(frame, "value"),
            at_least=_shown(frame, "low"),
            at_most=_shown(frame, "high"),
            num_from=titled("basis", frame["num_basis"]),
            den_from=titled("basis", frame["den_basis"]),
        ),
    )


def _shown(frame: pd.DataFrame, column: str) -> pd.Series:
    values = [shown(value, unit) for value, unit in zip(frame[column], frame["unit"], strict=True)]
    return pd.Series(values, index=frame.index, dtype="str")


SHEET = Sheet(Term("园区比率", "Zone ratios"), 104, build)
