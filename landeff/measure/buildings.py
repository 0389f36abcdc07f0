"""Buildings on land: footprints counted once, floor area, and the floor area that counts towards FAR.

Source: 《工业项目建设用地控制指标》 (国土资发〔2008〕24号), 附件: the floor area of a storey higher than 8 m
(层高超过8米) is doubled in computing the plot ratio (容积率) of an industrial project.
What the footprint is divided by is the land, so the ratio made of it is 建筑密度. It is not 建筑系数 of that
document, which also counts structures and open yards.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.cutting import Geometries
from landeff.measure.overlap import overlap_areas
from landeff.measure.partition import make_disjoint
from landeff.measure.topology import SLIVER_M2

Floats = npt.NDArray[np.float64]

TALL_STOREY_M = 8.0  # a storey higher than this counts twice towards the FAR of an industrial project


def ground_counted_once(
    geometries: npt.ArrayLike, n_floors: npt.ArrayLike, scale: AreaScale
) -> tuple[Geometries, pd.DataFrame]:
    """Footprints made disjoint: ground under two polygons belongs to the one with more storeys.

    A tower drawn upon its podium so keeps its own ground, and the podium the rest. Unknown storeys yield;
    between equals the earlier polygon wins.

    Args:
        geometries: valid polygons in order of their key.
        n_floors: storeys of each, NaN where unknown.

    Returns:
        The polygons without what another holds, and the overlaps: ``first`` (holds the ground), ``second``
        (positions) and ``area_m2``.
    """
    floors = np.asarray(n_floors, dtype=float)
    order = np.lexsort((np.arange(len(floors)), np.where(np.isnan(floors), np.inf, -floors)))
    made, overlaps = make_disjoint(np.asarray(geometries, dtype=object)[order], scale)
    ground = np.empty(len(order), dtype=object)
    ground[order] = made
    for name in ("first", "second"):
        overlaps[name] = order[overlaps[name].to_numpy(dtype=np.intp)]
    return ground, overlaps.sort_values(["first", "second"], ignore_index=True)


def floor_area_m2(footprint_m2: npt.ArrayLike, n_floors: npt.ArrayLike, stated_m2: npt.ArrayLike) -> Floats:
    """Floor area of buildings: the stated one, else footprint × storeys; NaN where neither is known.

    No storeys at all is no number of storeys: such a building is unknown, not flat.

    >>> floor_area_m2([100.0, 100.0, 100.0], [3, 3, 0], [np.nan, 280.0, np.nan]).tolist()
    [300.0, 280.0, nan]
    """
    floors = np.asarray(n_floors, dtype=float)
    stated = np.asarray(stated_m2, dtype=float)
    drawn = np.asarray(footprint_m2, dtype=float) * np.where(floors >= 1, floors, np.nan)
    return np.where(np.isnan(stated), drawn, stated)


def far_factor(n_floors: npt.ArrayLike, height_m: npt.ArrayLike, is_industrial: npt.ArrayLike) -> Floats:
    """How often the floor area of a building counts towards FAR: 1, or 2 if storeys are high.

    The height of a storey is the mean of the building, ``height_m ÷ n_floors``; exactly 8 m is not above 8 m.
    A building of at most 8 m has no high storey, however many it has. Where the land is not industrial the
    rule does not apply; where its use or the heights are unknown, the factor is, unless both answers are 1.

    Args:
        n_floors, height_m: of each building, NaN where unknown.
        is_industrial: 1 on industrial and storage land, 0 on other, NaN where the use is unknown.

    >>> far_factor([1, 1, 3, np.nan], [8.0, 8.1, 20.0, 12.0], [1, 1, 1, 1]).tolist()
    [1.0, 2.0, 1.0, nan]
    >>> far_factor([1, 1, 1], [12.0, np.nan, 12.0], [0, 0, np.nan]).tolist()
    [1.0, 1.0, nan]
    """
    floors, height = np.asarray(n_floors, dtype=float), np.asarray(height_m, dtype=float)
    industrial = np.asarray(is_industrial, dtype=float)
    height = np.where(height > 0, height, np.nan)
    storey = height / np.where(floors >= 1, floors, np.nan)
    counts = np.where(storey > TALL_STOREY_M, 2.0, np.where(np.isnan(storey), np.nan, 1.0))
    counts = np.where(height <= TALL_STOREY_M, 1.0, counts)
    doubtful = np.where(counts == 1.0, 1.0, np.nan)
    return np.where(industrial == 0, 1.0, np.where(industrial == 1, counts, doubtful))


def buildings_on(
    parcels: npt.ArrayLike,
    buildings: npt.ArrayLike,
    ground: npt.ArrayLike,
    scale: AreaScale,
) -> pd.DataFrame:
    """How buildings divide over parcels.

    Args:
        parcels: valid polygons.
        buildings: footprints as drawn, valid polygons.
        ground: the same counted once (:func:`ground_counted_once`).

    Returns:
        One row a parcel and building that share land: ``left`` (parcel), ``right`` (building),
        ``footprint_m2`` (ground counted once; 0 where another building holds it all) and ``share_ratio`` (of
        the footprint as drawn). Shares of a building sum to 1 where disjoint parcels hold all of it.
    """
    drawn, once = np.asarray(buildings, dtype=object), np.asarray(ground, dtype=object)
    land = np.asarray(parcels, dtype=object)
    pairs = overlap_areas(drawn, land, scale).rename(columns={"left": "right", "right": "left"})
    pairs["share_ratio"] = pairs["area_m2"] / scale.area_m2(drawn)[pairs["right"]]
    pairs = pairs.rename(columns={"area_m2": "footprint_m2"})
    changed = np.flatnonzero(~shapely.equals_identical(drawn, once))
    left = overlap_areas(once[changed], land, scale)
    left["left"], left["right"] = left["right"].to_numpy(), changed[left["left"].to_numpy()]
    pairs = pairs.merge(left, on=["left", "right"], how="left")
    is_changed = pairs["right"].isin(changed)
    pairs["footprint_m2"] = pairs["footprint_m2"].mask(is_changed, pairs["area_m2"].fillna(0.0))
    pairs = pairs[["left", "right", "footprint_m2", "share_ratio"]]
    return pairs.sort_values(["left", "right"], ignore_index=True)


def floor_area_of_parcels(pairs: pd.DataFrame) -> pd.DataFrame:
    """Sums over the buildings of each parcel.

    Args:
        pairs: ``parcel_id``, and of each building on it ``footprint_m2``, ``floor_area_m2`` and
            ``far_floor_area_m2``, the last two NaN where unknown.

    Returns:
        By ``parcel_id``: ``n_buildings``, ``building_footprint_m2``, ``floor_area_m2`` and
        ``far_floor_area_m2`` (NaN where that of one building is unknown), ``known_floor_area_m2`` and
        ``known_far_floor_area_m2`` (what they are at least: floors of unknown height count once).
        Buildings that overhang by less than 1 m² (a sliver) count with their area, but are not counted as
        buildings and make nothing unknown.
    """
    stands = pairs["footprint_m2"] >= SLIVER_M2
    by = pairs["parcel_id"]
    sums = pd.DataFrame(
        {
            "n_buildings": stands.groupby(by).sum().astype("Int64"),
            "building_footprint_m2": pairs["footprint_m2"].groupby(by).sum(),
        }
    )
    for name in ("floor_area_m2", "far_floor_area_m2"):
        known = pairs[name].fillna(pairs["floor_area_m2"]).groupby(by).sum()
        is_known = (pairs[name].notna() | ~stands).groupby(by).all()
        sums[name] = known.where(is_known)
        sums[f"known_{name}"] = known
    return sums
