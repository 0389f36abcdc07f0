"""Life of parcels in a run: a record counts once, blanks stay unknown, the calendar is a file."""

import datetime as dt

import four_squares
import pandas as pd
import pytest

import landeff
from landeff.core.errors import ConfigError
from landeff.pipeline.life_config import read_calendar
from landeff.publish.report import build_report


def project(**life):
    raw = four_squares.project()
    supply = pd.DataFrame(
        {
            "supply_id": ["S1", "S2", "S3"],
            "signed_on": ["2023-01-02", "2023-01-02", None],
            "agreed_handover_on": ["2023-02-01", "2023-02-01", "2023-02-01"],
            "handover_on": ["2023-02-01", "2023-03-03", None],
            "permit_on": ["2023-03-27", "2023-03-28", None],
            "agreed_start_on": ["2023-06-01", "2023-06-01", "2023-06-01"],
            "actual_start_on": ["2023-02-01", None, None],
            "is_started": [None, "否", None],
            "start_checked_on": [None, "2024-12-01", None],
        }
    )
    raw["sources"]["supply"] = {"data": supply}
    raw["life"] = life
    return raw


@pytest.fixture(scope="module")
def result():
    return landeff.run(project())


def at(result, step, place=""):
    table = result.table("life").set_index(["place", "step"])
    return table.loc[(place, step)]


def test_lengths_and_medians(result):
    # S1: 30 days to the handover, S2: 60; S3 unknown
    row = at(result, "handover")
    assert row[["n", "n_known", "median_days"]].tolist() == [3, 2, 45.0]
    assert row[["n_overdue", "n_in_time", "n_overdue_unknown"]].tolist() == [1, 1, 1]
    assert row["overdue_area_m2"] == pytest.approx(500_000, rel=1e-3)  # B


def test_not_begun_though_due_is_overdue_and_a_blank_is_not(result):
    row = at(result, "start")
    assert row[["n_overdue", "n_in_time", "n_overdue_unknown"]].tolist() == [1, 1, 1]
    handed = at(result, "start_at_handover")
    assert handed[["n_overdue", "n_in_time", "n_overdue_unknown"]].tolist() == [1, 1, 1]


def test_the_promise_in_working_days(result):
    # Monday 2 January + 60 working days = Monday 27 March 2023
    row = at(result, "promise")
    assert row[["n_known", "median_days", "n_overdue", "n_in_time"]].tolist() == [2, 60.5, 1, 1]
    assert row["calendar"] == "weekends"
    assert "承诺60个工作日" in row["title_zh"]


def test_zones_take_the_parcel_that_lies_most_in_them(result):
    assert at(result, "handover", "Z2")["n"] >= 1
    table = result.table("life")
    of_zones = table[(table["place_kind"] == "zone") & (table["step"] == "handover")]["n"].sum()
    assert of_zones == 3
    assert (table["n_overdue"] + table["n_in_time"] + table["n_overdue_unknown"] == table["n"]).all()


def test_holidays_make_the_promise_last_longer(tmp_path):
    file = tmp_path / "节假日.csv"
    file.write_text("日期,类型\n2023-01-23,休\n2023/01/24,holiday\n2023-01-28,班\n", encoding="gb18030")
    found = landeff.run(project(calendar=str(file), promise_workdays=61))
    row = at(found, "promise")
    # two days off less, one Saturday more: 59 and 60 working days, both within 61
    assert row[["median_days", "n_overdue", "calendar"]].tolist() == [59.5, 0, "2023"]


def test_it_is_shown(result):
    html = build_report(result.dataset)
    assert "宗地全生命周期" in html
    assert "工作日仅扣除周末" in html


def test_calendars(tmp_path):
    toml = tmp_path / "a.toml"
    toml.write_text("holidays = [2024-10-01]\nworkdays = [2024-10-12]\n")
    found = read_calendar(toml)
    assert found.holidays == {dt.date(2024, 10, 1)}
    assert found.make_up == {dt.date(2024, 10, 12)}
    wrong = tmp_path / "b.csv"
    wrong.write_text("2024-10-01,休\n2024-13-01,休\n2024-10-02,也许\n")
    with pytest.raises(ConfigError, match=r"line 2; line 3"):
        read_calendar(wrong)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_calendar(tmp_path / "none.csv")
    toml.write_text("feiertage = []")
    with pytest.raises(ConfigError, match="feiertage"):
        read_calendar(toml)


@pytest.mark.parametrize(
    ("life", "message"),
    [
        ({"promise_workdays": -1}, "promise_workdays"),
        ({"promise_from": "signd_on"}, "promise_from"),
        ({"promise_days": 60}, "did you mean promise_workdays"),
        ({"start_within_days": "30"}, "wrong kind"),
    ],
)
def test_mistakes_in_the_project_file(life, message):
    with pytest.raises(ConfigError, match=message):
        landeff.load_config(project(**life))
