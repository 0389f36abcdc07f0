"""Laws of counted disposals: never beyond the land, nothing lost, no matter the order of rows."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.analysis.disposed import campaign, counted

AS_OF = dt.date(2024, 12, 31)
LAND = {"A": 100.0, "B": 40.0}
ROW = st.fixed_dictionaries(
    {
        "land": st.sampled_from(["A", "B", "C", None]),
        "category": st.sampled_from(["idle", "low_efficiency", None]),
        "status": st.sampled_from(["disposed", "in_progress", "not_begun", None]),
        "disposed_area_m2": st.sampled_from([0.0, 10.0, 25.5, 60.0, 1e6, None]),
        "disposed_on": st.sampled_from(["2023-01-01", "2024-06-30", "2024-12-31", "2025-01-01", None]),
        "voucher": st.sampled_from(["1", "2", None]),
    }
)


def frame(rows):
    table = pd.DataFrame(
        rows, columns=["land", "category", "status", "disposed_area_m2", "disposed_on", "voucher"]
    )
    kinds = {"disposed_area_m2": "float64", "disposed_on": "datetime64[s]"}
    table = table.astype({**dict.fromkeys(("land", "category", "status", "voucher"), "str"), **kinds})
    return table.assign(source_file="f", source_row=range(1, len(table) + 1))


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, max_size=12))
def test_never_more_than_the_land_and_nothing_lost(rows):
    table = frame(rows)
    made = counted(table, LAND, AS_OF)
    by_land = made["counted_m2"].groupby(table["land"]).sum()
    for land, area in LAND.items():
        assert by_land.get(land, 0.0) <= area + 1e-6
    assert (made["counted_m2"].fillna(0.0) >= 0).all()
    is_counted = made["entry"] == "disposed"
    assert (made.loc[~is_counted, "counted_m2"] == 0).all()
    whole = table.loc[is_counted, "disposed_area_m2"].sum()
    assert made["counted_m2"].sum() + made["over_m2"].sum() == pytest.approx(whole)


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_sum(rows, chance):
    table = frame(rows)
    other = table.sample(frac=1, random_state=chance.randrange(1000)) if len(table) else table
    sums = [counted(each, LAND, AS_OF)["counted_m2"].groupby(each["land"]).sum() for each in (table, other)]
    pd.testing.assert_series_equal(*sums)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["idle", "due_soon"]), st.integers(1, 9)),
                unique_by=lambda each: each[:2], max_size=6), st.lists(ROW, max_size=8))  # fmt: skip
def test_the_campaign_lists_the_inventory_and_all_that_was_disposed_of(found, rows):
    columns = ["district_code", "category", "n"]
    inventory = pd.DataFrame(found, columns=columns).astype({"district_code": "str", "category": "str"})
    inventory = inventory.assign(district_name="区", area_m2=inventory["n"] * 10.0)
    table = frame(rows)
    made = counted(table, LAND, AS_OF)
    done = table.assign(district_code="1", district_name="区", counted_m2=made["counted_m2"])
    done = done[made["entry"] == "disposed"]
    none = pd.DataFrame(
        {
            "district_code": pd.Series(dtype="str"),
            "category": pd.Series(dtype="str"),
            "target_m2": pd.Series(dtype="float64"),
            "target_year": pd.Series(dtype="Int64"),
            "deadline_on": pd.Series(dtype="datetime64[s]"),
        }
    )
    result = campaign(inventory, none, done, is_kept=True)
    assert result["n"].sum() == inventory["n"].sum()
    assert result["area_m2"].sum() == inventory["area_m2"].sum()
    assert result["disposed_m2"].sum() == pytest.approx(done["counted_m2"].sum())
    assert result["done_ratio"].isna().all()
    assert not result.duplicated(["district_code", "category"]).any()
