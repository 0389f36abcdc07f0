"""Two runs of the four squares compared: matrix, progress and why, by hand."""

import datetime as dt

import four_squares
import openpyxl
import pandas as pd
import pytest
from four_squares import box, layer

import landeff
from landeff.core.errors import ConfigError, OutputError


def run(as_of, supply, parcels=None, rules=("national/idle",)):
    raw = four_squares.project()
    raw["project"]["as_of"] = as_of
    raw["standards"] = {"rules": list(rules)}
    raw["sources"]["supply"] = {"data": pd.DataFrame(supply)}
    if parcels is not None:
        raw["sources"]["parcels"]["data"] = parcels
    raw["sources"]["approvals"] = {"data": layer([box(0, 500, 2000, 1000)], approval_id=["P1"])}
    survey = layer([box(0, 0, 4000, 1000)], survey_id=["t"], land_class_code=["0103"])
    raw["sources"]["survey"] = {"data": survey}
    return landeff.run(raw)


#: A, B and C were due in June 2022 and stood idle at the end of 2023.
OLD = {
    "supply_id": ["S1", "S2", "S3"],
    "agreed_start_on": ["2022-06-01", "2022-06-01", "2022-06-01"],
    "agreed_completion_on": ["2026-01-01", "2026-01-01", "2026-01-01"],
    "actual_start_on": pd.array([None, None, None], dtype="str"),
    "is_started": ["否", "否", "否"],
    "start_checked_on": ["2023-12-01", "2023-12-01", "2023-12-01"],
}
#: A began in May 2024; B turned out to have begun in 2022; C still stands idle.
NEW = {
    **OLD,
    "actual_start_on": ["2024-05-06", "2022-03-01", None],
    "is_started": [None, None, "否"],
    "start_checked_on": [None, None, "2024-12-01"],
}
BEFORE, AFTER = dt.date(2023, 12, 31), dt.date(2024, 12, 31)


@pytest.fixture(scope="module")
def runs():
    return run(BEFORE, OLD), run(AFTER, NEW)


@pytest.fixture(scope="module")
def found(runs):
    return landeff.compare(*runs)


def at(found, one, two, zone=""):
    matrix = found.matrix.set_index(["zone_id", "from_state", "to_state"])
    return matrix.loc[(zone, one, two)]


def test_the_matrix(found):
    moved = at(found, "idle", "under_construction")
    assert moved["n_parcels"] == 2  # A, and B which lies in two zones
    assert moved["area_m2"] == pytest.approx(1_000_000, rel=2e-4)
    assert at(found, "idle", "idle")["n_parcels"] == 1
    assert at(found, "idle", "under_construction", "Z2")["area_m2"] == pytest.approx(250_000, rel=2e-4)
    assert at(found, "idle", "idle")["from_zh"] == "疑似闲置"


def test_rows_sum_to_the_old_balance_and_columns_to_the_new(found, runs):
    for run_, column in zip(runs, ("from_state", "to_state"), strict=True):
        balance = run_.table("balance").set_index(["zone_id", "state"])["area_m2"]
        rows = found.matrix[found.matrix["zone_id"] != ""]
        sums = rows.groupby(["zone_id", column])["area_m2"].sum()
        sums.index.names = balance.index.names
        assert (balance - sums).abs().max() < 0.01
        city = found.matrix[found.matrix["zone_id"] == ""].groupby(column)["area_m2"].sum()
        assert (balance.groupby("state").sum() - city).abs().max() < 0.01


def test_progress_and_why(found):
    progress = found.progress.set_index("parcel_id")
    want = {"A": "disposed", "B": "withdrawn", "C": "still_open", "D": "still_open"}  # D: no supply record
    assert progress["outcome"].to_dict() == want
    assert "actual_start_on: ? → 2024-05-06" in progress.loc["A", "changed"]
    assert "is_started: false → true" in progress.loc["A", "changed"]
    assert progress.loc["B", "changed"].count("2022-03-01") == 1
    assert "national/idle: hit → clear" in progress.loc["B", "verdicts"]
    assert progress.loc["C", "new_class"] == "idle"


def test_the_other_way_round_they_are_newly_found(runs):
    back = landeff.compare(runs[1], runs[0])
    assert back.progress.set_index("parcel_id").loc[["A", "B"], "outcome"].tolist() == ["newly_found"] * 2
    assert "第一个成果晚于第二个" in back.table("notes")["note_zh"].tolist()


def test_a_word_without_a_date_is_not_taken_for_disposal():
    later = {**OLD, "is_started": ["是", "否", "否"], "start_checked_on": ["2024-12-01"] * 3}
    found = landeff.compare(run(BEFORE, OLD), run(AFTER, later)).progress.set_index("parcel_id")
    assert found.loc["A", "outcome"] == "closed_unclear"


def test_a_corrected_fact_withdraws():
    later = {
        **OLD,
        "agreed_start_on": ["2024-06-01", "2022-06-01", "2022-06-01"],
        "start_checked_on": ["2024-12-01"] * 3,
    }
    found = landeff.compare(run(BEFORE, OLD), run(AFTER, later)).progress.set_index("parcel_id")
    assert found.loc["A", "outcome"] == "withdrawn"
    assert "agreed_start_on: 2022-06-01 → 2024-06-01" in found.loc["A", "changed"]


def test_a_rule_that_is_gone_withdraws_and_is_noted():
    found = landeff.compare(run(BEFORE, OLD), run(AFTER, OLD, rules=["national/idle_due_soon"]))
    assert set(found.progress["outcome"]) == {"withdrawn"}
    assert any("疑似闲置土地" in note for note in found.table("notes")["note_zh"])


def test_supplied_since_is_seen_in_the_matrix_and_by_batch():
    _, parcels, *_ = four_squares.sources()
    more = pd.concat([parcels, layer([box(0, 500, 1000, 1000)], parcel_id=["E"], land_use_code=["0601"])])
    supply = {
        key: [*values, "2026-01-01" if key == "agreed_start_on" else None] for key, values in OLD.items()
    }
    supply |= {"supply_id": ["S1", "S2", "S3", "S5"], "is_started": ["否"] * 4}
    supply["start_checked_on"] = ["2024-12-01"] * 4
    more.loc[more["parcel_id"] == "E", "supply_id"] = "S5"
    found = landeff.compare(run(BEFORE, OLD), run(AFTER, supply, more.reset_index(drop=True)))
    row = at(found, "approved_unsupplied", "within_term")
    assert row["area_m2"] == pytest.approx(500_000, rel=2e-4)
    assert not row["is_followed"]  # worked out: no other land changed
    batch = found.table("approvals_progress").set_index("approval_id").loc["P1"]
    assert batch["change_m2"] == pytest.approx(-500_000, rel=2e-4)
    changes = found.table("parcel_changes").set_index("parcel_id")
    assert changes.loc["E", "change"] == "appeared"


def test_files_and_lines(found, runs, tmp_path):
    book = openpyxl.load_workbook(found.save(tmp_path / "比较.xlsx"))
    assert book.sheetnames == ["转移矩阵", "台账进展", "批而未供进展", "宗地变化", "可比性说明"]
    html = found.save(tmp_path / "a.html").read_text("utf-8")
    assert "平衡表转移矩阵" in html
    assert "<script" not in html
    assert found.save(tmp_path / "a.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    with pytest.raises(ConfigError):
        found.save(tmp_path / "a.docx")
    lines = "\n".join(found.lines("zh"))
    assert "疑似闲置 → 在建\t1,49" in lines  # 1 000 000 m² less a little are 1 499.9 mu
    assert "已处置\t1" in lines
    folder = runs[1].save(tmp_path / "new")
    assert landeff.compare(runs[0], folder).matrix.equals(found.matrix)
    with pytest.raises(OutputError):
        landeff.compare(tmp_path / "nothing", folder)


def test_a_run_compared_with_itself_changes_nothing(runs):
    same = landeff.compare(runs[0], runs[0])
    assert (same.matrix["from_state"] == same.matrix["to_state"]).all()
    assert set(same.progress["outcome"]) == {"still_open"}
    assert same.table("parcel_changes").empty
