"""Rules: named though unverified, or of another place; words that tell no cause."""

import datetime as dt

import four_squares
from trap import Trap


def _rules(*names, jurisdiction="jiangsu/yangzhou"):
    def build(folder):
        raw = four_squares.project()
        raw["project"] = {**raw["project"], "as_of": dt.date(2024, 12, 31), "jurisdiction": jurisdiction}
        return {**raw, "standards": {"rules": ["national/idle", *names]}}

    return build


def _cause(folder):
    raw = four_squares.project()
    supply = raw["sources"]["supply"]["data"].assign(delay_cause=["见附件", "企业自身原因", None])
    raw["sources"] = {**raw["sources"], "supply": {"data": supply}}
    return raw


TRAPS = [
    Trap(
        "rule_unverified",
        "项目文件写明启用一条未核对原文的规则：照用，到处标明“未核对原文”",
        "The project names a rule whose text was not verified: used, and marked wherever it shows",
        _rules("national/idle_art30"),
        {"key": "national/idle_art30", "decision": "used, though its text was not verified"},
        needs_run=True,
    ),
    Trap(
        "rule_elsewhere",
        "项目文件写明启用其他地区的规则：照用并提示",
        "The project names a rule of another place: used, and told",
        _rules("jiangsu/yangzhou/low_efficiency_d2", jurisdiction="zhejiang/taizhou"),
        {"key": "jiangsu/yangzhou/low_efficiency_d2", "decision": "used, though it is of jiangsu/yangzhou"},
        needs_run=True,
    ),
    Trap(
        "delay_cause_unclear",
        "闲置原因写“见附件”，看不出是谁的原因：按不清楚处理，不测算闲置费和收回",
        "A cause of delay that says see annex: taken as unknown, no fee or recovery is estimated",
        _cause,
        {"column": "delay_cause", "value": "见附件", "n": 1},
        needs_run=True,
    ),
]
