"""Why tax per mu changed, and why zones lie above or below all of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU, WAN
from landeff.publish.districts import top_zones
from landeff.publish.fields import Field, field, number_text, unit_of
from landeff.publish.report.diverging import Diverging
from landeff.publish.report.model import Abreast, Block, Note, Row, Section, Table, rows_of
from landeff.publish.terms import paired
from landeff.publish.zone_terms import REASONS

#: Colour and title of each effect; dark against light, so that they differ without colour too.
EFFECTS = {
    "efficiency_cny_per_mu": ("#1f4e79", Term("效率效应", "efficiency")),
    "rate_cny_per_mu": ("#1f4e79", Term("税收/产出", "tax on output")),
    "intensity_cny_per_mu": ("#7fb2d6", Term("产出/用地", "output per mu")),
    "structure_cny_per_mu": ("#e6a23c", Term("用地结构效应", "structure of the land")),
    "unsplit_cny_per_mu": ("#8a8f94", Term("不可分解", "not divided")),
    "coverage_cny_per_mu": ("#c9ced3", Term("数据覆盖", "coverage of the data")),
}
_INDUSTRY = {
    **EFFECTS,
    "efficiency_cny_per_mu": ("#1f4e79", Term("行业内效率", "within industries")),
    "structure_cny_per_mu": ("#e6a23c", Term("行业结构", "mix of industries")),
}
_SPLIT = ["efficiency_cny_per_mu", "structure_cny_per_mu", "unsplit_cny_per_mu"]
_CHAIN = ["rate_cny_per_mu", "intensity_cny_per_mu", "structure_cny_per_mu", "unsplit_cny_per_mu"]
_METHOD = Term(
    "效率效应＝平均用地份额×亩均税收之差，结构效应＝（平均亩均税收－全部园区平均）×用地份额之差，两者之和"
    "恰为差额（对称分解，Sun 1998）；税收/产出、产出/用地用 LMDI-I 加法分解（Ang 2005）。分解说明差额由哪些"
    "部分构成，不说明原因。税收或用地不明的园区不计效应，只在“数据覆盖”中体现。",
    "Efficiency is mean share of land × difference of tax per mu; structure is (mean tax per mu − that of "
    "all) × difference of shares; together they are the difference, without a remainder (symmetric form, Sun "
    "1998). Tax on output and output per mu: LMDI-I, additive (Ang 2005). A decomposition says what a "
    "difference is made of, not why. Zones of unknown tax or land have no effect; they show in the coverage "
    "of the data alone.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """All periods, the last one by zone, then zones against all of them by industry."""
    table = dataset.frame("decomposition")
    if table.empty:
        return []
    blocks: list[Block] = [*_periods(dataset, table), *_last(dataset, table), *_industries(dataset, table)]
    return [*blocks, Note(_METHOD)] if blocks else []


def _effects(dataset: Dataset, whole: Term, titles: dict[str, Term]) -> list[Field]:
    """Fields in 元/亩, since effects of zones are small against 万元; the unit stands above them."""
    zh, en = unit_of("yuan", "zh", dataset.meta.currency), unit_of("yuan", "en", dataset.meta.currency)
    group = Term(f"{whole.zh}（{zh}/亩）", f"{whole.en} ({en}/mu)")
    named = {"effect_cny_per_mu": Term("合计", "in all"), **titles}
    return [field(name, "amount", title.zh, title.en, group) for name, title in named.items()]


def _felt(rows: pd.DataFrame, names: list[str]) -> list[str]:
    """Effects that are anywhere not zero; the first always."""
    return [name for place, name in enumerate(names) if place == 0 or (rows[name].fillna(0.0) != 0).any()]


def _periods(dataset: Dataset, table: pd.DataFrame) -> list[Block]:
    """A row a pair of years of all zones together."""
    keys = ["base_year", "year"]
    city = table[(table["analysis"] == "change") & (table["part"] == "")]
    if city.empty:
        return []
    chain = table[(table["analysis"] == "chain") & (table["part"] == "")]
    names = ["rate_cny_per_mu", "intensity_cny_per_mu"]
    city = city.drop(columns=names).merge(chain[[*keys, *names]], on=keys, how="left")
    years = zip(city["base_year"], city["year"], strict=True)
    period = [f"{int(before)}→{int(after)}" for before, after in years]
    shown = _felt(city, ["efficiency_cny_per_mu", *names, *_SPLIT[1:], "coverage_cny_per_mu"])
    if "structure_cny_per_mu" not in shown:
        shown.append("structure_cny_per_mu")
    fields = (
        field("period", "year", "时段", "period"),
        field("base_cny_per_mu", "wan_per_mu", "期初亩均税收", "tax per mu before"),
        field("tax_cny_per_mu", "wan_per_mu", "期末亩均税收", "tax per mu after"),
        *_effects(dataset, Term("变化", "change"), {name: _of_which(name) for name in shown}),
    )
    caption = Term(
        "全部园区亩均税收的变化及其构成", "Change of tax per mu of all zones, and what it is made of"
    )
    return [Table(fields, rows_of(city.assign(period=period), fields), caption)]


def _of_which(name: str) -> Term:
    """The two factors of the chain are part of efficiency."""
    title = EFFECTS[name][1]
    if name in _CHAIN[:2]:
        return Term(f"其中 {title.zh}", f"of it {title.en}")
    return title


def _last(dataset: Dataset, table: pd.DataFrame) -> list[Block]:
    """The zones' part of the change between the last two years."""
    change = table[table["analysis"] == "change"]
    if change.empty:
        return []
    last = change[change["year"] == change["year"].max()]
    last = last[last["base_year"] == last["base_year"].max()]
    years = f"{int(last['base_year'].iloc[0])}→{int(last['year'].iloc[0])}"
    keys = ["base_year", "year", "part"]
    chain = table[table["analysis"] == "chain"].merge(last[keys], on=keys)
    blocks: list[Block] = []
    for rows, names, zh, en in (
        (
            last,
            _SPLIT,
            "各园区对全部园区亩均税收变化的影响",
            "What each zone adds to the change of all zones",
        ),
        (
            chain,
            _CHAIN,
            "效率再分：税收/产出 × 产出/用地",
            "Efficiency in two: tax on output × output per mu",
        ),
    ):
        zones = rows[rows["part"] != ""]
        if len(zones):
            caption = Term(f"{zh}，{years}", f"{en}, {years}")
            zones = zones.sort_values(["effect_cny_per_mu", "part"], ascending=[False, True], kind="stable")
            blocks.append(_figure(dataset, zones, rows, names, caption))
    same = (last["base_area_m2"] == last["area_m2"]).all()
    if same:
        note = Term(
            "各年使用同一份用地底数，故结构效应为 0；用地变化的分解由两次成果比较得出（landeff.decompose）。",
            "The same land is used for every year, so that structure is 0; changes of land are divided by "
            "comparing two results (landeff.decompose).",
        )
        blocks.append(Note(note))
    return blocks


def _figure(
    dataset: Dataset, zones: pd.DataFrame, rows: pd.DataFrame, names: list[str], caption: Term
) -> Abreast:
    """Bars and their table."""
    shown = _felt(zones, names)
    titles = {name: EFFECTS[name][1] for name in shown} if len(shown) > 1 else {}
    ends = (
        field("base_cny_per_mu", "wan_per_mu", "期初", "before"),
        field("tax_cny_per_mu", "wan_per_mu", "期末", "after"),
    )
    known = zones[zones["effect_cny_per_mu"].notna()]
    bars = tuple(
        (str(row["title_zh"]), tuple(float(row[name]) for name in shown)) for row in known.to_dict("records")
    )
    figure = Diverging(caption, tuple(EFFECTS[name] for name in shown), bars)
    fields = (
        field("title", "text", "园区", "zone"),
        *(ends if names is _SPLIT else ()),
        *_effects(dataset, Term("影响", "effect"), titles),
        *((field("why", "text", "说明", "note"),) if (zones["reason"].fillna("") != "").any() else ()),
    )
    told = zones.assign(title=paired(zones), why=reasons_told(zones))
    whole = rows[rows["part"] == ""].assign(why="")
    whole["title"] = pd.Series([Term("全部园区", "all zones")], index=whole.index, dtype=object)
    total = Row(rows_of(whole, fields)[0].values, is_total=True)
    return Abreast((figure, Table(fields, (total, *rows_of(told, fields)), caption)))


def reasons_told(rows: pd.DataFrame) -> pd.Series:
    """Why an effect is unknown or not divided, in words."""
    told = [REASONS.get(reason) for reason in rows["reason"]]
    return pd.Series(told, index=rows.index, dtype=object)


def _industries(dataset: Dataset, table: pd.DataFrame) -> list[Block]:
    """The gap of each zone to all zones: mix of industries, and what they yield."""
    rows = table[table["analysis"] == "industry"]
    zones = rows[(rows["part"] == "") & rows["zone_id"].isin(top_zones(dataset)["zone_id"])]
    zones = zones[zones["effect_cny_per_mu"].notna()]
    if len(zones) < 2:  # a single zone is no different from all zones
        return []
    rest = rows[rows["part"] == "-"].set_index("zone_id")["area_m2"]
    zones = zones.assign(rest_m2=zones["zone_id"].map(rest).fillna(0.0), title=zones["zone_name"])
    zones = zones.sort_values(["effect_cny_per_mu", "zone_id"], ascending=[False, True], kind="stable")
    shown = _felt(zones, _SPLIT)
    base = number_text(zones["base_cny_per_mu"].iloc[0], "wan_per_mu")
    currency = dataset.meta.currency
    unit = Term(unit_of("wan_per_mu", "zh", currency), unit_of("wan_per_mu", "en", currency))
    caption = Term(
        f"各园区与全部园区（{base} {unit.zh}）的差距：行业结构与行业内效率，{dataset.meta.year} 年",
        f"Zones against all ({base} {unit.en}): mix of industries and efficiency, {dataset.meta.year}",
    )
    bars = tuple(
        (str(row["title"]), tuple(float(row[name]) for name in shown)) for row in zones.to_dict("records")
    )
    note = Term(
        "口径为宗地：只比较行业和税收都已知的宗地，故与申报口径的亩均税收不同；逐行业的影响见工作簿“差异分解”。",
        "Of parcels whose industry and tax are known, so that figures are others than under the declared "
        "scope; by industry in the workbook, sheet Decomposition.",
    )
    figure = Diverging(caption, tuple(_INDUSTRY[name] for name in shown), bars)
    return [Abreast((figure, _industry_table(zones, shown, unit, caption))), Note(note)]


def _industry_table(zones: pd.DataFrame, shown: list[str], unit: Term, caption: Term) -> Table:
    """The gaps in numbers, and how much land they are of."""
    per_mu, land = Term(f"亩均税收（{unit.zh}）", f"tax per mu ({unit.en})"), Term("用地（亩）", "land (mu)")
    named = {
        "tax_cny_per_mu": Term("园区", "of the zone"),
        "effect_cny_per_mu": Term("差距", "gap"),
        **{name: _INDUSTRY[name][1] for name in shown},
    }
    fields = (
        field("title", "text", "园区", "zone"),
        *(field(name, "amount", title.zh, title.en, per_mu) for name, title in named.items()),
        field("area_m2", "amount", "可比", "compared", land),
        field("rest_m2", "amount", "行业或税收不明", "industry or tax unknown", land),
    )
    told = zones.assign(
        **{name: zones[name] / WAN for name in named},
        area_m2=zones["area_m2"] / M2_PER_MU,
        rest_m2=zones["rest_m2"] / M2_PER_MU,
    )
    return Table(fields, rows_of(told, fields), caption)


SECTION = Section(Term("差异分解", "Decomposition"), 72, build)
