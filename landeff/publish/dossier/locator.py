"""Where a parcel lies: itself, its neighbours and the zone as paths in a box of pixels."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from landeff.core.dataset import Dataset
from landeff.publish.district_shapes import COARSE, drawn_districts

WIDTH, HEIGHT = 360, 250
_OVERVIEW = 110
#: The picture shows at least so many metres across, and so many times the extent of the parcel.
_LEAST_M, _TIMES = 320.0, 2.6
_SCALES_M = (20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Locator:
    """Paths of SVG, drawn by code alone, in a box of ``WIDTH`` × ``HEIGHT``.

    Attributes:
        scale: length of the bar in pixels and what it stands for in metres.
        overview: path of the zone, and where in it the parcel lies, in a square of its own; ``None`` outside.
        city: the same with the districts; ``None`` where they are not given, or the parcel lies in none.
    """

    parcel: str
    neighbours: tuple[str, ...]
    zone: str
    scale: tuple[float, int]
    overview: tuple[str, float, float] | None
    city: tuple[str, float, float] | None = None


class Locators:
    """Locators of the parcels of a run; the layers are looked up once."""

    def __init__(self, dataset: Dataset) -> None:
        parcels = dataset.layer("parcels")
        self._parcels = parcels.set_index("parcel_id").geometry if len(parcels) else gpd.GeoSeries()
        zones = dataset.layer("zones")
        self._zones = zones.set_index("zone_id").geometry if len(zones) else gpd.GeoSeries()
        districts = drawn_districts(dataset, COARSE)
        self._city = shapely.MultiPolygon(shapely.get_parts(districts.geometry.to_numpy()).tolist())

    def of(self, parcel_id: str, zone_id: object = None) -> Locator | None:
        """The locator of a parcel; ``None`` where it has no geometry."""
        shape = self._parcels.get(parcel_id)
        if shape is None or shape.is_empty:
            return None
        west, south, per_m = _frame(shape)
        box = shapely.box(west, south, west + WIDTH / per_m, south + HEIGHT / per_m)
        near = self._parcels.iloc[np.sort(self._parcels.sindex.query(box, predicate="intersects"))]
        near = near[near.index != parcel_id].sort_index()
        zone = self._zones.get(zone_id) if isinstance(zone_id, str) else None

        def path(geometry: BaseGeometry) -> str:
            return _path(shapely.clip_by_rect(geometry, *box.bounds), west, south, per_m, HEIGHT)

        others = tuple(drawn for each in near if (drawn := path(each)))
        scale = max((each for each in _SCALES_M if each * per_m <= WIDTH / 3), default=_SCALES_M[0])
        return Locator(
            path(shape),
            others,
            path(zone.boundary) if zone is not None and not zone.is_empty else "",
            (round(scale * per_m, 1), scale),
            _overview(zone, shape) if zone is not None and not zone.is_empty else None,
            _overview(self._city, shape) if self._city.intersects(shape) else None,
        )

    def touching(self, parcel_id: str, tolerance_m: float = 1.0) -> list[str]:
        """Codes of the parcels within ``tolerance_m`` metres, sorted."""
        shape = self._parcels.get(parcel_id)
        if shape is None or shape.is_empty:
            return []
        found = self._parcels.iloc[self._parcels.sindex.query(shape, "dwithin", distance=tolerance_m)]
        return sorted(str(each) for each in found.index if each != parcel_id)


def _frame(shape: BaseGeometry) -> tuple[float, float, float]:
    """West and south edge of the picture, and pixels a metre."""
    west, south, east, north = shape.bounds
    across = max(_LEAST_M, _TIMES * max(east - west, (north - south) * WIDTH / HEIGHT))
    per_m = WIDTH / across
    return (west + east) / 2 - across / 2, (south + north) / 2 - HEIGHT / per_m / 2, per_m


def _overview(zone: BaseGeometry, shape: BaseGeometry) -> tuple[str, float, float]:
    west, south, east, north = zone.bounds
    margin = 6
    per_m = (_OVERVIEW - 2 * margin) / max(east - west, north - south, 1.0)
    west, south = west - margin / per_m, south - margin / per_m
    point = shape.representative_point()
    drawn = _path(zone.simplify(0.5 / per_m), west, south, per_m, _OVERVIEW)
    return drawn, round((point.x - west) * per_m, 1), round(_OVERVIEW - (point.y - south) * per_m, 1)


def _path(geometry: BaseGeometry, west: float, south: float, per_m: float, height: float) -> str:
    """``M … L … Z`` of every ring or line, to a tenth of a pixel."""
    told = []
    for part in shapely.get_parts(geometry):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            if ring.geom_type not in ("LineString", "LinearRing") or ring.is_empty:
                continue
            points = shapely.get_coordinates(ring)
            x = np.round((points[:, 0] - west) * per_m, 1)
            y = np.round(height - (points[:, 1] - south) * per_m, 1)
            steps = "L".join(f"{a:g} {b:g}" for a, b in zip(x, y, strict=True))
            told.append(f"M{steps}{'Z' if part.geom_type == 'Polygon' else ''}")
    return "".join(told)


__all__ = ["HEIGHT", "WIDTH", "Locator", "Locators"]
