"""What was sent, hidden: keys and the values seen, so that a row that is deleted or changed is told."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.split_words import SENT_COLUMNS, SENT_SHEET
from landeff.core.text import Term
from landeff.publish.fields import Field
from landeff.publish.workbook.model import Ledger, Sheet


def build(part: Dataset) -> Ledger:
    """A row for each row of listed land in the file."""
    fields = tuple(Field(name, Term(name, name), "code") for name in SENT_COLUMNS)
    return Ledger(fields, part.frame("sent"))


SHEET = Sheet(SENT_SHEET, 100, build, is_hidden=True)
