"""The idle clock over real supply results (2018 file of ``land_market``); ten records worked by hand."""

from __future__ import annotations

import datetime as dt
import runpy
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.real

EXAMPLE = Path(__file__).parents[2] / "examples" / "idle_clock.py"
AS_OF = dt.date(2020, 6, 27)
#: Electronic supervision number → what the register says and what follows at 2020-06-27, by hand:
#: verdict with its reason, and, were the register declared as of that day, verdict and warning.
BY_HAND = {
    # agreed 2018-12-31; + 1 year = 2019-12-31, past; start blank
    "6529012018A00707": ("unknown", "to_check", "hit", ""),
    # agreed 2019-03-01; + 1 year = 2020-03-01, past
    "4113302018B00866": ("unknown", "to_check", "hit", ""),
    # agreed 2019-04-17; + 1 year = 2020-04-17, past
    "3501812018B02306": ("unknown", "to_check", "hit", ""),
    # agreed 2019-06-27; + 1 year = 2020-06-27: the anniversary itself counts
    "3203232018A01596": ("unknown", "to_check", "hit", ""),
    # agreed 2019-07-31; + 1 year = 2020-07-31, in 3 (June) + 31 = 34 days: not yet, red
    "4506002018A00931": ("clear", None, "clear", "red"),
    # agreed 2019-08-30; + 1 year = 2020-08-30, in 3 + 31 + 30 = 64 days: red
    "1507222018A00194": ("clear", None, "clear", "red"),
    # agreed 2019-09-28; + 1 year = 2020-09-28, in 3 + 31 + 31 + 28 = 93 days: overdue, not yet red
    "1305302018B00904": ("clear", None, "clear", "orange"),
    # agreed 2020-02-29; + 1 year = 2021-02-28, in 246 days: overdue, not yet red
    "3503032018A00705": ("clear", None, "clear", "orange"),
    # agreed 2020-06-29, in 2 days: within term, yellow
    "1303002018B02987": ("clear", None, "clear", "yellow"),
    # no agreed start, no hand-over
    "5306022018A10097": ("unknown", "missing_facts", "unknown", ""),
}


@pytest.fixture(scope="module")
def file(real_data: Path) -> Path:
    return real_data / "land_market" / "results_2018_zitaichen_gbk.json"


def clock(file: Path, *dates: dt.date) -> pd.DataFrame:
    return runpy.run_path(str(EXAMPLE))["clock"](file, *dates).set_index("supply_id")


def test_ten_records_by_hand(file: Path) -> None:
    found, declared = clock(file, AS_OF), clock(file, AS_OF, AS_OF)
    for number, (verdict, reason, if_declared, warning) in BY_HAND.items():
        row = found.loc[number]
        told = None if pd.isna(row["reason"]) else row["reason"]
        assert (row["national/idle_verdict"], told) == (verdict, reason), number
        vouched = declared.loc[number]
        assert vouched["national/idle_verdict"] == if_declared, number
        colours = [
            colour
            for colour in ("yellow", "orange", "red")
            if vouched[f"national/warning_{colour}_verdict"] == "hit"
        ]
        assert colours == ([warning] if warning else []), number


def test_a_year_after_the_leap_day(file: Path) -> None:
    # agreed 2020-02-29: the year is over on 2021-02-28, not a day earlier
    for day, reason in ((dt.date(2021, 2, 27), False), (dt.date(2021, 2, 28), True)):
        assert (clock(file, day).loc["3503032018A00705", "reason"] == "to_check") is reason


@pytest.mark.parametrize("as_of", [dt.date(2020, 6, 27), dt.date(2024, 12, 31)])
def test_a_register_without_starts_hits_nothing(file: Path, as_of: dt.date) -> None:
    """Not one of the 203 records has an actual start; 145 have an agreed one, 58 no date for the clock."""
    found = clock(file, as_of)
    assert len(found) == 203
    assert found["actual_start_on"].isna().all()
    assert not (found["national/idle_verdict"] == "hit").any()
    assert (found["reason"] == "to_check").sum() <= 145
    assert (found["reason"] == "missing_facts").sum() == 58
    # whoever vouches for the register turns exactly what waits for a look into hits
    declared = clock(file, as_of, as_of)
    hits = declared.index[declared["national/idle_verdict"] == "hit"]
    assert set(hits) == set(found.index[found["reason"] == "to_check"])


def test_all_dated_records_wait_for_a_look_in_the_end(file: Path) -> None:
    # the latest agreed start is 2021-01-23; + 1 year = 2022-01-23
    assert (clock(file, dt.date(2022, 1, 22))["reason"] == "to_check").sum() == 144
    assert (clock(file, dt.date(2022, 1, 23))["reason"] == "to_check").sum() == 145
