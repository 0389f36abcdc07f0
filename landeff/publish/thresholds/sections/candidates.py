"""Two candidate standards side by side, and the parcels on which they differ."""

from __future__ import annotations

from collections.abc import Sequence

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.report.model import Block, Note, Section, Table, rows_of
from landeff.publish.terms import titled

_MOST = 300
COUNTS = (
    field("first", "text", "甲", "A"),
    field("second", "text", "乙", "B"),
    field("n", "count", "宗数", "parcels"),
    field("area_m2", "mu", "面积", "area"),
)
PARCELS = (
    field("parcel_id", "code"),
    field("first", "text", "甲", "A"),
    field("second", "text", "乙", "B"),
    field("basis_area_m2", "mu", "面积", "area"),
    field("why", "long", "未标记的理由", "why not flagged"),
)


def build(dataset: Dataset) -> Sequence[Block]:
    """Counts, then parcels."""
    counts, parcels = dataset.frame("candidates"), dataset.frame("differences")
    if counts.empty:
        return []
    one, two = counts["first_text"].iloc[0], counts["second_text"].iloc[0]
    shown = parcels.head(_MOST)
    named = {name: titled("candidate", shown[name]) for name in ("first", "second")}
    both = {name: titled("candidate", counts[name]) for name in ("first", "second")}
    caption = Term(f"两标准结论不同的宗地（至多{_MOST}宗）", f"Parcels on which they differ (first {_MOST})")
    return [
        Note(Term(f"甲：{one}；乙：{two}（数值为元、平方米、比值）", f"A: {one}; B: {two}")),
        Table(COUNTS, rows_of(counts.assign(**both), COUNTS), Term("两个候选标准", "Two candidates")),
        Table(PARCELS, rows_of(shown.assign(**named), PARCELS), caption),
    ]


SECTION = Section(Term("候选标准比较", "Two candidate standards"), 20, build)
