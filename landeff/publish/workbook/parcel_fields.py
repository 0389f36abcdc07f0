"""The usual columns of parcel ledgers, in the usual order."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.publish.fields import Field, field
from landeff.publish.flagged import missing_titles, zone_told
from landeff.publish.rule_titles import advice_told, rule_titled
from landeff.publish.terms import titled

IDENTITY: tuple[Field, ...] = (
    field("parcel_id", "code"),
    field("holder", "text"),
    field("district_name", "text"),
    field("zone_name", "text"),
    field("location", "text"),
    field("land_use", "text"),
    field("basis_area_m2", "mu", "面积", "area"),
)
SUPPLY: tuple[Field, ...] = (
    field("supply_id", "code"),
    field("contract_no", "code"),
    field("supply_linked_by", "text"),
    field("supply_method", "text"),
    field("price_cny", "wan"),
    field("handover_on", "date"),
    field("agreed_start_on", "date"),
    field("actual_start_on", "date"),
    field("agreed_completion_on", "date"),
    field("actual_completion_on", "date"),
)
CLOCK: tuple[Field, ...] = (
    field("start_due_on", "date"),
    field("idle_from_on", "date"),
    field("recovery_from_on", "date"),
)
FINDING: tuple[Field, ...] = (
    field("rule_id", "text"),
    field("basis", "long", "依据", "basis"),
    field("missing", "text", "缺少的事实", "facts missing"),
    field("advice", "text", "建议", "advice"),
)
#: Of a hit: no fact is missing.
HIT = tuple(each for each in FINDING if each.name != "missing")
SOURCE: tuple[Field, ...] = (
    field("source_file", "text", "来源文件", "file"),
    field("source_row", "count", "来源行", "row"),
)


def present(fields: tuple[Field, ...], frame: pd.DataFrame) -> tuple[Field, ...]:
    """Those of ``fields`` that the frame has a column for."""
    return tuple(each for each in fields if each.name in frame.columns)


def shown(frame: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Parcels with codes as titles: class, state, rule, missing facts; days past the due start."""
    frame = zone_told(frame)
    frame["advice"] = advice_told(dataset, frame["rule_id"], frame["advice"])
    frame["rule_id"] = rule_titled(dataset, frame["rule_id"])
    coded = {"inventory_class": "inventory", "state": "state", "idle_verdict": "verdict"}
    coded["idle_consequence"] = "consequence"
    for name, group in {**coded, "area_basis": "area", "supply_linked_by": "method"}.items():
        if name in frame.columns:
            frame[name] = titled(group, frame[name])
    frame["missing"] = missing_titles(frame["missing"])
    if "start_due_on" in frame.columns:
        frame["days_overdue"] = (pd.Timestamp(dataset.meta.as_of) - frame["start_due_on"]).dt.days
    return frame
