"""Land balance sheet: every square metre of a zone in exactly one state."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.report.model import Abreast, Block, Note, Row, Section, Stack, Table
from landeff.publish.terms import STATES, rules_told

_COLOURS = {
    "idle": "#c23b32",
    "to_be_checked": "#8f979e",
    "low_efficiency": "#3a6fb0",
    "start_overdue": "#e8893a",
    "within_term": "#f3c66b",
    "under_construction": "#b7d7a8",
    "completion_overdue": "#a9672f",
    "built_not_producing": "#9a86c4",
    "below_capacity": "#6fa8c9",
    "scattered": "#c9a27a",
    "performing": "#3f8f6b",
    "not_assessable": "#d5dade",
    "not_buildable": "#c2d9e6",
    "not_approved": "#ece7dc",
    "approved_unsupplied": "#e3d34a",
}


def _top(dataset: Dataset) -> pd.DataFrame:
    """Balance rows of top-level zones: sub-parks would count land twice."""
    balance, zones = dataset.frame("balance"), dataset.frame("zones")
    if balance.empty or "is_sub_park" not in zones.columns:
        return balance
    parts = zones.loc[zones["is_sub_park"].astype("boolean").fillna(value=False).astype(bool), "zone_id"]
    return balance[~balance["zone_id"].isin(parts)]


def _states(balance: pd.DataFrame) -> list[tuple[str, Term]]:
    present = balance.drop_duplicates("state").set_index("state")
    order = [name for name in STATES if name in present.index]
    order += sorted(set(present.index) - set(order))
    return [(name, Term(str(present["title_zh"][name]), str(present["title_en"][name]))) for name in order]


def _matrix(area: pd.DataFrame, names: pd.Series, states: list[tuple[str, Term]]) -> Table:
    """Area of each state by zone, with sums and shares."""
    fields = (
        field("zone_name", "text"),
        *(field(name, "mu", title.zh, title.en) for name, title in states),
        field("sum", "mu", "合计", "sum"),
    )
    rows = [Row((str(names[zone]), *area.loc[zone], float(area.loc[zone].sum()))) for zone in area.index]
    total = area.sum()
    rows.append(Row((Term("合计", "all"), *total, float(total.sum())), is_total=True))
    return Table(fields, tuple(rows), Term("各园区按状态的面积", "Area by zone and state"))


def _told(rows: pd.DataFrame) -> Term:
    """Why land is in a state: the reasons of the balance, else the titles of its rules."""
    if "reason_zh" not in rows.columns:
        return rules_told("; ".join(rows["rule_id"].dropna().astype(str)))
    split = {"reason_zh": "；", "reason_en": "; "}
    words = [
        mark.join(dict.fromkeys(part for text in rows[name].dropna() for part in str(text).split(mark)))
        for name, mark in split.items()
    ]
    return Term(words[0], words[1])


def _reasons(balance: pd.DataFrame, states: list[tuple[str, Term]]) -> Table:
    """Every state with the rule that put land there."""
    whole = float(balance["area_m2"].sum())
    rows = []
    for name, title in states:
        of = balance[balance["state"] == name]
        rules = _told(of)
        area = float(of["area_m2"].sum())
        rows.append(Row((title, rules, int(of["n"].fillna(0).sum()), area, area / whole if whole else None)))
    rows.append(Row((Term("合计", "all"), "", None, whole, 1.0), is_total=True))
    fields = (
        field("state", "text", "状态", "state"),
        field("rule_id", "text", "归入依据（规则）", "put there by rule"),
        field("n", "count", "宗数", "parcels"),
        field("area_m2", "mu", "面积", "area"),
        field("share_ratio", "percent", "占比", "share"),
    )
    return Table(fields, tuple(rows), Term("各状态合计与归入依据", "States, and what put land there"))


def _shares(area: pd.Series) -> tuple[float, ...]:
    """Parts of a bar; none where nothing is known."""
    parts, whole = area.clip(lower=0), float(area.sum())
    return tuple((parts / whole).tolist()) if whole > 0 else (0.0,) * len(area)


def build(dataset: Dataset) -> Sequence[Block]:
    """A stacked bar per zone, the matrix, and the rule behind each state."""
    balance = _top(dataset)
    if balance.empty:
        return []
    states = _states(balance)
    codes = [name for name, _ in states]
    area = balance.pivot_table(index="zone_id", columns="state", values="area_m2", aggfunc="sum")
    area = area.reindex(columns=codes).fillna(0.0).sort_index()
    names = balance.drop_duplicates("zone_id").set_index("zone_id")["zone_name"]
    stack = Stack(
        Term("存量土地平衡表：各状态占园区面积的比例", "Land balance sheet: share of each state in the zone"),
        (Term("全部园区", "all zones"), *(str(names[zone]) for zone in area.index)),
        tuple((_COLOURS.get(name, "#777777"), title) for name, title in states),
        (_shares(area.sum()), *(_shares(area.loc[zone]) for zone in area.index)),
    )
    note = Term(
        "面积均为椭球面积，各状态之和等于园区总面积；台账按登记面积计并含园区外宗地，故面积略有不同。"
        "状态与台账类别不是一回事：本表“待核实”是状态不明的土地，含台账的“待核实”“缺要件”"
        "和动工、竣工、税收等事实不足的未列入宗地；是否闲置尚不清楚的疑似低效宗地在此，不在“疑似低效”。",
        "Areas are ellipsoidal; the states of a zone sum to its area. The inventory counts registered area, "
        "and parcels outside zones too, so that areas differ a little. A state is not a class of the "
        "inventory: to be checked is here all land whose state is unknown, which takes in the classes to be "
        "checked and facts missing, parcels in no class whose start, completion or tax does not tell, and "
        "suspected low-efficiency parcels of which it is not known whether they are idle.",
    )
    return [Abreast((stack, _reasons(balance, states))), _matrix(area, names, states), Note(note)]


SECTION = Section(Term("存量土地平衡表", "Land balance sheet"), 60, build)
