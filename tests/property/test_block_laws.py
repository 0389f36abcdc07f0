"""Blocks: the same as by brute force, whatever the order of rows; no piece lost, no square metre lost."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.measure.contiguity import block_outlines, block_shapes, components, contiguous, pairs_within
from landeff.pipeline.blocks import block_tables
from landeff.pipeline.blocks_config import BlockSettings

EAST, NORTH = 40_440_000, 3_584_000
CLASSES = ("idle", "idle_to_check", "approved_unsupplied", "low_efficiency", "none")

#: Boxes at whole metres: their distances are whole numbers squared, so that a gap of just 30 m is 30 m.
boxes = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(1, 90), st.integers(1, 90)),
    min_size=1,
    max_size=14,
)
bridges = st.sampled_from([0, 1, 5, 30, 50])


def drawn(rows):
    x, y, w, h = np.array(rows, dtype=float).T
    return shapely.box(EAST + x, NORTH + y, EAST + x + w, NORTH + y + h)


def near(one, other, bridge):
    """Whether two boxes (x, y, width, height) are no further apart than ``bridge``, in whole numbers."""
    gaps = [
        max(0, other[axis] - one[axis] - one[axis + 2], one[axis] - other[axis] - other[axis + 2])
        for axis in (0, 1)
    ]
    return gaps[0] ** 2 + gaps[1] ** 2 <= bridge**2


def by_hand(n, is_edge):
    """Components by walking from each node to all it reaches."""
    blocks, seen = set(), set()
    for start in range(n):
        if start in seen:
            continue
        reached, todo = {start}, [start]
        while todo:
            here = todo.pop()
            for there in range(n):
                if there not in reached and is_edge(here, there):
                    reached.add(there)
                    todo.append(there)
        seen |= reached
        blocks.add(frozenset(reached))
    return blocks


def as_sets(label):
    return {frozenset(np.flatnonzero(label == each).tolist()) for each in np.unique(label)}


@given(st.integers(1, 25), st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=40))
@settings(max_examples=30, deadline=None)
def test_components(n, edges):
    edges = [(i % n, j % n) for i, j in edges]
    i, j = np.array(edges, dtype=np.intp).reshape(-1, 2).T
    label = components(n, i, j)
    both = set(edges) | {(b, a) for a, b in edges}
    assert as_sets(label) == by_hand(n, lambda a, b: (a, b) in both)
    assert (label == [min(np.flatnonzero(label == each)) for each in label]).all()


@given(boxes, bridges)
@settings(max_examples=30, deadline=None)
def test_contiguous_is_what_walking_from_box_to_box_finds(rows, bridge):
    found = as_sets(contiguous(drawn(rows), bridge))
    assert found == by_hand(len(rows), lambda a, b: near(rows[a], rows[b], bridge))


@given(boxes, bridges, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_does_not_matter(rows, bridge, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    here = as_sets(contiguous(drawn(rows), bridge))
    there = as_sets(contiguous(drawn([rows[k] for k in order]), bridge))
    assert {frozenset(order[k] for k in block) for block in there} == here


@given(boxes, boxes, bridges)
@settings(max_examples=30, deadline=None)
def test_pairs(left, right, bridge):
    found = set(map(tuple, pairs_within(drawn(left), drawn(right), bridge).to_numpy().tolist()))
    wanted = {(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if near(a, b, bridge)}
    assert found == wanted


@given(boxes, bridges)
@settings(max_examples=20, deadline=None)
def test_outlines_cover_their_pieces_and_nothing_else(rows, bridge):
    shapes = drawn(rows)
    label = contiguous(shapes, bridge)
    found, outlines = block_outlines(shapes, label)
    assert found.tolist() == sorted(set(label.tolist()))
    for each, outline in zip(found, outlines, strict=True):
        pieces = shapes[label == each]
        assert outline.is_valid
        assert outline.area == pytest.approx(shapely.union_all(pieces).area, rel=1e-9)
        assert shapely.covers(shapely.buffer(outline, 1e-6), pieces).all()
    form = block_shapes(outlines, bridge)
    assert form["compactness_ratio"].between(0, 1).all()
    assert (form["length_m"] >= form["width_m"]).all()
    assert (form["length_m"] * form["width_m"] >= shapely.area(outlines) * (1 - 1e-9)).all()


pieces = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 400),
        st.integers(1, 90),
        st.integers(1, 90),
        st.sampled_from(CLASSES),
        st.sampled_from(["甲", "乙", None]),
        st.sampled_from([None, 0.0, 3.5e5]),
    ),
    min_size=1,
    max_size=14,
)


def world(rows):
    """Parcels, and in place of those that are approved and unsupplied pieces without a parcel."""
    x, y, w, h, kind, holder, tax = zip(*rows, strict=True)
    frame = gpd.GeoDataFrame(
        {
            "parcel_id": [f"G{k:02d}" for k in range(len(rows))],
            "inventory_class": kind,
            "holder": pd.Series(holder, dtype="str"),
            "tax_cny": pd.Series(tax, dtype="float64"),
            "basis_area_m2": np.array(w, dtype=float) * h * 1.001,  # as registered: not that of the drawing
        },
        geometry=drawn(list(zip(x, y, w, h, strict=True))),
        crs="EPSG:4528",
    )
    is_piece = frame["inventory_class"] == "approved_unsupplied"
    bare = frame[is_piece].rename(columns={"parcel_id": "remainder_id", "basis_area_m2": "area_m2"})
    return {
        "parcels": frame[~is_piece].reset_index(drop=True),
        "remainders": bare.drop(columns=["holder", "tax_cny"]).reset_index(drop=True),
    }


@given(pieces, bridges)
@settings(max_examples=10, deadline=None)
def test_nothing_is_lost(rows, bridge):
    tables = world(rows)
    usual = BlockSettings(bridge_m=bridge)
    made = block_tables(tables, usual)
    blocks, members = made["blocks"], made["block_members"]
    listed = tables["parcels"]
    listed = listed[listed["inventory_class"].isin(usual.of)]
    assert sorted(members["parcel_id"].dropna()) == sorted(listed["parcel_id"])
    assert sorted(members["remainder_id"].dropna()) == sorted(tables["remainders"]["remainder_id"])
    assert members["block_id"].isin(blocks["block_id"]).all()
    assert blocks["block_id"].is_unique
    whole = listed["basis_area_m2"].sum() + tables["remainders"]["area_m2"].sum()
    assert blocks["area_m2"].sum() == pytest.approx(whole)
    by_class = blocks[[f"{name}_area_m2" for name in usual.of]].sum(axis=1)
    assert by_class.to_numpy() == pytest.approx(blocks["area_m2"].to_numpy())
    assert (blocks["n_parcels"] + blocks["n_pieces"]).sum() == len(members)
    assert (blocks["n_holders"] + blocks["n_holder_unknown"] <= blocks["n_parcels"]).all()


@given(pieces, st.randoms(use_true_random=False))
@settings(max_examples=6, deadline=None)
def test_tables_do_not_depend_on_the_order_of_rows(rows, random):
    tables = world(rows)
    seed = random.randrange(1000)
    other = {name: table.sample(frac=1, random_state=seed) for name, table in tables.items()}
    here, there = (block_tables(each, BlockSettings()) for each in (tables, other))
    for name, made in here.items():
        pd.testing.assert_frame_equal(pd.DataFrame(made), pd.DataFrame(there[name]), check_exact=True)


def test_a_long_chain_takes_few_rounds():
    """A snake of 200,000 pieces in any order: one block, found at once."""
    order = np.random.default_rng(3).permutation(200_000)
    assert components(200_000, order[:-1], order[1:]).max() == 0


def test_missing_and_empty_shapes_are_blocks_of_their_own():
    shapes = np.array(
        [None, shapely.box(0, 0, 1, 1), shapely.Polygon(), shapely.box(2, 0, 3, 1)], dtype=object
    )
    label = contiguous(shapes, 5)
    assert label.tolist() == [0, 1, 2, 1]
    found, outlines = block_outlines(shapes, label)
    assert found.tolist() == [0, 1, 2]
    assert [outline.area for outline in outlines] == [0, 2, 0]
    assert block_shapes(outlines, 5)["length_m"].isna().tolist() == [True, False, True]
    assert contiguous([], 5).tolist() == []


def test_a_foot_is_not_a_metre():
    """100 m apart in a CRS of feet: 328.08 units."""
    pair = shapely.box([0, 10 + 100 / 0.3048], 0, [10, 20 + 100 / 0.3048], 10)
    assert contiguous(pair, 100.001, metres=0.3048).tolist() == [0, 0]
    assert contiguous(pair, 99.999, metres=0.3048).tolist() == [0, 1]
