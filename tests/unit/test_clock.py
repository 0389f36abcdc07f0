"""The idle-land clock by hand; 令53号 art. 2 (one year), 14 (two years), 22 (hand-over + 1 year)."""

import datetime as dt

import pandas as pd
import pytest

from landeff.core.calendar import Duration, parse_duration, shift, to_days
from landeff.indicators.run import run_indicators
from landeff.standards.catalogue import built_in_rules
from landeff.standards.evaluate import evaluate_all

DATES = ("agreed_start_on", "latest_extension_on", "handover_on", "actual_start_on", "start_checked_on")


def clock(as_of: str, register_on: dt.date | None = None, **facts: object) -> pd.Series:
    """Indicators of one parcel with the facts given; all other facts are missing."""
    frame = pd.DataFrame({name: pd.to_datetime([facts.get(name)]).astype("datetime64[s]") for name in DATES})
    frame["is_started"] = pd.array([facts.get("is_started")], dtype="boolean")
    frame["register_on"] = pd.to_datetime([register_on]).astype("datetime64[s]")
    return run_indicators("parcel", frame, {"as_of": dt.date.fromisoformat(as_of)}).iloc[0]


def verdict(as_of: str, register_on: dt.date | None = None, **facts: object) -> tuple[str, str | None]:
    row = clock(as_of, register_on, **facts).to_frame().T.infer_objects()
    frame = row.assign(land_use_class="industrial", is_started=row["is_started"].astype("boolean"))
    rules = [built_in_rules()["national/idle"]]
    found = evaluate_all(rules, frame, dt.date.fromisoformat(as_of))["national/idle"]
    reason = found.reasons().iloc[0]
    return found.labels().iloc[0], None if pd.isna(reason) else reason


def day(value: object) -> str | None:
    return None if pd.isna(value) else str(value)[:10]


def test_the_clock_of_an_agreed_start() -> None:
    # agreed 2022-06-30; + 1 year = 2023-06-30; + 2 years = 2024-06-30
    row = clock("2023-06-30", agreed_start_on="2022-06-30")
    assert [day(row[n]) for n in ("start_due_on", "idle_from_on", "recovery_from_on")] == [
        "2022-06-30",
        "2023-06-30",
        "2024-06-30",
    ]
    # 2022-06-30 → 2023-06-30 is 365 days, none of them 29 February
    assert (row["days_to_start_due"], row["days_to_idle"]) == (-365, 0)


@pytest.mark.parametrize(
    ("as_of", "expected", "days_to_idle"),
    [
        ("2023-06-29", "clear", 1),  # the day before one year
        ("2023-06-30", "hit", 0),  # on the anniversary, which counts
        ("2023-07-01", "hit", -1),  # the day after
        ("2024-06-29", "hit", -365),  # the day before two years: 366 days of a leap year − 1
        ("2024-06-30", "hit", -366),  # two years: 2024 has a 29 February
        ("2024-07-01", "hit", -367),
    ],
)
def test_around_one_and_two_years(as_of: str, expected: str, days_to_idle: int) -> None:
    facts = {"agreed_start_on": "2022-06-30", "is_started": False, "start_checked_on": "2023-06-30"}
    assert verdict(as_of, **facts) == (expected, None)
    assert clock(as_of, **facts)["days_to_idle"] == days_to_idle
    is_past_two_years = clock(as_of, **facts)["recovery_from_on"] <= pd.Timestamp(as_of)
    assert is_past_two_years == (as_of >= "2024-06-30")


def test_29_february_plus_a_year_is_28_february() -> None:
    # agreed 2020-02-29: 2021 and 2022 have no 29 February
    row = clock("2021-02-28", agreed_start_on="2020-02-29", is_started=False, start_checked_on="2021-02-28")
    assert day(row["idle_from_on"]) == "2021-02-28"
    assert day(row["recovery_from_on"]) == "2022-02-28"
    facts = {"agreed_start_on": "2020-02-29", "is_started": False, "start_checked_on": "2021-02-28"}
    assert verdict("2021-02-27", **facts)[0] == "clear"
    assert verdict("2021-02-28", **facts)[0] == "hit"


def test_two_years_are_counted_from_the_due_date_not_from_the_anniversary() -> None:
    # 2022-02-28 + 2 years = 2024-02-28; and 2020-02-29 + 4 years would be a 29 February again
    assert day(clock("2024-01-01", agreed_start_on="2022-02-28")["recovery_from_on"]) == "2024-02-28"
    leap = to_days(pd.Series(pd.to_datetime(["2020-02-29"])))
    assert str(shift(leap, Duration(48, 0))[0]) == "2024-02-29"


def test_an_extension_moves_the_due_date_and_never_back() -> None:
    # agreed 2021-03-01, extended to 2022-03-01: due 2022-03-01, idle from 2023-03-01
    row = clock("2022-12-31", agreed_start_on="2021-03-01", latest_extension_on="2022-03-01")
    assert (day(row["start_due_on"]), day(row["idle_from_on"])) == ("2022-03-01", "2023-03-01")
    earlier = clock("2022-12-31", agreed_start_on="2021-03-01", latest_extension_on="2020-03-01")
    assert day(earlier["start_due_on"]) == "2021-03-01"
    alone = clock("2022-12-31", latest_extension_on="2022-03-01", handover_on="2019-01-01")
    assert day(alone["start_due_on"]) == "2022-03-01"


def test_without_an_agreed_start_the_handover_counts() -> None:
    # handed over 2020-02-29 + 1 year = 2021-02-28 due; + 1 year = 2022-02-28 idle
    row = clock("2022-01-01", handover_on="2020-02-29")
    assert (day(row["start_due_on"]), day(row["idle_from_on"])) == ("2021-02-28", "2022-02-28")


def test_without_any_date_nothing_is_known() -> None:
    row = clock("2022-01-01")
    assert row[["start_due_on", "idle_from_on", "recovery_from_on", "days_to_idle"]].isna().all()
    assert verdict("2022-01-01", is_started=False) == ("unknown", "missing_facts")
    assert verdict("2022-01-01") == ("unknown", "missing_facts")


def test_a_start_later_than_as_of_is_no_start_yet() -> None:
    # due 2022-01-10, idle from 2023-01-10, works began 2023-05-01: on 2023-04-30 idle, on 2023-05-01 no more
    facts = {"agreed_start_on": "2022-01-10", "actual_start_on": "2023-05-01", "is_started": True}
    assert verdict("2023-04-30", **facts) == ("hit", None)
    assert verdict("2023-05-01", **facts) == ("clear", None)
    assert verdict("2023-01-09", **facts) == ("clear", None)


def test_a_blank_is_not_a_no() -> None:
    facts = {"agreed_start_on": "2022-06-30"}
    assert verdict("2024-12-31", **facts) == ("unknown", "to_check")
    # not yet a year past due: not idle, whatever happened
    assert verdict("2023-06-29", **facts) == ("clear", None)


def test_a_no_from_before_the_anniversary_is_out_of_date_after_it() -> None:
    # anniversary 2023-06-30, looked at on 2023-06-29 and on the day itself
    facts = {"agreed_start_on": "2022-06-30", "is_started": False}
    assert verdict("2023-12-31", **facts, start_checked_on="2023-06-29") == ("unknown", "to_check")
    assert verdict("2023-12-31", **facts) == ("unknown", "to_check")
    assert verdict("2023-12-31", **facts, start_checked_on="2023-06-30") == ("hit", None)
    # before the anniversary the word counts as it is
    assert clock("2023-06-29", **facts)["is_started"] == False  # noqa: E712 - NA must not pass


def test_a_yes_counts_unless_it_was_found_after_as_of() -> None:
    facts = {"agreed_start_on": "2020-01-01", "is_started": True}
    assert verdict("2023-12-31", **facts) == ("clear", None)
    assert verdict("2023-12-31", **facts, start_checked_on="2023-12-31") == ("clear", None)
    assert verdict("2023-12-31", **facts, start_checked_on="2024-02-01") == ("unknown", "to_check")


def test_a_register_declared_authoritative_speaks_for_its_blanks() -> None:
    # anniversary 2023-06-30; exported the day before says nothing about it, exported on the day does
    facts = {"agreed_start_on": "2022-06-30"}
    assert verdict("2024-12-31", dt.date(2023, 6, 29), **facts) == ("unknown", "to_check")
    assert verdict("2024-12-31", dt.date(2023, 6, 30), **facts) == ("hit", None)
    assert verdict("2024-12-31", dt.date(2023, 6, 30), **facts, is_started=True) == ("clear", None)
    # a no without a date was found at the export, one with a date on that date
    assert verdict("2024-12-31", dt.date(2024, 1, 1), **facts, is_started=False)[0] == "hit"
    dated = {**facts, "is_started": False, "start_checked_on": "2023-01-01"}
    assert verdict("2024-12-31", dt.date(2024, 1, 1), **dated)[0] == "unknown"


def test_durations() -> None:
    assert parse_duration("P2Y6M10D") == Duration(30, 10)
    assert parse_duration("P") is None
    assert parse_duration("P90") is None
    # 31 January + 1 month = 28 February 2023; + 10 days = 10 March
    start = to_days(pd.Series(pd.to_datetime(["2023-01-31"])))
    assert str(shift(start, Duration(1, 10))[0]) == "2023-03-10"
