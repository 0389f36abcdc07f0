"""Whether amounts can be in the unit declared for them: the column as a whole, then single rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from landeff.core import plausible
from landeff.core.columns import COLUMNS
from landeff.core.issues import Issue, row_issues
from landeff.core.plausible import Bounds
from landeff.core.tables import TABLES
from landeff.core.units import UNITS, unit_of
from landeff.sources.codes.issues import grouped
from landeff.sources.columns.defects import keys

#: Fewer values say nothing about a unit.
LEAST = 5
#: Units worth proposing, the usual ones first.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "area": ("平方米", "亩", "公顷", "平方公里"),
    "money": ("元", "万元", "亿元"),
}
_BASE = {"area": "平方米", "money": "元", "length": "米"}
_LISTED = 50
_CHECK = "check the unit declared for the column"


def plausible_issues(
    frame: pd.DataFrame, table: str, units: Mapping[str, str], currency: str = "CNY"
) -> list[Issue]:
    """Columns whose median no reasonable unit would give, else single values far out; all are kept.

    Args:
        frame: canonical rows of one source.
        units: unit by canonical column or ``item:<name>``, where one was declared or named in the header.
        currency: of the project; money in another than CNY is not judged.

    Returns:
        ``unit_implausible`` for columns, ``value_implausible`` for single values.
    """
    issues: list[Issue] = []
    for name, rows, values, bounds in _judged(frame, table, currency):
        unit = units.get(name, units.get("value", "") if name.startswith("item:") else "")
        told = _of_column(rows, values, table, name, bounds, unit)
        issues += told or _of_rows(rows, values, table, name, bounds)
    return [*issues, *_by_area(frame, table, units, currency, issues)]


def likely_units(numbers: pd.Series[float], table: str, to: str) -> list[str]:
    """Units that would make a column's numbers plausible, at most two; for a question, not for an answer.

    >>> likely_units(pd.Series([0.8, 2.5, 3.1, 4.0, 12.0]), "supply", "supplied_area_m2")
    ['亩', '公顷']
    """
    item = to.removeprefix("item:")
    bounds = plausible.OF_ITEM.get(item) if item != to else plausible.OF_COLUMN.get(f"{table} {to}")
    above = numbers[numbers > 0]
    if bounds is None or len(above) < LEAST:
        return []
    dimension = "money" if item != to else COLUMNS[to].dimension
    units = _USUAL.get(dimension or "", ())
    middle = float(above.median())
    return [u for u in units if bounds.median_low <= middle * UNITS[u].factor <= bounds.median_high][:2]


def _judged(
    frame: pd.DataFrame, table: str, currency: str
) -> Iterator[tuple[str, pd.DataFrame, pd.Series[float], Bounds]]:
    """Each amount that has bounds: its name, its rows and their values above nought."""
    for name, bounds in plausible.OF_COLUMN.items():
        of_table, column = name.split()
        is_money = COLUMNS[column].dimension == "money"
        if of_table == table and column in frame and (not is_money or currency == "CNY"):
            values = frame[column].astype("float64")
            rows = frame[values > 0 if is_money else values.notna()]
            yield column, rows, values[rows.index], bounds
    if table != "returns" or frame.empty:
        return
    ours = frame[(frame["value"] > 0) & frame["currency"].fillna(currency).eq("CNY")]
    for item, rows in ours.groupby("item", sort=True):
        if item in plausible.OF_ITEM:
            yield f"item:{item}", rows, rows["value"].astype("float64"), plausible.OF_ITEM[str(item)]


def _of_column(
    rows: pd.DataFrame, values: pd.Series[float], table: str, name: str, bounds: Bounds, unit: str
) -> list[Issue]:
    values = values[values > 0]
    if len(values) < LEAST:
        return []
    low, middle, high = (float(number) for number in np.quantile(values, [0.25, 0.5, 0.75]))
    too_small = middle < bounds.median_low and high < bounds.median_low * 10
    too_large = middle > bounds.median_high and low > bounds.median_high / 10
    if not (too_small or too_large):
        return []
    dimension = "money" if name.startswith("item:") else COLUMNS[name].dimension
    word = unit or _BASE.get(dimension or "", "")
    return [_told(rows, table, name, middle, word, _right_units(middle, word, dimension, bounds))]


def _right_units(middle: float, word: str, dimension: str | None, bounds: Bounds) -> list[str]:
    """Units in which the median would be plausible, the usual ones first."""
    declared = unit_of(word)
    if declared is None or dimension is None or dimension not in _USUAL:
        return []
    found = []
    for each in _USUAL[dimension]:
        would_be = middle / declared.factor * UNITS[each].factor
        if UNITS[each].factor != declared.factor and bounds.median_low <= would_be <= bounds.median_high:
            found.append(each)
    return found[:2]


def _told(rows: pd.DataFrame, table: str, name: str, middle: float, word: str, right: list[str]) -> Issue:
    first = rows.sort_values("source_row", kind="stable").iloc[0]
    factor = unit_of(word).factor if unit_of(word) else 1.0  # type: ignore[union-attr]
    likely = f"; plausible as {' or '.join(right)}" if right else "; no other unit makes it plausible"
    declare = f'if it is {right[0]}, declare unit = "{right[0]}"' if right else _CHECK
    return Issue(
        "warning",
        "unit_implausible",
        table,
        f"kept in {word or 'the unit'} as declared{likely}",
        column=name.removeprefix("item:"),
        value=f"median {number(middle / factor)} {word}".strip(),
        source_file=str(first["source_file"]),
        source_row=int(first["source_row"]),
        fix=declare,
        n=len(rows),
    )


def _of_rows(
    rows: pd.DataFrame, values: pd.Series[float], table: str, name: str, bounds: Bounds
) -> list[Issue]:
    far = rows[(values < bounds.low) | (values > bounds.high)]
    if far.empty:
        return []
    column = name.removeprefix("item:")
    decision, fix = "kept; far from what is usual", "check the value and its unit"
    shown = values[far.index].map(number).astype("str")
    if len(far) > _LISTED:
        told = far.assign(**{column: shown})
        return grouped(told, table, column, "value_implausible", "warning", decision, fix)
    trace = far[["source_file", "source_row"]].assign(key=keys(far, TABLES[table]).fillna(""))
    return row_issues(
        trace,
        "warning",
        "value_implausible",
        table,
        key="key",
        decision=decision,
        column=column,
        value=shown,
        fix=fix,
    )


def _by_area(
    frame: pd.DataFrame, table: str, units: Mapping[str, str], currency: str, already: list[Issue]
) -> list[Issue]:
    """Amounts that are plausible alone, but not beside the area."""
    told = {issue.column for issue in already if issue.code == "unit_implausible"}
    issues = []
    for (of_table, column), (area, low, high) in plausible.by_area().items():
        is_here = of_table == table and currency == "CNY" and {column, area} <= set(frame)
        if not is_here or {column, area} & told:
            continue
        rows = frame[(frame[column] > 0) & (frame[area] > 0)]
        if len(rows) < LEAST:
            continue
        each = float((rows[column] / rows[area]).median())
        if low <= each <= high:
            continue
        word = units.get(column, "元")
        right = _right_units(each, word, "money", Bounds(0.0, 0.0, low, high, ""))
        issue = _told(rows, table, column, float(rows[column].median()), word, right)
        issues.append(replace(issue, value=f"{issue.value}, {number(each)} 元/m²"))
    return issues


def number(value: float) -> str:
    """A number to read, with four digits that count.

    >>> number(3214.2), number(0.00123456), number(2.14e9)
    ('3,214', '0.001235', '2,140,000,000')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
