"""Outlines that lie in outlines: which in which, and cutting the inner ones out as holes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

Geometries = npt.NDArray[np.object_]
Places = npt.NDArray[np.intp]


def containers(shapes: Geometries) -> tuple[Places, Places]:
    """Pairs (inner, outer) of which the outer one contains the inner; equal shapes are no pair.

    >>> inner, outer = containers(np.array([shapely.box(0, 0, 9, 9), shapely.box(1, 1, 2, 2)]))
    >>> inner.tolist(), outer.tolist()
    ([1], [0])
    """
    valid = np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))
    inner, outer = shapely.STRtree(valid).query(valid, predicate="within")
    is_pair = (inner != outer) & (shapely.area(valid[inner]) < shapely.area(valid[outer]))
    return inner[is_pair], outer[is_pair]


def cut_holes(shapes: Geometries, inner: Places, outer: Places) -> tuple[Geometries, npt.NDArray[np.bool_]]:
    """Shapes without those directly inside them, and which of them are land.

    Lines nested at an odd depth are holes, at an even one islands (the even-odd rule of CAD hatches).
    """
    depth = np.bincount(inner, minlength=len(shapes))
    is_parent = depth[outer] == depth[inner] - 1
    is_hole = depth[inner] % 2 == 1
    pairs = pd.DataFrame({"hole": inner, "shell": outer})[is_parent & is_hole]
    cut: Any = shapes.copy()
    for shell, holes in pairs.groupby("shell")["hole"]:
        cut[shell] = shapely.difference(shapes[shell], shapely.union_all(shapes[holes.to_numpy()]))
    return cut, depth % 2 == 0
