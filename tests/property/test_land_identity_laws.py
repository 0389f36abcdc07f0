"""Land and prices of supply records are conserved in any many-to-many world of numbers, names and areas."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.link.land_identity.candidates import land_candidates
from landeff.link.land_identity.pairs import SHARED, settle_land, shared
from landeff.link.land_identity.records import records_of_parcels
from landeff.link.links import JOINED, links_frame

RECORDS, PARCELS = ["S1", "S2", "S3", "S4"], ["A", "B", "D", "E"]
AREAS = [None, 100.0, 100.4, 250.0, 400.0]
texts = {
    "supply_id": st.sampled_from([None, *RECORDS, "S1、S2", "S9"]),
    "contract_no": st.sampled_from([None, "C1", "C2", "C1、C2"]),
    "parcel_id": st.sampled_from([None, *PARCELS, "A、B", "Z"]),
    "holder": st.sampled_from([None, "示例华新机械有限公司", "示例华兴机械有限公司"]),
    "location": st.sampled_from([None, "建设路12号", "示例市建设路12号", "文昌路88号"]),
}


def _texts(frame):
    return frame.astype({name: "str" for name in (*texts, "supply_id", "parcel_id") if name in frame})


@st.composite
def worlds(draw):
    def column(name, keys):
        return [draw(texts[name]) for _ in keys]

    parcels = {name: column(name, PARCELS) for name in ("supply_id", "contract_no", "holder", "location")}
    parcels |= {"parcel_id": PARCELS, "registered_area_m2": [draw(st.sampled_from(AREAS)) for _ in PARCELS]}
    supply = {name: column(name, RECORDS) for name in ("contract_no", "parcel_id", "holder", "location")}
    supply |= {"supply_id": RECORDS, "supplied_area_m2": [draw(st.sampled_from(AREAS)) for _ in RECORDS]}
    money = st.one_of(st.none(), st.integers(0, 10**12).map(lambda cents: cents / 100))
    supply["price_cny"] = [draw(money) for _ in RECORDS]
    share = st.tuples(*[st.sampled_from([0.0, 0.05, 0.5, 0.9, 1.0])] * 2)
    overlaps = [(s, p, *draw(share)) for s in RECORDS for p in PARCELS if draw(st.integers(0, 3)) == 0]
    names = ["supply_id", "parcel_id", "share_of_supply_ratio", "share_of_parcel_ratio"]
    numbers = {"registered_area_m2": "float64"}
    return (
        _texts(pd.DataFrame(parcels)).astype(numbers).assign(area_m2=200.0),
        _texts(pd.DataFrame(supply)).astype({"supplied_area_m2": "float64", "price_cny": "float64"}),
        pd.DataFrame(overlaps, columns=names),
    )


@st.composite
def graphs(draw):
    """Any pairs, decided in any way, over records and parcels of any size."""
    parcels, supply, _ = draw(worlds())
    pairs = [(s, p) for s in RECORDS for p in PARCELS if draw(st.booleans())]
    decision = st.sampled_from(["accepted", "confirmed", "queued", "refused"])
    rows = [
        {
            "kind": "supply_land", "left_table": "supply", "left_key": s, "right_table": "parcels",
            "right_key": p, "method": "supply_id", "score": 1.0, "decision": draw(decision),
        }
        for s, p in pairs
    ]  # fmt: skip
    columns = ["kind", "left_table", "left_key", "right_table", "right_key", "method", "decision", "score"]
    return links_frame(pd.DataFrame(rows, columns=columns)), parcels, supply


def settled(links, parcels, supply):
    basis = parcels["registered_area_m2"].fillna(parcels["area_m2"])
    return settle_land(links, parcels.assign(basis_area_m2=basis), supply)


def cents(values):
    return sum(round(value * 100) for value in values.dropna())


def _is_conserved(pairs, supply):
    joined = pairs[pairs["decision"].isin(JOINED)]
    told = supply[supply["supply_id"].isin(joined["supply_id"])]
    split = shared(pairs, supply)
    for name in set(SHARED) & set(supply):
        assert cents(split[name]) == cents(told[name])  # to the cent, exactly
        assert (split[name].dropna() >= 0).all()
        # one record's part is never more than the record
        whole = split["supply_id"].map(supply.set_index("supply_id")[name]).astype("float64")
        assert (split[name].dropna() <= whole[split[name].notna()]).all()
    for share, by in (("share_of_supply_ratio", "supply_id"), ("share_of_parcel_ratio", "parcel_id")):
        assert joined[share].between(0, 1 + 1e-12).all()
        assert ((joined.groupby(by)[share].sum() - 1).abs() < 1e-9).all()
    open_ones = pairs[~pairs["decision"].isin(JOINED)]
    assert open_ones[["share_of_supply_ratio", "share_of_parcel_ratio", "area_m2"]].isna().all(axis=None)


@given(graphs())
@settings(max_examples=40, deadline=None)
def test_figures_are_conserved_over_any_graph(world):
    links, parcels, supply = world
    pairs = settled(links, parcels, supply)
    _is_conserved(pairs, supply)
    records = records_of_parcels(pairs, supply, pd.Series(range(4), index=RECORDS))
    joined = pairs[pairs["decision"].isin(JOINED)]
    assert sorted(records["parcel_id"]) == sorted(joined["parcel_id"].unique())
    told = supply[supply["supply_id"].isin(joined["supply_id"])]
    for name in ("supplied_area_m2", "price_cny"):
        assert cents(records[name]) == cents(told[name])


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_candidates_conserve_land_whatever_the_order(world, random):
    parcels, supply, overlaps = world
    links = land_candidates(parcels, supply, overlaps)
    assert not links.duplicated(["left_key", "right_key"]).any()
    assert links["score"].between(0, 1).all()
    _is_conserved(settled(links, parcels, supply), supply)
    mixed = [frame.sample(frac=1, random_state=random.randrange(2**32)) for frame in world]
    again = land_candidates(*mixed)
    pd.testing.assert_frame_equal(links, again)
    pairs = [settled(links, parcels, supply), settled(again, *mixed[:2])]
    pd.testing.assert_frame_equal(*pairs, check_exact=True)


@given(worlds())
@settings(max_examples=20, deadline=None)
def test_an_unrelated_parcel_and_record_change_nothing_else(world):
    parcels, supply, overlaps = world
    more_land = {"parcel_id": ["Q"], "supply_id": ["SQ"], "registered_area_m2": [100.0], "area_m2": [100.0]}
    more = {"supply_id": ["SQ", "SR"], "supplied_area_m2": [100.0, 100.0], "price_cny": [7.0, 8.0]}
    wider = [
        _texts(pd.concat([frame, pd.DataFrame(rows)], ignore_index=True))
        for frame, rows in ((parcels, more_land), (supply, more))
    ]
    before, after = land_candidates(parcels, supply, overlaps), land_candidates(*wider, overlaps)
    rest = after[~after["left_key"].isin(["SQ", "SR"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, rest)
    pairs = settled(after, *wider)
    pd.testing.assert_frame_equal(
        settled(before, parcels, supply),
        pairs[~pairs["supply_id"].isin(["SQ", "SR"])].reset_index(drop=True),
        check_exact=True,
    )


@given(worlds())
@settings(max_examples=25, deadline=None)
def test_what_is_accepted_by_likeness_is_unique_both_ways(world):
    links = land_candidates(*world)
    told = links[links["decision"] == "accepted"]
    alike = told[told["method"] == "holder_area_location"]
    assert (told["left_key"].value_counts()[alike["left_key"]] == 1).all()
    assert (told["right_key"].value_counts()[alike["right_key"]] == 1).all()
    assert links.loc[links["method"] == "supply_id", "decision"].eq("accepted").all()
