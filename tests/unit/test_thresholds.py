"""What a threshold flags, by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.analysis.thresholds import (
    Candidate,
    Criterion,
    candidate_counts,
    candidate_verdicts,
    compare_candidates,
    threshold_curve,
)
from landeff.core.errors import ConfigError

TAX = pd.Series([10.0, 20.0, 20.0, 30.0, None])  # 万元/亩, say
AREA = pd.Series([1.0, 2.0, 4.0, 8.0, 16.0])


@pytest.mark.parametrize(
    ("direction", "n", "area"),
    [
        ("<", [0, 1, 3], [0.0, 1.0, 7.0]),  # below 10: none; below 20: the first; below 30: three
        ("<=", [1, 3, 4], [1.0, 7.0, 15.0]),
        (">", [3, 1, 0], [14.0, 8.0, 0.0]),
        (">=", [4, 3, 1], [15.0, 14.0, 8.0]),
    ],
)
def test_both_sides_of_each_threshold(direction, n, area):
    made = threshold_curve(TAX, AREA, [30, 10, 20], direction)
    assert made["threshold"].tolist() == [10.0, 20.0, 30.0]
    assert made["n_flagged"].tolist() == n
    assert made["flagged_area_m2"].tolist() == area
    assert made["flagged_share_ratio"].tolist() == [each / 15 for each in area]
    assert set(made["n_unknown"]) == {1}
    assert set(made["unknown_area_m2"]) == {16.0}
    assert set(made["n_known"]) == {4}


def test_nothing_known():
    made = threshold_curve(pd.Series([None, None], dtype="float64"), pd.Series([1.0, 2.0]), [5])
    assert made.loc[0, ["n_flagged", "n_unknown", "unknown_area_m2"]].tolist() == [0, 2, 3.0]
    assert np.isnan(made.loc[0, "flagged_share_ratio"])


def test_a_parcel_without_area_counts_as_a_parcel():
    made = threshold_curve(pd.Series([1.0, 2.0]), pd.Series([None, 3.0]), [5])
    assert made.loc[0, ["n_flagged", "flagged_area_m2"]].tolist() == [2, 3.0]


PARCELS = pd.DataFrame(
    {
        "parcel_id": ["a", "b", "c", "d", "e"],
        "tax": [5.0, 15.0, 5.0, None, None],
        "far": [0.5, 0.5, 1.5, 0.5, 1.5],
        "use": ["x"] * 5,
    }
)
LOW_TAX = Candidate("low tax", (Criterion("tax", "<", 10.0),))
LOW_BOTH = Candidate("tax or density", (Criterion("tax", "<", 20.0), Criterion("far", "<", 1.0)))


def test_verdicts_with_unknown_values():
    assert candidate_verdicts(PARCELS, LOW_TAX).tolist() == [
        "flagged", "clear", "flagged", "unknown", "unknown",
    ]  # fmt: skip
    # e: tax unknown, but density alone clears it
    assert candidate_verdicts(PARCELS, LOW_BOTH).tolist() == [
        "flagged", "flagged", "clear", "unknown", "clear",
    ]  # fmt: skip


def test_who_is_flagged_by_one_and_not_the_other_and_why():
    made = compare_candidates(PARCELS, LOW_TAX, LOW_BOTH).set_index("parcel_id")
    assert made.index.tolist() == ["b", "c", "e"]  # second only, first only, cannot tell
    assert made["only"].tolist() == ["second", "first", ""]
    assert made.loc["b", "why"] == "tax = 15, low tax < 10"
    assert made.loc["c", "why"] == "far = 1.5, tax or density < 1"
    assert (
        made.loc["e", "why"]
        == "tax = ?, low tax < 10; tax = ?, tax or density < 20; far = 1.5, tax or density < 1"
    )


def test_all_nine_cases_and_the_land_in_them():
    made = candidate_counts(PARCELS, LOW_TAX, LOW_BOTH, pd.Series([1.0, 2.0, 4.0, 8.0, 16.0]))
    assert len(made) == 9
    assert made["n"].sum() == 5
    assert made["area_m2"].sum() == 31.0
    at = made.set_index(["first", "second"])
    assert at.loc[("unknown", "clear"), "area_m2"] == 16.0
    assert at.loc[("clear", "unknown"), "n"] == 0


@pytest.mark.parametrize("column", ["nothing", "use"])
def test_columns_that_cannot_be_compared(column):
    with pytest.raises(ConfigError):
        candidate_verdicts(PARCELS, Candidate("x", (Criterion(column, "<", 1.0),)))


NUMBERS = st.lists(
    st.tuples(st.one_of(st.none(), st.floats(-1e6, 1e6)), st.floats(0, 1e6)), min_size=1, max_size=30
)


@settings(deadline=None)
@given(NUMBERS, st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8))
def test_a_curve_only_rises_below_and_only_falls_above(rows, cuts):
    values = pd.Series([value for value, _ in rows], dtype="float64")
    area = pd.Series([land for _, land in rows])
    below, above = (threshold_curve(values, area, cuts, direction) for direction in ("<", ">="))
    assert below["n_flagged"].is_monotonic_increasing
    assert below["flagged_area_m2"].is_monotonic_increasing
    assert above["n_flagged"].is_monotonic_decreasing
    assert (below["n_flagged"] + above["n_flagged"] + below["n_unknown"] == len(rows)).all()
    total = below["flagged_area_m2"] + above["flagged_area_m2"] + below["unknown_area_m2"]
    assert np.allclose(total, area.sum())
    # the count of another way
    assert below["n_flagged"].tolist() == [int((values < cut).sum()) for cut in below["threshold"]]


@settings(deadline=None)
@given(NUMBERS, st.randoms())
def test_the_order_of_parcels_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    made = [
        threshold_curve(
            pd.Series([value for value, _ in each], dtype="float64"),
            pd.Series([land for _, land in each]),
            [0, 10],
        )
        for each in (rows, shuffled)
    ]
    pd.testing.assert_frame_equal(*made, check_exact=True)
