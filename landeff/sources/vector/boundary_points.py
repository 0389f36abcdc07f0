"""界址点坐标 (勘测定界界址点坐标交换格式, ``.txt``), in all the ways offices write it.

A ``.txt`` without the sections of the format is read as a delimited table.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.boundary_points import AREA, ATTRS, COLUMNS, CONVERSION, ID, LEVEL, LONG
from landeff.core.errors import InputError
from landeff.core.issues import Issue, Severity
from landeff.core.units import unit_of
from landeff.sources.crs.infer import layer_box
from landeff.sources.readers import Options, Raw, reader
from landeff.sources.tables.delimited import read_delimited
from landeff.sources.text.encoding import settle_file
from landeff.sources.vector.boundary_doubts import (
    AGREES,
    faults_of,
    head_issues,
    left_out,
    listed,
    miscounted,
    pairs,
    row_issues_of,
    undrawn,
)
from landeff.sources.vector.boundary_rings import RingSet, draw, find_rings
from landeff.sources.vector.boundary_rows import Points, Rows, is_boundary_text, split_rows
from landeff.sources.vector.boundary_system import head_system, orient, swapped_issue
from landeff.sources.vector.layers import vector

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]

_HA = 10_000.0
#: Stated areas are in the first of these units that agrees with the polygon: name, m² a unit, last digit.
_UNITS = (("ha", _HA, 0.00006), ("m²", 1.0, 0.6), ("mu", _HA / 15, 0.006))
_IN_HECTARES = "state areas in hectares with four decimals"
_UNREADABLE: tuple[Severity, str, str] = ("warning", "not_a_number", "row kept without it")
_UNKNOWN: tuple[Severity, str, str] = ("warning", "impossible_value", "taken as unknown")
_OTHER = {"line", "count", "area", "shape", "mended"}


@reader((".txt",), "vector")
def read_boundary_points(path: Path, options: Options) -> Raw:
    """Read the parcels of a file; ``rows`` are the lines of their parcel rows.

    Columns are 地块编号, 地块名称, 地块面积（公顷） (as stated, in hectares), 图幅号, 地块用途, 地类编码, and
    those that a longer row has. A parcel whose points cannot be trusted stays without a polygon, with an
    issue that names the line. 转换参数 are never applied, nor handed on.

    Raises:
        InputError: no parcel, or a head that the numbers contradict.
    """
    data = path.read_bytes()
    encoding, settled = settle_file(data, path.name, options.encoding)
    text = data.decode(encoding).removeprefix("\ufeff")
    if not is_boundary_text(text):
        return read_delimited(path, options)
    rows = split_rows(text, path.name)
    if rows.parcels.empty:
        fix = "below [地块坐标] each parcel begins with 界址点数,地块面积,地块编号,地块名称,面,…,@"
        raise InputError(f"{path.name} has no parcel row.", fix)
    issues = [*settled, *head_issues(rows)]
    try:
        frame, told, is_swapped = _layer(rows)
    except InputError as error:
        raise InputError(f"{path.name}: {error.problem}", error.fix) from None
    frame, inferred = _placed(frame, rows, options, path.name)
    box = layer_box(np.asarray(frame.geometry, dtype=object))
    issues += [swapped_issue(box)] if is_swapped and box else []
    raw = vector(frame.drop(columns="line"), (*issues, *inferred, *told), path.name, options.crs, encoding)
    raw.frame.attrs[ATTRS] = {key: value for key, value in rows.head.items() if key != CONVERSION}
    return dataclasses.replace(raw, rows=frame["line"].astype("Int64"))


def _placed(
    frame: gpd.GeoDataFrame, rows: Rows, options: Options, name: str
) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """The layer with the CRS of the head; a declared one wins even over a head that makes no sense."""
    box = layer_box(np.asarray(frame.geometry, dtype=object))
    try:
        crs, issues = head_system(rows.head, box, name)
    except InputError:
        if options.crs is None:
            raise
        crs, issues = None, ()
    return (frame if crs is None else frame.set_crs(crs)), () if options.crs else issues


def _layer(rows: Rows) -> tuple[gpd.GeoDataFrame, list[Issue], bool]:
    """The parcels as a layer without CRS, what had to be decided, and whether axes were exchanged."""
    turned = orient(rows.points.first, rows.points.second)
    points = rows.points
    xy, odd, issues = _mended(rows, turned.xy, turned.is_odd)
    rings = find_rings(points.parcel, points.ring, xy)
    is_area = ~rows.parcels["shape"].str.normalize("NFKC").isin(["线", "点"]).to_numpy()
    faults = faults_of(rows, points, rings, odd)
    faults = faults[is_area[faults["parcel"]]]
    drawable = is_area.copy()
    drawable[faults["parcel"]] = False
    shapes = draw(rings, xy, drawable)
    hectares, told = _areas(rows, shapes)
    wrong, kept = miscounted(rows, points, rings, shapes, hectares * _HA)
    shapes[wrong["parcel"].to_numpy(dtype=int)] = None
    issues += [*_stray(rows, rings), *told, *kept, *undrawn(rows, pd.concat([faults, wrong]))]
    issues += [*row_issues_of(rows), *left_out(rows.parcels[~is_area])]
    return _framed(rows, shapes, hectares, is_area), issues, turned.is_swapped


def _framed(rows: Rows, shapes: Shapes, hectares: Floats, is_area: Bools) -> gpd.GeoDataFrame:
    """Columns in their order: those of every row, those of longer ones, those without a name."""
    names = [*COLUMNS, *(name for name in (LEVEL, *LONG) if name in rows.parcels)]
    names += [str(name) for name in rows.parcels if name not in {*names, *_OTHER}]
    cells = rows.parcels.assign(**{AREA: hectares})[["line", *names]]
    text = [name for name in names if name != AREA]
    cells[text] = cells[text].apply(lambda column: column.mask(column.eq("")))
    frame = gpd.GeoDataFrame(cells, geometry=gpd.GeoSeries(shapes, index=cells.index))
    return frame[is_area].reset_index(drop=True)


def _mended(rows: Rows, xy: Floats, is_odd: Bools) -> tuple[Floats, Bools, list[Issue]]:
    """Closing points with one number twice, put right where the first point of the ring proves them.

    Such a point has X equal to Y and shares one of them with the first point, which it was meant to repeat.
    """
    points = rows.points
    if not len(points.line):
        return xy, is_odd, []
    change = np.flatnonzero((np.diff(points.parcel) != 0) | (np.diff(points.ring) != 0))
    starts, ends = np.r_[0, change + 1], np.r_[change, len(points.line) - 1]
    proven = (points.first[ends] == points.second[ends]) & (xy[ends] == xy[starts]).any(axis=1)
    proven &= (ends - starts >= 3) & ~is_odd[starts]
    at = ends[proven]
    xy, odd = xy.copy(), is_odd.copy()
    xy[at], odd[at] = xy[starts[proven]], False
    decision = "the closing point has one number as X and Y: taken as the first point of its ring"
    keys = rows.parcels[ID].to_numpy()[points.parcel[at]]
    told = listed("warning", "closing_point_mended", decision, keys, points.line[at], pairs(points, at))
    return xy, odd, told


def _stray(rows: Rows, rings: RingSet) -> list[Issue]:
    """Closing points under a ring number of their own."""
    points: Points = rows.points
    at = rings.start[:-1][rings.is_stray]
    at = at[points.ring[at] != points.ring[at - 1]]
    decision = "a lone point under another ring number: taken as closing the ring before"
    keys = rows.parcels[ID].to_numpy()[points.parcel[at]]
    return listed("warning", "closing_point_mended", decision, keys, points.line[at], pairs(points, at))


def _areas(rows: Rows, shapes: Shapes) -> tuple[Floats, list[Issue]]:
    """Stated areas in hectares (NaN where none is), and what was decided about them."""
    text = rows.parcels["area"].fillna("").str.normalize("NFKC").str.replace(r"\s", "", regex=True)
    parts = text.str.extract(r"^(\d{1,14}(?:\.\d*)?)([^\d.]\S{0,9})?$")
    number = np.array(pd.to_numeric(parts[0], errors="coerce"), dtype=float)
    words = parts[1].fillna("")
    known = {word: unit_of(word) for word in words.unique().tolist() if word}
    sizes = {word: unit.factor for word, unit in known.items() if unit and unit.dimension == "area"}
    factor = np.array(words.map(sizes), dtype=float)
    unreadable = (text != "").to_numpy() & (np.isnan(number) | ((words != "").to_numpy() & np.isnan(factor)))
    is_zero = number == 0
    number[unreadable | is_zero] = np.nan
    told = []
    for hit, what in ((unreadable, _UNREADABLE), (is_zero, _UNKNOWN)):
        cells = rows.parcels[hit]
        told += listed(*what, cells[ID], cells["line"], cells["area"], _IN_HECTARES, AREA)
    found: set[float] = set()
    plane = shapely.area(shapes)
    for name, size, digit in _UNITS:
        agrees = np.abs(number * size - plane) <= np.maximum(AGREES * plane, digit * size)
        hit = np.isnan(factor) & agrees
        factor[hit] = size
        found |= {size} if hit.any() else set()
        told += [_converted(rows, hit, name)] if hit.any() and size != _HA else []
    # Areas that agree with no polygon, or have none, are in the unit of the others; else in hectares.
    rest = np.isnan(factor) & ~np.isnan(number)
    factor[rest] = found.pop() if len(found) == 1 else np.nan if found else _HA
    lost = rows.parcels[rest & np.isnan(factor)]
    told += listed(*_UNKNOWN, lost[ID], lost["line"], lost["area"], _IN_HECTARES, AREA)
    hectares = np.where(factor == _HA, number, np.round(number * factor / _HA, 6))  # to 0.01 m²
    return hectares, told


def _converted(rows: Rows, hit: Bools, unit: str) -> Issue:
    first = rows.parcels[hit].iloc[0]
    return Issue(
        "warning",
        "area_unit_converted",
        "",
        f"areas agree with the polygons in {unit} only: turned into hectares",
        key="" if pd.isna(first[ID]) else str(first[ID]),
        column=AREA,
        value=str(first["area"]),
        source_row=int(first["line"]),
        fix=_IN_HECTARES,
        n=int(hit.sum()),
    )
