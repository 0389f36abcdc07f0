"""Raster evidence: what the rasters of a project say of its parcels and zones, with how well they know it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from landeff.core.errors import ConfigError, InputError
from landeff.core.grid import Grid
from landeff.core.issues import Issue, Severity
from landeff.core.shift import Box, to_degrees
from landeff.core.text import Term
from landeff.measure.zonal import CATEGORICAL, has_exactextract, zonal_statistics
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.raster_config import RasterInput, labels_of, open_input
from landeff.pipeline.steps import Progress
from landeff.sources.raster import RasterFile

_TEXTS = (
    "parcel_id",
    "zone_id",
    "raster",
    "statistic",
    "class",
    "class_name",
    "unit",
    "method",
    "source_file",
)
_NUMBERS = ("value", "cells", "covered_ratio", "nodata_ratio")
_ORDER = (
    "parcel_id",
    "zone_id",
    "raster",
    "statistic",
    "class",
    "class_name",
    "value",
    "unit",
    "cells",
    "covered_ratio",
    "nodata_ratio",
    "method",
    "observed_on",
    "source_file",
)
_SHOWN = 5  # keys named in an issue


def raster_evidence(
    land: Land, inputs: Inputs, config: Config, progress: Progress = lambda step: None
) -> tuple[Land, pd.DataFrame]:
    """Read every ``[[rasters]]`` of the project under its parcels or zones.

    Doubts are added to ``inputs.issues``.

    Returns:
        ``land`` with a column ``raster_<name>`` on the parcels for each figure that is one number (NaN where
        less than ``min_covered_ratio`` of the parcel has data), ``raster_<name>_cells`` (how many cells
        the parcel has), ``raster_<name>_on`` (when it was observed), and the table ``parcel_raster``.

    Raises:
        InputError: a raster does not touch the land, or its values contradict what is asked of it.
        ConfigError: the parcels have a column of the same name already.
    """
    parcels, frames = land.parcels, [empty_evidence()]
    for entry in config.rasters:
        progress(f"{Term('栅格证据', 'raster evidence').text(config.lang)} {entry.name}")
        rows = _figures(entry, land, inputs, config)
        frames.append(rows)
        column = f"raster_{entry.name}"
        if entry.of == "zones" or entry.kind == "classes":
            continue
        if column in parcels.columns:
            raise ConfigError(
                f"the parcels have a column {column} already.", "choose another name for the raster"
            )
        known = rows["value"].where(rows["covered_ratio"] >= entry.min_covered_ratio)
        by_parcel = known.set_axis(rows["parcel_id"])
        told = rows.assign(value=by_parcel.to_numpy()).set_index("parcel_id")
        told = told[["value", "cells", "observed_on"]].reindex(parcels["parcel_id"])
        names = dict(zip(told, (column, f"{column}_cells", f"{column}_on"), strict=True))
        parcels = parcels.assign(**{name: told[part].to_numpy() for part, name in names.items()})
    if config.rasters and not has_exactextract():
        inputs.issues.append(_fallback())
    table = pd.concat(frames, ignore_index=True)
    by = ["parcel_id", "zone_id", "raster", "statistic", "class"]
    return dataclasses.replace(land, parcels=parcels), table.sort_values(by, ignore_index=True)


def empty_evidence() -> pd.DataFrame:
    """``parcel_raster`` without rows."""
    kinds = {
        **dict.fromkeys(_TEXTS, "str"),
        **dict.fromkeys(_NUMBERS, "float64"),
        "observed_on": "datetime64[s]",
    }
    return pd.DataFrame({name: pd.Series(dtype=kinds[name]) for name in _ORDER})


def _figures(entry: RasterInput, land: Land, inputs: Inputs, config: Config) -> pd.DataFrame:
    """The rows of one entry, in the columns of ``parcel_raster``."""
    layer, key = (land.zones, "zone_id") if entry.of == "zones" else (land.parcels, "parcel_id")
    with open_input(entry) as raster:
        told = zonal_statistics(
            layer.geometry.to_numpy(),
            raster,
            entry.kind,
            crs=config.crs,
            classes=entry.classes,
            per=entry.per,
        )
        observed_on = entry.observed_on or raster.written_on
        file, band = raster.name, raster.band
        doubts = _file_issues(entry, raster, told["value"])
    if not (told["covered_ratio"] + told["nodata_ratio"]).gt(0).any():
        raise _elsewhere(entry, file, raster.grid, layer, config.crs)
    told[key] = layer[key].to_numpy()[told["position"].to_numpy()]
    inputs.issues += doubts
    inputs.issues += _date_issues(entry, file, observed_on, config.as_of)
    inputs.issues += _coverage_issues(entry, file, key, told.drop_duplicates("position"))
    codes = _codes(entry, told)
    told = told.assign(
        raster=entry.name,
        statistic=entry.kind,
        class_name=_names(entry, codes),
        unit=entry.unit,
        observed_on=observed_on,
        source_file=file if band == 1 else f"{file} band {band}",
        **{"class": codes},
    )
    empty = empty_evidence()
    return told.reindex(columns=list(empty.columns)).astype(empty.dtypes.to_dict())


def _file_issues(entry: RasterInput, raster: RasterFile, values: pd.Series[float]) -> list[Issue]:
    """What the file itself says against what is asked of it."""
    found = []
    if raster.own_crs:
        declared = CRS.from_user_input(raster.grid.crs).name
        decision = f"{declared} used as declared, though the file says {raster.own_crs}"
        fix = "if the file is right, leave crs out of the source"
        found.append(_issue("warning", "crs_overridden", entry, raster.name, decision, fix))
    if raster.has_palette and entry.kind not in CATEGORICAL:
        decision = (
            f"{entry.kind} taken of the numbers, though the file draws them by a colour table, as classes"
        )
        fix = 'if they are classes, ask for kind = "classes", "majority" or "class_share"'
        found.append(_issue("warning", "raster_palette", entry, raster.name, decision, fix))
    if entry.kind == "class_share" and values.notna().any() and not values.gt(0).any():
        decision = f"share 0 everywhere: no {entry.of} have any of the classes asked for"
        fix = 'compare the codes: kind = "classes" lists those there are'
        shown = ", ".join(map(str, entry.classes))
        found.append(_issue("warning", "raster_class_absent", entry, raster.name, decision, fix, shown))
    return found


def _elsewhere(entry: RasterInput, file: str, grid: Grid, layer: gpd.GeoDataFrame, crs: str) -> InputError:
    right, bottom = grid.left + grid.n_columns * grid.cell_width, grid.top - grid.n_rows * grid.cell_height
    there = _lonlat(to_degrees(grid.crs).box((grid.left, bottom, right, grid.top)))
    here = _lonlat(to_degrees(crs).box(tuple(layer.total_bounds.tolist())))
    return InputError(
        f"{file} (rasters.{entry.name}) does not touch the {entry.of}: read as "
        f"{CRS.from_user_input(grid.crs).name} it lies at {there}; they at {here}.",
        "choose a raster of the place; if it is one, its coordinate system is wrong: declare crs",
    )


def _lonlat(box: Box) -> str:
    west, south, east, north = box
    if not np.isfinite(box).all():
        return "no place on Earth"
    return f"{west:.2f}–{east:.2f}°E, {south:.2f}–{north:.2f}°N"


def _codes(entry: RasterInput, told: pd.DataFrame) -> pd.Series[str]:
    """Codes as text; those asked for where a share of classes is."""
    if entry.kind == "class_share":
        return pd.Series(",".join(map(str, entry.classes)), index=told.index, dtype="str")
    code = told["value"] if entry.kind == "majority" else told["class"]
    return code.astype("Int64").astype("str").where(code.notna())


def _names(entry: RasterInput, codes: pd.Series[str]) -> pd.Series[str]:
    names = labels_of(entry)
    if entry.kind == "class_share":
        names = {
            ",".join(map(str, entry.classes)): "、".join(names.get(str(c), str(c)) for c in entry.classes)
        }
    return codes.map(names).astype("str")


def _date_issues(
    entry: RasterInput, file: str, observed_on: dt.date | None, as_of: dt.date
) -> Iterator[Issue]:
    def issue(severity: Severity, code: str, decision: str, fix: str) -> Issue:
        return _issue(severity, code, entry, file, decision, fix)

    if observed_on is None:
        yield issue("warning", "raster_date_missing", "its figures carry no date", "declare observed_on")
    elif entry.observed_on is None:
        decision = f"dated {observed_on} by the time stamp in the file, which may be when it was written"
        yield issue("info", "raster_date_from_file", decision, "declare observed_on")
    if observed_on is not None and observed_on > as_of:
        decision = f"used, though observed on {observed_on}, after the as-of date {as_of}"
        yield issue("warning", "raster_after_as_of", decision, "use an older raster, or a later as_of")


def _coverage_issues(entry: RasterInput, file: str, key: str, told: pd.DataFrame) -> Iterator[Issue]:
    covered, drawn = told["covered_ratio"], told["cells"] > 0
    doubts: tuple[tuple[Severity, str, pd.Series[bool], str, str], ...] = (
        (
            "warning",
            "raster_no_data",
            covered == 0,
            "figure unknown: no cell has data there",
            "obtain a raster that covers them",
        ),
        (
            "warning",
            "raster_partly_covered",
            (covered > 0) & (covered < entry.min_covered_ratio),
            f"figure is of the part with data; unknown to rules, which ask for {entry.min_covered_ratio:g}",
            "obtain a raster that covers them, or declare min_covered_ratio",
        ),
        (
            "info",
            "raster_coarse",
            drawn & (told["cells"] < 1),
            "smaller than one cell: thin evidence",
            "use a finer raster",
        ),
    )
    for severity, code, rows, decision, fix in doubts:
        if rows.any():
            keys = sorted(told.loc[rows, key].astype(str))
            shown = ", ".join(keys[:_SHOWN]) + (", …" if len(keys) > _SHOWN else "")
            yield _issue(severity, code, entry, file, decision, fix, shown, len(keys))


def _issue(
    severity: Severity,
    code: str,
    entry: RasterInput,
    file: str,
    decision: str,
    fix: str,
    value: str = "",
    n: int = 1,
) -> Issue:
    return Issue(
        severity, code, "rasters", decision, key=entry.name, value=value, source_file=file, fix=fix, n=n
    )


def _fallback() -> Issue:
    return Issue(
        "warning",
        "raster_fallback",
        "rasters",
        "exactextract is not installed: cells on borders were cut with shapely",
        fix='pip install "landeff[raster]"',
    )
