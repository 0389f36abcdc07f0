"""The words of workbooks sent out to districts, shared by the rooms that write and read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from landeff.core.columns import title
from landeff.core.text import Term

#: Sheets of listed land, by what they hold: inventory classes. ``others`` takes every class no sheet names.
GROUPS: Mapping[str, Term] = MappingProxyType(
    {
        "idle": Term("疑似闲置", "Suspected idle"),
        "idle_to_check": Term("待核实", "To be checked"),
        "missing_facts": Term("缺要件", "Facts missing"),
        "due_soon": Term("一年内到期", "Due within a year"),
        "approved_unsupplied": Term("批而未供", "Approved unsupplied"),
        "low_efficiency": Term("疑似低效", "Low efficiency"),
        "others": Term("其他在册", "Others listed"),
    }
)
_CLASSES = {
    "idle": ("idle", "idle_suspended"),
    "low_efficiency": ("low_efficiency", "case_by_case", "below_agreed", "built_unused", "underused"),
}
GROUP_OF: Mapping[str, str] = MappingProxyType(
    {name: group for group in GROUPS for name in _CLASSES.get(group, (group,)) if group != "others"}
)
#: The sheet that says what was sent, hidden; and the file that says which files were.
SENT_SHEET = Term("发出清单", "Sent rows")
SUMMARY_FILE = Term("分发汇总.xlsx", "split-summary.xlsx")
SUMMARY_SHEET = Term("分发汇总", "Files sent")


@dataclass(frozen=True, slots=True)
class Entry:
    """A column that a district fills in.

    Attributes:
        title: its header; unlike every other header of the workbook.
        kind: as of the data dictionary.
        cell: table and column it corrects; ``None`` for what goes with another cell.
        land: whether it is asked of ``parcels``, of ``pieces`` (approved unsupplied), or of ``both``.
    """

    title: Term
    kind: Literal["text", "date", "boolean", "number"]
    cell: tuple[str, str] | None = None
    land: Literal["parcels", "pieces", "both"] = "both"


ENTRIES: Mapping[str, Entry] = MappingProxyType(
    {
        "found_started": Entry(
            Term("经核实是否动工", "found: started?"), "boolean", ("supply", "is_started"), "parcels"
        ),
        "found_on": Entry(Term("核查日期", "checked on"), "date", ("supply", "start_checked_on"), "parcels"),
        "found_start_on": Entry(
            Term("经核实动工日期", "found: began on"), "date", ("supply", "actual_start_on"), "parcels"
        ),
        "found_cause": Entry(
            Term("经核实延误原因", "found: cause of delay"), "text", ("supply", "delay_cause"), "parcels"
        ),
        "found_handover_on": Entry(
            Term("经核实交地日期", "found: handed over on"), "date", ("supply", "handover_on"), "parcels"
        ),
        "found_cleared": Entry(
            Term("经核实是否完成征迁", "found: cleared?"), "boolean", ("approvals", "is_cleared"), "pieces"
        ),
        "found_withdrawal": Entry(
            Term("经核实是否拟撤批", "found: approval to be withdrawn?"),
            "boolean",
            ("approvals", "is_withdrawal_planned"),
            "pieces",
        ),
        "disposal_way": Entry(Term("处置方式填报", "disposed by"), "text"),
        "disposal_area_m2": Entry(Term("已处置面积", "area disposed of"), "number"),
        "disposed_on": Entry(Term("处置完成日期", "disposed on"), "date"),
        "objection_column": Entry(Term("异议字段", "objection to"), "text"),
        "objection_value": Entry(Term("异议主张值", "what it should be"), "text"),
        "ground": Entry(Term("核查或异议理由", "reason or finding"), "text"),
        "ground_document": Entry(Term("依据文号", "document relied on"), "text"),
        "signed_by": Entry(Term("填报签字人", "signed by"), "text"),
        "remark": Entry(Term("填报备注", "remark"), "text"),
    }
)
#: Entries of one look at the place: taken together, or none of them.
CHECK = ("found_started", "found_on", "found_start_on")
#: Entries that say something by themselves; the others go with them.
SAYING = tuple(name for name in ENTRIES if name not in ("ground", "ground_document", "signed_by", "remark"))
HIDDEN = ("row_key", "row_digest")
SENT_COLUMNS = ("sheet", "row_key", "supply_key", "finding_key", "approval_key", "area", "seen", "row_digest")

#: Cells that an objection may name.
OBJECTIONS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "parcels": (
            *(("parcels", name) for name in ("registered_area_m2", "holder", "land_use_code", "land_use")),
            ("parcels", "location"),
            *(("supply", name) for name in ("supplied_area_m2", "price_cny", "supply_method", "signed_on")),
            *(("supply", name) for name in ("agreed_start_on", "agreed_completion_on")),
            ("supply", "actual_completion_on"),
        ),
        "pieces": (("approvals", "approved_on"), ("approvals", "approved_area_m2")),
    }
)
_UNITS = {
    "registered_area_m2": Term("亩", "mu"), "supplied_area_m2": Term("亩", "mu"),
    "approved_area_m2": Term("亩", "mu"), "price_cny": Term("万元", "10k CNY"),
}  # fmt: skip
CAUSES = (
    Term("企业原因", "enterprise"),
    Term("政府原因", "government"),
    Term("司法查封", "judicial"),
    Term("企业与政府共同原因", "mixed: enterprise and government"),
)
#: 闲置土地处置办法 art. 12 and 14; of batches and low-efficiency land in the words of the ledgers.
WAYS: Mapping[str, tuple[Term, ...]] = MappingProxyType(
    {
        "parcels": (
            Term("促成动工", "begun"),
            Term("延长动工开发期限", "term extended"),
            Term("调整土地用途、规划条件", "use or plan conditions changed"),
            Term("政府安排临时使用", "temporary use"),
            Term("协议有偿收回", "recovered against payment"),
            Term("置换土地", "exchanged"),
            Term("征缴土地闲置费", "idle-land fee collected"),
            Term("无偿收回", "recovered without payment"),
            Term("追加投资、二次开发", "redeveloped"),
            Term("转让、腾笼换鸟", "passed to another enterprise"),
            Term("其他", "other"),
        ),
        "pieces": (
            Term("已供地", "supplied"),
            Term("调整用途后供地", "supplied for another use"),
            Term("撤回用地批文", "approval withdrawn"),
            Term("其他", "other"),
        ),
    }
)


def objection_title(table: str, column: str) -> Term:
    """What an objectionable column is called, with the unit of bare numbers.

    >>> objection_title("parcels", "registered_area_m2").zh
    '登记面积（亩）'
    """
    shown, unit = title(column), _UNITS.get(column)
    return Term(f"{shown.zh}（{unit.zh}）", f"{shown.en} ({unit.en})") if unit else shown


#: What keeps a filled cell from becoming a correction, with what to do about it.
PROBLEMS: Mapping[str, tuple[Term, Term]] = MappingProxyType(
    {
        "contradicted": (
            Term("同一处填报互相矛盾", "two rows say different things of one cell"),
            Term("核对后只留一个，其余清空，再汇总", "leave the right one, empty the others, merge again"),
        ),
        "changed": (
            Term("发出后数值已变", "the value changed since it was sent"),
            Term("按现值重新核对，重新分发", "check against the present value; split again"),
        ),
        "unknown_key": (
            Term("成果中没有这一行", "the result has no such row"),
            Term("核对宗地代码；用分发时的成果汇总", "check the code; merge with the result that was split"),
        ),
        "no_signer": (
            Term("缺签字人", "the signer is missing"),
            Term("填写“填报签字人”", "fill in who signed"),
        ),
        "no_ground": (
            Term("异议缺理由或文号", "an objection without reason or document"),
            Term("填写“核查或异议理由”或“依据文号”", "fill in the reason or the document"),
        ),
        "no_date": (
            Term("缺核查日期", "the day of the check is missing"),
            Term("填写“核查日期”，或动工日期", "fill in the day of the check, or of the start"),
        ),
        "no_word": (
            Term("填了核查日期，没有填是否动工", "a day of the check without what was found"),
            Term("填写“经核实是否动工”", "say whether works had begun"),
        ),
        "start_stands": (
            Term("填“否”，但台账有实际开工日期", "said no, but the ledger has a day of the start"),
            Term("日期有误的，在“经核实动工日期”填“空”", "write 空 into the day of the start if it is wrong"),
        ),
        "said_both": (
            Term("填“否”，又填了动工日期", "said no, and gave a day of the start"),
            Term("二者留一", "leave one of the two"),
        ),
        "tied": (
            Term("同一次核查的其他项未采用，本项一并未采用", "another entry of the same check was not taken"),
            Term("先解决同行其他问题", "settle the other problem of the row first"),
        ),
        "bad_value": (
            Term("不是该列的值", "no value of the column"),
            Term(
                "日期如 2025-01-31，是否类填是或否，面积填数字", "a date as 2025-01-31, yes or no, a number"
            ),
        ),
        "unknown_column": (
            Term("异议字段不在清单中", "no such column to object to"),
            Term("从下拉清单选择，其他字段用“更正”表", "choose from the list; others go into Corrections"),
        ),
        "half_objection": (
            Term("异议字段与主张值须同时填写", "an objection needs the column and its value"),
            Term("补填另一项", "fill in the other one"),
        ),
        "half_disposal": (
            Term("处置方式、面积、日期须同时填写", "a disposal needs way, area and day"),
            Term("补填所缺各项", "fill in what is missing"),
        ),
        "no_record": (
            Term("宗地没有供地记录，无处可更正", "the parcel has no supply record to correct"),
            Term("在供地台账补录该宗地，再运行", "add its record to the supply ledger and run again"),
        ),
        "not_listed": (
            Term("没有可推进的判定", "there is no finding whose state could move"),
            Term("由市级核对后在“更正”表处理", "to be settled by hand in Corrections"),
        ),
        "row_added": (
            Term("增加的行", "a row that was not sent"),
            Term("新增地块请补入原图层和台账", "add new land to the layers and ledgers"),
        ),
        "row_deleted": (
            Term("发出的行被删除", "a row that was sent is gone"),
            Term("恢复该行；不填即可", "put it back; it may stay empty"),
        ),
        "row_changed": (
            Term("隐藏列被改动", "the hidden columns were changed"),
            Term("用分发的原文件重新填写", "fill in the file as it was sent"),
        ),
        "no_answerer": (
            Term("存疑对应缺核对人或核对日期", "a match without who decided, or when"),
            Term("填写核对人、核对日期", "fill in who and when"),
        ),
        "not_returned": (
            Term("文件未交回", "the file did not come back"),
            Term("催收", "ask for it"),
        ),
        "not_a_form": (
            Term("不是分发的核查表", "not a workbook that was sent out"),
            Term(
                "从文件夹中移走，或找回原文件", "take it out of the folder, or find the file as it was sent"
            ),
        ),
    }
)
