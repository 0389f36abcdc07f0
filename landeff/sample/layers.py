"""Layers as an office hands them over: a GBK shapefile without ``.cpg``, and GeoPackages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pyogrio

_MADE_ON = "2025-01-01T00:00:00.000Z"
_DBF_DATE = bytes((125, 1, 1))  # years since 1900, month, day
_DBF_LANGUAGE_BYTE = 29


@contextmanager
def _fixed_clock() -> Iterator[None]:
    """GDAL stamps GeoPackages with the time of writing, unless told another."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _MADE_ON})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def write_geopackage(path: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Write layers by name; a file that is there already is replaced."""
    path.unlink(missing_ok=True)
    with _fixed_clock():
        for number, (name, layer) in enumerate(layers.items()):
            pyogrio.write_dataframe(
                layer, path, layer=name, driver="GPKG", append=number > 0,
                promote_to_multi=True, layer_options={"SPATIAL_INDEX": "NO"},
            )  # fmt: skip


def write_shapefile(path: Path, layer: gpd.GeoDataFrame, *, has_cpg: bool = False) -> None:
    """Write GBK attributes; but for a ``.cpg`` nothing says so, not even the byte of the ``.dbf``."""
    for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
        path.with_suffix(suffix).unlink(missing_ok=True)
    pyogrio.write_dataframe(
        layer, path, driver="ESRI Shapefile", encoding="GBK", layer_options={"RESIZE": "YES"}
    )
    if not has_cpg:
        path.with_suffix(".cpg").unlink(missing_ok=True)
    with path.with_suffix(".dbf").open("r+b") as dbf:
        dbf.seek(1)
        dbf.write(_DBF_DATE)
        dbf.seek(_DBF_LANGUAGE_BYTE)
        dbf.write(b"\0")
