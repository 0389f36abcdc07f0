"""Areas on the ellipsoid, by geodesics: a reckoning of its own, apart from the one landeff measures with."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

from landeff.sample.lattice import Array
from landeff.sample.places import CENTRE, CRS

_CGCS2000 = Geod(a=6378137.0, rf=298.257222101)


def ellipsoidal_area(shapes: NDArray[np.object_]) -> Array:
    """Area in m² of polygons in the city's CRS, on the CGCS2000 ellipsoid (edges as geodesics)."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    is_hole = np.concatenate([[False], of_part[1:] == of_part[:-1]])
    xy, of_ring = shapely.get_coordinates(rings, return_index=True)
    to_degrees = Transformer.from_crs(CRS, "EPSG:4490", always_xy=True)
    lon, lat = to_degrees.transform(xy[:, 0], xy[:, 1])
    ends = np.searchsorted(of_ring, np.arange(1, len(rings)))
    pairs = zip(np.split(lon, ends), np.split(lat, ends), strict=True)
    area = np.array([abs(_CGCS2000.polygon_area_perimeter(*ring)[0]) for ring in pairs])
    signed = np.where(is_hole, -area, area)
    return np.bincount(owner[of_part], signed, minlength=len(shapes)).astype("float64")


def scaled(shapes: NDArray[np.object_], factor: float) -> NDArray[np.object_]:
    """Shapes grown by ``factor`` about the middle of the city, coordinates rounded to a millimetre."""
    found: NDArray[np.object_] = shapely.transform(
        shapes, lambda xy: np.round((xy - CENTRE) * factor + CENTRE, 3)
    )
    return found
