"""Layers of a saved result in the formats of others: GIS, boundary points, phones. Nothing is computed."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import pandas as pd

from landeff.core.boundary_points import CLASS, ID, NAME, USE
from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.core.issues import Issue, issues_frame
from landeff.core.shift import find_shift
from landeff.core.text import Lang
from landeff.publish.boundary_points import write_boundary_points
from landeff.publish.geopackage import write_geopackage
from landeff.publish.kml import write_kml
from landeff.publish.layer_file import DRIVERS, write_layer
from landeff.publish.shapefile import write_shapefile

LAYERS = ("parcels", "zones", "districts", "remainders", "blocks", "audit")
SUFFIXES = (".gpkg", ".shp", ".parquet", ".geojson", ".fgb", ".kml", ".txt")
#: Columns of parcels by what boundary-point files call them.
_CELLS = {"parcel_id": ID, "holder": NAME, "land_use": USE, "land_use_code": CLASS}
_SIDECARS = (".shx", ".dbf", ".prj", ".cpg")


def export(
    dataset: Dataset,
    target: Path,
    *,
    layer: str = "parcels",
    classes: Collection[str] = (),
    parcels: Collection[str] = (),
    crs: str | None = None,
    force: bool = False,
    lang: Lang = "zh",
) -> pd.DataFrame:
    """Write a layer of a result; the format is told by the suffix of ``target``.

    ``.gpkg`` holds every layer with its style, findings as a table; a selection of parcels leaves the rest
    out. ``.shp`` is in GB18030 with ``.cpg`` and a list of what its short field names mean; ``.kml`` and
    ``.txt`` (界址点坐标) are of parcels.

    Args:
        layer: one of :data:`LAYERS`.
        classes: only parcels of these inventory classes (``idle``, ``idle_to_check`` …).
        parcels: only these parcel codes.
        crs: system to write in, where the format leaves a choice; by default that of the project.
        force: replace a file that is there.

    Returns:
        What the format could not hold, as a table of issues.

    Raises:
        OutputError: the suffix or the layer is not known, nothing is chosen, a parcel is not in the result,
            the target exists, or it cannot be written.
    """
    suffix = target.suffix.lower()
    _check(target, suffix, layer, is_chosen=bool(classes or parcels), force=force)
    dataset = _chosen(dataset, layer, classes, parcels)
    issues: tuple[Issue, ...] = ()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".landeff-") as folder:
        made = Path(folder) / target.name
        if suffix == ".gpkg" and crs is None:
            write_geopackage(dataset, made)
        elif suffix == ".kml":
            write_kml(dataset, made, lang)
        else:
            issues = _write(_in(dataset.layer(layer), crs), made, suffix)
        _replace(Path(folder), target)
    return issues_frame(issues)


def _check(target: Path, suffix: str, layer: str, *, is_chosen: bool, force: bool) -> None:
    if suffix not in SUFFIXES:
        raise OutputError(
            f"{target.name}: {suffix or 'no suffix'} is not written.", f"use {', '.join(SUFFIXES)}"
        )
    if layer not in LAYERS:
        raise OutputError(f"there is no layer {layer!r}.", f"use one of {', '.join(LAYERS)}")
    if layer != "parcels" and is_chosen:
        raise OutputError(f"{layer} cannot be chosen by parcel or class.", "leave --class and --parcel out")
    if layer != "parcels" and suffix in (".kml", ".txt"):
        raise OutputError(f"{suffix} is written of parcels only.", "leave the layer out, or use .gpkg")
    if not target.parent.is_dir():
        raise OutputError(f"there is no folder {target.parent}.", "make it, or choose another place")
    if target.exists() and not force:
        raise OutputError(f"{target} exists.", "choose another name, or add --force")


def _chosen(dataset: Dataset, layer: str, classes: Collection[str], parcels: Collection[str]) -> Dataset:
    """The dataset with the chosen parcels only; what is not of them is left out."""
    frame = dataset.layer("parcels")
    if not classes and not parcels:
        if dataset.layer(layer).empty:
            raise OutputError(f"the result has no {layer}.", "choose another layer")
        return dataset
    absent = sorted(set(parcels) - set(frame["parcel_id"]))
    if absent:
        shown = ", ".join(absent[:5]) + (", …" if len(absent) > 5 else "")
        raise OutputError(f"parcels {shown} are not in the result.", "see the parcel codes in the workbook")
    known = set(frame["inventory_class"])
    if set(classes) - known:
        wrong = ", ".join(sorted(set(classes) - known))
        raise OutputError(f"no parcel is of class {wrong}.", f"classes here: {', '.join(sorted(known))}")
    keep = frame["parcel_id"].isin(list(parcels)) if parcels else pd.Series(True, index=frame.index)
    keep &= frame["inventory_class"].isin(list(classes)) if classes else True
    if not keep.any():
        raise OutputError("none of these parcels is of these classes.", "choose others")
    chosen = frame[keep].reset_index(drop=True)
    findings = dataset.frame("findings")
    tables = {"parcels": chosen, "zones": dataset.layer("zones"), "rules": dataset.frame("rules")}
    if "parcel_id" in findings:
        tables["findings"] = findings[findings["parcel_id"].isin(chosen["parcel_id"])]
    return dataclasses.replace(dataset, tables=tables)


def _in(frame: gpd.GeoDataFrame, crs: str | None) -> gpd.GeoDataFrame:
    if crs is None:
        return frame
    moved = find_shift(str(frame.crs), crs).geometries(frame.geometry.to_numpy())
    return frame.set_geometry(gpd.GeoSeries(moved, index=frame.index, crs=crs))


def _write(frame: gpd.GeoDataFrame, made: Path, suffix: str) -> tuple[Issue, ...]:
    if suffix == ".shp":
        return write_shapefile(frame, made)
    if suffix == ".txt":
        named = {cell: frame[column] for column, cell in _CELLS.items() if column in frame}
        points = gpd.GeoDataFrame(named, geometry=frame.geometry, crs=frame.crs)
        return write_boundary_points(points, made, area_m2=frame["area_m2"].to_numpy())
    if suffix == ".parquet":
        frame.to_parquet(made)
    elif suffix in DRIVERS:
        write_layer(frame, made, made.stem)
    return ()


def _replace(folder: Path, target: Path) -> None:
    """Move what was made beside ``target``; of a Shapefile all its files."""
    if target.suffix.lower() == ".shp":
        for old in _SIDECARS:
            target.with_suffix(old).unlink(missing_ok=True)
    for path in sorted(folder.iterdir()):
        path.replace(target.parent / path.name)
