"""Why each finding says what it says: its conditions with values and sources, and what would settle it."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.explanation import Explanation, explanation, told
from landeff.core.text import Lang, Term
from landeff.publish.fields import field
from landeff.publish.rule_titles import rule_titled
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("parcel_id", "code"),
    field("rule", "text", "规则", "rule"),
    field("verdict", "text", "判定", "verdict"),
    field("why", "long", "判定过程", "how it came about"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a finding that holds or that a look at the place would settle; ``None`` without rules kept.

    Those that lack facts are left out: the list of missing facts says what they need.
    """
    findings, rules = dataset.frame("findings"), dataset.frame("rules")
    if findings.empty or rules.empty:
        return None
    shown = findings["verdict"].isin(["hit"]) | (findings["reason"] == "to_check")
    frame = findings[shown & findings["rule_id"].isin(rules["rule_id"])].copy()
    kept = {str(rule["rule_id"]): {str(k): v for k, v in rule.items()} for rule in rules.to_dict("records")}
    rows = [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]
    frame["why"] = pd.Series(
        [_why(kept[row["rule_id"]], row) for row in rows], index=frame.index, dtype=object
    )
    frame["rule"] = rule_titled(dataset, frame["rule_id"])
    frame["verdict"] = titled("verdict", frame["verdict"])
    return Ledger(_FIELDS, frame)


def _why(rule: dict[str, object], finding: dict[str, object]) -> Term:
    why = explanation(rule, finding)
    return Term(_text(why, "zh"), _text(why, "en"))


def _text(why: Explanation, lang: Lang) -> str:
    return "\n".join(f"{'  ' * depth}{line}" for depth, line in told(why, lang))


SHEET = Sheet(Term("判定说明", "Findings explained"), 65, build)
