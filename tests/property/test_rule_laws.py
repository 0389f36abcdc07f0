"""Laws of the rules that ship, over facts of every kind and every blank."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.core.columns import COLUMNS, DTYPES
from landeff.standards import kleene
from landeff.standards.catalogue import built_in_rules
from landeff.standards.condition import Comparison, Condition, Group, comparisons
from landeff.standards.evaluate import CLEAR, HIT, NOT_APPLICABLE, Facts, evaluate, evaluate_all
from landeff.standards.rules import Rule

AS_OF = dt.date(2024, 12, 31)
RULES = [rule.with_parameters(dict.fromkeys(rule.empty, 0.5)) for rule in built_in_rules().values()]
READ = sorted({name for rule in RULES for name in rule.columns})
WORDS = ["industrial", "public", "water", "A", "C", "D"]


def _cell(name: str) -> st.SearchStrategy[Any]:
    kind = COLUMNS[name].kind
    if kind == "boolean":
        values: st.SearchStrategy[Any] = st.booleans()
    elif kind == "date":
        values = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31))
    elif kind in ("text", "code"):
        values = st.sampled_from(WORDS)
    elif kind == "integer":
        values = st.sampled_from([-400, -1, 0, 1, 30, 90, 91, 365, 366])
    else:
        values = st.sampled_from([0.0, 0.2, 0.25, 0.3, 0.5, 0.6, 1.0, 2.0, 100.0, 1000.5])
    return st.none() | values


rows = st.fixed_dictionaries({name: _cell(name) for name in READ})


def frame_of(*facts: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(list(facts), columns=READ)
    return frame.astype({name: DTYPES[COLUMNS[name].kind] for name in READ})


def test_no_rule_that_ships_tests_for_null() -> None:
    """So the next law holds for all of them; to_check, which only words an open verdict, may."""
    assert not [rule.id for rule in RULES for leaf in comparisons(rule.condition) if leaf.op == "is_null"]


@settings(deadline=None, max_examples=25)
@given(rows, rows)
def test_filling_blanks_never_turns_a_hit_into_clear_or_back(
    row: dict[str, Any], other: dict[str, Any]
) -> None:
    filled = {name: other[name] if value is None else value for name, value in row.items()}
    codes = evaluate_all(RULES, frame_of(row, filled), AS_OF).codes
    before, after = codes
    assert (after[before == HIT] == HIT).all()
    # what was clear may turn out to be no matter of the rule at all, never a hit
    assert np.isin(after[before == CLEAR], [CLEAR, NOT_APPLICABLE]).all()
    assert (after[before == NOT_APPLICABLE] == NOT_APPLICABLE).all()


def raised(rule: Rule, step: float) -> Rule:
    """The rule with every threshold of a ``less than`` that stands in no ``not`` higher by ``step``."""
    own = {leaf.to for leaf in less_than(rule.when) if leaf.to in rule.parameters}
    numbers = {name: rule.parameters[name] + step for name in own}
    return replace(rule.with_parameters(numbers), when=lifted(rule.when, step))


def less_than(condition: Condition) -> list[Comparison]:
    if isinstance(condition, Comparison):
        return [condition] if condition.op in {"<", "<="} else []
    return [leaf for item in condition.items if condition.op != "not" for leaf in less_than(item)]


def lifted(condition: Condition, step: float) -> Condition:
    if isinstance(condition, Group):
        if condition.op == "not":
            return condition
        return Group(condition.op, tuple(lifted(item, step) for item in condition.items))
    is_number = isinstance(condition.value, int | float) and not isinstance(condition.value, bool)
    return (
        replace(condition, value=condition.value + step) if is_number and less_than(condition) else condition
    )


def is_monotone(rule: Rule) -> bool:
    """Whether its raised thresholds stand nowhere else: in no ``greater than``, in nothing it applies to."""
    own = {leaf.to for leaf in less_than(rule.when)}
    others = [leaf for leaf in comparisons(rule.condition) if leaf.op not in {"<", "<="}]
    return bool(less_than(rule.when)) and not own & {leaf.to for leaf in others}


MONOTONE = [rule for rule in RULES if is_monotone(rule)]


@settings(deadline=None, max_examples=25)
@given(st.lists(rows, min_size=1, max_size=4), st.sampled_from([0.001, 0.5, 10.0, 1e6]))
def test_raising_a_less_than_never_removes_a_hit(facts: list[dict[str, Any]], step: float) -> None:
    assert len(MONOTONE) >= 10
    frame = Facts(frame_of(*facts), AS_OF)
    for rule in MONOTONE:
        before, after = evaluate(rule, frame), evaluate(raised(rule, step), frame)
        hits = before.code == HIT
        assert (after.code[hits] == HIT).all(), rule.id


@settings(deadline=None, max_examples=15)
@given(st.lists(rows, min_size=1, max_size=4))
def test_the_matrix_is_the_verdicts_of_each_rule(facts: list[dict[str, Any]]) -> None:
    frame = frame_of(*facts)
    matrix = evaluate_all(RULES, frame, AS_OF)
    assert matrix.codes.dtype == np.int8
    for position, rule in enumerate(RULES):
        alone = evaluate(rule, Facts(frame, AS_OF))
        assert (alone.code == matrix.codes[:, position]).all()
        assert (matrix[rule.id].to_check == alone.to_check).all()
        assert not alone.to_check[alone.code != kleene.UNKNOWN].any()
