"""Approved and not supplied (批而未供): by geometry and by ledger, what keeps it so, and the supply rate."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.indicators.run import with_indicators
from landeff.link.links import JOINED
from landeff.measure.overlap import overlap_areas
from landeff.measure.partition import uncovered
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.standards.balance import unsupplied_kind

KINDS = ("ready", "built_no_papers", "used_before_supply", "not_cleared", "to_withdraw", "unclear")
_TEXTS = ("approval_id", "name", "document")
_FLAGS = ("is_cleared", "is_withdrawal_planned")
_AREAS = (
    "area_m2",
    "approved_area_m2",
    "supplied_geometry_m2",
    "unsupplied_geometry_m2",
    "supplied_ledger_m2",
    "unsupplied_ledger_m2",
    "unsupplied_difference_m2",
    "unsupplied_share_ratio",
    *(f"{kind}_m2" for kind in KINDS),
)


def with_kinds(remainders: gpd.GeoDataFrame, inputs: Inputs, land: Land) -> gpd.GeoDataFrame:
    """``remainders`` with what keeps each piece from being supplied (``unsupplied_kind``) and its facts.

    A building counts where the layer has it; without a layer, or where the survey tells no use, that is
    unknown. Whether land is cleared, or its approval to be withdrawn, the approvals say.
    """
    approvals = inputs.table("approvals").set_index("approval_id")
    made = {
        name: look_up(remainders["approval_id"], column_or_missing(approvals, name, "boolean"))
        for name in _FLAGS
    }
    out = remainders.assign(**made, building_footprint_m2=_built(remainders, inputs, land))
    return out.assign(unsupplied_kind=unsupplied_kind(out))


def approvals_table(
    inputs: Inputs, land: Land, batches: pd.DataFrame, remainders: gpd.GeoDataFrame, config: Config
) -> pd.DataFrame:
    """``approvals``: each batch by geometry and by ledger, with the difference, and its pieces by kind.

    By geometry, supplied is what a parcel covers. By ledger it is the sum of the supply records of the batch
    (``batches``: ``approval_supply``), each by its share: unknown where a record of it waits for review, has
    no area, or no record of any batch is known at all. Pieces by kind lie in zones.
    """
    layer = land.approvals
    if layer is None:
        table = pd.DataFrame(columns=[*_TEXTS, *_FLAGS, "approved_on", *_AREAS])
        return _typed(table)
    rows = pd.DataFrame(layer.drop(columns="geometry")).reset_index(drop=True)
    drawn = layer.geometry.to_numpy()
    rows["area_m2"] = land.scale.area_m2(drawn)
    rest = uncovered(drawn, land.parcels.geometry.to_numpy())
    rows["unsupplied_geometry_m2"] = np.minimum(land.scale.area_m2(rest), rows["area_m2"])
    rows["supplied_geometry_m2"] = rows["area_m2"] - rows["unsupplied_geometry_m2"]
    rows["supplied_ledger_m2"] = look_up(
        rows["approval_id"], _by_ledger(inputs, batches, rows["approval_id"])
    )
    rows["approved_area_m2"] = column_or_missing(rows, "approved_area_m2", "float64")
    rows = with_indicators("approval", rows, {"as_of": config.as_of})
    by_kind = remainders.pivot_table(
        index="approval_id", columns="unsupplied_kind", values="area_m2", aggfunc="sum"
    ).reindex(columns=list(KINDS))
    for kind in KINDS:
        rows[f"{kind}_m2"] = look_up(rows["approval_id"], by_kind[kind]).fillna(0.0)
    return _typed(rows)


def supply_rates(approvals: pd.DataFrame, config: Config) -> pd.DataFrame:
    """``supply_rates``: supplied over approved of the batches of some years, by geometry and by ledger.

    The window ends with ``[standards] supply_base_year`` (the latest year of the project) and has
    ``supply_window_years`` (5). Unknown where a batch of the window has no area by ledger; batches without a
    day of approval are counted beside it.
    """
    last = config.supply_base_year or max(config.years)
    first = last - config.supply_window_years + 1
    inside = approvals[approvals["approved_on"].dt.year.between(first, last)]
    made = {
        "geometry": (inside["supplied_geometry_m2"], inside["area_m2"]),
        "ledger": (inside["supplied_ledger_m2"], inside["approved_area_m2"]),
    }
    rows = pd.DataFrame(
        {
            "basis": pd.Series(list(made), dtype="str"),
            "from_year": pd.Series(first, index=range(2), dtype="Int64"),
            "to_year": pd.Series(last, index=range(2), dtype="Int64"),
            "n": len(inside),
            "n_undated": int(approvals["approved_on"].isna().sum()),
            "supplied_area_m2": [supplied.sum(skipna=False) for supplied, _ in made.values()],
            "approved_area_m2": [approved.sum(skipna=False) for _, approved in made.values()],
        }
    )
    return with_indicators("supply_rate", rows.astype({"supplied_area_m2": "float64"}), {})


def _built(remainders: gpd.GeoDataFrame, inputs: Inputs, land: Land) -> pd.Series:
    """Ground under buildings of each piece; missing without a layer, and where rows were set aside."""
    if land.buildings is None or len(inputs.aside("buildings")):
        return pd.Series(np.nan, index=remainders.index)
    pairs = overlap_areas(remainders.geometry.to_numpy(), land.buildings.geometry.to_numpy(), land.scale)
    sums = pairs.groupby("left")["area_m2"].sum()
    return sums.reindex(np.arange(len(remainders)), fill_value=0.0).set_axis(remainders.index)


def _by_ledger(inputs: Inputs, batches: pd.DataFrame, approval_id: pd.Series) -> pd.Series:
    """Area of the supply records of each batch, by ``approval_id``."""
    supply = inputs.table("supply").set_index("supply_id")
    pairs = batches[batches["decision"].isin([*JOINED, "queued"])]
    n_batches = pairs.groupby("supply_id")["approval_id"].transform("size")
    share = pairs["share_of_supply_ratio"].where(
        pairs["share_of_supply_ratio"].notna() | (n_batches > 1), 1.0
    )
    area = look_up(pairs["supply_id"], column_or_missing(supply, "supplied_area_m2", "float64")) * share
    area = area.where(pairs["decision"] != "queued")
    sums = area.groupby(pairs["approval_id"]).agg(lambda parts: parts.sum(skipna=False))
    return sums.reindex(approval_id, fill_value=0.0 if len(pairs) else np.nan).astype("float64")


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    kinds = {
        **dict.fromkeys(_TEXTS, "str"),
        **dict.fromkeys(_FLAGS, "boolean"),
        "approved_on": "datetime64[s]",
        **dict.fromkeys(_AREAS, "float64"),
    }
    return rows.reindex(columns=list(kinds)).astype(kinds).sort_values("approval_id", ignore_index=True)
