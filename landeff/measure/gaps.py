"""Small holes in the land that polygons cover together: what borders drawn apart leave between them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.topology import widths_m

#: Holes below this are rounding of shared borders.
_NOISE_M2 = 1e-4


def enclosed_gaps(
    geometries: npt.NDArray[np.object_], scale: AreaScale, at_most_m2: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Holes of the union of polygons that are not larger than ``at_most_m2``.

    A gap open to a street, or to the land around, is no hole: streets are not reported. Holes in a single
    polygon that nothing fills count as well.

    Returns:
        The gaps from west to east (``geometry``, ``area_m2``, ``width_m`` = 2A/P), and which polygons touch
        each (``gap``, ``position``).
    """
    union = shapely.disjoint_subset_union_all(geometries[~shapely.is_empty(geometries)])
    rings, part = shapely.get_rings(shapely.get_parts(union), return_index=True)
    is_hole = np.r_[False, part[1:] == part[:-1]][: len(rings)]
    holes = shapely.polygons(rings[is_hole])
    area = scale.area_m2(holes)
    small = (area <= at_most_m2) & (area > _NOISE_M2)
    holes, area = holes[small], area[small]
    order = np.lexsort(shapely.bounds(holes).reshape(-1, 4).T[1::-1])
    holes, area = holes[order], area[order]
    gaps = pd.DataFrame({"geometry": holes, "area_m2": area, "width_m": widths_m(holes, area)})
    gap, position = shapely.STRtree(geometries).query(holes, predicate="intersects")
    around = pd.DataFrame({"gap": gap, "position": position})
    return gaps, around.sort_values(["gap", "position"], ignore_index=True)
