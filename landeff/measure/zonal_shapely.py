"""The same statistics where exactextract is not installed: every cell on a border is cut with shapely.

Slower on large polygons, in double precision, and not bound in memory beyond 20 million cells a polygon.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.errors import InputError
from landeff.core.grid import Raster
from landeff.measure.zonal import TOUCHED, Geometries, Statistic

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_MAX_CELLS = 20_000_000  # of one polygon
_CHUNK = 2_000_000  # cells of bounding boxes handled together
_MAX_READ = 4_000_000  # cells read at a time
_BLOCKS = 8  # a polygon is first tested in about this many blocks a side


def cell_statistics(raster: Raster, polygons: Geometries, statistic: Statistic) -> pd.DataFrame:
    """``position``, ``class``, ``value``, ``count``, ``lowest`` of polygons given in cells of ``raster``.

    Raises:
        InputError: a polygon of more than 20 million cells.
    """
    cells = shapely.area(polygons)
    if cells.max(initial=0) > _MAX_CELLS:
        raise InputError(
            f"a polygon covers {cells.max():.0f} cells of {raster.name}: too many without exactextract.",
            'pip install "landeff[raster]"',
        )
    frames = []
    for positions in _chunks(polygons):
        covered = covered_cells(polygons[positions], raster.grid.n_columns, raster.grid.n_rows)
        covered["value"] = _read(raster, covered["row"].to_numpy(), covered["column"].to_numpy())
        told = _statistics(covered.dropna(subset="value"), len(positions), statistic)
        frames.append(told.assign(position=positions[told["position"]]))
    return pd.concat(frames, ignore_index=True)


def covered_cells(polygons: Geometries, n_columns: int, n_rows: int) -> pd.DataFrame:
    """The cells each polygon covers: ``position``, ``row`` (from the top), ``column``, ``coverage`` (0–1].

    Blocks of cells are halved where the border runs through them, down to single cells, which are cut.
    """
    bounds = shapely.bounds(polygons)
    low = np.maximum(np.floor(bounds[:, :2]), 0).astype(np.int64)
    high = np.minimum(np.ceil(bounds[:, 2:]), [n_columns, n_rows]).astype(np.int64)
    size = np.maximum((high - low).max(axis=1, initial=1), 1)
    level = np.maximum(np.ceil(np.log2(size / _BLOCKS)), 0).astype(np.int64)
    pieces, owner = np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
    corner, found = np.empty((0, 2), dtype=np.int64), []
    for now in range(int(level.max(initial=0)), -1, -1):
        side = 1 << now
        enters = np.flatnonzero(level == now)
        start, of = _grid_blocks(low[enters], high[enters], side)
        shapely.prepare(polygons[enters])
        pieces, owner = np.r_[pieces, polygons[enters[of]]], np.r_[owner, enters[of]]
        corner = np.r_[corner, start]
        full, pieces, owner, corner, area = _cut(pieces, owner, corner, side)
        found.append(_expanded(*full, side))
        if now:
            half = side // 2
            corner = (corner[:, None, :] + np.array([[0, 0], [0, half], [half, 0], [half, half]])).reshape(
                -1, 2
            )
            shapely.prepare(pieces)
            pieces, owner = np.repeat(pieces, 4), np.repeat(owner, 4)
        else:
            found.append(_table(owner, corner, area))
    cells = pd.concat(found, ignore_index=True)
    inside = (cells["column"] < n_columns) & (cells["y"] < n_rows) & (cells["coverage"] > 0)
    cells = cells[inside].assign(row=n_rows - 1 - cells["y"])
    return cells.drop(columns="y").sort_values(["position", "row", "column"], ignore_index=True)


def _grid_blocks(low: Integers, high: Integers, side: int) -> tuple[Integers, Integers]:
    """Lower left corners of the blocks that tile each box, and the box each belongs to."""
    n = np.maximum(-(-(high - low) // side), 0)
    count = n[:, 0] * n[:, 1]
    of = np.repeat(np.arange(len(low)), count)
    index = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    wide = n[of, 0]
    return low[of] + side * np.column_stack([index % wide, index // wide]), of


def _cut(
    pieces: Geometries, owner: Integers, corner: Integers, side: int
) -> tuple[tuple[Integers, Integers], Geometries, Integers, Integers, Floats]:
    """Blocks wholly inside their piece; and of those the border runs through, what is inside and its area."""
    boxes = shapely.box(corner[:, 0], corner[:, 1], corner[:, 0] + side, corner[:, 1] + side)
    whole = shapely.covers(pieces, boxes)
    part = ~whole & shapely.intersects(pieces, boxes)
    cut = shapely.intersection(pieces[part], boxes[part])
    mixed = shapely.get_type_id(cut) == shapely.GeometryType.GEOMETRYCOLLECTION
    cut[mixed] = shapely.buffer(cut[mixed], 0)  # what only touches is dropped
    area = shapely.area(cut)
    some = area > 0
    return (
        (owner[whole], corner[whole]),
        cut[some],
        owner[part][some],
        corner[part][some],
        area[some],
    )


def _expanded(owner: Integers, corner: Integers, side: int) -> pd.DataFrame:
    """The single cells of whole blocks."""
    step = np.arange(side)
    offset = np.column_stack([np.tile(step, side), np.repeat(step, side)])
    cells = (corner[:, None, :] + offset).reshape(-1, 2)
    return _table(np.repeat(owner, side * side), cells, np.ones(len(cells)))


def _table(owner: Integers, corner: Integers, coverage: Floats) -> pd.DataFrame:
    return pd.DataFrame({"position": owner, "column": corner[:, 0], "y": corner[:, 1], "coverage": coverage})


def _chunks(polygons: Geometries) -> Iterator[npt.NDArray[np.intp]]:
    """Positions of polygons whose bounding boxes together hold a bearable number of cells."""
    bounds = shapely.bounds(polygons)
    boxes = np.prod(np.ceil(bounds[:, 2:]) - np.floor(bounds[:, :2]), axis=1)
    number = np.cumsum(boxes) // _CHUNK
    yield from np.split(np.arange(len(polygons)), np.flatnonzero(np.diff(number)) + 1)


def _read(raster: Raster, row: Integers, column: Integers) -> Floats:
    """Values of single cells, read in strips."""
    values = np.full(len(row), np.nan)
    if not len(row):
        return values
    left, width = int(column.min()), int(np.ptp(column)) + 1
    height = max(1, _MAX_READ // width)
    for top in range(int(row.min()), int(row.max()) + 1, height):
        here = (row >= top) & (row < top + height)
        if here.any():
            n_rows = int(row[here].max()) - top + 1
            values[here] = raster.read(top, left, n_rows, width)[row[here] - top, column[here] - left]
    return values


def _statistics(cells: pd.DataFrame, n: int, statistic: Statistic) -> pd.DataFrame:
    position, coverage, value = (cells[name].to_numpy() for name in ("position", "coverage", "value"))
    count = np.bincount(position, weights=coverage, minlength=n)
    lowest = cells.groupby("position")["value"].min().reindex(range(n)).to_numpy()
    if statistic == "classes":
        shares = cells.groupby(["position", "value"])["coverage"].sum().reset_index()
        at = shares["position"].to_numpy()
        share = shares["coverage"].to_numpy() / count[at]
        columns = {"class": shares["value"], "value": share, "count": count[at], "lowest": lowest[at]}
        return pd.DataFrame({"position": at, **columns})
    touched = cells[cells["coverage"] >= TOUCHED].groupby("position")["value"]
    with np.errstate(invalid="ignore", divide="ignore"):
        if statistic in ("min", "max", "variety"):
            result = touched.agg("nunique" if statistic == "variety" else statistic)
        elif statistic in ("sum", "mean", "stdev"):
            total = np.bincount(position, weights=coverage * value, minlength=n)
            mean = total / count
            spread = np.bincount(position, weights=coverage * (value - mean[position]) ** 2, minlength=n)
            result = pd.Series({"sum": total, "mean": mean, "stdev": np.sqrt(spread / count)}[statistic])
        else:
            weights = cells.groupby(["position", "value"])["coverage"].sum().reset_index()
            result = _majority(weights) if statistic == "majority" else _median(weights)
    values = result.reindex(range(n)).to_numpy(dtype=float)
    return pd.DataFrame(
        {"position": np.arange(n), "class": np.nan, "value": values, "count": count, "lowest": lowest}
    )


def _majority(weights: pd.DataFrame) -> pd.Series[float]:
    """The value that covers most of each position; the larger of equals."""
    last = weights.sort_values(["position", "coverage", "value"]).drop_duplicates("position", keep="last")
    return last.set_index("position")["value"]


def _median(weights: pd.DataFrame) -> pd.Series[float]:
    """Weighted median as exactextract takes it (interpolated, type 7 of Hyndman and Fan with weights).

    Values x₁ < … < x_k with weights w and their running sums C stand at s₁ = 0,
    s_i = (i − 1) w_i + (k − 1) C_{i−1}; the median is x at (k − 1) C_k / 2, linear in between.
    """
    weights = weights.sort_values(["position", "value"], ignore_index=True)
    by = weights.groupby("position")["coverage"]
    k, rank, running = by.transform("size"), by.cumcount(), by.cumsum()
    w = weights["coverage"]
    at = rank * w + (k - 1) * (running - w)
    goal = (k - 1) * by.transform("sum") / 2
    table = weights.assign(at=at, goal=goal)
    below = table[table["at"] <= table["goal"]].drop_duplicates("position", keep="last").set_index("position")
    above = table[table["at"] > table["goal"]].drop_duplicates("position").set_index("position")
    above = above.reindex(below.index)
    step = (below["goal"] - below["at"]) / (above["at"] - below["at"])
    median: pd.Series[float] = below["value"] + (step * (above["value"] - below["value"])).fillna(0.0)
    return median
