"""A raster as the rooms hand it to one another: where its cells lie, and a way to read some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Numbers that stand for "no data" in files that do not say so.
SENTINELS = (-9999.0, -32768.0, -99999.0)


@dataclass(frozen=True, slots=True)
class Grid:
    """North-up cells of one size.

    Attributes:
        crs: as text that PROJ reads (``EPSG:…`` or WKT).
        left, top: the outer corner of the first cell, in units of the CRS; x is east, y is north.
        cell_width, cell_height: size of a cell, both positive.
    """

    crs: str
    left: float
    top: float
    cell_width: float
    cell_height: float
    n_columns: int
    n_rows: int

    def in_cells(self, xy: npt.NDArray[np.float64]) -> Floats:
        """Coordinates counted in cells: columns from the left, rows upwards from the lower border.

        >>> grid = Grid("EPSG:4528", 100.0, 50.0, 10.0, 10.0, n_columns=4, n_rows=3)
        >>> grid.in_cells(np.array([[115.0, 40.0]])).tolist()
        [[1.5, 2.0]]
        """
        column = (xy[:, 0] - self.left) / self.cell_width
        row = self.n_rows - (self.top - xy[:, 1]) / self.cell_height
        return np.column_stack([column, row])


class Raster(Protocol):
    """One band of a raster that is read window by window."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def grid(self) -> Grid:
        """Where its cells lie."""

    def read(self, row: int, column: int, n_rows: int, n_columns: int) -> Floats:
        """Values of a window, the northernmost row first; NaN where there is no data."""


@dataclass(frozen=True, slots=True)
class ArrayRaster:
    """A raster held in memory: ``values`` by row (the northernmost first) and column, NaN for no data."""

    name: str
    values: Floats
    grid: Grid

    def read(self, row: int, column: int, n_rows: int, n_columns: int) -> Floats:
        """Values of a window."""
        return self.values[row : row + n_rows, column : column + n_columns]


def array_raster(
    values: npt.ArrayLike, crs: str, left: float, top: float, cell: float, name: str = "array"
) -> ArrayRaster:
    """A raster of square cells from rows of values; masked cells become NaN.

    >>> array_raster([[1, 2], [3, 4]], "EPSG:4528", 0.0, 20.0, 10.0).grid.n_columns
    2
    """
    masked = np.ma.masked_array(values, dtype=float)
    rows: Floats = np.atleast_2d(masked.filled(np.nan))
    n_rows, n_columns = rows.shape
    return ArrayRaster(name, rows, Grid(crs, left, top, cell, cell, n_columns, n_rows))
