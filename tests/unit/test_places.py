"""The balance sheet by place, and the funnel, by hand."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.analysis.places import balance_by_place, funnel
from landeff.standards.balance import funnel_steps, reached_steps, reasons, scheme, states

ZONES = pd.DataFrame(
    {
        "zone_id": ["Y", "Z", "Z1", "W"],
        "parent_zone_id": [None, None, "Z", "abroad"],  # the parent of W is not in the run: W stands alone
        "level": ["国家级", "省级", "园中园", None],
    }
)
PIECES = pd.DataFrame(
    [
        ("Y", "a", "idle", 10.0),
        ("Z", "a", "idle", 20.0),  # the same parcel, across the border
        ("Z", "b", "performing", 30.0),
        ("Z1", "b", "performing", 30.0),  # the park in Z: not land of its own
        ("Z", None, "not_approved", 40.0),
        ("W", None, "to_be_checked", 5.0),
    ],
    columns=["zone_id", "parcel_id", "state", "area_m2"],
)


def test_city_levels_and_zones():
    made = balance_by_place(PIECES, ZONES, list(states())).set_index(["place_kind", "place", "state"])
    assert made.loc[("city", "", "idle"), ["n_parcels", "area_m2"]].tolist() == [1, 30.0]
    assert made.loc[("city", "", "performing"), "area_m2"] == 30.0
    assert made.loc[("city", "")]["area_m2"].sum() == 105.0
    assert made.loc[("level", "国家级")]["area_m2"].tolist() == [10.0]
    assert "园中园" not in made.loc["level"].index
    assert made.loc[("zone", "Z1", "performing"), "share_ratio"] == 1.0
    assert made.loc[("zone", "Z", "idle"), "share_ratio"] == 20 / 90
    assert made.loc[("zone", "W", "to_be_checked"), "n_parcels"] == 0
    kinds = made.index.get_level_values(0).drop_duplicates().tolist()
    assert kinds == ["city", "level", "zone"]


def test_the_funnel_of_a_city():
    made = funnel(
        balance_by_place(PIECES, ZONES, list(states())), reached_steps(), list(funnel_steps())
    )  # fmt: skip
    city = made[made["place_kind"] == "city"].set_index("step")
    # all 105; 40 buildable only; idle 30 supplied; performing 30 all the way; 5 open
    assert city["area_m2"].tolist() == [105.0, 100.0, 60.0, 60.0, 30.0, 30.0, 30.0, 30.0]
    assert city["open_area_m2"].tolist() == [0.0] + [5.0] * 7
    assert city["n_parcels"].tolist() == [2, 2, 2, 2, 1, 1, 1, 1]
    assert city.loc["supplied", "share_ratio"] == 60 / 105


def test_every_state_is_placed_and_every_condition_has_a_reason():
    open_states = set(states()) - set(reached_steps())
    assert open_states == {"to_be_checked", "not_assessable", "scattered"}
    assert set(reached_steps()) <= set(states())
    assert set(reached_steps().values()) <= set(funnel_steps())
    parcels = {f"balance/{entry.name}" for entry in scheme().parcels}
    rest = {f"balance/no_parcel/{entry.name}" for entry in scheme().remainder}
    assert parcels | rest | {"balance/to_be_checked", "balance/no_parcel/to_be_checked"} <= set(reasons())


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(states())), st.floats(0, 1e9)), min_size=1, max_size=12))
def test_a_funnel_only_narrows_and_never_holds_more_than_all(rows):
    balance = pd.DataFrame(rows, columns=["state", "area_m2"]).groupby("state", as_index=False).sum()
    balance = balance.assign(place_kind="city", place="", n_parcels=1)
    made = funnel(balance, reached_steps(), list(funnel_steps()))
    steps = made["area_m2"].tolist()
    assert all(a >= b or a == pytest.approx(b) for a, b in itertools.pairwise(steps))
    held = made["area_m2"] + made["open_area_m2"]
    assert (held <= steps[0] * (1 + 1e-9)).all()
