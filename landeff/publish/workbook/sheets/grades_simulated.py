"""Simulated grades of enterprises (confidential); official ones beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, is_known
from landeff.publish.score_sheet.model import REASONS
from landeff.publish.workbook.model import Ledger, Sheet

#: Stands beside every grade that landeff computes.
SIMULATED = Term("模拟，非正式等级", "simulated, not a grade")


def build(dataset: Dataset) -> Ledger | None:
    """A row an enterprise, year and scorecard, by group and rank; no sheet where nothing was scored."""
    frame = dataset.frame("grades_simulated")
    if frame.empty:
        return None
    cards = dataset.frame("scorecards")
    titles = cards[cards["kind"] == "card"].set_index("scorecard")
    models = cards[cards["kind"] == "model"].set_index(["scorecard", "model"])
    frame = frame.sort_values(
        ["scorecard", "year", "group", "rank", "enterprise_id"], ascending=[True, False, True, True, True]
    )
    keys = list(zip(frame["scorecard"], frame["model"], strict=True))
    shown = frame.assign(
        card=_terms(titles, frame["scorecard"].tolist(), frame.index),
        model=_terms(models, keys, frame.index),
        reason=pd.Series(
            [REASONS.get(str(code)) for code in frame["reason"]], index=frame.index, dtype=object
        ),
        simulated=pd.Series([SIMULATED] * len(frame), index=frame.index, dtype=object),
    )
    fields = (
        field("enterprise_id", "code"),
        field("name", "text", "企业", "enterprise"),
        field("year", "year"),
        field("card", "text", "评分标准", "scorecard"),
        field("model", "text", "模型", "model"),
        field("group", "text", "排名组", "group"),
        field("total", "amount", "总分", "total"),
        field("adjustment", "amount", "加减分", "bonus and malus"),
        field("rank", "count", "组内名次", "rank"),
        field("n", "count", "组内家数", "in the group"),
        field("grade", "text", "模拟等级", "simulated grade"),
        field("reason", "text", "定档依据", "because"),
        field("distance", "amount", "距上一档（分）", "points to the next grade"),
        field("official_grade", "text", "正式等级", "official grade"),
        field("simulated", "text", "性质", "standing"),
    )
    return Ledger(fields, shown)


def _terms(rows: pd.DataFrame, keys: Sequence[object], index: pd.Index) -> pd.Series:
    pairs = zip(rows["title_zh"], rows["title_en"], strict=True)
    found = {key: Term(str(zh), str(en)) for key, (zh, en) in zip(rows.index, pairs, strict=True)}
    return pd.Series([found.get(key) if is_known(key) else None for key in keys], index=index, dtype=object)


SHEET = Sheet(Term("模拟等级", "Simulated grades"), 95, build)
