"""What the numbers of a layer can be: the readings of its box as Gauss-Krüger or degrees, any axis order.

A box is minx, miny, maxx, maxy. China's eastings tell themselves apart (EPSG registry): eight digits
beginning with 13–23 are 6° zones, with 25–45 3° zones, six digits carry no zone; northings run from
300 to 6 100 km, longitudes from 73° to 136°, latitudes from 3° to 54°.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from landeff.core.datums import ZONES, Width, gauss_kruger
from landeff.core.shift import Box, from_degrees, to_degrees
from landeff.sources.crs.provinces import Place, meets

Axes = Literal["xy", "yx"]

CHINA: Box = (73.0, 3.0, 136.0, 54.0)
_NORTHINGS = (300_000.0, 6_100_000.0)
_EASTINGS = (100_000.0, 900_000.0)
_WIDEST = 3.6  # degrees from the meridian: half a 6° zone and what offices draw beyond it
_OUTLIERS = 0.01  # of the features at either end may be stray
_REACH = 2.0  # degrees beyond the area that a system is made for


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a box: the system, the order of the axes, and where in degrees that puts it."""

    crs: str
    axes: Axes
    degrees: Box
    is_prefixed: bool = False

    @property
    def declaration(self) -> str:
        """What to write into the project file."""
        return f'crs = "{self.crs}"' + (', axes = "yx"' if self.axes == "yx" else "")


def layer_box(geometries: npt.NDArray[np.object_]) -> Box | None:
    """Box of a layer without its stray 1 % at either end (all of a layer of up to 100 features counts).

    ``None`` where no feature has coordinates.

    >>> layer_box(np.array([shapely.box(1, 2, 3, 4), None]))
    (1.0, 2.0, 3.0, 4.0)
    """
    bounds = shapely.bounds(geometries)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return None
    low = np.quantile(bounds[:, :2], _OUTLIERS, axis=0, method="lower")
    high = np.quantile(bounds[:, 2:], 1 - _OUTLIERS, axis=0, method="higher")
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def swapped(box: Box) -> Box:
    """The box with its axes exchanged."""
    return box[1], box[0], box[3], box[2]


def is_degrees(box: Box) -> bool:
    """Whether the numbers can be longitude and latitude."""
    return box[0] >= -360 and box[2] <= 360 and box[1] >= -90 and box[3] <= 90


def prefix_of(box: Box) -> int | None:
    """Zone number that all eastings begin with, 0 for six digits without one, ``None`` where they do not say.

    >>> prefix_of((40_443_000.0, 3_586_000.0, 40_444_000.0, 3_587_000.0))
    40
    >>> prefix_of((443_000.0, 3_586_000.0, 444_000.0, 3_587_000.0))
    0
    """
    if box[1] < _NORTHINGS[0] or box[3] > _NORTHINGS[1]:
        return None
    low, high = int(box[0] // 1_000_000), int(box[2] // 1_000_000)
    if low == high == 0:
        return 0 if box[0] >= _EASTINGS[0] and box[2] <= _EASTINGS[1] else None
    return low if low == high and width_of(low) else None


def width_of(prefix: int) -> Width | None:
    """Width of the zones that a prefix belongs to: 13–23 are 6° zones, 25–45 are 3° zones."""
    return next((width for width, zones in ZONES.items() if prefix in zones), None)


def several_prefixes(box: Box) -> tuple[int, int] | None:
    """First and last zone number where the eastings begin with several, else ``None``."""
    low, high = int(box[0] // 1_000_000), int(box[2] // 1_000_000)
    is_north = box[1] >= _NORTHINGS[0] and box[3] <= _NORTHINGS[1]
    is_zoned = is_north and low < high and width_of(low) is not None and width_of(low) == width_of(high)
    return (low, high) if is_zoned else None


def readings(box: Box) -> list[Reading]:
    """Every way to read the numbers as CGCS2000, those without exchanged axes first.

    Six-digit eastings have a reading for each of the 21 meridians: the Gauss-Krüger plane is the same.

    >>> [each.declaration for each in readings((40_443_000.0, 3_584_000.0, 40_444_000.0, 3_585_000.0))]
    ['crs = "EPSG:4528"']
    >>> len(readings((3_584_000.0, 443_000.0, 3_585_000.0, 444_000.0)))
    21
    """
    return [*_readings(box, "xy"), *_readings(swapped(box), "yx")]


def _readings(box: Box, axes: Axes) -> list[Reading]:
    if inside(box, CHINA):
        return [Reading("EPSG:4490", axes, box)]
    prefix = prefix_of(box)
    if prefix is None:
        return []
    plain = (box[0] - prefix * 1_000_000, box[1], box[2] - prefix * 1_000_000, box[3])
    west, south, east, north = to_degrees("EPSG:4549").box(plain)  # about 120°E
    west, east = west - 120, east - 120
    if not (-_WIDEST <= west <= east <= _WIDEST):
        return []
    width = width_of(prefix)
    if width is not None:
        meridian = 3 * prefix if width == 3 else 6 * prefix - 3
        at = (meridian + west, south, meridian + east, north)
        return [Reading(gauss_kruger(prefix, width), axes, at, True)]
    return [
        Reading(gauss_kruger(zone, prefixed=False), axes, (3 * zone + west, south, 3 * zone + east, north))
        for zone in ZONES[3]
    ]


def inside(box: Box, outer: Box) -> bool:
    """Whether a box lies within another."""
    return box[0] >= outer[0] and box[1] >= outer[1] and box[2] <= outer[2] and box[3] <= outer[3]


def readings_at(box: Box, place: Place) -> list[Reading]:
    """The readings that put the box inside a place."""
    return [reading for reading in readings(box) if place.holds(reading.degrees)]


def looks_swapped(crs: CRS, box: Box) -> bool:
    """Whether the axes of a layer in a known system are exchanged: only then is it where the system is used.

    >>> looks_swapped(CRS("EPSG:4549"), (3_584_000.0, 443_000.0, 3_585_000.0, 444_000.0))
    True
    """
    return not _fits(crs, box) and _fits(crs, swapped(box))


def _fits(crs: CRS, box: Box) -> bool:
    """Whether a box lies about the area of use of its system; one without such an area is used everywhere."""
    if crs.is_geographic and not is_degrees(box):
        return False
    text = crs.to_wkt()
    at = box if crs.is_geographic else to_degrees(text).box(box)
    # Beyond the pole a projection runs on and comes round again: what comes back is another point.
    back = from_degrees(text).box(at) if np.isfinite(at).all() and not crs.is_geographic else box
    if not np.allclose(back[:2], box[:2], rtol=1e-3, atol=1.0):
        return False
    area = crs.area_of_use
    if area is None or area.west > area.east:
        return bool(np.isfinite(at).all())
    used = (area.west - _REACH, area.south - _REACH, area.east + _REACH, area.north + _REACH)
    return meets(at, used)
