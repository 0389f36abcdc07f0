"""Writing 界址点坐标 (勘测定界界址点坐标交换格式): same layer, same bytes, and it reads back identical."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import CRS

from landeff.core.boundary_points import (
    AREA,
    AREA_SHAPE,
    ATTRS,
    CLASS,
    CONVERSION,
    DATE,
    HEAD,
    ID,
    KEYS,
    LEVEL,
    LONG,
    NAME,
    OFFICE,
    PARCELS,
    PRECISION,
    SHEET,
    USE,
    VERSION,
    Plane,
    digits_of,
    on_grid,
    plane_of,
)
from landeff.core.errors import ConfigError, InputError, OutputError
from landeff.core.issues import Issue
from landeff.core.shift import to_degrees
from landeff.publish.plain import plain

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

ENCODINGS = ("gb18030", "utf-8")
_END = "\r\n"
_DIGITS = 3


def write_boundary_points(
    frame: gpd.GeoDataFrame,
    path: Path,
    *,
    encoding: str = "gb18030",
    area_m2: npt.ArrayLike | None = None,
    digits: int | None = None,
    head: Mapping[str, str] | None = None,
) -> tuple[Issue, ...]:
    """Write polygons, X (north) before Y (east), each ring closed, points numbered through each parcel.

    Cells come from the columns 地块编号, 地块名称, 地块面积（公顷）, 图幅号, 地块用途, 地类编码, 地上地下 and
    those of the long row (图斑类型 … 备注). A stated area is written as it is, with four decimals at least;
    where there is none ``area_m2`` stands, rounded half up to four decimals of a hectare, else the cell is
    empty. A missing 图幅号 is that of the 1:10 000 sheet the parcel lies on. 转换参数 are always noughts.

    Args:
        frame: in a Gauss-Krüger system, see :func:`landeff.core.boundary_points.plane_of`.
        encoding: ``gb18030`` or ``utf-8``.
        area_m2: true area of each row, NaN where unknown.
        digits: decimals of coordinates; by default those of the file the layer was read from, else 3.
        head: 数据产生单位, 数据产生日期, 格式版本号; by default those of the file the layer was read from.

    Returns:
        Issues for rows and columns that such a file cannot hold.

    Raises:
        InputError: the CRS is no Gauss-Krüger plane, or there is no polygon.
        OutputError: the file cannot be written.
    """
    if encoding not in ENCODINGS:
        raise ConfigError(f"encoding {encoding!r} is not written.", f"use one of {', '.join(ENCODINGS)}")
    plane = _plane(frame)
    known = {**frame.attrs.get(ATTRS, {}), **(head or {})}
    shapes = np.asarray(frame.geometry, dtype=object)
    digits = chosen_digits(frame, digits)
    shapes = on_grid(shapes, digits)
    is_drawn = _is_drawn(shapes)
    if not is_drawn.any():
        raise InputError(f"nothing to write to {path.name}: the layer has no polygon.", "name another layer")
    stated = np.full(len(frame), np.nan) if area_m2 is None else np.asarray(area_m2, dtype=float)
    rows = _parcel_rows(frame[is_drawn], shapes[is_drawn], stated[is_drawn])
    lines = [*_head(known, plane, digits), *_body(rows, shapes[is_drawn], digits)]
    data = _END.join([*lines, ""]).encode(encoding)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error}", "choose another place") from error
    return _told(frame, is_drawn)


def chosen_digits(frame: gpd.GeoDataFrame, digits: int | None = None) -> int:
    """Decimals of coordinates: as asked, else as the file read had them, where that loses nothing; else 3.

    Raises:
        ConfigError: less than none or more than 6.
    """
    if digits is not None:
        if not 0 <= digits <= 6:
            raise ConfigError(f"{digits} decimals of a metre.", "write 0 to 6, usually 3")
        return digits
    declared = digits_of(frame.attrs.get(ATTRS, {}).get(PRECISION, "")) or _DIGITS
    xy = shapely.get_coordinates(np.asarray(frame.geometry, dtype=object))
    exact = (each for each in (declared, _DIGITS, 4) if np.array_equal(np.round(xy, each), xy))
    return next(exact, _DIGITS)


def _plane(frame: gpd.GeoDataFrame) -> Plane:
    if frame.crs is None:
        raise InputError("the layer has no CRS.", "declare it")
    plane = plane_of(CRS.from_user_input(frame.crs))
    if plane is None:
        raise InputError(
            f"{frame.crs.name} is no Gauss-Krüger plane of China, which 界址点坐标 are written in.",
            'name one as crs, for instance "EPSG:4528" (CGCS2000, 3°, zone 40)',
        )
    return plane


def _is_drawn(shapes: Shapes) -> npt.NDArray[np.bool_]:
    """Polygons with land after rounding; of several parts each must have some."""
    kind = shapely.get_type_id(shapes)
    is_land = np.isin(kind, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    is_land &= ~shapely.is_empty(shapes)
    rings, owner = _rings(shapes)
    flat = owner[shapely.area(shapely.polygons(rings)) == 0] if len(rings) else owner
    is_land[flat] = False
    area = shapely.area(shapes)
    return np.asarray(is_land & (area > 0) & np.isfinite(area), dtype=bool)


def _head(known: Mapping[str, str], plane: Plane, digits: int) -> list[str]:
    values = {
        VERSION: known.get(VERSION) or "1.01版本",
        OFFICE: known.get(OFFICE, ""),
        DATE: known.get(DATE, ""),
        **plane.keys,
        PRECISION: f"{10**-digits:.{digits}f}",
        CONVERSION: ",".join("0" * 7),
    }
    return [f"[{HEAD}]", *(f"{key}={_cell(values[key], ',')}" for key in KEYS), f"[{PARCELS}]"]


def _parcel_rows(frame: gpd.GeoDataFrame, shapes: Shapes, area_m2: Floats) -> list[str]:
    """Parcel rows without the number of points in front."""
    number = len(frame)
    areas = [_hectares(stated, true) for stated, true in zip(_numbers(frame), area_m2.tolist(), strict=True)]
    sheets = _texts(frame, SHEET)
    if "" in sheets:
        made = sheet_numbers(shapes, frame.crs.to_wkt())
        sheets = [sheet or new for sheet, new in zip(sheets, made, strict=True)]
    columns = [areas, _texts(frame, ID), _texts(frame, NAME), [AREA_SHAPE] * number, sheets]
    columns += [_texts(frame, USE), _texts(frame, CLASS)]
    if any(name in frame for name in LONG):
        columns += [_texts(frame, name) for name in LONG]
    elif LEVEL in frame:
        columns.append(_texts(frame, LEVEL))
    return [",".join([*cells, "@"]) for cells in zip(*columns, strict=True)]


def _numbers(frame: gpd.GeoDataFrame) -> list[float]:
    if AREA not in frame:
        return [float("nan")] * len(frame)
    return [float(value) for value in pd.to_numeric(frame[AREA], errors="coerce").tolist()]


def _hectares(stated: float, true_m2: float) -> str:
    """An area as text: as stated, padded to four decimals, else the true one rounded half up.

    >>> _hectares(3.3914, 0.0), _hectares(float("nan"), 33_914.5), _hectares(float("nan"), float("nan"))
    ('3.3914', '3.3915', '')
    """
    if np.isfinite(stated):
        exact = Decimal(repr(stated))
        least = Decimal("0.0001")
        return f"{exact if exact.normalize().as_tuple().exponent < -4 else exact.quantize(least):f}"  # type: ignore[operator]
    if not np.isfinite(true_m2):
        return ""
    square_metres = Decimal(repr(true_m2)).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{square_metres / 10_000:.4f}"


def _texts(frame: gpd.GeoDataFrame, name: str) -> list[str]:
    if name not in frame:
        return [""] * len(frame)
    return ["" if pd.isna(value) else _cell(str(value)) for value in frame[name].tolist()]


def _cell(text: str, but: str = "") -> str:
    """A text as one cell of one line: commas become full-width ones, line ends blanks."""
    text = plain(re.sub(r"[\t\r\n\u2028\u2029]+", " ", text)).strip()
    return text if but else text.replace(",", "，")


def _body(rows: list[str], shapes: Shapes, digits: int) -> list[str]:
    """Parcel rows, each followed by its points."""
    rings, parcel = _rings(shapes)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    count = np.bincount(ring, minlength=len(rings))
    first_ring = np.searchsorted(parcel, np.arange(len(shapes)))
    within = np.arange(len(xy)) - np.repeat(np.cumsum(count) - count, count)
    before = np.cumsum(count - 1) - (count - 1)  # points of the file before this ring
    offset = before - before[first_ring][parcel]
    number = offset[ring] + within % (count[ring] - 1) + 1
    circle = ring - first_ring[parcel[ring]] + 1
    east, north = (_decimals(values, digits) for values in xy.T)
    points = pc.binary_join_element_wise(
        pc.binary_join_element_wise(pa.scalar("J"), _integers(number), pa.scalar("")),
        _integers(circle), north, east, pa.scalar(","),
    )  # fmt: skip
    n_points = np.bincount(parcel[ring], minlength=len(shapes))
    heads = pa.array([f"{n},{row}" for n, row in zip(n_points.tolist(), rows, strict=True)], pa.string())
    places = np.concatenate([np.arange(len(rows)), parcel[ring]])
    order = np.argsort(places, kind="stable")
    lines: list[str] = pa.chunked_array([heads, points]).take(pa.array(order)).to_pylist()
    return lines


def _rings(shapes: Shapes) -> tuple[Shapes, npt.NDArray[np.intp]]:
    """Rings of polygons and multipolygons, a shell before its holes, and which row each belongs to."""
    parts, row = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, row[part]


def _integers(values: npt.NDArray[Any]) -> pa.Array:
    return pc.cast(pa.array(values.astype(np.int64)), pa.string())


def _decimals(values: Floats, digits: int) -> pa.Array:
    """Numbers on the grid of ``digits`` decimals as text, exactly."""
    units = np.rint(np.abs(values) * 10**digits).astype(np.int64)
    whole, rest = units // 10**digits, units % 10**digits
    sign = pa.array(np.where((values < 0) & (units > 0), "-", "").tolist(), pa.string())
    left = pc.binary_join_element_wise(sign, _integers(whole), pa.scalar(""))
    if digits == 0:
        return left
    right = pc.utf8_lpad(_integers(rest), digits, "0")
    return pc.binary_join_element_wise(left, right, pa.scalar("."))


def sheet_numbers(shapes: Shapes, crs: str) -> list[str]:
    """The 1:10 000 sheet (GB/T 13989-2012) that a point of each polygon lies on; empty where there is none.

    A sheet of 1:1 000 000 is 4° by 6°, its letter counted from the equator, its number from 180°W; it has 96
    rows of 2′30″, from the north, and 96 columns of 3′45″.

    >>> sheet_numbers(np.array([shapely.Point(119.4, 32.381)]), "EPSG:4490")
    ['I50G087087']
    """
    points = shapely.point_on_surface(shapes)
    x, y = shapely.get_x(points), shapely.get_y(points)
    longitude, latitude = to_degrees(crs)(x, y)
    is_known = np.isfinite(longitude) & np.isfinite(latitude) & (latitude >= 0) & (latitude < 88)
    longitude, latitude = np.where(is_known, longitude, 0.0), np.where(is_known, latitude, 0.0)
    row = 96 - np.floor(latitude % 4 / (2.5 / 60)).astype(int)
    column = np.floor(longitude % 6 / (3.75 / 60)).astype(int) + 1
    letter, number = np.floor(latitude / 4).astype(int), np.floor(longitude / 6).astype(int) + 31
    cells = zip(is_known, letter.tolist(), number.tolist(), row.tolist(), column.tolist(), strict=True)
    return [f"{chr(65 + a)}{b:02d}G{c:03d}{d:03d}" if known else "" for known, a, b, c, d in cells]


def _told(frame: gpd.GeoDataFrame, is_drawn: npt.NDArray[np.bool_]) -> tuple[Issue, ...]:
    """Rows without land and columns without a cell."""
    issues = []
    if not is_drawn.all():
        lost = np.flatnonzero(~is_drawn)
        key = _texts(frame.iloc[lost[:1]], ID)[0]
        shown = ", ".join(str(row + 1) for row in lost[:20].tolist()) + (", …" if len(lost) > 20 else "")
        decision = "rows without a polygon that has land were not written"
        issues.append(
            Issue(
                "warning",
                "not_written",
                "",
                decision,
                key=key,
                value=f"rows {shown}",
                n=len(lost),
            )
        )
    cells = {ID, NAME, AREA, SHEET, USE, CLASS, LEVEL, *LONG, frame.geometry.name}
    if any(name in frame for name in LONG):
        cells.discard(LEVEL)
    other = [str(name) for name in frame.columns if name not in cells]
    if other:
        decision = "the format has no place for these columns"
        shown = ", ".join(other[:20]) + (", …" if len(other) > 20 else "")
        issues.append(Issue("info", "column_not_written", "", decision, value=shown, n=len(other)))
    return tuple(issues)
