"""Parcels as compact binary columns: what a page carries instead of GeoJSON.

Geometry: Web Mercator on a 0.1 m grid, features in Hilbert order, each vertex the difference to the one
before (zigzag, variable-length bytes). Attributes: one column each, as dictionary codes, scaled integers or
text. Every column is deflated and written in base64; the reader is ``js/decode.js``.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

EARTH_CIRCUMFERENCE_M = 40_075_016.685_578_49  # 2 π · 6 378 137 m, the sphere of EPSG:3857
MAX_LATITUDE = 85.051_128_78
STEP_M = 0.1
MISSING_INT = -(2**31)

Header = dict[str, object]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A deflated column and what the reader must know of it."""

    data: bytes
    header: Mapping[str, object]

    def base64(self) -> str:
        """The data as text."""
        return base64.b64encode(zlib.compress(self.data, 6)).decode("ascii")


def zigzag(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Signed to unsigned integers, small magnitudes first.

    >>> zigzag(np.array([0, -1, 1, -2])).tolist()
    [0, 1, 2, 3]
    """
    return ((values << 1) ^ (values >> 63)).astype(np.uint64)


def varint(values: NDArray[np.uint64]) -> bytes:
    """Unsigned integers below 2³⁵, seven bits to a byte, low bits first (LEB128).

    >>> varint(np.array([1, 300], dtype=np.uint64)).hex()
    '01ac02'
    """
    if values.size == 0:
        return b""
    n_bytes = np.ones(values.size, np.int64)
    for k in range(1, 5):
        n_bytes += (values >> np.uint64(7 * k)) > 0
    ends = np.cumsum(n_bytes)
    out = np.zeros(int(ends[-1]), np.uint8)
    starts = ends - n_bytes
    for k in range(int(n_bytes.max())):
        longer = n_bytes > k
        low = (values[longer] >> np.uint64(7 * k)) & np.uint64(0x7F)
        more = np.where(n_bytes[longer] > k + 1, 0x80, 0)
        out[starts[longer] + k] = low.astype(np.uint8) | more.astype(np.uint8)
    return out.tobytes()


def mercator(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees to the unit square of Web Mercator, y downwards.

    >>> [round(float(v[0]), 6) for v in mercator(np.array([0.0]), np.array([0.0]))]
    [0.5, 0.5]
    """
    sine = np.sin(np.radians(np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE)))
    return (lon + 180) / 360, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)


def hilbert_order(geometry: gpd.GeoSeries) -> NDArray[np.intp]:
    """Positions of ``geometry`` along a Hilbert curve; ties keep their order, empty ones go last."""
    empty = (geometry.isna() | geometry.is_empty).to_numpy()
    some = np.flatnonzero(~empty)
    if some.size == 0:
        return np.arange(len(geometry), dtype=np.intp)
    distance = geometry.iloc[some].hilbert_distance().to_numpy()
    return np.concatenate([some[np.argsort(distance, kind="stable")], np.flatnonzero(empty)])


def encode_geometry(geometry: gpd.GeoSeries, step_m: float = STEP_M) -> Chunk:
    """Polygons in degrees, in the order given, as one chunk.

    Rings are stored open; a feature without geometry has no ring. A vertex moves by at most half a grid step
    in x and in y. The reader fills rings by the even-odd rule, so holes need no mark.
    """
    parts, part_feature = shapely.get_parts(geometry.to_numpy(), return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    xy, vertex_ring = shapely.get_coordinates(rings, return_index=True)
    if len(xy) == 0:
        return Chunk(varint(np.zeros(len(geometry), np.uint64)), _no_geometry(len(geometry)))
    x, y = mercator(xy[:, 0], xy[:, 1])
    # The grid is finest where the ground scale is largest: no vertex is coarser than the step.
    step = step_m / (EARTH_CIRCUMFERENCE_M * float(np.cos(np.radians(np.abs(xy[:, 1]).min()))))
    x0, y0 = float(x.min()), float(y.min())
    xi, yi = np.rint((x - x0) / step).astype(np.int64), np.rint((y - y0) / step).astype(np.int64)
    keep = _open_ring_vertices(xi, yi, vertex_ring)
    xi, yi, vertex_ring = xi[keep], yi[keep], vertex_ring[keep]
    counts = [
        np.bincount(part_feature[ring_part], minlength=len(geometry)).astype(np.uint64),
        np.bincount(vertex_ring, minlength=len(rings)).astype(np.uint64),
    ]
    starts = np.flatnonzero(np.diff(vertex_ring, prepend=-1))
    deltas = [zigzag(_deltas(values, starts)) for values in (xi, yi)]
    header = {
        "n": len(geometry),
        "rings": len(rings),
        "vertices": len(xi),
        "x0": x0,
        "y0": y0,
        "step": step,
        "bounds": [
            [float(xy[:, 1].min()), float(xy[:, 0].min())],
            [float(xy[:, 1].max()), float(xy[:, 0].max())],
        ],
    }
    return Chunk(b"".join(varint(values) for values in (*counts, *deltas)), header)


def _no_geometry(n: int) -> Header:
    return {"n": n, "rings": 0, "vertices": 0, "x0": 0.5, "y0": 0.5, "step": 1e-9, "bounds": None}


def _open_ring_vertices(
    x: NDArray[np.int64], y: NDArray[np.int64], ring: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which vertices to keep: not the closing one of a ring, and not one that fell onto its predecessor."""
    first = np.diff(ring, prepend=-1) != 0
    last = np.append(first[1:], True)
    same = (np.diff(x, prepend=x[0]) == 0) & (np.diff(y, prepend=y[0]) == 0)
    keep: NDArray[np.bool_] = ~last & (first | ~same)
    return keep


def _deltas(values: NDArray[np.int64], starts: NDArray[np.intp]) -> NDArray[np.int64]:
    """Difference to the vertex before; the first vertex of a ring to the first of the ring before."""
    deltas = np.diff(values, prepend=0)
    deltas[starts] = np.diff(values[starts], prepend=0)
    return deltas


def byte_planes(values: NDArray[np.generic]) -> bytes:
    """The first bytes of all values, then the second bytes …: deflates better than value by value."""
    planes = np.ascontiguousarray(values).view(np.uint8).reshape(-1, values.itemsize).T
    return np.ascontiguousarray(planes).tobytes()


def encode_number(values: pd.Series, decimals: int) -> Chunk:
    """Numbers rounded to ``decimals``; 32-bit integers where they fit, else doubles. Missing is kept."""
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(numbers)
    scaled = np.rint(np.where(known, numbers, 0.0) * 10.0**decimals)
    if np.abs(scaled).max(initial=0.0) < 2**31 - 1:
        whole = np.where(known, scaled, MISSING_INT).astype("<i4")
        return Chunk(byte_planes(whole), {"type": "int", "decimals": decimals})
    doubles = np.where(known, scaled / 10.0**decimals, np.nan).astype("<f8")
    return Chunk(byte_planes(doubles), {"type": "float", "decimals": decimals})


def encode_text(values: pd.Series) -> Chunk:
    """Text, missing as empty; codes into a sorted list where values repeat, else line after line."""
    codes, uniques = pd.factorize(values, sort=False)
    cleaned = np.array([_LINE_BREAKS.sub(" ", str(value)) for value in uniques] + [""], dtype=object)
    distinct, place = np.unique(cleaned, return_inverse=True)  # code -1, missing, is the last: empty
    if len(distinct) > max(64, len(codes) // 4) or len(distinct) > 2**16:
        return Chunk("\n".join(cleaned[codes]).encode("utf-8", "replace"), {"type": "text"})
    listed = [value.encode("utf-8", "replace").decode() for value in distinct]
    if len(distinct) <= 2**8:
        return Chunk(place[codes].astype("u1").tobytes(), {"type": "codes", "bytes": 1, "values": listed})
    return Chunk(byte_planes(place[codes].astype("<u2")), {"type": "codes", "bytes": 2, "values": listed})


_LINE_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def encode_codes(codes: NDArray[np.uint8]) -> Chunk:
    """Class codes, one byte each."""
    return Chunk(codes.astype("u1").tobytes(), {"type": "bytes"})
