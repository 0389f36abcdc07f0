"""The idle-land clock of single parcels: what the ledger says of each, and what follows from it.

The rule (闲置土地处置办法, 国土资源部令第53号, arts. 2 and 22): work is due by the agreed start or its latest
extension, else a calendar year after handover; land is idle when a year after that, the anniversary
included, work has not started.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

AS_OF = dt.date(2024, 12, 31)
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Case:
    """Facts planted for one parcel, and the verdict that they call for."""

    agreed_start: dt.date | None
    handover: dt.date | None
    extensions: tuple[dt.date, ...] = ()
    actual_start: dt.date | None = None
    started: str | None = None
    checked: dt.date | None = None
    verdict: str = "clear"
    reason: str = ""
    why: str = ""

    @property
    def start_due(self) -> dt.date | None:
        """The day by which work had to start."""
        if self.agreed_start or self.extensions:
            return max(day for day in (self.agreed_start, *self.extensions) if day)
        return a_year_after(self.handover) if self.handover else None


def a_year_after(day: dt.date) -> dt.date:
    """The same day a calendar year on; 28 February for the 29th.

    >>> a_year_after(dt.date(2020, 2, 29))
    datetime.date(2021, 2, 28)
    """
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


def _between(rng: Rng, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=int(rng.integers(0, (last - first).days + 1)))


def _due(
    rng: Rng, first: dt.date, last: dt.date
) -> tuple[dt.date | None, dt.date | None, tuple[dt.date, ...]]:
    """Agreed start, handover and extensions that make work due between two days."""
    due = _between(rng, first, last)
    style = rng.random()
    if style < 0.2:  # no agreed start: the clock runs from handover
        return None, due - dt.timedelta(days=366), ()
    if style < 0.4:
        agreed = due - dt.timedelta(days=int(rng.integers(120, 400)))
        return agreed, agreed - dt.timedelta(days=90), (due,)
    handover = due - dt.timedelta(days=int(rng.integers(30, 200))) if rng.random() < 0.7 else None
    return due, handover, ()


def _checked(rng: Rng, not_before: dt.date) -> dt.date:
    return _between(rng, max(not_before, dt.date(2024, 3, 1)), AS_OF)


def idle(rng: Rng) -> Case:
    """Idle: not started, checked on or after the anniversary."""
    long_ago = rng.random() < 0.6
    first, last = (
        (dt.date(2013, 1, 1), dt.date(2022, 6, 30))
        if long_ago
        else (dt.date(2023, 1, 1), dt.date(2023, 12, 1))
    )
    return _as_idle(Case(*_due(rng, first, last)), rng)


def _as_idle(case: Case, rng: Rng, why: str = "满一年未动工，且期满后核查为未动工") -> Case:
    due = case.start_due
    assert due is not None  # noqa: S101  # every caller plants a due date
    checked = _checked(rng, a_year_after(due))
    return Case(case.agreed_start, case.handover, case.extensions, None, "否", checked, "hit", "", why)


def special_idle(rng: Rng) -> list[Case]:
    """Idle cases at the edges of the calendar."""
    day = dt.date
    return [
        _as_idle(Case(day(2020, 2, 29), None), rng, "约定2020-02-29开工，2021-02-28满一年"),
        _as_idle(Case(day(2016, 2, 29), day(2015, 12, 1)), rng, "约定2016-02-29开工，2017-02-28满一年"),
        _as_idle(Case(None, day(2020, 2, 29)), rng, "2020-02-29交地，动工期限2021-02-28，2022-02-28满一年"),
        _as_idle(Case(day(2023, 12, 31), None), rng, "基准日当天满一年，当天计入"),
        _as_idle(Case(None, day(2022, 12, 31)), rng, "由交地日期推算，基准日当天满一年"),
        _as_idle(
            Case(day(2021, 5, 1), None, (day(2022, 5, 1), day(2023, 3, 1))), rng, "两次延期，以最后一次为准"
        ),
        _as_idle(Case(day(2022, 9, 1), None, (day(2022, 6, 1),)), rng, "“延期”早于原约定，以较晚者为准"),
    ]


def late_start(rng: Rng) -> Case:
    """Work began after ``AS_OF``: on that day the land was idle."""
    began = _between(rng, dt.date(2025, 2, 1), dt.date(2025, 5, 31))
    due = _due(rng, dt.date(2019, 1, 1), dt.date(2022, 12, 31))
    return Case(*due, began, None, None, "hit", "", "实际开工晚于基准日，基准日仍未动工")


def to_check(rng: Rng) -> Case:
    """A year overdue, nobody recorded whether work started."""
    due = _due(rng, dt.date(2012, 1, 1), dt.date(2023, 11, 30))
    return Case(*due, verdict="unknown", reason="to_check", why="逾期满一年，是否动工未记录")


def stale_check(rng: Rng) -> Case:
    """Not started when checked, but that was before the anniversary."""
    case = Case(*_due(rng, dt.date(2020, 6, 1), dt.date(2023, 11, 30)))
    assert case.start_due is not None  # noqa: S101
    checked = case.start_due + dt.timedelta(days=int(rng.integers(20, 340)))
    why = "核查早于满一年之日，证据已过时"
    return Case(
        case.agreed_start, case.handover, case.extensions, None, "否", checked, "unknown", "to_check", why
    )


def missing(rng: Rng) -> Case:
    """Neither agreed start nor handover is known."""
    unchecked = rng.random() < 0.5
    started, checked = (None, None) if unchecked else ("否", _checked(rng, dt.date(2024, 3, 1)))
    return Case(
        None, None, (), None, started, checked, "unknown", "missing_facts", "缺约定开工日期和交地日期"
    )


def due_soon(rng: Rng) -> Case:
    """Not started, a year past due within the coming year, or due within it."""
    overdue = rng.random() < 0.67
    first, last = (dt.date(2024, 1, 1), AS_OF) if overdue else (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    due = _due(rng, first, last)
    checked = _between(rng, dt.date(2024, 9, 1), AS_OF)
    return Case(*due, None, "否", checked, why="未满一年")


def within_term(rng: Rng) -> Case:
    """Start not due for more than a year."""
    due = _due(rng, dt.date(2026, 1, 1), dt.date(2027, 6, 30))
    return Case(*due, why="未到动工期限")


def started(rng: Rng) -> Case:
    """Started by field check; one in ten without an agreed start or handover."""
    due = _due(rng, dt.date(2004, 1, 1), dt.date(2023, 6, 30))
    checked = _between(rng, dt.date(2021, 3, 1), AS_OF)
    facts = (None, None, ()) if rng.random() < 0.1 else due
    return Case(*facts, None, "是", checked, why="核查为已动工")


def recorded(rng: Rng) -> Case:
    """Actual start on record."""
    case = Case(*_due(rng, dt.date(2008, 1, 1), dt.date(2023, 12, 31)))
    assert case.start_due is not None  # noqa: S101
    began = min(case.start_due + dt.timedelta(days=int(rng.integers(-150, 500))), dt.date(2024, 11, 30))
    return Case(case.agreed_start, case.handover, case.extensions, began, why="有实际开工日期")


#: How many parcels of each kind are planted; the rest of the linked ones have started.
COUNTS: dict[Callable[[Rng], Case], int] = {
    idle: 143,
    late_start: 6,
    stale_check: 30,
    due_soon: 60,
    within_term: 80,
    to_check: 200,
    missing: 120,
}
RECORDED_SHARE = 0.14
