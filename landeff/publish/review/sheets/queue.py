"""Doubtful matches: one row a candidate, what is most at stake first; 是, 否 or 不确定 to be filled in."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.review_words import DECISION_HEADERS, QUEUE_SHEET
from landeff.core.text import Term
from landeff.publish.fields import Field, Kind, field
from landeff.publish.terms import term, titled
from landeff.publish.workbook.model import YES_NO_UNSURE, Ledger, Sheet

_ENTRY = ("answer", "decided_by", "decided_on", "note")
_HIDDEN = ("kind", "left_table", "left_key", "right_table", "right_key", "seen")
_MENTION = ["left_table", "left_key"]


def _word(name: str, kind: Kind) -> Field:
    return Field(name, DECISION_HEADERS[name], kind)


_FIELDS = (
    field("number", "count", "序号", "no."),
    field("question", "text", "核对事项", "question"),
    field("found_in", "text", "来源表", "table"),
    _word("left_name", "text"),
    field("code", "code", "原填代码", "code as written"),
    field("source_file", "text", "文件", "file"),
    field("source_row", "count", "行", "row"),
    field("n_rows", "count", "行数", "rows"),
    field("tax_cny", "wan", "涉及税收", "tax at stake"),
    field("area_m2", "mu", "涉及用地", "land at stake"),
    _word("right_name", "text"),
    field("candidate", "code", "候选代码", "code of the candidate"),
    field("score", "percent", "相似度", "likeness"),
    field("reasons_told", "long", "依据", "reasons"),
    _word("answer", "text"),
    _word("decided_by", "text"),
    _word("decided_on", "date"),
    _word("note", "text"),
    *(_word(name, "code") for name in _HIDDEN),
)


def queue(dataset: Dataset) -> pd.DataFrame:
    """Questions that wait for a person, with what stands behind them, in the order of the sheet.

    Candidates of a mention follow each other, likest first; mentions by tax, then by land at stake.
    """
    links = dataset.frame("links")
    if links.empty:
        return pd.DataFrame(columns=[each.name for each in _FIELDS])
    mention = [links[name] for name in _MENTION]
    is_answered = (links["decision"] == "confirmed").groupby(mention).transform("any")
    rows = links[(links["decision"] == "queued") & ~is_answered]
    known = dataset.frame("mentions")
    if len(known):
        known = known.rename(columns={"table": "left_table", "key": "left_key"})
        rows = rows.merge(known, on=_MENTION, how="left", validate="m:1")
    rows = rows.reindex(columns=[*dict.fromkeys([*rows, "name", "code", "tax_cny", "area_m2"])])
    rows = rows.assign(
        tax_at_stake=-rows["tax_cny"].astype("float64").fillna(0.0),
        land_at_stake=-rows["area_m2"].astype("float64").fillna(0.0),
        likeness=-rows["score"],
    )
    by = ["tax_at_stake", "land_at_stake", "kind", *_MENTION, "likeness", "right_table", "right_key"]
    rows = rows.sort_values(by, kind="stable", ignore_index=True)
    number = rows.groupby(["kind", *_MENTION], sort=False).ngroup() + 1
    return rows.assign(number=number.astype("Int64"), name=rows["left_name"].fillna(rows["name"]))


def reasons_told(codes: object) -> Term:
    """Reason codes joined by a comma, in words."""
    told = [term("reason", code) for code in str(codes).split(",") if code and codes == codes]  # noqa: PLR0124 NaN
    return Term("；".join(each.zh for each in told), "; ".join(each.en for each in told))


def build(dataset: Dataset) -> Ledger:
    """A row a candidate; none where nothing waits."""
    rows = queue(dataset)
    told = [reasons_told(codes) for codes in rows["reasons"]] if len(rows) else []
    name = rows["left_name"] if "left_name" in rows else rows["left_key"]
    rows = rows.assign(
        question=titled("question", rows["kind"]),
        found_in=titled("table", rows["left_table"]),
        left_name=name.fillna(rows["left_key"]),
        candidate=rows["right_key"],
        reasons_told=pd.Series(told, index=rows.index, dtype=object),
        **dict.fromkeys(_ENTRY),
    )
    rows = rows.assign(right_name=rows["right_name"].fillna(rows["right_key"]))
    return Ledger(_FIELDS, rows, (("answer", YES_NO_UNSURE),), entry=_ENTRY, hidden=_HIDDEN)


SHEET = Sheet(QUEUE_SHEET, 10, build)
