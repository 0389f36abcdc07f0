"""Ellipsoidal area of polygons whose edges are straight in the project CRS.

The area is the integral over the polygon of the true area per unit of plane area, J(x, y). J is smooth
(for a Gauss-Krüger plane it is k⁻²), so one polynomial fitted over the extent of the run stands for it, and
Green's theorem turns the integral into a sum over edges. Being one integral of one function it is additive:
the parts of a polygon sum to the whole, which an area between geodesics does not do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from numpy.polynomial import chebyshev
from pyproj import CRS, Transformer

from landeff.core.errors import InputError

Floats = npt.NDArray[np.float64]

_STEP_M = 5_000.0  # of the 4th-order differences: truncation and rounding both stay below 1e-12
_MAX_RESIDUAL = 1e-11
_SHORT_EDGE = 0.01  # of half the extent
_MAX_DEGREE = 14


@dataclass(frozen=True, slots=True)
class AreaScale:
    """True area per unit of plane area over an extent, integrated in the first coordinate.

    Attributes:
        centre, half: middle and half size of the extent, in units of the CRS.
        integral: Chebyshev coefficients of ``∫ J dx`` on the extent scaled to [-1, 1]².
        residual: largest relative misfit of J that was seen.
    """

    centre: Floats
    half: Floats
    integral: Floats
    residual: float

    def area_m2(self, geometries: npt.ArrayLike) -> Floats:
        """Area of each polygon in m²; 0 for empty ones, NaN for missing ones.

        Rings count by role (shell or hole), not by winding; order of parts and start of rings do not matter.

        Args:
            geometries: polygons or multipolygons in the CRS that the scale was fitted for.
        """
        geoms = np.asarray(geometries, dtype=object)
        area = np.zeros(len(geoms))
        parts, owner = shapely.get_parts(geoms, return_index=True)
        rings, part = shapely.get_rings(parts, return_index=True)
        if len(rings):
            is_shell = np.r_[True, part[1:] != part[:-1]]
            signed = np.where(is_shell, 1.0, -1.0) * np.abs(self._ring_areas(rings))
            np.add.at(area, owner[part], signed)
        area[shapely.is_missing(geoms)] = np.nan
        return area

    def _ring_areas(self, rings: npt.NDArray[np.object_]) -> Floats:
        xy, ring = shapely.get_coordinates(rings, return_index=True)
        scaled = (xy - self.centre) / self.half
        inside = ring[1:] == ring[:-1]
        start, step = scaled[:-1][inside], np.diff(scaled, axis=0)[inside]
        total = np.zeros(len(start))
        # Over a short edge the integrand is a cubic to rounding error: two Gauss points are exact.
        short = np.abs(step).max(axis=1, initial=0.0) < _SHORT_EDGE
        for edges, n_points in ((short, 2), (~short, max(self.integral.shape))):
            total[edges] = self._edge_integrals(start[edges], step[edges], n_points)
        return np.asarray(np.bincount(ring[:-1][inside], weights=total, minlength=len(rings)), dtype=float)

    def _edge_integrals(self, start: Floats, step: Floats, n_points: int) -> Floats:
        nodes, weights = np.polynomial.legendre.leggauss(n_points)
        total = np.zeros(len(start))
        for node, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
            point = start + node * step
            total += weight * chebyshev.chebval2d(point[:, 0], point[:, 1], self.integral)
        return np.asarray(total * step[:, 1] * self.half[0] * self.half[1], dtype=float)


def fit_area_scale(crs: str, bounds: tuple[float, float, float, float]) -> AreaScale:
    """Fit the area scale of ``crs`` over ``bounds`` (minx, miny, maxx, maxy, in units of the CRS).

    Raises:
        InputError: the CRS is too distorted over the extent to be measured (residual above 1e-9).

    >>> scale = fit_area_scale("EPSG:4528", (40_443_000, 3_584_000, 40_444_000, 3_585_000))
    >>> scale.residual < 1e-11
    True
    """
    low, high = np.array(bounds[:2], float), np.array(bounds[2:], float)
    centre, half = (low + high) / 2, np.maximum((high - low) / 2, 1e-3)
    for degree in range(2, _MAX_DEGREE + 1, 2):
        coefficients, residual = _fit(crs, centre, half, degree)
        if residual < _MAX_RESIDUAL:
            break
    if not residual <= 1e-9:
        raise InputError(
            f"{crs} is too distorted over {bounds} to measure areas (misfit {residual:.1e}).",
            "set [project] crs to a projected CRS made for this area, e.g. a 3° Gauss-Krüger zone",
        )
    integral = np.asarray(chebyshev.chebint(coefficients, axis=0), dtype=float)
    return AreaScale(centre, half, integral, residual)


def _fit(crs: str, centre: Floats, half: Floats, degree: int) -> tuple[Floats, float]:
    u, v = _grid(chebyshev.chebpts1(degree + 1))
    design = chebyshev.chebvander2d(u, v, [degree, degree])
    values = _area_factor(crs, centre[0] + u * half[0], centre[1] + v * half[1])
    coefficients = np.asarray(np.linalg.solve(design, values), dtype=float).reshape(degree + 1, degree + 1)
    u, v = _grid(np.linspace(-1, 1, 2 * degree + 3))
    truth = _area_factor(crs, centre[0] + u * half[0], centre[1] + v * half[1])
    misfit = np.abs(chebyshev.chebval2d(u, v, coefficients) / truth - 1).max()
    return coefficients, float(misfit)


def _grid(points: Floats) -> tuple[Floats, Floats]:
    u, v = np.meshgrid(points, points, indexing="ij")
    return u.ravel(), v.ravel()


def _area_factor(crs_name: str, x: Floats, y: Floats) -> Floats:
    """J(x, y): m² on the ellipsoid per square unit of the CRS (degrees² where it is geographic)."""
    crs = CRS.from_user_input(crs_name)
    ellipsoid = crs.ellipsoid
    if ellipsoid is None:
        raise InputError(f"{crs_name} has no ellipsoid.", "name a geographic or projected CRS")
    a, b = ellipsoid.semi_major_metre, ellipsoid.semi_minor_metre
    e2 = 1 - (b / a) ** 2
    if crs.is_geographic:
        return _meridian_times_parallel(np.radians(y), a, e2) * float(np.radians(1.0)) ** 2
    geodetic = crs.geodetic_crs
    to_lonlat = Transformer.from_crs(crs, geodetic, always_xy=True)
    step = _STEP_M / crs.axis_info[0].unit_conversion_factor
    lon_x, lat_x = _slopes(to_lonlat, x, y, step, 0.0)
    lon_y, lat_y = _slopes(to_lonlat, x, y, 0.0, step)
    _, lat = to_lonlat.transform(x, y)
    jacobian = np.abs(lon_x * lat_y - lon_y * lat_x)
    return np.asarray(_meridian_times_parallel(np.radians(lat), a, e2) * jacobian, dtype=float)


def _meridian_times_parallel(lat: Floats, a: float, e2: float) -> Floats:
    """M(φ)·N(φ)·cos φ: m² per square radian."""
    w2 = 1 - e2 * np.sin(lat) ** 2
    return np.asarray(a**2 * (1 - e2) * np.cos(lat) / w2**2, dtype=float)


def _slopes(to_lonlat: Transformer, x: Floats, y: Floats, dx: float, dy: float) -> tuple[Floats, Floats]:
    """Derivatives of longitude and latitude (radians per unit) along (dx, dy), of fourth order."""
    lon = np.zeros_like(x)
    lat = np.zeros_like(y)
    for times, weight in ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12)):
        lon_i, lat_i = to_lonlat.transform(x + times * dx, y + times * dy)
        lon += weight * np.radians(lon_i)
        lat += weight * np.radians(lat_i)
    return lon / (dx + dy), lat / (dx + dy)
