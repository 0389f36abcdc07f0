"""Laws of corrections: nothing but the cells they name changes, and their order is irrelevant."""

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from landeff.core.corrections import apply

AS_OF = dt.date(2024, 12, 31)
KEYS = ("A", "B", "C", "D")
VALUES = st.sampled_from([None, 0.0, 1.0, 2.0])
TEXTS = st.sampled_from([None, "甲", "乙"])


@st.composite
def worlds(draw):
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=5))
    frame = pd.DataFrame({"parcel_id": keys})
    frame["registered_area_m2"] = pd.Series([draw(VALUES) for _ in keys], dtype="float64")
    frame["holder"] = pd.Series([draw(TEXTS) for _ in keys], dtype="str")
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        column, values = draw(st.sampled_from([("registered_area_m2", VALUES), ("holder", TEXTS)]))
        until = draw(st.sampled_from([pd.NaT, pd.Timestamp(2024, 1, 1), pd.Timestamp(2025, 1, 1)]))
        key = draw(st.sampled_from([*KEYS, "Z"]))
        rows.append(("parcels", key, column, draw(values), draw(values), until, None))
    names = ["table", "key", "column", "old", "new", "valid_until", "fault"]
    told = pd.DataFrame(rows, columns=names).astype({"old": "object", "new": "object"})
    return frame, told, draw(st.permutations(range(len(rows))))


def run(frame, told):
    tables, outcomes = apply({"parcels": frame}, {"parcels": frame["parcel_id"]}, told, AS_OF)
    return tables["parcels"], outcomes


@given(worlds())
def test_only_the_cells_named_change(world):
    frame, told, _ = world
    new, outcomes = run(frame, told)
    for column in frame:
        applied = outcomes[(outcomes["status"] == "applied") & (outcomes["column"] == column)]
        named = frame["parcel_id"].isin(applied["key"])
        pd.testing.assert_series_equal(new.loc[~named, column], frame.loc[~named, column])
        for key, value in zip(applied["key"], applied["new"], strict=True):
            cell = new.loc[new["parcel_id"] == key, column].item()
            assert (pd.isna(cell) and pd.isna(value)) or cell == value


@given(worlds())
def test_their_order_is_irrelevant(world):
    frame, told, order = world
    one, first = run(frame, told)
    other, second = run(frame, told.iloc[list(order)])
    pd.testing.assert_frame_equal(one, other)
    pd.testing.assert_series_equal(first["outcome"], second["outcome"].sort_index())


@given(worlds())
def test_none_applied_in_conflict(world):
    frame, told, _ = world
    _, outcomes = run(frame, told)
    applied = outcomes[outcomes["status"] == "applied"]
    values = applied["new"].where(applied["new"].notna(), "missing").astype("str")
    assert (values.groupby([applied["key"], applied["column"]]).nunique() <= 1).all()
    lost = outcomes[outcomes["outcome"] == "contradicted"]
    kept = set(zip(applied["key"], applied["column"], strict=True))
    assert not kept & set(zip(lost["key"], lost["column"], strict=True))
