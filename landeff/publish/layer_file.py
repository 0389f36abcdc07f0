"""A layer as a file of its own for GIS: GeoPackage, GeoJSON or FlatGeobuf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import pyogrio
import pyogrio.errors

from landeff.core.errors import OutputError
from landeff.publish.geopackage import distinct_names
from landeff.publish.plain import plain

#: Suffix → GDAL's name of the format.
DRIVERS: Mapping[str, str] = MappingProxyType(
    {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".fgb": "FlatGeobuf"}
)
#: What GDAL may raise while it writes.
GDAL_ERRORS = (
    OSError,
    RuntimeError,
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FieldError,
)
#: The same layer gives the same bytes: the file is not dated by the clock.
_UNDATED = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z", "OGR_GPKG_ALLOW_THREADED_RTREE": "NO"}


def write_layer(frame: gpd.GeoDataFrame, path: Path, name: str) -> None:
    """Write a layer with all its columns in its own CRS; the format is told by the suffix of ``path``.

    Raises:
        OutputError: GDAL cannot write it.
    """
    suffix = path.suffix.lower()
    frame = frame.rename(columns=distinct_names(frame.columns) if suffix == ".gpkg" else {})
    for column in frame.select_dtypes(["str", "object"]).columns:
        frame[column] = frame[column].map(plain, na_action="ignore")
    indexed = {"SPATIAL_INDEX": "NO"} if suffix == ".fgb" else {}  # FlatGeobuf indexes no missing geometry
    try:
        with undated():
            pyogrio.write_dataframe(frame, path, layer=name, driver=DRIVERS[suffix], layer_options=indexed)
    except GDAL_ERRORS as error:
        raise OutputError(
            f"{path.name} cannot be written: {error}", "choose another format or place"
        ) from error


@contextmanager
def undated() -> Iterator[None]:
    """GDAL writes a moment of its own, not that of the clock."""
    pyogrio.set_gdal_config_options(_UNDATED)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(_UNDATED))
