"""Units of scorecards in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landeff.core.text import Term

_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "元": "CNY",
        "万元": "10k CNY",
        "亿元": "100M CNY",
        "亩": "mu",
        "公顷": "ha",
        "平方米": "m²",
        "人": "persons",
        "吨": "t",
        "吨标煤": "tce",
        "吨标准煤": "tce",
        "千瓦时": "kWh",
        "度": "kWh",
        "万千瓦时": "10k kWh",
        "件": "items",
    }
)


def unit_words(unit: str) -> Term:
    """A unit as the scorecard states it, and in English as far as its parts are known.

    >>> unit_words("万元/亩").en, unit_words("元/kWh").en, unit_words("标箱/亩").en
    ('10k CNY/mu', 'CNY/kWh', '标箱/mu')
    """
    return Term(unit, "/".join(_PARTS.get(part, part) for part in unit.split("/")))


def with_unit(number: str, unit: str) -> Term:
    """A number with its unit behind it; the number alone where there is none."""
    told = unit_words(unit)
    return Term(f"{number} {told.zh}".strip(), f"{number} {told.en}".strip())
