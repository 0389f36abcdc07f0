"""The sheet that says how a workbook is filled in, in both languages side by side."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.workbook.model import Ledger

_FIELDS = (
    field("topic_zh", "text", "事项", "事项"),
    field("text_zh", "long", "怎么填", "怎么填"),
    field("topic_en", "text", "topic", "topic"),
    field("text_en", "long", "how to fill it in", "how to fill it in"),
)


def guide(texts: Iterable[tuple[Term, Term]]) -> Ledger:
    """Topics and what is to be said of them, whatever the language of the workbook."""
    rows = [(topic.zh, text.zh, topic.en, text.en) for topic, text in texts]
    return Ledger(_FIELDS, pd.DataFrame(rows, columns=[each.name for each in _FIELDS], dtype=object))
