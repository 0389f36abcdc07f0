"""The survey's own area formula (图斑椭球面积), a cross-check of the canonical area.

Edges are straight in longitude and latitude. For an edge from (B₁, L₁) to (B₂, L₂), with ΔB = B₂ - B₁,
Bm = (B₁ + B₂) / 2 and ΔL = (L₁ + L₂) / 2 - L₀ for any constant L₀, the land between the edge and L₀ is

    S = 2b² ΔL [A sin(ΔB/2) cos Bm - B sin(3ΔB/2) cos 3Bm + C sin(5ΔB/2) cos 5Bm
                - D sin(7ΔB/2) cos 7Bm + E sin(9ΔB/2) cos 9Bm]

with A … E series in the squared eccentricity. Source: 第三次全国国土调查技术规程 (TD/T 1055-2019), annex
on the area of survey patches; the series is that of b² ∫ cos B / (1 - e² sin² B)² dB.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pyproj import CRS

from landeff.core.errors import InputError
from landeff.measure.rings import Rings, land_of

Floats = npt.NDArray[np.float64]

#: Each coefficient is Σ n/d · e^(2k): (k, n, d).
_SERIES = (
    ((0, 1, 1), (1, 3, 6), (2, 30, 80), (3, 35, 112), (4, 630, 2304)),
    ((1, 1, 6), (2, 15, 80), (3, 21, 112), (4, 420, 2304)),
    ((2, 3, 80), (3, 7, 112), (4, 180, 2304)),
    ((3, 1, 112), (4, 45, 2304)),
    ((4, 5, 2304),),
)


def survey_area_m2(
    geometries: npt.ArrayLike, *, central_longitude: float | None = None, crs: str = "EPSG:4490"
) -> Floats:
    """Area of each polygon in m² by the survey formula; 0 for empty ones, NaN for missing ones.

    Rings count by role (shell or hole), not by winding.

    Args:
        geometries: polygons or multipolygons, x = longitude and y = latitude in degrees.
        central_longitude: L₀ in degrees; any gives the same area. By default the middle of the polygons.
        crs: geographic CRS of the coordinates; its ellipsoid is taken.

    Raises:
        InputError: ``crs`` is not geographic.

    >>> import shapely
    >>> ring = [(119.40, 32.38), (119.41, 32.38), (119.41, 32.39), (119.40, 32.39)]
    >>> round(float(survey_area_m2([shapely.Polygon(ring)])[0]), 3)
    1043465.943
    """
    semi_minor, e2 = _ellipsoid(crs)
    return land_of(geometries, lambda rings: _ring_areas(rings, central_longitude, semi_minor, e2))


def _ring_areas(rings: Rings, central_longitude: float | None, semi_minor: float, e2: float) -> Floats:
    """Signed area of each ring."""
    longitude, latitude = np.radians(rings.xy).T
    origin = (
        float(longitude.min() + longitude.max()) / 2
        if central_longitude is None
        else np.radians(central_longitude)
    )
    middle = (latitude[1:] + latitude[:-1]) / 2
    half_step = np.diff(latitude) / 2
    total = np.zeros(len(latitude))
    for order, terms in enumerate(_SERIES):
        times = 2 * order + 1
        coefficient = sum(n / d * e2**k for k, n, d in terms)
        total[:-1] += (-1) ** order * coefficient * np.sin(times * half_step) * np.cos(times * middle)
    total[:-1] *= (longitude[1:] + longitude[:-1]) / 2 - origin
    total[rings.start[1:] - 1] = 0.0  # from one ring to the next
    return np.asarray(2 * semi_minor**2 * np.add.reduceat(total, rings.start[:-1]), dtype=float)


def _ellipsoid(name: str) -> tuple[float, float]:
    """Semi-minor axis in m and squared eccentricity."""
    crs = CRS.from_user_input(name)
    if not crs.is_geographic or crs.ellipsoid is None:
        raise InputError(f"{name} is not in degrees.", "name a geographic CRS, e.g. EPSG:4490")
    a, b = crs.ellipsoid.semi_major_metre, crs.ellipsoid.semi_minor_metre
    return b, 1 - (b / a) ** 2
