"""Land and tax of parcels by a code that they carry: grade, industry."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.units import M2_PER_MU


def by_code(dataset: Dataset, column: str) -> pd.DataFrame:
    """A row a code of ``column`` of the parcels inside zones, by code; what has none comes last as missing.

    ``code``, ``n`` (parcels), ``area_m2`` (basis area, m²), ``unknown_area_m2`` (of it without a tax row),
    ``tax_cny`` (missing where no tax is known), ``tax_cny_per_mu`` = Σ tax ÷ Σ land (land of unknown tax
    stays in the denominator). No rows where no parcel has a code.
    """
    names = ["code", "n", "area_m2", "unknown_area_m2", "tax_cny", "tax_cny_per_mu"]
    parcels = pd.DataFrame(dataset.frame("parcels"))
    wanted = [column, "zone_id", "basis_area_m2", "tax_cny"]
    if column not in parcels.columns or parcels[column].isna().all():
        return pd.DataFrame(columns=names)
    land = parcels.reindex(columns=wanted)
    land = land[land["zone_id"].notna()].rename(columns={column: "code", "basis_area_m2": "area_m2"})
    land["unknown_area_m2"] = land["area_m2"].where(land["tax_cny"].isna(), 0.0)
    table = land.groupby("code", dropna=False, sort=True).agg(
        n=("area_m2", "size"),
        area_m2=("area_m2", "sum"),
        unknown_area_m2=("unknown_area_m2", "sum"),
        tax_cny=("tax_cny", lambda values: values.sum(min_count=1)),
    )
    table["tax_cny_per_mu"] = table["tax_cny"] / (table["area_m2"] / M2_PER_MU).where(table["area_m2"] > 0)
    return table.reset_index()[names]
