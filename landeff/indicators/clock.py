"""The idle-land clock: when works were due, and how long that is past or ahead.

Source: 《闲置土地处置办法》 (国土资源部令第53号), art. 2 (a year past the agreed start), art. 14 (one and two
years), art. 22 (no agreed start: hand-over + 1 year). The anniversary itself counts.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from landeff.core.calendar import Days, Duration, from_days, shift, to_days
from landeff.core.text import Term
from landeff.indicators.spec import indicator

ONE_YEAR = Duration(12, 0)
TWO_YEARS = Duration(24, 0)
DECREE = "《闲置土地处置办法》（国土资源部令第53号）"


@indicator(
    "parcel",
    title=Term("动工期限", "start due"),
    unit="日期",
    source=f"{DECREE}第二条、第二十二条",
    settled_by=("agreed_start_on", "handover_on"),
)
def start_due_on(
    agreed_start_on: pd.Series, latest_extension_on: pd.Series, handover_on: pd.Series
) -> pd.Series:
    """Day by which works must begin: the latest of the agreed start and its extensions.

    Without either, hand-over + 1 calendar year (art. 22). NaT where none of the three is known.

    >>> day = lambda text: pd.Series(pd.to_datetime([text]).astype("datetime64[s]"))
    >>> start_due_on(day(None), day(None), day("2020-02-29"))[0].date().isoformat()
    '2021-02-28'
    """
    # fmax: the known one where the other is missing
    agreed = np.fmax(to_days(agreed_start_on), to_days(latest_extension_on))
    by_handover = shift(to_days(handover_on), ONE_YEAR)
    return from_days(np.where(np.isnat(agreed), by_handover, agreed), agreed_start_on.index)


@indicator("parcel", title=Term("满一年日期", "one year past due"), unit="日期", source=f"{DECREE}第二条")
def idle_from_on(start_due_on: pd.Series) -> pd.Series:
    """First day on which land without works is idle: start due + 1 calendar year."""
    return from_days(shift(to_days(start_due_on), ONE_YEAR), start_due_on.index)


@indicator("parcel", title=Term("满两年日期", "two years past due"), unit="日期", source=f"{DECREE}第十四条")
def recovery_from_on(start_due_on: pd.Series) -> pd.Series:
    """First day on which art. 14 speaks of recovery: start due + 2 calendar years."""
    return from_days(shift(to_days(start_due_on), TWO_YEARS), start_due_on.index)


@indicator(
    "parcel",
    title=Term("距动工期限天数", "days to start due"),
    unit="日",
    source=f"{DECREE}第二条",
)
def days_to_start_due(start_due_on: pd.Series, as_of: dt.date) -> pd.Series:
    """Days from ``as_of`` to the day works are due; negative when past, NA where unknown (``Int64``)."""
    return _days_until(start_due_on, as_of)


@indicator(
    "parcel", title=Term("距满一年天数", "days to one year past due"), unit="日", source=f"{DECREE}第二条"
)
def days_to_idle(idle_from_on: pd.Series, as_of: dt.date) -> pd.Series:
    """Days from ``as_of`` to the anniversary; 0 on it, negative after, NA where unknown (``Int64``)."""
    return _days_until(idle_from_on, as_of)


@indicator(
    "parcel",
    title=Term("距满两年天数", "days to two years past due"),
    unit="日",
    source=f"{DECREE}第十四条",
)
def days_to_recovery(recovery_from_on: pd.Series, as_of: dt.date) -> pd.Series:
    """Days from ``as_of`` to two years past due; negative after it, NA where unknown (``Int64``)."""
    return _days_until(recovery_from_on, as_of)


@indicator(
    "parcel",
    title=Term("距下一期限天数", "days to the next limit"),
    unit="日",
    source=f"{DECREE}第二条、第十四条：动工期限、满一年、满两年中最近一个未到的",
)
def days_to_next_limit(
    days_to_start_due: pd.Series, days_to_idle: pd.Series, days_to_recovery: pd.Series
) -> pd.Series:
    """Days left to the next of start due, one year and two years past due; NA after the last, and unknown."""
    ahead = [
        days.where((days > 0).fillna(False)) for days in (days_to_start_due, days_to_idle, days_to_recovery)
    ]
    return ahead[0].fillna(ahead[1]).fillna(ahead[2]).astype("Int64")


@indicator(
    "parcel",
    title=Term("是否动工", "started"),
    unit="是/否",
    source=f"{DECREE}第二条、第三十条",
    settled_by=("actual_start_on",),
)
def is_started(
    is_started: pd.Series,
    start_checked_on: pd.Series,
    actual_start_on: pd.Series,
    idle_from_on: pd.Series,
    register_on: pd.Series,
    as_of: dt.date,
) -> pd.Series:
    """Whether works had begun by ``as_of``, as far as the record can tell (``boolean``, NA = unknown).

    An actual start decides by its date. Without one, the recorded word does: *yes*, unless it was found only
    after ``as_of``; *no*, if it was found on or after the anniversary, or if the anniversary is still ahead.
    A *no* from before the anniversary says nothing about the day that matters, and a blank says nothing.

    Args:
        is_started: the word recorded.
        start_checked_on: when it was found.
        idle_from_on: the anniversary (:func:`idle_from_on`).
        register_on: export date of a register that is declared authoritative: a blank, and a *no* without
            a date, were then found on that day. Missing where the register is not.
    """
    today = np.datetime64(as_of, "D")
    word = is_started.astype("boolean").to_numpy(dtype="float64", na_value=np.nan)
    checked, began = to_days(start_checked_on), to_days(actual_start_on)
    anniversary = to_days(idle_from_on)
    exported = to_days(register_on)
    declared = ~np.isnat(exported)
    undated = np.isnan(word) | ((word == 0) & np.isnat(checked))
    checked = np.where(declared & undated, exported, checked)
    word = np.where(declared & np.isnan(word), 0.0, word)
    by_word = np.isnat(began)
    yes = (began <= today) | (by_word & (word == 1) & ~(checked > today))
    no = (began > today) | (by_word & (word == 0) & ((checked >= anniversary) | (anniversary > today)))
    return pd.Series(pd.arrays.BooleanArray(yes, ~(yes | no)), index=is_started.index)


def _days_until(dates: pd.Series, as_of: dt.date) -> pd.Series:
    days: Days = to_days(dates)
    missing = np.isnat(days)
    left = np.where(missing, np.datetime64(as_of, "D"), days) - np.datetime64(as_of, "D")
    return pd.Series(pd.arrays.IntegerArray(left.astype("int64"), missing), index=dates.index)
