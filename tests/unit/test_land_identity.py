"""Supply records and parcels in small worlds, every expected value worked out by hand."""

import datetime as dt

import pandas as pd
import pytest

from landeff.link.decisions import decide
from landeff.link.land_identity.candidates import land_candidates
from landeff.link.land_identity.pairs import parts, settle_land, shared
from landeff.link.land_identity.records import records_of_parcels
from landeff.link.land_identity.texts import places
from landeff.pipeline.supply_records import strictest_first

CODE = "321003001002GB0001"
TEXT = ("parcel_id", "supply_id", "contract_no", "holder", "location")


def table(rows, **columns):
    frame = pd.DataFrame(rows) if rows else pd.DataFrame(columns)
    return frame.astype({name: "str" for name in TEXT if name in frame})


def land(*rows):
    return table([{"holder": None, "location": None, **row} for row in rows])


def told(parcels, supply, overlaps=None):
    links = land_candidates(parcels, supply, overlaps)
    return {
        (row.left_key, row.right_key): (row.method, row.decision, row.reasons) for row in links.itertuples()
    }


def settled(parcels, supply, links=None):
    links = land_candidates(parcels, supply) if links is None else links
    area = parcels.get("registered_area_m2", parcels.get("area_m2"))
    return settle_land(links, parcels.assign(basis_area_m2=area), supply)


# --- numbers


def test_supply_number_before_contract_number():
    parcels = land(
        {"parcel_id": "P1", "supply_id": "S1", "contract_no": "C2"},
        {"parcel_id": "P2", "supply_id": None, "contract_no": "C2"},
        {"parcel_id": "P3", "supply_id": None, "contract_no": None},
        {"parcel_id": "P4", "supply_id": "S404", "contract_no": None},
    )
    supply = table({"supply_id": ["S1", "S2"], "contract_no": ["C1", "C2"]})
    # P1 by its own number, whatever its contract says; P4's number is nobody's
    assert told(parcels, supply) == {
        ("S1", "P1"): ("supply_id", "accepted", "supply_id"),
        ("S2", "P2"): ("contract_no", "accepted", "contract_no"),
    }


def test_how_a_number_is_written_does_not_matter():
    parcels = land({"parcel_id": "P1", "contract_no": "苏〔2020〕7 号"})
    supply = table({"supply_id": ["S1"], "contract_no": ["苏［２０２０］7号"]})
    assert told(parcels, supply)["S1", "P1"][:2] == ("contract_no", "accepted")


def test_one_contract_over_three_parcels():
    parcels = land(
        *(
            {"parcel_id": p, "contract_no": "C", "area_m2": a}
            for p, a in (("A", 500.0), ("B", 300.0), ("D", 200.0))
        )
    )
    supply = table(
        {"supply_id": ["S"], "contract_no": ["C"], "supplied_area_m2": [1000.0], "price_cny": [333.33]}
    )
    pairs = shared(settled(parcels, supply), supply)
    assert pairs["share_of_supply_ratio"].tolist() == pytest.approx([0.5, 0.3, 0.2])
    assert pairs["area_m2"].tolist() == [500.0, 300.0, 200.0]
    # 333.33 × 0.5 = 166.665 (half a cent either way), × 0.8 = 266.664; the last takes the rest
    assert sum(round(price * 100) for price in pairs["price_cny"]) == 33333
    assert pairs["price_cny"].tolist() == pytest.approx([166.665, 99.999, 66.666], abs=0.0051)


def test_one_parcel_under_two_contracts():
    parcels = land({"parcel_id": "A", "supply_id": "S1、S2", "area_m2": 1000.0})
    supply = table({"supply_id": ["S1", "S2"], "supplied_area_m2": [400.0, 600.0], "price_cny": [4e6, None]})
    pairs = settled(parcels, supply)
    assert pairs["share_of_supply_ratio"].tolist() == [1.0, 1.0]
    assert pairs["share_of_parcel_ratio"].tolist() == pytest.approx([0.4, 0.6])
    order = pd.Series({"S1": 2, "S2": 1})
    (row,) = records_of_parcels(pairs, supply, order).to_dict("records")
    # figures add up, what is known of them; the record that comes first gives the rest
    assert (row["supplied_area_m2"], row["price_cny"]) == (1000.0, 4e6)
    assert (row["supply_id"], row["n_supply_records"]) == ("S2", 2)


def test_a_contract_number_on_two_records_is_told_by_area():
    parcels = land(
        {"parcel_id": "A", "contract_no": "C", "area_m2": 1000.0},
        {"parcel_id": "B", "contract_no": "C", "area_m2": 2000.0},
    )
    supply = table(
        {"supply_id": ["S1", "S2"], "contract_no": ["C", "C"], "supplied_area_m2": [1995.0, 1004.0]}
    )
    # |1000 − 1004| = 4 ≤ 0.5 % of 1004 = 5.02; |2000 − 1995| = 5 ≤ 9.975
    assert told(parcels, supply) == {
        ("S2", "A"): ("contract_no", "accepted", "contract_no,several_records,area"),
        ("S1", "B"): ("contract_no", "accepted", "contract_no,several_records,area"),
    }


@pytest.mark.parametrize("areas", [[1000.0, 1000.0], [1010.0, 3000.0], [None, None]])
def test_a_contract_number_on_two_records_is_queued_where_area_does_not_tell(areas):
    parcels = land({"parcel_id": "A", "contract_no": "C", "area_m2": 1000.0})
    supply = table({"supply_id": ["S1", "S2"], "contract_no": ["C", "C"], "supplied_area_m2": areas})
    decisions = {pair: decision for pair, (_, decision, _) in told(parcels, supply).items()}
    assert decisions == {("S1", "A"): "queued", ("S2", "A"): "queued"}
    pairs = settled(parcels, supply)
    assert pairs[["share_of_supply_ratio", "share_of_parcel_ratio", "area_m2"]].isna().all(axis=None)


def test_two_records_of_a_contract_that_add_up_to_its_only_parcel():
    parcels = land({"parcel_id": "A", "contract_no": "C", "area_m2": 1000.0})
    supply = table({"supply_id": ["S1", "S2"], "contract_no": ["C", "C"], "supplied_area_m2": [300.0, 700.0]})
    assert {decision for _, decision, _ in told(parcels, supply).values()} == {"accepted"}
    assert settled(parcels, supply)["share_of_parcel_ratio"].tolist() == pytest.approx([0.3, 0.7])


def test_a_record_that_has_its_land_is_not_given_more_by_area():
    parcels = land(
        {"parcel_id": "A", "supply_id": "S1", "contract_no": None, "area_m2": 1000.0},
        {"parcel_id": "B", "supply_id": None, "contract_no": "C", "area_m2": 1000.0},
    )
    supply = table(
        {"supply_id": ["S1", "S2"], "contract_no": ["C", "C"], "supplied_area_m2": [1000.0, 5000.0]}
    )
    assert told(parcels, supply)["S1", "A"][1] == "accepted"
    assert told(parcels, supply)["S2", "B"][1] == "queued"


def test_a_contract_beside_another_supply_number_is_queued():
    parcels = land({"parcel_id": "A", "supply_id": "S404", "contract_no": "C"})
    supply = table({"supply_id": ["S1"], "contract_no": ["C"]})
    assert told(parcels, supply)["S1", "A"] == ("contract_no", "queued", "contract_no,supply_id_differs")


def test_codes_of_units_and_parcels_meet():
    parcels = land({"parcel_id": f"{CODE}1"}, {"parcel_id": f"{CODE}2W00000000"}, {"parcel_id": f"{CODE}3"})
    supply = table(
        {"supply_id": ["S1", "S2", "S3"], "parcel_id": [f"{CODE}1F00010001", f"{CODE}2、{CODE}3", f"{CODE}9"]}
    )
    assert told(parcels, supply) == {
        ("S1", f"{CODE}1"): ("parcel_id", "accepted", "parcel_id"),
        ("S2", f"{CODE}2W00000000"): ("parcel_id", "accepted", "parcel_id"),
        ("S2", f"{CODE}3"): ("parcel_id", "accepted", "parcel_id"),
    }


def test_a_parcel_of_several_units_is_for_a_person_unless_the_unit_is_named():
    parcels = land({"parcel_id": f"{CODE}1F00010001"}, {"parcel_id": f"{CODE}1F00010002"})
    supply = table({"supply_id": ["S1", "S2"], "parcel_id": [f"{CODE}1", f"{CODE}1F00010002"]})
    found = told(parcels, supply)
    assert found["S2", f"{CODE}1F00010002"][1] == "queued"  # S1 may be there too, and no areas tell
    only = told(parcels, supply[1:])
    assert only == {("S2", f"{CODE}1F00010002"): ("parcel_id", "accepted", "parcel_id")}
    assert {row[1] for row in told(parcels, supply[:1]).values()} == {"queued"}


@pytest.mark.parametrize(("second", "decision"), [(600.0, "accepted"), (1000.0, "queued"), (None, "queued")])
def test_a_second_record_of_a_parcel_has_to_fit_in(second, decision):
    parcels = land({"parcel_id": "A", "supply_id": "S1", "area_m2": 1000.0})
    supply = table({"supply_id": ["S1", "S2"], "parcel_id": [None, "A"], "supplied_area_m2": [400.0, second]})
    assert told(parcels, supply)["S2", "A"][1] == decision


def test_a_record_with_land_takes_another_parcel_only_where_it_fits_in():
    parcels = land(
        {"parcel_id": "A", "supply_id": "S1", "area_m2": 400.0},
        {"parcel_id": "B", "supply_id": None, "area_m2": 600.0},
    )
    supply = table({"supply_id": ["S1"], "parcel_id": ["B"], "supplied_area_m2": [1000.0]})
    assert told(parcels, supply)["S1", "B"][1] == "accepted"
    supply = supply.assign(supplied_area_m2=400.0)
    assert told(parcels, supply)["S1", "B"][1:] == ("queued", "parcel_id,record_has_other_land")


# --- holder, area, location

FIRM, PLACE = "扬州华新精密机械有限公司", "扬州市邗江区扬子江南路9号"
PARCEL = {"parcel_id": "A", "holder": FIRM, "location": PLACE, "registered_area_m2": 10_000.0}
RECORD = {"supply_id": "S", "holder": FIRM, "location": PLACE, "supplied_area_m2": 10_000.0}


def one(parcel=(), record=()):
    found = told(land(PARCEL | dict(parcel)), table([RECORD | dict(record)]))
    return found.get(("S", "A"))


def test_holder_area_and_location_together():
    assert one() == ("holder_area_location", "accepted", "holder,area,location")


@pytest.mark.parametrize(
    ("parcel", "record"),
    [
        ({"location": "扬子江南路 ９号"}, {}),  # without the places in front
        ({}, {"holder": "扬州市华新精密机械有限责任公司"}),  # the same parts
        ({"registered_area_m2": 10_050.0}, {}),  # 0.5 % exactly
        ({"registered_area_m2": 9_000.0, "area_m2": 10_001.0}, {}),  # as measured
        ({}, {"parcel_id": "2020G12"}),  # the number of a plot in a sale is no code of a parcel
    ],
)
def test_the_same_written_another_way(parcel, record):
    assert one(parcel, record)[1] == "accepted"


@pytest.mark.parametrize(
    ("parcel", "record", "reasons"),
    [
        ({}, {"location": None}, "holder,area"),
        ({}, {"location": "扬州市广陵区扬子江南路9号"}, "holder,area"),  # the same road of another district
        ({}, {"supplied_area_m2": 10_060.0}, "holder,location"),  # 60 > 50.3
        ({}, {"holder": "扬州华兴精密机械有限公司"}, "area,location"),  # one character of the brand
        ({"contract_no": "C1"}, {"contract_no": "C2"}, "holder,area,location,contract_no_differs"),
        ({}, {"parcel_id": f"{CODE}7"}, "holder,area,location,parcel_id_differs"),
    ],
)
def test_two_facts_of_three_or_a_contradiction_wait_for_a_person(parcel, record, reasons):
    method, decision, why = one(parcel, record)
    assert (method, decision) == ("holder_area_location", "queued")
    assert why.removesuffix(",holder_differs") == reasons


def test_a_person_sees_what_is_compared():
    (link,) = land_candidates(land(PARCEL), table([RECORD | {"location": None}])).to_dict("records")
    assert link["left_name"] == f"{FIRM}，10000.00 m²"
    assert link["right_name"] == f"{FIRM}，{PLACE}，10000.00 m²"
    again = land_candidates(land(PARCEL), table([RECORD | {"location": None, "supplied_area_m2": 10_001.0}]))
    assert again["seen"].tolist() != [link["seen"]]  # a decision lapses when what was seen has changed


def test_one_fact_is_no_question():
    assert one({"location": None}, {"supplied_area_m2": 5.0}) is None
    assert one({"holder": None}, {"holder": None, "location": "建设路1号院"}) is None  # area alone


def test_two_parcels_alike_are_both_asked():
    parcels = land(PARCEL, PARCEL | {"parcel_id": "B"})
    assert {row[1:] for row in told(parcels, table([RECORD])).values()} == {
        ("queued", "holder,area,location,several_fit")
    }


def test_among_a_crowd_nobody_is_asked_and_a_location_still_tells():
    # 101 × 101 pairs of one holder and area are more than anybody can choose among
    many = [PARCEL | {"parcel_id": f"P{n}", "location": f"建设路{n + 100}号"} for n in range(101)]
    lots = [RECORD | {"supply_id": f"S{n}", "location": None} for n in range(100)]
    found = told(land(*many), table([*lots, RECORD | {"supply_id": "S", "location": "建设路107号"}]))
    assert found == {("S", "P7"): ("holder_area_location", "accepted", "holder,area,location")}


def test_what_a_number_told_is_not_asked_again():
    parcels = land(PARCEL | {"supply_id": "S2"})
    supply = table([RECORD, RECORD | {"supply_id": "S2"}])
    assert told(parcels, supply) == {("S2", "A"): ("supply_id", "accepted", "supply_id")}


def test_locations_that_say_nothing():
    found = places(pd.Series(["邗江区", "江苏省扬州市", "园区内", None, "文昌路18号"]))
    assert found["spot"].isna().tolist() == [True, True, True, True, False]
    road = places(pd.Series(["扬州市文峰街道文昌路城市广场5号", "示例东桥高新技术产业开发区银杏路9号"]))
    assert road["spot"].tolist() == ["文昌路城市广场5号", "银杏路9号"]  # a 市 behind the road is no place


# --- geometry


def overlap(**shares):
    rows = [(*pair.split("_"), *share) for pair, share in shares.items()]
    return pd.DataFrame(
        rows, columns=["supply_id", "parcel_id", "share_of_supply_ratio", "share_of_parcel_ratio"]
    )


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ((0.3, 0.9), "accepted"),  # the parcel lies in the contract
        ((0.95, 0.4), "accepted"),  # the contract is a piece of the parcel
        ((0.89, 0.89), "queued"),
        ((0.05, 0.1), "queued"),
        ((0.05, 0.09), None),
    ],
)
def test_polygons(share, expected):
    parcels, supply = land({"parcel_id": "A"}), table({"supply_id": ["S"]})
    found = told(parcels, supply, overlap(S_A=share)).get(("S", "A"))
    assert (found and found[1]) == expected


def test_two_contracts_on_the_same_ground_are_asked():
    parcels, supply = land({"parcel_id": "A"}), table({"supply_id": ["S", "T"]})
    found = told(parcels, supply, overlap(S_A=(1.0, 1.0), T_A=(1.0, 0.97)))
    assert {row[1:] for row in found.values()} == {("queued", "overlap,covered_twice")}
    found = told(parcels, supply, overlap(S_A=(1.0, 0.6), T_A=(1.0, 0.4)))
    assert {row[1] for row in found.values()} == {"accepted"}


# --- decisions, parts, clock


def test_a_person_outweighs_a_likeness_and_can_refuse_a_number():
    parcels = land(PARCEL, {"parcel_id": "B", "holder": FIRM, "registered_area_m2": 10_000.0})
    supply = table([RECORD])
    links = land_candidates(parcels, supply)
    assert links.set_index("right_key")["decision"].to_dict() == {"A": "accepted"}
    asked = links.assign(right_key="B", decision="confirmed", seen="x")
    both = pd.concat([links, asked], ignore_index=True)
    pairs = settled(parcels, supply, both).set_index("parcel_id")
    assert pairs["decision"].to_dict() == {"A": "refused", "B": "confirmed"}
    assert pairs["area_m2"].to_dict()["B"] == 10_000.0
    numbered = land_candidates(land({"parcel_id": "A", "supply_id": "S"}), supply)
    refused = settled(land({"parcel_id": "A", "area_m2": 1.0}), supply, numbered.assign(decision="refused"))
    assert refused["area_m2"].isna().all()


def test_decisions_come_in_between():
    parcels = land(PARCEL, PARCEL | {"parcel_id": "B"})
    supply = table([RECORD | {"price_cny": 7.0}])
    links = land_candidates(parcels, supply)  # both fit alike: queued
    key = ["kind", "left_table", "left_key", "right_table", "right_key", "seen"]
    told = links[key].assign(decided_by="王某", decided_on=pd.Timestamp(2025, 1, 6))
    told["answer"] = told["right_key"].map({"A": "no", "B": "yes"})
    answered, outcomes = decide(links, told)
    assert outcomes["status"].tolist() == ["applied", "applied"]
    pairs = settled(parcels, supply, answered)
    assert pairs.set_index("parcel_id")["decision"].to_dict() == {"A": "refused", "B": "confirmed"}
    assert shared(pairs, supply)[["parcel_id", "price_cny"]].to_numpy().tolist() == [["B", 7.0]]
    lapsed, outcomes = decide(land_candidates(parcels, supply.assign(supplied_area_m2=10_001.0)), told)
    assert outcomes["outcome"].tolist() == ["values_changed", "values_changed"]
    assert lapsed["decision"].tolist() == ["queued", "queued"]


def test_parts_lose_nothing():
    whole, third = pd.Series([100.0] * 3), pd.Series([1 / 3] * 3)
    by = pd.Series(["S"] * 3)
    assert parts(whole, third, by).tolist() == [33.33, 33.34, 33.33]
    assert parts(whole * 0, third, by).tolist() == [0.0, 0.0, 0.0]
    assert parts(whole * float("nan"), third, by).isna().all()
    # a figure of more digits than the hundredth keeps them in its last part: 0.005 = 0 + 0 + 0.005
    assert parts(whole * 0 + 0.005, third, by).tolist() == [0.0, 0.0, 0.005]


def days(*texts):
    return pd.Series(pd.to_datetime(list(texts))).astype("datetime64[s]")


def test_the_strictest_record_runs_the_clock():
    supply = pd.DataFrame(
        {
            "supply_id": ["begun", "idle", "idle_later", "open", "no_date", "ahead"],
            "agreed_start_on": days(
                "2018-01-01", "2020-01-01", "2021-01-01", "2019-01-01", None, "2025-06-01"
            ),
            "is_started": pd.array([True, False, False, None, None, None], dtype="boolean"),
            "start_checked_on": days(None, "2024-06-01", "2024-06-01", None, None, None),
        }
    )
    order = strictest_first(supply, dt.date(2024, 12, 31)).sort_values()
    assert order.index.tolist() == ["idle", "idle_later", "open", "no_date", "ahead", "begun"]
