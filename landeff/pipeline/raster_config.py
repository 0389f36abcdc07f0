"""The ``[[rasters]]`` of a project file: which evidence is read from which raster."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from landeff.core.datums import crs_problem
from landeff.core.errors import LandeffError
from landeff.measure.zonal import CATEGORICAL, PER_M2, STATISTICS, Per, Statistic
from landeff.sources.raster import RasterFile, class_names, open_raster
from landeff.sources.readers import sha256

Of = Literal["parcels", "zones"]
Keys = Mapping[str, type | tuple[type, ...]]
CheckValues = Callable[[str, Mapping[str, Any], Keys, str], Iterable[str]]

_KEYS: Keys = {
    "name": str,
    "path": str,
    "kind": str,
    "classes": list,
    "per": str,
    "band": int,
    "crs": str,
    "nodata": (int, float),
    "observed_on": dt.date,
    "unit": str,
    "labels": (str, dict),
    "of": str,
    "min_covered_ratio": (int, float),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "rasters.kind": STATISTICS,
    "rasters.per": ("cell", *PER_M2),
    "rasters.of": ("parcels", "zones"),
}


@dataclass(frozen=True, slots=True)
class RasterInput:
    """One figure read from one band of a raster.

    Attributes:
        name: what the figure is called; of parcels it becomes the column ``raster_<name>``.
        kind: the statistic (:data:`landeff.measure.zonal.STATISTICS`).
        classes: codes whose share is asked for; ``labels``: names of codes, or the column of the raster's
            attribute table that holds them.
        per: of what a sum is taken; ``unit``: of the result, empty for none.
        observed_on: day the raster shows.
        min_covered_ratio: share of a parcel that must have data for rules to see its figure.
    """

    name: str
    path: Path
    kind: Statistic
    classes: tuple[int, ...] = ()
    per: Per = "cell"
    band: int | None = None
    crs: str | None = None
    nodata: float | None = None
    observed_on: dt.date | None = None
    unit: str = ""
    labels: str | Mapping[str, str] = field(default_factory=dict)
    of: Of = "parcels"
    min_covered_ratio: float = 0.9


def raster_inputs(raw: Mapping[str, Any], base: Path) -> Iterable[RasterInput]:
    """The checked ``[[rasters]]`` of a project."""
    for entry in raw.get("rasters", []):
        options = {**entry, "path": base / entry["path"], "classes": tuple(entry.get("classes", ()))}
        yield RasterInput(**options)


def check_rasters(entries: object, check_values: CheckValues) -> Iterable[str]:
    """Every mistake in ``[[rasters]]``.

    Args:
        check_values: the check of keys and kinds of value that all tables of a project share.
    """
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        yield "[[rasters]] must be a list of tables"
        return
    names = [entry.get("name") for entry in entries]
    for number, entry in enumerate(entries):
        section = f"rasters {number + 1}"
        problems = list(check_values(section, entry, _KEYS, "rasters."))
        problems += [f"[{section}] {key} is missing" for key in ("name", "path", "kind") if key not in entry]
        yield from problems or _check_meanings(section, entry)
        if names.index(entry.get("name")) < number:
            yield f"[{section}] name = {entry.get('name')!r} is taken"


def _check_meanings(section: str, entry: Mapping[str, Any]) -> Iterable[str]:
    kind, classes = entry["kind"], entry.get("classes", [])
    if not re.fullmatch(r"[a-z][a-z0-9_]*", entry["name"]):
        yield f"[{section}] name = {entry['name']!r} must be a column name: a-z, 0-9 and _"
    if not all(type(code) is int for code in classes) or (kind == "class_share") != bool(classes):
        yield f"[{section}] classes = {classes!r}: class_share needs codes, e.g. [1]; other kinds none"
    if kind == "sum" and "per" not in entry:
        yield f'[{section}] per is missing: "cell" where cells hold counts, "km2", "ha", "m2" for densities'
    if kind != "sum" and "per" in entry:
        yield f"[{section}] per belongs to kind = 'sum'"
    if kind not in CATEGORICAL and "unit" not in entry:
        yield f'[{section}] unit is missing: the unit of the {kind}, unit = "" where it has none'
    labels = entry.get("labels", {})
    if isinstance(labels, Mapping) and not all(isinstance(label, str) for label in labels.values()):
        yield f'[{section}] labels must name codes, e.g. {{ "1" = "建设用地" }}, or a column of the .vat.dbf'
    if labels and kind not in CATEGORICAL:
        yield f"[{section}] labels belong to class codes, not to kind = {kind!r}"
    if isinstance(entry.get("observed_on"), dt.datetime):
        yield f"[{section}] observed_on must be a date without a time, e.g. 2024-06-01"
    if not 0 <= entry.get("min_covered_ratio", 0.9) <= 1:
        yield f"[{section}] min_covered_ratio = {entry['min_covered_ratio']} must lie between 0 and 1"
    yield from _check_crs(section, entry.get("crs"))


def _check_crs(section: str, crs: str | None) -> Iterable[str]:
    problem = crs_problem(crs) if crs is not None else None
    if problem:
        yield f"[{section}] crs = {crs!r} {problem}"


def open_input(entry: RasterInput) -> AbstractContextManager[RasterFile]:
    """The raster of an entry, opened.

    Raises:
        InputError: it cannot be used. MissingExtraError: rasterio is not installed.
    """
    return open_raster(entry.path, band=entry.band, crs=entry.crs, nodata=entry.nodata)


def labels_of(entry: RasterInput) -> Mapping[str, str]:
    """Names of the codes of an entry, by code as text.

    Raises:
        InputError: the attribute table or its column is missing.
    """
    if not isinstance(entry.labels, str):
        return entry.labels
    return {str(code): name for code, name in class_names(entry.path, entry.labels).items()}


def header_problems(entries: Iterable[RasterInput]) -> tuple[list[LandeffError], dict[Path, str]]:
    """What makes rasters unusable by their headers, and the digest of each usable file."""
    problems: list[LandeffError] = []
    digests: dict[Path, str] = {}
    for entry in entries:
        try:
            with open_input(entry):
                labels_of(entry)
            if entry.path not in digests:
                digests[entry.path] = sha256(entry.path)
        except LandeffError as error:
            problems.append(error)
    return problems, digests
