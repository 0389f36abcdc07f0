"""Land balance sheet: zones by state."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.rule_titles import rule_titles
from landeff.publish.terms import paired, rules_told
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("zone_id", "code"),
    field("zone_name", "text"),
    field("title", "text", "状态", "state"),
    field("rule_id", "text", "归入依据（规则）", "put there by rule"),
    field("reason", "long", "理由", "why"),
    field("n_parcels", "count", "宗数", "parcels"),
    field("n", "count", "图形块数", "pieces"),
    field("area_m2", "mu"),
    field("share_ratio", "percent", "占园区面积", "share of the zone"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a zone and state; the areas of a zone sum to its own."""
    frame = dataset.frame("balance")
    if frame.empty:
        return None
    titles = rule_titles(dataset)
    rules = pd.Series([rules_told(ids, titles) for ids in frame["rule_id"]], index=frame.index, dtype=object)
    frame = frame.assign(title=paired(frame), rule_id=rules)
    if "reason_zh" in frame:
        told = frame[["reason_zh", "reason_en"]].set_axis(["title_zh", "title_en"], axis=1)
        frame = frame.assign(reason=paired(told))
    return Ledger(_FIELDS, frame)


SHEET = Sheet(Term("平衡表", "Balance sheet"), 100, build)
