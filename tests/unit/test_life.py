"""The life of a parcel, step by step, by hand."""

import datetime as dt

import pandas as pd
import pytest

from landeff.core.workdays import Promise, WorkCalendar
from landeff.indicators import life

AS_OF = dt.date(2024, 12, 31)


def on(*texts):
    return pd.Series(pd.to_datetime(list(texts)).astype("datetime64[s]"))


def word(*values):
    return pd.Series(pd.array(values, dtype="boolean"))


NONE = on(None)


def test_lengths_of_the_steps():
    assert life.days_signed_to_handover(on("2024-01-01"), on("2024-03-01")).tolist() == [60]  # a leap year
    assert life.days_handover_to_permit(on("2024-03-01"), on("2024-02-01")).tolist() == [-29]  # permit first
    assert life.days_permit_to_start(on("2024-03-01"), on("2024-03-01")).tolist() == [0]
    unknown = life.days_completion_to_production(on("2024-03-01", None), on(None, "2024-03-01"))
    assert unknown.isna().all()
    assert str(unknown.dtype) == "Int64"


@pytest.mark.parametrize(
    ("agreed", "actual", "verdict"),
    [
        ("2024-06-30", "2024-06-30", False),  # on the day
        ("2024-06-30", "2024-07-01", True),
        ("2024-06-30", None, None),  # past and blank: not a handover that did not happen
        ("2024-12-31", None, False),  # due today is not overdue
        ("2024-12-30", None, None),
        ("2025-06-30", None, False),
        ("2025-06-30", "2024-01-01", False),
        ("2024-06-30", "2025-02-01", True),  # recorded for later: not done by as_of
        (None, "2024-07-01", None),
        (None, None, None),
    ],
)
def test_overdue(agreed, actual, verdict):
    found = life.is_handover_overdue(on(agreed), on(actual), AS_OF)
    assert (None if found.isna()[0] else bool(found[0])) is verdict
    same = life.is_completion_overdue(on(agreed), on(actual), AS_OF)
    assert same.equals(found)


def test_a_recorded_word_counts_where_no_date_is():
    due, blank = on("2024-06-30"), NONE
    assert life.is_start_overdue(due, blank, word(False), AS_OF).tolist() == [True]
    assert life.is_start_overdue(due, blank, word(None), AS_OF).isna().tolist() == [True]
    assert life.is_start_overdue(due, blank, word(True), AS_OF).isna().tolist() == [True]  # begun, when?
    assert life.is_start_overdue(on("2025-06-30"), blank, word(False), AS_OF).tolist() == [False]
    assert life.is_production_overdue(due, blank, word(False), AS_OF).tolist() == [True]


@pytest.mark.parametrize(
    ("handover", "start", "started", "within", "verdict"),
    [
        ("2024-06-01", "2024-06-01", None, 0, True),
        ("2024-06-01", "2024-06-02", None, 0, False),
        ("2024-06-01", "2024-06-30", None, 29, True),
        ("2024-06-01", None, False, 0, False),
        ("2024-12-31", None, False, 0, None),  # the day is not over
        ("2024-06-01", None, None, 0, None),
        ("2024-06-01", None, True, 0, None),
        (None, "2024-06-01", None, 0, None),
    ],
)
def test_start_at_handover(handover, start, started, within, verdict):
    found = life.is_started_at_handover(on(handover), on(start), word(started), AS_OF, within)
    assert (None if found.isna()[0] else bool(found[0])) is verdict


def test_the_promise_of_60_working_days():
    signed, none = on("2024-07-01"), NONE
    assert life.promise_due_on(signed, none, none, none)[0] == pd.Timestamp("2024-09-23")
    permit = on("2024-09-24")
    assert life.n_promise_workdays(signed, none, permit, none).tolist() == [61]
    due = life.promise_due_on(signed, none, permit, none)
    assert life.is_promise_overdue(signed, none, permit, none, due, AS_OF).tolist() == [True]
    october = WorkCalendar(frozenset(dt.date(2024, 9, day) for day in (16, 17)))  # 中秋: two more days
    later = life.promise_due_on(signed, none, none, none, october)
    assert later[0] == pd.Timestamp("2024-09-25")


def test_the_promise_may_be_of_other_steps():
    of_start = Promise(20, "handover_on", "actual_start_on")
    handed, began, none = on("2024-07-01"), on("2024-07-29"), NONE
    assert life.n_promise_workdays(none, handed, none, began, promise=of_start).tolist() == [20]
    due = life.promise_due_on(none, handed, none, began, promise=of_start)
    assert due[0] == pd.Timestamp("2024-07-29")
    assert life.is_promise_overdue(none, handed, none, began, due, AS_OF, of_start).tolist() == [False]
