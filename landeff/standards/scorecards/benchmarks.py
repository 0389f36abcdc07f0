"""What a value is compared with: a number of the card, of a published table, or of the group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from landeff.standards.scorecards.measures import factor_between, number
from landeff.standards.scorecards.spec import Benchmark, Item


def benchmark_values(
    item: Item, benchmark: Benchmark, rows: pd.DataFrame, among: pd.Series, given: pd.DataFrame
) -> pd.Series:
    """Benchmark of each row, in the unit of the item; NaN where there is none, or none above 0.

    Args:
        rows: units of one model, with their columns and ``year``.
        among: whether a row counts towards a mean (those not graded do not).
        given: the table ``benchmarks``: ``indicator``, ``place``, ``year``, ``value``; a value with a
            ``bound`` is no value.
    """
    if benchmark.kind == "fixed":
        return pd.Series(benchmark.value, index=rows.index)
    if benchmark.kind == "given":
        found = _given(item, benchmark, rows, given)
    else:
        found = benchmark.times * _means(item, benchmark, rows, among)
    return found.where(found > 0)


def _given(item: Item, benchmark: Benchmark, rows: pd.DataFrame, given: pd.DataFrame) -> pd.Series:
    table = given[given["indicator"] == benchmark.indicator] if len(given) else given
    if "bound" in table:
        table = table[table["bound"].isna() | (table["bound"] == "")]
    if not len(table):
        return pd.Series(np.nan, index=rows.index)
    by_place = table.drop_duplicates(["place", "year"]).set_index(["place", "year"])["value"]
    place = pd.Series(benchmark.place, index=rows.index)
    if benchmark.place_by:
        place = rows[benchmark.place_by] if benchmark.place_by in rows else pd.Series(pd.NA, index=rows.index)
    keys = pd.MultiIndex.from_arrays([place, rows["year"] + benchmark.year])
    values = by_place.reindex(keys).set_axis(rows.index).astype("float64")
    return values * factor_between(benchmark.unit, item.measure)


def _means(item: Item, benchmark: Benchmark, rows: pd.DataFrame, among: pd.Series) -> pd.Series:
    """Mean of the group of each row in the year the benchmark is of: Σ of ÷ Σ per, or of the values."""
    keys = group_keys(rows, benchmark.of)
    counted = rows[among]
    value = item.measure.values(counted)
    known = value.notna()
    top, below = value, pd.Series(1.0, index=counted.index)
    if benchmark.weighted and item.measure.per:
        top = number(counted, item.measure.of) / item.measure.factor
        below = number(counted, item.measure.per)
    by = [keys[among], counted["year"]]
    sums = top.where(known).groupby(by, sort=True).sum() / below.where(known).groupby(by, sort=True).sum()
    wanted = pd.MultiIndex.from_arrays([keys, rows["year"] + benchmark.year])
    return sums.reindex(wanted).set_axis(rows.index).astype("float64")


def extremes(
    item: Item, benchmark: Benchmark, rows: pd.DataFrame, among: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Least and greatest value of the group of each row."""
    value = item.measure.values(rows)
    by = [group_keys(rows, benchmark.of), rows["year"]]
    counted = value.where(among).groupby(by, sort=True)
    return counted.transform("min"), counted.transform("max")


def group_keys(rows: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The group of each row as one text, its parts joined by ``|``; missing where a part is."""
    key = pd.Series("", index=rows.index, dtype="str")
    for place, name in enumerate(columns):
        part = rows[name] if name in rows else pd.Series(pd.NA, index=rows.index)
        key = (key + "|" if place else key) + part.astype("str")
    return key
