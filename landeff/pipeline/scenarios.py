"""``scenarios``: the land of a run, the level of its zones, and what becomes of their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from landeff.analysis.scenario import Scenario, level_by_zone, what_if
from landeff.core.dataset import Scopes
from landeff.core.landuse import is_developed
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import INDUSTRIAL, top_level

#: Kinds of unsupplied land that no project can be put on.
_TAKEN = ("used_before_supply", "built_no_papers", "to_withdraw")
_TEXTS = ("scenario", "zone_id", "category", "zone_name", "put_to_use", "at")


def scenarios_table(
    tables: Mapping[str, pd.DataFrame], scenarios: Sequence[Scenario], scopes: Scopes
) -> pd.DataFrame:
    """``scenarios``: every scenario on the tables of a run; see ``docs/tables.md``.

    Args:
        tables: ``zones``, ``parcels``, ``parcel_zone`` and ``remainders`` of the run.
        scopes: what the figures of the zones count.
    """
    zones = pd.DataFrame(top_level(tables["zones"])).sort_values("zone_id", ignore_index=True)
    parts = _parts(tables, zones)
    made = [_one(each, parts, tables["remainders"], zones, scopes) for each in scenarios]
    empty = _one(
        Scenario("", ("idle",)), parts.iloc[:0], tables["remainders"].iloc[:0], zones.iloc[:0], scopes
    )
    table = pd.concat(made, ignore_index=True) if made else empty.iloc[:0]
    return table.astype(dict.fromkeys(_TEXTS, "str"))


def _one(
    asked: Scenario, parts: pd.DataFrame, remainders: pd.DataFrame, zones: pd.DataFrame, scopes: Scopes
) -> pd.DataFrame:
    land = pd.concat([_parcels(asked, parts, scopes), _pieces(asked, remainders, scopes)], ignore_index=True)
    if asked.at == "fixed":
        rates = pd.Series(asked.rate_cny_per_mu, index=pd.Index(zones["zone_id"]), dtype="float64")
    else:
        rates = level_by_zone(_performing(parts), zones["zone_id"], asked.at)
    table = what_if(land, zones, rates, asked)
    names = look_up(table["zone_id"], zones.set_index("zone_id")["name"].astype("str"))
    first = {"scenario": asked.name, "zone_id": table["zone_id"], "category": table["category"]}
    return pd.DataFrame(
        {
            **first,
            "zone_name": names.where(table["zone_id"] != "", "全部园区"),
            "put_to_use": ",".join(asked.put_to_use),
            "at": asked.at,
            "share_ratio": asked.share_ratio,
            **{str(name): table[name] for name in table if name not in first},
            "target_cny_per_mu": np.nan if asked.target_cny_per_mu is None else asked.target_cny_per_mu,
        }
    )


def _parts(tables: Mapping[str, pd.DataFrame], zones: pd.DataFrame) -> pd.DataFrame:
    """The part of each parcel in each top-level zone, with its land and tax."""
    wanted = ["parcel_id", "zone_id", "share_ratio"]
    parts = pd.DataFrame(tables["parcel_zone"])[wanted]
    parts = parts[parts["zone_id"].isin(zones["zone_id"])]
    parcels = pd.DataFrame(tables["parcels"]).drop(columns=["geometry", "zone_id"], errors="ignore")
    parts = parts.merge(parcels, on="parcel_id", validate="many_to_one", suffixes=("", "_given"))
    share = parts["share_ratio"]
    tax = column_or_missing(parts, "tax_cny", "float64") * share
    return parts.assign(area_m2=parts["basis_area_m2"] * share, tax_cny=tax)


def _performing(parts: pd.DataFrame) -> pd.DataFrame:
    """Industrial land in good use whose tax is known: listed nowhere, and performing in the balance."""
    good = (parts["inventory_class"] == "none") & (parts["state"] == "performing")
    taxed = parts["tax_cny"].notna() & (parts["area_m2"] > 0)
    chosen = parts[good & taxed & parts["land_use_class"].isin(INDUSTRIAL)]
    return chosen[["zone_id", "area_m2", "tax_cny"]]


def _parcels(asked: Scenario, parts: pd.DataFrame, scopes: Scopes) -> pd.DataFrame:
    """Parcels of the classes, and those of which it is not known whether they are of one."""
    category = (
        parts["inventory_class"].where(parts["inventory_class"].isin(asked.put_to_use)).astype("object")
    )
    listed = category.notna()
    for name in asked.put_to_use:
        is_open = column_or_missing(parts, f"{name}_verdict") == "unknown"
        category = category.mask(is_open & category.isna(), name)
    use = parts["land_use_class"]
    works = use.isin(INDUSTRIAL)
    status = np.where(~listed | use.isna(), "unknown", np.where(works, "free", "other_use"))
    joins = _joins(parts, scopes)
    land = parts[["zone_id", "area_m2", "tax_cny"]].assign(
        category=category, status=status, is_uncleared=False, **joins
    )
    return land[category.notna() & (listed | works | use.isna())]


def _joins(parts: pd.DataFrame, scopes: Scopes) -> dict[str, pd.Series]:
    """Of each parcel what joins the denominator when it comes into use, at least and at most.

    Parcels are in the scopes ``parcels`` and ``boundary`` as they are, and industrial ones in
    ``industrial_supplied``. Those without tax join ``matched``. Whether the survey counts a parcel as
    developed is not kept: of ``developed`` it may join whole or not at all.
    """
    none = pd.Series(0.0, index=parts.index)
    if scopes.land == "matched":
        joins = parts["tax_cny"].isna().astype("float64")
        return {"joins_low_ratio": joins, "joins_high_ratio": joins}
    return {"joins_low_ratio": none, "joins_high_ratio": none + (scopes.land == "developed")}


def _pieces(asked: Scenario, remainders: pd.DataFrame, scopes: Scopes) -> pd.DataFrame:
    """Approved land that no parcel covers; no tax can reach it, so it pays none."""
    rest = pd.DataFrame(remainders)
    if "approved_unsupplied" not in asked.put_to_use:
        rest = rest.iloc[:0]
    kind = column_or_missing(rest, "unsupplied_kind")
    low = high = pd.Series(float(scopes.land != "boundary"), index=rest.index)
    if scopes.land == "developed":
        built = is_developed(column_or_missing(rest, "land_class_code").astype("str")).astype("boolean")
        low, high = (1.0 - built.fillna(value).astype("float64") for value in (True, False))
    return pd.DataFrame(
        {
            "zone_id": rest["zone_id"],
            "area_m2": rest["area_m2"].astype("float64"),
            "tax_cny": 0.0,
            "category": "approved_unsupplied",
            "status": np.where(kind.isin(_TAKEN), "other_use", "free"),
            "is_uncleared": (kind != "ready").to_numpy(),
            "joins_low_ratio": low,
            "joins_high_ratio": high,
        }
    )
