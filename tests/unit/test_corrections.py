"""Corrections of single cells: applied while the old value is what the table has, else told why not."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from landeff.core.corrections import OUTCOMES, apply
from landeff.core.review_words import column_named, column_titles, table_titles
from landeff.pipeline.correction_keys import row_keys, told_keys
from landeff.sources.review import typed

AS_OF = dt.date(2024, 12, 31)


def parcels():
    return pd.DataFrame(
        {
            "parcel_id": ["A", "B", "C", "C"],
            "holder": pd.Series(["甲（厂）", None, "丙", "丁"], dtype="str"),
            "registered_area_m2": [100.0, np.nan, 300.0, 400.0],
            "n_floors": pd.Series([3, None, 1, 1], dtype="Int64"),
            "is_started": pd.Series([False, None, True, True], dtype="boolean"),
            "signed_on": pd.to_datetime(["2020-01-01", None, None, None]).astype("datetime64[s]"),
            "source_file": "宗地.shp",
            "source_row": pd.Series([5, 6, 7, 8], dtype="Int64"),
        }
    )


def told(key, column, old, new, table="parcels", until=None, fault=None):
    names = ("table", "key", "column", "old", "new", "valid_until", "fault")
    return dict(zip(names, (table, key, column, old, new, pd.Timestamp(until), fault), strict=True))


def applied(*rows, frame=None, refused=None):
    frame = parcels() if frame is None else frame
    tables, outcomes = apply(
        {"parcels": frame},
        {"parcels": frame["parcel_id"]},
        pd.DataFrame(list(rows)),
        AS_OF,
        refused=refused or {},
    )
    return tables["parcels"], outcomes


@pytest.mark.parametrize(
    ("key", "column", "old", "new"),
    [
        ("A", "registered_area_m2", 100.0, 110.0),
        ("A", "registered_area_m2", 100.004, 110.0),  # what people see of an area is rounded
        ("A", "holder", "甲(厂)", "乙厂"),  # brackets of either width
        ("A", "n_floors", 3, 4),
        ("A", "is_started", False, True),
        ("A", "signed_on", pd.Timestamp(2020, 1, 1), pd.Timestamp(2021, 1, 1)),
        ("B", "registered_area_m2", None, 90.0),  # the cell is empty, and was said to be
        ("B", "holder", None, "乙"),
        ("B", "is_started", None, True),
        ("B", "signed_on", None, pd.Timestamp(2021, 1, 1)),
        ("A", "registered_area_m2", 100.0, None),
        ("A", "location", None, "某路"),  # a column of the contract that the source does not have
    ],
)
def test_applied_where_the_old_value_matches(key, column, old, new):
    frame, outcomes = applied(told(key, column, old, new))
    assert outcomes["status"].tolist() == ["applied"]
    cell = frame.set_index("parcel_id").loc[key, column]
    assert pd.isna(cell) if new is None else cell == new
    if column in parcels():
        assert frame[column].dtype == parcels()[column].dtype


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (told("A", "registered_area_m2", 100.1, 110.0), "old_differs"),
        (told("A", "registered_area_m2", None, 110.0), "old_differs"),
        (told("B", "registered_area_m2", 100.0, 110.0), "old_differs"),
        (told("A", "holder", "甲", "乙"), "old_differs"),
        (told("Q", "holder", "甲", "乙"), "key_unknown"),
        (told("C", "holder", "丙", "乙"), "key_twice"),
        (told(None, "holder", "丙", "乙"), "no_key"),
        (told("A", "holder", "甲（厂）", "乙", table="nothing"), "unknown_table"),
        (told("A", "geometry", None, "x"), "refused_geometry"),
        (told("A", "parcel_id", "A", "Z"), "refused_column"),
        (told("A", "holder", "甲（厂）", "乙", until="2024-12-30"), "expired"),
        (told("A", "holder", "甲（厂）", "乙", fault="no_signer"), "no_signer"),
    ],
)
def test_not_applied_says_why(row, outcome):
    frame, outcomes = applied(row, refused={"parcels": ["parcel_id"]})
    assert outcomes["outcome"].tolist() == [outcome]
    assert outcomes["status"].tolist() == ["not_applied"]
    assert outcomes["title_zh"].iloc[0] == OUTCOMES[outcome].zh
    pd.testing.assert_frame_equal(frame, parcels())


def test_valid_to_the_last_day():
    _, outcomes = applied(told("A", "holder", "甲（厂）", "乙", until="2024-12-31"))
    assert outcomes["status"].tolist() == ["applied"]


def test_contradicting_corrections_count_neither():
    frame, outcomes = applied(
        told("A", "holder", "甲（厂）", "乙"),
        told("A", "holder", "甲（厂）", "丙"),
        told("A", "n_floors", 3, 5),
    )
    assert outcomes["outcome"].tolist() == ["contradicted", "contradicted", "applied"]
    assert frame.loc[0, ["holder", "n_floors"]].tolist() == ["甲（厂）", 5]


def test_to_empty_and_to_fill_contradict_each_other():
    _, outcomes = applied(told("A", "n_floors", 3, None), told("A", "n_floors", 3, 4))
    assert outcomes["outcome"].tolist() == ["contradicted"] * 2


def test_the_same_said_twice_is_applied():
    frame, outcomes = applied(*[told("A", "n_floors", 3, 4)] * 2)
    assert outcomes["status"].tolist() == ["applied"] * 2
    assert frame.loc[0, "n_floors"] == 4


def test_an_expired_or_outdated_one_contradicts_nothing():
    rows = [
        told("A", "n_floors", 3, 4),
        told("A", "n_floors", 2, 9),
        told("A", "n_floors", 3, 8, until="2020-01-01"),
    ]
    _, outcomes = applied(*rows)
    assert outcomes["outcome"].tolist() == ["applied", "old_differs", "expired"]


def test_what_the_table_had_is_told_with_its_place():
    row = applied(told("A", "registered_area_m2", 99.0, 110.0))[1].iloc[0]
    assert (row["now"], row["target_file"], row["target_row"]) == ("100", "宗地.shp", 5)


def test_the_input_is_not_changed():
    frame = parcels()
    applied(told("A", "n_floors", 3, 4), frame=frame)
    pd.testing.assert_frame_equal(frame, parcels())


@pytest.mark.parametrize(
    ("cell", "kind", "column", "unit", "value"),
    [
        ("30亩", "number", "registered_area_m2", None, 20_000.0),
        ("30", "number", "registered_area_m2", "亩", 20_000.0),
        ("30平方米", "number", "registered_area_m2", "亩", 30.0),  # the cell's own unit wins
        (1234.5, "number", "registered_area_m2", None, 1234.5),
        ("1.2万元", "number", "value", None, 12_000.0),
        ("2024年3月1日", "date", "signed_on", None, pd.Timestamp(2024, 3, 1)),
        (dt.datetime(2024, 3, 1), "date", "signed_on", None, pd.Timestamp(2024, 3, 1)),
        ("是", "boolean", "is_started", None, True),
        ("空", "text", "holder", None, None),
        ("3", "integer", "n_floors", None, 3),
    ],
)
def test_cells_are_read_in_the_kind_of_their_column(cell, kind, column, unit, value):
    parsed = typed(pd.Series([cell], dtype="object"), kind, column, unit)
    got = parsed.values.iloc[0]
    assert (
        pd.isna(got)
        if value is None
        else got == pytest.approx(value)
        if isinstance(value, float)
        else got == value
    )
    assert not parsed.defects["bad_value"].any()


@pytest.mark.parametrize(
    ("cell", "kind", "column"),
    [
        ("约三十", "number", "registered_area_m2"),
        ("30万元", "number", "registered_area_m2"),  # money is no area
        ("30美元", "number", "price_cny"),
        ("2024-02-30", "date", "signed_on"),
        ("也许", "boolean", "is_started"),
        ("1.5", "integer", "n_floors"),
    ],
)
def test_what_is_no_value_of_the_column_is_marked(cell, kind, column):
    assert typed(pd.Series([cell], dtype="object"), kind, column).defects["bad_value"].tolist() == [True]


@pytest.mark.parametrize(
    ("table", "words", "column", "unit"),
    [
        ("parcels", "登记面积", "registered_area_m2", None),
        ("parcels", "登记面积（亩）", "registered_area_m2", "亩"),
        ("parcels", "registered_area_m2", "registered_area_m2", None),
        ("parcels", "图形", "geometry", None),
        ("parcels", "宗地代码", "parcel_id", None),
        ("parcels", "备用列", "备用列", None),
        ("parcels", "没有", None, None),
        ("findings", "认定状态", "stage", None),
    ],
)
def test_columns_by_their_titles(table, words, column, unit):
    assert column_named(table, words, ["备用列"]) == (column, unit)


def test_every_title_of_the_form_is_understood():
    for table in table_titles():
        for name, title in column_titles(table).items():
            for text in (title.zh, title.en):
                assert column_named(table, text)[0] == name, (table, name, text)


def test_keys_of_several_columns():
    rows = pd.DataFrame(
        {
            "parcel_id": ["A"],
            "enterprise_id": ["T"],
            "year": pd.Series([None], dtype="Int64"),
            "tenure": [None],
        }
    )
    keys = row_keys(rows, "occupancy")
    written = pd.Series(["A|T", "A ｜ T||", "A|T|2024|租赁"])
    assert told_keys(written, pd.Series(["occupancy"] * 3)).eq(keys.iloc[0]).tolist() == [True, True, False]
