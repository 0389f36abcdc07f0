"""Comparisons of rules in words, each written once in the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landeff.core import landuse
from landeff.core.columns import title
from landeff.core.explanation import comparison_words, shown
from landeff.core.text import Lang, Term

_UNITS = {
    "_cny_per_mu": Term("{}/亩", "{}/mu"),
    "_cny": Term("{}", "{}"),
    "_m2": Term("平方米", "m²"),
}
_PERIOD = re.compile(r"P(\d+)([YMD])")
_PERIODS = {"Y": Term("年", "year"), "M": Term("个月", "months"), "D": Term("天", "days")}


@dataclass(frozen=True, slots=True)
class Wording:
    """A comparison of a rule: what it says where it holds, and where it does not.

    Attributes:
        is_blank: whether it asks for a value that is not there; then a missing value answers it.
    """

    holds: Term
    fails: Term
    is_blank: bool = False


def wording(column: str, op: str, expected: object, currency: str = "CNY") -> Wording:
    """A comparison in words.

    Args:
        expected: a value, a list of values, or the name of the other column; ``None`` where there is none.
        currency: of ``_cny`` columns.

    >>> wording("tax_cny_per_mu", "<", 20000.0).holds.zh
    '亩均税收（元/亩） ＜ 20,000'
    >>> wording("idle_from_on", "older_than", "P1Y").fails.en
    'one year past due is not longer ago than 1 year'
    """
    left, words = _left(column, currency), comparison_words(op)
    right = Term(_right(expected, "zh"), _right(expected, "en"))
    holds, fails = (
        Term(
            " ".join(filter(None, (left.zh, word.zh, right.zh))),
            " ".join(filter(None, (left.en, word.en, right.en))),
        )
        for word in words
    )
    return Wording(holds, fails, op == "is_null")


def _left(column: str, currency: str) -> Term:
    name = title(column)
    unit = next((unit for suffix, unit in _UNITS.items() if column.endswith(suffix)), None)
    if unit is None:
        return name
    money = Term("元" if currency == "CNY" else currency, currency)
    return Term(f"{name.zh}（{unit.zh.format(money.zh)}）", f"{name.en} ({unit.en.format(money.en)})")


def _right(expected: object, lang: Lang) -> str:
    if expected is None:
        return ""
    if isinstance(expected, list | tuple):
        return ("、" if lang == "zh" else ", ").join(_right(each, lang) for each in expected)
    if not isinstance(expected, str):
        return shown(expected, lang)
    period = _PERIOD.fullmatch(expected)
    if period:
        return f"{period.group(1)} {_PERIODS[period.group(2)].text(lang)}"
    known = landuse.CLASSES.get(expected)
    return (known or title(expected)).text(lang)
