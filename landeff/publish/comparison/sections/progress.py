"""Progress of the inventory: parcels and land by outcome, and the parcels themselves."""

from __future__ import annotations

from collections.abc import Sequence

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.report.model import Block, Note, Row, Section, Table, rows_of
from landeff.publish.terms import term, titled

_MOST = 200
_FIELDS = (
    field("parcel_id", "code"),
    field("outcome", "text", "进展", "outcome"),
    field("old_class", "text", "原类别", "class before"),
    field("new_class", "text", "现类别", "class now"),
    field("area_m2", "mu", "面积", "area"),
    field("changed", "long", "变化的事实", "facts that changed"),
    field("verdicts", "long", "判定变化", "verdicts that changed"),
)
_SUMS = (
    field("outcome", "text", "进展", "outcome"),
    field("n", "count", "宗数", "parcels"),
    field("area_m2", "mu", "面积", "area"),
)
_NOTE = Term(
    "已处置：两次成果之间土地上发生了有日期的事（开工、竣工）；撤销：原结论按现有事实本不成立（事实已更正、当时已开工、规则已变）；"
    "其余退出的不作推断。",
    "Disposed of: something dated happened on the land between the runs. Withdrawn: by today's facts the old "
    "finding did not hold (fact corrected, works begun before, another rule). Whatever else left is unclear.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """Sums, then the parcels that did not simply stay."""
    frame = dataset.frame("progress")
    if frame.empty:
        return []
    sums = frame.groupby("outcome", sort=False).agg(n=("parcel_id", "size"), area_m2=("area_m2", "sum"))
    rows = tuple(
        Row((term("outcome", name), int(n), float(area)))
        for name, n, area in zip(sums.index, sums["n"], sums["area_m2"], strict=True)
    )
    moved = frame[frame["outcome"] != "still_open"].head(_MOST)
    moved = moved.assign(
        outcome=titled("outcome", moved["outcome"]),
        old_class=titled("inventory", moved["old_class"]),
        new_class=titled("inventory", moved["new_class"]),
    )
    caption = Term(f"变化的宗地（至多{_MOST}宗，全部见工作簿）", f"Parcels that changed (first {_MOST})")
    return [
        Table(_SUMS, rows, Term("台账进展", "Progress of the inventory")),
        Note(_NOTE),
        Table(_FIELDS, rows_of(moved, _FIELDS), caption),
    ]


SECTION = Section(Term("台账进展", "Progress of the inventory"), 20, build)
