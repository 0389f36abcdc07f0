"""Traps of scorecards: years, texts not verified, columns nobody has, cells of another kind, ties."""

import pandas as pd
from cards import card_text
from trap import Trap, project

SHARES = '[cuts]\nby = "share"\nrounding = "round"\ngrades = [{ grade = "A", to = 0.5 }, { grade = "B" }]'
FIXED = 'benchmark = { kind = "fixed", value = 1 }\nmissing = "exclude"'


def _with_card(folder, names=("./ours.toml",), tax=FIXED, **sources):
    (folder / "ours.toml").write_text(card_text(tax=tax, staff=FIXED, rest=SHARES), encoding="utf-8")
    raw = project(**sources)
    raw["standards"] = {**raw["standards"], "scorecards": list(names), "folder": str(folder)}
    return raw


def _other_year(folder):
    return _with_card(folder, ["zhejiang/huangyan_2022"])


def _unverified(folder):
    return _with_card(folder, ["jiangsu/huaian_2024"])


def _veto_in_words(folder):
    text = card_text(tax=FIXED, staff=FIXED, rest=SHARES)
    veto = '[[vetoes]]\nid = "accident"\ntitle = { zh = "事故", en = "accident" }\n'
    veto += 'when = { column = "accident", op = "is_true" }\nnot_above = "B"\n\n[cuts]'
    register = pd.DataFrame(
        {"enterprise_id": ["H1", "H2"], "name": ["甲", "乙"], "安全事故": ["是", "一般事故"]}
    )
    raw = _with_card(folder, enterprises={"data": register})
    (folder / "ours.toml").write_text(text.replace("[cuts]", veto), encoding="utf-8")
    return raw


def _no_year_before(folder):
    return _with_card(folder, tax='benchmark = { kind = "mean", year = -1 }')


def _effects_expired(folder):
    text = 'title = { zh = "政策", en = "policy" }\nversion = "1"\nvalid_to = 2023-12-31\neffects = []\n'
    (folder / "old.toml").write_text(text, encoding="utf-8")
    raw = project()
    raw["standards"] = {**raw["standards"], "effects": ["./old.toml"], "folder": str(folder)}
    return raw


TRAPS = [
    Trap(
        "scorecard_not_used",
        "差别化政策表已过有效期：不启用并提示",
        "The table of effects is past its validity: not used, and it is told",
        _effects_expired,
        {"table": "effects", "key": "old"},
    ),
    Trap(
        "scorecard_not_used",
        "评分标准是 2022 年的，项目只有 2024 年：不启用并提示",
        "The scorecard is of 2022, the project of 2024: not used, and it is told",
        _other_year,
        {"key": "zhejiang/huangyan_2022", "severity": "warning"},
    ),
    Trap(
        "scorecard_unverified",
        "启用了未与原文核对的评分标准：照用并标注",
        "A scorecard whose text was not verified is named: used and marked",
        _unverified,
        {"key": "jiangsu/huaian_2024"},
    ),
    Trap(
        "scorecard_input_missing",
        "评分标准要用职工人数，来源里没有：按不清楚处理，不猜",
        "A scorecard needs employees, which no source has: unknown, nothing is guessed",
        _with_card,
        {"key": "ours", "column": "n_employees", "n": 5},
        needs_run=True,
    ),
    Trap(
        "scorecard_input_unread",
        "“安全事故”一列填了“一般事故”，评分标准要“是”或“否”：按不清楚处理并提示",
        "A veto column says “一般事故” where the scorecard needs yes or no: unknown, and it is told",
        _veto_in_words,
        {"table": "enterprises", "column": "安全事故", "value": "一般事故", "n": 1},
        needs_run=True,
    ),
    Trap(
        "scorecard_no_benchmark",
        "基准为上年均值，而项目没有上一年：该项按缺项处理并提示",
        "The benchmark is the mean of the year before, which the project has not: missing, and it is told",
        _no_year_before,
        {"key": "ours", "column": "tax", "n": 4},
        needs_run=True,
    ),
    Trap(
        "scorecard_tie",
        "两家同分，名额只够一家：按代码先后分档并提示",
        "Two enterprises have equal totals and one place is left: parted by code, and it is told",
        _with_card,
        {"table": "grades_simulated", "n": 2},
        needs_run=True,
    ),
]
