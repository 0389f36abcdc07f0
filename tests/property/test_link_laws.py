"""Money and land are conserved in any world of firms, parcels, leases, splits and missing codes."""

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landeff.core.text import Term
from landeff.link.allocation import allocate
from landeff.link.composition import Composition, composed, lacking, with_completeness
from landeff.link.policies import POLICIES
from landeff.link.shares import PARTS, divided, land_shares, land_used
from landeff.link.standing import PRECEDENCE, standing
from landeff.link.units import groups_of

FIRMS = ["A", "B", "C", "D"]
PARCELS = ["P1", "P2", "P3", "PX"]  # PX is in no layer
YEARS = [2023, 2024]
TENURES = [None, "自有", "租赁", "出租", "实际占用", "借用"]
NUMBERS = ["land_area_m2", "contract_area_m2", "floor_area_m2", "share_ratio"]

areas = st.one_of(st.none(), st.floats(0, 1e6))
leases = st.lists(
    st.tuples(
        st.sampled_from(FIRMS),
        st.sampled_from(PARCELS),
        st.sampled_from([None, 2023, 2024]),
        st.sampled_from(TENURES),
        areas,
        areas,
        areas,
        st.one_of(st.none(), st.floats(0, 1)),
    ),
    max_size=12,
)
ITEMS = ["tax_paid", "refund"]
money = st.lists(
    st.tuples(
        st.sampled_from([*FIRMS, None]),
        st.sampled_from([2023, 2024, 1999]),
        st.sampled_from(ITEMS),
        st.integers(-(10**9), 10**11),
    ),
    max_size=12,
)
holders = st.lists(st.sampled_from([*FIRMS, None]), min_size=3, max_size=3)
places = st.dictionaries(st.sampled_from(FIRMS), st.sampled_from(PARCELS[:3]), max_size=3)
groups = st.dictionaries(st.sampled_from([*FIRMS, "HQ"]), st.sampled_from(["G1", "G2"]), max_size=4)


@st.composite
def worlds(draw):
    columns = ["enterprise_id", "parcel_id", "year", "tenure", *NUMBERS]
    occupancy = pd.DataFrame(draw(leases), columns=columns)
    occupancy = occupancy.astype({"year": "Int64", **dict.fromkeys(NUMBERS, "float64")})
    again = draw(st.integers(0, len(occupancy)))
    occupancy = pd.concat([occupancy, occupancy.head(again)], ignore_index=True)  # rows entered twice
    parcels = pd.DataFrame(
        {
            "parcel_id": PARCELS[:3],
            "basis_area_m2": draw(st.lists(st.floats(1, 1e6), min_size=3, max_size=3)),
            "floor_area_m2": draw(st.lists(areas, min_size=3, max_size=3)),
            "holder_code": pd.Series(draw(holders), dtype="str"),
        }
    ).astype({"floor_area_m2": "float64"})
    returns = pd.DataFrame(draw(money), columns=["enterprise_id", "year", "item", "value"])
    returns = returns.assign(
        value=returns["value"].astype("float64") / 100,
        source_file="t",
        source_row=range(len(returns)),
        parcel_id=pd.Series(pd.NA, index=returns.index, dtype="str"),
    )
    returns = returns.astype({"year": "Int64", "enterprise_id": "str"})
    at = draw(places)
    located = pd.DataFrame({"enterprise_id": list(at), "parcel_id": list(at.values())}, dtype="str")
    of = draw(groups)
    register = pd.DataFrame({"enterprise_id": list(of), "group_id": list(of.values())}, dtype="str")
    together = groups_of(register) if draw(st.booleans()) else None
    precedence = draw(st.permutations(PRECEDENCE))
    return occupancy, parcels, returns, located, together, precedence


def divide(world, policy):
    occupancy, parcels, _, located, together, precedence = world
    return divided(standing(occupancy, parcels, YEARS, located, precedence), policy, together).shares


def law(examples):
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


@given(worlds(), st.sampled_from(POLICIES), st.randoms(use_true_random=False))
@law(40)
def test_money_is_conserved_whatever_the_order(world, policy, random):
    occupancy, parcels, returns, located, together, precedence = world
    shares = divide(world, policy)
    if len(shares):
        sums = shares.groupby(["enterprise_id", "year"])["share_ratio"].sum()
        assert ((sums - 1).abs() < 1e-9).all()
        assert shares["share_ratio"].between(0, 1 + 1e-12).all()
    allocated, unmatched = allocate(returns, shares, ["P1", "P2"], ["P3"], YEARS)
    total = returns["value"].sum()
    assert abs(allocated["value"].sum() + unmatched["value"].sum() - total) < 0.005
    mixed = [frame.sample(frac=1, random_state=random.randrange(2**32)) for frame in (occupancy, returns)]
    turned = (mixed[0], parcels.iloc[::-1], mixed[1], located.iloc[::-1], together, precedence)
    again, _ = allocate(mixed[1], divide(turned, policy), ["P1", "P2"], ["P3"], YEARS)
    pd.testing.assert_frame_equal(allocated, again)


@given(worlds(), st.sampled_from(POLICIES))
@law(40)
def test_land_is_conserved_and_never_more_than_the_parcel(world, policy):
    parcels = world[1]
    shares = divide(world, policy)
    own = shares[shares["method"] != "group"]
    assert not own.duplicated(["enterprise_id", "year", "parcel_id"]).any()
    assert (shares[["land_area_m2", *PARTS]].fillna(0.0) >= -1e-6).all().all()
    area = parcels.set_index("parcel_id")["basis_area_m2"]
    on_parcel = own[own["parcel_id"].isin(area.index)]
    on_parcel = on_parcel.assign(whole=on_parcel["parcel_id"].map(area).astype("float64"))
    by_parcel = on_parcel.groupby(["parcel_id", "year"])
    together, whole = by_parcel["land_area_m2"].sum(), by_parcel["whole"].first()
    assert (together <= whole * (1 + 1e-9)).all()
    if policy == "equal":  # everybody counts, so that nothing is left over
        assert (together >= whole * (1 - 1e-9)).all()
    # Divided by floor or to the holder, and where a holder takes what is left: nothing is left over.
    rest = on_parcel[on_parcel["land_basis"].isin(["floor_area", "holder"])].groupby(["parcel_id", "year"])
    assert ((rest["land_area_m2"].sum() - rest["whole"].first()).abs() <= 1e-3).all()
    parts = own[PARTS[0]] + own[PARTS[1]] - own[PARTS[2]] + own[PARTS[3]]
    known = own["land_area_m2"].notna()
    assert ((parts - own["land_area_m2"])[known].abs() <= 1e-6).all()
    used = land_used(shares)
    sums = own.groupby(["enterprise_id", "year"])["land_area_m2"].sum(skipna=False)
    pd.testing.assert_series_equal(
        used.set_index(["enterprise_id", "year"])["basis_area_m2"], sums, check_names=False
    )


@given(worlds(), st.sampled_from(POLICIES))
@law(30)
def test_an_unrelated_firm_changes_nobody_elses_share(world, policy):
    occupancy, parcels, returns, located, together, precedence = world
    before = divide(world, policy)
    more = pd.DataFrame({"parcel_id": ["Q"], "basis_area_m2": [5.0], "holder_code": ["Z"]})
    wider = (occupancy, pd.concat([parcels, more]), returns, located, together, precedence)
    after = divide(wider, policy)
    pd.testing.assert_frame_equal(
        before, after[after["enterprise_id"] != "Z"].reset_index(drop=True), check_exact=True
    )


@given(worlds())
@law(20)
def test_firms_of_one_parcel_share_one_unit_where_they_merge(world):
    shares = divide(world, "merge_share")
    own = shares[shares["method"] != "group"]
    size = own.groupby(["parcel_id", "year"])["enterprise_id"].transform("size")
    units = own[size > 1].groupby(["parcel_id", "year"])["unit_id"]
    assert (units.nunique(dropna=False) == 1).all()
    assert own.loc[size > 1, "unit_id"].notna().all()


@given(worlds(), st.sampled_from(["unknown", "zero"]), st.sampled_from(POLICIES))
@law(30)
def test_a_composed_measure_is_the_signed_sum_to_the_cent(world, missing, policy):
    returns = world[2]
    net = Composition(
        "net", {"tax_paid": 1.0, "refund": -1.0}, Term("", ""), missing=dict.fromkeys(ITEMS, missing)
    )
    made = with_completeness(composed(returns, net, YEARS), lacking(returns, net))
    sums = returns.groupby("item")["value"].sum().reindex(ITEMS, fill_value=0.0)
    assert abs(made["value"].sum() - (sums["tax_paid"] - sums["refund"])) < 0.005
    allocated, unmatched = allocate(made, divide(world, policy), ["P1", "P2"], ["P3"], YEARS)
    assert abs(allocated["value"].sum() + unmatched["value"].sum() - made["value"].sum()) < 0.005
    if missing == "zero":
        assert not made["is_incomplete"].any()
        assert "composition_incomplete" not in set(unmatched["reason"])


def test_the_laws_hold_for_the_plain_call():
    shares = land_shares(
        pd.DataFrame({"enterprise_id": ["A"], "parcel_id": ["P1"]}),
        pd.DataFrame({"parcel_id": ["P1"], "basis_area_m2": [4.0]}),
        [2024],
        "equal",
    )
    assert shares["land_area_m2"].tolist() == [4.0]
