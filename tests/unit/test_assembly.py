"""What a block is made of, by hand."""

import pandas as pd
import pytest

from landeff.analysis.assembly import (
    PLAN_COLUMNS,
    block_ids,
    block_sums,
    holder_keys,
    land_beside,
    size_class,
)
from landeff.core.units import M2_PER_MU

SIZES = [(500.0, 500 * M2_PER_MU), (300.0, 300 * M2_PER_MU), (100.0, 100 * M2_PER_MU)]


def members():
    """Block P-A: parcels A (100), B (50), C (30) and a piece without a parcel (20); P-D: parcel D (10)."""
    rows = [
        ("P-A", "A", None, "idle", 100.0, "甲", "1", 7.0, "Z1", "甲园", 0.0, None, 2.0),
        ("P-A", "B", None, "low_efficiency", 50.0, "乙 ", None, None, "Z2", "乙园", 5.0, None, None),
        ("P-A", "C", None, "idle", 30.0, "甲", None, 3.0, "Z1", "甲园", 1.0, None, None),
        ("P-A", None, "R1", "approved_unsupplied", 20.0, None, None, None, "Z1", "甲园", None, None, None),
        ("P-D", "D", None, "idle", 10.0, None, " ", None, None, None, None, None, None),
    ]
    columns = ["block_id", "parcel_id", "remainder_id", "category", "area_m2", "holder", "holder_code"]
    frame = pd.DataFrame(rows, columns=[*columns, "tax_cny", "zone_id", "zone_name", *PLAN_COLUMNS])
    frame = frame.assign(district_code="321002", district_name="某县")
    return frame.astype(dict.fromkeys(("tax_cny", *PLAN_COLUMNS), "float64"))


def test_sums_of_a_block():
    made = block_sums(members(), ["idle", "approved_unsupplied", "low_efficiency"]).set_index("block_id")
    block = made.loc["P-A"]
    assert block[["n_parcels", "n_pieces", "area_m2"]].tolist() == [3, 1, 200.0]
    areas = ["idle_area_m2", "approved_unsupplied_area_m2", "low_efficiency_area_m2"]
    assert block[areas].tolist() == [130.0, 20.0, 50.0]
    # 甲 holds A and C by one code: 130 of 200; 乙 holds B. Nobody is counted for the piece without a parcel.
    assert block[["n_holders", "n_holder_unknown", "largest_holder"]].tolist() == [2, 0, "甲"]
    assert block["largest_holder_ratio"] == pytest.approx(0.65)
    assert block[["tax_cny", "n_tax_unknown"]].tolist() == [10.0, 1]
    assert block[["zone_ids", "zone_names"]].tolist() == [
        "Z1、Z2",
        "甲园、乙园",
    ]
    assert block["farmland_overlap_m2"] == 6.0
    assert pd.isna(block["redline_overlap_m2"])
    assert block["outside_boundary_m2"] == 2.0
    assert block["plan_unknown_area_m2"] == 20.0


def test_what_is_unknown_stays_unknown():
    alone = block_sums(members(), ["idle"]).set_index("block_id").loc["P-D"]
    assert alone[["n_holders", "n_holder_unknown", "n_tax_unknown"]].tolist() == [0, 1, 1]
    assert alone[["largest_holder", "largest_holder_ratio", "tax_cny", "zone_names"]].isna().all()
    assert alone["plan_unknown_area_m2"] == 10.0


def test_no_members():
    empty = block_sums(members().iloc[:0], ["idle"])
    assert empty.empty
    assert {"block_id", "idle_area_m2", "n_holders", "zone_names", "plan_unknown_area_m2"} <= set(empty)


def test_a_name_with_two_codes_is_neither():
    holders = pd.DataFrame({"holder": ["甲", "甲", "甲"], "holder_code": ["1", "2", None]})
    assert holder_keys(holders).tolist() == ["1", "2", "甲"]


def test_names_of_blocks():
    pieces = pd.DataFrame({"parcel_id": ["B", "A", None, None], "remainder_id": [None, None, "A", "A0"]})
    assert block_ids(pieces, pd.Series([0, 0, 0, 3])).tolist() == ["P-A", "P-A", "P-A", "R-A0"]
    # a parcel and a piece of the same code in two blocks
    assert block_ids(pieces, pd.Series([0, 1, 2, 3])).tolist() == ["P-B", "P-A", "R-A", "R-A0"]


@pytest.mark.parametrize(
    ("mu", "name"),
    [(500, "500-"), (499.9999, "300-500"), (300, "300-500"), (299.9, "100-300"), (99, "-100"), (0, "-100")],
)
def test_a_limit_is_in_the_upper_class(mu, name):
    assert size_class(pd.Series([mu * M2_PER_MU]), SIZES).tolist() == [name]


def test_land_beside_counts_once_for_each_block():
    pairs = pd.DataFrame({"block_id": ["P-A", "P-A", "P-A", "P-D"], "key": ["X", "X", "Y", "X"]})
    made = land_beside(pairs, pd.Series({"X": 5.0, "Y": 1.0}))
    assert made.loc["P-A"].tolist() == [2, 6.0]
    assert made.loc["P-D"].tolist() == [1, 5.0]
