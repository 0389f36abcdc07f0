"""Industries: land and tax of each division."""

from __future__ import annotations

from collections.abc import Sequence

from landeff.core.dataset import Dataset
from landeff.core.industries import divisions
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.groups import by_code
from landeff.publish.report.group_table import NOTE, group_table
from landeff.publish.report.model import Block, Note, Section


def build(dataset: Dataset) -> Sequence[Block]:
    """A row a division, the most land first; nothing where no parcel has an industry."""
    groups = by_code(dataset, "industry_division_code")
    if groups.empty:
        return []
    groups = groups.assign(none=groups["code"].isna()).sort_values(
        ["none", "area_m2", "code"], ascending=[True, False, True], kind="stable"
    )
    caption = Term("行业大类与用地、税收", "Industries: land and tax")
    first = field("industry_division_code", "text", "行业大类", "industry")
    return [group_table(groups, [_title(code) for code in groups["code"]], first, caption), Note(NOTE)]


def _title(code: object) -> Term | str:
    division = divisions().get(str(code))
    return (
        str(code) if division is None else Term(f"{code} {division.title.zh}", f"{code} {division.title.en}")
    )


SECTION = Section(Term("行业", "Industries"), 67, build)
