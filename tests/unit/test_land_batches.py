"""Approval batches and supply records: by number, else through the parcels; worked out by hand."""

import pandas as pd
import pytest

from landeff.link.land_identity.batches import batch_candidates, land_in_batches, settle_batches

APPROVALS = pd.DataFrame(
    {
        "approval_id": ["P1", "P2"],
        "document": ["苏政地〔2020〕7号", "苏政地〔2021〕9号"],
        "name": ["城镇", "城镇"],
    }
)


def land(*parts):
    """Parcels of 1 000 m² each wholly its record's: (record, parcel, batch, m² in it)."""
    rows = pd.DataFrame(parts, columns=["supply_id", "parcel_id", "approval_id", "area_m2"])
    pairs = rows[["supply_id", "parcel_id"]].drop_duplicates()
    pairs = pairs.assign(share_of_parcel_ratio=1.0, decision="accepted")
    area = pd.Series(1000.0, index=rows["parcel_id"].unique())
    return land_in_batches(pairs, rows, area)


def told(supply, there):
    links = batch_candidates(APPROVALS, supply, there)
    return {(row.left_key, row.right_key): (row.method, row.decision) for row in links.itertuples()}


def records(**stated):
    return pd.DataFrame(
        {"supply_id": list(stated), "approval_id": pd.Series(list(stated.values()), dtype="str")}
    )


def test_a_record_states_its_batches_by_number_or_document():
    supply = records(S1="p1", S2="苏政地(2021)9号、P1", S3="城镇", S4="P7")
    # the name is that of two batches; P7 is none
    assert told(supply, land()) == {
        ("P1", "S1"): ("approval_id", "accepted"),
        ("P1", "S2"): ("approval_id", "accepted"),
        ("P2", "S2"): ("document", "accepted"),
    }


@pytest.mark.parametrize(
    ("inside", "decision"), [(950.0, "accepted"), (900.0, "accepted"), (899.0, "queued"), (99.0, None)]
)
def test_through_its_parcels(inside, decision):
    found = told(records(S1=None), land(("S1", "A", "P1", inside)))
    assert found.get(("P1", "S1")) == (decision and ("parcels", decision))


def test_several_parcels_together_and_several_batches():
    # 1 000 of A and 850 of B in P1: 1 850 ÷ 2 000 = 92.5 %; 150 of B in P2: 7.5 %, no question
    there = land(("S1", "A", "P1", 1000.0), ("S1", "B", "P1", 850.0), ("S1", "B", "P2", 150.0))
    assert there["share_of_supply_ratio"].tolist() == pytest.approx([0.925, 0.075])
    links = batch_candidates(APPROVALS, records(S1=None), there)
    (row,) = settle_batches(links, there).to_dict("records")
    assert (row["approval_id"], row["area_m2"], row["decision"]) == ("P1", 1850.0, "accepted")


def test_a_parcel_under_two_records_is_counted_by_its_parts():
    rows = pd.DataFrame({"parcel_id": ["A"], "approval_id": ["P1"], "area_m2": [1000.0]})
    pairs = pd.DataFrame({"supply_id": ["S1", "S2"], "parcel_id": "A", "share_of_parcel_ratio": [0.4, 0.6]})
    there = land_in_batches(pairs.assign(decision="accepted"), rows, pd.Series({"A": 1000.0}))
    assert there["area_m2"].tolist() == pytest.approx([400.0, 600.0])
    assert there["share_of_supply_ratio"].tolist() == pytest.approx([1.0, 1.0])


def test_the_number_counts_where_the_land_lies_elsewhere():
    assert told(records(S1="P2"), land(("S1", "A", "P1", 1000.0))) == {
        ("P2", "S1"): ("approval_id", "accepted")
    }
