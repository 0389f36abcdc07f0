"""Rows that share a key, under each policy; nothing depends on the order of rows."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from landeff.sources.columns.duplicates import resolve


def parcels(order: list[int] | None = None) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(
        {
            "parcel_id": ["A", "B", "B", "C", "C", None, None],
            "holder": ["a", "b", "b", "c", "d", "e", "e"],
            "registered_area_m2": [1.0, 2.0, 2.0, None, 3.0, 4.0, 4.0],
            "source_file": ["f"] * 7,
            "source_row": pd.Series(range(1, 8), dtype="Int64"),
            "序号": range(7),
        },
        geometry=[box(i, 0, i + 1, 1) for i in (0, 1, 1, 2, 3, 4, 4)],
        crs="EPSG:4528",
    )
    return frame if order is None else frame.iloc[order].reset_index(drop=True)


def test_copies_go_and_contradictions_are_set_aside() -> None:
    left, aside, issues = resolve(parcels(), ("parcel_id",), "set_aside", "parcels")
    assert left["source_row"].tolist() == [1, 2, 6, 7]  # rows without a key are never joined
    assert isinstance(left, gpd.GeoDataFrame)
    assert aside[["key", "reason", "source_row"]].to_numpy().tolist() == [
        ["B", "duplicate_row", 3],
        ["C", "duplicate_key", 4],
        ["C", "duplicate_key", 5],
    ]
    assert aside["registered_area_m2"].fillna(0).tolist() == [2.0, 0.0, 3.0]
    assert [(issue.code, issue.key, issue.n, issue.value) for issue in issues] == [
        ("duplicate_key", "C", 2, "f row 4; f row 5"),
        ("duplicate_row", "B", 1, "f row 3"),
    ]


def test_a_copy_of_a_contradicted_row_goes_with_it() -> None:
    frame = parcels([3, 4, 4, 0])
    left, aside, _ = resolve(frame, ("parcel_id",), "set_aside", "parcels")
    assert left["parcel_id"].tolist() == ["A"]
    assert aside["reason"].tolist() == ["duplicate_key"] * 3


@pytest.mark.parametrize("policy", ["set_aside", "dissolve"])
def test_order_of_rows_does_not_matter(policy: str) -> None:
    results = []
    for order in ([0, 1, 2, 3, 4, 5, 6], [6, 4, 2, 0, 5, 3, 1], [3, 2, 1, 0, 6, 5, 4]):
        left, aside, issues = resolve(parcels(order), ("parcel_id",), policy, "parcels")  # type: ignore[arg-type]
        left = left.sort_values(["parcel_id", "holder", "source_row"]).reset_index(drop=True)
        results.append((left, aside, issues))
    for left, aside, issues in results[1:]:
        pd.testing.assert_frame_equal(pd.DataFrame(left), pd.DataFrame(results[0][0]))
        pd.testing.assert_frame_equal(aside, results[0][1])
        assert issues == results[0][2]


def test_dissolve_unites_land_and_fills_gaps() -> None:
    left, aside, issues = resolve(parcels(), ("parcel_id",), "dissolve", "parcels")
    assert aside.empty
    one = left.set_index("parcel_id")
    assert one.loc["C", "geometry"].equals(box(2, 0, 4, 1))
    assert one.loc["C", ["holder", "registered_area_m2"]].tolist() == ["c", 3.0]  # first value there is
    assert left.crs == "EPSG:4528"
    assert len(left) == 5
    assert [(issue.code, issue.n, issue.value) for issue in issues] == [
        ("dissolve_duplicates", 4, "4 rows, 2 keys")
    ]


def returns() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subject_id": ["E", "E", None, None],
            "year": pd.Series([2024] * 4, dtype="Int64"),
            "item": ["tax"] * 4,
            "value": [1.0, 2.0, 3.0, 3.0],
            "source_file": "f",
            "source_row": pd.Series(range(4), dtype="Int64"),
        }
    )


def test_sum_adds_up() -> None:
    left, _, _ = resolve(returns(), ("subject_id", "year", "item"), "sum", "returns")
    assert sorted(left["value"]) == [2.0 + 1.0, 3.0, 3.0]


def test_money_set_aside_keeps_its_value() -> None:
    left, aside, _ = resolve(returns(), ("subject_id", "year", "item"), "set_aside", "returns")
    assert left["value"].tolist() == [3.0, 3.0]
    assert aside["value"].tolist() == [1.0, 2.0]


def test_no_key_no_duplicates() -> None:
    frame = parcels([0, 1])
    left, aside, issues = resolve(frame, ("parcel_id",), "set_aside", "parcels")
    assert len(left) == 2
    assert aside.empty
    assert issues == ()
