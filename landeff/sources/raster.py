"""GeoTIFF files, opened as handles that are read window by window."""

from __future__ import annotations

import datetime as dt
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
from pyproj import CRS
from pyproj.exceptions import CRSError

from landeff.core.datums import datum_of, is_shifted, superseded
from landeff.core.errors import InputError, MissingExtraError
from landeff.core.grid import SENTINELS, Grid

_MAX_BLOCK_BYTES = 1 << 30  # a block is decoded whole, whatever the window
_TAG = "TIFFTAG_DATETIME"


@dataclass(frozen=True, slots=True)
class RasterFile:
    """One band of an opened GeoTIFF; see :class:`landeff.core.grid.Raster`.

    Attributes:
        written_on: date of the file's TIFFTAG_DATETIME, ``None`` without one. It tells when the file was
            written, which is not always when its subject was observed.
        nodata: the number declared to mean no data, besides what the file itself says.
        own_crs: name of the system that the file says, where another one is declared; else empty.
        has_palette: whether the file draws the band by a colour table, as classes are.
    """

    name: str
    path: Path
    grid: Grid
    band: int
    written_on: dt.date | None
    nodata: float | None
    is_south_up: bool
    own_crs: str
    has_palette: bool
    dataset: Any

    def read(self, row: int, column: int, n_rows: int, n_columns: int) -> npt.NDArray[np.float64]:
        """Values of a window in the unit of the file (its scale and offset applied), NaN for no data.

        -9999 and the like, where nobody says that they are no data, are not scaled: they are to be seen.

        Raises:
            InputError: the file is damaged there.
        """
        from rasterio.errors import RasterioError  # noqa: PLC0415  # of an extra
        from rasterio.windows import Window  # noqa: PLC0415  # of an extra

        first = self.grid.n_rows - row - n_rows if self.is_south_up else row
        try:
            stored = self.dataset.read(
                self.band, window=Window(column, first, n_columns, n_rows), masked=True
            )
        except (RasterioError, MemoryError):
            raise InputError(
                f"{self.name} cannot be read at row {row}, column {column}.",
                "the file is damaged or cut off: copy it again",
            ) from None
        missing = np.ma.getmaskarray(stored)
        if self.nodata is not None:
            exact = stored.dtype.type(self.nodata) if stored.dtype.kind == "f" else self.nodata
            missing |= stored.data == exact
        scale, offset = self.dataset.scales[self.band - 1], self.dataset.offsets[self.band - 1]
        plain: npt.NDArray[np.float64] = stored.data.astype(float)
        values = plain if (scale, offset) == (1.0, 0.0) else plain * scale + offset
        if values is not plain:
            values = np.where(np.isin(plain, SENTINELS), plain, values)
        values[missing | ~np.isfinite(values)] = np.nan
        return values[::-1] if self.is_south_up else values


@contextmanager
def open_raster(
    path: Path, *, band: int | None = None, crs: str | None = None, nodata: float | None = None
) -> Iterator[RasterFile]:
    """Open one band of a GeoTIFF; nothing but its header is read.

    Args:
        band: number of the band from 1; needed where there are several.
        crs: coordinate system, for a file that does not say; overrides what it says.
        nodata: number that means no data, for a file that does not say.

    Raises:
        InputError: no GeoTIFF, no georeference, rotated, several bands and none named, or too large blocks.
        MissingExtraError: rasterio is not installed.
    """
    try:
        import rasterio  # noqa: PLC0415  # of an extra
        from rasterio.errors import (  # noqa: PLC0415  # of an extra
            NotGeoreferencedWarning,
            RasterioError,
        )
    except ImportError:
        raise MissingExtraError("raster", f"reading {path.name}", "rasterio") from None
    if not path.is_file():
        raise InputError(f"there is no raster {path}.", "correct path")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # told below, with the fix
            # One driver only: others would follow references to further files, or to the network.
            dataset = rasterio.open(path, driver="GTiff")
    except RasterioError:
        raise InputError(
            f"{path.name} is not a GeoTIFF, or is damaged.",
            "convert it: gdal_translate -of GTiff (a plain picture must be georeferenced first)",
        ) from None
    with dataset:
        yield _described(dataset, path, band, crs, nodata)


def _described(
    dataset: Any, path: Path, band: int | None, crs: str | None, nodata: float | None
) -> RasterFile:
    number = _band(dataset, path, band)
    grid, is_south_up = _grid(dataset, path, crs)
    rows, columns = dataset.block_shapes[number - 1]
    kind = np.dtype(dataset.dtypes[number - 1]) if "complex" not in dataset.dtypes[number - 1] else None
    if kind is None or kind.kind not in "iuf":
        raise InputError(f"{path.name}: band {number} holds complex numbers.", "export a real-valued band")
    if rows * columns * kind.itemsize > _MAX_BLOCK_BYTES:
        raise InputError(
            f"{path.name} is stored in blocks of {rows} × {columns} cells, too large to be read in parts.",
            "rewrite it in tiles: gdal_translate -co TILED=YES",
        )
    written_on = _date(dataset.tags().get(_TAG, ""))
    own_crs = _other_crs(dataset, grid.crs) if crs else ""
    has_palette = dataset.colorinterp[number - 1].name == "palette"
    return RasterFile(
        path.name, path, grid, number, written_on, nodata, is_south_up, own_crs, has_palette, dataset
    )


def _band(dataset: Any, path: Path, band: int | None) -> int:
    if band is None and dataset.count > 1:
        names = ", ".join(
            f"{number} {text}" if text else f"{number} {colour.name}"
            for number, text, colour in zip(
                dataset.indexes, dataset.descriptions, dataset.colorinterp, strict=True
            )
        )
        raise InputError(f"{path.name} has several bands ({names}).", "declare band, e.g. band = 1")
    number = band or 1
    if not 1 <= number <= dataset.count:
        raise InputError(
            f"{path.name} has no band {number}.", f"declare a band between 1 and {dataset.count}"
        )
    return number


def _grid(dataset: Any, path: Path, declared: str | None) -> tuple[Grid, bool]:
    """Where the cells lie, and whether rows are stored from the south."""
    transform = dataset.transform
    if transform.is_identity or dataset.gcps[0]:
        raise InputError(
            f"{path.name} has no georeference: its cells lie nowhere on the ground.",
            "georeference it in a GIS and export a GeoTIFF (gdalwarp applies ground control points)",
        )
    if transform.b or transform.d or transform.a <= 0 or not transform.e:
        raise InputError(
            f"{path.name} is rotated or mirrored: its rows do not run from west to east.",
            "make it north-up: gdalwarp",
        )
    if not all(map(math.isfinite, transform)):
        raise InputError(f"{path.name} has a damaged georeference.", "export it again")
    top = max(transform.f, transform.f + transform.e * dataset.height)
    return (
        Grid(
            _crs(dataset, path, declared),
            transform.c,
            top,
            transform.a,
            abs(transform.e),
            dataset.width,
            dataset.height,
        ),
        transform.e > 0,
    )


def _crs(dataset: Any, path: Path, declared: str | None) -> str:
    if declared and is_shifted(declared):
        raise InputError(
            f"{path.name} is declared {declared}, shifted for display: it lies on no parcel.",
            "obtain the raster in CGCS2000 or WGS 84",
        )
    text = declared or (dataset.crs.to_wkt() if dataset.crs else "")
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        crs = None
    if crs is None or not (crs.is_geographic or crs.is_projected) or not (datum_of(crs) or superseded(crs)):
        raise InputError(
            f"{path.name} does not say in which coordinate system it is.",
            'declare crs for the raster, e.g. crs = "EPSG:4528"',
        )
    old = superseded(crs)
    if old:
        raise InputError(
            f"{path.name} is on the superseded datum {old}, which PROJ transforms only roughly.",
            "convert it to CGCS2000 with the office's parameters first",
        )
    return text


def _other_crs(dataset: Any, declared: str) -> str:
    """Name of the system the file says, where it is not the declared one; empty where it says none."""
    if not dataset.crs:
        return ""
    own = CRS.from_user_input(dataset.crs.to_wkt())
    return "" if own.equals(CRS.from_user_input(declared), ignore_axis_order=True) else own.name


def _date(tag: str) -> dt.date | None:
    """The day of a TIFF time stamp (``2024:06:01 12:00:00``); ``None`` where it is none."""
    found = re.match(r"\s*(\d{4})[:\-/](\d{2})[:\-/](\d{2})", tag)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def class_names(path: Path, column: str) -> Mapping[int, str]:
    """Names of the codes of a raster from the attribute table beside it (``<file>.vat.dbf``).

    Raises:
        InputError: there is no such table, or no such column; those there are are named.
    """
    table = path.with_name(path.name + ".vat.dbf")
    if not table.is_file():
        raise InputError(f"{path.name} has no attribute table {table.name}.", "give the names under labels")
    try:
        rows = pyogrio.read_dataframe(table, read_geometry=False)
    except (pyogrio.errors.DataSourceError, UnicodeError):
        raise InputError(f"{table.name} cannot be read.", "give the names under labels") from None
    code = next((name for name in rows.columns if name.lower() == "value"), None)
    absent = "Value" if code is None else column
    if code is None or column not in rows.columns:
        known = ", ".join(map(str, rows.columns))
        raise InputError(f"{table.name} has no column {absent}.", f"choose one of {known}")
    known_rows = rows.dropna(subset=[code, column])
    return dict(zip(known_rows[code].astype(int), known_rows[column].astype(str), strict=True))
