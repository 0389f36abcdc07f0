"""Official grades: land and tax of each."""

from __future__ import annotations

from collections.abc import Sequence

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.groups import by_code
from landeff.publish.report.group_table import NOTE, group_table
from landeff.publish.report.model import Block, Note, Section


def build(dataset: Dataset) -> Sequence[Block]:
    """A row a grade; nothing where no parcel has one."""
    groups = by_code(dataset, "grade_latest")
    if groups.empty:
        return []
    caption = Term("正式等级（最近一年）与用地、税收", "Official grades of the latest year: land and tax")
    titles: list[Term | str] = [str(code) for code in groups["code"]]
    first = field("grade_latest", "text", "等级", "grade")
    return [group_table(groups, titles, first, caption), Note(NOTE)]


SECTION = Section(Term("等级", "Grades"), 66, build)
