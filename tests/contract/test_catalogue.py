"""Every rule that ships is run on its own cases, and has enough of them."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from landeff.core.columns import COLUMNS
from landeff.standards.balance import scheme, states
from landeff.standards.catalogue import built_in_rules
from landeff.standards.condition import comparisons
from landeff.standards.evaluate import LABELS, Facts, evaluate
from landeff.standards.rules import Case, Rule

RULES = list(built_in_rules().values())
CASES = [(rule, case) for rule in RULES for case in rule.cases]
DTYPES = {"date": "datetime64[s]", "boolean": "boolean", "number": "float64", "integer": "Int64"}


def facts_of(case: Case) -> Facts:
    row = pd.DataFrame([dict(case.given)])
    kinds = {name: DTYPES.get(COLUMNS[name].kind, "str") for name in case.given}
    return Facts(row.astype(kinds), case.as_of)


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{r.id}: {c.name}" for r, c in CASES])
def test_case(rule: Rule, case: Case) -> None:
    found = evaluate(rule, facts_of(case))
    assert LABELS[int(found.code[0])] == case.expect
    if case.expect == "unknown":
        assert found.reasons().iloc[0] == case.reason


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_there_are_enough_cases(rule: Rule) -> None:
    expected = Counter(case.expect for case in rule.cases)
    assert {"hit", "clear", "unknown"} <= set(expected)
    if rule.applies is not None:
        assert expected["not_applicable"] or "land_use_class" in rule.columns
    sides: dict[str, list[Case]] = {}
    for case in rule.cases:
        if case.boundary:
            sides.setdefault(case.boundary, []).append(case)
    assert sides, "no boundary"
    on: Counter[str] = Counter()
    for name, pair in sides.items():
        assert len(pair) == 2, name
        differing = [
            column
            for column in {*pair[0].given, *pair[1].given}
            if pair[0].given.get(column) != pair[1].given.get(column)
        ]
        assert len(differing) == 1, name
        assert {case.expect for case in pair} == {"hit", "clear"}, name
        on[differing[0]] += 1
    ordered = Counter[str]()
    for leaf in comparisons(rule.when):
        if leaf.op in {"<", "<=", ">", ">=", "older_than", "between"}:
            ordered[leaf.column] += 2 if leaf.op == "between" else 1
    assert all(on[column] >= n for column, n in ordered.items()), "a threshold without its two sides"


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_rule_says_where_it_comes_from(rule: Rule) -> None:
    assert all(basis.document and basis.number for basis in rule.basis)
    assert rule.title.zh
    assert rule.title.en
    assert rule.advice.zh
    assert rule.jurisdiction
    assert rule.columns <= set(COLUMNS)


def test_balance_lists_name_states_that_exist() -> None:
    plan = scheme()
    assert {entry.name for entry in (*plan.parcels, *plan.remainder)} <= set(states())
    assert [entry.name for entry in plan.inventory] == [
        "idle",
        "idle_to_check",
        "due_soon",
        "low_efficiency",
        "missing_facts",
    ]
