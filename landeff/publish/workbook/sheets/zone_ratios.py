"""Ratios of the land table with both sides, scopes, bounds and what is missing."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.place_words import place_words
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
            zone_name=place_words(frame["zone_name"]),
            warning=paired(warning),
            shown=_shown(frame, "value"),
            at_least=_shown(frame, "low"),
            at_most=_shown(frame, "high"),
            num_scope=_scope(frame, "num_scope"),
            den_scope=_scope(frame, "den_scope"),
            num_from=titled("basis", frame["num_basis"]),
            den_from=titled("basis", frame["den_basis"]),
        ),
    )


def _scope(frame: pd.DataFrame, column: str) -> pd.Series:
    """What a side counts in both languages; a result that was saved without the English has the Chinese."""
    english = frame.get(f"{column}_en", frame[column])
    both = [Term(str(zh), str(en)) for zh, en in zip(frame[column], english, strict=True)]
    return pd.Series(both, index=frame.index, dtype=object)


def _shown(frame: pd.DataFrame, column: str) -> pd.Series:
    values = [shown(value, unit) for value, unit in zip(frame[column], frame["unit"], strict=True)]
    return pd.Series(values, index=frame.index, dtype=object)


SHEET = Sheet(Term("园区比率", "Zone ratios"), 104, build)
