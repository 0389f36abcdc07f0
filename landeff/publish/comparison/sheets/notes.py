"""What makes the two runs less comparable."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import paired
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (field("note", "long", "说明", "note"),)


def build(dataset: Dataset) -> Ledger | None:
    """A row a note."""
    frame = dataset.frame("notes").set_axis(["title_zh", "title_en"], axis=1)
    return Ledger(_FIELDS, frame.assign(note=paired(frame)))


SHEET = Sheet(Term("可比性说明", "Notes"), 50, build)
