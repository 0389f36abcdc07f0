"""Polygons counted in the cells of a raster, brought into its coordinate system edge by edge; and rasters
derived from a raster window by window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from landeff.core.grid import Grid, Raster
from landeff.core.shift import area_of, find_shift, to_degrees
from landeff.measure.area import AreaScale

Geometries = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Project = Callable[[Floats], Floats]

_STRAIGHT = 1e-4  # of a cell: how far an edge may bend away from its chord
_MAX_HALVINGS = 12
_SAMPLES = 33  # cells a side whose area is integrated; in between it is interpolated, to 1e-7


def in_cells(geometries: Geometries, crs: str, grid: Grid) -> Geometries:
    """Polygons in cells of ``grid`` (x columns from the left, y rows upwards), without a height.

    Edges are straight in ``crs``. Where they bend in the raster's system they are split until no edge leaves
    its chord by more than 1/10,000 of a cell. Polygons that PROJ cannot transform become missing.

    Raises:
        InputError: between the datums of the two there is only PROJ's ballpark transformation.
    """
    flat = shapely.force_2d(geometries)
    drawn = flat[~(shapely.is_missing(flat) | shapely.is_empty(flat))]
    if not len(drawn):
        return np.asarray(flat, dtype=object)
    bounds = tuple(shapely.total_bounds(drawn).tolist())
    shift = find_shift(crs, grid.crs, area_of(to_degrees(crs).box(bounds)))
    if not shift.steps:
        return np.asarray(shapely.transform(flat, grid.in_cells), dtype=object)

    def project(xy: Floats) -> Floats:
        return grid.in_cells(np.column_stack(shift(xy[:, 0], xy[:, 1])))

    cells = shapely.transform(_halved(flat, project), project)
    coordinates, owner = shapely.get_coordinates(cells, return_index=True)
    cells[np.unique(owner[~np.isfinite(coordinates).all(axis=1)])] = None
    bent = ~shapely.is_missing(cells) & ~shapely.is_valid(cells)
    cells[bent] = shapely.make_valid(cells[bent])
    return np.asarray(cells, dtype=object)


def _halved(geometries: Geometries, project: Project) -> Geometries:
    """With vertices added until no edge bends.

    One length holds for all polygons, so that neighbours keep their border in common.
    """
    out, limit = geometries, np.inf
    for _ in range(_MAX_HALVINGS):
        rough = _bent_edges(out, project)
        if not len(rough):
            break
        limit = min(limit, float(rough.max())) / 2 * (1 + 1e-9)
        out = shapely.segmentize(geometries, limit)
    return out


def _bent_edges(geometries: Geometries, project: Project) -> Floats:
    """Lengths of the edges whose middle leaves their chord."""
    xy, ring = shapely.get_coordinates(shapely.get_rings(geometries), return_index=True)
    same = ring[1:] == ring[:-1]
    start, end = xy[:-1][same], xy[1:][same]
    ends = project(xy)
    chord = (ends[:-1][same] + ends[1:][same]) / 2
    off = np.abs(project((start + end) / 2) - chord).max(axis=1, initial=0.0)
    length = np.asarray(np.hypot(*(end - start).T), dtype=float)
    return np.asarray(length[(off > _STRAIGHT) & np.isfinite(off)], dtype=float)


@dataclass(frozen=True, slots=True)
class Held:
    """A raster of which one window is in memory."""

    raster: Raster
    row: int
    column: int
    values: Floats

    @property
    def name(self) -> str:
        """Name of the raster."""
        return self.raster.name

    @property
    def grid(self) -> Grid:
        """Cells of the whole raster."""
        return self.raster.grid

    def read(self, row: int, column: int, n_rows: int, n_columns: int) -> Floats:
        """Values of a window, from memory where they are there."""
        top, left = row - self.row, column - self.column
        height, width = self.values.shape
        if top < 0 or left < 0 or top + n_rows > height or left + n_columns > width:
            return self.raster.read(row, column, n_rows, n_columns)
        return self.values[top : top + n_rows, left : left + n_columns]


@dataclass(frozen=True, slots=True)
class Indicator:
    """1 where a raster has one of ``classes``, 0 where it has another value, NaN where it has no data."""

    raster: Raster
    classes: tuple[int, ...]

    @property
    def name(self) -> str:
        """Name of the raster."""
        return self.raster.name

    @property
    def grid(self) -> Grid:
        """Cells of the raster."""
        return self.raster.grid

    def read(self, row: int, column: int, n_rows: int, n_columns: int) -> Floats:
        """Ones and zeros of a window."""
        values = self.raster.read(row, column, n_rows, n_columns)
        return np.where(np.isnan(values), np.nan, np.isin(values, self.classes).astype(float))


@dataclass(frozen=True, slots=True)
class Amounts:
    """What cells of densities hold: value × ellipsoidal area of the cell ÷ ``unit_m2``."""

    raster: Raster
    scale: AreaScale
    unit_m2: float

    @property
    def name(self) -> str:
        """Name of the raster."""
        return self.raster.name

    @property
    def grid(self) -> Grid:
        """Cells of the raster."""
        return self.raster.grid

    def read(self, row: int, column: int, n_rows: int, n_columns: int) -> Floats:
        """Amounts of a window."""
        values = self.raster.read(row, column, n_rows, n_columns)
        return values * self._areas(row, column, n_rows, n_columns) / self.unit_m2

    def _areas(self, row: int, column: int, n_rows: int, n_columns: int) -> Floats:
        """Area of each cell in m²: sampled, since it changes slowly, and interpolated."""
        grid = self.grid
        rows = np.unique(np.linspace(0, max(n_rows - 1, 0), min(n_rows, _SAMPLES)).round())
        columns = np.unique(np.linspace(0, max(n_columns - 1, 0), min(n_columns, _SAMPLES)).round())
        if not (n_rows and n_columns):
            return np.empty((n_rows, n_columns))
        at_row, at_column = np.meshgrid(rows, columns, indexing="ij")
        left = grid.left + (column + at_column.ravel()) * grid.cell_width
        top = grid.top - (row + at_row.ravel()) * grid.cell_height
        boxes = shapely.box(left, top - grid.cell_height, left + grid.cell_width, top)
        sampled = self.scale.area_m2(boxes).reshape(at_row.shape)
        by_row = np.array([np.interp(np.arange(n_rows), rows, each) for each in sampled.T]).T
        return np.array([np.interp(np.arange(n_columns), columns, each) for each in by_row])
