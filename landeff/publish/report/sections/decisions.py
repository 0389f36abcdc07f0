"""The first screen: which parcels get a notice, how tasks and quota are split, which land to recover."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.districts import district_tax
from landeff.publish.fields import Field, field, is_known, number_text, unit_of
from landeff.publish.flagged import COUNTDOWN_DAYS, is_computed, near_idle, parcels_of
from landeff.publish.report.district_table import district_table
from landeff.publish.report.model import Beside, Block, Fact, Facts, Note, Section, Table, rows_of
from landeff.publish.report.sections.blocks import worth_assembling
from landeff.publish.report.sections.system_list import system_lines
from landeff.publish.report.sections.unknown import largest_gaps
from landeff.publish.terms import tax_term, term

_SHOWN = 10
_BESIDE_BLOCKS, _BLOCKS = 4, 3
_GAPS = 4
_IDENTITY = (
    field("parcel_id", "code"),
    field("holder", "text"),
    field("basis_area_m2", "mu", "面积", "area"),
)


def _tax(dataset: Dataset) -> list[Fact]:
    """The declared figure of all zones with its change."""
    table, meta = district_tax(dataset), dataset.meta
    city = table[(table["district_code"] == "") & (table["year"] == meta.year)]
    if city.empty or not is_known(city["tax_cny_per_mu"].iloc[0]):
        return []
    row = city.iloc[0]
    tax, land, area = tax_term(meta), term("land", meta.scopes.land), term("area", meta.scopes.area)
    moved = Term("", "")
    if is_known(row["change_ratio"]):
        change = f"{100 * row['change_ratio']:+.1f}%"
        moved = Term(f"比上年 {change}；", f"{change} on the year before; ")
    detail = Term(
        f"{moved.zh}{meta.year} 年，{tax.zh} ÷ {land.zh}（{area.zh}）",
        f"{moved.en}{meta.year}, {tax.en} ÷ {land.en} ({area.en})",
    )
    unit = Term(unit_of("wan_per_mu", "zh", meta.currency), unit_of("wan_per_mu", "en", meta.currency))
    value = number_text(row["tax_cny_per_mu"], "wan_per_mu")
    return [Fact(Term("亩均税收", "tax per mu"), value, unit, detail, is_main=True)]


def _counted(label: Term, land: pd.DataFrame, told: Term) -> Fact:
    n, mu = f"{len(land):,}", number_text(land["basis_area_m2"].sum(), "mu")
    detail = Term(f"{mu} 亩；{told.zh}", f"{mu} mu; {told.en}")
    return Fact(label, n, Term("宗", "parcels"), detail)


def recoverable(dataset: Dataset) -> pd.DataFrame:
    """Parcels suspected idle that are two years overdue on the day of the data, the largest first."""
    idle = parcels_of(dataset, "idle")
    due = pd.to_datetime(idle.reindex(columns=["recovery_from_on"])["recovery_from_on"])
    return idle[due <= pd.Timestamp(dataset.meta.as_of)]


def _facts(dataset: Dataset) -> list[Fact]:
    facts = _tax(dataset)
    if is_computed(dataset, "idle"):
        told = Term("自发现起 30 日内发调查通知书", "notice within 30 days of finding")
        facts.append(_counted(Term("疑似闲置", "suspected idle"), parcels_of(dataset, "idle"), told))
        told = Term("满两年未动工，非政府原因的可收回", "two years overdue: may be recovered")
        facts.append(_counted(Term("其中满两年", "of it two years"), recoverable(dataset), told))
    near = near_idle(dataset)
    if near is not None:
        first = "" if near.empty else f"{int(near['days_to_idle'].iloc[0])}"
        told = Term(f"最近的还剩 {first} 天", f"the nearest in {first} days")
        label = Term(f"{COUNTDOWN_DAYS} 天内满一年", f"a year overdue in {COUNTDOWN_DAYS} days")
        facts.append(_counted(label, near, told if first else Term("无", "none")))
    check = parcels_of(dataset, "idle_to_check")
    if len(check):
        told = Term("现场核实是否动工", "has it started?")
        facts.append(_counted(Term("待核实", "to be checked"), check, told))
    return facts


def _notices(dataset: Dataset) -> tuple[Term, tuple[Block, ...]]:
    idle = parcels_of(dataset, "idle")
    fields = (*_IDENTITY, field("idle_from_on", "date", "满一年", "a year overdue"))
    caption = Term(
        f"面积最大的 {min(_SHOWN, len(idle))} 宗，共 {len(idle)} 宗，全部名单见“需要行动的宗地”和工作簿",
        f"The largest of {len(idle)}; the whole list is in the workbook",
    )
    title = Term("二、30 日内发《闲置土地调查通知书》", "2. Notices of investigation within 30 days")
    return title, (_list(idle, fields, caption, Term("没有疑似闲置宗地。", "No parcel is suspected idle.")),)


def _recovery(dataset: Dataset) -> tuple[Term, tuple[Block, ...]]:
    land = recoverable(dataset)
    fields = (*_IDENTITY, field("recovery_from_on", "date", "满两年", "two years overdue"))
    mu = number_text(land["basis_area_m2"].sum(), "mu")
    blocks = worth_assembling(dataset, _BLOCKS)
    n = _BESIDE_BLOCKS if blocks else _SHOWN
    caption = Term(
        f"满两年的 {len(land)} 宗、{mu} 亩中面积最大的 {min(n, len(land))} 宗",
        f"The largest of {len(land)} two years overdue, {mu} mu",
    )
    title = Term("三、拟收回、盘活的地块", "3. Land to recover")
    none = Term("没有满两年未动工的宗地。", "No parcel is two years overdue.")
    return title, (_list(land.head(n), fields, caption, none), *blocks)


def _list(land: pd.DataFrame, fields: tuple[Field, ...], caption: Term, none: Term) -> Block:
    shown = land.head(_SHOWN)
    return Table(fields, rows_of(shown, fields), caption) if len(shown) else Note(none)


def build(dataset: Dataset) -> Sequence[Block]:
    """Key figures, the district table, and beside each other the lists and what is not known."""
    if dataset.frame("parcels").empty:
        return []
    blocks: list[Block] = [Facts(tuple(facts))] if (facts := _facts(dataset)) else []
    if dataset.meta.below_gate:
        blocks.append(
            Note(
                Term("未达对账线，亩均数字不可引用。", "Below the matching gate: not to be quoted."),
                "warning",
            )
        )
    blocks += district_table(dataset)
    if is_computed(dataset, "idle"):
        blocks.append(Beside((_notices(dataset), _recovery(dataset))))
    gaps = largest_gaps(dataset, _GAPS)
    return [*blocks, *system_lines(dataset), *gaps]


SECTION = Section(Term("一页决策", "Decisions at a glance"), 5, build)
