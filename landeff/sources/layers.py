"""Reading one vector layer through GDAL, with its errors in the user's words."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.crs import settle_crs
from landeff.sources.readers import Raw, first_rows

#: Tables that a GIS keeps beside the layers of a GeoPackage.
NOT_LAYERS = ("layer_styles", "qgis_projects")
GDAL_ERRORS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
               pyogrio.errors.GeometryError, pyogrio.errors.FieldError, RuntimeError, ValueError)  # fmt: skip


def layer_names(source: Path | bytes, name: str) -> tuple[str, ...]:
    """Layers of a file, without those a GIS keeps for itself.

    Raises:
        InputError: GDAL cannot open it.
    """
    try:
        names = [str(row[0]) for row in pyogrio.list_layers(source)]
    except GDAL_ERRORS as error:
        raise unreadable(name, error) from None
    return tuple(each for each in names if each not in NOT_LAYERS)


def read_layer(source: Path | bytes, name: str, **options: Any) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """All features of one layer, and GDAL's warnings as issues.

    Raises:
        InputError: GDAL cannot read it.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            frame = pyogrio.read_dataframe(source, **options)
        except GDAL_ERRORS as error:
            raise unreadable(name, error) from None
    told = sorted({str(each.message) for each in caught if issubclass(each.category, RuntimeWarning)})
    issues = tuple(Issue("warning", "reader_warning", "", "read on", value=text) for text in told)
    return frame, issues


def vector(
    frame: pd.DataFrame,
    issues: tuple[Issue, ...],
    name: str,
    declared: str | None,
    encoding: str | None = None,
) -> Raw:
    """A layer as :class:`Raw`: stripped headers, features counted from 1, CRS settled.

    A layer without geometries (a table in a GeoPackage, a lone ``.dbf``) becomes a plain table.
    """
    frame = frame.rename(columns={column: str(column).strip() for column in frame.columns})
    frame = frame.reset_index(drop=True)
    if not isinstance(frame, gpd.GeoDataFrame):
        return Raw(frame, first_rows(len(frame)), encoding=encoding, issues=issues)
    settled = settle_crs(frame, declared, name)
    return Raw(
        frame,
        first_rows(len(frame)),
        crs=settled.crs,
        encoding=encoding,
        issues=(*issues, *settled.issues),
    )


def unreadable(name: str, error: Exception) -> InputError:
    """The error for a file that its library refused."""
    reason = str(error).split(";")[0].splitlines()[0] if str(error) else type(error).__name__
    return InputError(f"{name} cannot be read: {reason}", "open it in QGIS and save it anew as GeoPackage")
