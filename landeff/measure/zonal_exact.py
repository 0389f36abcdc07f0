"""Coverage statistics by exactextract (Baston; the library that QGIS and R users know)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from exactextract import exact_extract
from exactextract.feature import Feature, FeatureSource
from exactextract.raster import RasterSource

from landeff.core.grid import Raster
from landeff.measure.zonal import TOUCHED, Geometries, Statistic

_MAX_CELLS = 4_000_000  # held in memory at a time
_OF_TOUCHED = ("min", "max", "variety")


def exact_statistics(raster: Raster, polygons: Geometries, statistic: Statistic) -> pd.DataFrame:
    """``position``, ``class``, ``value``, ``count``, ``lowest`` of polygons given in cells of ``raster``."""
    wanted = ["unique", "frac"] if statistic == "classes" else [str(statistic)]
    options = f"(min_coverage_frac={TOUCHED})" if statistic in _OF_TOUCHED else ""
    found: pd.DataFrame = exact_extract(
        _Cells(raster),
        _Polygons(polygons),
        ["count", "lowest=min", *(f"value_{name}={name}{options}" for name in wanted)],
        output="pandas",
        max_cells_in_memory=_MAX_CELLS,
    )
    found.insert(0, "position", np.arange(len(polygons)))
    if statistic == "classes":
        found = found.explode(["value_unique", "value_frac"]).dropna(subset="value_unique")
        found = found.rename(columns={"value_unique": "class", "value_frac": "value"})
    else:
        found = found.rename(columns={f"value_{statistic}": "value"}).assign(**{"class": np.nan})
    columns = ["class", "value", "count", "lowest"]
    return found[["position", *columns]].astype(dict.fromkeys(columns, "float64"))


class _Cells(RasterSource):  # type: ignore[misc]  # of a package without types
    """A raster in its own cells: its lower left corner is (0, 0), each cell a unit square."""

    def __init__(self, raster: Raster) -> None:
        super().__init__()
        self.raster = raster
        self.set_name("raster")

    def res(self) -> tuple[float, float]:
        return 1.0, 1.0

    def extent(self) -> tuple[float, float, float, float]:
        return 0.0, 0.0, float(self.raster.grid.n_columns), float(self.raster.grid.n_rows)

    def srs_wkt(self) -> None:
        return None

    def nodata_value(self) -> None:
        return None

    def read_window(self, x0: int, y0: int, nx: int, ny: int) -> npt.NDArray[np.float64]:
        return np.ascontiguousarray(self.raster.read(y0, x0, ny, nx))


class _Polygons(FeatureSource):  # type: ignore[misc]  # of a package without types
    def __init__(self, polygons: Geometries) -> None:
        super().__init__()
        self.wkb = shapely.to_wkb(polygons)

    def count(self) -> int:
        return len(self.wkb)

    def __iter__(self) -> Iterator[Feature]:
        return (_Polygon(wkb) for wkb in self.wkb)

    def srs_wkt(self) -> None:
        return None


class _Polygon(Feature):  # type: ignore[misc]  # of a package without types
    def __init__(self, wkb: bytes) -> None:
        super().__init__()
        self.wkb = wkb

    def geometry(self) -> bytes:
        return self.wkb

    def fields(self) -> list[str]:
        return []

    def get(self, name: str) -> Any:
        raise KeyError(name)

    def set(self, name: str, value: object) -> None:
        raise KeyError(name)
