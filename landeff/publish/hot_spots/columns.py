"""Hot and cold spots as columns of parcels."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.publish.hot_spots.words import split_by_variable

_END = "_cny_per_mu"


def with_hot_spots(parcels: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """``parcels`` with ``tax_hot_spot`` (class) and ``tax_gi_z``, of each figure that was looked at."""
    made = {}
    for rows in split_by_variable(dataset.frame("hot_spots")):
        name = str(rows["variable"].iloc[0]).removesuffix(_END)
        of_parcel = rows.set_index("parcel_id")
        made[f"{name}_hot_spot"] = parcels["parcel_id"].map(of_parcel["class"])
        made[f"{name}_gi_z"] = parcels["parcel_id"].map(of_parcel["gi_z"])
    return parcels.assign(**made)


def hot_spot_aliases() -> dict[str, str]:
    """Chinese names of these columns."""
    told: dict[str, str] = {}
    for name in ("tax", "output"):
        named = title(f"{name}{_END}").zh
        told |= {f"{name}_hot_spot": f"{named}冷热点", f"{name}_gi_z": f"{named}Gi*值"}
    return told
