"""Working days: weekends, public holidays, and weekends that were made working days (调休).

Which days are holidays is decided each year by the State Council (国务院办公厅关于节假日安排的通知), so they
are data that a user gives. Without any, a working day is Monday to Friday, which whoever shows a figure says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landeff.core.calendar import Days

_WEEK_OF_1970 = 3  # 1 January 1970 was a Thursday; Monday is 0


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off besides weekends, and weekend days that are worked.

    Attributes:
        holidays: days off, weekends among them or not.
        make_up: days worked although they fall on a weekend or among the holidays.
    """

    holidays: frozenset[dt.date] = frozenset()
    make_up: frozenset[dt.date] = frozenset()

    @property
    def is_weekends_only(self) -> bool:
        """Whether no holiday is known, so that working days are an upper bound."""
        return not self.holidays

    @property
    def years(self) -> frozenset[int]:
        """Years of which holidays are known."""
        return frozenset(day.year for day in self.holidays)


#: Monday to Friday; what ships, since no year's holidays are the next year's.
WEEKENDS = WorkCalendar()


@dataclass(frozen=True, slots=True)
class Promise:
    """A step that an office promises within a number of working days after another.

    Attributes:
        from_column, to_column: dates of the two steps.
    """

    workdays: int = 60
    from_column: str = "signed_on"
    to_column: str = "permit_on"


def count_workdays(
    start: Days, end: Days, calendar: WorkCalendar = WEEKENDS
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Working days after ``start`` up to and including ``end``: the first day does not count.

    Negative, counted the other way, where ``end`` is earlier.

    Returns:
        the numbers, and which of them are unknown (0 there) because a date is.

    >>> count_workdays(np.array(["2024-09-30"], "M8[D]"), np.array(["2024-10-08"], "M8[D]"))[0].tolist()
    [6]
    """
    missing = np.isnat(start) | np.isnat(end)
    number = np.zeros(len(start), dtype=np.int64)
    if not missing.all():
        known = np.concatenate([start[~missing], end[~missing]])
        first = known.min()
        sums = _worked_until(first, int((known.max() - first).astype(np.int64)) + 1, calendar)
        at = [((days[~missing] - first).astype(np.int64)) for days in (start, end)]
        number[~missing] = sums[at[1]] - sums[at[0]]
    return number, missing


def add_workdays(start: Days, n: int, calendar: WorkCalendar = WEEKENDS) -> Days:
    """The ``n``-th working day after each date, ``n`` at least 0; NaT stays NaT.

    >>> add_workdays(np.array(["2024-12-31"], "M8[D]"), 2).astype(str).tolist()
    ['2025-01-02']
    """
    if n < 0:
        raise ValueError("working days are counted forwards")
    out = start.copy()
    known = ~np.isnat(start)
    if n and known.any():
        first, last = start[known].min(), start[known].max()
        ahead = 2 * n + 14 + len(calendar.holidays)  # more than n working days, whatever the holidays
        sums = _worked_until(first, int((last - first).astype(np.int64)) + ahead + 1, calendar)
        at = (start[known] - first).astype(np.int64)
        found = np.searchsorted(sums, sums[at] + n, side="left")
        out[known] = first + found.astype("timedelta64[D]")
    return out


def _worked_until(first: np.datetime64, length: int, calendar: WorkCalendar) -> npt.NDArray[np.int64]:
    """Working days from ``first`` to each of ``length`` days, both included."""
    days = first.astype("datetime64[D]") + np.arange(length)
    worked = (days.astype(np.int64) + _WEEK_OF_1970) % 7 < 5
    worked &= ~np.isin(days, _array(calendar.holidays))
    worked |= np.isin(days, _array(calendar.make_up))
    return np.cumsum(worked).astype(np.int64)


def _array(days: frozenset[dt.date]) -> Days:
    return np.array(sorted(days), dtype="datetime64[D]")
