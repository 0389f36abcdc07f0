"""What a raster says of each polygon: statistics over its cells, each weighed by the share covered.

A cell that a polygon covers by a quarter counts a quarter: no cell is in or out by its centre. The polygons
are brought into the raster's own coordinate system; the raster is never resampled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.errors import InputError, MissingExtraError
from landeff.core.grid import SENTINELS, Grid, Raster
from landeff.measure.area import fit_area_scale
from landeff.measure.zonal_cells import Amounts, Held, Indicator, in_cells

Geometries = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Statistic = Literal[
    "mean", "sum", "min", "max", "median", "stdev", "majority", "variety", "class_share", "classes"
]
Method = Literal["exactextract", "shapely"]
Per = Literal["cell", "m2", "ha", "km2"]

STATISTICS: tuple[Statistic, ...] = get_args(Statistic)
#: Statistics of codes, not of quantities.
CATEGORICAL: tuple[Statistic, ...] = ("majority", "variety", "class_share", "classes")
#: What a density is counted by, in m².
PER_M2: dict[Per, float] = {"m2": 1.0, "ha": 10_000.0, "km2": 1_000_000.0}
#: Cells covered less than this do not decide a minimum, a maximum or a variety: they are rounding of borders.
TOUCHED = 1e-6

_TILE = 1024  # cells a side: polygons whose middle lies in one tile are read together
_ROUNDING = 1e-6  # of a polygon: coverage fractions of exactextract are single-precision
_FILLED = 1e30  # beyond it a float is a filling such as ±3.4e38, not a quantity


class Engine(Protocol):
    """Coverage statistics of polygons given in cells (:meth:`landeff.core.grid.Grid.in_cells`)."""

    def __call__(self, raster: Raster, polygons: Geometries, statistic: Statistic) -> pd.DataFrame:
        """Columns ``position``, ``class``, ``value``, ``count`` (cells with data) and ``lowest``."""


def zonal_statistics(
    geometries: npt.ArrayLike,
    raster: Raster,
    statistic: Statistic,
    *,
    crs: str,
    classes: Sequence[int] = (),
    per: Per = "cell",
    method: Method | None = None,
) -> pd.DataFrame:
    """One statistic of the cells of ``raster`` under each polygon, weighed by the share of the cell covered.

    Args:
        geometries: valid polygons or multipolygons in ``crs``; empty or missing ones lead to NaN.
        raster: an opened file (:func:`landeff.sources.raster.open_raster`) or
            :func:`landeff.core.grid.array_raster`.
        statistic: ``mean``, ``sum``, ``min``, ``max``, ``median``, ``stdev`` (of the population) in the unit
            of the raster; of codes ``majority`` (ties: the larger code), ``variety`` (number of codes),
            ``class_share`` (share of ``classes`` among the cells with data, 0–1), ``classes`` (the share of
            each code, one row each).
        per: of what a ``sum`` is taken: ``cell`` where cells hold counts; ``m2``, ``ha`` or ``km2`` where
            they hold densities, each then times the ellipsoidal area of its cell ÷ that unit.
        method: ``exactextract``, or ``shapely`` (cells cut one by one, for where exactextract is not
            installed); by default the first that is installed. They agree to about 1e-6.

    Returns:
        One row a polygon (``classes``: a row for each code), in their order: ``position``, ``class`` (the
        code, else NaN), ``value`` (NaN where no cell has data), ``cells`` (area of the polygon in cells),
        ``covered_ratio`` (share of the polygon on cells with data), ``nodata_ratio`` (on cells without;
        what is missing to 1 lies outside the raster), ``method``.

    Raises:
        InputError: a polygon is invalid; no honest way from ``crs`` to the raster's system; classes asked of
            values that are no codes; -9999 and the like among the values of a raster that declares no nodata.
        MissingExtraError: ``exactextract`` asked for and not installed.

    A square of 25 m on cells of 10 m, its lower left corner on a cell's: 4 cells whole, 4 by half, 1 by a
    quarter, so 6.25 cells; their weighed mean is (1·4 + 2·(2·0.5) + 3·(2·0.5) + 9·0.25) / 6.25.

    >>> from landeff.core.grid import array_raster
    >>> raster = array_raster([[2, 2, 9], [1, 1, 3], [1, 1, 3]], "EPSG:4528", 40_443_000, 3_584_030, 10)
    >>> square = shapely.box(40_443_000, 3_584_000, 40_443_025, 3_584_025)
    >>> told = zonal_statistics([square], raster, "mean", crs="EPSG:4528")
    >>> [round(float(told[name].iloc[0]), 6) for name in ("value", "cells", "covered_ratio")]
    [1.8, 6.25, 1.0]
    """
    given = np.asarray(geometries, dtype=object)
    _check_valid(given)
    try:
        polygons = in_cells(given, crs, raster.grid)
    except InputError as error:
        fix = "obtain the raster in CGCS2000 or WGS 84"
        raise InputError(f"{raster.name}: {error.problem}", fix) from None
    cells = np.where(shapely.is_missing(polygons), 0.0, shapely.area(polygons))
    engine, used = _engine(method)
    counted, wanted = _counted(raster, polygons, statistic, tuple(classes), per)
    frames = []
    for positions, held in _batches(raster, polygons):
        told = engine(counted(held), polygons[positions], wanted)
        if statistic == "class_share" or per != "cell":  # what was counted are not the values
            told["lowest"] = _lowest(engine, held, polygons[positions])
        frames.append(told.assign(position=positions[told["position"]]))
    found = pd.concat(frames) if frames else _no_rows()
    _check_values(found, raster, statistic)
    table = pd.DataFrame({"position": np.arange(len(given))}).merge(found, on="position", how="left")
    table = table.sort_values(["position", "class"], kind="stable", ignore_index=True)
    table["value"] = table["value"].where(table["count"] > 0)
    position = table["position"].to_numpy()
    table["cells"] = cells[position]
    table["covered_ratio"], table["nodata_ratio"] = _ratios(
        table["count"].fillna(0.0).to_numpy(), cells[position], _inside(polygons, raster.grid)[position]
    )
    return table.drop(columns=["count", "lowest"]).assign(method=used)


def has_exactextract() -> bool:
    """Whether exactextract can be imported."""
    try:
        import exactextract  # noqa: F401, PLC0415  # of an extra
    except ImportError:
        return False
    return True


def _engine(method: Method | None) -> tuple[Engine, Method]:
    if method == "shapely" or (method is None and not has_exactextract()):
        from landeff.measure.zonal_shapely import cell_statistics  # noqa: PLC0415  # only where it is used

        return cell_statistics, "shapely"
    if not has_exactextract():
        raise MissingExtraError("raster", "zonal statistics by exactextract", "exactextract")
    from landeff.measure.zonal_exact import exact_statistics  # noqa: PLC0415  # of an extra

    return exact_statistics, "exactextract"


def _counted(
    raster: Raster, polygons: Geometries, statistic: Statistic, classes: tuple[int, ...], per: Per
) -> tuple[Callable[[Raster], Raster], Statistic]:
    """What is counted for the cells of a window, and by which statistic.

    The share of classes is the mean of an indicator; densities are summed times the area of their cells.
    """
    if statistic == "class_share":
        return (lambda held: Indicator(held, classes)), "mean"
    if per == "cell" or shapely.is_empty(polygons).all():
        return (lambda held: held), statistic
    scale = fit_area_scale(raster.grid.crs, _extent(polygons, raster.grid))
    return (lambda held: Amounts(held, scale, PER_M2[per])), statistic


def _extent(polygons: Geometries, grid: Grid) -> tuple[float, float, float, float]:
    """Bounds of polygons, as far as they lie in the raster, in the raster's own units."""
    low_x, low_y, high_x, high_y = np.nan_to_num(shapely.total_bounds(polygons))
    columns = np.clip([np.floor(low_x), np.ceil(high_x)], 0, grid.n_columns)
    rows = grid.n_rows - np.clip([np.floor(low_y), np.ceil(high_y)], 0, grid.n_rows)
    left, right = grid.left + columns * grid.cell_width
    bottom, top = grid.top - rows * grid.cell_height
    return left, bottom, right, top


def _lowest(engine: Engine, held: Raster, polygons: Geometries) -> Floats | float:
    """The smallest value under each polygon; NaN where the window holds nothing suspicious."""
    if isinstance(held, Held) and not (np.isin(held.values, SENTINELS) | (held.values < -_FILLED)).any():
        return np.nan
    return engine(held, polygons, "min")["lowest"].to_numpy()


def _batches(raster: Raster, polygons: Geometries) -> Iterator[tuple[npt.NDArray[np.intp], Raster]]:
    """Positions of polygons that lie near one another, with the window they need held in memory.

    A window never exceeds (2 × 1024)² cells: polygons that are larger come alone and read as they go.
    """
    rows, columns = raster.grid.n_rows, raster.grid.n_columns
    bounds = shapely.bounds(polygons)
    known = np.isfinite(bounds).all(axis=1)
    x0, y0, x1, y1 = np.where(known, bounds.T, -1.0)
    left, right = np.clip(np.floor(x0), 0, columns).astype(int), np.clip(np.ceil(x1), 0, columns).astype(int)
    upper = rows - np.clip(np.ceil(y1), 0, rows).astype(int)
    lower = rows - np.clip(np.floor(y0), 0, rows).astype(int)
    here = np.flatnonzero(known & (right > left) & (lower > upper))
    large = np.maximum(right - left, lower - upper)[here] > _TILE
    yield from ((np.array([position]), raster) for position in here[large])
    near = here[~large]
    tile = np.column_stack([upper[near] + lower[near], left[near] + right[near]]) // (2 * _TILE)
    order = np.lexsort((tile[:, 1], tile[:, 0]))
    ends = np.flatnonzero(np.any(np.diff(tile[order], axis=0) != 0, axis=1)) + 1
    for positions in np.split(near[order], ends) if len(near) else ():
        row, column = int(upper[positions].min()), int(left[positions].min())
        height, width = int(lower[positions].max()) - row, int(right[positions].max()) - column
        yield positions, Held(raster, row, column, raster.read(row, column, height, width))


def _check_valid(geometries: Geometries) -> None:
    wrong = np.flatnonzero(~shapely.is_missing(geometries) & ~shapely.is_valid(geometries))
    if len(wrong):
        reason = shapely.is_valid_reason(geometries[wrong[0]])
        raise InputError(f"polygon {wrong[0]} is invalid ({reason}).", "repair it: shapely.make_valid")


def _check_values(found: pd.DataFrame, raster: Raster, statistic: Statistic) -> None:
    lowest = found["lowest"].to_numpy(dtype=float)
    hidden = lowest[np.isin(lowest, SENTINELS) | (lowest < -_FILLED)]
    if len(hidden):
        raise InputError(
            f"{raster.name} holds {hidden.min():g} under the polygons, and does not say that it is no data.",
            f"declare nodata = {hidden.min():.17g} for the raster",
        )
    if (found["value"] > _FILLED).any():
        raise InputError(
            f"{raster.name} holds numbers above {_FILLED:g} under the polygons, and does not say that they "
            "are no data.",
            f"declare nodata for the raster, most likely {float(np.finfo(np.float32).max):.17g}",
        )
    codes = found["value"] if statistic == "majority" else found["class"]
    codes = codes.dropna()
    if statistic in ("majority", "classes") and len(codes) and not (codes == codes.round()).all():
        example = codes[codes != codes.round()].min()
        raise InputError(
            f"{raster.name} holds {example:g}: its values are no class codes, {statistic} cannot be said.",
            'ask for kind = "mean", "median", "min" or "max"',
        )


def _inside(polygons: Geometries, grid: Grid) -> Floats:
    """Area of each polygon that lies within the raster, in cells."""
    frame = shapely.box(0, 0, grid.n_columns, grid.n_rows)
    area = np.where(shapely.is_missing(polygons), 0.0, shapely.area(polygons))
    beyond = ~shapely.covers(frame, polygons)
    area[beyond] = shapely.area(shapely.intersection(polygons[beyond], frame))
    return np.nan_to_num(area)


def _ratios(count: Floats, cells: Floats, inside: Floats) -> tuple[Floats, Floats]:
    """Share of each polygon with data, and without data within the raster."""
    count = np.where(np.abs(inside - count) <= _ROUNDING * cells, inside, count)
    with np.errstate(invalid="ignore", divide="ignore"):
        covered, without = count / cells, (inside - count) / cells
    return np.clip(np.nan_to_num(covered), 0, 1), np.clip(np.nan_to_num(without), 0, 1)


def _no_rows() -> pd.DataFrame:
    return pd.DataFrame(
        {"position": pd.Series(dtype="int64")}
        | {name: pd.Series(dtype="float64") for name in ("class", "value", "count", "lowest")}
    )
