"""Data issues as a reader sees them, in Chinese and English: code, column, value, decision and fix."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from landeff.core.columns import title
from landeff.core.text import Term
from landeff.publish.fields import is_known
from landeff.publish.issue_texts import CODES, SENTENCES
from landeff.publish.terms import TERMS, term

#: What the value of an issue says besides the value: a place, or how many.
_PLACES = (
    (r" \(cell ([A-Z]+\d+)\)", r"（单元格 \1）"),
    (r"(\S+) row (\d+)", r"\1 第 \2 行"),
    (r"^rows (\d[\d, …]*)$", r"第 \1 行"),
    (r"^(\d+) rows, (\d+) keys$", r"\1 行，\2 个代码"),
)


def sentence(text: str) -> Term:
    """A decision or a fix in both languages; one that nobody translated stays as it is.

    >>> sentence("0.24 m² not counted for A2").zh
    '重叠 0.24 平方米，不再计入 A2'
    """
    for english, chinese in SENTENCES:
        found = re.fullmatch(english, text)
        if found:
            return Term(found.expand(chinese), text)
    return Term(text, text)


def _value(text: str) -> Term:
    chinese = text
    for english, wanted in _PLACES:
        chinese = re.sub(english, wanted, chinese)
    return Term(chinese, text)


def _column(names: str) -> Term:
    """Titles of the columns or money items joined by ``, ``."""
    titles = [TERMS.get(("item", name), title(name)) for name in names.split(", ")]
    return Term("、".join(each.zh for each in titles), ", ".join(each.en for each in titles))


def _told(texts: pd.Series, tell: Callable[[str], Term]) -> pd.Series:
    found = [tell(str(text)) if is_known(text) and text != "" else None for text in texts]
    return pd.Series(found, index=texts.index, dtype=object)


def told_issues(frame: pd.DataFrame) -> pd.DataFrame:
    """Issues or set-aside rows with terms for codes, columns, tables, decisions and fixes; same index."""
    told: dict[str, Callable[[str], Term]] = {
        "code": lambda code: CODES.get(code, Term(code, code)),
        "reason": lambda code: CODES.get(code, Term(code, code)),
        "severity": lambda code: term("severity", code),
        "table": lambda code: term("table", code),
        "column": _column,
        "value": _value,
        "decision": sentence,
        "fix": sentence,
    }
    known = {name: _told(frame[name], tell) for name, tell in told.items() if name in frame.columns}
    return frame.assign(**known)
