"""What to do first: one line a task, with parcels, mu, the time limit and where the list is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import COUNTDOWN_DAYS, near_idle, parcels_of
from landeff.publish.report.model import Block, Row, Section, Table

_SHEET = "inventory.xlsx"
#: Inventory class → task, time limit, sheet of the workbook (each zh, en).
_TASKS = {
    "idle": (
        Term("疑似闲置：调查核实，发《闲置土地调查通知书》", "suspected idle: investigate, send the notice"),
        Term("自发现之日起 30 日内（令第53号第五条）", "within 30 days of finding (Order 53, art. 5)"),
        Term("疑似闲置", "Suspected idle"),
    ),
    "near": (
        Term("将满一年未动工：催促开工，或依约办理延期", "nearly a year past due: urge to start, or extend"),
        Term(f"{COUNTDOWN_DAYS} 天内", f"within {COUNTDOWN_DAYS} days"),
        Term("一年内到期", "Due within a year"),
    ),
    "idle_to_check": (
        Term("待核实：现场核实是否已动工，补录实际开工日期", "to be checked on the spot: has it started?"),
        Term("", ""),
        Term("待核实", "To be checked"),
    ),
    "missing_facts": (
        Term("缺要件：先关联供地记录，补齐约定开工、实际交地日期",
             "facts missing: link the supply record, add agreed start and handover"),
        Term("", ""),
        Term("全部宗地", "All parcels"),
    ),
    "low_efficiency": (
        Term("疑似低效：由属地园区核实，列入清单", "suspected low efficiency: to be checked by the zone"),
        Term("", ""),
        Term("疑似低效", "Low efficiency"),
    ),
}  # fmt: skip


def _land(dataset: Dataset, name: str) -> pd.DataFrame | None:
    """Parcels of a task."""
    if name == "near":
        return near_idle(dataset)
    return parcels_of(dataset, name)


def _unsupplied(dataset: Dataset) -> list[Row]:
    pieces = dataset.frame("remainders")
    if pieces.empty:
        return []
    task = Term(
        "批而未供：核对批次与供地，加快供应", "approved, unsupplied: check the batches, supply the land"
    )
    where = Term(f"{_SHEET}“批而未供”", f"{_SHEET}: Approved unsupplied")
    return [Row((task, len(pieces), float(pieces["area_m2"].sum()), Term("", ""), where))]


def _errors(dataset: Dataset) -> list[Row]:
    issues = dataset.frame("issues").reindex(columns=["severity", "n"])
    n = int(issues.loc[issues["severity"] == "error", "n"].sum())
    task = Term(f"数据错误 {n} 行：更正后重新运行", f"{n} rows in error: correct them and run again")
    where = Term(f"{_SHEET}“搁置”“数据问题”", f"{_SHEET}: Set aside, Issues")
    return [Row((task, None, None, Term("", ""), where))] if n else []


def build(dataset: Dataset) -> Sequence[Block]:
    """One table, the most pressing task first; tasks without a parcel are left out."""
    if dataset.frame("parcels").empty:
        return []
    rows = []
    for name, (task, limit, sheet) in _TASKS.items():
        land = _land(dataset, name)
        if land is None or land.empty:
            continue
        where = Term(f"{_SHEET}“{sheet.zh}”", f"{_SHEET}: {sheet.en}")
        rows.append(Row((task, len(land), float(land["basis_area_m2"].sum()), limit, where)))
    rows += [*_unsupplied(dataset), *_errors(dataset)]
    fields = (
        field("task", "long", "事项", "task"),
        field("n", "count", "宗（块）数", "parcels"),
        field("area_m2", "mu", "面积", "area"),
        field("limit", "text", "时限", "time limit"),
        field("where", "text", "清单", "list"),
    )
    return [Table(fields, tuple(rows), Term("按紧迫程度排列", "The most pressing first"))] if rows else []


SECTION = Section(Term("先办事项", "What to do first"), 15, build)
