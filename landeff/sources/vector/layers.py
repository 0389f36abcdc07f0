"""Reading one vector layer through GDAL, with its errors in the user's words."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import pyogrio.errors
import shapely
from pyproj.exceptions import CRSError
from shapely.errors import GEOSException

from landeff.core.errors import InputError
from landeff.core.issues import Issue, Severity
from landeff.sources.crs.settle import settle_crs
from landeff.sources.readers import Raw, first_rows
from landeff.sources.vector.polygons import land_of_collections, listed_rows

#: Tables that a GIS keeps beside the layers of a GeoPackage.
NOT_LAYERS = ("layer_styles", "qgis_projects")
GDAL_ERRORS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
               pyogrio.errors.GeometryError, pyogrio.errors.FieldError, RuntimeError, ValueError,
               IndexError, GEOSException)  # fmt: skip
#: A chord's error in area is a sixth of its angle squared: a quarter degree leaves it right to 3.2e-6.
ARC_STEP = "0.25"
_CLOSED: tuple[Severity, str, str, str] = (
    "warning", "rings_closed", "rings were closed with a straight line",
    "close the rings in the GIS")  # fmt: skip
_NO_SHAPE: tuple[Severity, str, str, str] = (
    "error", "geometry_unreadable", "read without its geometry",
    "draw the polygon anew in the GIS")  # fmt: skip
#: Arrow's way through GDAL is faster, and whole numbers of 18 digits stay whole beside missing ones.
ARROW: Mapping[str, Any] = {
    "use_arrow": True,
    # No two geometries are alike: looking for equal ones takes as long as all the rest of the table.
    "arrow_to_pandas_kwargs": {
        "types_mapper": {pa.int64(): pd.Int64Dtype()}.get,
        "deduplicate_objects": False,
    },
}


class DamagedCrsError(InputError):
    """What a file says of its coordinate system cannot be understood."""


def layer_names(source: Path | bytes, name: str) -> tuple[str, ...]:
    """Layers of a file, without those a GIS keeps for itself.

    Raises:
        InputError: GDAL cannot open it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # told when a layer is read
            names = [str(row[0]) for row in pyogrio.list_layers(source)]
    except GDAL_ERRORS as error:
        raise unreadable(name, error, source) from None
    return tuple(each for each in names if each not in NOT_LAYERS)


def read_layer(
    source: Path | bytes, name: str, config: Mapping[str, str] | None = None, **options: Any
) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """All features of one layer, and GDAL's warnings as issues.

    Args:
        config: GDAL's configuration while the layer is read; ``options`` are pyogrio's and the driver's.

    Raises:
        InputError: GDAL cannot read it (:class:`DamagedCrsError` if for its coordinate system).
    """
    with warnings.catch_warnings(record=True) as caught, _configured(config or {}):
        warnings.simplefilter("always")
        try:
            frame, curved = _read(source, options)
        except (CRSError, pyogrio.errors.CRSError, UnboundLocalError):  # the last by a slip of pyogrio
            fix = "in QGIS set the coordinate system of the layer and save it anew"
            raise DamagedCrsError(f"{name} cannot be read: its coordinate system is damaged.", fix) from None
        except GDAL_ERRORS as error:
            raise unreadable(name, error, source) from None
    texts = {_named(str(each.message), name, source) for each in caught if each.category is RuntimeWarning}
    told = sorted(texts)
    issues = tuple(Issue("warning", "reader_warning", "", "read on", value=text) for text in told)
    return frame, (*issues, *curved)


def _read(source: Path | bytes, options: Mapping[str, Any]) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """The layer; one with true curves, or shapes that are none, is read shape by shape."""
    try:
        return pyogrio.read_dataframe(source, **options), ()
    except NotImplementedError:  # Arrow's way takes no curves
        return _shape_by_shape(source, options, curved=True)
    except GEOSException:
        return _shape_by_shape(source, options, curved=False)


def _shape_by_shape(
    source: Path | bytes, options: Mapping[str, Any], *, curved: bool
) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """The layer with arcs as short lines, open rings closed, and what is no shape missing; all told."""
    plain = {key: value for key, value in options.items() if key not in ARROW}
    with _configured({"OGR_ARC_STEPSIZE": ARC_STEP}):
        meta, _, found, _ = pyogrio.raw.read(source, columns=[], **plain)
    values = pyogrio.read_dataframe(source, read_geometry=False, **options)
    shapes = shapely.from_wkb(found, on_invalid="fix")
    is_closed = shapely.is_missing(shapely.from_wkb(found, on_invalid="ignore")) & ~shapely.is_missing(shapes)
    is_none = shapely.is_missing(shapes) & pd.notna(found)
    issues = [
        Issue(
            severity,
            code,
            "",
            decision,
            value=listed_rows((np.flatnonzero(which) + 1).tolist()),
            fix=fix,
            n=int(which.sum()),
        )
        for which, severity, code, decision, fix in (
            (is_closed, *_CLOSED),
            (is_none, *_NO_SHAPE),
        )
        if which.any()
    ]
    if curved:
        decision = f"arcs became lines in steps of {ARC_STEP} degrees"
        fix = "none is needed: areas stay right to 4 in a million"
        issues.append(Issue("info", "curves_straightened", "", decision, fix=fix))
    return gpd.GeoDataFrame(values, geometry=shapes, crs=meta["crs"]), tuple(issues)


@contextlib.contextmanager
def _configured(config: Mapping[str, str]) -> Iterator[None]:
    before = {key: pyogrio.get_gdal_config_option(key) for key in config}
    pyogrio.set_gdal_config_options(dict(config))
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


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
    frame, mixed = land_of_collections(frame)
    settled = settle_crs(frame, declared, name)
    return Raw(
        frame,
        first_rows(len(frame)),
        crs=settled.crs,
        encoding=encoding,
        issues=(*issues, *mixed, *settled.issues),
    )


def _named(text: str, name: str, source: Path | bytes) -> str:
    """A message of GDAL with the name of the file handed over in place of where it was read from."""
    return text.replace(str(source), name) if isinstance(source, Path) else re.sub(r"/vsimem/\S+", name, text)


def unreadable(name: str, error: Exception, source: Path | bytes = b"") -> InputError:
    """The error for a file that its library refused."""
    text = _named(str(error), name, source)
    reason = text.split(";")[0].splitlines()[0] if text else type(error).__name__
    return InputError(f"{name} cannot be read: {reason}", "open it in QGIS and save it anew as GeoPackage")
