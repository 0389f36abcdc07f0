"""How much land was disposed of: records of a ledger counted once, and never beyond the land they are of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

#: Areas in a ledger are rounded to 0.01 mu.
ROUNDING_M2 = 10.0 / 1.5
_CONTENT = ("disposed_on", "disposed_area_m2", "voucher", "document", "source_file", "source_row")


def counted(rows: pd.DataFrame, land_area_m2: Mapping[str, float], as_of: dt.date) -> pd.DataFrame:
    """What of each record counts as disposed of.

    A record counts by its day: from it on, until then not. Without a day it counts where its state says
    disposed, or there is a voucher. One that says *not begun* never counts. Of records of the same land, area
    and day one counts, unless both name a voucher and not the same. Records of a land add up to its area at
    most, the earlier first.

    Args:
        rows: ``land`` and ``category`` (both missing where not known), ``status`` (``disposed``,
            ``in_progress``, ``not_begun`` or missing), ``disposed_area_m2``, ``disposed_on``, ``voucher``,
            ``document``, ``source_file``, ``source_row``.
        land_area_m2: area of each land; one that is not there has no bound.

    Returns:
        On the same index ``entry`` (``disposed``, ``disposed_twice``, ``not_disposed``, ``no_parcel``,
        ``no_category``), ``counted_m2`` (0 unless ``disposed``; NaN of one disposed of without an area) and
        ``over_m2`` (what exceeds the land).

    >>> day = pd.to_datetime(["2024-03-01", "2024-05-01", "2024-05-01"]).astype("datetime64[s]")
    >>> rows = pd.DataFrame({"land": "A", "category": "idle", "disposed_area_m2": [60.0, 60.0, 60.0],
    ...                      "disposed_on": day})
    >>> counted(rows, {"A": 100.0}, dt.date(2024, 12, 31))["counted_m2"].tolist()
    [60.0, 40.0, 0.0]
    """
    told = rows.reindex(columns=["land", "category", "status", *_CONTENT])
    entry = pd.Series("disposed", index=rows.index, dtype="str")
    entry = entry.mask(~_is_done(told, as_of), "not_disposed")
    entry = entry.mask(told["category"].isna(), "no_category").mask(told["land"].isna(), "no_parcel")
    entry = entry.mask(
        (entry == "disposed") & _is_again(told[entry == "disposed"], rows.index), "disposed_twice"
    )
    is_counted = entry == "disposed"
    area = told["disposed_area_m2"].astype("float64")
    order = told[is_counted].sort_values(["land", *_CONTENT], kind="stable").index
    claimed = area.reindex(order).fillna(0.0)
    land = told["land"].reindex(order)
    before = claimed.groupby(land).cumsum() - claimed
    bound = land.map(dict(land_area_m2)).astype("float64").fillna(np.inf)
    left = (bound - before).clip(lower=0.0)
    kept = claimed.where(claimed <= left, left).where(area.reindex(order).notna())
    counts = kept.reindex(rows.index).where(is_counted, 0.0)
    over = (area - counts).where(is_counted & area.notna(), 0.0)
    return pd.DataFrame({"entry": entry, "counted_m2": counts, "over_m2": over}, index=rows.index)


def _is_done(rows: pd.DataFrame, as_of: dt.date) -> pd.Series:
    status, day = rows["status"].astype("str"), pd.to_datetime(rows["disposed_on"])
    by_day = day.notna() & (day <= pd.Timestamp(as_of))
    undated = day.isna() & ((status == "disposed") | (rows["voucher"].notna() & status.isna()))
    return (by_day | undated) & (status != "not_begun").fillna(True)


def _is_again(rows: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Whether a record tells of a disposal that another one tells of already."""
    rows = rows.sort_values(["land", *_CONTENT], kind="stable")
    rows = rows[rows["disposed_area_m2"].notna()]
    by = ["land", "disposed_area_m2", "disposed_on"]
    first = rows.groupby(by, dropna=False)["voucher"].transform("first") if len(rows) else rows["voucher"]
    again = rows.assign(voucher=rows["voucher"].fillna(first)).duplicated([*by, "voucher"])
    return again.reindex(index, fill_value=False).astype(bool)


#: Columns of ``campaign``.
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("district_code", "category", "district_name"), "str"),
        "n": "Int64",
        "area_m2": "float64",
        "target_m2": "float64",
        "target_year": "Int64",
        "deadline_on": "datetime64[s]",
        "n_disposed": "Int64",
        "disposed_m2": "float64",
        "n_area_unknown": "Int64",
        "done_m2": "float64",
        "done_ratio": "float64",
    }
)
_BY = ["district_code", "category"]


def campaign(
    inventory: pd.DataFrame, targets: pd.DataFrame, done: pd.DataFrame, *, is_kept: bool
) -> pd.DataFrame:
    """The campaign (专项整治) by district and category: found, to be done, done.

    What was done counts towards a target from the first of January of its year to its deadline (without one,
    the end of that year); records without a day count. ``done_ratio`` = ``done_m2 ÷ target_m2``: unknown
    without a target, without a ledger, and while an area disposed of is not known.

    Args:
        inventory: ``district_code``, ``category``, ``district_name``, ``n``, ``area_m2``.
        targets: ``district_code``, ``category``, ``target_m2``, ``target_year``, ``deadline_on``; one a pair.
        done: ``district_code``, ``category``, ``district_name``, ``land``, ``counted_m2``, ``disposed_on``.
        is_kept: whether there is a ledger of disposals: then a pair without a record has nothing disposed of;
            without one that is not known.

    Returns:
        :data:`COLUMNS`, sorted by district and category; the sums of ``n`` and ``area_m2`` are those of the
        inventory.
    """
    done = done.merge(targets, on=_BY, how="left")
    start = pd.to_datetime(
        done["target_year"].astype("Float64").map("{:.0f}-01-01".format, na_action="ignore")
    )
    end = pd.to_datetime(done["target_year"].astype("Float64").map("{:.0f}-12-31".format, na_action="ignore"))
    end = pd.to_datetime(done["deadline_on"]).fillna(end)
    day = pd.to_datetime(done["disposed_on"])
    inside = day.isna() | ((day >= start) & (day <= end))
    done = done.assign(done_m2=done["counted_m2"].where(inside, 0.0), unknown=done["counted_m2"].isna())
    sums = done.groupby(_BY, dropna=False).agg(
        named=("district_name", "first"),
        n_disposed=("land", "nunique"),
        disposed_m2=("counted_m2", "sum"),
        n_area_unknown=("unknown", "sum"),
        done_m2=("done_m2", "sum"),
    )
    table = inventory.merge(targets, on=_BY, how="outer").merge(sums.reset_index(), on=_BY, how="outer")
    table = table.reindex(columns=[*COLUMNS, "named"])
    table["district_name"] = table["district_name"].fillna(table["named"])
    names = table.dropna(subset=["district_code", "district_name"]).drop_duplicates("district_code")
    known = names.set_index("district_code")["district_name"]
    by_code = table["district_code"].map(known).astype("str")
    table["district_name"] = table["district_name"].astype("str").fillna(by_code)
    table = table.fillna({"n": 0, "area_m2": 0.0})
    if is_kept:
        table = table.fillna({"n_disposed": 0, "disposed_m2": 0.0, "n_area_unknown": 0, "done_m2": 0.0})
    table = table.drop(columns="named").astype(dict(COLUMNS))
    settled = (table["target_m2"] > 0) & (table["n_area_unknown"].fillna(0) == 0)
    table["done_ratio"] = (table["done_m2"] / table["target_m2"]).where(settled)
    return table.sort_values(_BY, ignore_index=True)
