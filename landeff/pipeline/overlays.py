"""What lies over each parcel: plans, buildings, approvals. Areas and shares, and what stays unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.core.issues import Issue
from landeff.measure.overlap import overlap_areas, shares
from landeff.measure.plans import once_by_kind, plan_shares
from landeff.measure.topology import OVERLAP_M2
from landeff.pipeline.buildings import empty_parcel_building, parcel_buildings
from landeff.pipeline.ground import Ground
from landeff.pipeline.load import Inputs

MATCH_RATIO = 0.9  # of a parcel within a batch, from which on it is of that batch (engineering default)
_ROUNDING = 1e-9
_WORD = re.compile(r"\w{1,30}")


@dataclass(frozen=True, slots=True)
class Overlays:
    """Fact tables of parcels and what lies over them.

    Attributes:
        parcel_plan, parcel_building, parcel_approval: see ``docs/tables.md``.
        parcels: facts of each parcel by ``parcel_id``: sums over buildings, shares in plans and approvals.
    """

    parcel_plan: pd.DataFrame
    parcel_building: pd.DataFrame
    parcel_approval: pd.DataFrame
    parcels: pd.DataFrame


def overlay_parcels(
    layers: dict[str, gpd.GeoDataFrame],
    approvals: gpd.GeoDataFrame | None,
    ground: Ground,
    inputs: Inputs,
    ledger: dict[str, float],
) -> Overlays:
    """Lay over the parcels what the project has; doubts are added to ``inputs.issues``.

    Args:
        layers: usable layers by table.
        approvals: counted once.
        ledger: amounts by ledger entry; those of buildings are added.
    """
    facts = [pd.DataFrame(index=pd.Index(ground.parcel_id, name="parcel_id"))]
    plans, buildings, batches = _empty_plans(), empty_parcel_building(), _empty_approvals()
    if "plans" in layers:
        plans, columns = _plans(layers["plans"], ground, inputs)
        facts.append(columns)
    if "buildings" in layers:
        buildings, columns = parcel_buildings(layers["buildings"], ground, inputs, ledger)
        facts.append(columns)
    if approvals is not None:
        batches, columns = _approvals(approvals, ground, inputs)
        facts.append(columns)
    return Overlays(plans, buildings, batches, pd.concat(facts, axis=1))


def _empty_plans() -> pd.DataFrame:
    return pd.DataFrame({"parcel_id": [], "plan_id": [], "plan_kind": []}, dtype="str").assign(
        area_m2=pd.Series(dtype="float64"), share_ratio=pd.Series(dtype="float64")
    )


def _empty_approvals() -> pd.DataFrame:
    return pd.DataFrame({"parcel_id": [], "approval_id": []}, dtype="str").assign(
        area_m2=pd.Series(dtype="float64"),
        share_ratio=pd.Series(dtype="float64"),
        is_match=pd.Series(dtype="boolean"),
    )


def _plans(layer: gpd.GeoDataFrame, ground: Ground, inputs: Inputs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``parcel_plan``, and for each kind named by a plain word the share of it in each parcel."""
    geometry, overlaps = once_by_kind(layer.geometry.to_numpy(), layer["plan_kind"].to_numpy(), ground.scale)
    n_told = int((overlaps["area_m2"] > OVERLAP_M2).sum())
    if n_told:
        decision = f"{overlaps['area_m2'].sum():.2f} m² counted for the first by key"
        fix = "correct the borders"
        inputs.issues.append(Issue("info", "plans_overlap", "plans", decision, n=n_told, fix=fix))
    area, kind = ground.parcels["area_m2"], layer["plan_kind"].to_numpy()
    found = plan_shares(ground.polygons, area, geometry, kind, ground.scale)
    rows = layer[["plan_id", "plan_kind"]].iloc[found["right"].to_numpy()].reset_index(drop=True)
    table = rows.assign(parcel_id=ground.parcel_id[found["left"].to_numpy()])
    table = pd.concat([table, found[["area_m2", "share_ratio"]]], axis=1).astype({"parcel_id": "str"})
    table = table[["parcel_id", "plan_id", "plan_kind", "area_m2", "share_ratio"]]
    kinds = sorted(kind for kind in layer["plan_kind"].dropna().unique() if _WORD.fullmatch(kind))
    wide = table.pivot_table(index="parcel_id", columns="plan_kind", values="share_ratio", aggfunc="sum")
    wide = wide.reindex(index=ground.parcel_id, columns=kinds).fillna(0.0)
    wide = wide.where((wide - 1).abs() > _ROUNDING, 1.0)
    lost = inputs.aside("plans").reset_index(drop=True)
    doubtful = ground.doubtful(inputs, "plans")
    kind_lost = doubtful["row"].map(lost["plan_kind"]) if len(doubtful) else pd.Series(dtype="str")
    for kind in kinds:  # a row set aside may be of this kind
        here = doubtful.loc[kind_lost.isna() | (kind_lost == kind), "parcel_id"]
        wide.loc[wide.index.isin(here), kind] = np.nan
    wide.columns = pd.Index([f"plan_{kind}_ratio" for kind in kinds])
    return table.sort_values(["parcel_id", "plan_id"], ignore_index=True), wide


def _approvals(layer: gpd.GeoDataFrame, ground: Ground, inputs: Inputs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``parcel_approval``; of each parcel the batch it matches and its share within any batch."""
    found = overlap_areas(ground.polygons, layer.geometry.to_numpy(), ground.scale)
    area = ground.parcels["area_m2"].to_numpy()
    table = pd.DataFrame(
        {
            "parcel_id": pd.Series(ground.parcel_id[found["left"].to_numpy()], dtype="str"),
            "approval_id": pd.Series(layer["approval_id"].to_numpy()[found["right"].to_numpy()], dtype="str"),
            "area_m2": found["area_m2"],
            "share_ratio": shares(found, area),
        }
    )
    table["is_match"] = (table["share_ratio"] >= MATCH_RATIO).astype("boolean")
    match = table[table["is_match"]].set_index("parcel_id")["approval_id"]
    share = table.groupby("parcel_id")["share_ratio"].sum().reindex(ground.parcel_id, fill_value=0.0)
    share = share.where((share - 1).abs() > _ROUNDING, 1.0)
    share[share.index.isin(ground.doubtful(inputs, "approvals")["parcel_id"])] = np.nan
    columns = {"approval_id": match.reindex(ground.parcel_id), "approved_share_ratio": share}
    return table.sort_values(["parcel_id", "approval_id"], ignore_index=True), pd.DataFrame(columns)
