"""The life of a parcel: contract → handover → permit → start → completion → production.

Each step has a length in days and, where a date was agreed, a verdict whether it is overdue. A date that is
not recorded is unknown: a blank is never a step that did not happen.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from landeff.core.calendar import from_days, to_days
from landeff.core.text import Term
from landeff.core.workdays import WEEKENDS, Promise, WorkCalendar, add_workdays, count_workdays
from landeff.indicators.spec import indicator

LEDGER = "供地台账一宗一档：约定与实际交地、开工、竣工、投产日期"
PROMISE = "项目声明的办理时限（[life] promise_workdays），默认60个工作日，未核对文件"
AT_HANDOVER = "交地即开工（项目声明的天数 [life] start_within_days，默认0为当日），未核对文件"
SUBJECT_TO = Promise()


@indicator("parcel", title=Term("签约至交地天数", "days from contract to handover"), unit="日", source=LEDGER)
def days_signed_to_handover(signed_on: pd.Series, handover_on: pd.Series) -> pd.Series:
    """Calendar days from the contract to the handover; negative where earlier, NA unknown (``Int64``)."""
    return _days(signed_on, handover_on)


@indicator(
    "parcel", title=Term("交地至施工许可天数", "days from handover to permit"), unit="日", source=LEDGER
)
def days_handover_to_permit(handover_on: pd.Series, permit_on: pd.Series) -> pd.Series:
    """Calendar days from the handover to the construction permit; NA where unknown (``Int64``)."""
    return _days(handover_on, permit_on)


@indicator("parcel", title=Term("交地至开工天数", "days from handover to start"), unit="日", source=LEDGER)
def days_handover_to_start(handover_on: pd.Series, actual_start_on: pd.Series) -> pd.Series:
    """Calendar days from the handover to the start of works; NA where unknown (``Int64``)."""
    return _days(handover_on, actual_start_on)


@indicator("parcel", title=Term("施工许可至开工天数", "days from permit to start"), unit="日", source=LEDGER)
def days_permit_to_start(permit_on: pd.Series, actual_start_on: pd.Series) -> pd.Series:
    """Calendar days from the construction permit to the start of works; NA where unknown (``Int64``)."""
    return _days(permit_on, actual_start_on)


@indicator("parcel", title=Term("开工至竣工天数", "days from start to completion"), unit="日", source=LEDGER)
def days_start_to_completion(actual_start_on: pd.Series, actual_completion_on: pd.Series) -> pd.Series:
    """Calendar days from the start of works to completion; NA where unknown (``Int64``).

    >>> day = lambda text: pd.Series(pd.to_datetime([text]).astype("datetime64[s]"))
    >>> days_start_to_completion(day("2024-02-28"), day("2024-03-01")).tolist()
    [2]
    """
    return _days(actual_start_on, actual_completion_on)


@indicator(
    "parcel", title=Term("竣工至投产天数", "days from completion to production"), unit="日", source=LEDGER
)
def days_completion_to_production(
    actual_completion_on: pd.Series, actual_production_on: pd.Series
) -> pd.Series:
    """Calendar days from completion to production; NA where unknown (``Int64``)."""
    return _days(actual_completion_on, actual_production_on)


@indicator("parcel", title=Term("承诺事项工作日", "working days of the promise"), unit="日", source=PROMISE)
def n_promise_workdays(
    signed_on: pd.Series,
    handover_on: pd.Series,
    permit_on: pd.Series,
    actual_start_on: pd.Series,
    calendar: WorkCalendar = WEEKENDS,
    promise: Promise = SUBJECT_TO,
) -> pd.Series:
    """Working days from the one step of the promise to the other, the first day not counted (``Int64``)."""
    start, end = _of_promise(promise, signed_on, handover_on, permit_on, actual_start_on)
    number, missing = count_workdays(to_days(start), to_days(end), calendar)
    return pd.Series(pd.arrays.IntegerArray(number, missing), index=signed_on.index)


@indicator("parcel", title=Term("承诺期限", "promise due"), unit="日期", source=PROMISE)
def promise_due_on(
    signed_on: pd.Series,
    handover_on: pd.Series,
    permit_on: pd.Series,
    actual_start_on: pd.Series,
    calendar: WorkCalendar = WEEKENDS,
    promise: Promise = SUBJECT_TO,
) -> pd.Series:
    """Last day on which the promise is kept; NaT where the day it runs from is unknown."""
    start, _ = _of_promise(promise, signed_on, handover_on, permit_on, actual_start_on)
    return from_days(add_workdays(to_days(start), promise.workdays, calendar), signed_on.index)


@indicator("parcel", title=Term("承诺是否逾期", "promise overdue"), unit="是/否", source=PROMISE)
def is_promise_overdue(
    signed_on: pd.Series,
    handover_on: pd.Series,
    permit_on: pd.Series,
    actual_start_on: pd.Series,
    promise_due_on: pd.Series,
    as_of: dt.date,
    promise: Promise = SUBJECT_TO,
) -> pd.Series:
    """Whether the promised step came after its day; see :func:`is_handover_overdue` for what is unknown."""
    _, end = _of_promise(promise, signed_on, handover_on, permit_on, actual_start_on)
    return _overdue(promise_due_on, end, as_of)


@indicator("parcel", title=Term("交地即开工", "started at handover"), unit="是/否", source=AT_HANDOVER)
def is_started_at_handover(
    handover_on: pd.Series,
    actual_start_on: pd.Series,
    is_started: pd.Series,
    as_of: dt.date,
    start_within_days: int = 0,
) -> pd.Series:
    """Whether works began within so many days of the handover (``boolean``).

    Not begun by ``as_of`` although the days have passed is *no*; not begun and still in time is unknown.
    """
    given, began = to_days(handover_on), to_days(actual_start_on)
    last = given + np.timedelta64(start_within_days, "D")
    today = np.datetime64(as_of, "D")
    not_begun = np.isnat(began) & (is_started.astype("boolean").fillna(True) == False).to_numpy(dtype=bool)  # noqa: E712
    yes = began <= last
    no = (began > last) | (not_begun & (last < today))
    return _three(yes, no, handover_on.index)


@indicator("parcel", title=Term("交地是否逾期", "handover overdue"), unit="是/否", source=LEDGER)
def is_handover_overdue(agreed_handover_on: pd.Series, handover_on: pd.Series, as_of: dt.date) -> pd.Series:
    """Whether the land was handed over after the agreed day (``boolean``).

    No where it came in time, or is not yet due at ``as_of``; unknown where no day was agreed, and where the
    agreed day is past and no handover is recorded: a blank does not say that it did not happen.
    """
    return _overdue(agreed_handover_on, handover_on, as_of)


@indicator("parcel", title=Term("开工是否逾期", "start overdue"), unit="是/否", source=LEDGER)
def is_start_overdue(
    start_due_on: pd.Series, actual_start_on: pd.Series, is_started: pd.Series, as_of: dt.date
) -> pd.Series:
    """Whether works began after they were due, or are known not to have begun though due (``boolean``)."""
    return _overdue(start_due_on, actual_start_on, as_of, is_started)


@indicator("parcel", title=Term("竣工是否逾期", "completion overdue"), unit="是/否", source=LEDGER)
def is_completion_overdue(
    agreed_completion_on: pd.Series, actual_completion_on: pd.Series, as_of: dt.date
) -> pd.Series:
    """Whether works were completed after the agreed day; see :func:`is_handover_overdue`."""
    return _overdue(agreed_completion_on, actual_completion_on, as_of)


@indicator("parcel", title=Term("投产是否逾期", "production overdue"), unit="是/否", source=LEDGER)
def is_production_overdue(
    agreed_production_on: pd.Series, actual_production_on: pd.Series, is_producing: pd.Series, as_of: dt.date
) -> pd.Series:
    """Whether production began after the agreed day, or is known not to have begun though due."""
    return _overdue(agreed_production_on, actual_production_on, as_of, is_producing)


def _days(start: pd.Series, end: pd.Series) -> pd.Series:
    first, last = to_days(start), to_days(end)
    missing = np.isnat(first) | np.isnat(last)
    zero = np.datetime64(0, "D")
    length = np.where(missing, zero, last) - np.where(missing, zero, first)
    return pd.Series(pd.arrays.IntegerArray(length.astype("int64"), missing), index=start.index)


def _of_promise(
    promise: Promise,
    signed_on: pd.Series,
    handover_on: pd.Series,
    permit_on: pd.Series,
    actual_start_on: pd.Series,
) -> tuple[pd.Series, pd.Series]:
    """Dates of the two steps of a promise."""
    dates = {
        "signed_on": signed_on,
        "handover_on": handover_on,
        "permit_on": permit_on,
        "actual_start_on": actual_start_on,
    }
    return dates[promise.from_column], dates[promise.to_column]


def _overdue(
    agreed: pd.Series, actual: pd.Series, as_of: dt.date, happened: pd.Series | None = None
) -> pd.Series:
    """Overdue at ``as_of``; ``happened`` is a recorded word for steps without a date."""
    due, done, today = to_days(agreed), to_days(actual), np.datetime64(as_of, "D")
    is_due = due < today
    yes = (done > due) & is_due
    no = (done <= due) | (due >= today)
    if happened is not None:
        word = happened.astype("boolean").to_numpy(dtype="float64", na_value=np.nan)
        yes |= np.isnat(done) & (word == 0) & is_due
    return _three(yes, no & ~yes, agreed.index)


def _three(
    yes: np.ndarray[tuple[int], np.dtype[np.bool_]],
    no: np.ndarray[tuple[int], np.dtype[np.bool_]],
    index: pd.Index,
) -> pd.Series:
    return pd.Series(pd.arrays.BooleanArray(yes, ~(yes | no)), index=index)
