"""Buildings on parcels: coverage, floor area, FAR; and where they cannot be known."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.issues import Issue
from landeff.measure.buildings import (
    buildings_on,
    far_factor,
    floor_area_m2,
    floor_area_of_parcels,
    ground_counted_once,
)
from landeff.measure.cutting import Geometries
from landeff.measure.overlap import overlap_areas
from landeff.measure.topology import OVERLAP_M2, SLIVER_M2
from landeff.pipeline.ground import Ground
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing
from landeff.pipeline.usable import area_as_drawn

_INDUSTRIAL = ("industrial", "storage")
_KEYS_SHOWN = 5
COLUMNS = ["parcel_id", "building_id", "footprint_m2", "share_ratio", "floor_area_m2", "far_floor_area_m2"]


def empty_parcel_building() -> pd.DataFrame:
    """``parcel_building`` of a project without buildings."""
    keys = dict.fromkeys(COLUMNS[:2], "str")
    return pd.DataFrame(columns=COLUMNS).astype({**dict.fromkeys(COLUMNS[2:], "float64"), **keys})


def parcel_buildings(
    buildings: gpd.GeoDataFrame, ground: Ground, inputs: Inputs, ledger: dict[str, float]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Divide buildings over parcels; doubts are added to ``inputs.issues``, footprints to ``ledger``.

    Returns:
        ``parcel_building`` of ``docs/tables.md``, and the sums of each parcel by ``parcel_id``. A parcel
        without buildings has none (0) where the layer can be taken to know: in zones of which it holds any
        building. Elsewhere, and where a row set aside may stand, its sums are unknown.
    """
    near = _near(buildings, ground)
    layer = buildings[near].reset_index(drop=True)
    drawn = np.asarray(layer.geometry.to_numpy(), dtype=object)
    floors = column_or_missing(layer, "n_floors", "Int64").to_numpy(dtype=float, na_value=np.nan)
    once, overlaps = ground_counted_once(drawn, floors, ground.scale)
    _tell_overlaps(overlaps, inputs)
    found = buildings_on(ground.polygons, drawn, once, ground.scale)
    rows = _with_floor_area(found, layer, ground)
    _tell_unknown(rows, layer, found, inputs)
    sums = floor_area_of_parcels(rows)
    _book(buildings[~near], drawn, once, found, ground, inputs, ledger)
    table = rows[COLUMNS].sort_values(COLUMNS[:2], ignore_index=True)
    return table, _completed(sums, drawn, ground, inputs)


def _near(buildings: gpd.GeoDataFrame, ground: Ground) -> npt.NDArray[np.bool_]:
    """Whether areas can be measured where a building stands."""
    west, south, east, north = ground.extent.bounds
    low_x, low_y, high_x, high_y = shapely.bounds(buildings.geometry.to_numpy()).T
    inside: npt.NDArray[np.bool_] = np.stack([low_x >= west, low_y >= south, high_x <= east, high_y <= north])
    return np.asarray(inside.all(axis=0), dtype=bool)


def _with_floor_area(found: pd.DataFrame, layer: gpd.GeoDataFrame, ground: Ground) -> pd.DataFrame:
    of_building = layer.iloc[found["right"].to_numpy()].reset_index(drop=True)
    number = {
        name: column_or_missing(of_building, name, "float64").to_numpy(dtype=float, na_value=np.nan)
        for name in ("n_floors", "height_m", "floor_area_m2")
    }
    use = ground.parcels["land_use_class"].iloc[found["left"].to_numpy()].reset_index(drop=True)
    industrial = use.isin(_INDUSTRIAL).astype("float64").where(use.notna()).to_numpy()
    stated = number["floor_area_m2"] * found["share_ratio"].to_numpy()
    area = floor_area_m2(found["footprint_m2"], number["n_floors"], stated)
    return found.assign(
        parcel_id=ground.parcel_id[found["left"].to_numpy()],
        building_id=of_building["building_id"],
        floor_area_m2=area,
        far_floor_area_m2=area * far_factor(number["n_floors"], number["height_m"], industrial),
    )


def _completed(sums: pd.DataFrame, drawn: Geometries, ground: Ground, inputs: Inputs) -> pd.DataFrame:
    """Sums of all parcels: none where the layer knows of none, unknown where it cannot know."""
    surveyed = np.unique(shapely.STRtree(drawn).query(ground.zones.geometry.to_numpy(), "intersects")[0])
    known_zones = ground.zones["zone_id"].iloc[surveyed]
    in_known = ground.parcel_zone["zone_id"].isin(known_zones).groupby(ground.parcel_zone["parcel_id"]).all()
    all_ids = pd.Index(ground.parcel_id, name="parcel_id")
    has_any = sums.index.get_indexer(all_ids) >= 0
    is_known = in_known.reindex(all_ids, fill_value=False) | has_any
    out = sums.reindex(all_ids)
    out.loc[is_known & ~has_any] = 0
    doubtful = ground.doubtful(inputs, "buildings")
    in_doubt = pd.Index(doubtful["parcel_id"].unique(), dtype="str").get_indexer(all_ids) >= 0
    out.loc[in_doubt, ["building_footprint_m2", "floor_area_m2", "far_floor_area_m2"]] = np.nan
    out["n_buildings"] = out["n_buildings"].mask(in_doubt)
    _tell_unsurveyed(ground, known_zones, ~is_known & ~in_doubt, doubtful, inputs)
    return out.astype({**dict.fromkeys(out.columns, "float64"), "n_buildings": "Int64"})


def _book(
    far: gpd.GeoDataFrame,
    drawn: Geometries,
    once: Geometries,
    found: pd.DataFrame,
    ground: Ground,
    inputs: Inputs,
    ledger: dict[str, float],
) -> None:
    """Where the footprints went: on parcels, off parcels, counted once, changed by repair."""
    beyond = math.fsum(area_as_drawn(far.geometry.to_numpy(), ground.scale, ground.extent))
    whole, union = (float(ground.scale.area_m2(each).sum()) for each in (drawn, once))
    moved = np.flatnonzero(~shapely.equals_identical(ground.polygons, ground.cover))
    on = float(found["footprint_m2"][~found["left"].isin(moved)].sum())
    on += float(overlap_areas(once, ground.cover[moved], ground.scale)["area_m2"].sum())
    lost = ledger["buildings.dissolved"] + math.fsum(inputs.aside("buildings")["area_m2"])
    ledger["buildings.repaired"] = whole + beyond + lost - ledger["buildings.drawn"]
    ledger["buildings.counted_once"] = whole - union
    ledger["buildings.on_parcels"] = on
    ledger["buildings.off_parcels"] = union - on + beyond


def _tell_overlaps(overlaps: pd.DataFrame, inputs: Inputs) -> None:
    n_told = int((overlaps["area_m2"] > OVERLAP_M2).sum())
    if n_told:
        decision = f"{overlaps['area_m2'].sum():.2f} m² of ground counted for the building with more storeys"
        fix = "see whether one building was drawn twice"
        inputs.issues.append(Issue("info", "buildings_overlap", "buildings", decision, n=n_told, fix=fix))


def _tell_unknown(rows: pd.DataFrame, layer: gpd.GeoDataFrame, found: pd.DataFrame, inputs: Inputs) -> None:
    """Buildings on parcels whose floor area, or whose storeys on industrial land, are not known."""
    stands = rows["footprint_m2"] >= SLIVER_M2
    no_floor = stands & rows["floor_area_m2"].isna()
    no_height = stands & ~no_floor & rows["far_floor_area_m2"].isna()
    for missing, code, column, fix in (
        (no_floor, "floor_area_unknown", "n_floors", "fill in n_floors or floor_area_m2"),
        (no_height, "storey_height_unknown", "height_m", "fill in height_m and n_floors"),
    ):
        if missing.any():
            keys = sorted(set(rows.loc[missing, "building_id"].astype(str)))
            n_parcels = rows.loc[missing, "parcel_id"].nunique()
            decision = f"FAR of {n_parcels} parcels unknown; the known part stands beside it"
            value = ", ".join(keys[:_KEYS_SHOWN]) + (" …" if len(keys) > _KEYS_SHOWN else "")
            inputs.issues.append(
                Issue("warning", code, "buildings", decision, "", column, value, fix=fix, n=len(keys))
            )


def _tell_unsurveyed(
    ground: Ground, known_zones: pd.Series, unknown: pd.Series, doubtful: pd.DataFrame, inputs: Inputs
) -> None:
    """Where the layer is silent, and where rows of it were set aside."""
    if unknown.any():
        zones = sorted(set(ground.zones["zone_id"]) - set(known_zones))
        decision = f"the layer has no building there: coverage and FAR of {unknown.sum()} parcels unknown"
        issue = Issue(
            "warning", "buildings_incomplete", "buildings", decision,
            value=", ".join(zones[:_KEYS_SHOWN]), fix="add the buildings, or one row where there are any",
            n=int(unknown.sum()),
        )  # fmt: skip
        inputs.issues.append(issue)
    lost = inputs.aside("buildings")
    for row, parcels in doubtful.groupby("row")["parcel_id"]:
        source = lost.loc[row]
        inputs.issues.append(
            Issue(
                "warning", "buildings_incomplete", "buildings",
                f"a row set aside may stand here: coverage and FAR of {parcels.nunique()} parcels unknown",
                str(source["key"]), "geometry", ", ".join(sorted(parcels)[:_KEYS_SHOWN]),
                str(source["source_file"]), int(str(source["source_row"])), "mend the row",
            )
        )  # fmt: skip
