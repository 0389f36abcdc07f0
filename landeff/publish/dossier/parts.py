"""Head, money by year and neighbours of one parcel."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, is_known, number_text, unit_of
from landeff.publish.report.model import Row, Table, rows_of
from landeff.publish.terms import term, titled

_SHOWN = 4
#: These items stand first.
_AMOUNTS_FIRST = ("tax_cny", "output_cny")


def identity(row: pd.Series) -> tuple[Term, tuple[Term, ...]]:
    """Head and badges of a row of ``parcels``."""
    holder = row.get("holder")
    name = f" {holder}" if is_known(holder) else ""
    head = Term(f"宗地 {row['parcel_id']}{name}", f"Parcel {row['parcel_id']}{name}")
    badges = []
    if is_known(row.get("inventory_class")) and row["inventory_class"] != "none":
        badges.append(term("inventory", row["inventory_class"]))
    if is_known(row.get("state")):
        state = term("state", row["state"])
        badges += [state] if state not in badges else []
    mu = number_text(row.get("basis_area_m2"), "mu")
    badges.append(Term(f"{mu} 亩", f"{mu} mu"))
    grade = row.get("grade_latest")
    if is_known(grade):
        badges.append(Term(f"正式等级 {grade}", f"official grade {grade}"))
    return head, tuple(badges)


def money(dataset: Dataset, parcel_id: str) -> Table | None:
    """A row an item of ``parcel_year``, a column a year; ``None`` where no money reaches the parcel."""
    table = dataset.frame("parcel_year")
    if table.empty:
        return None
    table = table[table["parcel_id"] == parcel_id].set_index("year").sort_index()
    amounts = [name for name in _AMOUNTS_FIRST if name in table.columns]
    amounts += [name for name in table.columns if name.endswith("_cny") and name not in amounts]
    amounts = [name for name in amounts if table[name].notna().any()]
    if not amounts:
        return None
    rows = [
        Row((_item(name), *(number_text(value, "wan") for value in table[name])), is_total=name == "tax_cny")
        for name in amounts
    ]
    if "tax_cny_per_mu" in table.columns:
        zh, en = (unit_of("wan_per_mu", lang, dataset.meta.currency) for lang in ("zh", "en"))
        title = Term(f"亩均税收（{zh}）", f"tax per mu ({en})")
        rows.append(Row((title, *(number_text(value, "wan_per_mu") for value in table["tax_cny_per_mu"]))))
    zh, en = (unit_of("wan", lang, dataset.meta.currency) for lang in ("zh", "en"))
    fields = (
        field("item", "text", f"项目（{zh}）", f"item ({en})"),
        *(field(str(year), "count", f"{year} 年", str(year)) for year in table.index),
    )
    return Table(fields, tuple(rows), Term("税收与产出", "Money by year"))


def _item(name: str) -> Term:
    if name == "tax_cny":
        return Term("计入亩均的税收", "tax counted per mu")
    return term("item", name.removesuffix("_cny"))


def neighbours(dataset: Dataset, codes: Sequence[str]) -> Table | None:
    """The largest of the parcels named; ``None`` for none."""
    parcels = pd.DataFrame(dataset.frame("parcels")).drop(columns="geometry", errors="ignore")
    near = parcels[parcels["parcel_id"].isin(list(codes))]
    if near.empty:
        return None
    near = near.sort_values(["basis_area_m2", "parcel_id"], ascending=[False, True]).head(_SHOWN)
    near = near.assign(state=titled("state", near["state"])) if "state" in near.columns else near
    fields = (
        field("parcel_id", "code"),
        field("holder", "text"),
        field("basis_area_m2", "mu", "面积", "area"),
        field("state", "text", "状态", "state"),
    )
    more = f"（{len(codes)} 宗中面积最大的 {len(near)} 宗）" if len(codes) > len(near) else ""
    caption = Term(f"相邻宗地{more}", f"Neighbours, {len(near)} of {len(codes)}")
    return Table(fields, rows_of(near, fields), caption)
