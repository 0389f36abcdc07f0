"""The geometry phase: sources' polygons to facts (areas, overlaps, gaps). No money, no rules."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.core.issues import Issue
from landeff.core.landuse import is_developed, land_use_class
from landeff.measure.area import AreaScale, fit_area_scale
from landeff.measure.overlap import containing, overlap_areas, shares
from landeff.measure.partition import make_disjoint, split_by, uncovered
from landeff.pipeline.area_basis import with_areas
from landeff.pipeline.audit import Audit, audit_for, audit_gaps, audit_overlaps, audit_shapes
from landeff.pipeline.config import Config
from landeff.pipeline.districts import check_districts, district_layer
from landeff.pipeline.ground import Ground
from landeff.pipeline.levels import decided_overlaps, levels, with_depth
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing
from landeff.pipeline.overlays import Overlays, overlay_parcels
from landeff.pipeline.supply_land import Answer, SupplyLand, as_asked, identify_land
from landeff.pipeline.unit_check import units_against_polygons
from landeff.pipeline.usable import run_extent, usable_layers

_SURVEY_GAP = 0.01  # of a zone without a known land class, from which on its developed area is unknown


@dataclass(frozen=True, slots=True)
class Land:
    """Facts of geometry.

    Attributes:
        zones, parcels: the layers in use, with ``area_m2``; parcels also with the area per-mu figures use.
        zone_pieces: zones after precedence, each level disjoint; what the balance must sum to.
        parcel_zone: overlap of parcels and zones of both levels.
        parcel_pieces: area of each parcel in each zone, land that two parcels claim counted once.
        outside_m2: land of parcels in no top-level zone, counted once.
        gaps: what no parcel covers in each zone, cut along approvals and the survey.
        developed_m2: construction land of each zone by the survey; empty without a survey.
        ledger: amounts of parcels' and zones' area by ledger entry.
        audit: where the geometry is wrong, one row an error.
        zone_overlaps: land that zones of one level both claim, and which of them holds it.
        overlays: plans, buildings and approvals over the parcels.
        supply: which parcels the supply records are.
        approvals: usable batches, land that several claim counted once; ``None`` without any.
        buildings: usable buildings as drawn; ``None`` without any.
        survey: usable patches, counted once; ``plans``: as drawn; ``cover``: parcels, counted once.
        districts: usable districts as drawn, with a name each; no figure depends on them.
    """

    scale: AreaScale
    zones: gpd.GeoDataFrame
    parcels: gpd.GeoDataFrame
    zone_pieces: gpd.GeoDataFrame
    parcel_zone: pd.DataFrame
    parcel_pieces: pd.DataFrame
    outside_m2: float
    gaps: gpd.GeoDataFrame
    developed_m2: pd.Series
    ledger: dict[str, float]
    audit: gpd.GeoDataFrame
    zone_overlaps: pd.DataFrame
    overlays: Overlays
    supply: SupplyLand
    districts: gpd.GeoDataFrame
    approvals: gpd.GeoDataFrame | None = None
    buildings: gpd.GeoDataFrame | None = None
    survey: gpd.GeoDataFrame | None = None
    plans: gpd.GeoDataFrame | None = None
    cover: pd.DataFrame | None = None


def measure_land(inputs: Inputs, config: Config, answer: Answer = as_asked) -> Land:
    """Measure the layers; rows whose geometry cannot be used are set aside in ``inputs``.

    Args:
        answer: puts a person's decisions into the questions which parcel a supply record is.

    Raises:
        InputError: no zone or no parcel is left to measure.
    """
    extent = run_extent(inputs.tables["zones"], inputs.tables["parcels"])
    scale = fit_area_scale(config.crs, extent.bounds)
    audit = audit_for(config.crs, scale)
    layers, ledger = usable_layers(inputs, scale, extent, config, audit)
    inputs.issues += units_against_polygons(layers, inputs, config)
    supply = identify_land(layers["parcels"], inputs, scale, config, answer)
    districts = district_layer(layers, config)
    check_districts(layers["zones"], districts, scale, inputs)
    zones, parcels = with_depth(layers["zones"]), with_areas(layers["parcels"], supply.pairs, inputs, config)
    decided: list[pd.DataFrame] = []
    top, *subs = [_disjoint_zones(level, inputs, ledger, audit, config, decided) for level in levels(zones)]
    pieces = gpd.GeoDataFrame(pd.concat([top, *subs], ignore_index=True), geometry="geometry", crs=config.crs)
    disjoint, overlaps = make_disjoint(parcels.geometry.to_numpy(), scale)
    audit_overlaps(parcels, "parcels", overlaps, inputs, audit)
    audit_gaps(parcels, "parcels", disjoint, config.gap_m2, inputs, audit)
    for layer, name in ((zones, "zones"), (parcels, "parcels")):
        audit_shapes(layer, name, inputs, audit)
    ledger["parcels.counted_once"] = float(parcels["area_m2"].sum() - scale.area_m2(disjoint).sum())
    approvals, survey = (_counted_once(layers, name, scale, inputs) for name in ("approvals", "survey"))
    cover = parcels[["parcel_id"]].assign(geometry=disjoint)
    shares = [_parcel_zone(parcels, level, scale, config) for level in (top, *subs)]
    ground = Ground(scale, extent, parcels, disjoint, top, shares[0])
    return Land(
        scale=scale,
        zones=zones,
        parcels=parcels,
        zone_pieces=pieces,
        parcel_zone=pd.concat(shares).sort_values(["parcel_id", "zone_id"], ignore_index=True),
        parcel_pieces=_overlap_table(cover, pieces, "parcel_id", scale),
        outside_m2=float(scale.area_m2(uncovered(disjoint, top.geometry.to_numpy())).sum()),
        gaps=_gaps(pieces, cover, approvals, survey, scale),
        developed_m2=_developed(pieces, survey, scale, inputs),
        ledger=ledger,
        audit=audit.table(),
        zone_overlaps=pd.concat(decided).sort_values(["zone_id", "other_zone_id"], ignore_index=True),
        overlays=overlay_parcels(layers, approvals, ground, inputs, ledger),
        supply=supply,
        districts=districts,
        approvals=approvals,
        buildings=layers.get("buildings"),
        survey=survey,
        plans=layers.get("plans"),
        cover=cover,
    )


def _disjoint_zones(
    level: gpd.GeoDataFrame,
    inputs: Inputs,
    ledger: dict[str, float],
    audit: Audit,
    config: Config,
    decided: list[pd.DataFrame],
) -> gpd.GeoDataFrame:
    """A level with overlaps given to one of the zones; what was decided is added to ``decided``."""
    scale = audit.scale
    precedence = column_or_missing(level, "precedence", "Int64")
    level = level.assign(order=precedence).sort_values(["order", "zone_id"], ignore_index=True)  # unset: last
    geometry, overlaps = make_disjoint(level.geometry.to_numpy(), scale)
    audit_overlaps(level, "zones", overlaps, inputs, audit)
    decided.append(decided_overlaps(level, overlaps))
    audit_gaps(level, "zones", geometry, config.gap_m2, inputs, audit)
    area = scale.area_m2(geometry)
    once = float(level["area_m2"].sum() - area.sum())
    ledger["zones.counted_once"] = ledger.get("zones.counted_once", 0.0) + once
    return level[["zone_id"]].assign(geometry=geometry, area_m2=area)


def _overlap_table(layer: pd.DataFrame, pieces: gpd.GeoDataFrame, key: str, scale: AreaScale) -> pd.DataFrame:
    pairs = overlap_areas(layer["geometry"].to_numpy(), pieces.geometry.to_numpy(), scale)
    return pd.DataFrame(
        {
            key: layer[key].to_numpy()[pairs["left"]],
            "zone_id": pieces["zone_id"].to_numpy()[pairs["right"]],
            "area_m2": pairs["area_m2"],
        }
    ).sort_values([key, "zone_id"], ignore_index=True)


def _parcel_zone(
    parcels: gpd.GeoDataFrame, pieces: gpd.GeoDataFrame, scale: AreaScale, config: Config
) -> pd.DataFrame:
    """Of one level: overlaps with the share of the parcel, or all of it where its representative point is."""
    area = parcels.set_index("parcel_id")["area_m2"]
    if config.assign == "overlap":
        table = _overlap_table(parcels, pieces, "parcel_id", scale)
        pairs = table.assign(left=area.index.get_indexer(table["parcel_id"]))
        return table.assign(share_ratio=shares(pairs, area))
    inside = containing(shapely.point_on_surface(parcels.geometry.to_numpy()), pieces.geometry.to_numpy())
    parcel_id = parcels["parcel_id"].to_numpy()[inside["left"]]
    zone_id = pieces["zone_id"].to_numpy()[inside["right"]]
    table = pd.DataFrame({"parcel_id": parcel_id, "zone_id": zone_id, "area_m2": area[parcel_id].to_numpy()})
    return table.assign(share_ratio=1.0)


def _counted_once(
    layers: dict[str, gpd.GeoDataFrame], name: str, scale: AreaScale, inputs: Inputs
) -> gpd.GeoDataFrame | None:
    """A layer with land that several of its polygons claim given to the first by key."""
    layer = layers.get(name)
    if layer is None:
        return None
    geometry, overlaps = make_disjoint(layer.geometry.to_numpy(), scale)
    if len(overlaps):
        decision = f"{overlaps['area_m2'].sum():.2f} m² counted for the first by key"
        issue = Issue("info", f"{name}_overlap", name, decision, n=len(overlaps), fix="correct the borders")
        inputs.issues.append(issue)
    return layer.assign(geometry=geometry)


def _gaps(
    pieces: gpd.GeoDataFrame,
    cover: pd.DataFrame,
    approvals: gpd.GeoDataFrame | None,
    survey: gpd.GeoDataFrame | None,
    scale: AreaScale,
) -> gpd.GeoDataFrame:
    """Land of each zone that no parcel covers, cut along approvals and survey patches."""
    gap = uncovered(pieces.geometry.to_numpy(), cover["geometry"].to_numpy())
    table = pd.DataFrame({"zone_id": pieces["zone_id"], "geometry": gap})
    table = table[~shapely.is_empty(gap)].reset_index(drop=True)
    of_survey = ["survey_id", "land_class_code", "land_use_system"]
    for layer, columns in ((approvals, ["approval_id"]), (survey, of_survey)):
        if layer is None:
            table[columns] = np.nan
            continue
        cut = split_by(table["geometry"].to_numpy(), layer.geometry.to_numpy())
        parts = table.drop(columns="geometry").iloc[cut["left"].to_numpy()].reset_index(drop=True)
        found = layer.reindex(columns=columns).reindex(cut["right"].to_numpy()).reset_index(drop=True)
        table = pd.concat([parts, found, cut[["geometry"]]], axis=1)
    table["area_m2"] = scale.area_m2(table["geometry"].to_numpy())
    system = table.pop("land_use_system")
    table["land_use_class"] = land_use_class(table["land_class_code"].astype("str"), system)
    return gpd.GeoDataFrame(table, geometry="geometry", crs=pieces.crs)


def _developed(
    pieces: gpd.GeoDataFrame, survey: gpd.GeoDataFrame | None, scale: AreaScale, inputs: Inputs
) -> pd.Series:
    """Construction land of each zone; NaN where the survey leaves too much of the zone unknown."""
    if survey is None:
        return pd.Series(dtype="float64", name="developed_area_m2")
    is_built = is_developed(survey["land_class_code"], column_or_missing(survey, "land_use_system"))
    zone_area = pieces.set_index("zone_id")["area_m2"]
    known, built = (
        _overlap_table(survey[rows.to_numpy(dtype=bool)], pieces, "survey_id", scale)
        .groupby("zone_id")["area_m2"]
        .sum()
        .reindex(zone_area.index, fill_value=0.0)
        for rows in (is_built.notna(), is_built.fillna(False))
    )
    unknown = zone_area - known
    for zone_id, area in unknown[unknown > _SURVEY_GAP * zone_area].items():
        decision = f"{area:.0f} m² of the zone have no known land class: its developed area is unknown"
        issue = Issue(
            "warning", "survey_incomplete", "zones", decision, key=str(zone_id), fix="extend the survey"
        )
        inputs.issues.append(issue)
    return built.where(unknown <= _SURVEY_GAP * zone_area).rename("developed_area_m2")
