"""How to fill in the workbook."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.review_words import STAGES
from landeff.core.text import Term
from landeff.publish.workbook.guide import guide
from landeff.publish.workbook.model import Ledger, Sheet

_STAGES = " → ".join(term.zh for term in STAGES.values()), " → ".join(term.en for term in STAGES.values())
_TEXTS = (
    (Term("存疑对应", "Doubtful matches"), Term(
        "同一序号为同一对象的几个候选，涉及税收大的在前。逐行在“是否同一对象”选“是、否、不确定”，"
        "并填核对人和核对日期；三项缺一不采用。"
        "同一对象只能有一个“是”；都不是的，各行选“否”。留空的下次仍列出。",
        "Rows of one number are candidates of one mention, most tax first. Choose yes, no or not sure in "
        "each row and fill in who and when; without all three it is not applied. One yes a mention; where "
        "none fits, say no in each row. What is left empty is asked again.")),
    (Term("失效", "Lapse"), Term(
        "答复只对当时看到的数值有效：原值、代码或候选企业名称改动后，答复自动失效，并在下次成果中说明。",
        "An answer holds for the values seen: once name, code or candidate change, it lapses, and the next "
        "run says so.")),
    (Term("隐藏列", "Hidden columns"), Term(
        "末尾隐藏列供程序识别问题，请勿删除或改动。可以排序、筛选、删行。",
        "The hidden columns at the end tell which question is answered: leave them. Sorting, filtering and "
        "deleting rows do no harm.")),
    (Term("更正", "Corrections"), Term(
        "一行改一个单元格：表、编号、字段、原值、新值、理由或文号、签字人。"
        "仅当编号唯一、表中现值仍等于原值、未过有效期时采用；原单元格为空的，原值留空。有效期留空为长期有效。",
        "A row a cell: table, key, column, old value, new value, reason or document, signer. Applied only "
        "while one row has the key, its value still is the old one, and it is valid; leave the old value "
        "empty where the cell is. Without valid-until there is no end.")),
    (Term("编号", "Key"), Term(
        "宗地填宗地代码，供地填电子监管号，企业填统一社会信用代码。由几列共同识别的，用竖线依次隔开："
        "税收与产出为“代码|年度|指标”（无代码的填名称），用地占用为“宗地代码|企业代码|年度|占用方式”（空的留空）。",
        "The code of the parcel, supply record, enterprise … Where several columns tell a row, join them by "
        "|: returns code|year|item (the name where there is no code), occupancy "
        "parcel|enterprise|year|tenure (leave empty what is empty).")),
    (Term("数值与单位", "Values and units"), Term(
        "数字按字段后括注的单位填；也可自带单位，如“30.5亩”“120万元”。"
        "日期如 2024-03-01；是否类填“是”或“否”。",
        "Numbers in the unit beside the column's name, or with a unit of their own (30.5亩, 120万元). Dates "
        "as 2024-03-01; yes or no where that is asked.")),
    (Term("类型", "Type"), Term(
        "更正、异议（当事人提出并经签字确认）、外业核查（现场核实），处理方式相同，成果中分列。",
        "Correction, objection (raised by the party concerned and signed), field check: treated alike, "
        "listed apart.")),
    (Term("认定状态", "State of findings"), Term(
        f"表选“判定”，字段选“认定状态”，编号填宗地代码（有几条判定的填“宗地代码|规则”）：{_STAGES[0]}，只能向前。",
        f"Table findings, column state, key the parcel (parcel|rule where it has several findings): "
        f"{_STAGES[1]}, forward only.")),
    (Term("图形", "Polygons"), Term(
        "图形、编号、币种不在此更正，请改原文件。",
        "Polygons, keys and currencies are corrected in the sources.")),
    (Term("交回", "Hand in"), Term(
        "存盘后在项目文件写入 [sources.corrections] path = \"核对.xlsx\"，再运行一次；"
        "是否采用及原因见“更正与核对”。",
        "Save it, name it in the project file ([sources.corrections] path = \"核对.xlsx\") and run again; "
        "what was applied, and why not, is in the sheet Corrections.")),
)  # fmt: skip


def build(dataset: Dataset) -> Ledger:
    """Both languages side by side."""
    return guide(_TEXTS)


SHEET = Sheet(Term("说明", "How to"), 30, build)
