"""What is not known: missing facts, money without land, parcels without a supply record."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, number_text
from landeff.publish.keepers import keeper_of
from landeff.publish.report.model import Block, Note, Row, Section, Table, abreast, rows_of
from landeff.publish.rule_titles import rule_titled
from landeff.publish.terms import paired, titled

_SHOWN = 10


def largest_gaps(dataset: Dataset, n: int = _SHOWN) -> list[Block]:
    """The facts that would settle the most land, with the office that usually keeps each."""
    table = dataset.frame("missing_facts")
    if table.empty:
        return []
    by = ["area_m2", "rule_id", "column"]
    table = table.sort_values(by, ascending=[False, True, True], kind="stable").head(n)
    table = table.assign(
        fact=paired(table),
        keeper=table["column"].astype(object).map(keeper_of),
        rule_id=rule_titled(dataset, table["rule_id"]),
    )
    fields = (
        field("fact", "text", "缺少的事实", "fact missing"),
        field("keeper", "text", "通常由谁掌握", "usually kept by"),
        field("rule_id", "text", "待判定的规则", "rule left open"),
        field("n", "count", "涉及宗数", "parcels"),
        field("area_m2", "mu", "涉及面积", "area"),
    )
    caption = Term("补齐哪些事实能落实最多的面积", "Which facts would settle the most land")
    return [Table(fields, rows_of(table, fields), caption)]


def _reasons(table: pd.DataFrame) -> Table:
    """Unmatched money by item, year and reason."""
    by = ["item", "year", "reason", "title_zh", "title_en"]
    sums = (
        table.groupby(by, dropna=False, sort=True)
        .agg(n=("value", "size"), value=("value", "sum"))
        .reset_index()
    )
    sums["why"] = paired(sums)
    sums["item"] = titled("item", sums["item"])
    fields = (
        field("why", "text", "原因", "reason"),
        field("item", "text"),
        field("year", "year"),
        field("n", "count", "行数", "rows"),
        field("value", "wan", "金额", "amount"),
    )
    return Table(
        fields,
        rows_of(sums, fields),
        Term("未落到宗地的金额（按原因）", "Money that reached no parcel, by reason"),
    )


def largest_unmatched(table: pd.DataFrame) -> Table:
    """The largest rows by the place they stand in; whose they are is only in the workbook (confidential)."""
    largest = table.assign(_size=table["value"].abs()).sort_values(
        ["_size", "source_file", "source_row", "item"], ascending=[False, True, True, True], kind="stable"
    )
    largest = largest.head(_SHOWN)
    largest["why"] = paired(largest)
    largest["item"] = titled("item", largest["item"])
    fields = (
        field("source_file", "text", "文件", "file"),
        field("source_row", "count", "行", "row"),
        field("item", "text"),
        field("year", "year"),
        field("value", "wan", "金额", "amount"),
        field("why", "text", "原因", "reason"),
    )
    return Table(fields, rows_of(largest, fields), Term("其中最大的几行", "The largest of these rows"))


def declared_unmatched(dataset: Dataset) -> pd.DataFrame:
    """Rows of the declared numerator without land, else all: single taxes are parts of the total."""
    unmatched = dataset.frame("unmatched")
    if unmatched.empty:
        return unmatched
    declared = unmatched[unmatched["item"] == dataset.meta.scopes.tax]
    return declared if len(declared) else unmatched


def _unlinked(dataset: Dataset) -> list[Block]:
    parcels = dataset.frame("parcels")
    if "is_supply_linked" not in parcels.columns or "basis_area_m2" not in parcels.columns:
        return []
    linked = parcels["is_supply_linked"].astype("boolean")
    groups = [("未关联供地记录", "no supply record linked", ~linked)]
    if "is_supply_queued" in parcels.columns:
        waits = parcels["is_supply_queued"].astype("boolean")
        groups.append(("其中：有供地记录待人工核对", "of them: a record waits for review", waits))
    groups.append(("已关联供地记录", "supply record linked", linked))
    rows = []
    for zh, en, chosen in groups:
        area = parcels.loc[chosen.fillna(value=False).astype(bool), "basis_area_m2"]
        rows.append(Row((Term(zh, en), len(area), float(area.sum()))))
    fields = (
        field("what", "text", "宗地", "parcels"),
        field("n", "count", "宗数", "number"),
        field("area_m2", "mu", "面积", "area"),
    )
    return [Table(fields, tuple(rows), Term("宗地与供地台账的关联", "Parcels and the supply ledger"))]


def build(dataset: Dataset) -> Sequence[Block]:
    """Missing facts, unmatched money, unlinked parcels."""
    blocks = largest_gaps(dataset)
    unmatched = declared_unmatched(dataset)
    if not unmatched.empty:
        # Below the gate the largest stand in front, in the section of matching.
        of_rows = [] if dataset.meta.below_gate else [largest_unmatched(unmatched)]
        blocks.append(abreast(_reasons(unmatched), *of_rows))
    blocks += _unlinked(dataset)
    set_aside = dataset.frame("set_aside")
    if not set_aside.empty:
        mu = number_text(set_aside.reindex(columns=["area_m2"])["area_m2"].sum(), "mu")
        blocks.append(
            Note(
                Term(
                    f"另有 {len(set_aside)} 行因数据缺陷搁置（其中宗地 {mu} 亩），逐行列在工作簿中。",
                    f"{len(set_aside)} rows were set aside for defects ({mu} mu of parcels); the workbook "
                    "lists each.",
                )
            )
        )
    return blocks


SECTION = Section(Term("尚不清楚的事项", "What is not known"), 50, build)
