"""Supply records on land in a whole run over four squares (``tests/support/four_squares.py``), by hand.

A, B and C are 750 mu = 500 000 m², D is 375 mu = 250 000 m².
"""

import pandas as pd
import pytest
from four_squares import MU, box, layer, project, sources

import landeff

FIRM, PLACE = "示例华新机械有限公司", "示例市甲区建设路12号"


def world(supply, **parcels):
    _, land, *_ = sources()
    text = {name: pd.Series(values, dtype="str") for name, values in parcels.items()}
    land = land.drop(columns="supply_id").assign(**text)
    return project(parcels={"data": land}, supply={"data": supply})


@pytest.fixture(scope="module")
def result():
    supply = pd.DataFrame(
        {
            "supply_id": ["S1", "S2", "S3", "S4", "S5"],
            "contract_no": ["C1", None, None, None, None],
            "holder": [None, None, None, FIRM, FIRM],
            "location": [None, None, None, "建设路12号", None],
            "supplied_area_m2": [1e6, 200_000.0, 300_000.0, 250_000.0, 70_000.0],
            "price_cny": [1_000_000.01, 5e5, None, 7e6, 9.0],
            "agreed_start_on": ["2022-06-01", "2019-01-01", "2021-01-01", "2022-06-01", None],
            "is_started": ["否", "是", "否", "否", None],
            "start_checked_on": ["2024-03-01", None, "2024-03-01", "2024-03-01", None],
        }
    )
    nothing = (None, None, None, None)
    return landeff.run(
        world(
            supply,
            contract_no=["C1", "C1", None, None],  # one contract over A and B
            supply_id=[None, None, "S2、S3", None],  # C in two pieces
            holder=[*nothing[:3], FIRM],
            location=[*nothing[:3], PLACE],  # D by holder, area, location
        )
    )


def of(result, column):
    return result.parcels.set_index("parcel_id")[column].to_dict()


def test_figures_are_shared_out_by_area(result):
    # A and B have the same area: half of 1 000 000.01 each, the odd cent to one of them
    price = of(result, "price_cny")
    assert round(price["A"] * 100) + round(price["B"] * 100) == 100_000_001
    assert price["A"] == pytest.approx(500_000.005, abs=0.0051)
    assert price["C"] == 5e5  # S3's price is unknown: what is known
    assert of(result, "contract_area_m2") == {"A": 5e5, "B": 5e5, "C": 5e5, "D": 250_000.0}
    assert of(result, "supply_share_ratio")["A"] == pytest.approx(0.5)
    assert of(result, "n_supply_records") == {"A": 1, "B": 1, "C": 2, "D": 1}


def test_the_clock_has_its_land(result):
    # A: due 2022-06-01, a year on, not started → idle, by contract; D the same by holder, area and location
    # C: S2 is begun, S3 is not: due 2021-01-01, so idle since 2022-01-01
    found = result.table("findings").query("rule_id == 'national/idle'").set_index("parcel_id")
    assert found["verdict"].to_dict() == dict.fromkeys("ABCD", "hit")
    assert found.loc["C", "since_on"] == pd.Timestamp("2022-01-01")
    assert of(result, "supply_id") == {"A": "S1", "B": "S1", "C": "S3", "D": "S4"}
    assert of(result, "supply_linked_by") == {
        "A": "contract_no", "B": "contract_no", "C": "supply_id", "D": "holder_area_location",
    }  # fmt: skip


def test_ledger_of_supplied_land(result):
    lines = result.table("ledger").set_index(["measure", "entry"])["value"]
    area = lines["supplied_area"].to_dict()
    assert area == {
        "total_in": 1_820_000.0,  # 1 000 000 + 200 000 + 300 000 + 250 000 + 70 000
        "by_supply_id": 500_000.0,
        "by_contract_no": 1_000_000.0,
        "by_holder_area_location": 250_000.0,
        "no_parcel": 70_000.0,
    }
    price = lines["supply_price"].to_dict()
    assert price["total_in"] == pytest.approx(8_500_009.01)
    assert price["no_parcel"] == 9.0


def test_explain_says_how_the_land_was_found(result):
    text = result.explain("D", "zh")
    for words in ("S4", "按权利人、面积、坐落", "0.95", "权利人一致、面积相符、坐落一致", "占宗地 100.0000%"):
        assert words in text
    assert "S2" in result.explain("C", "en")


def test_what_waits_for_a_person_leaves_the_parcel_without_its_record():
    supply = pd.DataFrame(
        {"supply_id": ["S4"], "holder": [FIRM], "supplied_area_m2": [250_000.0], "price_cny": [1.0],
         "agreed_start_on": ["2020-01-01"], "is_started": ["否"], "start_checked_on": ["2024-01-01"]}
    )  # fmt: skip
    result = landeff.run(world(supply, holder=[None, None, None, FIRM]))
    assert of(result, "is_supply_linked")["D"] is False or not of(result, "is_supply_linked")["D"]
    assert bool(of(result, "is_supply_queued")["D"])
    found = result.table("findings").query("rule_id == 'national/idle'").set_index("parcel_id")
    assert (found.loc["D", "verdict"], found.loc["D", "reason"]) == ("unknown", "missing_facts")
    assert "待人工核对的供地记录 S4" in result.explain("D", "zh")
    lines = result.table("ledger").query("measure == 'supplied_area'").set_index("entry")["value"]
    assert lines.to_dict() == {"total_in": 250_000.0, "land_queued": 250_000.0}


def test_a_ledger_drawn_as_a_layer_is_told_by_its_polygons():
    supply = layer(
        [box(0, 0, 2500, 500), box(3000, 0, 3600, 500), box(4500, 0, 4700, 500), box(4700, 0, 5600, 500)],
        supply_id=["S1", "S2", "S3", "S4"],
    )
    result = landeff.run(world(supply))
    pairs = result.table("parcel_supply").set_index(["supply_id", "parcel_id"])
    # S1 holds A and B; S2 is 60 % of C and all in it; S3 is a piece of D; S4 covers 60 % of D, 1/3 of itself
    assert pairs["decision"].to_dict() == {
        ("S1", "A"): "accepted", ("S1", "B"): "accepted", ("S2", "C"): "accepted",
        ("S3", "D"): "accepted", ("S4", "D"): "queued",
    }  # fmt: skip
    assert pairs["method"].unique().tolist() == ["geometry"]
    assert pairs.loc[("S4", "D"), "score"] == pytest.approx(0.95 * 0.6, abs=1e-3)


def test_batches_of_records_with_their_land():
    supply = pd.DataFrame({"supply_id": ["S1", "S2"], "approval_id": ["P1", None], "supplied_area_m2": 5e5})
    raw = world(supply, supply_id=["S1", "S2", None, None])
    raw["sources"]["approvals"] = {
        "data": layer([box(-10, -10, 1010, 510), box(1490, -10, 2460, 510)], approval_id=["P1", "P2"])
    }
    table = landeff.run(raw).table("approval_supply").set_index(["approval_id", "supply_id"])
    assert table["method"].to_dict() == {("P1", "S1"): "approval_id", ("P2", "S2"): "parcels"}
    # P2 ends at x = 2 460: 960 of B's 1 000 m
    assert table["share_of_supply_ratio"].to_list() == pytest.approx([1.0, 0.96], abs=1e-6)
    assert table.loc[("P1", "S1"), "area_m2"] == pytest.approx(750 * MU, rel=3e-4)


def test_a_row_of_a_drawn_ledger_without_number_is_set_aside():
    shapes = [box(0, 0, 1000, 500), box(3000, 0, 4000, 500)]
    supply = layer(shapes, supply_id=["S1", None], supplied_area_m2=[5e5, 4e5])
    result = landeff.run(world(supply))
    lines = result.table("ledger").query("measure == 'supplied_area'").set_index("entry")["value"]
    assert lines.to_dict() == {"total_in": 9e5, "by_geometry": 5e5, "missing_key": 4e5}
