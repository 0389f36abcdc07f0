"""Which rows of the layers can be measured, and how much land came in before anything was done to it."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.errors import InputError
from landeff.core.issues import Severity, row_issues
from landeff.core.tables import TABLES
from landeff.measure.area import AreaScale
from landeff.measure.repair import Repaired, repair
from landeff.pipeline.audit import Audit, audit_reasons
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs

_FARTHEST_M = 1_000_000.0  # from the middle of the run; beyond it a coordinate is a mistake
_GEOMETRY_ISSUES: tuple[tuple[bool, Severity, str], ...] = (
    (True, "info", "repaired_geometry"),
    (False, "error", "bad_geometry"),
)


def run_extent(zones: gpd.GeoDataFrame, parcels: gpd.GeoDataFrame) -> shapely.Polygon:
    """The area of the run: zones and parcels, without what lies absurdly far from the middle of them."""
    bounds = np.concatenate([zones.bounds.to_numpy(), parcels.bounds.to_numpy()])
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        raise InputError("zones and parcels hold no polygon.", "check the layers")
    middle = np.median(bounds, axis=0)
    unit = zones.crs.axis_info[0].unit_conversion_factor if zones.crs.is_projected else 1 / 1e5
    reach = _FARTHEST_M / unit if zones.crs.is_projected else _FARTHEST_M * unit
    near = bounds[(np.abs(bounds - middle) < reach).all(axis=1)]
    if not len(near):
        raise InputError(
            "zones and parcels lie more than a thousand kilometres apart.", "correct the crs of either source"
        )
    low, high = near[:, :2].min(axis=0), near[:, 2:].max(axis=0)
    margin = (high - low) * 0.1
    extent: shapely.Polygon = shapely.box(*(low - margin), *(high + margin))
    return extent


def usable_layers(
    inputs: Inputs, scale: AreaScale, extent: shapely.Polygon, config: Config, audit: Audit
) -> tuple[dict[str, gpd.GeoDataFrame], dict[str, float]]:
    """The rows of each layer that can be measured, with ``area_m2``, repaired where that costs nothing.

    The others are set aside in ``inputs``. Beside the layers stand amounts in m² for the ledger of zones,
    parcels and buildings: ``<layer>.drawn`` (as read), ``.dissolved`` (united by the project's wish),
    ``.repaired``.

    Raises:
        InputError: no zone or no parcel is left.
    """
    ledger: dict[str, float] = {}
    inputs.set_aside = [_measured(frame, scale, extent) for frame in inputs.set_aside]
    in_ledger: tuple[str, ...] = ("zones", "parcels", "buildings")
    for name in [each for each in in_ledger if each in inputs.tables]:
        ledger[f"{name}.drawn"] = _drawn_area(inputs, name, scale, extent)
        ledger[f"{name}.dissolved"] = _dissolved(inputs, name, scale, extent, config)
    layers = {}
    for name, layer in inputs.tables.items():
        if TABLES[name].geometry:
            layers[name], ledger[f"{name}.repaired"] = _usable(layer, name, audit, extent, config, inputs)
            if layers[name].empty and name in ("zones", "parcels"):
                raise _nothing_left(name, inputs)
    return layers, ledger


def _nothing_left(name: str, inputs: Inputs) -> InputError:
    """The error for a layer of which every row was set aside: why, and what the first one says."""
    reasons = ", ".join(sorted(inputs.aside(name)["reason"].unique()))
    told = [each for each in inputs.issues if each.table == name and each.severity == "error"]
    if not told:
        return InputError(f"no row of {name} can be used ({reasons}).", "correct its rows")
    first = min(told, key=lambda each: (each.source_row is None, each.source_row or 0))
    where = f"{first.source_file} row {first.source_row}: {first.value or first.decision}"
    return InputError(f"no row of {name} can be used ({reasons}); {where}.", first.fix)


def area_as_drawn(
    geometries: npt.ArrayLike, scale: AreaScale, extent: shapely.Polygon
) -> npt.NDArray[np.float64]:
    """Area in m², 0 for what is no polygon; far from the run, where nothing is measured, the plane area."""
    geoms = np.asarray(geometries, dtype=object)
    near = _inside(geoms, extent)
    area = np.nan_to_num(shapely.area(geoms), posinf=0.0)
    area[near] = np.nan_to_num(scale.area_m2(geoms[near]))
    return area


def _inside(geometries: npt.NDArray[np.object_], extent: shapely.Polygon) -> npt.NDArray[np.bool_]:
    """Whether a geometry lies in the extent, which is a box; nothing does not."""
    low_x, low_y, high_x, high_y = shapely.bounds(geometries).T
    west, south, east, north = extent.bounds
    inside = (low_x >= west) & (low_y >= south) & (high_x <= east) & (high_y <= north)
    return np.asarray(inside, dtype=bool)


def _drawn_area(inputs: Inputs, name: str, scale: AreaScale, extent: shapely.Polygon) -> float:
    """Area of a layer as read, before anything was done to it."""
    areas = [area_as_drawn(part.to_numpy(), scale, extent) for part in inputs.drawn[name]]
    return math.fsum(area for part in areas for area in part.tolist())  # whatever the order of the rows


def _dissolved(inputs: Inputs, name: str, scale: AreaScale, extent: shapely.Polygon, config: Config) -> float:
    """Land that went when polygons of one key were united, where the project asks for that."""
    if config.of(name)[0].duplicates != "dissolve":
        return 0.0
    left = area_as_drawn(inputs.tables[name]["geometry"].to_numpy(), scale, extent).sum()
    return _drawn_area(inputs, name, scale, extent) - float(left) - math.fsum(inputs.aside(name)["area_m2"])


def _measured(set_aside: pd.DataFrame, scale: AreaScale, extent: shapely.Polygon) -> pd.DataFrame:
    """Rows set aside while reading, with the area they were drawn with, so that no land is lost."""
    if "geometry" not in set_aside:
        return set_aside
    return set_aside.assign(area_m2=area_as_drawn(set_aside["geometry"].to_numpy(), scale, extent))


def _usable(
    layer: gpd.GeoDataFrame,
    name: str,
    audit: Audit,
    extent: shapely.Polygon,
    config: Config,
    inputs: Inputs,
) -> tuple[gpd.GeoDataFrame, float]:
    """The rows with land that can be measured, and by how much repair changed their area."""
    scale, geometry = audit.scale, layer.geometry.to_numpy()
    drawn = area_as_drawn(geometry, scale, extent)
    fixed = repair(
        geometry,
        scale,
        tolerance_ratio=config.repair_tolerance_ratio,
        tolerance_m2=config.repair_tolerance_m2,
    )
    far = ~_inside(fixed.geometry, extent) & (name in ("zones", "parcels"))
    reason = np.where(far & fixed.is_usable, "far from the other polygons", fixed.reason)
    usable = fixed.is_usable & ~far
    told = _decisions(fixed, usable).set_axis(layer.index)
    for is_mended, severity, code in _GEOMETRY_ISSUES:
        rows = (reason != "") & (usable == is_mended)
        inputs.issues += row_issues(
            layer[rows],
            severity,
            code,
            name,
            key=TABLES[name].key[0],
            decision=told[rows],
            column="geometry",
            value=pd.Series(reason[rows], index=layer.index[rows], dtype="str"),
            fix="mend the polygon in the GIS",
        )
        wrong = pd.Series(reason[rows], index=layer.index[rows], dtype="str")
        audit_reasons(layer[rows], name, code, wrong, audit)
    inputs.set_aside.append(_set_aside(layer.assign(area_m2=drawn)[~usable], name))
    kept = layer.assign(geometry=fixed.geometry)[usable].reset_index(drop=True)
    kept = kept.assign(area_m2=scale.area_m2(kept.geometry.to_numpy()))
    return kept, float(fixed.change_m2[usable].sum())


def _decisions(fixed: Repaired, usable: npt.NDArray[np.bool_]) -> pd.Series:
    """What was done to each polygon, of use where something was wrong with it."""
    change = pd.Series(fixed.change_m2, dtype="float64").map("{:+.2f} m²".format).astype("str")
    told = ("area changed by " + change).where(usable, "set aside, its area is in the ledger")
    return told.where(
        usable | fixed.is_usable | (fixed.change_m2 == 0),
        "set aside: repair would change its area by " + change,
    )


def _set_aside(lost: gpd.GeoDataFrame, name: str) -> pd.DataFrame:
    """Rows whose geometry cannot be used, in the layout of rows set aside."""
    key = lost[TABLES[name].key[0]]
    return pd.DataFrame(lost).assign(
        table=name, key=key, reason="bad_geometry", column="geometry", fix="mend the polygon in the GIS"
    )
