"""A map of districts as a figure: areas filled by a figure, or circles as large as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.district_shapes import COARSE, drawn_districts, name_places

_WIDTH, _MARGIN, _HIGHEST = 640.0, 8.0, 620.0
_NAME_WIDTH = 1.6  # of name and figure together, one below the other
_DARK = 0.3  # luminance below which text is white


@dataclass(frozen=True, slots=True)
class Place:
    """One district: its outline as a path of SVG, its fill, name and figure, and where these stand.

    ``radius`` is that of the circle around ``x``, ``y``; 0 without one.
    """

    path: str
    fill: str
    name: str
    told: str
    x: float
    y: float
    radius: float = 0.0

    @property
    def is_dark(self) -> bool:
        """Whether text upon the fill has to be white.

        >>> Place("", "#08519c", "", "", 0, 0).is_dark, Place("", "#bdd7e7", "", "", 0, 0).is_dark
        (True, False)
        """
        channels = (int(self.fill[start : start + 2], 16) / 255 for start in (1, 3, 5))
        weights = (0.2126, 0.7152, 0.0722)  # WCAG 2.2, relative luminance
        light = sum(
            weight * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
            for weight, value in zip(weights, channels, strict=True)
        )
        return light < _DARK


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """Districts in a box of ``width`` × ``height``; the figures themselves are in the table beside.

    ``zones`` is the path of all zones. ``classes`` are colour and title of what fills stand for; ``circle``
    is the radius of a circle and what it stands for, ``None`` where there are none.
    """

    caption: Term
    width: float
    height: float
    places: tuple[Place, ...]
    zones: str
    classes: tuple[tuple[str, Term | str], ...] = ()
    circle: tuple[float, Term] | None = None

    @property
    def above(self) -> float:
        """Room above the districts for the circle that says what circles stand for, in their own scale."""
        return round(2 * self.circle[0] + 8, 1) if self.circle else 0.0


class DistrictPaper:
    """Outlines of the districts of a run on a sheet; every map of them is drawn on the same."""

    def __init__(self, dataset: Dataset) -> None:
        layer = drawn_districts(dataset, COARSE)
        self.codes: list[str] = layer["district_code"].tolist() if len(layer) else []
        if not self.codes:
            return
        zones = dataset.layer("zones")
        west, south, east, north = layer.total_bounds
        self._origin = (west, north)
        self._per_m = min((_WIDTH - 2 * _MARGIN) / (east - west), (_HIGHEST - 2 * _MARGIN) / (north - south))
        self.width = round((east - west) * self._per_m + 2 * _MARGIN, 1)
        self.height = round((north - south) * self._per_m + 2 * _MARGIN, 1)
        self._names = layer["district_name"].tolist()
        self._paths = [self._path(shape) for shape in layer.geometry]
        places = name_places(
            layer, zones.iloc[:0], _NAME_WIDTH
        )  # over the outlines of zones, which are faint
        roomiest = shapely.get_geometry(places.to_numpy(), 0)
        self._at = self._placed(shapely.get_coordinates(roomiest))
        self.zones = "".join(self._path(shape.simplify(0.5 / self._per_m)) for shape in _drawable(zones))

    def places(
        self, fills: Mapping[str, str], told: Mapping[str, str], radii: Mapping[str, float] | None = None
    ) -> tuple[Place, ...]:
        """The districts with fill, figure and circle by code."""
        rows = zip(self.codes, self._paths, self._names, self._at, strict=True)
        return tuple(
            Place(path, fills[code], name, told[code], x, y, round((radii or {}).get(code, 0.0), 1))
            for code, path, name, (x, y) in rows
        )

    def _placed(self, xy: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
        west, north = self._origin
        x, y = _MARGIN + (xy[:, 0] - west) * self._per_m, _MARGIN + (north - xy[:, 1]) * self._per_m
        return list(zip(x.round(1).tolist(), y.round(1).tolist(), strict=True))

    def _path(self, shape: shapely.Geometry) -> str:
        """``M … L … Z`` of every ring, to a tenth of a pixel."""
        told = []
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            points = self._placed(shapely.get_coordinates(ring)[:-1])
            told.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
        return "".join(told)


def _drawable(zones: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Zones of their own, by code."""
    if zones.empty:
        return zones.geometry
    known = zones[~(zones.geometry.isna() | zones.is_empty)].sort_values("zone_id")
    return known.loc[known.reindex(columns=["parent_zone_id"])["parent_zone_id"].isna()].geometry
