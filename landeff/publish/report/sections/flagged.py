"""Parcels to act on: the largest flagged, those to be investigated, those soon overdue by a year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field, number_text
from landeff.publish.flagged import (
    COUNTDOWN_DAYS,
    is_computed,
    missing_titles,
    near_idle,
    parcels_of,
    zone_told,
)
from landeff.publish.report.model import Block, Note, Section, Table, rows_of
from landeff.publish.rule_titles import advice_told
from landeff.publish.terms import titled

_SHOWN = 10
_LISTED = 30
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
    chosen = zone_told(chosen)
    chosen["class"] = titled("inventory", chosen["inventory_class"])
    chosen["missing"] = missing_titles(chosen["missing"])
    chosen["advice"] = advice_told(dataset, chosen["rule_id"], chosen["advice"])
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
    shown, rest = zone_told(chosen.head(_LISTED)), chosen.iloc[_LISTED:]
    blocks: list[Block] = [Table(fields, rows_of(shown, fields), caption)]
    if len(rest):
        mu = number_text(rest["basis_area_m2"].sum(), "mu")
        blocks.append(
            Note(
                Term(
                    f"另有 {len(rest)} 宗、{mu} 亩，见 inventory.xlsx。",
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
        f"自发现之日起 30 日内调查核实、发《闲置土地调查通知书》：疑似闲置 {len(chosen)} 宗，"
        f"{mu} 亩（令第53号第五条）",
        f"To be investigated within 30 days of finding: {len(chosen)} parcels suspected idle, {mu} mu "
        "(Order 53, art. 5)",
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
    chosen = near_idle(dataset)
    if chosen is None:
        return []
    if chosen.empty:
        return [
            Note(
                Term(
                    f"今后 {COUNTDOWN_DAYS} 天内没有将满一年未动工的宗地。",
                    f"No parcel turns one year overdue within {COUNTDOWN_DAYS} days.",
                )
            )
        ]
    fields = (
        *_IDENTITY,
        field("start_due_on", "date"),
        field("idle_from_on", "date"),
        field("days_to_idle", "days", "剩余", "left"),
    )
    caption = Term(
        f"{COUNTDOWN_DAYS} 天倒计时：将满一年、未记录动工 {len(chosen)} 宗",
        f"One year overdue within {COUNTDOWN_DAYS} days: {len(chosen)}",
    )
    return _list(chosen, fields, caption)


def build(dataset: Dataset) -> Sequence[Block]:
    """The investigation list, the countdown and the largest flagged parcels."""
    if dataset.frame("parcels").empty:
        return []
    return [*_notices(dataset), *_countdown(dataset), *_largest(dataset)]


SECTION = Section(Term("需要行动的宗地", "Parcels to act on"), 40, build)
