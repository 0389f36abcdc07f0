"""The balance of a run: every square metre with its rule, and places that add up."""

import four_squares
import pytest

import landeff
from landeff.publish.report import build_report


@pytest.fixture(scope="module")
def result():
    project = four_squares.project()
    batch = four_squares.layer([four_squares.box(0, 500, 600, 1000)], approval_id=["P1"])
    project["sources"]["approvals"] = {"data": batch}
    return landeff.run(project)


def test_pieces_add_up_to_the_balance_and_to_the_zones(result):
    pieces, balance, zones = (result.table(name) for name in ("balance_pieces", "balance", "zones"))
    by = ["zone_id", "state"]
    off = pieces.groupby(by)["area_m2"].sum() - balance.set_index(by)["area_m2"]
    assert off.abs().max() < 0.01
    assert (
        pieces.groupby("zone_id")["area_m2"].sum() - zones.set_index("zone_id")["area_m2"]
    ).abs().max() < 0.01


def test_each_piece_names_one_rule_and_each_state_its_reasons(result):
    pieces = result.table("balance_pieces").set_index(["zone_id", "parcel_id"])
    assert pieces.loc[("Z1", "A"), "rule_id"] == "national/idle"
    assert pieces.loc[("Z2", "C"), "rule_id"] == "balance/start_overdue"
    balance = result.table("balance").set_index(["zone_id", "state"])
    assert balance.loc[("Z1", "approved_unsupplied"), "rule_id"] == "balance/no_parcel/approved_unsupplied"
    assert balance.loc[("Z1", "approved_unsupplied"), "reason_zh"] == "在批准范围内，无宗地"
    assert balance.loc[("Z1", "approved_unsupplied"), ["n", "n_parcels"]].tolist() == [1, 0]
    assert balance.loc[("Z2", "start_overdue"), "reason_zh"] == "未动工，已过动工期限，未满一年"


def test_a_parcel_in_two_zones_counts_once_for_the_city(result):
    places = result.table("balance_places").set_index(["place_kind", "place", "state"])
    assert places.loc[("city", "", "to_be_checked"), "n_parcels"] == 1  # B, half in each zone
    assert places.loc[("zone", "Z1", "to_be_checked"), "n_parcels"] == 1
    assert places.loc[("zone", "Z2", "to_be_checked"), "n_parcels"] == 1


def test_the_funnel_is_drawn(result):
    html = build_report(result.dataset)
    assert "土地漏斗" in html
    assert 'class="stack funnel"' in html
    assert "<script" not in html
    supplied = result.table("funnel").set_index(["place", "step"]).loc[("", "supplied")]
    assert supplied["n_parcels"] == 2  # A idle, C overdue; B is open
