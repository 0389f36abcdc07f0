"""The six policies on one parcel with three firms, and what stands around them; figures by hand.

P1 has 1 000 m². H holds the title; T1 leases 300 m² by contract (stated: 400 m² used, 2 000 m² of floor), T2
200 m² (stated: 100 m² used, 1 000 m² of floor). H's own floor is 5 000 m².
"""

import pandas as pd
import pytest

from landeff.link.policies import POLICIES
from landeff.link.shares import PARTS, divided, land_shares, land_used
from landeff.link.standing import standing
from landeff.link.units import groups_of

PARCELS = pd.DataFrame({"parcel_id": ["P1"], "basis_area_m2": [1_000.0], "holder_code": ["H"]})
LEASES = pd.DataFrame(
    {
        "enterprise_id": ["H", "T1", "T2"],
        "parcel_id": "P1",
        "tenure": ["自有", "租赁", "租赁"],
        "land_area_m2": [None, 400.0, 100.0],
        "contract_area_m2": [None, 300.0, 200.0],
        "floor_area_m2": [5_000.0, 2_000.0, 1_000.0],
    }
)


def shares(policy, occupancy=LEASES, parcels=PARCELS, **more):
    return land_shares(occupancy, parcels, [2024], policy, **more)


def land(made):
    return made.set_index("enterprise_id")["land_area_m2"].to_dict()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("by_land_area", {"H": 500.0, "T1": 400.0, "T2": 100.0}),  # H: 1 000 − 400 − 100
        ("by_floor_area", {"H": 625.0, "T1": 250.0, "T2": 125.0}),  # 1 000 × 5 : 2 : 1 of 8
        ("by_contract_area", {"H": 500.0, "T1": 300.0, "T2": 200.0}),  # H: 1 000 − 300 − 200
        ("owner_bears", {"H": 1_000.0, "T1": 0.0, "T2": 0.0}),
        ("merge_share", {"H": 500.0, "T1": 400.0, "T2": 100.0}),  # as by land; the result is shared
        ("equal", {"H": 1_000 / 3, "T1": 1_000 / 3, "T2": 1_000 / 3}),
    ],
)
def test_one_parcel_three_firms(policy, expected):
    made = shares(policy)
    assert land(made) == pytest.approx(expected)
    assert made["share_ratio"].tolist() == [1.0, 1.0, 1.0]  # each stands here alone: its money stays here
    assert set(made["policy"]) == {policy}
    parts = made[["owned_area_m2", "rented_in_area_m2", "unregistered_area_m2"]].sum(axis=1)
    assert (parts - made["rented_out_area_m2"]).tolist() == pytest.approx(made["land_area_m2"].tolist())
    holder = made.set_index("enterprise_id").loc["H"]
    assert holder["owned_area_m2"] == pytest.approx(1_000.0)
    assert holder["rented_out_area_m2"] == pytest.approx(1_000.0 - expected["H"])


def test_every_policy_is_tried_above():
    assert len(POLICIES) == 6


def test_money_over_two_parcels_follows_the_policy():
    # T1 also stands on P2 (500 m², no holder): 100 m² by contract, 200 m² used, 6 000 m² of floor, with U
    rows = pd.DataFrame(
        {
            "enterprise_id": ["T1", "U"],
            "parcel_id": "P2",
            "tenure": "租赁",
            "land_area_m2": [200.0, 300.0],
            "contract_area_m2": [100.0, 400.0],
            "floor_area_m2": [6_000.0, 2_000.0],
        }
    )
    both = pd.concat([LEASES, rows])
    parcels = pd.concat([PARCELS, pd.DataFrame({"parcel_id": ["P2"], "basis_area_m2": [500.0]})])
    expected = {
        "by_land_area": 400 / 600,
        "by_floor_area": 2_000 / 8_000,  # money by floor: 2 000 here, 6 000 there
        "by_contract_area": 300 / 400,
        "owner_bears": 400 / 600,  # a tenant bears no land, its money stays where it stands
        "merge_share": 400 / 600,
        "equal": 0.5,
    }
    for policy, ratio in expected.items():
        made = shares(policy, both, parcels).set_index(["enterprise_id", "parcel_id"])["share_ratio"]
        assert made["T1", "P1"] == pytest.approx(ratio), policy
    by_land = shares("owner_bears", both, parcels).set_index(["enterprise_id", "parcel_id"])
    assert by_land.loc[("T1", "P2"), "land_basis"] == "land_area"  # no holder known on P2: by land, visibly
    assert by_land.loc[("T1", "P2"), "land_area_m2"] == 200.0


def test_a_holders_own_parcel_weighs_whole_where_the_owner_bears():
    # H holds P1 whole (1 000) and rents 250 m² of P2: 1 000 : 250
    rows = pd.DataFrame({"enterprise_id": ["H"], "parcel_id": ["P2"], "land_area_m2": [250.0]})
    parcels = pd.concat([PARCELS, PARCELS.assign(parcel_id="P2", holder_code="K")])
    made = shares("owner_bears", pd.concat([LEASES, rows]), parcels)
    made = made.set_index(["enterprise_id", "parcel_id"])
    assert made.loc[("H", "P1"), "share_ratio"] == pytest.approx(0.8)
    assert made.loc[("H", "P2"), "land_area_m2"] == 0.0


def test_floor_that_is_not_known_of_all_falls_back_visibly():
    made = shares("by_floor_area", LEASES.assign(floor_area_m2=[5_000.0, None, 1_000.0]))
    assert land(made) == {"H": 500.0, "T1": 400.0, "T2": 100.0}
    assert made["land_basis"].tolist() == ["remainder", "land_area", "land_area"]


def test_the_holders_floor_is_what_tenants_leave_of_the_buildings():
    # buildings of 4 000 m², tenants 2 000 and 1 000: H has 1 000 → 250 m² of land
    leases = LEASES.assign(floor_area_m2=[None, 2_000.0, 1_000.0])
    made = shares("by_floor_area", leases, PARCELS.assign(floor_area_m2=4_000.0))
    assert land(made) == pytest.approx({"H": 250.0, "T1": 500.0, "T2": 250.0})


def test_leases_above_the_parcel_are_told_and_scaled():
    # 1 200 + 800 on 1 000 m²: halved; nothing is left for the holder
    leases = LEASES.assign(land_area_m2=[None, 1_200.0, 800.0])
    made = divided(standing(leases, PARCELS, [2024]), "by_land_area")
    assert land(made.shares) == pytest.approx({"H": 0.0, "T1": 600.0, "T2": 400.0})
    assert made.exceeding[["parcel_id", "stated_area_m2"]].to_numpy().tolist() == [["P1", 2_000.0]]
    by_contract = divided(standing(leases, PARCELS, [2024]), "by_contract_area")
    assert by_contract.exceeding.empty


def test_land_of_an_enterprise_is_owned_plus_rented_in_less_rented_out_plus_unregistered():
    # H: P1 1 000 owned less 500 to tenants; rents 150 m² of P2 (holder K); occupies 50 m² of P3 unregistered
    rows = pd.DataFrame(
        {
            "enterprise_id": ["H", "H"],
            "parcel_id": ["P2", "P3"],
            "tenure": ["承租", "实际占用"],
            "land_area_m2": [150.0, 50.0],
        }
    )
    more = pd.DataFrame(
        {"parcel_id": ["P2", "P3"], "basis_area_m2": [900.0, 800.0], "holder_code": ["K", None]}
    )
    made = land_used(shares("by_land_area", pd.concat([LEASES, rows]), pd.concat([PARCELS, more])))
    row = made.set_index("enterprise_id").loc["H"]
    assert row[[*PARTS]].tolist() == [1_000.0, 150.0, 500.0, 50.0]
    assert row["basis_area_m2"] == 1_000 + 150 - 500 + 50
    assert row["n_parcels"] == 3
    assert made.set_index("enterprise_id").loc["K", "basis_area_m2"] == 750.0


def test_what_a_holder_lets_out_is_taken_off_though_nobody_is_listed():
    rows = pd.DataFrame(
        {"enterprise_id": ["H"], "parcel_id": ["P1"], "tenure": ["出租"], "land_area_m2": [300.0]}
    )
    made = shares("by_land_area", rows)
    row = made.iloc[0]
    assert (row["land_area_m2"], row["owned_area_m2"], row["rented_out_area_m2"]) == (700.0, 1_000.0, 300.0)
    # a tenant without an area has what the holder lets out
    tenant = pd.DataFrame({"enterprise_id": ["T"], "parcel_id": ["P1"], "tenure": ["租赁"]})
    assert land(shares("by_land_area", pd.concat([rows, tenant]))) == {"H": 700.0, "T": 300.0}


def test_land_that_is_partly_unknown_is_unknown():
    rows = pd.DataFrame(
        {"enterprise_id": ["T", "T"], "parcel_id": ["P1", "ZZ"], "land_area_m2": [300.0, None]}
    )
    made = land_used(shares("by_land_area", rows)).set_index("enterprise_id")
    assert pd.isna(made.loc["T", "basis_area_m2"])


def test_firms_of_one_parcel_are_one_unit_where_they_merge():
    made = shares("merge_share")
    assert made["unit_id"].tolist() == ["H", "H", "H"]
    assert shares("by_land_area")["unit_id"].isna().all()


GROUP = pd.DataFrame({"enterprise_id": ["HQ", "H", "X"], "group_id": ["G", "G", None], "paid_by": None})


def test_a_group_spreads_its_money_over_the_land_of_all_its_members():
    # HQ holds P2 (1 500 m²), H has 500 of P1: 3 : 1 for both
    parcels = pd.concat([PARCELS, PARCELS.assign(parcel_id="P2", basis_area_m2=1_500.0, holder_code="HQ")])
    made = shares("by_land_area", LEASES, parcels, groups=groups_of(GROUP))
    at = made.set_index(["enterprise_id", "parcel_id"])
    for member in ("H", "HQ"):
        assert at.loc[(member, "P2"), "share_ratio"] == pytest.approx(0.75)
        assert at.loc[(member, "P1"), "share_ratio"] == pytest.approx(0.25)
    assert at.loc[("H", "P2"), ["land_area_m2", "method"]].tolist() == [0.0, "group"]  # not its own land
    assert set(made["unit_id"].dropna()) == {"H"}
    apart = shares("by_land_area", LEASES, parcels).set_index(["enterprise_id", "parcel_id"])
    assert apart.loc[("HQ", "P2"), "share_ratio"] == 1.0


def test_a_head_office_without_land_pays_for_the_land_of_its_members():
    made = shares("by_land_area", groups=groups_of(GROUP)).set_index(["enterprise_id", "parcel_id"])
    assert made.loc[("HQ", "P1"), ["share_ratio", "land_area_m2", "unit_id"]].tolist() == [1.0, 0.0, "H"]


def test_who_pays_for_whom_makes_a_group_too():
    register = pd.DataFrame({"enterprise_id": ["S1", "S2", "Z"], "paid_by": ["HQ", "HQ", None]})
    assert groups_of(register).to_numpy().tolist() == [["HQ", "HQ"], ["S1", "HQ"], ["S2", "HQ"]]


def test_an_enterprise_known_only_by_its_place_stands_there():
    located = pd.DataFrame({"enterprise_id": ["N"], "parcel_id": ["P1"]})
    made = shares("by_land_area", LEASES.iloc[:0], located=located).set_index("enterprise_id")
    assert made.loc["N", "method"] == "location"
    assert made.loc["N", "share_ratio"] == 1.0
    assert made.loc[["H", "N"], "land_area_m2"].tolist() == [500.0, 500.0]  # nothing stated: evenly


def test_a_place_on_another_parcel_is_told_and_decided_by_precedence():
    parcels = pd.concat([PARCELS, PARCELS.assign(parcel_id="P2", holder_code="K")])
    located = pd.DataFrame({"enterprise_id": ["T1"], "parcel_id": ["P2"]})
    found = standing(LEASES, parcels, [2024], located)
    case = found.conflicts.iloc[0]
    assert case[["enterprise_id", "parcel_id", "other", "kind", "decided_by"]].tolist() == [
        *("T1", "P1", "P2", "location", "occupancy")
    ]
    made = divided(found, "by_land_area").shares
    assert made.loc[made["enterprise_id"] == "T1", "parcel_id"].tolist() == ["P1"]
    first = standing(LEASES, parcels, [2024], located, ("location", "occupancy", "holder"))
    made = divided(first, "by_land_area").shares.set_index(["enterprise_id", "parcel_id"])
    assert made.loc[("T1", "P2"), ["share_ratio", "method"]].tolist() == [1.0, "location"]
    assert made.loc[("T1", "P1"), "share_ratio"] == 0.0


def test_two_holders_by_two_sources():
    owner = pd.DataFrame(
        {"enterprise_id": ["T"], "parcel_id": ["P1"], "tenure": ["自有"], "land_area_m2": [800.0]}
    )
    listed = standing(owner, PARCELS, [2024])
    assert listed.conflicts[["enterprise_id", "other", "kind"]].to_numpy().tolist() == [["T", "H", "holder"]]
    assert land(divided(listed, "owner_bears").shares) == {"H": 0.0, "T": 1_000.0}
    titled = standing(owner, PARCELS, [2024], None, ("holder", "occupancy", "location"))
    made = divided(titled, "by_land_area").shares.set_index("enterprise_id")
    assert made.loc["T", "unregistered_area_m2"] == 800.0  # occupied without a title
    assert made.loc["H", "land_area_m2"] == 200.0
