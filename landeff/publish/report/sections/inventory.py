"""Inventory: district by category, with targets and what was done where they are known."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.districts import district_title
from landeff.publish.fields import Field, Value, field
from landeff.publish.report.model import Block, Note, Row, Section, Table
from landeff.publish.terms import INVENTORY, term

_WANTED = ["district_code", "district_name", "category", "n", "area_m2", "target_m2"]
_DONE = ["n_disposed", "disposed_m2", "done_m2", "done_ratio", "n_area_unknown"]

_COUNTED = Term(
    "一宗地只计入一类；面积为登记面积，无登记面积的用椭球面积；批而未供为园区内已批准而无宗地的部分。",
    "A parcel counts in one category; areas are as registered, ellipsoidal where not registered; "
    "unsupplied land is what was approved inside zones and no parcel covers.",
)
_DONE_UNKNOWN = Term(
    "任务为年度处置任务；完成率不详：没有已处置面积的资料，故不列。",
    "Targets are of the year; how much was done is not known, for want of records of land disposed of.",
)
_DONE_KNOWN = Term(
    "已处置按处置台账和已认定的更正计入，一宗地不超过其面积；完成率为任务年度起、期限前处置的面积除以任务。"
    "无任务、无台账或有处置面积未填的，完成率留空；已处置的地块可能已不在册。",
    "What was disposed of is told by the ledger of disposals and by corrections, never beyond the land; the "
    "share done is what was disposed of within the time of the target, over the target. It is empty without "
    "target or ledger, and while an area is not filled in. Land disposed of may no longer be listed.",
)


def _sum(values: pd.Series) -> float | None:
    known = values.dropna()
    return float(known.sum()) if len(known) else None


def share_done(rows: pd.DataFrame) -> float | None:
    """Done over target of all rows with a target; unknown where that of one of them is."""
    targeted = rows[rows["target_m2"] > 0]
    if targeted.empty or targeted["done_ratio"].isna().any():
        return None
    return float(targeted["done_m2"].sum() / targeted["target_m2"].sum())


def _values(rows: pd.DataFrame, has_target: bool, has_done: bool) -> list[Value]:
    """Count, area, target, area disposed of and share done of some inventory rows."""
    values: list[Value] = [int(rows["n"].sum()), float(rows["area_m2"].sum())]
    if has_target:
        values.append(_sum(rows["target_m2"]))
    if has_done:
        values.append(_sum(rows["disposed_m2"]))
    if has_target and has_done:
        values.append(share_done(rows))
    return values


def _fields(targeted: dict[str, bool], done: dict[str, bool]) -> tuple[Field, ...]:
    """The district, then two columns a category, and more where it has targets or disposals."""
    fields = [field("district_name", "text")]
    for name, has_target in targeted.items():
        group = term("inventory", name)
        fields += [
            field("n", "count", "宗数", "parcels", group),
            field("area_m2", "mu", "面积", "area", group),
        ]
        if has_target:
            fields += [field("target_m2", "mu", "任务", "target", group)]
        if done[name]:
            fields += [field("disposed_m2", "mu", "已处置", "disposed of", group)]
        if has_target and done[name]:
            fields += [field("done_ratio", "percent", "完成率", "done", group)]
    return tuple(fields)


def build(dataset: Dataset) -> Sequence[Block]:
    """One table, a row a district and a last row with sums."""
    source = "campaign" if "category" in dataset.frame("campaign") else "inventory"
    table = dataset.frame(source).reindex(columns=[*_WANTED, *_DONE])
    table = table[table["category"] != "none"]
    if table.empty:
        return []
    present = set(table["category"])
    categories = [name for name in INVENTORY if name in present] + sorted(present - set(INVENTORY))
    targeted = {
        name: bool(table.loc[table["category"] == name, "target_m2"].notna().any()) for name in categories
    }
    done = {
        name: bool(table.loc[table["category"] == name, "n_disposed"].notna().any()) for name in categories
    }
    fields = _fields(targeted, done)

    def line(rows: pd.DataFrame) -> list[Value]:
        of = [_values(rows[rows["category"] == name], targeted[name], done[name]) for name in categories]
        return [value for values in of for value in values]

    rows = []
    for code, district in table.groupby("district_code", sort=True, dropna=False):
        rows.append(Row((district_title(district["district_name"].iloc[0], code), *line(district))))
    rows.append(Row((Term("合计", "all"), *line(table)), is_total=True))
    blocks: list[Block] = [
        Table(fields, tuple(rows), Term("各县区分类台账", "Inventory by district and category")),
        Note(_COUNTED),
    ]
    if any(done.values()):
        return [*blocks, Note(_DONE_KNOWN)]
    return [*blocks, Note(_DONE_UNKNOWN)] if any(targeted.values()) else blocks


SECTION = Section(Term("存量用地台账", "Inventory"), 20, build)
