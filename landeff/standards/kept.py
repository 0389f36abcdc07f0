"""What a run keeps of its rules: enough to explain each verdict again, and to make it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from landeff.standards.condition import Comparison, Condition, known_columns
from landeff.standards.evaluate import CLEAR, HIT, NOT_APPLICABLE, OPEN, Verdicts
from landeff.standards.rules import Rule, parse_rule

_TEXTS = (
    *("rule_id", "title_zh", "title_en", "category", "about", "version", "jurisdiction", "basis"),
    *("advice_zh", "advice_en", "note_zh", "note_en", "parameters", "condition", "text"),
)
_COUNTS = {"n_hit": HIT, "n_clear": CLEAR, "n_unknown": OPEN, "n_not_applicable": NOT_APPLICABLE}


def rules_table(verdicts: Iterable[Verdicts]) -> pd.DataFrame:
    """``rules``: the rules of a run with ground, thresholds and text, and how many rows have each verdict.

    See ``docs/tables.md``. ``condition`` is the shape of the rule, which evidence follows
    (:func:`landeff.core.explanation.explanation`).
    """
    rows = [_row(found) for found in verdicts]
    table = pd.DataFrame(rows, columns=[*_TEXTS, "is_verified", "valid_from", "valid_to", *_COUNTS])
    kinds: dict[str, Any] = {
        **dict.fromkeys(_TEXTS, "str"),
        **dict.fromkeys(_COUNTS, "Int64"),
        "is_verified": "boolean",
        "valid_from": "datetime64[s]",
        "valid_to": "datetime64[s]",
    }
    return table.astype(kinds).sort_values("rule_id", ignore_index=True)


def rule_again(row: Mapping[str, Any], columns: Iterable[str]) -> Rule:
    """The rule of a row of ``rules``, with the thresholds it had.

    Args:
        columns: of the table it is about, since a rule may name the user's own.
    """
    rule = parse_rule(row["text"], row["rule_id"], row["rule_id"], known_columns(list(columns)))
    given = json.loads(row["parameters"])
    dates = {name for name, each in rule.declared.items() if each.family == "date"}
    numbers = {name: value for name, value in given.items() if name not in dates}
    return rule.with_parameters(numbers)


def shape(condition: Condition) -> dict[str, Any]:
    """A condition without its facts: groups, and comparisons as places for evidence."""
    if isinstance(condition, Comparison):
        return {"column": condition.column}
    return {"op": condition.op, "items": [shape(item) for item in condition.items]}


def _row(found: Verdicts) -> dict[str, Any]:
    rule = found.rule
    return {
        "rule_id": rule.id,
        "title_zh": rule.title.zh,
        "title_en": rule.title.en,
        "category": rule.category,
        "about": rule.of,
        "version": rule.version,
        "jurisdiction": rule.jurisdiction,
        "basis": "；".join(basis.text for basis in rule.basis),
        "advice_zh": rule.advice.zh,
        "advice_en": rule.advice.en,
        "note_zh": rule.note.zh,
        "note_en": rule.note.en,
        "parameters": json.dumps(dict(rule.parameters), ensure_ascii=False, default=str, sort_keys=True),
        "condition": json.dumps(shape(rule.condition)),
        "text": rule.text,
        "is_verified": rule.verified,
        "valid_from": pd.Timestamp(rule.valid_from) if rule.valid_from else pd.NaT,
        "valid_to": pd.Timestamp(rule.valid_to) if rule.valid_to else pd.NaT,
        **{name: int(np.count_nonzero(found.code == code)) for name, code in _COUNTS.items()},
    }
