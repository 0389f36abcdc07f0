"""How much of the money reached land: one line a measure and year; below the gate, what is to be done."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Value, field, is_known, unit_of
from landeff.publish.queue import review_queue
from landeff.publish.report.model import Block, Note, Row, Section, Table, rows_of
from landeff.publish.report.sections.unknown import declared_unmatched, largest_unmatched
from landeff.publish.terms import term, titled

#: Entries of money that a parcel bears, and those of rows that were set aside before any matching.
_ON_LAND = ("in_zones", "outside_zones")
#: Entries that say why money reached no parcel.
_UNMATCHED = (
    *("other_year", "no_year", "no_code", "bad_check_digit", "name_ambiguous", "no_land"),
    *("parcel_not_in_layer", "land_set_aside", "composition_incomplete"),
)
_SHOWN = 10


def _sums(dataset: Dataset) -> Table:
    """Total in + adjusted = matched (in zones + outside) + unmatched + set aside.

    The declared numerator in every year, the other items in the latest.
    """
    ledger, meta = dataset.frame("ledger"), dataset.meta
    of_items = set(ledger.loc[ledger["entry"].isin(_ON_LAND), "measure"]) - {"parcels_area"}
    is_declared = ledger["measure"] == meta.scopes.tax
    lines = ledger[ledger["measure"].isin(of_items) & (is_declared | (ledger["year"] == meta.year))]
    order = lines["measure"].where(lines["measure"] != meta.scopes.tax, "")
    rows = [
        Row((_measure(here, meta.currency), str(year) if is_known(year) else "",
             *_amounts(here, has_share=year in meta.years)))
        for (_, year), here in lines.groupby([order, "year"], dropna=False, sort=True)
    ]  # fmt: skip
    fields = (
        field("measure", "text", "项目", "measure"),
        field("year", "year"),
        field("total", "amount", "来源合计", "total in"),
        field("adjusted", "amount", "调整", "adjusted"),
        field("matched", "amount", "已匹配", "matched"),
        field("inside", "amount", "其中园区内", "of it in zones"),
        field("outside", "amount", "其中园区外", "of it outside"),
        field("lost", "amount", "未匹配", "unmatched"),
        field("aside", "amount", "搁置", "set aside"),
        field("share", "percent", "匹配率", "matched share"),
    )
    zh, en = (unit_of("yuan", lang, meta.currency) for lang in ("zh", "en"))
    caption = Term(
        f"来源 + 调整 = 已匹配 + 未匹配 + 搁置（金额：{zh}）",
        f"Total in + adjusted = matched + unmatched + set aside (money: {en})",
    )
    return Table(fields, tuple(rows), caption)


def _measure(lines: pd.DataFrame, currency: str) -> Term:
    """Title of an item, with its unit where it is not money."""
    title, unit = term("item", lines["measure"].iloc[0]), str(lines["unit"].iloc[0])
    return title if unit == currency else Term(f"{title.zh}（{unit}）", f"{title.en} ({unit})")


def _amounts(lines: pd.DataFrame, *, has_share: bool) -> tuple[Value, ...]:
    """Total in, adjusted, matched, of it in zones and outside, unmatched, set aside, matched share."""

    def added(rows: pd.Series) -> float:
        return float(lines.loc[rows, "value"].sum())

    total, adjusted, out = (added(lines["role"] == role) for role in ("in", "adjust", "out"))
    inside, outside = (added(lines["entry"] == entry) for entry in ("in_zones", "outside_zones"))
    lost = added(lines["entry"].isin(_UNMATCHED))
    matched = inside + outside
    share = matched / (total + adjusted) if total + adjusted and has_share else None
    return total, adjusted, matched, inside, outside, lost, out - inside - outside - lost, share


def _queue(dataset: Dataset) -> list[Block]:
    """The questions of identity that a person has to answer, the most money first."""
    queue = review_queue(dataset)
    if queue.empty:
        return []
    shown = queue.head(_SHOWN)
    shown = shown.assign(
        table=titled("table", shown["left_table"]), candidate=shown["right_name"].fillna(shown["right_key"])
    )
    fields = (
        field("table", "text", "表", "table"),
        field("left", "text", "原填名称或代码", "as written"),
        field("candidate", "text", "候选", "candidate"),
        field("score", "percent", "分值", "score"),
        field("n", "count", "候选数", "candidates"),
    )
    told = Term(
        f"共 {len(queue)} 项待人工核对；用 landeff review 取工作簿，填“是/否/不确定”后重新运行。",
        f"{len(queue)} questions wait for a person: landeff review writes the workbook to fill in.",
    )
    return [
        Table(fields, rows_of(shown, fields), Term("待核对队列（前十项）", "Review queue, the first ten")),
        Note(told),
    ]


def build(dataset: Dataset) -> Sequence[Block]:
    """The sums; below the gate also the review queue and the largest rows without land."""
    ledger = dataset.frame("ledger")
    if ledger.empty or not ledger["entry"].isin(_ON_LAND).any():
        return []
    blocks: list[Block] = [_sums(dataset)]
    if dataset.meta.below_gate:
        blocks += _queue(dataset)
        rows = declared_unmatched(dataset)
        blocks += [largest_unmatched(rows)] if len(rows) else []
    return blocks


SECTION = Section(Term("对账情况", "Matching"), 12, build)
