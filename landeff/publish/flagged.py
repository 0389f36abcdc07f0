"""Parcels of one inventory class with the finding that put them there."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.text import Term

COUNTDOWN_DAYS = 90
_FINDING = ["rule_id", "rule_version", "since_on", "missing", "basis", "stage", "advice"]
_VERDICTS = {"hit": 0, "unknown": 1}
_OUTSIDE = Term("园区外", "outside zones")
#: Inventory class → category of the rules that put a parcel there.
_CATEGORY = {
    "idle": "idle", "idle_to_check": "idle", "missing_facts": "idle",
    "due_soon": "due_soon", "low_efficiency": "low_efficiency",
    **{name: name for name in ("idle_suspended", "case_by_case", "below_agreed", "built_unused", "underused",
                               "supplied_unused", "scattered")},
}  # fmt: skip


def is_computed(dataset: Dataset, inventory_class: str) -> bool:
    """Whether the run looked for ``inventory_class`` at all (it may have found none)."""
    if inventory_class in {"idle", "idle_to_check", "due_soon"}:
        return "idle_verdict" in dataset.frame("parcels").columns
    if inventory_class == "approved_unsupplied":
        return "remainders" in dataset.tables
    inventory = dataset.frame("inventory")
    return "category" in inventory.columns and bool((inventory["category"] == inventory_class).any())


def open_findings(dataset: Dataset) -> pd.DataFrame:
    """Findings that hit or are unknown; what a rule advises is left out where facts are missing."""
    findings = dataset.frame("findings").reindex(columns=["parcel_id", "verdict", "reason", *_FINDING])
    findings = findings[findings["verdict"].isin(list(_VERDICTS))]
    return findings.assign(advice=findings["advice"].mask(findings["reason"] == "missing_facts"))


def with_findings(dataset: Dataset) -> pd.DataFrame:
    """All parcels without geometry, each with the finding that decided its inventory class.

    That is the finding of the rule in ``<category>_rule_id``; where the run does not say it, the most serious
    one: a hit, then one to be checked, then one that lacks facts (ties by ``rule_id``).
    Parcels without such a finding keep empty finding columns.
    """
    parcels = pd.DataFrame(dataset.frame("parcels")).drop(columns=["geometry", *_FINDING], errors="ignore")
    findings = open_findings(dataset)
    if parcels.empty or findings.empty:
        return parcels.reindex(columns=[*parcels.columns, *_FINDING])
    decided = findings["parcel_id"].map(_deciding_rule(parcels).set_axis(parcels["parcel_id"]))
    ranked = findings.assign(
        _other=findings["rule_id"] != decided,
        _verdict=findings["verdict"].map(_VERDICTS),
        _reason=findings["reason"] != "to_check",
    )
    by = ["parcel_id", "_other", "_verdict", "_reason", "rule_id"]
    first = ranked.sort_values(by, kind="stable").drop_duplicates("parcel_id")
    return parcels.merge(first[["parcel_id", *_FINDING]], on="parcel_id", how="left", validate="one_to_one")


def _deciding_rule(parcels: pd.DataFrame) -> pd.Series:
    """Rule behind the inventory class of each parcel; missing where the run does not say."""
    category = parcels.reindex(columns=["inventory_class"])["inventory_class"].map(_CATEGORY)
    rule = pd.Series(None, index=parcels.index, dtype=object)
    for name in sorted(set(_CATEGORY.values())):
        if f"{name}_rule_id" in parcels.columns:
            rule = rule.mask(category == name, parcels[f"{name}_rule_id"])
    return rule


def parcels_of(dataset: Dataset, *inventory_classes: str) -> pd.DataFrame:
    """Parcels of the given classes with their findings, the largest first (ties by parcel code)."""
    parcels = with_findings(dataset)
    if "inventory_class" not in parcels.columns:
        return parcels.iloc[0:0]
    chosen = parcels[parcels["inventory_class"].isin(inventory_classes)]
    by = ["basis_area_m2", "parcel_id"]
    return chosen.sort_values(by, ascending=[False, True], kind="stable", ignore_index=True)


def near_idle(dataset: Dataset) -> pd.DataFrame | None:
    """Parcels one year overdue within :data:`COUNTDOWN_DAYS`, nearest first; ``None`` if not computed.

    Those known to be started are left out; those whose start is unknown are not.
    """
    parcels = with_findings(dataset)
    if "days_to_idle" not in parcels.columns:
        return None
    days = pd.to_numeric(parcels["days_to_idle"]).astype("Float64")
    near = days.between(0, COUNTDOWN_DAYS).fillna(value=False).astype(bool)
    past = parcels.reindex(columns=["inventory_class"])["inventory_class"] == "idle"
    started = parcels.reindex(columns=["is_started"])["is_started"].astype("boolean").fillna(value=False)
    chosen = parcels[near & ~past & ~started.astype(bool)]
    return chosen.sort_values(["days_to_idle", "parcel_id"], kind="stable")


def district_names(dataset: Dataset) -> dict[str, str]:
    """District code → name, as far as parcels and inventory tell."""
    names: dict[str, str] = {}
    for table in ("inventory", "parcels"):
        frame = dataset.frame(table)
        if {"district_code", "district_name"} <= set(frame.columns):
            known = frame[["district_code", "district_name"]].dropna().drop_duplicates("district_code")
            names |= dict(zip(known["district_code"], known["district_name"], strict=True))
    return names


def zone_told(parcels: pd.DataFrame) -> pd.DataFrame:
    """Parcels with a word for land in no zone, where an empty name would look unknown."""
    if "zone_name" not in parcels.columns:
        return parcels.copy()
    names = parcels["zone_name"].astype(object)
    return parcels.assign(zone_name=names.where(names.notna(), _OUTSIDE))


def missing_titles(missing: pd.Series) -> pd.Series:
    """Column names joined by ``,`` as terms with their titles, same index; missing where nothing is missing.

    >>> missing_titles(pd.Series(["actual_start_on,handover_on"]))[0].zh
    '实际开工日期、实际交地日期'
    """
    found = [_joined(names) if isinstance(names, str) and names else None for names in missing]
    return pd.Series(found, index=missing.index, dtype=object)


def _joined(names: str) -> Term:
    titles = [title(name) for name in names.split(",")]
    return Term("、".join(each.zh for each in titles), ", ".join(each.en for each in titles))
