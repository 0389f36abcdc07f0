"""Ellipsoidal area of polygons whose edges are straight in the project CRS.

The area is the integral over the polygon of the true area per unit of plane area, J(x, y). J is smooth
(for a Gauss-Krüger plane it is k⁻²), so one polynomial fitted over the extent of the run stands for it, and
Green's theorem turns the integral into a sum over edges. Being one integral of one function it is additive:
the parts of a polygon sum to the whole, which an area between geodesics does not do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev
from pyproj import CRS, Transformer

from landeff.core.errors import InputError
from landeff.measure.rings import Rings, chunks, land_of

Floats = npt.NDArray[np.float64]

_STEP_M = 5_000.0  # of the 4th-order differences: truncation and rounding both stay below 1e-12
_MAX_RESIDUAL = 1e-11
_SHORT_EDGE = 0.01  # of half the extent
_MAX_DEGREE = 14
_SMALL_RING = 1e-12  # largest relative error by which a ring may be measured with J taken as a quadric
_MOMENT_OF = np.array([2.0, 6.0, 6.0, 12.0, 24.0, 12.0])  # what the edge sums are multiples of


@dataclass(frozen=True, slots=True)
class AreaScale:
    """True area per unit of plane area over an extent, integrated in the first coordinate.

    Attributes:
        centre, half: middle and half size of the extent, in units of the CRS.
        integral: Chebyshev coefficients of ``∫ J dx`` on the extent scaled to [-1, 1]².
        local: coefficients of J, its two slopes and its three second-order terms, in units of the CRS.
        reach: how far from a vertex, in units of the CRS, J is the quadric that ``local`` gives there.
        residual: largest relative misfit of J that was seen.
    """

    centre: Floats
    half: Floats
    integral: Floats
    local: Floats
    reach: float
    residual: float

    def area_m2(self, geometries: npt.ArrayLike) -> Floats:
        """Area of each polygon in m²; 0 for empty ones, NaN for missing ones.

        Rings count by role (shell or hole), not by winding; order of parts and start of rings do not matter.

        Args:
            geometries: polygons or multipolygons in the CRS that the scale was fitted for.
        """
        return land_of(geometries, self._ring_areas)

    def _ring_areas(self, rings: Rings) -> Floats:
        """Signed area of each ring: small ones from their moments, the others edge by edge."""
        area = np.empty(len(rings.owner))
        for first, last in chunks(rings.start):
            start = rings.start[first : last + 1]
            xy, start = rings.xy[start[0] : start[-1]], start - start[0]
            made = self._by_moments(xy, start)
            large = np.isnan(made)  # lakes, zones, districts
            if large.any():
                count = np.diff(start)
                ends = np.cumsum(count[large])
                made[large] = self._by_edges(xy[np.repeat(large, count)], ends)
            area[first:last] = made
        return area

    def _by_moments(self, xy: Floats, start: npt.NDArray[np.intp]) -> Floats:
        """``∫ J`` over each ring from its moments about its first vertex; NaN beyond the reach of that.

        There the first and the last vertex of every ring are the origin, so the step from one ring to the
        next adds nothing and needs no mask.
        """
        corner = xy[start[:-1]]
        x, y = (xy - np.repeat(corner, np.diff(start), axis=0)).T.copy()
        x0, x1, y0, y1 = x[:-1], x[1:], y[:-1], y[1:]
        moments = np.zeros((6, len(x)))
        plain, by_x, by_y, by_xx, by_xy, by_yy = moments[:, :-1]
        sum_x, sum_y, product = x0 + x1, y0 + y1, x * y
        np.subtract(x0 * y1, x1 * y0, out=plain)
        np.multiply(plain, sum_x, out=by_x)
        np.multiply(plain, sum_y, out=by_y)
        np.subtract(by_x * sum_x, plain * (x0 * x1), out=by_xx)
        np.add(by_x * sum_y, plain * (product[:-1] + product[1:]), out=by_xy)
        np.subtract(by_y * sum_y, plain * (y0 * y1), out=by_yy)
        sums = np.add.reduceat(moments, start[:-1], axis=1) / _MOMENT_OF[:, None]
        area = (sums * self._evaluate(corner, self.local)).sum(axis=0)
        far = np.maximum.reduceat(x * x + y * y, start[:-1])
        area[~(far <= self.reach**2)] = np.nan
        return np.asarray(area, dtype=float)

    def _by_edges(self, xy: Floats, ends: npt.NDArray[np.intp]) -> Floats:
        """``∫ J`` over each ring: the integral of ``∫ J dx`` along its edges, however long they are."""
        step = np.diff(xy, axis=0, append=xy[-1:])
        step[ends - 1] = 0.0  # from one ring to the next
        # Over a short edge the integrand is a cubic to rounding error: two Gauss points are exact.
        short = np.abs(step / self.half).max(axis=1, initial=0.0) < _SHORT_EDGE
        total = np.zeros(len(xy))
        for edges, n_points in ((short, 2), (~short, max(self.integral.shape))):
            for node, weight in _gauss(n_points):
                value = self._evaluate(xy[edges] + node * step[edges], self.integral[None])[0]
                total[edges] += weight * value
        starts = np.concatenate([[0], ends[:-1]])
        return np.asarray(np.add.reduceat(total * step[:, 1], starts) * self.half[0], dtype=float)

    def _evaluate(self, xy: Floats, coefficients: Floats) -> Floats:
        """Values of several Chebyshev series at points: one row a series."""
        u, v = ((xy - self.centre) / self.half).T
        n_series, n_u, n_v = coefficients.shape
        in_u = chebyshev.chebvander(u, n_u - 1) @ coefficients.transpose(1, 0, 2).reshape(n_u, -1)
        in_v = chebyshev.chebvander(v, n_v - 1)
        return np.asarray(np.einsum("psj,pj->sp", in_u.reshape(-1, n_series, n_v), in_v), dtype=float)


@lru_cache
def _gauss(n_points: int) -> tuple[tuple[float, float], ...]:
    """Nodes and weights of Gauss-Legendre on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(n_points)
    return tuple(zip(((nodes + 1) / 2).tolist(), (weights / 2).tolist(), strict=True))


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
    orders = ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
    factors = (1.0, 1.0, 1.0, 0.5, 1.0, 0.5)
    local = np.stack(
        [
            factor * _derivative(coefficients, half, order)
            for factor, order in zip(factors, orders, strict=True)
        ]
    )
    return AreaScale(centre, half, integral, local, _reach(coefficients, half), residual)


def _derivative(coefficients: Floats, half: Floats, order: tuple[int, int]) -> Floats:
    """Chebyshev coefficients of a derivative in units of the CRS, in the shape of the function's own."""
    out = np.zeros_like(coefficients)
    made = coefficients
    for axis, times in enumerate(order):
        made = chebyshev.chebder(made, times, scl=1 / half[axis], axis=axis)
    out[: made.shape[0], : made.shape[1]] = made
    return out


def _reach(coefficients: Floats, half: Floats) -> float:
    """Distance within which the terms of J beyond the second order stay below the tolerance."""
    u, v = _grid(np.linspace(-1, 1, 9))
    third = sum(
        weight * np.abs(chebyshev.chebval2d(u, v, _derivative(coefficients, half, order)))
        for weight, order in ((1, (3, 0)), (3, (2, 1)), (3, (1, 2)), (1, (0, 3)))
    )
    steepest = float(np.max(third / chebyshev.chebval2d(u, v, coefficients)))
    return float(np.cbrt(6 * _SMALL_RING / steepest)) if steepest > 0 else float(np.hypot(*half))


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
