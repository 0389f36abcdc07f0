"""An explanation in words: codes of land use are told by their titles, other values as they are."""

from __future__ import annotations

import json

from landeff.core.explanation import explanation, told

RULE = {
    "rule_id": "x", "title_zh": "规则", "title_en": "rule", "version": "1", "is_verified": True, "basis": "b",
    "condition": '{"op": "all", "items": [{"op": "in"}, {"op": "="}, {"op": "<="}]}',
}  # fmt: skip


def _leaf(column: str, op: str, expected: object, value: object, **more: object) -> dict[str, object]:
    return {
        "column": column, "op": op, "expected": expected, "value": value, "verdict": "true",
        "source_file": None, "source_row": None, **more,
    }  # fmt: skip


def test_classes_of_land_use_are_told_in_words() -> None:
    evidence = [
        _leaf("land_use_class", "in", ["water", "farmland"], "farmland"),
        _leaf("grade_latest", "=", "water", "water"),  # a grade of that name is no use of land
        _leaf("start_due_on", "<=", "agreed_start_on", "2020-01-01", other="2020-02-01"),
    ]
    why = explanation(RULE, {"evidence": json.dumps(evidence), "verdict": "hit"})
    zh, en = ([text for _, text in told(why, lang)][3:] for lang in ("zh", "en"))
    assert zh == [
        "● 用途大类 属于 水域及水利设施、农用地 [农用地]: 成立",
        "● 最近一年官方等级 ＝ water [water]: 成立",
        "● 动工期限 ≤ 约定开工日期 [2020-02-01] [2020-01-01]: 成立",
    ]
    assert en[0] == "● land-use class is one of water, farmland [farmland]: holds"
