"""Enterprises whose place is given by coordinates: which parcel they lie on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from landeff.core.issues import Issue, row_issues
from landeff.link.standing import Standing
from landeff.measure.overlap import containing
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.points import PLACE_COLUMNS

_FIX = "correct the place of the enterprise, or its rows in the occupancy table"


def located_enterprises(inputs: Inputs, land: Land) -> pd.DataFrame:
    """``enterprise_id`` and the ``parcel_id`` it lies on; a point on a border is the first parcel's by key.

    Places on no parcel are told as issues.
    """
    nothing = pd.DataFrame({"enterprise_id": [], "parcel_id": []}, dtype="str")
    enterprises = inputs.table("enterprises")
    if not set(PLACE_COLUMNS) <= set(enterprises):
        return nothing
    rows = enterprises.dropna(subset=["enterprise_id", *PLACE_COLUMNS]).drop_duplicates("enterprise_id")
    rows = rows.sort_values("enterprise_id", ignore_index=True)
    parcels = land.parcels.sort_values("parcel_id", ignore_index=True)
    points = np.asarray(shapely.points(rows["located_x"].to_numpy(), rows["located_y"].to_numpy()), object)
    found = containing(points, parcels.geometry.to_numpy())
    off = rows[~rows.index.isin(found["left"])]
    decision = "lies on no parcel of the layer: the place says nothing about land"
    inputs.issues += row_issues(
        off,
        "info",
        "location_off_parcels",
        "enterprises",
        key="enterprise_id",
        decision=decision,
        value=off["located_x"].round(1).astype("str") + ", " + off["located_y"].round(1).astype("str"),
        fix="check the coordinates and their system",
    )
    at = {
        "enterprise_id": rows["enterprise_id"].to_numpy()[found["left"]],
        "parcel_id": np.asarray(parcels["parcel_id"])[found["right"]],
    }
    return pd.DataFrame(at, dtype="str")


def conflict_issues(found: Standing) -> list[Issue]:
    """Places where occupancy, title and location contradict one another, one issue a case, years together."""
    conflicts = found.conflicts
    by = ["kind", "enterprise_id", "parcel_id", "other", "decided_by"]
    cases = conflicts.groupby(by, sort=True).size().reset_index()
    issues = []
    for kind, enterprise, parcel, other, decided_by in cases[by].itertuples(index=False):
        if kind == "location":
            code, table = "location_contradicts", "enterprises"
            told = f"lies on {other}, stands on {parcel}; decided by {decided_by}"
            value = other
        else:
            code, table = "holder_contradicts_occupancy", "occupancy"
            told = f"listed as owner of {parcel}, whose holder is {other}; decided by {decided_by}"
            value = parcel
        issues.append(Issue("warning", code, table, told, key=enterprise, value=value, fix=_FIX))
    return issues
