"""Condition trees of findings as they travel to the map: each rule once, per finding values and verdicts."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from landeff.core.explanation import explanation
from landeff.publish.map.conditions import LISTED, Conditions, Shape, conditions_of
from landeff.publish.map.wordings import wording

#: "not built on" and (not farmland, or cleared): a group in a group, as rules write them.
RULE = {
    "rule_id": "ours",
    "condition": json.dumps({
        "op": "all",
        "items": [
            {"op": "not", "items": [{"column": "land_use_class"}]},
            {"op": "any", "items": [{"column": "is_started"}, {"column": "idle_from_on"}]},
        ],
    }),
}  # fmt: skip


def _leaf(column: str, op: str, expected: Any, value: Any, verdict: str, **more: Any) -> dict[str, Any]:
    told = {"column": column, "op": op, "expected": expected, "value": value, "verdict": verdict}
    return {**told, "source_file": None, "source_row": None, **more}


def _finding(land: str, started: Any, due: str | None) -> dict[str, str]:
    verdicts = {True: "false", False: "true", None: "unknown"}
    evidence = [
        _leaf("land_use_class", "in", ["water", "farmland"], land, "true" if land == "farmland" else "false"),
        _leaf("is_started", "is_false", None, started, verdicts[started], source_file="a.xlsx", source_row=3),
        _leaf("idle_from_on", "<=", "2024-12-31", due, "true" if due else "unknown"),
    ]
    return {"rule_id": "ours", "evidence": json.dumps(evidence)}


@pytest.fixture
def made() -> Conditions:
    rows = [_finding("farmland", None, None), _finding("industrial", False, "2023-06-30")]
    return conditions_of(pd.DataFrame([*rows, {"rule_id": "ours", "evidence": "[]"}]), pd.DataFrame([RULE]))


def test_a_tree_travels_once_with_values_and_verdicts_of_each_finding(made):
    assert made.shapes == (
        {"op": "all", "items": [{"op": "not", "items": [2]}, {"op": "any", "items": [1, 0]}]},
    )
    assert made.shape.fillna(-1).tolist() == [0, 0, -1]
    assert made.n.tolist() == [3, 3, 0]
    assert [each.holds.zh for each in made.wordings] == [
        "满一年日期 ≤ 2024-12-31", "是否动工 为“否”", "用途大类 属于 水域及水利设施、农用地",
    ]  # fmt: skip
    assert made.wordings[1].fails.zh == "是否动工 为“是”"
    assert made.cells["verdict"].tolist() == ["true", "unknown", "unknown", "false", "true", "true"]
    assert made.cells["value"].fillna("").tolist() == [
        "farmland",
        "",
        "",
        "industrial",
        "False",
        "2023-06-30",
    ]
    assert made.cells["source_row"].fillna(0).tolist() == [0, 3, 0, 0, 3, 0]


def _walk(shape: Shape, leaves: list[str]) -> list[Any]:
    """Operators of a shape and verdicts of its comparisons, in the order in which it is written."""
    if isinstance(shape, int):
        return [leaves.pop(0)]
    return [shape["op"], *(each for item in shape["items"] for each in _walk(item, leaves))]


def _step(step: Any) -> list[Any]:
    if not step.items:
        return [step.verdict]
    return [step.op, *(each for item in step.items for each in _step(item))]


def test_it_is_the_tree_that_landeff_explain_tells(made):
    """The other reader of the same evidence puts the same operators and verdicts in the same places."""
    rule = {**RULE, "title_zh": "", "title_en": "", "version": "1", "is_verified": True, "basis": ""}
    for k, finding in enumerate(
        [_finding("farmland", None, None), _finding("industrial", False, "2023-06-30")]
    ):
        told = explanation(rule, {**finding, "verdict": "unknown"}).tree
        verdicts = made.cells["verdict"].iloc[3 * k : 3 * k + 3].tolist()
        assert _walk(made.shapes[0], verdicts) == _step(told)


def test_a_rule_that_the_run_does_not_tell_gets_its_comparisons_side_by_side():
    one = pd.DataFrame([_finding("farmland", True, None)])
    assert conditions_of(one, pd.DataFrame()).shapes == ({"op": LISTED, "items": [2, 1, 0]},)
    other = pd.DataFrame([{"rule_id": "ours", "condition": '{"column": "is_started"}'}])  # an older rule
    assert conditions_of(one, other).shapes == ({"op": LISTED, "items": [2, 1, 0]},)


def test_no_evidence_no_tree():
    none = conditions_of(pd.DataFrame({"rule_id": ["a", "b"], "evidence": ["[]", None]}), pd.DataFrame())
    assert (none.wordings, none.shapes, none.n.tolist()) == ((), (), [0, 0])
    assert none.shape.isna().all()


def test_numbers_are_short_and_codes_are_as_written():
    leaves = [
        _leaf("far_ratio", "<", "control_far_min", 0.123456789, "true", other=0.8, aged_on="2020-01-01"),
        _leaf("supply_id", "=", "1.50", "1.50000000", "true"),
    ]
    made = conditions_of(pd.DataFrame([{"rule_id": "r", "evidence": json.dumps(leaves)}]), pd.DataFrame())
    assert made.cells["value"].tolist() == ["0.123457", "1.50000000"]
    assert made.cells["other"].fillna("").tolist() == ["0.8", ""]
    assert made.cells["aged_on"].fillna("").tolist() == ["2020-01-01", ""]


@pytest.mark.parametrize(
    ("column", "op", "expected", "zh", "en"),
    [
        ("tax_cny_per_mu", "<", 20000.0, "亩均税收（元/亩） ＜ 20,000", "tax per mu (CNY/mu) < 20,000"),
        ("start_due_on", "older_than", "P6M",
         "动工期限 距今超过 6 个月", "start due is longer ago than 6 months"),
        ("is_started", "is_null", None, "是否动工 未填", "started is blank"),
        ("far_ratio", "<", "control_far_min", "容积率 ＜ 容积率控制值",
         "plot ratio (FAR) < control value of FAR"),
    ],
)  # fmt: skip
def test_wordings(column, op, expected, zh, en):
    told = wording(column, op, expected)
    assert (told.holds.zh, told.holds.en) == (zh, en)
    assert told.is_blank == (op == "is_null")
