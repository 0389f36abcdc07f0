"""Approved construction land (批次), and the planning layers."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from landeff.sample.geodesy import ellipsoidal_area
from landeff.sample.land import Land
from landeff.sample.lattice import inside
from landeff.sample.places import CRS, PLACES

N_SUPPLIED_BLOCKS, BLOCKS_PER_APPROVAL = 55, 3
#: Share of approvals that take in the streets around their blocks too.
WITH_STREETS = 0.15
N_FARMLAND_CONFLICTS, N_REDLINE_CONFLICTS = 3, 2


def draw_approvals(land: Land, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Batches of neighbouring blocks: every block with unsupplied lots, and some that are supplied."""
    cells, lots = land.ground.cells, land.ground.lots
    unsupplied = lots.loc[(lots["role"] == "open") & lots["in_zone"], "cell"].drop_duplicates()
    parcelled = cells.index[(cells["kind"] == "parcelled") & cells["in_zone"]].difference(
        pd.Index(unsupplied)
    )
    chosen = np.sort(np.concatenate([unsupplied, rng.choice(parcelled, N_SUPPLIED_BLOCKS, replace=False)]))
    place = cells.loc[chosen, "place"]
    batch = place.groupby(place).cumcount() // BLOCKS_PER_APPROVAL
    rows, shapes = [], []
    for number, (key, members) in enumerate(batch.groupby([place, batch]).groups.items()):
        blocks = land.ground.cell_shapes if rng.random() < WITH_STREETS else land.ground.block_shapes
        shapes.append(shapely.union_all(blocks[members]))
        year = int(rng.integers(2017, 2025))
        rows.append(
            {
                "批次编号": f"PC{year}{number + 1:03d}",
                "批次名称": f"{PLACES[key[0]].name}{year}年度第{key[1] + 1}批次",
                "批准日期": f"{year}-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}",
                "批准文号": f"示例政地〔{year}〕{number + 11}号",
            }
        )
    layer = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapes, crs=CRS)
    layer["批准面积"] = (ellipsoidal_area(np.array(shapes)) / 1e4).round(4)
    return layer


def unsupplied_area(approvals: gpd.GeoDataFrame, land: Land) -> tuple[float, int]:
    """Approved land inside zones that no parcel covers: m² and number of separate pieces."""
    parcels = np.asarray(land.parcels.geometry)
    tree = shapely.STRtree(parcels)
    pieces = []
    for shape in approvals.geometry:
        near = shapely.union_all(parcels[tree.query(shape, predicate="intersects")])
        pieces.append(shapely.difference(shape, near))
    zones = shapely.union_all(np.asarray(land.zones.geometry[land.zones["parent_zone_id"].isna()]))
    parts = shapely.get_parts(shapely.intersection(np.array(pieces), zones))
    area = ellipsoidal_area(parts)
    return float(area.sum()), int((area > 1.0).sum())


def draw_plans(land: Land, rng: np.random.Generator) -> dict[str, gpd.GeoDataFrame]:
    """城镇开发边界, 永久基本农田 and 生态保护红线, the last two with a few pieces over parcels."""
    ground = land.ground
    cells, lots = ground.cells, ground.lots
    town = cells["kind"].isin(["parcelled", "town"])
    towns = [shapely.union_all(ground.cell_shapes[town & (cells["place"] == i)]) for i in range(len(PLACES))]
    built = lots.index[(lots["role"] == "parcel") & lots["in_zone"]]
    conflicts = rng.choice(built, N_FARMLAND_CONFLICTS + N_REDLINE_CONFLICTS, replace=False)
    over = shapely.polygons(
        inside(
            ground.lot_corners[conflicts][:, None],
            np.array([[0.1, 0.5, 0.45, 0.1]]),
            np.array([[0.1, 0.1, 0.6, 0.5]]),
        )
    )
    over = np.asarray(shapely.transform(over, lambda xy: xy.round(3)))
    farmland = ground.lot_shapes[
        (lots["class_code"] == "0101") & (lots["role"] == "plain") & (rng.random(len(lots)) < 0.6)
    ]
    forest = ground.lot_shapes[(lots["class_code"] == "0301") & (rng.random(len(lots)) < 0.5)]
    rivers = ground.cell_shapes[cells["kind"] == "river"]
    redline = np.concatenate([forest, shapely.get_parts(shapely.union_all(rivers))])
    return {
        "城镇开发边界": _plan(np.array(towns), "CZ"),
        "永久基本农田": _plan(np.concatenate([farmland, over[:N_FARMLAND_CONFLICTS]]), "YN"),
        "生态保护红线": _plan(np.concatenate([redline, over[N_FARMLAND_CONFLICTS:]]), "HX"),
    }


def _plan(shapes: NDArray[np.object_], prefix: str) -> gpd.GeoDataFrame:
    kind = {"CZ": "城镇开发边界", "YN": "永久基本农田", "HX": "生态保护红线"}[prefix]
    numbers = [f"{prefix}{number:04d}" for number in range(1, len(shapes) + 1)]
    return gpd.GeoDataFrame({"GHTBBH": numbers, "GHLX": kind}, geometry=shapes, crs=CRS)
