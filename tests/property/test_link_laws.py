"""Money is conserved in any world of firms, parcels, leases, splits and missing codes."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.link.allocation import allocate
from landeff.link.shares import POLICIES, land_shares

FIRMS = ["A", "B", "C", "D"]
PARCELS = ["P1", "P2", "P3", "PX"]  # PX is in no layer
YEARS = [2023, 2024]

areas = st.one_of(st.none(), st.floats(0, 1e6))
leases = st.lists(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from(PARCELS), st.sampled_from([None, 2023, 2024]), areas),
    max_size=12,
)
money = st.lists(
    st.tuples(
        st.sampled_from([*FIRMS, None]), st.sampled_from([2023, 2024, 1999]), st.integers(-(10**9), 10**11)
    ),
    max_size=12,
)
holders = st.lists(st.sampled_from([*FIRMS, None]), min_size=3, max_size=3)


@st.composite
def worlds(draw):
    occupancy = pd.DataFrame(draw(leases), columns=["enterprise_id", "parcel_id", "year", "land_area_m2"])
    occupancy["year"] = occupancy["year"].astype("Int64")
    occupancy["land_area_m2"] = occupancy["land_area_m2"].astype("float64")
    parcels = pd.DataFrame(
        {
            "parcel_id": PARCELS[:3],
            "basis_area_m2": draw(st.lists(st.floats(1, 1e6), min_size=3, max_size=3)),
            "holder_code": pd.Series(draw(holders), dtype="str"),
        }
    )
    returns = pd.DataFrame(draw(money), columns=["enterprise_id", "year", "value"])
    returns = returns.assign(
        value=returns["value"].astype("float64") / 100, item="tax_paid", source_file="t", source_row=1
    )
    returns["year"] = returns["year"].astype("Int64")
    returns["enterprise_id"] = returns["enterprise_id"].astype("str")
    return occupancy, parcels, returns


@given(worlds(), st.sampled_from(POLICIES), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_money_is_conserved_whatever_the_order(world, policy, random):
    occupancy, parcels, returns = world
    shares = land_shares(occupancy, parcels, YEARS, policy)
    if len(shares):
        sums = shares.groupby(["enterprise_id", "year"])["share_ratio"].sum()
        assert ((sums - 1).abs() < 1e-9).all()
        assert shares["share_ratio"].between(0, 1 + 1e-12).all()
    allocated, unmatched = allocate(returns, shares, ["P1", "P2"], ["P3"], YEARS)
    total = returns["value"].sum()
    assert abs(allocated["value"].sum() + unmatched["value"].sum() - total) < 0.005
    shuffled = [frame.sample(frac=1, random_state=random.randrange(2**32)) for frame in (occupancy, returns)]
    shares_again = land_shares(shuffled[0], parcels.iloc[::-1], YEARS, policy)
    again, _ = allocate(shuffled[1], shares_again, ["P1", "P2"], ["P3"], YEARS)
    pd.testing.assert_frame_equal(allocated, again)


@given(worlds())
@settings(max_examples=40, deadline=None)
def test_an_unrelated_firm_changes_nobody_elses_share(world):
    occupancy, parcels, _ = world
    before = land_shares(occupancy, parcels, YEARS, "by_land_area")
    more = pd.concat(
        [parcels, pd.DataFrame({"parcel_id": ["Q"], "basis_area_m2": [5.0], "holder_code": ["Z"]})]
    )
    after = land_shares(occupancy, more, YEARS, "by_land_area")
    pd.testing.assert_frame_equal(
        before, after[after["enterprise_id"] != "Z"].reset_index(drop=True), check_exact=True
    )
