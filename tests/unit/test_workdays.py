"""Working days, by hand and against numpy."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.core.workdays import WEEKENDS, WorkCalendar, add_workdays, count_workdays

DATES = st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31))
# 国庆 2024: 1–7 October off, Sunday 29 September and Saturday 12 October worked
OCTOBER = WorkCalendar(
    holidays=frozenset(dt.date(2024, 10, day) for day in range(1, 8)),
    make_up=frozenset({dt.date(2024, 9, 29), dt.date(2024, 10, 12)}),
)


def days(*texts):
    return np.array(texts, dtype="M8[D]")


@pytest.mark.parametrize(
    ("start", "end", "calendar", "n"),
    [
        ("2024-09-27", "2024-09-30", WEEKENDS, 1),  # Friday to Monday
        ("2024-09-27", "2024-09-30", OCTOBER, 2),  # and the Sunday that was worked
        ("2024-09-30", "2024-10-08", WEEKENDS, 6),  # Tue–Fri, Mon, Tue
        ("2024-09-30", "2024-10-08", OCTOBER, 1),  # 8 October alone
        ("2024-10-11", "2024-10-14", OCTOBER, 2),  # Saturday 12 worked, Monday
        ("2024-10-08", "2024-10-08", OCTOBER, 0),
        ("2024-10-08", "2024-09-30", OCTOBER, -1),
    ],
)
def test_by_hand(start, end, calendar, n):
    number, missing = count_workdays(days(start), days(end), calendar)
    assert number.tolist() == [n]
    assert missing.tolist() == [False]


def test_unknown_dates():
    number, missing = count_workdays(days("NaT", "2024-01-01"), days("2024-01-02", "NaT"))
    assert missing.tolist() == [True, True]
    assert number.tolist() == [0, 0]
    assert np.isnat(add_workdays(days("NaT"), 60)).all()
    assert len(count_workdays(days(), days())[0]) == 0


def test_a_promise_over_the_holidays():
    assert add_workdays(days("2024-09-30"), 1, OCTOBER).tolist() == [dt.date(2024, 10, 8)]
    assert add_workdays(days("2024-09-30"), 1).tolist() == [dt.date(2024, 10, 1)]
    # 60 working days after Monday 1 July 2024, weekends only: 12 weeks later, Monday 23 September
    assert add_workdays(days("2024-07-01"), 60).tolist() == [dt.date(2024, 9, 23)]
    assert add_workdays(days("2024-07-06"), 0).tolist() == [dt.date(2024, 7, 6)]


@settings(deadline=None)
@given(st.lists(st.tuples(DATES, DATES), min_size=1, max_size=8), st.sets(DATES, max_size=20))
def test_against_numpy(pairs, holidays):
    start, end = (np.array(side, dtype="M8[D]") for side in zip(*pairs, strict=True))
    number, _ = count_workdays(start, end, WorkCalendar(frozenset(holidays)))
    off = np.array(sorted(holidays), dtype="M8[D]")
    one = np.timedelta64(1, "D")
    forward = np.busday_count(start + one, end + one, holidays=off)  # numpy counts [from, to)
    backward = np.busday_count(end + one, start + one, holidays=off)
    assert number.tolist() == np.where(end >= start, forward, -backward).tolist()


@settings(deadline=None)
@given(DATES, st.integers(1, 300), st.sets(DATES, max_size=30), st.sets(DATES, max_size=10))
def test_the_nth_day_is_the_first_with_n_behind_it(start, n, holidays, make_up):
    calendar = WorkCalendar(frozenset(holidays), frozenset(make_up))
    day = add_workdays(np.array([start], dtype="M8[D]"), n, calendar)
    first = np.array([start], dtype="M8[D]")
    assert count_workdays(first, day, calendar)[0].tolist() == [n]
    assert count_workdays(first, day - np.timedelta64(1, "D"), calendar)[0].tolist() == [n - 1]


@settings(deadline=None)
@given(DATES, st.integers(1, 300))
def test_adding_against_numpy(start, n):
    at = np.array([start], dtype="M8[D]")
    want = np.busday_offset(at, n, roll="backward")  # from a weekend, count from the Friday before
    assert add_workdays(at, n).tolist() == want.tolist()


def test_backwards_is_refused():
    with pytest.raises(ValueError, match="forwards"):
        add_workdays(days("2024-01-01"), -1)
