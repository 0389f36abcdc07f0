"""Calendar arithmetic: a year after 29 February is 28 February, never 365 days."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.datetime64]

_DURATION = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in calendar months and days."""

    months: int
    days: int


def parse_duration(text: str) -> Duration | None:
    """An ISO 8601 duration of years, months and days; ``None`` where the text is not one.

    >>> parse_duration("P1Y6M")
    Duration(months=18, days=0)
    >>> parse_duration("1 year") is None
    True
    """
    match = _DURATION.fullmatch(text)
    if not match:
        return None
    years, months, days = (int(part or 0) for part in match.groups())
    return Duration(12 * years + months, days)


def shift(dates: Days, duration: Duration) -> Days:
    """Dates later by ``duration``; months first, clipped to the last day of the month. NaT stays NaT.

    >>> shift(np.array(["2020-02-29", "2024-01-31"], "M8[D]"), Duration(12, 0)).astype(str).tolist()
    ['2021-02-28', '2025-01-31']
    """
    day = dates.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    first = (month + np.timedelta64(duration.months, "M")).astype("datetime64[D]")
    last = (month + np.timedelta64(duration.months + 1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    moved: Days = np.minimum(first + (day - month.astype("datetime64[D]")), last)
    return moved + np.timedelta64(duration.days, "D")


def to_days(dates: pd.Series) -> Days:
    """A date column as ``datetime64[D]``; missing is NaT."""
    return dates.to_numpy(dtype="datetime64[s]").astype("datetime64[D]")


def from_days(days: Days, index: pd.Index) -> pd.Series:
    """``datetime64[D]`` as a date column (``datetime64[s]``) on ``index``."""
    return pd.Series(days.astype("datetime64[s]"), index=index)
