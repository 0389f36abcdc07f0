"""Outcomes of the inventory between two runs, case by case."""

import datetime as dt

import pandas as pd
import pytest

from landeff.analysis.progress import approvals_progress, inventory_progress

DATES = (dt.date(2023, 12, 31), dt.date(2024, 12, 31))
NO_FINDINGS = (pd.DataFrame(), pd.DataFrame())
BASE = {
    "parcel_id": "a", "inventory_class": "idle", "basis_area_m2": 100.0, "is_started": False,
    "actual_start_on": None, "actual_completion_on": None, "agreed_start_on": "2022-06-01",
    "latest_extension_on": None, "grade_latest": "C",
}  # fmt: skip


def parcels(**changes):
    frame = pd.DataFrame([{**BASE, **changes}])
    for name in ("actual_start_on", "actual_completion_on", "agreed_start_on", "latest_extension_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame.astype({"is_started": "boolean"})


GONE = {"inventory_class": "none"}


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        ({}, "still_open"),
        ({"inventory_class": "low_efficiency"}, "still_open"),
        ({**GONE, "actual_start_on": "2024-05-01"}, "disposed"),
        ({**GONE, "actual_start_on": "2024-12-31"}, "disposed"),  # the day of the newer run
        ({**GONE, "actual_start_on": "2024-01-01"}, "disposed"),
        ({**GONE, "actual_start_on": "2023-12-31"}, "withdrawn"),  # begun by the day of the older run
        ({**GONE, "actual_completion_on": "2024-06-01"}, "disposed"),
        ({**GONE, "is_started": True}, "closed_unclear"),
        ({**GONE, "agreed_start_on": "2025-06-01"}, "withdrawn"),
        ({**GONE, "latest_extension_on": "2025-06-01"}, "closed_unclear"),
        ({**GONE, "grade_latest": "B"}, "closed_unclear"),  # another year, another grade: neither
        (GONE, "closed_unclear"),
    ],
)
def test_outcome(new, outcome):
    made = inventory_progress(parcels(), parcels(**new), NO_FINDINGS, DATES)
    assert made["outcome"].tolist() == [outcome]


def test_codes_that_vanish_or_appear():
    made = inventory_progress(parcels(), parcels(parcel_id="b"), NO_FINDINGS, DATES).set_index("parcel_id")
    assert made["outcome"].to_dict() == {"a": "closed_unclear", "b": "newly_found"}
    assert pd.isna(made.loc["a", "new_class"])
    assert made.loc["a", "changed"] == ""


def test_parcels_on_no_list_are_left_out():
    assert inventory_progress(parcels(**GONE), parcels(**GONE), NO_FINDINGS, DATES).empty


def findings(verdict, version="1"):
    return pd.DataFrame(
        {
            "parcel_id": ["a"],
            "rule_id": ["r"],
            "verdict": [verdict],
            "rule_version": [version],
            "evidence": ["[]"],
        }
    )


@pytest.mark.parametrize(
    ("new", "versions", "outcome", "told"),
    [
        (findings("hit", "2"), ({"r": "1"}, {"r": "2"}), "withdrawn", "r: hit → hit (v1 → v2)"),
        (findings("hit")[:0], ({"r": "1"}, {"r": "1"}), "closed_unclear", "r: hit → clear"),
        (findings("hit")[:0], ({"r": "1"}, {"q": "1"}), "withdrawn", "r: hit → – (v1 → v–)"),
    ],
)
def test_another_rule_withdraws(new, versions, outcome, told):
    made = inventory_progress(parcels(), parcels(**GONE), (findings("hit"), new), DATES, versions)
    assert made[["outcome", "verdicts"]].iloc[0].tolist() == [outcome, told]


def test_batches():
    old = pd.DataFrame(
        {"approval_id": ["P", "P", "Q"], "zone_id": ["Z", "Z", "Z"], "area_m2": [1.0, 2.0, 5.0]}
    )
    new = pd.DataFrame({"approval_id": ["P", "R"], "zone_id": ["Z", "Z"], "area_m2": [2.5, 4.0]})
    made = approvals_progress(old, new).set_index("approval_id")
    assert made["change_m2"].to_dict() == {"P": -0.5, "Q": -5.0, "R": 4.0}
    assert made["outcome"].to_dict() == {"P": "still_open", "Q": "closed_unclear", "R": "newly_found"}


def test_the_ledger_of_disposals_says_disposed() -> None:
    made = inventory_progress(parcels(), parcels(**GONE), NO_FINDINGS, DATES, disposed={"a"})
    assert made.set_index("parcel_id").loc["a", "outcome"] == "disposed"
    still = inventory_progress(parcels(), parcels(), NO_FINDINGS, DATES, disposed={"a"})
    assert still.set_index("parcel_id").loc["a", "outcome"] == "still_open"  # listed is listed
    old = pd.DataFrame({"approval_id": ["P", "Q"], "zone_id": "Z", "area_m2": 5.0})
    batches = approvals_progress(old, old[:0], {"P"}).set_index("approval_id")["outcome"]
    assert batches.to_dict() == {"P": "disposed", "Q": "closed_unclear"}
