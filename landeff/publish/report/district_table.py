"""District by category with its task and its part of the stock, and its tax per mu beside it."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.districts import district_tax, district_title
from landeff.publish.fields import Field, Value, field, is_known
from landeff.publish.report.model import Row, Table, known_columns
from landeff.publish.report.sections.inventory import share_done
from landeff.publish.terms import STOCK, term

_WANTED = [
    *("district_code", "district_name", "category", "n", "area_m2"),
    *("target_m2", "disposed_m2", "done_m2", "done_ratio"),
]


def _moved(now: object, before: object) -> str:
    """How far a rank rose or fell."""
    if not is_known(now) or not is_known(before):
        return ""
    rise = int(float(str(before)) - float(str(now)))
    return f"↑{rise}" if rise > 0 else f"↓{-rise}" if rise < 0 else "–"


def district_table(dataset: Dataset) -> list[Table]:
    """District by category with its task, its part of the stock, and its tax per mu beside it."""
    source = "campaign" if "category" in dataset.frame("campaign") else "inventory"
    stock = dataset.frame(source).reindex(columns=_WANTED)
    stock = stock[stock["category"].isin(STOCK)]
    if stock.empty:
        return []
    classes = [name for name in STOCK if (stock["category"] == name).any()]
    tax = district_tax(dataset)
    tax = tax[tax["year"] == dataset.meta.year]
    whole = float(stock["area_m2"].sum())

    def line(rows: pd.DataFrame, code: str) -> tuple[Value, ...]:
        area = float(rows["area_m2"].sum())
        share = area / whole if whole else None
        return (*_stock(rows, classes), area, share, *_tax(tax, code))

    rows = [
        Row((district_title(of["district_name"].iloc[0], code), *line(of, str(code))))
        for code, of in stock.groupby("district_code", sort=True, dropna=False)
    ]
    rows.append(Row((Term("合计", "all"), *line(stock, "")), is_total=True))
    fields = _fields(classes)
    caption = Term(
        "一、任务与新增指标（增存挂钩）：各县区存量、任务、亩均税收",
        "1. Tasks and new quota: stock, tasks and tax per mu of each district",
    )
    return [known_columns(Table(tuple(fields), tuple(rows), caption))]


def _stock(rows: pd.DataFrame, classes: list[str]) -> list[Value]:
    """Parcels, area, task, area disposed of and share done of each class."""
    values: list[Value] = []
    for name in classes:
        of = rows[rows["category"] == name]
        target, disposed = (of[column].sum(min_count=1) for column in ("target_m2", "disposed_m2"))
        values += [
            int(of["n"].sum()),
            float(of["area_m2"].sum()),
            float(target) if is_known(target) else None,
            float(disposed) if is_known(disposed) else None,
            share_done(of),
        ]
    return values


def _tax(tax: pd.DataFrame, code: str) -> list[Value]:
    """Tax per mu of a district, its rank, how far it moved, and the change."""
    rows = tax[tax["district_code"] == code].to_dict("records")
    if not rows:
        return [None, None, "", None]
    at = rows[0]
    rank = int(at["rank"]) if is_known(at["rank"]) else None
    change = float(at["change_ratio"]) if is_known(at["change_ratio"]) else None
    return [float(at["tax_cny_per_mu"]), rank, _moved(at["rank"], at["rank_before"]), change]


def _fields(classes: list[str]) -> list[Field]:
    fields = [field("district_name", "text")]
    for name in classes:
        group = term("inventory", name)
        fields += [
            field("n", "count", "宗数", "parcels", group),
            field("area_m2", "mu", "面积", "area", group),
            field("target_m2", "mu", "任务", "target", group),
            field("disposed_m2", "mu", "已处置", "disposed of", group),
            field("done_ratio", "percent", "完成率", "done", group),
        ]
    group = Term("三项合计", "the three together") if len(classes) == 3 else Term("合计", "together")
    fields += [
        field("area_m2", "mu", "面积", "area", group),
        field("share", "percent", "占全部", "of all", group),
    ]
    group = Term("亩均税收", "tax per mu")
    fields += [
        field("tax", "wan_per_mu", "数值", "figure", group),
        field("rank", "count", "名次", "rank", group),
        field("moved", "text", "名次升降", "rank moved", group),
        field("change", "percent", "比上年", "change", group),
    ]
    return fields
