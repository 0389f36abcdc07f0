"""Shares, allocation and the ledger, against figures worked out by hand in the comments."""

import pandas as pd
import pytest

from landeff.core.errors import ConservationError
from landeff.link.allocation import allocate
from landeff.link.ledger import Entry, check_balance, ledger_frame, matched_share
from landeff.link.shares import land_shares

GOOD = "91330100799655058B"  # a published code with a right check digit
BAD = "91330100799655058C"


def parcels(**areas):
    return pd.DataFrame({"parcel_id": list(areas), "basis_area_m2": list(areas.values())})


def occupancy(*rows):
    return pd.DataFrame(rows, columns=["enterprise_id", "parcel_id", "year", "land_area_m2"])


def share(shares, enterprise, parcel):
    row = shares[(shares["enterprise_id"] == enterprise) & (shares["parcel_id"] == parcel)]
    return row["share_ratio"].item()


def test_owner_keeps_what_tenants_leave():
    # P1 is 1 000 m²: tenant T has 300, so holder H stands on 700; H also holds P2 of 300 m² alone.
    land = parcels(P1=1_000.0, P2=300.0).assign(holder_code=["H", "H"])
    shares = land_shares(occupancy(("T", "P1", None, 300.0)), land, [2024], "by_land_area")
    assert share(shares, "H", "P1") == pytest.approx(0.7)  # 700 / (700 + 300)
    assert share(shares, "H", "P2") == pytest.approx(0.3)
    assert share(shares, "T", "P1") == 1.0


def test_a_landlord_who_leases_everything_out_still_has_an_address():
    land = parcels(P1=1_000.0).assign(holder_code=["H"])
    shares = land_shares(occupancy(("T", "P1", 2024, 1_000.0)), land, [2024], "by_land_area")
    assert share(shares, "H", "P1") == 1.0
    assert shares.set_index("enterprise_id")["land_area_m2"].to_dict() == {"H": 0.0, "T": 1_000.0}


def test_leases_without_area_split_the_remainder():
    # 1 000 − 400 = 600, two leases without an area: 300 each
    rows = [("A", "P1", 2024, 400.0), ("B", "P1", 2024, None), ("C", "P1", 2024, None)]
    shares = land_shares(occupancy(*rows), parcels(P1=1_000.0), [2024], "by_land_area")
    assert shares["land_area_m2"].tolist() == [400.0, 300.0, 300.0]


def test_a_share_of_the_parcel_stands_for_its_land():
    # 0.9 and 0.1 of 1 000 m²; A also holds P2 of 900 m²: 900 / (900 + 900)
    rows = occupancy(("A", "P1", 2024, None), ("B", "P1", 2024, None), ("A", "P2", 2024, 900.0))
    rows["share_ratio"] = [0.9, 0.1, None]
    shares = land_shares(rows, parcels(P1=1_000.0, P2=900.0), [2024], "by_land_area")
    assert share(shares, "A", "P1") == pytest.approx(0.5)


def test_land_of_unknown_area_keeps_its_money():
    # T has 300 m² on P1 and something on ZZ, which is in no layer: half of the money is not P1's
    rows = occupancy(("T", "P1", 2024, 300.0), ("T", "ZZ", 2024, None))
    shares = land_shares(rows, parcels(P1=1_000.0), [2024], "by_land_area")
    assert share(shares, "T", "ZZ") == 0.5


def test_a_row_of_its_own_year_replaces_the_one_for_every_year():
    rows = occupancy(("A", "P1", None, 100.0), ("A", "P1", 2024, 50.0))
    shares = land_shares(rows, parcels(P1=1_000.0), [2023, 2024], "by_land_area")
    assert shares["land_area_m2"].tolist() == [100.0, 50.0]


def test_both_claimants_of_a_disputed_parcel_stand_on_it():
    disputed = pd.DataFrame(
        {"parcel_id": ["P1", "P1"], "basis_area_m2": [9.0, 10.0], "holder_code": ["H", "K"]}
    )
    shares = land_shares(occupancy(), disputed, [2024], "by_land_area")
    assert shares["enterprise_id"].tolist() == ["H", "K"]


def test_equal_policy_counts_parcels_alike():
    rows = [("A", "P1", 2024, 900.0), ("A", "P2", 2024, 100.0)]
    shares = land_shares(occupancy(*rows), parcels(P1=900.0, P2=100.0), [2024], "equal")
    assert shares["share_ratio"].tolist() == [0.5, 0.5]
    assert set(shares["policy"]) == {"equal"}


def test_a_lease_of_another_year_does_not_count():
    shares = land_shares(occupancy(("A", "P1", 2019, 9.0)), parcels(P1=10.0), [2024], "by_land_area")
    assert shares.empty


def traced(frame):
    return frame.assign(source_file="税收.xlsx", source_row=range(1, len(frame) + 1))


def returns(*rows):
    frame = pd.DataFrame(rows, columns=["enterprise_id", "value"])
    return traced(frame).assign(item="tax_paid", year=pd.array([2024] * len(frame), dtype="Int64"))


def test_every_reason_is_told_apart():
    rows = [("A", 100.0), (None, 1.0), (BAD, 2.0), (GOOD, 4.0), ("S", 8.0), ("U", 16.0)]
    held = [("A", "P1", None, 10.0), ("S", "P9", None, 10.0), ("U", "PX", None, 10.0)]
    shares = land_shares(occupancy(*held), parcels(P1=10.0, P9=10.0), [2024], "by_land_area")
    allocated, unmatched = allocate(returns(*rows), shares, ["P1"], ["P9"], [2024])
    assert allocated["value"].tolist() == [100.0]
    assert unmatched.set_index("reason")["value"].to_dict() == {
        "no_code": 1.0,
        "bad_check_digit": 2.0,
        "no_land": 4.0,
        "land_set_aside": 8.0,
        "parcel_not_in_layer": 16.0,
    }


def test_money_of_another_year_is_kept_apart():
    rows = returns(("A", 5.0)).assign(year=pd.array([1999], dtype="Int64"))
    shares = land_shares(occupancy(("A", "P1", None, 1.0)), parcels(P1=1.0), [2024], "by_land_area")
    allocated, unmatched = allocate(rows, shares, ["P1"], [], [2024])
    assert allocated.empty
    assert unmatched["reason"].tolist() == ["other_year"]
    _, unmatched = allocate(rows.assign(year=pd.array([None], dtype="Int64")), shares, ["P1"], [], [2024])
    assert unmatched["reason"].tolist() == ["no_year"]


def test_money_keyed_by_parcel_goes_straight_to_it():
    rows = pd.DataFrame(
        {"parcel_id": ["P1", "P2", None], "item": "value", "year": 2013, "value": [3.0, 4.0, 5.0]}
    )
    shares = land_shares(occupancy(), parcels(P1=1.0), [2013], "by_land_area")
    allocated, unmatched = allocate(traced(rows), shares, ["P1"], [], [2013])
    assert allocated[["parcel_id", "value"]].to_numpy().tolist() == [["P1", 3.0]]
    assert unmatched.set_index("reason")["value"].to_dict() == {"parcel_not_in_layer": 4.0, "no_code": 5.0}


def test_ledger_stops_a_run_that_loses_a_cent():
    lines = [Entry("tax_paid", "total_in", "in", 10.0, "元", year=2024)]
    good = ledger_frame([*lines, Entry("tax_paid", "in_zones", "out", 10.0, "元", year=2024)])
    check_balance(good)
    assert matched_share(good, "tax_paid") == 1.0
    with pytest.raises(ConservationError, match="tax_paid"):
        check_balance(ledger_frame([*lines, Entry("tax_paid", "in_zones", "out", 9.99, "元", year=2024)]))


def test_an_unknown_amount_does_not_balance():
    lines = [
        Entry("tax_paid", "total_in", "in", 10.0, "元"),
        Entry("tax_paid", "in_zones", "out", float("nan"), "元"),
    ]
    with pytest.raises(ConservationError):
        check_balance(ledger_frame(lines))


def test_ledger_reads_in_then_adjustments_then_out():
    frame = ledger_frame(
        [
            Entry("value", "no_code", "out", 1.0, "元"),
            Entry("value", "set_to_zero", "adjust", 1.0, "元"),
            Entry("value", "total_in", "in", 0.0, "元"),
        ]
    )
    assert frame["entry"].tolist() == ["total_in", "set_to_zero", "no_code"]
