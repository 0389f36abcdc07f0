"""First sheet: what the figures are, and how to read the others."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, number_text
from landeff.publish.terms import tax_term, term
from landeff.publish.workbook.model import Ledger, Sheet

_SYNTHETIC = Term(
    "合成数据：非真实地块、企业或税收，不得用于任何决定。",
    "Synthetic data: no real parcel, enterprise or tax. Not to be used for any decision.",
)
_BELOW_GATE = Term(
    "未达对账线：数字仅供核对，不可作为结论引用。",
    "Below the matching gate: for checking only, not to be quoted as results.",
)
_READING = (
    (Term("结论性质", "standing of findings"), Term(
        "所列均为线索（疑似），须经调查认定；"
        "土地调查成果不得作为行政处罚的依据（《土地调查条例》第二十八条）。",
        "Every finding is a clue until investigated; survey results are not a basis for penalties.")),
    (Term("空白单元格", "empty cells"), Term("表示不清楚，不是零。", "Mean unknown, not nought.")),
    (Term("核实", "checking"), Term(
        "“核实结论、核实人、核实日期”三列留给现场核实填写。",
        "The three columns of checking are to be filled in on the spot.")),
    (Term("保密", "confidentiality"), Term(
        "含企业涉税信息，依《税收征收管理法》第八条保密，不得公开。",
        "Holds taxpayers' information, confidential by Tax Collection Law art. 8.")),
)  # fmt: skip


def _matched(dataset: Dataset) -> Term:
    meta = dataset.meta
    share, gate = number_text(meta.matched_share, "percent"), number_text(meta.min_matched_share, "percent")
    zh, en = ("，未达对账线", ", below the gate") if meta.below_gate else ("", "")
    return Term(f"{share}%（对账线 {gate}%{zh}）", f"{share}% (gate {gate}%{en})")


def _facts(dataset: Dataset) -> list[tuple[Term, Term | str]]:
    """What is true of this run."""
    meta, scopes = dataset.meta, dataset.meta.scopes
    tax, land, area = tax_term(meta), term("land", scopes.land), term("area", scopes.area)
    scope = Term(
        f"{tax.zh} ÷ {land.zh}（{area.zh}），{meta.year} 年", f"{tax.en} ÷ {land.en} ({area.en}), {meta.year}"
    )
    notices = [*([_SYNTHETIC] if meta.synthetic else []), *([_BELOW_GATE] if meta.below_gate else [])]
    notices += meta.notices
    return [
        (Term("名称", "name"), meta.name),
        *((Term("提示", "notice"), notice) for notice in notices),
        (Term("数据截至", "as of"), meta.as_of.isoformat()),
        (Term("亩均口径", "scope of per-mu figures"), scope),
        (Term("税收分摊", "allocation"), term("policy", meta.allocation)),
        (Term("税收对上宗地的比例", "tax matched to land"), _matched(dataset)),
    ]


def build(dataset: Dataset) -> Ledger:
    """Pairs of matter and text."""
    frame = pd.DataFrame([*_facts(dataset), *_READING], columns=["matter", "text"], dtype=object)
    return Ledger((field("matter", "text", "事项", "matter"), field("text", "long", "内容", "text")), frame)


SHEET = Sheet(Term("说明", "About"), 10, build)
