"""Layers that are drawn on the map for comparison by eye, and that nothing measures."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS

from landeff.core.datums import is_shifted, spoken_system
from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.shift import to_map_degrees
from landeff.core.tables import COMPARISON, TABLES
from landeff.pipeline.config import Config, Source
from landeff.pipeline.placing import place_layer, uninferred
from landeff.sources.columns.mapping import to_table
from landeff.sources.crs.infer import layer_box, swapped
from landeff.sources.crs.place import locate
from landeff.sources.crs.provinces import place_of
from landeff.sources.crs.settle import crs_label
from landeff.sources.readers import Raw

#: Readers see shifted degrees as plain ones; nothing ever moves them.
_DEGREES = "EPSG:4490"
_COLUMNS = {"name": "str", "source_file": "str", "source_row": "Int64", "crs_declared": "str"}
#: What readers say of the system that stood in for the shifted one.
_OF_THE_STAND_IN = ("crs_inferred", "crs_overridden")
Shapes = npt.NDArray[np.object_]


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """One layer for comparison, the digest of its file, and those of its parameters."""

    frame: gpd.GeoDataFrame
    issues: tuple[Issue, ...]
    sha256: str
    parameters: tuple[str, str] | None = None


def comparison_layer(source: Source, config: Config, read: Callable[[Source], Raw]) -> Compared:
    """Read a layer for comparison into the degrees of the map.

    GCJ-02 and BD-09 stay the degrees they are; any other system is brought there as layers are that count.

    Raises:
        InputError: it cannot be read, has no outlines, or is nowhere near the project; its system has to be
            declared; a shifted one has ``transform``, or is not in degrees.
    """
    if source.crs is None or not is_shifted(source.crs):
        return _of_true_system(source, config, read(source))
    name = spoken_system(source.crs) or source.crs
    if source.transform is not None:
        raise InputError(
            f"{source.name} is in {name}, which is never shifted back.",
            "leave transform out of the source",
        )
    try:
        return _of_shifted(source, config, read(dataclasses.replace(source, crs=_DEGREES)), name)
    except InputError as error:
        stand_in = crs_label(CRS.from_user_input(_DEGREES))
        raise InputError(error.problem.replace(stand_in, f"degrees of {name}"), error.fix) from None


def joined(frames: Iterable[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """All layers for comparison as one table, in an order that does not depend on that of the rows."""
    parts = list(frames)
    if not parts:
        empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})
        return gpd.GeoDataFrame(empty, geometry=gpd.GeoSeries([]))
    rows = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry")
    order = rows.assign(shape=shapely.to_wkb(rows.geometry.to_numpy(), hex=True))
    by = ["source_file", "crs_declared", "name", "shape", "source_row"]
    return rows.loc[order.sort_values(by, kind="stable").index].reset_index(drop=True)


def _of_shifted(source: Source, config: Config, raw: Raw, name: str) -> Compared:
    raw = dataclasses.replace(
        raw, crs=_DEGREES, issues=tuple(each for each in raw.issues if each.code not in _OF_THE_STAND_IN)
    )
    rows, issues = _rows(raw, source)
    shapes = np.asarray(rows["geometry"], dtype=object)
    box = layer_box(shapes)
    if source.axes == "yx":
        shapes = shapely.transform(shapes, lambda xy: xy[:, ::-1])
        box = swapped(box) if box else None
    # A shift of some hundred metres is far below what the box of a project leaves room for.
    place = place_of(config.extent, config.district_code)
    locate(source.name, box, _DEGREES, place, config.crs)
    decision = f"drawn in the degrees of {name} as they are, for comparison by eye; measured by nothing"
    fix = "to measure it, get the layer in CGCS2000 from its maker"
    return _compared(rows, shapes, name, (raw, issues), _only(source, name, len(rows), decision, fix))


def _of_true_system(source: Source, config: Config, raw: Raw) -> Compared:
    raw = uninferred(raw) if source.transform is not None else raw
    if not isinstance(raw.frame, gpd.GeoDataFrame):
        _rows(dataclasses.replace(raw, crs=config.crs), source)  # says that it has no outlines
    placed = place_layer(raw, source, config)
    raw = dataclasses.replace(raw, crs=placed.crs, issues=(*raw.issues, *placed.issues))
    rows, issues = _rows(raw, source)
    moved = np.asarray(placed.move(rows).geometry, dtype=object)
    shapes = to_map_degrees(config.crs).geometries(moved)
    name = source.crs or ""
    decision = "drawn on the map for comparison by eye; measured by nothing"
    fix = "to measure it, name it under the table it belongs to"
    only = _only(source, name or placed.crs, len(rows), decision, fix)
    made = _compared(rows, shapes, name, (raw, issues), only)
    return dataclasses.replace(made, parameters=placed.parameters)


def _rows(raw: Raw, source: Source) -> tuple[pd.DataFrame, tuple[Issue, ...]]:
    mapped = to_table(raw, TABLES[COMPARISON], source.columns, defaults={})
    return pd.DataFrame(mapped.frame), mapped.issues


def _compared(
    rows: pd.DataFrame, shapes: Shapes, crs: str, read: tuple[Raw, tuple[Issue, ...]], only: Issue
) -> Compared:
    raw, issues = read
    flat = shapely.force_2d(shapes)
    plain = rows.assign(crs_declared=crs or None).reindex(columns=list(_COLUMNS)).astype(_COLUMNS)
    # No system is claimed for them: GCJ-02 has none, and a wrong one would invite measuring.
    frame = gpd.GeoDataFrame(plain, geometry=gpd.GeoSeries(flat, index=plain.index))
    told = [*raw.issues, *issues, only, *_not_drawn(flat, only)]
    return Compared(frame, tuple(told), raw.sha256)


def _only(source: Source, crs: str, n: int, decision: str, fix: str) -> Issue:
    value = crs if len(crs) < 60 else crs_label(CRS.from_user_input(crs))
    return Issue(
        "info", "comparison_only", COMPARISON, decision, value=value, source_file=source.name, fix=fix, n=n
    )


def _not_drawn(shapes: Shapes, only: Issue) -> list[Issue]:
    """What to tell of rows without an outline: missing, empty, points, or without finite coordinates."""
    has_outline = np.isin(shapely.get_dimensions(shapes), (1, 2))
    n = int((~(has_outline & np.isfinite(shapely.bounds(shapes)).all(axis=1))).sum())
    decision, fix = "not drawn: neither lines nor polygons", "deliver the outlines as lines or polygons"
    told = dataclasses.replace(only, severity="warning", decision=decision, fix=fix, n=n)
    return [told] if n else []
