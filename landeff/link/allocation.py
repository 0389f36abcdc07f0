"""Money to parcels by share; what finds no land keeps its reason."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from stdnum.cn import uscc

from landeff.core.text import Term

#: Why money reached no parcel, in the order in which the reasons are tried.
REASONS: dict[str, Term] = {
    "other_year": Term("不在统计年度", "outside the years of the run"),
    "no_year": Term("未填年度", "no year"),
    "no_code": Term("未填代码", "no code"),
    "bad_check_digit": Term("代码校验不符", "bad check digit"),
    "name_ambiguous": Term("名称待核", "name to be checked"),
    "no_land": Term("无对应用地", "no land found"),
    "parcel_not_in_layer": Term("宗地不在图层中", "parcel not in the layer"),
    "land_set_aside": Term("用地记录已搁置", "land set aside"),
    "composition_incomplete": Term("组成项缺报", "item of the composition missing"),
}
ALLOCATED = [
    "parcel_id",
    "year",
    "item",
    "enterprise_id",
    "value",
    "share_ratio",
    "source_file",
    "source_row",
    "source_code",
    "source_item",
]


def allocate(
    returns: pd.DataFrame,
    shares: pd.DataFrame,
    parcel_ids: Iterable[str],
    set_aside_ids: Iterable[str],
    years: Iterable[int],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Send each row of money to the parcels it belongs to.

    Args:
        returns: ``item``, ``year``, ``value``, ``source_file``, ``source_row``, and ``enterprise_id`` or
            ``parcel_id``; one subject a row; where known ``source_code`` (the code as written),
            ``is_owner_queued`` (a person has to say whose money it is), ``source_item`` (of a composed item:
            the one it was made of) and ``is_incomplete`` (an item of the composition is missing).
        shares: as made by :func:`landeff.link.shares.land_shares`.
        parcel_ids: parcels of the layer that are in use.
        set_aside_ids: parcels of the layer that were set aside.
        years: years of the run; money of other years is not allocated.

    Returns:
        ``allocated`` (columns :data:`ALLOCATED`, several rows a parcel where several enterprises pay; the
        share is that of the source row's amount) and
        ``unmatched``: the rows, or parts of rows, that reached no land, with ``reason`` from :data:`REASONS`.
        Σ value of both = Σ value of ``returns``.
    """
    rows = returns.reset_index(drop=True)
    for column in ("enterprise_id", "parcel_id", "source_code"):
        if column not in rows:
            rows[column] = pd.Series(np.nan, index=rows.index, dtype="str")
    if "source_item" not in rows:
        rows["source_item"] = rows["item"]
    direct = rows["parcel_id"].notna()
    by_share = rows[~direct].drop(columns="parcel_id")
    spread = by_share.merge(
        shares[["enterprise_id", "year", "parcel_id", "share_ratio"]],
        on=["enterprise_id", "year"],
        how="left",
    )
    pieces = pd.concat([rows[direct], spread], ignore_index=True)
    pieces["share_ratio"] = pieces["share_ratio"].fillna(1.0)
    pieces["value"] *= pieces["share_ratio"]
    reason = _reason(pieces, set(parcel_ids), set(set_aside_ids), set(years))
    order = ["parcel_id", "year", "item", "enterprise_id", "value", "source_item"]
    order += ["source_file", "source_row"]  # only among rows that are otherwise the same
    allocated = pieces.loc[reason == "", ALLOCATED].sort_values(order, ignore_index=True)
    unmatched = pieces.assign(reason=reason)[reason != ""]
    unmatched = unmatched.drop(columns=["share_ratio", "is_owner_queued", "is_incomplete"], errors="ignore")
    return allocated, unmatched.sort_values([*order, "reason"], ignore_index=True)


def _reason(pieces: pd.DataFrame, usable: set[str], set_aside: set[str], years: set[int]) -> pd.Series:
    has_parcel = pieces["parcel_id"].notna()
    code = pieces["enterprise_id"]
    bad = [
        value
        for value in code[~has_parcel].dropna().unique()
        if len(value) == 18 and not uscc.is_valid(value)
    ]
    reason = pd.Series("parcel_not_in_layer", index=pieces.index, dtype="str")
    reason[pieces["parcel_id"].isin(set_aside)] = "land_set_aside"
    reason[pieces["parcel_id"].isin(usable)] = ""
    if "is_incomplete" in pieces:
        reason[(reason == "") & pieces["is_incomplete"].fillna(False).astype(bool)] = "composition_incomplete"
    reason[~has_parcel] = "no_land"
    reason[~has_parcel & code.isin(bad)] = "bad_check_digit"
    reason[~has_parcel & code.isna()] = "no_code"
    if "is_owner_queued" in pieces:
        reason[~has_parcel & pieces["is_owner_queued"].fillna(False).astype(bool)] = "name_ambiguous"
    reason[~pieces["year"].isin(years)] = "other_year"
    reason[pieces["year"].isna()] = "no_year"
    return reason
