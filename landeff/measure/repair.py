"""Invalid polygons: mended where that changes nothing worth mentioning, set aside where it does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from landeff.measure.area import AreaScale, Floats

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Repaired:
    """Outcome of :func:`repair`, one entry a geometry.

    Attributes:
        geometry: valid 2D polygons or multipolygons; as it was where nothing was wrong.
        reason: what was wrong (``""`` where nothing was).
        change_m2: area after repair minus area before.
        is_usable: false where there is no area, or repair changed it by more than the tolerance.
    """

    geometry: Geometries
    reason: npt.NDArray[np.object_]
    change_m2: Floats
    is_usable: npt.NDArray[np.bool_]


def repair(
    geometries: npt.ArrayLike, scale: AreaScale, *, tolerance_ratio: float, tolerance_m2: float
) -> Repaired:
    """Make polygons valid, and say by how much that changed their area.

    A change is tolerated up to the larger of ``tolerance_ratio`` of the area and ``tolerance_m2``. The area
    before repair is that of shells minus holes as drawn, so a bow-tie, whose halves cancel, shows a change.

    Args:
        geometries: any geometries in the CRS of ``scale``; Z is dropped, lines and points are no land.
    """
    before = np.array(geometries, dtype=object, copy=True)
    on_grid = (
        shapely.get_precision(before) > 0
    )  # overlays would round new vertices to the grid: land would go
    before[on_grid] = shapely.set_precision(before[on_grid], 0.0, mode="pointwise")
    has_z = shapely.has_z(before)
    before[has_z] = shapely.force_2d(before[has_z])
    no_number = _no_number(before)
    before[no_number] = shapely.Polygon()
    kind = shapely.get_type_id(before)
    is_polygon = np.isin(kind, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    is_empty = shapely.is_missing(before) | shapely.is_empty(before)
    reason = np.where(is_empty, "empty", np.where(is_polygon, "", "not a polygon")).astype(object)
    reason[no_number] = "a coordinate is not a number"
    usable = is_polygon & ~is_empty
    after = before.copy()
    invalid = np.flatnonzero(usable & ~shapely.is_valid(before))
    change = np.zeros(len(before))
    if len(invalid):
        reason[invalid] = shapely.is_valid_reason(before[invalid])
        after[invalid] = _polygons_only(shapely.make_valid(before[invalid]))
        area = scale.area_m2(before[invalid])
        change[invalid] = scale.area_m2(after[invalid]) - area
        too_much = np.abs(change[invalid]) > np.maximum(tolerance_ratio * np.abs(area), tolerance_m2)
        usable[invalid] = ~too_much & ~shapely.is_empty(after[invalid])
    return Repaired(after, reason, change, usable)


def _no_number(geometries: Geometries) -> npt.NDArray[np.bool_]:
    """Whether a coordinate of the geometry is not finite, which its bounds do not always tell."""
    found = np.zeros(len(geometries), dtype=bool)
    if not np.isfinite(shapely.get_coordinates(geometries)).all():
        xy, owner = shapely.get_coordinates(geometries, return_index=True)
        found[owner[~np.isfinite(xy).all(axis=1)]] = True
    return found


def _polygons_only(geometries: Geometries) -> Geometries:
    """Drop the lines and points that a repair leaves beside the polygons."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    nested, nested_owner = shapely.get_parts(parts, return_index=True)
    owner = owner[nested_owner]
    keep = shapely.get_type_id(nested) == shapely.GeometryType.POLYGON
    out = np.full(len(geometries), shapely.MultiPolygon(), dtype=object)
    if keep.any():
        present = np.unique(owner[keep])
        out[present] = shapely.multipolygons(nested[keep], indices=np.searchsorted(present, owner[keep]))
    single = shapely.get_num_geometries(out) == 1
    out[single] = shapely.get_geometry(out[single], 0)
    return out
