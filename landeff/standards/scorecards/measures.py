"""Quotients with their unit: how 万元/亩 comes from ``tax_cny`` and ``basis_area_m2``."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landeff.core.columns import DIMENSION_OF_SUFFIX
from landeff.core.units import Unit, unit_of

#: Dimension of a column by the end of its name; ``n_`` begins a count.
_DIMENSIONS = {**DIMENSION_OF_SUFFIX, "_tce": "energy", "_kwh": "electricity", "_t": "mass"}
_RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Measure:
    """A quotient of two columns, or one column alone, in a stated unit.

    Attributes:
        of, per: columns of the numerator and the denominator; no ``per`` means the column as it is.
        factor: what the quotient in the units of the columns is divided by to be in ``unit``.
    """

    of: str
    per: str
    unit: str
    factor: float

    def values(self, frame: pd.DataFrame) -> pd.Series:
        """Value of each row, same index: ``of ÷ per ÷ factor``; NaN where a part is missing or ``per`` is 0.

        >>> made = measure("tax_cny", "basis_area_m2", "万元/亩")
        >>> facts = pd.DataFrame({"tax_cny": [300_000.0, 1.0], "basis_area_m2": [10_000.0, 0.0]})
        >>> made.values(facts).round(9).tolist()
        [2.0, nan]
        """
        top = number(frame, self.of)
        if not self.per:
            return top / self.factor
        below = number(frame, self.per)
        return top / below.where(below != 0) / self.factor


def number(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as numbers; missing throughout where the frame has none of that name."""
    if name not in frame:
        return pd.Series(float("nan"), index=frame.index)
    return pd.to_numeric(frame[name], errors="coerce").astype("float64")


def dimension_of(column: str) -> str:
    """Dimension of a column by its name; empty where the name does not say.

    >>> dimension_of("rd_cny"), dimension_of("n_employees"), dimension_of("score")
    ('money', 'count', '')
    """
    if column.startswith("n_"):
        return "count"
    return next((kind for suffix, kind in _DIMENSIONS.items() if column.endswith(suffix)), "")


def measure(of: str, per: str, unit: str) -> Measure:
    """A measure out of its columns and the unit it is given in.

    Raises:
        ValueError: the unit does not exist, or is not one of these columns.

    >>> round(measure("value_added_cny", "n_employees", "万元/人").factor)
    10000
    """
    if not per:
        whole = _unit(unit)
        _compare(of, whole, unit)
        return Measure(of, per, unit, whole.factor)
    top_name, _, below_name = unit.partition("/")
    if not below_name:
        ratio = _unit(unit)
        if ratio.dimension != _RATIO:
            raise ValueError(f'the unit of {of} ÷ {per} needs a "/", as in 万元/亩')
        if dimension_of(of) != dimension_of(per):
            raise ValueError(f"{of} ÷ {per} is no ratio: {dimension_of(of)} ÷ {dimension_of(per)}")
        return Measure(of, per, unit, ratio.factor)
    top, below = _unit(top_name), _unit(below_name)
    _compare(of, top, top_name)
    _compare(per, below, below_name)
    return Measure(of, per, unit, top.factor / below.factor)


def factor_between(unit: str, wanted: Measure) -> float:
    """What a figure in ``unit`` is multiplied by to be in the unit of ``wanted``.

    >>> round(factor_between("元/亩", measure("tax_cny", "basis_area_m2", "万元/亩")), 9)
    0.0001
    """
    return measure(wanted.of, wanted.per, unit).factor / wanted.factor


def _unit(name: str) -> Unit:
    found = unit_of(name)
    if found is None:
        raise ValueError(f'no unit is called "{name}"')
    return found


def _compare(column: str, unit: Unit, name: str) -> None:
    dimension = dimension_of(column)
    if dimension and unit.dimension != dimension:
        raise ValueError(f"{column} is {dimension}, {name} is {unit.dimension}")
