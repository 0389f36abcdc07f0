"""Parcels to act on: the largest flagged, those to be investigated, those soon overdue by a year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field, number_text
from landeff.publish.flagged import is_computed, missing_titles, parcels_of, with_findings
from landeff.publish.report.model import Block, Note, Section, Table, rows_of
from landeff.publish.terms import titled

_SHOWN = 10
_LISTED = 30
_COUNTDOWN_DAYS = 90
_IDENTITY = (
    field("parcel_id", "code"),
    field("holder", "text"),
    field("zone_name", "text"),
    field("basis_area_m2", "mu", "面积", "area"),
)


def _largest(dataset: Dataset) -> list[Block]:
    chosen = parcels_of(dataset, "idle", "idle_to_check", "due_soon", "low_efficiency").head(_SHOWN)
    if chosen.empty:
        return []
    chosen["class"] = titled("inventory", chosen["inventory_class"])
    chosen["missing"] = missing_titles(chosen["missing"])
    fields = (
        *_IDENTITY,
        field("class", "text", "类别", "class"),
        field("since_on", "date"),
        field("missing", "text", "缺少的事实", "facts missing"),
        field("basis", "long", "依据", "basis"),
        field("advice", "long", "建议", "advice"),
    )
    caption = Term(f"面积最大的 {len(chosen)} 宗疑似问题宗地", f"The {len(chosen)} largest flagged parcels")
    return [Table(fields, rows_of(chosen, fields), caption)]


def _list(chosen: pd.DataFrame, fields: tuple[Field, ...], caption: Term) -> list[Block]:
    """A list cut after some rows, saying how much was left out and where it is."""
    shown, rest = chosen.head(_LISTED), chosen.iloc[_LISTED:]
    blocks: list[Block] = [Table(fields, rows_of(shown, fields), caption)]
    if len(rest):
        mu = number_text(rest["basis_area_m2"].sum(), "mu")
        blocks.append(
            Note(
                Term(
                    f"另有 {len(rest)} 宗、{mu} 亩，见工作簿。",
                    f"{len(rest)} more, {mu} mu: see the workbook.",
                )
            )
        )
    return blocks


def _notices(dataset: Dataset) -> list[Block]:
    """Suspected idle parcels: art. 5 asks for an investigation within 30 days of finding."""
    if not is_computed(dataset, "idle"):
        return [Note(Term("本次运行未核查闲置土地。", "This run did not look for idle land."))]
    chosen = parcels_of(dataset, "idle")
    if chosen.empty:
        return [
            Note(Term("按现有资料未发现疑似闲置宗地。", "No parcel is suspected idle on the facts at hand."))
        ]
    mu = number_text(chosen["basis_area_m2"].sum(), "mu")
    caption = Term(
        f"30 日内应开展调查核实、发《闲置土地调查通知书》：{len(chosen)} 宗，{mu} 亩（令第53号第五条）",
        f"To be investigated within 30 days of finding: {len(chosen)} parcels, {mu} mu (Order 53, art. 5)",
    )
    fields = (
        *_IDENTITY,
        field("start_due_on", "date"),
        field("idle_from_on", "date"),
        field("recovery_from_on", "date"),
    )
    return _list(chosen, fields, caption)


def _countdown(dataset: Dataset) -> list[Block]:
    """Parcels that turn idle within 90 days unless construction starts."""
    parcels = with_findings(dataset)
    if "days_to_idle" not in parcels.columns:
        return []
    days = pd.to_numeric(parcels["days_to_idle"]).astype("Float64")
    near = days.between(0, _COUNTDOWN_DAYS).fillna(value=False).astype(bool)
    past = parcels.reindex(columns=["inventory_class"])["inventory_class"] == "idle"
    started = parcels.reindex(columns=["is_started"])["is_started"].astype("boolean").fillna(value=False)
    chosen = parcels[near & ~past & ~started.astype(bool)]
    if chosen.empty:
        return [
            Note(
                Term(
                    f"今后 {_COUNTDOWN_DAYS} 天内没有将满一年未动工的宗地。",
                    f"No parcel turns one year overdue within {_COUNTDOWN_DAYS} days.",
                )
            )
        ]
    chosen = chosen.sort_values(["days_to_idle", "parcel_id"], kind="stable")
    fields = (
        *_IDENTITY,
        field("start_due_on", "date"),
        field("idle_from_on", "date"),
        field("days_to_idle", "days", "剩余", "left"),
    )
    caption = Term(
        f"{_COUNTDOWN_DAYS} 天内将满一年、未记录动工：{len(chosen)} 宗",
        f"One year overdue within {_COUNTDOWN_DAYS} days: {len(chosen)}",
    )
    return _list(chosen, fields, caption)


def build(dataset: Dataset) -> Sequence[Block]:
    """Largest flagged parcels, the investigation list and the countdown."""
    if dataset.frame("parcels").empty:
        return []
    return [*_largest(dataset), *_notices(dataset), *_countdown(dataset)]


SECTION = Section(Term("需要行动的宗地", "Parcels to act on"), 40, build)
