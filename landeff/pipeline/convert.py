"""One layer from a file into another: 界址点坐标 to and from the formats of GIS."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.boundary_points import AREA, CLASS, DATE, ID, LEVEL, LONG, NAME, OFFICE, SHEET, USE, on_grid
from landeff.core.errors import InputError, LandeffError, OutputError
from landeff.core.issues import Issue, issues_frame
from landeff.core.shift import find_shift
from landeff.measure.area import fit_area_scale
from landeff.publish.boundary_points import chosen_digits, write_boundary_points
from landeff.publish.layer_file import DRIVERS, write_layer
from landeff.sources.columns.headers import propose
from landeff.sources.crs.settle import crs_text, missing_crs, parse_crs
from landeff.sources.readers import Raw, read

_TXT = ".txt"
_CELLS = (ID, NAME, AREA, SHEET, USE, CLASS, LEVEL, *LONG)
#: Columns of a GIS layer by what they are called there → cell of the format.
_AKIN = {
    "DKBH": ID,
    "DKMC": NAME,
    "宗地名称": NAME,
    "项目名称": NAME,
    "XMMC": NAME,
    "TFH": SHEET,
    "DKYT": USE,
    "DLBM": CLASS,
}
_MEANT = {"parcel_id": ID, "land_use": USE, "land_use_code": CLASS}
_SURE = 0.95


def convert(
    source: str | Path,
    target: str | Path,
    *,
    crs: str | None = None,
    layer: str | None = None,
    encoding: str = "gb18030",
    columns: Mapping[str, str] | None = None,
    source_crs: str | None = None,
    source_encoding: str | None = None,
    office: str | None = None,
    date: str | None = None,
    digits: int | None = None,
) -> pd.DataFrame:
    """Write one vector layer of ``source`` as ``target``: .txt (界址点坐标), .gpkg, .geojson or .fgb.

    Areas that a .txt states for the first time are ellipsoidal. Superseded datums are only converted between
    formats, never transformed roughly.

    Args:
        crs: system of the target; by default that of the source.
        layer: which one, where the source holds several.
        encoding: of a .txt written, ``gb18030`` or ``utf-8``.
        columns: column of the source → cell of the .txt (``{"ZDH": "地块编号"}``).
        source_crs, source_encoding: declared of the source; they win over what it says.
        office, date: 数据产生单位 and 数据产生日期; by default those of a .txt read, else empty.
        digits: decimals of coordinates in a .txt.

    Returns:
        What had to be decided, a table of issues (:func:`landeff.core.issues.issues_frame`).

    Raises:
        InputError: the source cannot be read as a layer, or not be brought into the system.
        OutputError: the target exists, is of another format, or cannot be written.
    """
    source, target = Path(source), Path(target)
    _check(target)
    raw = read(source, layer=layer, encoding=source_encoding, crs=source_crs)
    frame, issues = _placed(raw, crs)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".convert") as folder:
        made = Path(folder) / target.name
        if target.suffix.lower() == _TXT:
            frame, taken = _named(frame, columns or {}, raw.name)
            head = {key: value for key, value in ((OFFICE, office), (DATE, date)) if value is not None}
            area, digits = _area_m2(frame, digits), chosen_digits(frame, digits)
            told = write_boundary_points(
                frame, made, encoding=encoding, area_m2=area, digits=digits, head=head
            )
            issues += [*taken, *told]
        else:
            write_layer(frame, made, target.stem)
        made.rename(target)
    return issues_frame(issues)


def _check(target: Path) -> None:
    known = (_TXT, *DRIVERS)
    if target.suffix.lower() not in known:
        raise OutputError(
            f"{target.name}: {target.suffix or 'no suffix'} is not written.", f"use {', '.join(known)}"
        )
    if target.exists():
        raise OutputError(f"{target} exists.", "choose another name; nothing was overwritten")
    if not target.parent.is_dir():
        raise OutputError(f"there is no folder {target.parent}.", "make it, or choose another place")


def _placed(raw: Raw, crs: str | None) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """The layer in the wanted system."""
    if not isinstance(raw.frame, gpd.GeoDataFrame):
        raise InputError(f"{raw.name} is a table without geometries.", "name a vector layer")
    if raw.crs is None:
        error = missing_crs(raw.name)
        raise InputError(error.problem, "name it: source_crs, or --from-crs on the command line")
    frame = raw.frame.set_crs(raw.crs, allow_override=True)
    issues = list(raw.issues)
    wanted = crs_text(parse_crs(crs, "crs")) if crs is not None else raw.crs
    if wanted == raw.crs:
        return frame, issues
    try:
        shift = find_shift(raw.crs, wanted)
    except LandeffError as error:
        raise InputError(f"{raw.name}: {error.problem}", error.fix) from None
    moved = shift.geometries(np.asarray(frame.geometry, dtype=object))
    if shift.equated is not None:
        decision = f"{shift.equated[0]} and {shift.equated[1]} taken as one; they differ by decimetres"
        fix = "where decimetres matter, deliver the layer in CGCS2000"
        issues.append(
            Issue("info", "datums_equated", "", decision, value=wanted, source_file=raw.name, fix=fix)
        )
    geometry = gpd.GeoSeries(moved, index=frame.index, crs=wanted)
    return frame.set_geometry(geometry.rename(frame.geometry.name)), issues


def _named(
    frame: gpd.GeoDataFrame, columns: Mapping[str, str], name: str
) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Columns under the names of the cells: as asked, else where their header is known beyond doubt."""
    headers = [str(column) for column in frame.columns if column != frame.geometry.name]
    for header, cell in columns.items():
        if header not in headers:
            raise InputError(
                f"{name} has no column {header!r}.", f"its columns are: {', '.join(headers[:40])}"
            )
        if cell not in _CELLS:
            raise InputError(f"{cell!r} is no cell of the format.", f"use one of {', '.join(_CELLS)}")
    chosen = dict(columns)
    likely = {
        each.header: _MEANT.get(each.to or "") for each in propose(headers, "parcels") if each.score >= _SURE
    }
    for header in headers:
        cell = _AKIN.get(header.upper(), likely.get(header) or "")
        if cell and header not in chosen and cell not in headers and cell not in chosen.values():
            chosen[header] = cell
    shown = [f"{header} → {cell}" for header, cell in chosen.items() if header not in columns]
    issues = [Issue("info", "column_taken", "", "written as", value=each, source_file=name) for each in shown]
    return frame.rename(columns=chosen), issues


def _area_m2(frame: gpd.GeoDataFrame, digits: int | None) -> npt.NDArray[np.float64]:
    """Ellipsoidal area of what is written, on the grid of its coordinates."""
    shapes = on_grid(np.asarray(frame.geometry, dtype=object), chosen_digits(frame, digits))
    bounds = frame.total_bounds
    if not np.isfinite(bounds).all():
        return np.full(len(frame), np.nan)
    west, south, east, north = (float(each) for each in bounds)
    return fit_area_scale(frame.crs.to_wkt(), (west, south, east, north)).area_m2(shapes)
