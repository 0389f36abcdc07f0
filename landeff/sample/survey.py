"""The land-survey layer (DLTB): every square metre of the zones and of a margin around them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from landeff.core.landuse import is_developed
from landeff.sample.blocks import Ground
from landeff.sample.geodesy import ellipsoidal_area
from landeff.sample.places import PLACES

CLASS_NAMES = {
    "0101": "水田", "0103": "旱地", "0201": "果园", "0301": "乔木林地", "05H1": "商业服务业设施用地",
    "0508": "物流仓储用地", "0601": "工业用地", "0701": "城镇住宅用地", "0702": "农村宅基地",
    "0809": "公用设施用地", "0810": "公园与绿地", "08H2": "科教文卫用地", "1003": "公路用地",
    "1004": "城镇村道路用地", "1006": "农村道路", "1101": "河流水面", "1104": "坑塘水面",
    "1201": "空闲地", "1202": "设施农用地",
}  # fmt: skip


def draw_survey(ground: Ground, lot_codes: pd.Series) -> tuple[pd.DataFrame, NDArray[np.object_]]:
    """Patches: lots of one class in one block together, and the streets and rivers between.

    Returns:
        ``TBBH``, ``DLBM``, ``DLMC``, ``QSXZ``, ``CZCSXM`` and ``SJNF``; shapes before scaling.
    """
    groups = ground.lots.assign(DLBM=lot_codes).groupby(["cell", "DLBM"]).groups
    of_lots = [shapely.union_all(ground.lot_shapes[lots]) for lots in groups.values()]
    patches, owner = shapely.get_parts(np.array(of_lots), return_index=True)
    keys = pd.DataFrame(list(groups), columns=["cell", "DLBM"]).iloc[owner]
    streets = pd.DataFrame({"cell": ground.cells.index, "DLBM": ground.cells["street_code"]})
    found = pd.concat([keys, streets], ignore_index=True)
    shapes = np.concatenate([patches, _streets(ground)])
    kind = found["cell"].map(ground.cells["kind"])
    place = found["cell"].map(ground.cells["place"])
    found["DLMC"] = found["DLBM"].map(CLASS_NAMES)
    is_town = is_developed(found["DLBM"]) & kind.isin(["parcelled", "town"])
    found["QSXZ"] = np.where(is_town, "20", "30")
    urban = np.where(place.map(lambda index: PLACES[index].level) == "国家级", "201", "202")
    found["CZCSXM"] = pd.Series(urban).where(is_town & (found["DLBM"] != "0702"))
    found.loc[found["DLBM"] == "0702", "CZCSXM"] = "203"
    found["SJNF"] = 2024
    order = found.sort_values("cell", kind="stable").index
    found = found.loc[order].drop(columns="cell").reset_index(drop=True)
    found.insert(0, "TBBH", [f"{number:08d}" for number in range(1, len(found) + 1)])
    return found, shapes[order]


def _streets(ground: Ground) -> NDArray[np.object_]:
    """Each cell without its block: the streets around it, up to their middle."""
    streets = ground.cell_shapes.copy()
    for cell in np.flatnonzero(ground.cells["kind"] != "river"):
        ring = shapely.get_coordinates(ground.block_shapes[cell])
        streets[cell] = shapely.Polygon(shapely.get_coordinates(streets[cell]), [ring])
    return streets


def developed_area(codes: pd.Series, patches: NDArray[np.object_], zones: NDArray[np.object_]) -> float:
    """Construction land by the survey inside the zones (开发面积), ellipsoidal, in m²."""
    developed = patches[is_developed(codes).to_numpy(dtype=bool)]
    tree = shapely.STRtree(developed)
    zone, patch = tree.query(zones, predicate="intersects")
    shapely.prepare(zones)
    within = shapely.covers(zones[zone], developed[patch])
    cut = shapely.intersection(zones[zone[~within]], developed[patch[~within]])
    return float(ellipsoidal_area(np.concatenate([developed[patch[within]], cut])).sum())
