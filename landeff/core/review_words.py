"""The words of the review workbook (核对表), shared by the room that writes it and the one that reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from landeff.core.columns import COLUMNS, title
from landeff.core.tables import TABLES
from landeff.core.text import Term
from landeff.core.units import unit_in_header

#: Sheets of the workbook.
QUEUE_SHEET = Term("存疑对应", "Doubtful matches")
CORRECTIONS_SHEET = Term("更正", "Corrections")

#: Columns of a decision that a person fills in, and (by their names) those that say which question it is.
DECISION_HEADERS: Mapping[str, Term] = MappingProxyType(
    {
        "answer": Term("是否同一对象", "same?"),
        "decided_by": Term("核对人", "decided by"),
        "decided_on": Term("核对日期", "decided on"),
        "note": Term("备注", "note"),
        "left_name": Term("原填名称", "name as written"),
        "right_name": Term("候选名称", "candidate"),
        **{
            name: Term(name, name)
            for name in ("kind", "left_table", "left_key", "right_table", "right_key", "seen")
        },
    }
)
CORRECTION_HEADERS: Mapping[str, Term] = MappingProxyType(
    {
        "table": Term("表", "table"),
        "key": Term("编号", "key"),
        "column": Term("字段", "column"),
        "old_value": Term("原值", "old value"),
        "new_value": Term("新值", "new value"),
        "reason": Term("理由", "reason"),
        "document": Term("文号", "document"),
        "signer": Term("签字人", "signer"),
        "valid_until": Term("有效期至", "valid until"),
        "kind": Term("类型", "type"),
    }
)
ANSWERS: Mapping[str, Term] = MappingProxyType(
    {"yes": Term("是", "yes"), "no": Term("否", "no"), "unsure": Term("不确定", "not sure")}
)
KINDS: Mapping[str, Term] = MappingProxyType(
    {
        "correction": Term("更正", "correction"),
        "objection": Term("异议", "objection"),
        "field_check": Term("外业核查", "field check"),
    }
)
#: What became of a decision; the first three are applied.
DECISION_OUTCOMES: Mapping[str, Term] = MappingProxyType(
    {
        "confirmed": Term("已采用：认定为同一对象", "applied: they are the same"),
        "refused": Term("已采用：认定不是同一对象", "applied: they are not the same"),
        "unsure": Term("已记录：不确定，仍待核对", "recorded: not sure, still open"),
        "answered_elsewhere": Term(
            "未采用：同一问题另有明确答复", "not applied: another decision answers the question"
        ),
        "unknown_answer": Term(
            "未采用：答复不是“是、否、不确定”之一", "not applied: the answer is none of 是, 否, 不确定"
        ),
        "incomplete": Term(
            "未采用：缺核对人、核对日期或校验码", "not applied: who, when or the digest is missing"
        ),
        "question_gone": Term(
            "未采用：问题已不存在（原值已改动或已对上）", "not applied: the question is no longer asked"
        ),
        "values_changed": Term("未采用：所依据的数值已变化", "not applied: the values have changed"),
        "contradicted": Term(
            "未采用：同一问题的答复互相矛盾", "not applied: decisions on the question contradict each other"
        ),
        "two_answers": Term(
            "未采用：同一对象被认定为两个不同对象", "not applied: one mention was said to be two enterprises"
        ),
    }
)
#: States of a finding, in the order in which they may follow each other.
STAGES: Mapping[str, Term] = MappingProxyType(
    {
        "suspected": Term("疑似", "suspected"),
        "under_investigation": Term("调查中", "under investigation"),
        "recognised": Term("已认定", "recognised"),
        "disposed": Term("已处置", "disposed"),
    }
)
#: The one result table that is corrected: its column ``stage``, key parcel (and rule).
FINDINGS = "findings"
_FINDINGS_TITLE = Term("判定", "findings")
_STAGE_TITLE = Term("认定状态", "state")
_STAGE_WORDS = ("stage", "state", "finding_state")
_UNITS = MappingProxyType({"area": ("平方米", "m2"), "money": ("元", "CNY"), "length": ("米", "m")})
#: Columns that say how a row is to be read; they are corrected in the source.
NEVER = ("currency",)


def same_word(text: str) -> str:
    """A word as it is compared: NFKC, lower case, no blanks around it.

    >>> same_word(" Ｙes ")
    'yes'
    """
    return unicodedata.normalize("NFKC", text).strip().lower()


def code_of(words: Mapping[str, Term], text: str) -> str | None:
    """The code that ``text`` is a title of (or itself is); ``None`` where it is neither.

    >>> code_of(KINDS, "外业核查"), code_of(KINDS, "?")
    ('field_check', None)
    """
    word = same_word(text)
    for code, term in words.items():
        if word in (code, same_word(term.zh), same_word(term.en)):
            return code
    return None


def table_titles() -> dict[str, Term]:
    """Tables that corrections may name, as a person calls them."""
    return {**{name: table.title for name, table in TABLES.items()}, FINDINGS: _FINDINGS_TITLE}


def column_titles(table: str) -> dict[str, Term]:
    """Columns of a table that corrections may name, with the unit that a bare number is in.

    >>> column_titles("parcels")["registered_area_m2"].zh
    '登记面积（平方米）'
    """
    if table == FINDINGS:
        return {"stage": _STAGE_TITLE}
    contract = TABLES[table]
    names = [name for name in contract.columns if name not in (*contract.key, *NEVER)]
    return {name: _with_unit(name) for name in names}


def column_title(table: str, column: str) -> Term:
    """Title of a corrected column."""
    return column_titles(table)[column] if table == FINDINGS and column == "stage" else title(column)


def refused_columns(table: str) -> tuple[str, ...]:
    """Columns that are corrected in the source: the key, and what says how rows are to be read."""
    return (*TABLES[table].key, *NEVER) if table in TABLES else ()


def column_named(table: str, text: str, others: Iterable[str] = ()) -> tuple[str | None, str | None]:
    """The column that ``text`` names, and the unit in its brackets.

    Args:
        others: columns the table has besides those of its contract.

    >>> column_named("parcels", "登记面积（亩）")
    ('registered_area_m2', '亩')
    """
    bare, unit = unit_in_header(text)
    word = same_word(bare)
    if table == FINDINGS and word in _STAGE_WORDS:
        return "stage", None
    if word in ("geometry", "图形"):
        return "geometry", None
    known = dict(column_titles(table))
    known |= {name: title(name) for name in refused_columns(table)}
    for name in known:
        plain = (_STAGE_TITLE,) if name == "stage" else (title(name),)
        if word in (name, *(same_word(each.text(lang)) for each in plain for lang in ("zh", "en"))):
            return name, unit
    carried = {same_word(name): name for name in others}
    whole = same_word(text)
    return (carried[whole], None) if whole in carried else (carried.get(word), unit)


def _with_unit(name: str) -> Term:
    shown = title(name)
    dimension = COLUMNS[name].dimension if name in COLUMNS else None
    if dimension is None or dimension not in _UNITS:
        return shown
    zh, en = _UNITS[dimension]
    return Term(f"{shown.zh}（{zh}）", f"{shown.en} ({en})")
