"""Every rule that ships is run on its own cases, and has enough of them."""

from __future__ import annotations

from collections import Counter

import pytest
from rule_cases import facts_of

from landeff.core.columns import COLUMNS
from landeff.standards.balance import scheme, states
from landeff.standards.catalogue import built_in_rules
from landeff.standards.condition import Condition, columns_of, comparisons
from landeff.standards.evaluate import LABELS, evaluate
from landeff.standards.rules import Case, Rule

RULES = list(built_in_rules().values())
CASES = [(rule, case) for rule in RULES for case in rule.cases]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{r.id}: {c.name}" for r, c in CASES])
def test_case(rule: Rule, case: Case) -> None:
    rule = rule.with_parameters(case.parameters)
    assert rule.empty == ()
    found = evaluate(rule, facts_of(case))
    assert LABELS[int(found.code[0])] == case.expect
    if case.expect == "unknown":
        assert found.reasons().iloc[0] == case.reason


def boundaries(rule: Rule) -> Counter[tuple[str, str]]:
    """How many pairs of cases differ in one column alone, by that column and the verdict beside a hit."""
    sides: dict[str, list[Case]] = {}
    for case in rule.cases:
        if case.boundary:
            sides.setdefault(case.boundary, []).append(case)
    assert sides, "no boundary"
    on: Counter[tuple[str, str]] = Counter()
    for name, pair in sides.items():
        assert len(pair) == 2, name
        one, other = pair
        columns = {*one.given, *other.given}
        differing = [column for column in columns if one.given.get(column) != other.given.get(column)]
        assert len(differing) == 1, name
        assert one.parameters == other.parameters
        verdicts = {one.expect, other.expect}
        assert "hit" in verdicts
        assert len(verdicts) == 2, name
        on[differing[0], (verdicts - {"hit"}).pop()] += 1
    return on


def thresholds(condition: Condition) -> Counter[str]:
    """How many ends the comparisons of each column have."""
    found = Counter[str]()
    for leaf in comparisons(condition):
        if leaf.op in {"<", "<=", ">", ">=", "older_than", "between"}:
            found[leaf.column] += 2 if leaf.op == "between" else 1
    return found


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_there_are_enough_cases(rule: Rule) -> None:
    """A hit, a clear, an unknown; both sides of each threshold, of what it applies to, and of each age."""
    expected = Counter(case.expect for case in rule.cases)
    assert {"hit", "clear", "unknown"} <= set(expected)
    if rule.applies is not None:
        assert expected["not_applicable"] or "land_use_class" in rule.columns
    on = boundaries(rule)
    for column, n in thresholds(rule.when).items():
        assert on[column, "clear"] >= n, f"{column}: a threshold without its two sides"
    for column, n in thresholds(rule.applies).items() if rule.applies else ():
        assert on[column, "not_applicable"] >= n, f"{column}: applies without its two sides"
    for limit in rule.stale.values():
        assert on[limit.observed_on, "unknown"], f"{limit.observed_on}: an age without its two sides"


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_rule_says_where_it_comes_from(rule: Rule) -> None:
    assert all(basis.document and basis.number for basis in rule.basis)
    assert rule.title.zh
    assert rule.title.en
    assert rule.advice.zh
    assert rule.jurisdiction
    assert rule.columns <= set(COLUMNS)


def test_only_what_was_seen_is_on() -> None:
    """What rests on memory, or has no number, is off (domain notes: mem med, mem low, not seen)."""
    assert {rule.id for rule in RULES if rule.verified} == {
        "national/idle",
        "national/idle_due_soon",
        "national/idle_suspended",
        "national/warning_yellow",
        "national/warning_orange",
        "national/warning_red",
        "national/warning_recovery",
        "jiangsu/yangzhou/low_efficiency_d2",
        "jiangsu/yangzhou/review_c2",
    }
    assert all(not rule.verified for rule in RULES if rule.empty)


def test_no_rule_speaks_of_computed_grades() -> None:
    """D and C come from the office that issues them; a simulated grade is never a ground."""
    read = {column for rule in RULES for column in rule.columns}
    assert not [column for column in read if "simulated" in column or column.startswith("score")]


def test_balance_lists_name_states_that_exist() -> None:
    plan = scheme()
    assert {entry.name for entry in (*plan.parcels, *plan.remainder)} <= set(states())
    assert [entry.name for entry in plan.inventory] == [
        "idle",
        "idle_to_check",
        "idle_suspended",
        "due_soon",
        "low_efficiency",
        "case_by_case",
        "below_agreed",
        "built_unused",
        "underused",
        "supplied_unused",
        "scattered",
        "missing_facts",
    ]


def test_evidence_never_decides_alone() -> None:
    """Hints, contradictions, warnings and conflicts stand beside the classes and states, and make none."""
    plan = scheme()
    lists = (*plan.parcels, *plan.remainder, *plan.inventory, *plan.unsupplied)
    read = {name for entry in lists for name in columns_of(entry.when, {})}
    beside = ("support", "conflict", "warning", "control", "plan_conflict", "vacant_premises", "other")
    assert not read & {
        f"{category}_{part}" for category in beside for part in ("verdict", "reason", "rule_id")
    }
    evidence = {rule.category for rule in RULES if rule.id.startswith("national/evidence/")}
    assert evidence == {"support", "conflict"}
