"""How a value is shown: in the units of the office (亩, 万元, %), out of those inside (m², CNY, ratio)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pandas as pd

from landeff.core.columns import title
from landeff.core.text import Lang, Term
from landeff.core.units import M2_PER_MU, WAN
from landeff.publish.plain import plain

Kind = Literal[
    "text",
    "long",
    "code",
    "date",
    "year",
    "yes_no",
    "count",
    "days",
    "mu",
    "m2",
    "wan",
    "yuan",
    "wan_per_mu",
    "percent",
    "amount",
    "bar",
]
Value = str | int | float | dt.date | Term | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A unit of the edges: ``per`` units of the inside make one of it; ``{}`` in a unit is the currency."""

    per: float
    decimals: int
    unit: Term


QUANTITIES: Mapping[Kind, Quantity] = MappingProxyType(
    {
        "count": Quantity(1.0, 0, Term("", "")),
        "days": Quantity(1.0, 0, Term("天", "days")),
        "mu": Quantity(M2_PER_MU, 2, Term("亩", "mu")),
        "m2": Quantity(1.0, 2, Term("平方米", "m²")),
        "wan": Quantity(WAN, 2, Term("万{}", "10k {}")),
        "yuan": Quantity(1.0, 2, Term("{}", "{}")),
        "wan_per_mu": Quantity(WAN, 2, Term("万{}/亩", "10k {}/mu")),
        "percent": Quantity(0.01, 1, Term("%", "%")),
        "amount": Quantity(1.0, 2, Term("", "")),
    }
)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table that is shown.

    Attributes:
        name: column of the data it is taken from.
        kind: how its values are written; numbers are converted to the unit of the kind, ``long`` is text that
            needs room.
        group: heading above several neighbouring columns.
    """

    name: str
    title: Term
    kind: Kind
    group: Term | None = None

    @property
    def is_number(self) -> bool:
        """Whether values are numbers in a unit, to be aligned on the right."""
        return self.kind in QUANTITIES

    def heading(self, lang: Lang, currency: str) -> str:
        """Title with its unit, in brackets of the language.

        >>> Field("area_m2", Term("面积", "area"), "mu").heading("zh", "CNY")
        '面积（亩）'
        """
        shown, unit = self.title.text(lang), unit_of(self.kind, lang, currency)
        if not unit:
            return shown
        return f"{shown}（{unit}）" if lang == "zh" else f"{shown} ({unit})"


def field(name: str, kind: Kind, zh: str = "", en: str = "", group: Term | None = None) -> Field:
    """A field titled ``zh``/``en``, or by the data dictionary where no title is given."""
    return Field(name, Term(zh, en) if zh else title(name), kind, group)


def unit_of(kind: Kind, lang: Lang, currency: str) -> str:
    """Unit of ``kind`` as written in headings; empty where there is none."""
    quantity = QUANTITIES.get(kind)
    money = "元" if currency == "CNY" and lang == "zh" else currency
    return quantity.unit.text(lang).format(money) if quantity else ""


def is_known(value: object) -> bool:
    """Whether there is a value at all (not None, NaN, NaT or NA)."""
    return not (value is None or value is pd.NA or value is pd.NaT or value != value)  # noqa: PLR0124 NaN


def converted(value: float, kind: Kind) -> float:
    """A number of the inside in the unit of ``kind``.

    >>> converted(10_000 / 15, "mu")
    1.0
    """
    quantity = QUANTITIES.get(kind)
    return float(value) / quantity.per if quantity else float(value)


def number_text(value: object, kind: Kind, missing: str = "—") -> str:
    """A number of the inside as written: converted, with thousands separators; ``missing`` where unknown.

    >>> number_text(220e6, "mu")
    '330,000.00'
    """
    if not is_known(value):
        return missing
    text = f"{converted(float(str(value)), kind):,.{QUANTITIES[kind].decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


#: A cell that is longer is cut, visibly.
_LONGEST = 2000


def value_text(value: Value, field: Field, lang: Lang) -> str:
    """One value as it is written: in the unit of its kind, unknown numbers and dates as ``—``.

    >>> value_text(2000 / 3, field("area_m2", "mu"), "zh")
    '1.00'
    """
    if not is_known(value) or value == "":
        return "—" if field.is_number or field.kind in {"date", "year"} else ""
    if isinstance(value, Term):
        return plain(value.text(lang), _LONGEST)
    if field.kind in QUANTITIES:
        return number_text(value, field.kind)
    if field.kind == "yes_no":
        return Term("是", "yes").text(lang) if value else Term("否", "no").text(lang)
    if isinstance(value, dt.date):
        return value.strftime("%Y-%m-%d")
    return plain(value, _LONGEST)
