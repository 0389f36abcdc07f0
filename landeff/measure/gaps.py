"""What borders drawn apart leave between polygons: small holes, and strips too narrow for a street."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.topology import SLIVER_M, SLIVER_M2, widths_m

Geometries = npt.NDArray[np.object_]

#: Holes below this are rounding of shared borders.
_NOISE_M2 = 1e-4
#: The edge of a strip is on a border that was moved and moved back: it lies on it but for rounding.
_TOUCH_M = 1e-4


def gaps_between(
    geometries: Geometries, scale: AreaScale, at_most_m2: float, metres: float = 1.0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Holes of the union of polygons up to ``at_most_m2``, and open strips narrower than 0.2 m from 1 m² on.

    A wider gap that is open to a street, or to the land around, is none: streets are not reported. Holes in a
    single polygon that nothing fills count as well.

    Args:
        geometries: disjoint polygons; empty ones are left out.
        metres: length of one unit of the coordinates.

    Returns:
        The gaps from west to east (``geometry``, ``area_m2``, ``width_m`` = 2A/P), and which polygons touch
        each (``gap``, ``position``).
    """
    union = shapely.get_parts(shapely.disjoint_subset_union_all(geometries[~shapely.is_empty(geometries)]))
    rings, part = shapely.get_rings(union, return_index=True)
    is_hole = np.r_[False, part[1:] == part[:-1]][: len(rings)]
    holes = shapely.polygons(rings[is_hole])
    area = scale.area_m2(holes)
    holes, area = holes[area <= at_most_m2], area[area <= at_most_m2]
    found = np.concatenate([holes[area > _NOISE_M2], _strips(union, holes, scale, metres)])
    found = found[np.lexsort(shapely.bounds(found).reshape(-1, 4).T[1::-1])]
    area = scale.area_m2(found)
    gaps = pd.DataFrame({"geometry": found, "area_m2": area, "width_m": widths_m(found, area)})
    gap, position = shapely.STRtree(geometries).query(found, predicate="dwithin", distance=_TOUCH_M / metres)
    around = pd.DataFrame({"gap": gap, "position": position})
    return gaps, around.sort_values(["gap", "position"], ignore_index=True)


def _strips(union: Geometries, holes: Geometries, scale: AreaScale, metres: float) -> Geometries:
    """Land that closes when the polygons grow by half the width of a sliver and shrink again."""
    half = SLIVER_M / 2 / metres
    grown = shapely.buffer(union, half, join_style="mitre")
    closed = shapely.get_parts(shapely.disjoint_subset_union_all(grown))
    closed = shapely.buffer(closed, -half, join_style="mitre")
    covered = np.concatenate([union, holes])
    at, by = shapely.STRtree(covered).query(closed, predicate="intersects")
    left = [
        shapely.difference(each, shapely.union_all(covered[by[at == n]])) for n, each in enumerate(closed)
    ]
    parts = shapely.get_parts(shapely.get_parts(left))
    parts = parts[shapely.get_dimensions(parts) == 2]
    area = scale.area_m2(parts)
    return np.asarray(parts[(area >= SLIVER_M2) & (widths_m(parts, area) < SLIVER_M)], dtype=object)
