"""States of the land balance sheet, one parcel of each by hand."""

import datetime as dt

import pandas as pd
import pytest

from landeff.standards.balance import inventory_class, parcel_state, remainder_state, states

AS_OF = dt.date(2024, 12, 31)
PAST, FUTURE = pd.Timestamp("2024-12-31"), pd.Timestamp("2025-01-01")  # as_of itself is past
STARTED = {"idle_verdict": "clear", "is_started": True}
CASES = [
    ("idle", {"idle_verdict": "hit", "idle_rule_id": "national/idle", "tax_cny": 5.0}, "national/idle"),
    ("to_be_checked", {"idle_verdict": "unknown", "idle_rule_id": "national/idle"}, "national/idle"),
    (
        "low_efficiency",
        {**STARTED, "tax_cny": 5.0, "low_efficiency_verdict": "hit", "low_efficiency_rule_id": "x/d2"},
        "x/d2",
    ),
    ("not_assessable", {"land_use_class": "transport"}, "balance/not_assessable"),
    ("not_buildable", {"land_use_class": "water"}, "balance/not_buildable"),
    (
        "start_overdue",
        {"idle_verdict": "clear", "is_started": False, "start_due_on": PAST},
        "balance/start_overdue",
    ),
    (
        "within_term",
        {"idle_verdict": "clear", "is_started": False, "start_due_on": FUTURE},
        "balance/within_term",
    ),
    (
        "under_construction",
        {**STARTED, "agreed_completion_on": FUTURE, "tax_cny": 5.0},
        "balance/under_construction",
    ),
    (
        "performing",
        {**STARTED, "agreed_completion_on": FUTURE, "actual_completion_on": PAST, "tax_cny": 5.0},
        "balance/performing",
    ),
    ("performing", {**STARTED, "agreed_completion_on": PAST, "output_cny": 5.0}, "balance/performing"),
    (
        "completion_overdue",
        {**STARTED, "agreed_completion_on": PAST, "actual_completion_on": FUTURE},
        "balance/completion_overdue",
    ),
    (
        "built_not_producing",
        {**STARTED, "actual_completion_on": PAST, "tax_cny": 0.0, "output_cny": 0.0},
        "balance/built_not_producing",
    ),
    (
        "below_capacity",
        {**STARTED, "tax_cny": 5.0, "underused_verdict": "hit", "underused_rule_id": "x/u"},
        "x/u",
    ),
    ("scattered", {"scattered_verdict": "hit", "scattered_rule_id": "x/s"}, "x/s"),
    ("built_not_producing", {**STARTED, "built_unused_verdict": "hit", "built_unused_rule_id": "x/b"}, "x/b"),
    # a rule that cannot tell puts land nowhere
    ("performing", {**STARTED, "tax_cny": 5.0, "underused_verdict": "unknown"}, "balance/performing"),
    # unknown tax is not zero, a blank completion is not unfinished, a blank start is no start and no stop
    ("to_be_checked", {**STARTED, "actual_completion_on": PAST}, "balance/to_be_checked"),
    ("to_be_checked", {**STARTED, "agreed_completion_on": PAST}, "balance/to_be_checked"),
    ("to_be_checked", {"idle_verdict": "clear", "start_due_on": PAST}, "balance/to_be_checked"),
    ("to_be_checked", {}, "balance/to_be_checked"),
    # the idle rule says clear: it is not why nothing is known
    ("to_be_checked", {**STARTED, "idle_rule_id": "national/idle"}, "balance/to_be_checked"),
]


def frame_of(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame([{"n": i, **row} for i, row in enumerate(rows)])
    for name in frame:
        if str(name).endswith("_on"):
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    if "is_started" in frame:
        frame["is_started"] = frame["is_started"].astype("boolean")
    return frame


@pytest.mark.parametrize(("state", "facts", "rule_id"), CASES)
def test_each_state(state: str, facts: dict[str, object], rule_id: str) -> None:
    found = parcel_state(frame_of([facts]), AS_OF)
    assert found.iloc[0].tolist() == [state, rule_id]


def test_all_at_once_say_the_same() -> None:
    frame = frame_of([facts for _, facts, _ in CASES]).set_index("n")
    found = parcel_state(frame, AS_OF)
    assert found["state"].tolist() == [state for state, _, _ in CASES]
    assert found["rule_id"].tolist() == [rule_id for _, _, rule_id in CASES]
    assert found.index.equals(frame.index)


def test_land_that_no_parcel_covers() -> None:
    frame = pd.DataFrame(
        {
            "land_use_class": pd.Series(
                ["water", "industrial", "transport", "transport", "farmland", "farmland", None, None],
                dtype="str",
            ),
            "is_approved": pd.array([True, True, True, False, False, None, True, False], dtype="boolean"),
        }
    )
    assert remainder_state(frame)["state"].tolist() == [
        "not_buildable",
        "approved_unsupplied",
        "approved_unsupplied",  # a road built on approved land without supply still counts as unsupplied
        "not_assessable",
        "not_approved",
        "to_be_checked",  # no approvals given
        "approved_unsupplied",
        "to_be_checked",
    ]


def test_inventory_takes_the_first_class() -> None:
    rows = [
        {"idle_verdict": "hit", "low_efficiency_verdict": "hit"},
        {"idle_verdict": "unknown", "idle_reason": "to_check", "due_soon_verdict": "hit"},
        {"idle_verdict": "clear", "due_soon_verdict": "hit", "low_efficiency_verdict": "hit"},
        {"idle_verdict": "unknown", "idle_reason": "missing_facts", "low_efficiency_verdict": "hit"},
        {"idle_verdict": "unknown", "idle_reason": "missing_facts"},
        {"idle_verdict": "clear", "low_efficiency_verdict": "unknown"},
        {},
    ]
    assert inventory_class(frame_of(rows), AS_OF).tolist() == [
        "idle",
        "idle_to_check",
        "due_soon",
        "low_efficiency",
        "missing_facts",
        "none",
        "none",
    ]


def test_every_state_has_titles() -> None:
    assert len(states()) == 15
    assert all(term.zh and term.en for term in states().values())
