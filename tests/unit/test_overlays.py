"""Plans, batches and overlapping zones over the four squares, every figure worked out in the comments."""

import datetime as dt

import pandas as pd
import pytest
from four_squares import box, layer, project

import landeff


def run(**layers):
    raw = project()
    raw["sources"] |= {name: {"data": frame} for name, frame in layers.items()}
    raw["project"]["as_of"] = dt.date(2024, 12, 31)
    return landeff.run(raw)


@pytest.fixture(scope="module")
def planned():
    # A is x 0–1 000: 红线 G1 and G2 cover x 0–600 together (overlap 400–500 once), 农田 G3 x 0–250
    boxes = [box(0, 0, 500, 500), box(400, 0, 600, 500), box(0, 0, 250, 500), box(3000, 0, 3100, 500)]
    plans = layer(boxes, plan_id=["G1", "G2", "G3", "G4"], plan_kind=["红线", "红线", "农田", "限建 区/甲"])
    # P1 covers A but for x 950–1 000 (95 %), P2 half of B
    batches = layer([box(0, 0, 950, 500), box(1500, 0, 2000, 500)], approval_id=["P1", "P2"])
    return run(plans=plans, approvals=batches)


def test_plans_of_a_kind_are_counted_once(planned):
    rows = planned.table("parcel_plan").set_index(["parcel_id", "plan_id"])["share_ratio"]
    assert rows["A", "G1"] == pytest.approx(0.5, abs=1e-6)
    assert rows["A", "G2"] == pytest.approx(0.1, abs=1e-6)
    assert rows["A", "G3"] == pytest.approx(0.25, abs=1e-6)


def test_kinds_named_by_a_word_are_columns(planned):
    parcels = planned.parcels.set_index("parcel_id")
    assert parcels.loc["A", "plan_红线_ratio"] == pytest.approx(0.6, abs=1e-6)
    assert parcels.loc["B", "plan_红线_ratio"] == 0.0
    assert [name for name in parcels if "限建" in name] == []
    assert planned.table("parcel_plan").query("plan_id == 'G4'")["parcel_id"].tolist() == ["C"]


def test_a_parcel_is_of_the_batch_that_holds_nine_tenths_of_it(planned):
    parcels = planned.parcels.set_index("parcel_id")
    assert parcels.loc["A", "approval_id"] == "P1"
    assert pd.isna(parcels.loc["B", "approval_id"])
    assert parcels["approved_share_ratio"].tolist() == pytest.approx([0.95, 0.5, 0, 0], abs=1e-6)
    matches = planned.table("parcel_approval").set_index("parcel_id")["is_match"]
    assert matches.to_dict() == {"A": True, "B": False}


def test_explain_tells_plans_and_batches(planned):
    text = planned.explain("A", "zh")
    assert "红线 (G2)" in text
    assert "P1" in text


@pytest.mark.parametrize(
    ("precedence", "winner", "by"), [([2, 1], "Z2", "precedence"), ([1, 1], "Z1", "key")]
)
def test_who_holds_land_that_two_zones_claim(precedence, winner, by):
    zones = layer(
        [box(0, 0, 2100, 1000), box(2000, 0, 4000, 1000)], zone_id=["Z1", "Z2"], precedence=precedence
    )
    result = run(zones=zones)
    (row,) = result.table("zone_overlaps").to_dict("records")
    assert (row["zone_id"], row["decided_by"], row["depth"]) == (winner, by, 0)
    assert row["area_m2"] == pytest.approx(100_000, rel=1e-3)
    # B is x 1 500–2 500: 500 m in Z1 where Z2 holds the shared 100 m, else 600 m
    share = result.table("parcel_zone").set_index(["parcel_id", "zone_id"])["share_ratio"]["B", "Z1"]
    assert share == pytest.approx(0.5 if winner == "Z2" else 0.6, abs=1e-6)


def test_a_park_in_a_park_in_a_zone_takes_nothing_from_its_parent():
    boxes = [box(0, 0, 2000, 1000), box(0, 0, 1000, 1000), box(0, 0, 600, 1000)]
    zones = layer(
        boxes, zone_id=["Z", "S", "T"], parent_zone_id=[None, "Z", "S"], name=["园", "子园", "园中园"]
    )
    result = run(zones=zones)
    table = result.zones.set_index("zone_id")
    assert table["depth"].to_dict() == {"Z": 0, "S": 1, "T": 2}
    share = result.table("parcel_zone").set_index(["parcel_id", "zone_id"])["share_ratio"]
    assert share["A"].to_dict() == pytest.approx({"Z": 1.0, "S": 1.0, "T": 0.6}, abs=1e-6)
    assert result.table("zone_overlaps").empty
    assert result.parcels.set_index("parcel_id").loc["A", "sub_zone_id"] == "S"
    balance = result.table("balance").groupby("zone_id")["area_m2"].sum()
    assert balance.to_dict() == pytest.approx(table["area_m2"].to_dict(), abs=0.01)


def test_remainders_and_slivers_are_the_approved_land_of_the_balance():
    # the batch is A and 100 m beyond it; beside it a strip of 0.1 m by 500 m
    batch = layer([box(0, 0, 1000.1, 500), box(0, 500, 1000, 600)], approval_id=["P1", "P2"])
    result = run(approvals=batch)
    assert result.table("remainders")["approval_id"].tolist() == ["P2"]
    issues = result.table("issues").query("code == 'remainder_sliver'")
    assert issues["decision"].str.extract(r"^(\S+) m²")[0].astype(float).tolist() == pytest.approx(
        [50], rel=1e-2
    )
    state = result.table("balance").query("state == 'approved_unsupplied'")["area_m2"].sum()
    assert state == pytest.approx(result.table("remainders")["area_m2"].sum() + 50, abs=0.1)


def test_streets_and_water_between_parcels_are_known_by_the_survey():
    boxes = [box(0, 500, 1000, 1000), box(1000, 500, 2000, 1000)]
    survey = layer(boxes, survey_id=["T1", "T2"], land_class_code=["1004", "1101"])  # a street, a river
    states = run(survey=survey).table("balance").query("zone_id == 'Z1'").set_index("state")["area_m2"]
    assert states["not_assessable"] == pytest.approx(500_000, rel=1e-3)
    assert states["not_buildable"] == pytest.approx(500_000, rel=1e-3)
