"""Sentences about corrections and decisions that were not applied."""

from __future__ import annotations

import re

from landeff.core.corrections import OUTCOMES
from landeff.core.review_words import DECISION_OUTCOMES

_OUTCOMES = tuple((re.escape(term.en), term.zh) for term in (*OUTCOMES.values(), *DECISION_OUTCOMES.values()))
SENTENCES: tuple[tuple[str, str], ...] = (
    *_OUTCOMES,
    (r"look at the values as they are now and decide again, or delete the row",
     "按现在的数值重新判断，或删除该行"),
    (r"leave the right row and delete the others", "保留正确的一行，删除其余"),
    (r"fill in the row as the sheet 说明 says", "按“说明”表的要求补填该行"),
    (r"correct table, key or column", "改正表、编号或字段"),
    (r"correct it in the source", "请在原文件中改正"),
)  # fmt: skip
