"""The geometry phase: sources' polygons to facts (areas, overlaps, gaps). No money, no rules."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.core.issues import Issue, row_issues
from landeff.core.landuse import is_developed, land_use_class
from landeff.measure.area import AreaScale, fit_area_scale
from landeff.measure.overlap import containing, overlap_areas
from landeff.measure.partition import make_disjoint, split_by, uncovered
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing
from landeff.pipeline.usable import run_extent, usable_layers

_SURVEY_GAP = 0.01  # of a zone without a known land class, from which on its developed area is unknown
_REGISTERED_TOLERANCE = 0.0005  # of the area: registered areas are planar on the local meridian


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


def measure_land(inputs: Inputs, config: Config) -> Land:
    """Measure the layers; rows whose geometry cannot be used are set aside in ``inputs``.

    Raises:
        InputError: no zone or no parcel is left to measure.
    """
    extent = run_extent(inputs.tables["zones"], inputs.tables["parcels"])
    scale = fit_area_scale(config.crs, extent.bounds)
    layers, ledger = usable_layers(inputs, scale, extent, config)
    zones, parcels = layers["zones"], _described(layers["parcels"], inputs)
    top, *subs = [_disjoint_zones(level, scale, inputs, ledger) for level in _levels(zones)]
    pieces = gpd.GeoDataFrame(pd.concat([top, *subs], ignore_index=True), geometry="geometry", crs=config.crs)
    disjoint, overlaps = make_disjoint(parcels.geometry.to_numpy(), scale)
    _report_parcel_overlaps(overlaps, parcels, inputs)
    ledger["parcels.counted_once"] = float(parcels["area_m2"].sum() - scale.area_m2(disjoint).sum())
    approvals, survey = (_counted_once(layers, name, scale, inputs) for name in ("approvals", "survey"))
    cover = parcels[["parcel_id"]].assign(geometry=disjoint)
    shares = [_parcel_zone(parcels, level, scale, config) for level in (top, *subs)]
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
    )


def _described(parcels: gpd.GeoDataFrame, inputs: Inputs) -> gpd.GeoDataFrame:
    """With the area per-mu figures use (registered, else measured) and the class of use."""
    measured = parcels["area_m2"]
    registered = column_or_missing(parcels, "registered_area_m2", "float64")
    off = (registered - measured).abs() > np.maximum(0.5, _REGISTERED_TOLERANCE * measured)
    inputs.issues += row_issues(
        parcels[off],
        "info",
        "registered_area_differs",
        "parcels",
        key="parcel_id",
        decision="registered area kept; measured m²: " + _two_digits(measured[off]),
        column="registered_area_m2",
        value=_two_digits(registered[off]),
        fix="compare the certificate with the polygon",
    )
    basis = np.where(registered.isna(), "ellipsoidal", "registered")
    use = land_use_class(column_or_missing(parcels, "land_use_code"))
    return parcels.assign(basis_area_m2=registered.fillna(measured), area_basis=basis, land_use_class=use)


def _two_digits(numbers: pd.Series) -> pd.Series:
    return numbers.map("{:.2f}".format).astype("str")


def _levels(zones: gpd.GeoDataFrame) -> list[gpd.GeoDataFrame]:
    """Zones of their own, then sub-parks if any: each level is apportioned on its own."""
    is_top = ~zones["parent_zone_id"].isin(zones["zone_id"])
    return [zones[is_top], *([zones[~is_top]] if not is_top.all() else [])]


def _disjoint_zones(
    level: gpd.GeoDataFrame, scale: AreaScale, inputs: Inputs, ledger: dict[str, float]
) -> gpd.GeoDataFrame:
    precedence = column_or_missing(level, "precedence", "Int64")
    level = level.assign(order=precedence).sort_values(["order", "zone_id"], ignore_index=True)  # unset: last
    geometry, overlaps = make_disjoint(level.geometry.to_numpy(), scale)
    for row in overlaps.itertuples():
        first, second = level["zone_id"].iloc[[row.first, row.second]]
        inputs.issues.append(
            Issue(
                "warning",
                "zone_overlap",
                "zones",
                f"{row.area_m2:.2f} m² counted for {first} only",
                key=f"{first}, {second}",
                fix="set precedence, or correct the boundaries",
            )
        )
    area = scale.area_m2(geometry)
    once = float(level["area_m2"].sum() - area.sum())
    ledger["zones.counted_once"] = ledger.get("zones.counted_once", 0.0) + once
    return level[["zone_id"]].assign(geometry=geometry, area_m2=area)


def _report_parcel_overlaps(overlaps: pd.DataFrame, parcels: gpd.GeoDataFrame, inputs: Inputs) -> None:
    for row in overlaps.itertuples():
        first, second = parcels["parcel_id"].iloc[[row.first, row.second]]
        inputs.issues.append(
            Issue(
                "warning",
                "parcel_overlap",
                "parcels",
                f"{row.area_m2:.4f} m² counted for {first} only in the balance",
                key=f"{first}, {second}",
                column="geometry",
                source_file=str(parcels["source_file"].iloc[row.second]),
                source_row=int(parcels["source_row"].iloc[row.second]),
                fix="correct the borders",
            )
        )


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
        return table.assign(share_ratio=table["area_m2"] / table["parcel_id"].map(area))
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
    for layer, columns in ((approvals, ["approval_id"]), (survey, ["survey_id", "land_class_code"])):
        if layer is None:
            table[columns] = np.nan
            continue
        cut = split_by(table["geometry"].to_numpy(), layer.geometry.to_numpy())
        parts = table.drop(columns="geometry").iloc[cut["left"].to_numpy()].reset_index(drop=True)
        found = layer[columns].reindex(cut["right"].to_numpy()).reset_index(drop=True)
        table = pd.concat([parts, found, cut[["geometry"]]], axis=1)
    table["area_m2"] = scale.area_m2(table["geometry"].to_numpy())
    table["land_use_class"] = land_use_class(table["land_class_code"].astype("str"))
    return gpd.GeoDataFrame(table, geometry="geometry", crs=pieces.crs)


def _developed(
    pieces: gpd.GeoDataFrame, survey: gpd.GeoDataFrame | None, scale: AreaScale, inputs: Inputs
) -> pd.Series:
    """Construction land of each zone; NaN where the survey leaves too much of the zone unknown."""
    if survey is None:
        return pd.Series(dtype="float64", name="developed_area_m2")
    is_built = is_developed(survey["land_class_code"])
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
