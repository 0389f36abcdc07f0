"""How a district fills in its workbook, in both languages."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.workbook.guide import guide
from landeff.publish.workbook.model import Ledger, Sheet

_TEXTS = (
    (Term("填哪里", "Where to write"), Term(
        "只填浅黄色单元格，其余供对照。不清楚的留空，空白表示未填，不是零。可排序、筛选；请勿增删行、改隐藏列和表头。",
        "Write into the pale yellow cells only. Leave empty what is not known: empty is not nought. Sorting "
        "and filtering do no harm; leave rows, hidden columns and headers as they are.")),
    (Term("动工核查", "Started or not"), Term(
        "“经核实是否动工”填是或否，并填“核查日期”。有实际动工日期的务必填写。"
        "截止日为 {as_of}：之后才查到的“是”不能说明截止日已动工，须填动工日期；满一年之后查到的“否”有效。",
        "Say yes or no, and on what day you looked; give the day of the start where there is one. The run is "
        "as of {as_of}: a yes found later says nothing of that day unless the start is dated; a no found "
        "after the year has passed counts.")),
    (Term("交地、延误原因", "Handover, cause of delay"), Term(
        "与台账不同或台账缺失的，填经核实的日期和原因。",
        "Where the ledger has another day or cause, or none, write what was found.")),
    (Term("处置", "Disposal"), Term(
        "已处置的填处置方式、面积（亩）、完成日期，三项缺一不采用。全部处置的，判定推进为“已处置”；部分处置的仅登记。",
        "Way, area in mu and day, all three. Land disposed of as a whole moves its finding to disposed; a "
        "part is put on record only.")),
    (Term("异议", "Objection"), Term(
        "选“异议字段”，填“异议主张值”（单位见字段括注，也可写 30.5亩），并填理由或文号。"
        "一行一项，更多的填“更正”表。",
        "Choose the column, write what it should be (in the unit beside its name), and a reason or document. "
        "One a row; more go into the sheet Corrections.")),
    (Term("签字", "Signature"), Term(
        "凡填写的行必须填“填报签字人”，否则整行不采用。",
        "Each row with an entry needs who signed it, or none of it is applied.")),
    (Term("存疑对应", "Doubtful matches"), Term(
        "逐行选是、否、不确定，并填核对人、核对日期。",
        "Yes, no or not sure in each row, with who and when.")),
    (Term("交回", "Hand in"), Term(
        "存盘交回，文件名不必改。由市级用 landeff merge 汇总，矛盾、缺签字、已变化的逐条列出。",
        "Save it and send it back under its name. The city merges the files; what contradicts, is unsigned "
        "or has changed is listed cell by cell.")),
)  # fmt: skip


def build(part: Dataset) -> Ledger:
    """Both languages side by side."""
    as_of = part.meta.as_of.isoformat()
    dated = (Term(text.zh.replace("{as_of}", as_of), text.en.replace("{as_of}", as_of)) for _, text in _TEXTS)
    return guide(zip([topic for topic, _ in _TEXTS], dated, strict=True))


SHEET = Sheet(Term("说明", "How to"), 0, build)
