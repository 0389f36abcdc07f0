"""The supply ledger on the parcels: figures shared out, and the record whose dates run the idle clock."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.core.issues import Issue
from landeff.indicators.run import run_indicators
from landeff.link.land_identity.records import records_of_parcels
from landeff.link.links import JOINED
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up

_STEP = 1_000_000  # days; more than any date


def with_supply(
    parcels: gpd.GeoDataFrame, inputs: Inputs, pairs: pd.DataFrame, as_of: dt.date
) -> gpd.GeoDataFrame:
    """Parcels with the columns of their supply records; a column that parcels have themselves stays theirs.

    Parcels under several records are told as ``several_supply_records``.
    """
    supply = inputs.table("supply").rename(
        columns={"source_file": "supply_source_file", "source_row": "supply_source_row"}
    )
    latest = inputs.table("extensions").groupby("supply_id")["new_start_on"].max()
    supply["latest_extension_on"] = look_up(supply["supply_id"], latest)
    order = strictest_first(supply, as_of)
    records = records_of_parcels(pairs, supply, order)
    inputs.issues += _several(records, parcels, pairs, order)
    stated = {name: column_or_missing(parcels, name) for name in ("supply_id", "contract_no")}
    own = set(parcels.columns) - {"parcel_id", *stated}
    out = parcels.drop(columns=list(stated), errors="ignore").merge(
        records[[name for name in records if name not in own]], on="parcel_id", how="left", validate="1:1"
    )
    out["is_supply_linked"] = out["supply_id"].notna().astype("boolean")
    queued = pairs.loc[pairs["decision"] == "queued", "parcel_id"]
    out["is_supply_queued"] = (~out["is_supply_linked"] & out["parcel_id"].isin(queued)).astype("boolean")
    found = {name: column_or_missing(out, name).set_axis(parcels.index) for name in stated}
    # The number of the record that was found; the contract number as the parcel has it.
    out["supply_id"] = found["supply_id"].fillna(stated["supply_id"]).set_axis(out.index)
    out["contract_no"] = stated["contract_no"].fillna(found["contract_no"]).set_axis(out.index)
    return out


def supply_table(inputs: Inputs) -> pd.DataFrame:
    """The supply records as the run used them, corrections applied, without geometry; by ``supply_id``."""
    records = pd.DataFrame(inputs.table("supply")).drop(columns="geometry", errors="ignore")
    return records.sort_values("supply_id", kind="stable", ignore_index=True)


def strictest_first(supply: pd.DataFrame, as_of: dt.date) -> pd.Series:
    """Place of each record by ``supply_id``: of several on one parcel the lowest runs its clock.

    First what may be idle at ``as_of``: a year past due and not begun, then a year past due and start not
    recorded, then due unknown and not known to have begun; then not yet due so long; last those begun.
    Within each the one due first. So a begun part never hides one that stands idle, and no clock is made of
    two records.

    >>> dates = {"supply_id": ["a", "b"], "agreed_start_on": pd.to_datetime(["2019-01-01", "2021-01-01"])}
    >>> supply = pd.DataFrame(dates).assign(is_started=pd.array([True, None], dtype="boolean"))
    >>> strictest_first(supply.astype({"agreed_start_on": "datetime64[s]"}), dt.date(2024, 1, 1)).idxmin()
    'b'
    """
    made = run_indicators("parcel", supply.drop(columns="geometry", errors="ignore"), {"as_of": as_of})
    started, due, idle = (made[name] for name in ("is_started", "start_due_on", "idle_from_on"))
    is_past = (idle <= pd.Timestamp(as_of)).to_numpy()
    begun = started.fillna(False).to_numpy(dtype=bool)
    cases = [begun, is_past & (~started).fillna(False).to_numpy(dtype=bool), is_past, due.isna().to_numpy()]
    rank = np.select(cases, [4, 0, 1, 2], 3)
    days = (due - pd.Timestamp(0).as_unit("s")).dt.days.fillna(0)
    return pd.Series(rank * _STEP + days.to_numpy(), index=supply["supply_id"].to_numpy(), dtype="float64")


def _several(
    records: pd.DataFrame, parcels: pd.DataFrame, pairs: pd.DataFrame, order: pd.Series
) -> list[Issue]:
    """One issue a parcel with several records: which, and the one whose dates count."""
    rows = records.loc[records["n_supply_records"] > 1, ["parcel_id", "supply_id"]]
    joined = pairs[pairs["decision"].isin(JOINED) & pairs["parcel_id"].isin(rows["parcel_id"])]
    joined = joined.assign(place=joined["supply_id"].map(order)).sort_values(["place", "supply_id"])
    listed = joined.groupby("parcel_id")["supply_id"].agg("、".join)
    at = parcels.set_index("parcel_id")[["source_file", "source_row"]].reindex(rows["parcel_id"])
    cells = zip(rows["parcel_id"], rows["supply_id"], at["source_file"], at["source_row"], strict=True)
    return [
        Issue(
            "warning",
            "several_supply_records",
            "parcels",
            f"figures added up; dates and start of {first}, the strictest",
            key=str(parcel),
            column="supply_id",
            value=str(listed[parcel]),
            source_file=str(file),
            source_row=int(row),
            fix="see whether the parcel was supplied in pieces, or one record replaces the other",
        )
        for parcel, first, file, row in cells
    ]
