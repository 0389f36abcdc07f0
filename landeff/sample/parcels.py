"""Parcels: which lots they take up, what they are used for, and their codes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from landeff.sample.blocks import Ground
from landeff.sample.lattice import inside
from landeff.sample.places import PLACES

#: Uses of parcels: GB/T 21010 code and text of the cadastre, class of the survey, weight.
USES = {
    "industrial": ("0601", "工业用地", "0601", 0.785),
    "storage": ("0604", "仓储用地", "0508", 0.06),
    "commercial": ("0501", "零售商业用地", "05H1", 0.04),
    "residential": ("0701", "城镇住宅用地", "0701", 0.05),
    "public": ("0809", "公用设施用地", "0809", 0.035),
    "green": ("0810", "公园与绿地", "0810", 0.03),
}
MERGED_SHARE = 0.085
#: Share of business parcels on which nothing is built.
BARE_SHARE = 0.085
N_MULTIPART, N_HOLES, N_OVERLAPS = 12, 8, 3
M2_PER_MU = 2000 / 3


def draw_parcels(
    ground: Ground, rng: np.random.Generator
) -> tuple[pd.DataFrame, NDArray[np.object_], pd.Series]:
    """Join lots to parcels.

    Returns:
        The parcels (``parcel_id``, ``district_code``, ``place``, ``in_zone``, ``use``), their shapes before
        scaling, and the parcel number of every lot (NaN where a lot is none).
    """
    number = _numbered(ground.lots, rng)
    taken = number.dropna().astype("int64")
    first = ground.lots.loc[taken.drop_duplicates().index].assign(number=taken)
    first = first.sort_values("number", ignore_index=True)
    shapes = _shapes(ground, taken, rng)
    parcels = first[["place", "in_zone", "cell"]].copy()
    names = list(USES)
    parcels["use"] = rng.choice(names, len(parcels), p=[use[3] for use in USES.values()])
    is_business = parcels["use"].isin(["industrial", "storage", "commercial"])
    parcels["is_bare"] = is_business & (rng.random(len(parcels)) < BARE_SHARE)
    parcels["district_code"] = [PLACES[place].district_code for place in parcels["place"]]
    parcels["parcel_id"] = _codes(parcels)
    return parcels, shapes, number


def _numbered(lots: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Parcel number of each lot: mostly one a lot, some two lots side by side, few two lots apart."""
    is_parcel = (lots["role"] == "parcel").to_numpy()
    head = np.arange(len(lots))
    same_row = (lots["cell"].diff() == 0) & (lots["row"].diff() == 0)
    joins = same_row.to_numpy() & is_parcel & np.roll(is_parcel, 1) & (rng.random(len(lots)) < MERGED_SHARE)
    joins &= ~np.roll(joins, 1)
    head[joins] -= 1
    n_columns = lots["n_columns"].to_numpy()
    corners = lots[
        (lots["row"] == 0) & (lots["column"] == 0) & (lots["n_rows"] == 3) & is_parcel & lots["in_zone"]
    ]
    for lot in rng.choice(corners.index[:-1], N_MULTIPART, replace=False):
        far = lot + 2 * n_columns[lot] + 2
        if is_parcel[far] and not (joins[lot + 1] or joins[far] or joins[far + 1]):
            head[far] = lot
    number = pd.Series(head, index=lots.index).where(is_parcel)
    return number.rank(method="dense") - 1


def _shapes(ground: Ground, taken: pd.Series, rng: np.random.Generator) -> NDArray[np.object_]:
    shapes = np.empty(taken.max() + 1, dtype=object)
    shapes[taken.to_numpy()] = ground.lot_shapes[taken.index]
    for number, lots in taken[taken.duplicated(keep=False)].groupby(taken):
        shapes[number] = shapely.union_all(ground.lot_shapes[lots.index])
    single = taken[~taken.duplicated(keep=False)]
    quads = ground.lot_corners
    for lot in rng.choice(single.index, N_HOLES, replace=False):
        hole = inside(quads[lot][None], np.array([0.42, 0.58, 0.6, 0.41]), np.array([0.4, 0.41, 0.6, 0.58]))
        shapes[single[lot]] = shapely.difference(shapes[single[lot]], shapely.Polygon(hole))
    below = ground.lots["n_columns"]
    upper = single.index[(ground.lots.loc[single.index, "row"] > 0)]
    upper = upper[[taken.get(lot - below[lot]) is not None for lot in upper]]
    for lot in rng.choice(upper, N_OVERLAPS, replace=False):
        ring = shapely.get_coordinates(ground.lot_shapes[lot])
        edge = ring[2] - ring[0]
        ring[1] += np.array([edge[1], -edge[0]]) / np.hypot(*edge) * 0.007
        shapes[single[lot]] = shapely.Polygon(ring)
    return shapes


def _codes(parcels: pd.DataFrame) -> NDArray[np.object_]:
    """宗地代码: district, cadastral area and sub-area, GB (state-owned, right to build), serial number."""
    area = parcels.groupby("district_code")["place"].transform(lambda place: place.rank(method="dense"))
    area = area.astype("int64").astype("str").str.zfill(3)
    block = parcels.groupby("place")["cell"].rank(method="dense").astype("int64")
    sub_area = (block // 12 + 1).astype("str").str.zfill(3)
    prefix = parcels["district_code"] + area + sub_area + "GB"
    serial = (prefix.groupby(prefix).cumcount() + 1).astype("str").str.zfill(5)
    codes: NDArray[np.object_] = (prefix + serial).to_numpy(dtype=object)
    return codes
