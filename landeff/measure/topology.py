"""What is odd about polygons that are valid: shared land, slivers, parts that touch at a point, spikes.

Thresholds are engineering defaults, not taken from a standard: an overlap is told above 1 m² and above
0.1 % of the smaller polygon; a polygon under 1 m², or narrower than 0.2 m, is a sliver.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.rings import rings_of

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]

OVERLAP_M2 = 1.0
OVERLAP_RATIO = 0.001
SLIVER_M2 = 1.0
SLIVER_M = 0.2
SPIKE_DEGREES = 1.0
_SAME = 1e-6  # of the larger polygon: land by which two polygons may differ and still be drawn twice
_SPIKE_M = 0.5  # shorter sides of a sharp corner are rounding, not a spike


def kinds_of_overlap(found: pd.DataFrame, area_m2: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """What each overlap is: ``duplicate`` (one polygon twice), ``overlap``, or ``noise`` below the threshold.

    Args:
        found: ``first``, ``second`` (positions) and ``area_m2`` of each overlap.
        area_m2: area of each polygon.

    >>> found = pd.DataFrame({"first": [0, 0, 1], "second": [1, 2, 2], "area_m2": [100.0, 5.0, 0.4]})
    >>> kinds_of_overlap(found, [100.0, 100.0, 60.0]).tolist()
    ['duplicate', 'overlap', 'noise']
    """
    area = np.asarray(area_m2, dtype=float)
    one, other = area[found["first"].to_numpy()], area[found["second"].to_numpy()]
    shared = found["area_m2"].to_numpy(dtype=float)
    is_same = np.maximum(one, other) - shared <= _SAME * shared
    is_flagged = shared > np.maximum(OVERLAP_M2, OVERLAP_RATIO * np.minimum(one, other))
    return np.where(is_same, "duplicate", np.where(is_flagged, "overlap", "noise")).astype(object)


def widths_m(geometries: npt.NDArray[np.object_], area_m2: Floats) -> Floats:
    """Mean width 2A/P of each polygon in metres; the length scale is the root of the area scale."""
    plane, length = shapely.area(geometries), shapely.length(geometries)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(length > 0, 2 * np.sqrt(plane * area_m2) / length, 0.0), dtype=float)


def slivers(geometries: npt.NDArray[np.object_], scale: AreaScale) -> pd.DataFrame:
    """Parts under 1 m² or narrower than 0.2 m.

    Returns:
        ``position`` and ``n_parts`` of the polygon; ``geometry``, ``area_m2`` and ``width_m`` of the part.
    """
    parts, owner = shapely.get_parts(geometries, return_index=True)
    area = scale.area_m2(parts)
    width = widths_m(parts, area)
    odd = (area < SLIVER_M2) | (width < SLIVER_M)
    n_parts = np.bincount(owner, minlength=len(geometries))
    return pd.DataFrame(
        {
            "position": owner[odd],
            "geometry": parts[odd],
            "area_m2": area[odd],
            "width_m": width[odd],
            "n_parts": n_parts[owner[odd]],
        }
    )


def touching_parts(geometries: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Points at which two parts of one valid multipolygon touch: ``position`` and ``geometry``."""
    several = np.flatnonzero(shapely.get_num_geometries(geometries) > 1)
    parts, owner = shapely.get_parts(geometries[several], return_index=True)
    if not len(parts):
        return pd.DataFrame({"position": np.array([], int), "geometry": np.array([], object)})
    i, j = shapely.STRtree(parts).query(parts, predicate="intersects")
    pair = (i < j) & (owner[i] == owner[j])
    where = shapely.intersection(parts[i[pair]], parts[j[pair]])
    frame = pd.DataFrame({"position": several[owner[i[pair]]], "geometry": shapely.point_on_surface(where)})
    return frame.sort_values("position", kind="stable", ignore_index=True)


def spikes(geometries: npt.NDArray[np.object_], metres: float = 1.0) -> pd.DataFrame:
    """Corners sharper than 1° with sides of at least 0.5 m.

    Args:
        metres: length of one unit of the coordinates.

    Returns:
        ``position`` of the polygon, ``geometry`` (a point) and ``angle_degrees``.
    """
    frames = []
    for rings in rings_of(geometries):
        counted = np.repeat(rings.role != 0, np.diff(rings.start))
        after = np.diff(rings.xy, axis=0, append=rings.xy[-1:])
        ends = rings.start[1:] - 1
        after[ends] = after[rings.start[:-1]]  # the first vertex is the last one
        before = np.roll(after, 1, axis=0)
        cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
        along = -(before * after).sum(axis=1)
        counted[rings.start[:-1]] = False  # told at the end of the ring, with the edge before it
        sharp = counted & (along > 0) & (np.abs(cross) < np.tan(np.radians(SPIKE_DEGREES)) * along)
        at = np.flatnonzero(sharp)
        length = np.minimum(np.hypot(*before[at].T), np.hypot(*after[at].T)) * metres
        at = at[length >= _SPIKE_M]
        ring = np.searchsorted(rings.start, at, side="right") - 1
        angle = np.degrees(np.arctan2(np.abs(cross[at]), along[at]))
        points = shapely.points(rings.xy[at])
        frames.append(
            pd.DataFrame({"position": rings.owner[ring], "geometry": points, "angle_degrees": angle})
        )
    return pd.concat(frames).sort_values("position", kind="stable", ignore_index=True)
