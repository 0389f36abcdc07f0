"""The year in which a tax counts: that of its receipt (入库日期) or that of its period (税款所属期).

Neither is the right one: finance departments count receipts, statistics and ratings count periods. The
project file says which (``year_by``), and rows for which it matters are told.
"""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue

YearBy = Literal["received_on", "period"]
YEAR_BY: tuple[str, ...] = get_args(YearBy)
_PERIOD = ("period_from_on", "period_to_on")
_MEANT = {"received_on": "the year of receipt", "period": "the year of the period"}


def year_problem(year_by: str | None, fed: set[str], name: str) -> InputError | None:
    """Why the year of the rows cannot be told from their dates; ``None`` where it can, or need not."""
    if year_by is None:
        return None
    needed = ("received_on",) if year_by == "received_on" else _PERIOD
    if "year" in fed:
        return InputError(
            f"{name}: year_by = {year_by!r}, and a column is mapped to year.", "leave one of them out"
        )
    if not fed & set(needed):
        return InputError(
            f"{name}: year_by = {year_by!r}, but nothing is mapped to {' or '.join(needed)}.",
            f'map the column: "…" = "{needed[-1]}"',
        )
    return None


def with_year(frame: pd.DataFrame, year_by: str | None) -> pd.DataFrame:
    """``frame`` with ``year`` by the declared date; missing where the date is.

    A period that spans two years counts in the year in which it ends.
    """
    if year_by is None:
        return frame
    dates = frame["received_on"] if year_by == "received_on" else _end_of_period(frame)
    return frame.assign(year=dates.dt.year.astype("Int64"))


def year_issues(frame: pd.DataFrame, year_by: str | None) -> list[Issue]:
    """Rows for which the choice matters: periods across years, receipts in another year than the period's.

    Args:
        frame: rows of ``returns`` with ``value``, after everything defective was set aside.
    """
    issues = []
    if set(_PERIOD) <= set(frame.columns):
        first, last = frame["period_from_on"], frame["period_to_on"]
        across = first.notna() & last.notna() & (first.dt.year != last.dt.year)
        told = "counted in the year in which the period ends" if year_by == "period" else _counted(year_by)
        shown = first.dt.strftime("%Y-%m-%d") + " – " + last.dt.strftime("%Y-%m-%d")
        issues += _told(frame[across], "period_across_years", "warning", told, shown)
    if "received_on" in frame and set(_PERIOD) & set(frame.columns):
        received, period = frame["received_on"], _end_of_period(frame)
        apart = received.notna() & period.notna() & (received.dt.year != period.dt.year)
        shown = received.dt.strftime("%Y-%m-%d") + ", period to " + period.dt.strftime("%Y-%m-%d")
        issues += _told(frame[apart], "received_in_other_year", "info", _counted(year_by), shown)
    return issues


def _end_of_period(frame: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    missing = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    return frame.get("period_to_on", missing).fillna(frame.get("period_from_on", missing))


def _counted(year_by: str | None) -> str:
    return f"counted in {_MEANT[year_by]}" if year_by else "counted in the year of the file"


def _told(
    rows: pd.DataFrame, code: str, severity: Literal["warning", "info"], decision: str, shown: pd.Series[str]
) -> list[Issue]:
    """One issue for all rows, naming the first and the amount of all."""
    if rows.empty:
        return []
    rows = rows.assign(shown=shown).sort_values("source_row", kind="stable")
    first = rows.iloc[0]
    value = f"{first['shown']}; together {rows['value'].sum():.2f}"
    fix = 'year_by = "received_on" or "period" decides; check that it is the one meant'
    return [
        Issue(
            severity,
            code,
            "returns",
            decision,
            value=value,
            source_file=str(first["source_file"]),
            source_row=int(first["source_row"]),
            fix=fix,
            n=len(rows),
        )
    ]
