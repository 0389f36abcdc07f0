"""Reading one vector layer through GDAL, with its errors in the user's words."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
import pyogrio.errors

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.crs import settle_crs
from landeff.sources.readers import Raw, first_rows

#: Tables that a GIS keeps beside the layers of a GeoPackage.
NOT_LAYERS = ("layer_styles", "qgis_projects")
GDAL_ERRORS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
               pyogrio.errors.GeometryError, pyogrio.errors.FieldError, RuntimeError, ValueError,
               IndexError)  # fmt: skip
#: A chord's error in area is a sixth of its angle squared: a quarter degree leaves it right to 3.2e-6.
ARC_STEP = "0.25"
#: Arrow's way through GDAL is faster, and whole numbers of 18 digits stay whole beside missing ones.
ARROW: Mapping[str, Any] = {
    "use_arrow": True,
    # No two geometries are alike: looking for equal ones takes as long as all the rest of the table.
    "arrow_to_pandas_kwargs": {
        "types_mapper": {pa.int64(): pd.Int64Dtype()}.get,
        "deduplicate_objects": False,
    },
}


def layer_names(source: Path | bytes, name: str) -> tuple[str, ...]:
    """Layers of a file, without those a GIS keeps for itself.

    Raises:
        InputError: GDAL cannot open it.
    """
    try:
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
        InputError: GDAL cannot read it.
    """
    with warnings.catch_warnings(record=True) as caught, _configured(config or {}):
        warnings.simplefilter("always")
        try:
            frame, curved = _read(source, options)
        except GDAL_ERRORS as error:
            raise unreadable(name, error, source) from None
    texts = {_named(str(each.message), name, source) for each in caught if each.category is RuntimeWarning}
    told = sorted(texts)
    issues = tuple(Issue("warning", "reader_warning", "", "read on", value=text) for text in told)
    return frame, (*issues, *curved)


def _read(source: Path | bytes, options: Mapping[str, Any]) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """The layer; true curves, which Arrow's way does not take, become lines in short steps."""
    try:
        return pyogrio.read_dataframe(source, **options), ()
    except NotImplementedError:
        if "use_arrow" not in options:
            raise
    plain = {key: value for key, value in options.items() if key not in ARROW}
    with _configured({"OGR_ARC_STEPSIZE": ARC_STEP}):
        shapes = pyogrio.read_dataframe(source, columns=[], **plain)
    values = pyogrio.read_dataframe(source, read_geometry=False, **options)
    decision = f"arcs became lines in steps of {ARC_STEP} degrees"
    issue = Issue(
        "info", "curves_straightened", "", decision, fix="none is needed: areas stay right to 4 in a million"
    )
    return gpd.GeoDataFrame(values, geometry=shapes.geometry.to_numpy(), crs=shapes.crs), (issue,)


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
    settled = settle_crs(frame, declared, name)
    return Raw(
        frame,
        first_rows(len(frame)),
        crs=settled.crs,
        encoding=encoding,
        issues=(*issues, *settled.issues),
    )


def _named(text: str, name: str, source: Path | bytes) -> str:
    """A message of GDAL with the name of the file handed over in place of where it was read from."""
    return text.replace(str(source), name) if isinstance(source, Path) else re.sub(r"/vsimem/\S+", name, text)


def unreadable(name: str, error: Exception, source: Path | bytes = b"") -> InputError:
    """The error for a file that its library refused."""
    text = _named(str(error), name, source)
    reason = text.split(";")[0].splitlines()[0] if text else type(error).__name__
    return InputError(f"{name} cannot be read: {reason}", "open it in QGIS and save it anew as GeoPackage")
