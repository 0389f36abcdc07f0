"""Inventory: district by category, with targets where there are any."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, Value, field
from landeff.publish.report.model import Block, Note, Row, Section, Table
from landeff.publish.terms import INVENTORY, term

_WANTED = ["district_code", "district_name", "category", "n", "area_m2", "target_m2"]

_COUNTED = Term(
    "一宗地只计入一类；面积为登记面积，无登记面积的用椭球面积；批而未供为园区内已批准而无宗地的部分。",
    "A parcel counts in one category; areas are as registered, ellipsoidal where not registered; "
    "unsupplied land is what was approved inside zones and no parcel covers.",
)
_DONE_UNKNOWN = Term(
    "任务为年度处置任务；完成率不详：没有已处置面积的资料，故不列。",
    "Targets are of the year; how much was done is not known, for want of records of land disposed of.",
)


def _values(rows: pd.DataFrame, has_target: bool) -> list[Value]:
    """Count, area and target of some inventory rows."""
    values: list[Value] = [int(rows["n"].sum()), float(rows["area_m2"].sum())]
    if has_target:
        known = rows["target_m2"].dropna()
        values.append(float(known.sum()) if len(known) else None)
    return values


def _fields(targeted: dict[str, bool]) -> tuple[Field, ...]:
    """The district, then two columns a category, and a third where it has targets."""
    fields = [field("district_name", "text")]
    for name, has_target in targeted.items():
        group = term("inventory", name)
        fields += [
            field("n", "count", "宗数", "parcels", group),
            field("area_m2", "mu", "面积", "area", group),
        ]
        if has_target:
            fields += [field("target_m2", "mu", "任务", "target", group)]
    return tuple(fields)


def build(dataset: Dataset) -> Sequence[Block]:
    """One table, a row a district and a last row with sums."""
    table = dataset.frame("inventory").reindex(columns=_WANTED)
    table = table[table["category"] != "none"]
    if table.empty:
        return []
    present = set(table["category"])
    categories = [name for name in INVENTORY if name in present] + sorted(present - set(INVENTORY))
    targeted = {
        name: bool(table.loc[table["category"] == name, "target_m2"].notna().any()) for name in categories
    }
    fields = _fields(targeted)

    def line(rows: pd.DataFrame) -> list[Value]:
        of = [_values(rows[rows["category"] == name], targeted[name]) for name in categories]
        return [value for values in of for value in values]

    rows = []
    for code, district in table.groupby("district_code", sort=True, dropna=False):
        name = district["district_name"].iloc[0]
        rows.append(Row((name if isinstance(name, str) else str(code), *line(district))))
    rows.append(Row((Term("合计", "all"), *line(table)), is_total=True))
    blocks: list[Block] = [
        Table(fields, tuple(rows), Term("各县区分类台账", "Inventory by district and category")),
        Note(_COUNTED),
    ]
    return [*blocks, Note(_DONE_UNKNOWN)] if any(targeted.values()) else blocks


SECTION = Section(Term("存量用地台账", "Inventory"), 20, build)
