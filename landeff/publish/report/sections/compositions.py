"""What composed measures are made of, and whether the text behind them was seen."""

from __future__ import annotations

from collections.abc import Sequence

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.report.model import Block, Note, Row, Section, Table
from landeff.publish.terms import term

_MISSING = {
    "unknown": Term("缺则不清楚", "unknown where missing"),
    "zero": Term("缺则计零", "0 where missing"),
}


def build(dataset: Dataset) -> Sequence[Block]:
    """A line an item, with its sign and the document; none where nothing is composed."""
    table = dataset.frame("compositions")
    if table.empty:
        return []
    rows = []
    for row in table.to_dict("records"):
        verified = Term("已核实", "verified") if row["is_verified"] else Term("未核实", "not verified")
        title = Term(str(row["title_zh"]), str(row["title_en"]))
        sign, missing = f"{row['sign']:+g}", _MISSING[str(row["missing"])]
        rows.append(Row((title, term("item", row["item"]), sign, missing, str(row["document"]), verified)))
    fields = (
        field("name", "text", "指标", "measure"),
        field("item", "text", "组成项", "item"),
        field("sign", "text", "系数", "sign"),
        field("missing", "text", "缺报时", "where missing"),
        field("document", "long", "依据", "document"),
        field("verified", "text", "核实", "verified"),
    )
    blocks: list[Block] = [
        Table(fields, tuple(rows), Term("指标 = Σ 系数 × 组成项", "Measure = Σ sign × item"))
    ]
    if not table["is_verified"].all():
        text = Term(
            "未核实的组成不得作为结论引用。",
            "Figures of a composition that is not verified are not to be quoted.",
        )
        blocks.append(Note(text, "warning"))
    return blocks


SECTION = Section(Term("指标的组成", "What measures are made of"), 98, build)
