"""Values of corrections with their units: 30 亩 and 20,000 m² are told apart from 30 and 20,000."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import COLUMNS, item_unit
from landeff.core.corrections import shown
from landeff.core.units import unit_of

_INSIDE = {"area": "m²", "length": "m"}


def with_units(outcomes: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Outcomes of corrections with the unit behind bare numbers.

    Args:
        outcomes: ``table``, ``column``, ``key``, ``unit`` (of the column as written, missing where it names
            none), ``old_value``, ``new_value`` and ``now``.

    >>> row = {"table": "parcels", "column": "registered_area_m2", "key": "A", "unit": "亩", "old_value": 29}
    >>> with_units(pd.DataFrame([row | {"new_value": "31亩", "now": "20000"}]), "CNY")["now"].tolist()
    ['30亩']
    """
    told = zip(outcomes["table"], outcomes["column"], outcomes["key"], strict=True)
    inside = pd.Series([_unit(*each, currency) for each in told], index=outcomes.index, dtype="str")
    unit = outcomes["unit"].astype("str")
    changed = {name: _with(outcomes[name], unit, "") for name in ("old_value", "new_value")}
    factors = unit.map(_factor, na_action="ignore").astype("float64")
    in_unit = pd.to_numeric(outcomes["now"].where(factors.notna()), errors="coerce") / factors
    now = _with(outcomes["now"], inside, " ").mask(in_unit.notna(), shown(in_unit) + unit)
    return outcomes.assign(**changed, now=now.astype("str"))


def _factor(unit: str) -> float:
    known = unit_of(unit)
    return known.factor if known else float("nan")


def _with(values: pd.Series, units: pd.Series, blank: str) -> pd.Series:
    texts = values.where(values.notna()).astype("str").str.removesuffix(".0")
    is_bare = pd.to_numeric(texts, errors="coerce").notna() & units.notna()
    return values.astype("object").mask(is_bare, texts + blank + units)


def _unit(table: str, column: str, key: object, currency: str) -> str | None:
    """Unit that a column is kept in; ``None`` where it has none."""
    if table == "returns" and column == "value":
        return item_unit(str(key).rpartition("|")[2], currency)
    dimension = COLUMNS[column].dimension if column in COLUMNS else None
    return currency if dimension == "money" else _INSIDE.get(dimension or "")
