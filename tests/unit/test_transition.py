"""From one balance to the next, by hand; and the law that rows and columns sum to the balances."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.analysis.transition import OUTSIDE, REDRAWN, matrix_of, parcel_changes, transition_matrix


def pieces(*rows):
    frame = pd.DataFrame(rows, columns=["zone_id", "parcel_id", "state", "area_m2"])
    return frame.astype({"area_m2": "float64", "parcel_id": "str"})


def cells(table):
    keys = zip(table["from_state"], table["to_state"], strict=True)
    return dict(zip(keys, table["area_m2"], strict=True))


OLD = pieces(
    ("Z", "a", "idle", 100),
    ("Z", "b", "within_term", 50),
    ("Z", "c", "performing", 30),
    ("Z", None, "approved_unsupplied", 20),
)


def test_parcels_are_followed_by_their_code():
    new = OLD.assign(state=["under_construction", "within_term", "performing", "approved_unsupplied"])
    made = transition_matrix(OLD, new)
    assert cells(made) == {
        ("idle", "under_construction"): 100.0,
        ("within_term", "within_term"): 50.0,
        ("performing", "performing"): 30.0,
        ("approved_unsupplied", "approved_unsupplied"): 20.0,
    }
    assert made.set_index("from_state").loc["idle", ["n_parcels", "is_followed"]].tolist() == [1, True]
    assert made.set_index("from_state").loc["approved_unsupplied", "n_parcels"] == 0


def test_land_that_can_only_have_come_from_one_state_is_put_there():
    # parcel d is new, on 15 m² of the approved land: no other land left its state
    new = pd.concat(
        [OLD.iloc[:3], pieces(("Z", "d", "within_term", 15), ("Z", None, "approved_unsupplied", 5))]
    )
    made = cells(transition_matrix(OLD, new))
    assert made[("approved_unsupplied", "within_term")] == 15.0
    assert made[("approved_unsupplied", "approved_unsupplied")] == 5.0
    assert REDRAWN not in {state for pair in made for state in pair}


def test_what_cannot_be_told_apart_is_not_guessed():
    # b vanished, 10 m² of approved land went too; d and e came
    new = pieces(
        ("Z", "a", "idle", 100),
        ("Z", "c", "performing", 30),
        ("Z", None, "approved_unsupplied", 10),
        ("Z", "d", "performing", 40),
        ("Z", "e", "idle", 20),
    )
    made = cells(transition_matrix(OLD, new))
    assert made[("within_term", REDRAWN)] == 50.0
    assert made[("approved_unsupplied", REDRAWN)] == 10.0
    assert made[(REDRAWN, "performing")] == 40.0
    assert made[(REDRAWN, "idle")] == 20.0
    changes = parcel_changes(OLD, new).set_index("parcel_id")["change"]
    assert changes.to_dict() == {"a": "same", "b": "vanished", "c": "same", "d": "appeared", "e": "appeared"}


def test_a_zone_that_grew():
    new = pd.concat([OLD, pieces(("Z", None, "not_approved", 7))])
    assert cells(transition_matrix(OLD, new))[(OUTSIDE, "not_approved")] == 7.0


def test_a_parcel_in_two_zones_counts_once():
    old = pieces(("Y", "a", "idle", 10), ("Z", "a", "idle", 20))
    made = transition_matrix(old, old)
    city = matrix_of(made, parcel_changes(old, old), pd.Series(["Y", "Z"]))
    assert city[["n_parcels", "area_m2"]].values.tolist() == [[1, 30.0]]


STATES = ["idle", "performing", "within_term", "not_approved"]
LAND = st.lists(
    st.tuples(
        st.sampled_from(["Y", "Z"]),
        st.one_of(st.none(), st.sampled_from(list("abcdefg"))),
        st.sampled_from(STATES),
        st.floats(0, 1e7),
    ),
    min_size=1,
    max_size=20,
)


def unique(rows):
    """A parcel has one state in a zone; land without a parcel has any number of rows."""
    seen = {}
    for zone, parcel, state, area in rows:
        key = (zone, parcel, state) if parcel is None else (zone, parcel)
        seen[key] = (zone, parcel, state, area)
    return pieces(*seen.values())


@settings(max_examples=100, deadline=None)
@given(LAND, LAND)
def test_rows_sum_to_the_old_balance_and_columns_to_the_new(before, after):
    old, new = unique(before), unique(after)
    made = transition_matrix(old, new)
    for side, column in ((old, "from_state"), (new, "to_state")):
        want = side.groupby(["zone_id", "state"])["area_m2"].sum()
        real = made[~made[column].isin([REDRAWN, OUTSIDE])]
        got = real.groupby(["zone_id", column])["area_m2"].sum()
        got.index.names = ["zone_id", "state"]
        assert np.allclose(want.sub(got, fill_value=0.0), 0.0, atol=0.01)
    # what went into redrawn land came out of it
    into = made.loc[made["to_state"] == REDRAWN, "area_m2"].sum()
    assert abs(into - made.loc[made["from_state"] == REDRAWN, "area_m2"].sum()) < 0.01
    assert (made["area_m2"] >= 0).all()


@settings(deadline=None)
@given(LAND)
def test_nothing_changes_when_nothing_changed(rows):
    same = unique(rows)
    made = transition_matrix(same, same)
    assert (made["from_state"] == made["to_state"]).all()
