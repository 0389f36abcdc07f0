"""Laws of three-valued rules, and agreement with a slow reference that looks at one row at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.standards import kleene
from landeff.standards.condition import Comparison, Condition, Group
from landeff.standards.evaluate import Facts, judge, missing
from landeff.standards.rules import parse_rule

AS_OF = dt.date(2024, 12, 31)
TEMPLATE = """
title = { zh = "x", en = "x" }
version = "1"
[[basis]]
document = "x"
[when]
column = "n"
op = "is_null"
"""
DAYS = [dt.date(2023, 12, 30), dt.date(2023, 12, 31), dt.date(2024, 1, 1), AS_OF]

three = st.sampled_from([kleene.FALSE, kleene.UNKNOWN, kleene.TRUE])
vectors = st.integers(1, 8).flatmap(
    lambda n: st.lists(
        st.lists(three, min_size=n, max_size=n).map(lambda row: np.array(row, dtype=np.int8)),
        min_size=1,
        max_size=4,
    )
)
numbers = st.sampled_from([0.0, 1.0, 2.0, None])
cells = st.fixed_dictionaries(
    {
        "n": numbers,
        "m": numbers,
        "t": st.sampled_from(["A", "C", "D", None]),
        "b": st.sampled_from([True, False, None]),
        "d": st.sampled_from([*DAYS, None]),
    }
)
tables = st.lists(cells, min_size=1, max_size=12)


def _leaves(with_null: bool) -> st.SearchStrategy[Condition]:
    ordered = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    kinds = [
        st.builds(Comparison, st.just("n"), ordered, st.sampled_from([0, 1, 2])),
        st.builds(Comparison, st.just("n"), ordered, st.none(), st.just("m")),
        st.just(Comparison("n", "between", (1, 2))),
        st.just(Comparison("n", "in", (0, 2))),
        st.builds(Comparison, st.just("t"), st.sampled_from(["=", "!="]), st.sampled_from(["A", "D"])),
        st.just(Comparison("t", "in", ("A", "C"))),
        st.builds(Comparison, st.just("b"), st.sampled_from(["is_true", "is_false"])),
        st.builds(
            Comparison, st.just("d"), st.sampled_from(["<", "<=", ">", ">="]), st.none(), st.just("as_of")
        ),
        st.just(Comparison("d", "older_than", "P1Y")),
    ]
    if with_null:
        kinds.append(st.builds(Comparison, st.sampled_from(["n", "t", "b", "d"]), st.just("is_null")))
    return st.one_of(*kinds)


def _trees(with_null: bool) -> st.SearchStrategy[Condition]:
    def grow(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        some = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.builds(Group, st.sampled_from(["all", "any"]), some),
            st.builds(Group, st.just("not"), inner.map(lambda item: (item,))),
        )

    return st.recursive(_leaves(with_null), grow, max_leaves=6)


def as_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    kinds = {"n": "float64", "m": "float64", "t": "str", "b": "boolean", "d": "datetime64[s]"}
    return frame.astype(kinds)


def truth_of(condition: Condition, rows: list[dict[str, Any]]) -> list[int]:
    return judge(condition, Facts(as_frame(rows), AS_OF)).tolist()


def slow(condition: Condition, row: dict[str, Any]) -> bool | None:
    """Three-valued truth of one row, from the definition: ``None`` is unknown."""
    if isinstance(condition, Comparison):
        return slow_comparison(condition, row)
    items = [slow(item, row) for item in condition.items]
    if condition.op == "not":
        return None if items[0] is None else not items[0]
    if condition.op == "all":
        return False if False in items else None if None in items else True
    return True if True in items else None if None in items else False


def slow_comparison(c: Comparison, row: dict[str, Any]) -> bool | None:
    left = row[c.column]
    if c.op == "is_null":
        return left is None
    right = c.value if c.to is None else AS_OF if c.to == "as_of" else row[c.to]
    if left is None or (right is None and c.op not in {"is_true", "is_false"}):
        return None
    tests = {
        "=": lambda: left == right,
        "!=": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
        "in": lambda: left in right,
        "between": lambda: right[0] <= left <= right[1],
        "older_than": lambda: left.replace(year=left.year + 1) < AS_OF,
        "is_true": lambda: left is True,
        "is_false": lambda: left is False,
    }
    return bool(tests[c.op]())


@given(vectors)
def test_de_morgan(items: list[Any]) -> None:
    flipped = [kleene.negate(item) for item in items]
    assert (kleene.negate(kleene.all_of(items)) == kleene.any_of(flipped)).all()
    assert (kleene.negate(kleene.any_of(items)) == kleene.all_of(flipped)).all()


@given(vectors)
def test_double_negation_order_and_repetition(items: list[Any]) -> None:
    assert (kleene.negate(kleene.negate(items[0])) == items[0]).all()
    assert (kleene.all_of(items) == kleene.all_of(items[::-1])).all()
    assert (kleene.any_of([*items, *items]) == kleene.any_of(items)).all()
    assert kleene.all_of(items).dtype == np.int8


@settings(deadline=None)
@given(_trees(with_null=True), tables)
def test_same_as_the_slow_reference(condition: Condition, rows: list[dict[str, Any]]) -> None:
    codes = {True: kleene.TRUE, False: kleene.FALSE, None: kleene.UNKNOWN}
    assert truth_of(condition, rows) == [codes[slow(condition, row)] for row in rows]


@settings(deadline=None)
@given(_trees(with_null=True), tables, st.randoms(use_true_random=False))
def test_rows_do_not_see_each_other(condition: Condition, rows: list[dict[str, Any]], random: Any) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    straight = truth_of(condition, rows)
    assert truth_of(condition, [rows[i] for i in order]) == [straight[i] for i in order]


@settings(deadline=None)
@given(_trees(with_null=False), cells, cells)
def test_filling_a_blank_never_turns_a_verdict(
    condition: Condition, row: dict[str, Any], other: dict[str, Any]
) -> None:
    filled = {name: other[name] if value is None else value for name, value in row.items()}
    before, after = truth_of(condition, [row, filled])
    assert before in (kleene.UNKNOWN, after)


@settings(deadline=None)
@given(_trees(with_null=False), cells, cells)
def test_only_facts_named_missing_can_settle(
    condition: Condition, row: dict[str, Any], other: dict[str, Any]
) -> None:
    frame = as_frame([row])
    rule = parse_rule(TEMPLATE, "x", "x", {"n": "number"})
    object.__setattr__(rule, "when", condition)
    named = {name for name, rows in missing(rule, Facts(frame, AS_OF)).items() if rows[0]}
    assert all(row[name] is None for name in named)
    # filling every other blank leaves an unknown verdict unknown
    filled = {
        name: other[name] if value is None and name not in named else value for name, value in row.items()
    }
    before, after = truth_of(condition, [row, filled])
    assert bool(named) == (before == kleene.UNKNOWN)
    assert before == after
