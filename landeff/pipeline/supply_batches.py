"""Approval batches of supply records, and what is doubtful about them."""

from __future__ import annotations

import pandas as pd

from landeff.core.issues import Issue
from landeff.link.land_identity.batches import (
    MATCH_RATIO,
    batch_candidates,
    land_in_batches,
    settle_batches,
    stated_batches,
)
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.supply_land import Answer, SupplyLand, as_asked
from landeff.sources.codes.issues import per_code


def identify_batches(inputs: Inputs, land: Land, answer: Answer = as_asked) -> SupplyLand:
    """Tell which approval batch each supply record's land is of; doubts are added to ``inputs.issues``.

    Returns:
        ``links`` of kind ``approval_supply`` and ``pairs``: ``approval_supply`` of ``docs/tables.md``.
    """
    approvals, supply = (
        pd.DataFrame(inputs.table(name)).drop(columns="geometry", errors="ignore")
        for name in ("approvals", "supply")
    )
    area = land.parcels.set_index("parcel_id")["area_m2"]
    there = land_in_batches(land.supply.pairs, land.overlays.parcel_approval, area)
    links = answer(batch_candidates(approvals, supply, there))
    pairs = settle_batches(links, there)
    if "approvals" in inputs.tables:
        inputs.issues += _issues(approvals, supply, there)
    return SupplyLand(links, pairs)


def _issues(approvals: pd.DataFrame, supply: pd.DataFrame, there: pd.DataFrame) -> list[Issue]:
    """Numbers that no batch has, and land that lies in another batch than the record says."""
    told = stated_batches(approvals, supply)
    lost = told[told["approval_id"].isna()].drop_duplicates("supply_id").set_index("supply_id")["number"]
    unknown = supply[supply["supply_id"].isin(lost.index)]
    unknown = unknown.assign(approval_id=unknown["supply_id"].map(lost))
    lies_in = there[there["share_of_supply_ratio"] >= MATCH_RATIO].set_index("supply_id")["approval_id"]
    known = told.dropna(subset="approval_id")
    stated = known.groupby("supply_id")["approval_id"].agg("、".join)
    both = known.assign(lies_in=known["supply_id"].map(lies_in)).dropna(subset="lies_in")
    agrees = (both["approval_id"] == both["lies_in"]).groupby(both["supply_id"]).any()
    off = supply[supply["supply_id"].isin(agrees.index[~agrees])]
    off = off.assign(approval_id=off["supply_id"].map(stated))
    decision = "the number counts; by the polygons the land lies in " + off["supply_id"].map(lies_in)
    return [
        *per_code(
            unknown,
            "supply",
            "approval_id",
            "approval_unknown",
            "warning",
            "no batch of the layer, or more than one, has the number",
            "correct the number, or add the batch to the layer",
        ),
        *per_code(
            off,
            "supply",
            "approval_id",
            "approval_differs",
            "warning",
            decision.astype("str"),
            "compare the batch with the parcel",
        ),
    ]
