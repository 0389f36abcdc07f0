"""Laying the layers of a project down in its coordinate system, each by the way its source allows."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import cast

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from landeff.core.datums import is_shifted
from landeff.core.errors import InputError
from landeff.core.issues import Issue, Severity
from landeff.core.shift import Box, Move, Shift, area_of, find_shift, move, move_box
from landeff.pipeline.config import Config, Source
from landeff.sources.crs.infer import CHINA, inside, layer_box, prefix_of, swapped
from landeff.sources.crs.parameters import Parameters, read_parameters, through
from landeff.sources.crs.place import Laid, locate
from landeff.sources.crs.provinces import Place, place_of
from landeff.sources.crs.settle import shifted_crs, shown
from landeff.sources.readers import Raw

#: Formats that are longitude and latitude of WGS 84 by their standards, whatever a map service put into them;
#: Web Mercator is the same, in the plane of those maps.
_ALWAYS_WGS84 = (".geojson", ".json", ".kml", ".kmz")
_TELLING_ACCURACY_M = 1.0
_LONGEST_NAME = 60


@dataclasses.dataclass(frozen=True, slots=True)
class Placed:
    """How a source gets into the project's system.

    Attributes:
        crs: the system its coordinates are in, settled.
        target: the project's.
        ways: functions of x and y that take it there, one after the other; none where it is there already.
        laid: where it lies, ``None`` without coordinates.
        parameters: name and digest of the parameter file used, if any.
    """

    crs: str
    target: str
    ways: tuple[Move, ...]
    issues: tuple[Issue, ...]
    laid: Laid | None
    parameters: tuple[str, str] | None = None

    def move(self, frame: pd.DataFrame) -> gpd.GeoDataFrame:
        """Rows with their ``geometry`` in the project's system."""
        shapes = np.asarray(frame["geometry"], dtype=object)
        for way in self.ways:
            shapes = move(shapes, way)
        plain = pd.DataFrame(frame).assign(geometry=shapes)
        return gpd.GeoDataFrame(plain, geometry="geometry", crs=self.target)


def uninferred(raw: Raw) -> Raw:
    """A layer without what its eastings look like: the office's parameters say what they are."""
    issues = tuple(issue for issue in raw.issues if issue.code != "crs_inferred")
    return raw if len(issues) == len(raw.issues) else dataclasses.replace(raw, crs=None, issues=issues)


def place_layer(raw: Raw, source: Source, config: Config) -> Placed:
    """Find the way of a layer to the project's CRS, without PROJ's ballpark transformation.

    Raises:
        InputError: its system has to be declared, cannot be right, or has no honest way to the project's.
    """
    if source.crs is not None and is_shifted(source.crs):
        raise shifted_crs(source.name, source.crs)
    box = layer_box(np.asarray(cast("gpd.GeoDataFrame", raw.frame).geometry, dtype=object))
    ways: list[Move] = []
    issues: list[Issue] = []
    if source.axes == "yx":
        _refuse_needless_exchange(box, source)
        ways.append(lambda x, y: (y, x))
        box = swapped(box) if box else None
        issues.append(Issue("info", "axes_swapped", "", 'x and y exchanged, as axes = "yx" declares'))
    if source.transform is not None:
        parameters = read_parameters(source.transform, raw.crs)
        ways.append(through(parameters, config.crs))
        issues.append(_transformed(parameters))
        laid = _laid_in_project(move_box(box, ways[-1]) if box else None, source, config)
        crs, used = raw.crs or config.crs, (parameters.name, parameters.sha256)
        return Placed(crs, config.crs, tuple(ways), _named(issues, source), laid, used)
    located = locate(source.name, box, raw.crs, _place(config), config.crs)
    shift = _shift(located.crs, config.crs, located.degrees, source.name)
    issues += [*located.issues, *_told(shift, raw, source, located.degrees)]
    laid = None
    if box is not None and located.degrees is not None and np.isfinite(located.degrees).all():
        laid = Laid(source.name, source.table, located.crs, box, located.degrees)
    ways += [shift] if shift.steps else []
    return Placed(located.crs, config.crs, tuple(ways), _named(issues, source), laid)


def _refuse_needless_exchange(box: Box | None, source: Source) -> None:
    """Refuse ``axes = "yx"`` of a layer whose numbers stand as they should, metres with a zone number."""
    if box is not None and prefix_of(box):
        raise InputError(
            f'{source.name}: axes = "yx" is declared, but eastings stand in x ({shown(box)}).',
            "leave axes out of the source",
        )


def _transformed(parameters: Parameters) -> Issue:
    """What is told of the office's own parameters: name, digest, fit to their check points."""
    return Issue(
        "info",
        "local_transform",
        "",
        f"transformed by the office's parameters; {parameters.n_checked} check points met within "
        f"{max(parameters.worst_m, 0.001):.3f} m",
        value=f"{parameters.name} sha256 {parameters.sha256[:12]}",
    )


def _place(config: Config) -> Place | None:
    return place_of(config.extent, config.district_code)


def _shift(crs: str, target: str, at: Box | None, name: str) -> Shift:
    try:
        return find_shift(crs, target, area_of(at) if at else None)
    except InputError as error:
        raise InputError(f"{name}: {error.problem}", error.fix) from None


def _told(shift: Shift, raw: Raw, source: Source, at: Box | None) -> list[Issue]:
    """What was done between the datums, and what a format alone says about its degrees."""
    issues = list(wgs84_by_format(raw, at)) if source.crs is None else []
    if shift.equated is not None:
        decision = f"{shift.equated[0]} and {shift.equated[1]} taken as one; they differ by decimetres"
        fix = "where decimetres matter, deliver the layer in CGCS2000"
        value = source.crs or raw.crs or ""
        value = value if len(value) < _LONGEST_NAME else CRS(value).name  # a system without code is its WKT
        issues.append(Issue("info", "datums_equated", "", decision, value=value, fix=fix))
    if shift.operation:
        is_rough = not shift.accuracy_m <= _TELLING_ACCURACY_M
        decision = f"transformed between datums by PROJ to within {shift.accuracy_m:g} m"
        better = f"install the grid of {shift.better!r}, or " if shift.better else ""
        fix = f"{better}deliver the layer in the system of the project"
        severity: Severity = "warning" if is_rough else "info"
        value = shift.operation[:200]
        issues.append(Issue(severity, "datum_shifted", "", decision, value=value, fix=fix))
    return issues


def wgs84_by_format(raw: Raw, at: Box | None) -> tuple[Issue, ...]:
    """What to tell of degrees in China that are WGS 84 because the format of the file knows no other.

    Args:
        at: where the layer lies, in degrees.
    """
    suffix = Path(raw.name).suffix.lower()  # of a zip, that of the file inside
    by = "EPSG:3857" if raw.crs == "EPSG:3857" else suffix
    is_by_format = by == "EPSG:3857" or (suffix in _ALWAYS_WGS84 and raw.crs == "EPSG:4326")
    if not is_by_format or not at or not inside(at, CHINA):
        return ()
    decision = f"taken as WGS 84, as the format {by} prescribes, though nobody said so"
    fix = "an internet map is GCJ-02 or BD-09: get the layer in CGCS2000; else declare crs"
    return (Issue("warning", "wgs84_by_format", "", decision, value=shown(at), fix=fix),)


def _named(issues: list[Issue], source: Source) -> tuple[Issue, ...]:
    return tuple(dataclasses.replace(issue, table=source.table, source_file=source.name) for issue in issues)


def _laid_in_project(box: Box | None, source: Source, config: Config) -> Laid | None:
    """Where a layer moved by parameters lies; its own numbers tell no other reading.

    Raises:
        InputError: outside the place of the project.
    """
    if box is None:
        return None
    located = locate(source.name, box, config.crs, _place(config), config.crs)
    if located.degrees is None:
        return None
    return Laid(source.name, source.table, config.crs, box, located.degrees)
