"""What became of the inventory between two runs, and why each parcel changed.

Five outcomes: ``newly_found``, ``still_open``, ``disposed`` (something happened on the land after the older
run), ``withdrawn`` (the older finding would not be made today: works had begun already, a fact was corrected,
the rule changed) and ``closed_unclear`` (off the list, and the facts do not tell which of the two).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

#: Inventory class of a parcel that is on no list.
NONE = "none"
OUTCOMES = ("newly_found", "still_open", "disposed", "withdrawn", "closed_unclear")
#: Dates that something happened on the land; the first that falls between the runs says it was disposed of.
EVENTS = ("actual_start_on", "actual_completion_on")
#: Facts that do not change by themselves: where one reads otherwise today, it was corrected.
FIXED = ("agreed_start_on", "handover_on", "land_use_code", "supply_id")
#: Facts whose change says why a parcel left or joined a list, besides those its findings name.
FACTS = (
    *("is_started", "actual_start_on", "actual_completion_on", "agreed_start_on", "latest_extension_on"),
    *("handover_on", "start_due_on", "tax_cny", "output_cny", "grade_latest", "grade_previous"),
    *("land_use_code", "supply_id"),
)


def inventory_progress(
    old: pd.DataFrame,
    new: pd.DataFrame,
    findings: tuple[pd.DataFrame, pd.DataFrame],
    dates: tuple[dt.date, dt.date],
    versions: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    disposed: Collection[str] = (),
) -> pd.DataFrame:
    """Every parcel that is on a list in either run, with its outcome and the reason.

    Args:
        old, new: parcels with ``parcel_id``, ``inventory_class``, ``basis_area_m2`` and the facts.
        findings: of both runs: ``parcel_id``, ``rule_id``, ``verdict``, ``rule_version``, ``evidence``.
        dates: ``as_of`` of both runs.
        versions: of the rules of both runs, by id; empty where they are not known.
        disposed: parcels that the ledger of disposals of the newer run says were disposed of in between.

    Returns:
        ``parcel_id``, ``old_class``, ``new_class`` (missing where the run does not know the parcel),
        ``outcome``, ``area_m2`` (of the newer run where it has one), ``changed`` (facts, ``column: was → is``
        joined by ``; ``) and ``verdicts`` (rules whose verdict or version changed). By outcome and key.
    """
    sides = [
        frame.drop_duplicates("parcel_id").set_index("parcel_id")
        for frame in (pd.DataFrame(old), pd.DataFrame(new))
    ]
    every = sides[0].index.union(sides[1].index)
    was, now = (side["inventory_class"].reindex(every) for side in sides)
    listed = (was.fillna(NONE) != NONE) | (now.fillna(NONE) != NONE)
    ids = every[listed]
    before, after = (side.reindex(ids) for side in sides)
    verdicts = _verdict_changes(ids, findings, versions)
    changed = _fact_changes(ids, before, after, findings)
    table = pd.DataFrame(
        {"parcel_id": ids, "old_class": was[ids].to_numpy(), "new_class": now[ids].to_numpy()}
    )
    area = after["basis_area_m2"].fillna(before["basis_area_m2"])
    table["area_m2"] = area.to_numpy(dtype="float64")
    table["changed"], table["verdicts"] = changed.to_numpy(), verdicts["told"].to_numpy()
    table["outcome"] = _outcomes(before, after, verdicts["is_other_rule"], dates, disposed)
    kinds = dict.fromkeys(["parcel_id", "old_class", "new_class", "changed", "verdicts", "outcome"], "str")
    order = {name: position for position, name in enumerate(OUTCOMES)}
    table = table.astype(kinds).assign(rank=table["outcome"].map(order))
    return table.sort_values(["rank", "parcel_id"], ignore_index=True).drop(columns="rank")


def approvals_progress(old: pd.DataFrame, new: pd.DataFrame, disposed: Collection[str] = ()) -> pd.DataFrame:
    """Approved land without supply, batch by batch and zone by zone.

    Args:
        old, new: ``remainders``: ``approval_id``, ``zone_id``, ``area_m2``.
        disposed: batches that the ledger of disposals says were disposed of in between.

    Returns:
        ``approval_id``, ``zone_id``, ``old_area_m2``, ``new_area_m2``, ``change_m2`` (below zero: supplied or
        withdrawn since) and ``outcome`` (``newly_found``, ``still_open``, ``disposed`` by the ledger,
        ``closed_unclear``: whether it was supplied or its approval withdrawn is told by the matrix).
    """
    by = ["approval_id", "zone_id"]
    sums = [frame.sort_values("area_m2").groupby(by)["area_m2"].sum() for frame in (old, new)]
    table = pd.concat([sums[0].rename("old_area_m2"), sums[1].rename("new_area_m2")], axis=1)
    gone, came = table["new_area_m2"].isna(), table["old_area_m2"].isna()
    table = table.fillna(0.0)
    table["change_m2"] = table["new_area_m2"] - table["old_area_m2"]
    told = table.index.get_level_values("approval_id").isin(list(disposed))
    table["outcome"] = np.select(
        [came.to_numpy(), gone.to_numpy() & told, gone.to_numpy()],
        ["newly_found", "disposed", "closed_unclear"],
        "still_open",
    )
    return table.reset_index().astype({"outcome": "str"}).sort_values(by, ignore_index=True)


def _outcomes(
    before: pd.DataFrame,
    after: pd.DataFrame,
    is_other_rule: pd.Series,
    dates: tuple[dt.date, dt.date],
    disposed: Collection[str],
) -> np.ndarray[Any, Any]:
    was, now = (side["inventory_class"].fillna(NONE) for side in (before, after))
    left = (was != NONE) & (now == NONE)
    start, end = (pd.Timestamp(date) for date in dates)
    happened = pd.Series(before.index.isin(list(disposed)), index=before.index)
    earlier = pd.Series(False, index=before.index)
    for column in EVENTS:
        day = _dates(after, column)
        is_new = day.notna() & (_dates(before, column) != day)
        happened |= is_new & (day > start) & (day <= end)
        earlier |= is_new & (day <= start)
    is_gone = after["inventory_class"].isna()
    is_undated = _turned_true(before, after, "is_started") & ~happened & ~earlier
    corrected = pd.Series(False, index=before.index)
    for column in [name for name in FIXED if name in before and name in after]:
        corrected |= (_told(before[column]) != _told(after[column])).to_numpy()
    cases = [
        (was == NONE) & (now != NONE),
        ~left,
        is_gone,
        happened,
        earlier | is_other_rule,
        is_undated,
        corrected,
    ]
    names = [
        "newly_found",
        "still_open",
        "closed_unclear",
        "disposed",
        "withdrawn",
        "closed_unclear",
        "withdrawn",
    ]
    return np.select([case.to_numpy(dtype=bool) for case in cases], names, "closed_unclear")


def _dates(frame: pd.DataFrame, column: str) -> pd.Series:
    if column in frame:
        return pd.to_datetime(frame[column])
    return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")


def _turned_true(before: pd.DataFrame, after: pd.DataFrame, column: str) -> pd.Series:
    if column not in before or column not in after:
        return pd.Series(False, index=before.index)
    was, now = (side[column].astype("boolean").fillna(False).astype(bool) for side in (before, after))
    return now & ~was


def _fact_changes(
    ids: pd.Index,
    before: pd.DataFrame,
    after: pd.DataFrame,
    findings: tuple[pd.DataFrame, pd.DataFrame],
) -> pd.Series:
    """Facts that differ, ``column: was → is``; empty where the parcel is in one run only."""
    both = before["inventory_class"].notna() & after["inventory_class"].notna()
    parts = pd.DataFrame(index=ids)
    for column in dict.fromkeys([*FACTS, *_named(findings)]):
        if column not in before or column not in after:
            continue
        was, now = _told(before[column]), _told(after[column])
        differ = both.to_numpy() & (was != now).to_numpy()
        parts[column] = np.where(differ, f"{column}: " + was + " → " + now, "")
    if parts.empty or not len(parts.columns):
        return pd.Series("", index=ids, dtype="str")
    rows = parts.to_numpy(dtype=object).tolist()
    return pd.Series(["; ".join(part for part in row if part) for row in rows], index=ids, dtype="str")


def _told(values: pd.Series) -> pd.Series:
    """Values as text that does not depend on the type a file kept them in."""
    if pd.api.types.is_datetime64_any_dtype(values):
        text = values.dt.strftime("%Y-%m-%d")
    elif pd.api.types.is_bool_dtype(values):
        text = values.astype("boolean").map({True: "true", False: "false"})
    elif pd.api.types.is_numeric_dtype(values):
        text = values.astype("float64").map(lambda value: f"{value:.2f}", na_action="ignore")
    else:
        text = values.astype("str")
    told: pd.Series = text.astype("str").fillna("?")
    return told


def _named(findings: tuple[pd.DataFrame, pd.DataFrame]) -> Sequence[str]:
    """Columns that the evidence of any finding names, read once for each different rule."""
    names: set[str] = set()
    for table in findings:
        if "evidence" not in table:
            continue
        for evidence in table.dropna(subset=["evidence"]).drop_duplicates("rule_id")["evidence"]:
            told = json.loads(evidence)
            parts = told if isinstance(told, list) else []
            names |= {str(part["column"]) for part in parts if isinstance(part, Mapping) and "column" in part}
    return sorted(names)


def _verdict_changes(
    ids: pd.Index,
    findings: tuple[pd.DataFrame, pd.DataFrame],
    versions: tuple[Mapping[str, str], Mapping[str, str]],
) -> pd.DataFrame:
    """``told``: rules whose verdict changed; ``is_other_rule``: the rule itself is another, or gone.

    A run keeps hits and open verdicts; what it does not list of a rule it used is clear.
    """
    columns = ["parcel_id", "rule_id", "verdict", "rule_version"]
    sides = [
        table.reindex(columns=columns)[table["parcel_id"].isin(ids)]
        if "parcel_id" in table
        else pd.DataFrame(columns=columns)
        for table in findings
    ]
    both = sides[0].merge(sides[1], on=["parcel_id", "rule_id"], how="outer", suffixes=("_old", "_new"))
    both = both.astype("str")
    for side, used in zip(("old", "new"), versions, strict=True):
        known = both["rule_id"].map(dict(used))
        both[f"rule_version_{side}"] = both[f"rule_version_{side}"].fillna(known).fillna("–")
        clear = pd.Series("clear", index=both.index).where(known.notna(), "–")
        both[f"verdict_{side}"] = both[f"verdict_{side}"].fillna(clear)
    differ = both["verdict_old"] != both["verdict_new"]
    other = both["rule_version_old"] != both["rule_version_new"]
    told = both["rule_id"] + ": " + both["verdict_old"] + " → " + both["verdict_new"]
    named = told + " (v" + both["rule_version_old"] + " → v" + both["rule_version_new"] + ")"
    both["told"] = told.where(~other, named)
    rows = both[differ | other].sort_values(["parcel_id", "rule_id"])
    texts = rows.groupby("parcel_id")["told"].agg("; ".join)
    is_known = all(versions) or not any(versions)
    other_hit = both.loc[other & is_known & both["verdict_old"].isin(["hit", "unknown"]), "parcel_id"]
    return pd.DataFrame(
        {
            "told": texts.reindex(ids).fillna("").astype("str"),
            "is_other_rule": pd.Series(ids.isin(other_hit), index=ids),
        }
    )
