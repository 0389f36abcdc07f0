"""What the page will decode, decoded here by an independent reader."""

from __future__ import annotations

import base64
import zlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landeff.publish.map.encode import (
    MISSING_INT,
    Chunk,
    encode_geometry,
    encode_number,
    encode_text,
    hilbert_order,
    varint,
    zigzag,
)
from landeff.publish.map.layer import ParcelStore


def _leb128(data: bytes) -> list[int]:
    """Plain LEB128 (DWARF 5, section 7.6), one byte at a time."""
    values, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            values.append(value)
            value = shift = 0
    return values


def _unzigzag(value: int) -> int:
    return (value >> 1) if value % 2 == 0 else -((value + 1) >> 1)


def _lonlat(x: float, y: float) -> tuple[float, float]:
    """Inverse spherical Mercator (EPSG guidance note 7-2, method 1024) on the unit square."""
    return x * 360 - 180, float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y)))))


def decode_geometry(chunk: Chunk) -> list[list[list[tuple[float, float]]]]:
    """Features as lists of open rings of (lon, lat)."""
    head = chunk.header
    n, n_rings, n_vertices = head["n"], head["rings"], head["vertices"]
    stream = _leb128(chunk.data)
    assert len(stream) == n + n_rings + 2 * n_vertices
    ring_counts, stream = stream[:n], stream[n:]
    vertex_counts, stream = stream[:n_rings], stream[n_rings:]
    axes = []
    for deltas in (stream[:n_vertices], stream[n_vertices:]):
        values, k, start = [], 0, 0
        for count in vertex_counts:
            value = start
            for j in range(count):
                value += _unzigzag(deltas[k + j])
                values.append(value)
                if j == 0:
                    start = value
            k += count
        axes.append(values)
    step, x0, y0 = head["step"], head["x0"], head["y0"]
    points = [_lonlat(x * step + x0, y * step + y0) for x, y in zip(*axes, strict=True)]
    rings, at = [], 0
    for count in vertex_counts:
        rings.append(points[at : at + count])
        at += count
    features, at = [], 0
    for count in ring_counts:
        features.append(rings[at : at + count])
        at += count
    return features


def _inflate(chunk: Chunk) -> bytes:
    return zlib.decompress(base64.b64decode(chunk.base64()))


SHAPES = [
    shapely.box(119.40, 32.40, 119.41, 32.41),
    shapely.box(119.40, 32.40, 119.43, 32.43).difference(shapely.box(119.41, 32.41, 119.42, 32.42)),
    shapely.MultiPolygon([shapely.box(119.5, 32.5, 119.51, 32.51), shapely.box(119.52, 32.5, 119.53, 32.51)]),
    shapely.Polygon(),
    None,
    shapely.Point(119.3, 32.3).buffer(0.001),
]


@pytest.mark.parametrize("place", [(0.0, 0.0), (-190.5, 10.0), (30.0, -60.0)])
def test_vertices_move_less_than_a_decimetre(place):
    """Yangzhou, America, the southern hemisphere; distances on the GRS80 ellipsoid."""
    from pyproj import Geod

    shapes = gpd.GeoSeries([shapely.affinity.translate(s, *place) if s else s for s in SHAPES], crs=4326)
    decoded = decode_geometry(encode_geometry(shapes))
    geod = Geod(ellps="GRS80")
    for shape, rings in zip(shapes, decoded, strict=True):
        expected = [] if shape is None else shapely.get_rings(shapely.get_parts(shape)).tolist()
        assert len(rings) == len(expected)
        for got, ring in zip(rings, expected, strict=True):
            want = np.array(ring.coords)[:-1]
            got_xy = np.array(got)
            _, _, metres = geod.inv(want[:, 0], want[:, 1], got_xy[:, 0], got_xy[:, 1])
            assert metres.max() <= 0.1


def test_nothing_to_draw():
    chunk = encode_geometry(gpd.GeoSeries([None, shapely.Polygon()], crs=4326))
    assert decode_geometry(chunk) == [[], []]
    assert chunk.header["bounds"] is None


@given(st.lists(st.integers(min_value=-(2**31), max_value=2**31), max_size=50))
def test_varint_and_zigzag_read_back(values):
    packed = varint(zigzag(np.array(values, dtype=np.int64)))
    assert [_unzigzag(value) for value in _leb128(packed)] == values


def test_hilbert_order_keeps_ties_and_puts_empty_last():
    same = shapely.box(0, 0, 1, 1)
    order = hilbert_order(
        gpd.GeoSeries([None, same, shapely.box(5, 5, 6, 6), same, shapely.Polygon()], crs=4326)
    )
    assert sorted(order.tolist()) == [0, 1, 2, 3, 4]
    assert order.tolist().index(1) < order.tolist().index(3)
    assert order.tolist()[-2:] == [0, 4]


def test_numbers_read_back():
    values = pd.Series([1.25, np.nan, -3.5, 0.0])
    chunk = encode_number(values, 2)
    planes = np.frombuffer(_inflate(chunk), np.uint8).reshape(4, 4)
    whole = np.ascontiguousarray(planes.T).view("<i4").ravel()
    assert whole.tolist() == [125, MISSING_INT, -350, 0]


def test_large_numbers_become_doubles():
    chunk = encode_number(pd.Series([9e9, np.nan]), 4)
    assert chunk.header["type"] == "float"
    planes = np.frombuffer(_inflate(chunk), np.uint8).reshape(8, 2)
    doubles = np.ascontiguousarray(planes.T).view("<f8").ravel()
    assert doubles[0] == 9e9
    assert np.isnan(doubles[1])


def test_text_reads_back_both_ways():
    few = pd.Series(["甲", None, "乙\n丙", "甲"])
    chunk = encode_text(few)
    values = chunk.header["values"]
    assert [values[code] for code in _inflate(chunk)] == ["甲", "", "乙 丙", "甲"]
    many = pd.Series([f"企业{k}" for k in range(500)])
    lines = encode_text(many)
    assert lines.header["type"] == "text"
    assert _inflate(lines).decode("utf-8").split("\n") == many.tolist()


def test_two_byte_codes():
    values = pd.Series([f"v{k % 300:03d}" for k in range(3000)])
    chunk = encode_text(values)
    assert chunk.header["bytes"] == 2
    planes = np.frombuffer(_inflate(chunk), np.uint8).reshape(2, -1)
    codes = planes[0] + 256 * planes[1].astype(int)
    assert [chunk.header["values"][code] for code in codes] == values.tolist()


def test_size_of_a_parcel():
    """Eight vertices a parcel: at most 40 bytes of geometry deflated (GeoJSON takes over 300)."""
    angles = np.linspace(0, 2 * np.pi, 9)[:-1]
    centres = np.random.default_rng(3).uniform(0, 0.1, (2000, 2)) + np.array([119.4, 32.4])
    shapes = [
        shapely.Polygon(np.c_[x + 4e-4 * np.cos(angles), y + 3e-4 * np.sin(angles)]) for x, y in centres
    ]
    store = ParcelStore(gpd.GeoSeries(shapes, crs=4326))
    assert len(store.payload("x")) / len(shapes) * 3 / 4 < 40
