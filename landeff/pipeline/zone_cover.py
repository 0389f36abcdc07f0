"""What the survey says lies in each zone, by the codes of the land table; unbuilt land cut further.

Built land is construction land by the survey: within cities and towns (城镇村属性码 201, 202) it is A, within
villages (203) B11 or B12. Construction land outside all of them, where the survey fills the column, is B12.
Vacant land (空闲地) is not built. Rivers, lakes, reservoirs and beaches are C1; unbuilt land in the
ecological red line is C2, in permanent farmland C3. The rest is unbuilt: B21 or B22, by supply and approval.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import shapely

from landeff.core.landuse import DEFAULT, is_developed, land_use_class, use_of
from landeff.measure.cutting import Geometries
from landeff.measure.partition import split_by
from landeff.pipeline.land import Land
from landeff.pipeline.lookup import column_or_missing

RED_LINE, FARMLAND = "生态保护红线", "永久基本农田"
UNBUILT, UNKNOWN = "unbuilt", "unknown"
_URBAN = r"^20[12]"
_RURAL = r"^203"
_WATERS = ("河流", "湖泊", "水库", "滩涂", "冰川")
_STREETS = ("城镇村道路", "城镇道路", "街巷", "城市道路")
_OF_CLASS = {
    "residential": "a1",
    "industrial": "a2",
    "storage": "a2",
    "commercial": "a4",
    "green": "a51",
    "public": "a52",
    "other": "a6",
    "water": "a6",
}
_COLUMNS = ["zone_id", "kind", "parcel_id", "approval_id", "area_m2"]


def zone_cover(land: Land) -> pd.DataFrame:
    """Land of every zone by kind.

    Returns:
        ``zone_id``, ``kind`` (a code of the land table in small letters, ``unbuilt``, or ``unknown`` where
        the survey does not tell), ``parcel_id`` and ``approval_id`` of unbuilt land in one, ``area_m2``.
        Empty without a survey. Kinds of a zone sum to its area.
    """
    if land.survey is None:
        return pd.DataFrame(columns=_COLUMNS).astype({"area_m2": "float64"})
    zones = land.zone_pieces
    cut = split_by(zones.geometry.to_numpy(), land.survey.geometry.to_numpy())
    kinds = np.append(survey_kinds(land.survey).to_numpy(dtype=object), UNKNOWN)  # -1: no patch
    table = pd.DataFrame(
        {
            "zone_id": zones["zone_id"].to_numpy()[cut["left"]],
            "kind": kinds[cut["right"].to_numpy()],
            "geometry": cut["geometry"].to_numpy(),
        }
    )
    open_land = table["kind"] == UNBUILT
    unbuilt = _cut_unbuilt(table[open_land].reset_index(drop=True), land)
    table = pd.concat([table[~open_land], unbuilt], ignore_index=True)
    table["area_m2"] = land.scale.area_m2(table["geometry"].to_numpy())
    table = table.reindex(columns=_COLUMNS).sort_values("area_m2", kind="stable")
    keys = _COLUMNS[:-1]
    sums: pd.DataFrame = table.groupby(keys, dropna=False)["area_m2"].sum().reset_index()
    return sums


def survey_kinds(survey: pd.DataFrame) -> pd.Series:
    """Kind of each survey patch, from its class and its urban attribute.

    >>> frame = pd.DataFrame({"land_class_code": ["0601", "0601", "0601", "1201", "1101", "0103", None],
    ...                       "urban_code": ["201", "203", None, "202", None, None, None]})
    >>> survey_kinds(frame).tolist()
    ['a2', 'b11', 'b12', 'unbuilt', 'c1', 'unbuilt', 'unknown']
    """
    system = column_or_missing(survey, "land_use_system")
    use = land_use_class(survey["land_class_code"], system)
    built = is_developed(survey["land_class_code"], system)
    titles = _titles(survey["land_class_code"], system)
    urban = column_or_missing(survey, "urban_code").astype("str")
    is_filled = bool(urban.notna().any())
    in_town = urban.str.match(_URBAN).fillna(False).astype(bool)
    in_village = urban.str.match(_RURAL).fillna(False).astype(bool)
    outside = urban.isna() & is_filled
    is_built = built.fillna(False).astype(bool) & (use != "vacant")
    transport = np.where(titles.str.startswith(_STREETS), "a31", "a32")
    code = np.where(use == "transport", transport, use.map(_OF_CLASS).fillna(UNKNOWN))
    works = use.isin(["industrial", "storage"])
    is_water = (use == "water") & titles.str.startswith(_WATERS)
    known = built.notna().to_numpy() & use.notna().to_numpy()
    cases = [
        ~known & (use != "vacant").to_numpy(),
        (is_built & in_town).to_numpy(),
        (is_built & works & in_village).to_numpy(),
        (is_built & (in_village | outside)).to_numpy(),
        is_built.to_numpy(),
        is_water.to_numpy(),
    ]
    fixed = [np.full(len(survey), name, dtype=object) for name in (UNKNOWN, "b11", "b12", UNKNOWN, "c1")]
    values = [fixed[0], code.astype(object), *fixed[1:]]
    made = np.select(cases, values, np.full(len(survey), UNBUILT, dtype=object))
    return pd.Series(made, index=survey.index, dtype="str")


def _titles(codes: pd.Series, system: pd.Series) -> pd.Series:
    """Title of each code in its system; empty where it is not one."""
    pairs = pd.DataFrame({"code": codes.astype("str"), "system": system.astype("str").fillna(DEFAULT)})
    known = pairs.dropna(subset=["code"]).drop_duplicates()
    found = [use_of(code, name) for code, name in zip(known["code"], known["system"], strict=True)]
    known = known.assign(title=[use.title if use else "" for use in found])
    titles: pd.Series = pairs.merge(known, on=["code", "system"], how="left")["title"].set_axis(codes.index)
    return titles.fillna("").astype("str")


def _cut_unbuilt(unbuilt: pd.DataFrame, land: Land) -> pd.DataFrame:
    """Unbuilt land cut by red line, farmland, parcels and approvals, the first that covers it."""
    drawn = land.plans
    for kind, plan in (("c2", RED_LINE), ("c3", FARMLAND)):
        if drawn is None or not len(unbuilt):
            break
        areas = drawn[drawn["plan_kind"] == plan].geometry.to_numpy()
        if len(areas):
            unbuilt = _split(unbuilt, np.array([shapely.union_all(areas)]), "kind", np.array([kind]))
    if land.cover is not None:
        unbuilt = _split(
            unbuilt, land.cover["geometry"].to_numpy(), "parcel_id", land.cover["parcel_id"].to_numpy()
        )
    if land.approvals is not None:
        unbuilt = _split(
            unbuilt,
            land.approvals.geometry.to_numpy(),
            "approval_id",
            land.approvals["approval_id"].to_numpy(),
        )
    return unbuilt


def _split(table: pd.DataFrame, cutters: Geometries, column: str, names: Iterable[str]) -> pd.DataFrame:
    """Land that is still unbuilt and named by nothing, cut along a layer; ``column`` names the cutter."""
    named = [name for name in ("parcel_id", "approval_id") if name in table]
    free = (table["kind"] == UNBUILT) & table[named].isna().all(axis=1)
    rows = table[free].reset_index(drop=True)
    if rows.empty:
        return table
    cut = split_by(rows["geometry"].to_numpy(), cutters)
    right = cut["right"].to_numpy()
    parts = rows.drop(columns="geometry").iloc[cut["left"].to_numpy()].reset_index(drop=True)
    labels = np.array([*names, None], dtype=object)[right]
    old = parts[column].to_numpy(dtype=object) if column in parts else np.full(len(parts), None, dtype=object)
    parts[column] = np.where(right >= 0, labels, old)
    parts["geometry"] = cut["geometry"].to_numpy()
    return pd.concat([table[~free], parts], ignore_index=True)
