"""Areas of one file by every method side by side, without a project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS

from landeff.core.errors import InputError
from landeff.core.issues import issues_frame
from landeff.core.shift import to_degrees
from landeff.core.units import UNITS, unit_of
from landeff.measure.area import fit_area_scale
from landeff.measure.geodesic_area import geodesic_area_m2
from landeff.measure.survey_area import survey_area_m2
from landeff.pipeline.placing import wgs84_by_format
from landeff.sources.columns.cells import number
from landeff.sources.columns.headers import unit_in_label
from landeff.sources.crs.infer import layer_box
from landeff.sources.crs.settle import missing_crs
from landeff.sources.readers import read

Floats = npt.NDArray[np.float64]


def areas(
    path: str | Path,
    *,
    crs: str | None = None,
    layer: str | None = None,
    key: str | None = None,
    registered: str | None = None,
    unit: str | None = None,
) -> pd.DataFrame:
    """Area of each polygon of a file on the ellipsoid, by the survey formula and between geodesics.

    Args:
        path: any vector file landeff reads.
        crs: declared CRS; wins over the file's own.
        layer: which one, where the file holds several.
        key: column that names a polygon; by default rows are counted.
        registered: column with the area to compare, in ``unit`` or the unit its header names.

    Returns:
        One row a feature: ``key``, ``source_row``, ``area_m2`` (ellipsoidal, edges straight in the CRS of the
        file: the one landeff uses), ``survey_m2`` (edges straight in degrees), ``geodesic_m2``,
        ``planar_ppm`` (by how much the plane of the CRS exaggerates; missing in degrees and for invalid
        polygons; only compared),
        ``registered_m2`` and ``registered_difference_m2``, and ``problem`` (why a polygon is invalid). NaN
        where there is no polygon. ``attrs["issues"]`` is the table of what had to be decided on reading.

    Raises:
        InputError: the file cannot be read, holds no polygons, or does not say in which CRS.
    """
    raw = read(Path(path), layer=layer, crs=crs)
    if not isinstance(raw.frame, gpd.GeoDataFrame):
        raise InputError(f"{raw.name} holds no geometries.", "name a vector file, or another layer")
    if raw.crs is None:
        raise missing_crs(raw.name)
    frame = raw.frame.set_crs(raw.crs, allow_override=True)
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    is_land = np.isin(shapely.get_type_id(shapes), (3, 6)) & np.isfinite(shapely.bounds(shapes)).all(axis=1)
    if not is_land.any():
        faults = [
            f"; row {each.source_row}: {each.decision}" for each in raw.issues if each.severity == "error"
        ]
        told = f"{raw.name} holds no polygons{''.join(faults[:1])}."
        raise InputError(told, "name another file or layer, or correct it")
    made = _measured(np.asarray(np.where(is_land, shapes, None), dtype=object), raw.crs)
    table = pd.DataFrame(
        {
            "key": _column(frame, key, raw.name).astype("str") if key else raw.rows.astype("str"),
            "source_row": raw.rows,
            **made,
        }
    )
    if registered:
        stated = _registered(_column(frame, registered, raw.name), registered, unit, raw.name)
        table["registered_m2"] = stated
        table["registered_difference_m2"] = stated - table["area_m2"]
    is_nothing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    problem = np.where(
        is_land, shapely.is_valid_reason(shapes), np.where(is_nothing, "empty", "not a polygon")
    )
    table["problem"] = pd.Series(problem, dtype="str").replace("Valid Geometry", "")
    degrees = to_degrees(raw.crs).box(layer_box(shapes[is_land]) or (0.0, 0.0, 0.0, 0.0))
    doubts = () if crs else wgs84_by_format(raw, degrees)
    table.attrs["issues"] = issues_frame(
        [*raw.issues, *(replace(each, source_file=raw.name) for each in doubts)]
    )
    return table


def _measured(shapes: npt.NDArray[np.object_], crs_text: str) -> dict[str, Floats]:
    crs = CRS.from_user_input(crs_text)
    degrees = crs.geodetic_crs
    if degrees is None:
        raise InputError(f"{crs_text} has no ellipsoid.", "declare a geographic or projected CRS")
    area = fit_area_scale(crs_text, tuple(shapely.total_bounds(shapes).tolist())).area_m2(shapes)
    lonlat = gpd.GeoSeries(shapes, crs=crs).to_crs(degrees).to_numpy()
    plane = shapely.area(shapes) * crs.axis_info[0].unit_conversion_factor ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        ppm = np.where(crs.is_projected & shapely.is_valid(shapes), (plane / area - 1) * 1e6, np.nan)
    name = degrees.to_string()
    return {
        "area_m2": area,
        "survey_m2": survey_area_m2(lonlat, crs=name),
        "geodesic_m2": geodesic_area_m2(lonlat, crs=name),
        "planar_ppm": ppm,
    }


def _column(frame: pd.DataFrame, name: str, file: str) -> pd.Series:
    if name not in frame:
        columns = ", ".join(str(each) for each in frame.columns if each != "geometry")
        raise InputError(f"{file} has no column {name!r}.", f"use one of: {columns}")
    return frame[name].reset_index(drop=True)


def _registered(values: pd.Series, header: str, unit: str | None, file: str) -> pd.Series:
    """Stated areas in m²; what is no number is missing."""
    named = unit or unit_in_label(header)[1]
    known = unit_of(named) if named else None
    if known is None or known.dimension != "area":
        wrong = f"{named!r} is no unit of area" if named else f"the unit of {header!r} is not stated"
        choices = ", ".join(name for name, each in UNITS.items() if each.dimension == "area")
        raise InputError(f"{file}: {wrong}.", f"give one, e.g. --unit 亩 (known are {choices})")
    parsed = number(values)
    wrong_cells = parsed.defects.get("not_a_number")
    if wrong_cells is not None and wrong_cells.any():
        row = int(np.flatnonzero(wrong_cells)[0])
        raise InputError(
            f"{file}: {header!r} holds {int(wrong_cells.sum())} values that are no numbers, the first is "
            f"{values.iloc[row]!r} in row {row + 1}.",
            "correct them, or name another column",
        )
    return parsed.values.astype("float64") * known.factor
