"""From one coordinate system to another without PROJ's ballpark transformation.

PROJ answers every pair of datums: where it knows no transformation it silently takes longitude and latitude
over unchanged ("ballpark"), 150 m wrong between Xi'an 80 or Beijing 54 and CGCS2000. Every operation here
is asked for with ``allow_ballpark=False``; only CGCS2000, WGS 84 and the ITRFs are taken as one, openly.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.exceptions import ProjError
from pyproj.transformer import TransformerGroup

from landeff.core.datums import datum_of, gauss_kruger_of, is_equated, superseded
from landeff.core.errors import InputError

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
Move = Callable[[Floats, Floats], tuple[Floats, Floats]]

_WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Shift:
    """How coordinates get from one system to another, x east and y north in both.

    Attributes:
        steps: PROJ transformations, one after the other; none where both systems are the same.
        equated: the two datums that were taken as one, ``None`` where none were.
        operation: name of the datum transformation in PROJ's words, empty where there is none.
        accuracy_m: its stated accuracy in metres, NaN where there is none or nobody stated it.
        better: name of a better operation whose grid is not installed, empty if there is none.
    """

    steps: tuple[Transformer, ...] = ()
    equated: tuple[str, str] | None = None
    operation: str = ""
    accuracy_m: float = float("nan")
    better: str = ""

    def __call__(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Coordinates in the target system; ``inf`` where PROJ cannot tell them."""
        for step in self.steps:
            x, y = step.transform(x, y)
        return np.asarray(x, dtype=float), np.asarray(y, dtype=float)

    def geometries(self, geoms: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        """Geometries in the target system; heights are kept as they are, missing geometries stay missing."""
        if not self.steps:
            return geoms
        return move(geoms, self)

    def box(self, bounds: Box) -> Box:
        """Bounds in the target system, with 20 points along each side."""
        return move_box(bounds, self)


def move_box(bounds: Box, function: Move) -> Box:
    """Bounds of what a function of x and y makes of a box, by 20 points along each side."""
    side = np.linspace(0, 1, 21)
    west, south, east, north = bounds
    across, up = west + side * (east - west), south + side * (north - south)
    x = np.concatenate([across, across, np.full(21, west), np.full(21, east)])
    y = np.concatenate([np.full(21, south), np.full(21, north), up, up])
    x, y = function(x, y)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def move(geoms: npt.NDArray[np.object_], function: Move) -> npt.NDArray[np.object_]:
    """Geometries with their x and y sent through a function of both; heights stay."""
    is_high = shapely.has_z(geoms)
    moved = geoms.copy()
    moved[~is_high] = shapely.transform(geoms[~is_high], cast("Any", function), interleaved=False)
    if is_high.any():
        with_height: Any = lambda x, y, z: (*function(x, y), z)  # noqa: E731
        moved[is_high] = shapely.transform(geoms[is_high], with_height, include_z=True, interleaved=False)
    return moved


@functools.lru_cache(maxsize=256)
def find_shift(source: str, target: str, area: Box | None = None) -> Shift:
    """The way from ``source`` to ``target``, ballpark transformations excluded.

    The same datum: conversions alone, exact. CGCS2000, WGS 84 and ITRF: longitude and latitude are taken
    over, and :attr:`Shift.equated` says so. Any other pair: the best operation PROJ knows for ``area`` (west,
    south, east, north in degrees) and can compute with the grids installed, to CGCS2000 by way of WGS 84.

    Raises:
        InputError: a superseded datum of China, a system that names no datum, or a pair for which PROJ knows
            nothing but ballpark.

    >>> x, y = find_shift("EPSG:4490", "EPSG:4549")(np.array([120.0]), np.array([32.0]))
    >>> round(float(x[0]), 3)
    500000.0
    >>> find_shift("EPSG:4326", "EPSG:4528").equated
    ('World Geodetic System 1984 ensemble', 'China 2000')
    """
    first, last = CRS.from_user_input(source), CRS.from_user_input(target)
    if first.equals(last, ignore_axis_order=True):
        return Shift()
    names = datum_of(first), datum_of(last)
    old = [superseded(crs) for crs in (first, last)]
    if old[0] != old[1]:
        raise _no_way(first, last)
    moved = _moved_eastings(first, last)
    if moved is not None:
        return moved
    if not all(names):
        raise _no_way(first, last)  # PROJ would take an unnamed datum for any other
    if is_equated(first) and is_equated(last):
        equated = names if names[0] != names[1] else None
        return Shift((*_to_degrees(first), *_from_degrees(last)), equated)
    if names[0] == names[1] and not (first.is_bound or last.is_bound):
        found = _operation(first, last, area)
    else:
        found = _operation(first, last, area) or _by_wgs84(first, last, area)
    if found is None:
        raise _no_way(first, last)
    return found


def area_of(degrees: Box) -> Box | None:
    """Where something lies, for choosing among PROJ's operations; ``None`` if that is nowhere on Earth.

    >>> area_of((119.4444, 32.0, 119.5, 32.1)), area_of((500.0, 0.0, 501.0, 1.0))
    ((119.44, 32.0, 119.5, 32.1), None)
    """
    west, south, east, north = (round(each, 2) for each in degrees)
    is_on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if is_on_earth else None


def _moved_eastings(first: CRS, last: CRS) -> Shift | None:
    """The same meridian with another zone number, or none: eastings move by whole millions, nothing else."""
    codes = first.to_epsg(min_confidence=100), last.to_epsg(min_confidence=100)
    one, other = (gauss_kruger_of(code) if code else None for code in codes)
    if one is None or other is None or one[:2] != other[:2]:
        return None
    return Shift((Transformer.from_pipeline(f"+proj=affine +xoff={(other[2] - one[2]) * 1_000_000}"),))


def _by_wgs84(first: CRS, last: CRS, area: Box | None) -> Shift | None:
    """By way of WGS 84, taken as CGCS2000 on the side that stands on it."""
    if is_equated(last):
        found = _operation(first, CRS(_WGS84), area)
        steps = (*found.steps, *_from_degrees(last)) if found else ()
        equated = (datum_of(CRS(_WGS84)), datum_of(last))
    elif is_equated(first):
        found = _operation(CRS(_WGS84), last, area)
        steps = (*_to_degrees(first), *found.steps) if found else ()
        equated = (datum_of(first), datum_of(CRS(_WGS84)))
    else:
        return None
    if found is None:
        return None
    return Shift(steps, equated, found.operation, found.accuracy_m, found.better)


def _operation(first: CRS, last: CRS, area: Box | None) -> Shift | None:
    """The best operation that can be computed here, ``None`` where there is only ballpark."""
    aoi: Any = AreaOfInterest(*area) if area else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a grid that is not installed is told by ``Shift.better``
            group = TransformerGroup(first, last, always_xy=True, area_of_interest=aoi, allow_ballpark=False)
    except ProjError:
        return None
    if not group.transformers:
        return None
    best = group.transformers[0]
    if datum_of(first) == datum_of(last):
        return Shift((best,))
    better = group.unavailable_operations[0].name if not group.best_available else ""
    accuracy = best.accuracy if best.accuracy >= 0 else float("nan")
    return Shift((best,), None, best.description, accuracy, better)


def _to_degrees(crs: CRS) -> tuple[Transformer, ...]:
    return _conversion(crs, _geographic(crs))


def _from_degrees(crs: CRS) -> tuple[Transformer, ...]:
    return _conversion(_geographic(crs), crs)


def _conversion(first: CRS, last: CRS) -> tuple[Transformer, ...]:
    if first.equals(last, ignore_axis_order=True):
        return ()
    return (Transformer.from_crs(first, last, always_xy=True, allow_ballpark=False),)


def _geographic(crs: CRS) -> CRS:
    """The system in degrees on the same datum."""
    if crs.geodetic_crs is None:
        raise InputError(f"{crs.name} stands on no datum.", "declare a system with a known datum")
    return crs.geodetic_crs.to_2d()


def to_degrees(crs: str) -> Shift:
    """Longitude and latitude on the datum of a system: a conversion, whatever the datum."""
    return Shift(_to_degrees(CRS.from_user_input(crs)))


def to_map_degrees(crs: str) -> Shift:
    """Longitude and latitude to draw a map in: WGS 84, or a system's own where nobody tied it to WGS 84."""
    try:
        return find_shift(crs, _WGS84)
    except InputError:
        return to_degrees(crs)


def from_degrees(crs: str) -> Shift:
    """From longitude and latitude on the datum of a system to the system."""
    return Shift(_from_degrees(CRS.from_user_input(crs)))


def _no_way(first: CRS, last: CRS) -> InputError:
    old = superseded(first) or superseded(last)
    nameless = next((crs for crs in (first, last) if not datum_of(crs)), None)
    if nameless is not None and not old:
        return InputError(
            f"{nameless.name} names no datum: whether it is {last.name if nameless is first else first.name} "
            "moved, or a hundred metres off, cannot be told.",
            'declare the crs that names it, e.g. crs = "EPSG:4528"; or, of a local system, the file of '
            'parameters: transform = "path"',
        )
    why = f"{old} is a superseded datum" if old else "PROJ knows no transformation between their datums"
    return InputError(
        f"{first.name} cannot be overlaid with {last.name}: {why}; a rough one would be off by up to 150 m.",
        "convert the layer to CGCS2000 with the office's parameters and declare its new crs, or name the "
        'file of parameters on the source: transform = "path"',
    )
