"""Districts as the base of the map: white land with grey outlines, and where their names may stand."""

from __future__ import annotations

import json
from dataclasses import dataclass

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from landeff.core.dataset import Dataset
from landeff.publish.district_shapes import drawn_districts, name_places
from landeff.publish.map.store import to_degrees

_DECIMALS = 5  # 1 m: outlines are simplified by more


@dataclass(frozen=True, slots=True)
class DistrictOutline:
    """One district of the base, in no figure of the page.

    Attributes:
        shape: its outline in degrees, as GeoJSON.
        bounds: ``((south, west), (north, east))``.
        places: where its name has room, the roomiest first, as ``(latitude, longitude)``.
    """

    code: str
    name: str
    shape: dict[str, object]
    bounds: tuple[tuple[float, float], tuple[float, float]]
    places: tuple[tuple[float, float], ...]


def district_outlines(dataset: Dataset) -> tuple[DistrictOutline, ...]:
    """The districts of a run by code; none where it was given none."""
    layer = drawn_districts(dataset)
    if layer.empty:
        return ()
    places = name_places(layer, dataset.layer("zones"))
    columns = (layer["district_code"], layer["district_name"], _degrees(layer.geometry), _degrees(places))
    return tuple(
        _outline(str(code), str(name), *shapes) for code, name, *shapes in zip(*columns, strict=True)
    )


def _degrees(shapes: gpd.GeoSeries) -> list[BaseGeometry]:
    moved = to_degrees(shapes.to_frame("geometry")).geometry.to_numpy()
    return list(shapely.transform(moved, lambda xy: xy.round(_DECIMALS)))


def _outline(code: str, name: str, shape: BaseGeometry, places: BaseGeometry) -> DistrictOutline:
    west, south, east, north = shape.bounds
    points = tuple((lat, lon) for lon, lat in shapely.get_coordinates(places).tolist())
    return DistrictOutline(
        code, name, json.loads(shapely.to_geojson(shape)), ((south, west), (north, east)), points
    )
