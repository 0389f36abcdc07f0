"""Zones within zones: how deep each lies, and which of two that overlap holds the land."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

COLUMNS = ("zone_id", "other_zone_id", "depth", "area_m2", "decided_by")


def with_depth(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Zones with ``depth``: 0 for a zone of its own, 1 for a park in it, 2 for a park in that, and so on.

    A parent that is not among the zones is none. Parents must not run in a circle.
    """
    parent = zones.set_index("zone_id")["parent_zone_id"]
    above = parent.where(parent.isin(parent.index))
    depth = np.zeros(len(zones), dtype="int64")
    ancestor = above
    while ancestor.notna().any():
        depth += ancestor.notna().to_numpy()
        ancestor = ancestor.map(above)
    return zones.assign(depth=pd.array(depth, dtype="Int64"))


def levels(zones: gpd.GeoDataFrame) -> list[gpd.GeoDataFrame]:
    """Zones by depth, from the top: each level is apportioned on its own."""
    return [zones[zones["depth"] == depth] for depth in range(int(zones["depth"].max()) + 1)]


def decided_overlaps(level: gpd.GeoDataFrame, overlaps: pd.DataFrame) -> pd.DataFrame:
    """``zone_overlaps`` of one level: who holds the land that two zones claim, and by what.

    Args:
        level: zones in order of precedence, with ``order`` (the precedence set, missing where none is).
        overlaps: ``first`` (holds the land), ``second`` (positions in ``level``) and ``area_m2``.
    """
    first, second = (overlaps[name].to_numpy(dtype=np.intp) for name in ("first", "second"))
    order = level["order"].astype("float64").fillna(np.inf).to_numpy()
    keys = level["zone_id"].to_numpy()
    return pd.DataFrame(
        {
            "zone_id": pd.Series(keys[first], dtype="str"),
            "other_zone_id": pd.Series(keys[second], dtype="str"),
            "depth": level["depth"].iloc[first].reset_index(drop=True),
            "area_m2": overlaps["area_m2"].reset_index(drop=True).astype("float64"),
            "decided_by": pd.Series(np.where(order[first] < order[second], "precedence", "key"), dtype="str"),
        }
    )
