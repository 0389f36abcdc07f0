"""Districts on the map: tax per mu, stock land, and the table of both. Only where outlines are given."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU
from landeff.publish.districts import district_tax, district_title, top_zones
from landeff.publish.fields import (
    QUANTITIES,
    Field,
    Value,
    converted,
    field,
    is_known,
    number_text,
    unit_of,
)
from landeff.publish.map.breaks import class_codes, class_titles, round_significant
from landeff.publish.map.palette import NO_DATA
from landeff.publish.report.district_map import DistrictMap, DistrictPaper
from landeff.publish.report.model import Abreast, Block, Note, Row, Section, Table, known_columns
from landeff.publish.terms import STOCK, tax_term, term

_OF_TAX = ("tax_cny_per_mu", "rank", "change_ratio")
_LAND = "#f4f5f6"
#: ColorBrewer "Blues" (Apache-2.0) by number of classes: lightness falls steadily.
_SCALES = {
    1: ("#bdd7e7",),
    2: ("#bdd7e7", "#3182bd"),
    3: ("#deebf7", "#9ecae1", "#3182bd"),
    4: ("#eff3ff", "#bdd7e7", "#6baed6", "#2171b5"),
}
_MOST_CLASSES = max(_SCALES)
_DIGITS = 3
_LARGEST_RADIUS = 46.0
_NONE = "~"  # behind all codes: land and zones without a code of a district
_NO_DATA_TITLE = Term("无数据", "no data")
_NOTE = Term(
    "分级界限为各县区数值的分位数，取三位有效数字；圆面积与存量土地面积成正比。县区的数字按其园区、宗地所填县区代码计，"
    "与界线无关；界线只用于制图。",
    "Classes are quantiles of the districts, to three digits; the area of a circle is proportional "
    "to the stock land. Figures count by the district that zones and parcels declare, whatever the outlines: "
    "these are drawn only.",
)


def _figures(dataset: Dataset, codes: list[str]) -> pd.DataFrame:
    """A row a district by code, in a layer or in a table: stock by class in m², tax per mu of the year.

    Land and zones of no district stand in a row of their own, so that the rows add up to all of them.
    """
    inventory = dataset.frame("inventory").reindex(
        columns=["district_code", "district_name", "category", "area_m2"]
    )
    stock = inventory[inventory["category"].isin(STOCK)].fillna({"district_code": _NONE})
    wide = stock.pivot_table(index="district_code", columns="category", values="area_m2", aggfunc="sum")
    tax = _of_year(dataset)
    tax = tax[tax["district_code"] != ""].set_index("district_code")
    zones = top_zones(dataset).reindex(columns=["district_code", "district_name"])
    of_zone = zones["district_code"].fillna(_NONE)
    every = sorted({*codes, *wide.index, *tax.index, *of_zone[of_zone == _NONE]})
    named = pd.concat([dataset.frame("districts"), zones, inventory])[["district_code", "district_name"]]
    name = named.dropna().drop_duplicates("district_code").set_index("district_code")["district_name"]
    table = tax.reindex(every)[list(_OF_TAX)]
    titles = [district_title(name.get(code), None if code == _NONE else code) for code in every]
    table["district_name"] = pd.Series(titles, index=table.index, dtype=object)
    table["n_zones"] = of_zone.groupby(of_zone).size().reindex(every, fill_value=0)
    table[list(STOCK)] = wide.reindex(index=every, columns=list(STOCK)).fillna(0.0)
    table["stock_m2"] = table[list(STOCK)].sum(axis=1)
    return table


def _breaks(values: pd.Series) -> tuple[float, ...]:
    """Quantiles as limits of classes, each of which holds a district."""
    quantiles = values.quantile([k / _MOST_CLASSES for k in range(1, _MOST_CLASSES)])
    limits = sorted({round_significant(float(limit), _DIGITS) for limit in quantiles})
    codes = class_codes(values, limits)
    return tuple(limit for k, limit in enumerate(limits) if (codes == k).any() and (codes > k).any())


def _tax_map(dataset: Dataset, paper: DistrictPaper, figures: pd.DataFrame) -> DistrictMap:
    meta = dataset.meta
    values = figures["tax_cny_per_mu"].reindex(paper.codes).astype("float64") / QUANTITIES["wan_per_mu"].per
    breaks = _breaks(values.dropna())
    titles = class_titles(breaks) or [number_text(values.max(), "amount")]
    colours = [*_SCALES[len(titles)], NO_DATA]
    codes = class_codes(values, breaks)
    classes: list[tuple[str, Term | str]] = list(zip(colours, titles, strict=False))
    if values.isna().any():
        classes.append((NO_DATA, _NO_DATA_TITLE))
    fills = {code: colours[each] for code, each in zip(paper.codes, codes, strict=True)}
    told = {code: number_text(figures["tax_cny_per_mu"].get(code), "wan_per_mu") for code in paper.codes}
    tax, land = tax_term(meta), term("land", meta.scopes.land)
    zh, en = (unit_of("wan_per_mu", lang, meta.currency) for lang in ("zh", "en"))
    caption = Term(
        f"亩均税收（{tax.zh} ÷ {land.zh}，{zh}，{meta.year} 年）",
        f"Tax per mu ({tax.en} ÷ {land.en}, {en}, {meta.year})",
    )
    return DistrictMap(
        caption, paper.width, paper.height, paper.places(fills, told), paper.zones, tuple(classes)
    )


def _stock_map(paper: DistrictPaper, figures: pd.DataFrame) -> DistrictMap:
    stock = figures["stock_m2"].reindex(paper.codes)
    largest = float(stock.max())
    scale = _LARGEST_RADIUS / math.sqrt(largest) if largest > 0 else 0.0
    radii = {code: scale * math.sqrt(area) for code, area in zip(paper.codes, stock, strict=True)}
    told = {code: _whole_mu(area) for code, area in zip(paper.codes, stock, strict=True)}
    round_m2 = 10 ** math.floor(math.log10(largest / M2_PER_MU)) * M2_PER_MU if largest > 0 else 0.0
    caption = Term(
        "存量土地（闲置、批而未供、低效合计，亩）",
        "Stock land (idle, unsupplied and low-efficiency together, mu)",
    )
    round_mu = _whole_mu(round_m2)
    circle = (
        (round(scale * math.sqrt(round_m2), 1), Term(f"{round_mu} 亩", f"{round_mu} mu")) if scale else None
    )
    return DistrictMap(
        caption,
        paper.width,
        paper.height,
        paper.places(dict.fromkeys(paper.codes, _LAND), told, radii),
        paper.zones,
        circle=circle,
    )


def _whole_mu(area_m2: float) -> str:
    return f"{converted(area_m2, 'mu'):,.0f}"


def _table(dataset: Dataset, figures: pd.DataFrame) -> Table:
    whole = float(figures["stock_m2"].sum())
    rows = []
    for row in figures.to_dict("records"):
        share = row["stock_m2"] / whole if whole else None
        values: list[Value] = [row["district_name"], int(row["n_zones"]), *(row[name] for name in STOCK)]
        rows.append(Row((*values, row["stock_m2"], share, *(row[name] for name in _OF_TAX))))
    tax = _of_year(dataset)
    city = tax[tax["district_code"] == ""].reindex(columns=list(_OF_TAX)).to_dict("records")
    n_zones, stock = int(figures["n_zones"].sum()), [float(figures[name].sum()) for name in STOCK]
    of_city = [city[0][name] if city else None for name in _OF_TAX]
    rows.append(
        Row((Term("合计", "all"), n_zones, *stock, whole, 1.0 if whole else None, *of_city), is_total=True)
    )
    year = dataset.meta.year
    caption = Term(
        f"各县区存量土地与亩均税收（{year} 年）", f"Stock land and tax per mu of districts ({year})"
    )
    return known_columns(Table(_fields(), tuple(_known(row) for row in rows), caption))


def _known(row: Row) -> Row:
    return replace(row, values=tuple(value if is_known(value) else None for value in row.values))


def _of_year(dataset: Dataset) -> pd.DataFrame:
    tax = district_tax(dataset)
    return tax[tax["year"] == dataset.meta.year]


def _fields() -> tuple[Field, ...]:
    stock, tax = Term("存量土地", "stock land"), Term("亩均税收", "tax per mu")
    named = [term("inventory", name) for name in STOCK]
    return (
        field("district_name", "text"),
        field("n_zones", "count", "园区数", "zones"),
        *(Field(name, each, "mu", stock) for name, each in zip(STOCK, named, strict=True)),
        field("stock_m2", "mu", "合计", "together", stock),
        field("share", "percent", "占全部", "of all", stock),
        field("tax_cny_per_mu", "wan_per_mu", "数值", "figure", tax),
        field("rank", "count", "名次", "rank", tax),
        field("change_ratio", "percent", "比上年", "change", tax),
    )


def build(dataset: Dataset) -> Sequence[Block]:
    """Two maps side by side, and the table of their figures; nothing without outlines."""
    paper = DistrictPaper(dataset)
    if not paper.codes:
        return []
    figures = _figures(dataset, paper.codes)
    maps: list[Block] = []
    if figures["tax_cny_per_mu"].reindex(paper.codes).notna().any():
        maps.append(_tax_map(dataset, paper, figures))
    if figures["stock_m2"].reindex(paper.codes).sum() > 0:
        maps.append(_stock_map(paper, figures))
    shown: list[Block] = [*([Abreast(tuple(maps))] if len(maps) > 1 else maps), _table(dataset, figures)]
    lost = (
        figures.loc[~figures.index.isin(paper.codes), "district_name"]
        .drop(_NONE, errors="ignore")
        .astype("str")
    )
    if len(lost):
        zh, en = "、".join(lost), ", ".join(lost)
        shown.append(Note(Term(f"没有界线、图上未画：{zh}。", f"Without outlines, not on the maps: {en}.")))
    return [*shown, Note(_NOTE)]


SECTION = Section(Term("各县区", "Districts"), 18, build)
