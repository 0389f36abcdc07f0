"""What if: land put to use, as far as the project asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from landeff.core.dataset import Dataset, Meta
from landeff.core.text import Term
from landeff.core.units import WAN
from landeff.publish.fields import field, is_known, number_text, unit_of
from landeff.publish.report.diverging import Diverging
from landeff.publish.report.model import Abreast, Block, Note, Row, Section, Table, rows_of
from landeff.publish.report.sections.headline import SAME_SCOPE, agreement
from landeff.publish.terms import tax_term, term
from landeff.publish.zone_terms import LEVELS

#: What becomes of the land of the classes asked for; the middle five are all that is listed.
LAND = {
    "listed_area_m2": Term("列入", "listed"),
    "put_area_m2": Term("投入使用", "put to use"),
    "left_area_m2": Term("按比例不动", "left by the share"),
    "already_area_m2": Term("已达到该水平", "at that level already"),
    "other_use_area_m2": Term("非工业或不可供", "no industry, or not to be had"),
    "no_rate_area_m2": Term("无水平可参照", "no level to take"),
    "unknown_area_m2": Term("另有性质不明", "besides, unknown"),
}
_RANGE = (
    ("#1f4e79", Term("确定部分", "surely")),
    ("#7fb2d6", Term("可能再增", "perhaps more")),
    ("#e6c9a0", Term("也可能减", "perhaps less")),
)
UNCLEARED = field("uncleared_area_m2", "mu", "投入使用中未征迁或不明", "put to use, not known to be cleared")
_ALWAYS = ("listed_area_m2", "put_area_m2", "unknown_area_m2")


def build(dataset: Dataset) -> Sequence[Block]:
    """Each scenario: its assumptions, the land by class, the zones before and after."""
    table = dataset.frame("scenarios")
    if table.empty:
        return []
    blocks: list[Block] = []
    for name in dict.fromkeys(table["scenario"]):
        rows = table[table["scenario"] == name]
        blocks += [_classes(rows, _asked(rows, dataset.meta)), _zones(rows, dataset.meta)]
    return [*_compared(table, dataset), *blocks, Note(assumptions(dataset.meta), "warning")]


def level_told(row: Mapping[Any, Any], meta: Meta) -> Term:
    """Where the tax per mu of land put to use comes from."""
    if row["at"] != "fixed":
        return LEVELS[str(row["at"])]
    rate = number_text(row["rate_cny_per_mu"], "wan_per_mu")
    return Term(*(f"{rate} {unit}" for unit in _units(meta)))


def _units(meta: Meta) -> tuple[str, str]:
    zh, en = (unit_of("wan_per_mu", lang, meta.currency) for lang in ("zh", "en"))
    return zh, en


def _asked(rows: pd.DataFrame, meta: Meta) -> Term:
    """``设想“…”：疑似闲置、批而未供的 50% 按 … 投入使用``."""
    zone = rows[(rows["category"] == "") & (rows["zone_id"] != "")]
    row = (zone if len(zone) else rows).iloc[0].to_dict()
    classes = [term("inventory", code) for code in str(row["put_to_use"]).split(",")]
    share, level = number_text(row["share_ratio"], "percent"), level_told(row, meta)
    zh, en = "、".join(each.zh for each in classes), ", ".join(each.en for each in classes)
    return Term(
        f"情景“{row['scenario']}”：{zh}用地的 {share}% 投入使用，亩均税收按{level.zh}计",
        f"Scenario “{row['scenario']}”: {share}% of the land {en} is put to use, tax per mu: {level.en}",
    )


def assumptions(meta: Meta) -> Term:
    """What a scenario assumes, and what it does not say."""
    land = term("land", meta.scopes.land)
    joins = {
        "developed": Term(
            "投入使用的宗地是否已计入开发面积未知，故“之后”为区间：最低按全部新计入，最高按早已计入",
            "whether parcels put to use are in the developed area already is not known, so that what follows "
            "is a range: all of them join it, or none",
        ),
        "boundary": Term("分母为四至范围，不因投入使用而变", "the boundary does not change"),
    }.get(meta.scopes.land, Term("不在口径内的用地投入使用后计入分母", "land outside the scope joins it"))
    return Term(
        f"情景是按所列假定的算术，不是预测：不考虑何时、由谁、有无项目。只有工业、仓储用地和批而未供投入使用；"
        f"性质不明的用地不动，面积另列。原有税收由新水平替代，税收不明的按未扣除计。分母沿用申报口径"
        f"（{land.zh}）：{joins.zh}。",
        "A scenario is arithmetic on the assumptions named, no forecast: nothing is said of when, by whom, "
        "or for which project. Only industrial and storage land and unsupplied land are put to use; land of "
        "which it is not known what it is stays, and is shown. The new level takes the place of tax paid "
        f"now; unknown tax is not taken off. The denominator is the declared scope ({land.en}): {joins.en}.",
    )


def _after(row: Mapping[Any, Any]) -> str:
    """One figure, or the range."""
    low, high = (number_text(row[f"after_{side}_cny_per_mu"], "wan_per_mu") for side in ("low", "high"))
    return low if low == high else f"{low}–{high}"


def _compared(table: pd.DataFrame, dataset: Dataset) -> list[Block]:
    """All zones under every scenario, and what they are held against."""
    city = table[(table["zone_id"] == "") & (table["category"] == "")]
    meta = dataset.meta
    zh, en = _units(meta)
    rows = []
    for row in city.to_dict("records"):
        target = row["target_cny_per_mu"]
        rows.append(
            Row(
                (
                    str(row["scenario"]),
                    row["put_area_m2"],
                    row["tax_added_cny"],
                    row["tax_cny_per_mu"],
                    _after(row),
                    target if is_known(target) else None,
                    _reached(row),
                )
            )
        )
    fields = [
        field("scenario", "text", "情景", "scenario"),
        field("put_area_m2", "mu", "投入使用", "put to use"),
        field("tax_added_cny", "wan", "新增税收", "tax added"),
        field("tax_cny_per_mu", "wan_per_mu", "亩均税收现状", "tax per mu now"),
        field("after", "text", f"之后（{zh}）", f"then ({en})"),
        field("target_cny_per_mu", "wan_per_mu", "目标", "target"),
        field("reached", "text", "是否达到", "reached"),
    ]
    if city["target_cny_per_mu"].isna().all():
        fields, rows = fields[:-2], [Row(row.values[:-2]) for row in rows]
    tax, land = tax_term(meta), term("land", meta.scopes.land)
    caption = Term(
        f"全部园区（{tax.zh} ÷ {land.zh}，{meta.year} 年）", f"All zones ({tax.en} ÷ {land.en}, {meta.year})"
    )
    return [Table(tuple(fields), tuple(rows), caption), *_benchmarks(city, dataset)]


def _benchmarks(city: pd.DataFrame, dataset: Dataset) -> list[Block]:
    """Which reference values of the same scope each scenario reaches; nothing where there are none."""
    wanted = ["indicator", "place", "year", "value", "bound", "scopes"]
    table = dataset.frame("benchmarks").reindex(columns=wanted)
    table = table[(table["indicator"] == "tax_cny_per_mu") & table["bound"].isna() & table["value"].notna()]
    same = [agreement(scopes, dataset.meta.scopes) is SAME_SCOPE for scopes in table["scopes"]]
    table = table[pd.Series(same, index=table.index, dtype=bool)].sort_values(
        ["place", "year"], kind="stable"
    )
    if table.empty:
        return []
    scenarios = city.to_dict("records")
    rows = tuple(
        Row(
            (
                str(each["place"]),
                int(each["year"]) if is_known(each["year"]) else None,
                float(each["value"]),
                *(_reached({**row, "target_cny_per_mu": each["value"]}) for row in scenarios),
            )
        )
        for each in table.to_dict("records")
    )
    group = Term("各情景是否达到", "reached by each scenario")
    fields = (
        field("place", "text"),
        field("year", "year"),
        field("value", "wan_per_mu", "亩均税收", "tax per mu"),
        *(field("reached", "text", str(row["scenario"]), str(row["scenario"]), group) for row in scenarios),
    )
    return [Table(fields, rows, Term("与口径相同的参照值比较", "Against reference values of the same scope"))]


def _reached(row: Mapping[Any, Any]) -> Term:
    """Whether the target is reached, surely, perhaps or not."""
    low, high, target = (
        row[each] for each in ("after_low_cny_per_mu", "after_high_cny_per_mu", "target_cny_per_mu")
    )
    if not (is_known(low) and is_known(high) and is_known(target)):
        return Term("", "")
    if low >= target:
        return Term("达到", "yes")
    return Term("未达到", "no") if high < target else Term("可能", "perhaps")


def _classes(rows: pd.DataFrame, asked: Term) -> Table:
    """Land of each class in all zones, under what was asked."""
    city = rows[rows["zone_id"] == ""]
    felt = [name for name in LAND if name in _ALWAYS or (city[name] > 0).any()]
    titles = [term("inventory", code) if code else Term("合计", "all") for code in city["category"]]
    fields = (
        field("title", "text", "类别", "class"),
        field("n", "count", "宗（块）数", "parcels"),
        *(field(name, "mu", LAND[name].zh, LAND[name].en) for name in felt),
        *((UNCLEARED,) if (city["uncleared_area_m2"] > 0).any() else ()),
        field("tax_unknown_area_m2", "mu", "投入使用中税收不明", "put to use, of unknown tax"),
        field("tax_replaced_cny", "wan", "被替代的税收", "tax replaced"),
        field("tax_added_cny", "wan", "新增税收", "tax added"),
    )
    made = rows_of(city.assign(title=pd.Series(titles, index=city.index, dtype=object)), fields)
    total, parts = Row(made[0].values, is_total=True), made[1:]  # the sum stands first in the table
    return Table(fields, (*parts, total), asked)


def _zones(rows: pd.DataFrame, meta: Meta) -> Abreast:
    """Zones before and after, as bars and as a table."""
    zones = rows[(rows["category"] == "") & (rows["zone_id"] != "")]
    zh, en = _units(meta)
    per_mu = Term(f"亩均税收（{zh}）", f"tax per mu ({en})")
    fields = (
        field("zone_name", "text", "园区", "zone"),
        field("put_area_m2", "mu", "投入使用", "put to use"),
        field("rate_cny_per_mu", "amount", "按此水平", "at this level", per_mu),
        field("tax_cny_per_mu", "amount", "现状", "now", per_mu),
        field("after", "year", "之后", "then", per_mu),
        field("tax_added_cny", "wan", "新增税收", "tax added"),
        field("unknown_area_m2", "mu", "性质不明", "unknown"),
    )
    told = zones.assign(
        after=[_after(row) for row in zones.to_dict("records")],
        rate_cny_per_mu=zones["rate_cny_per_mu"] / WAN,
        tax_cny_per_mu=zones["tax_cny_per_mu"] / WAN,
    )
    low = (zones["after_low_cny_per_mu"] - zones["tax_cny_per_mu"]) / WAN
    high = (zones["after_high_cny_per_mu"] - zones["tax_cny_per_mu"]) / WAN
    bars = tuple(
        (str(name), _range(float(least), float(most)))
        for name, least, most in zip(zones["zone_name"], low, high, strict=True)
        if is_known(least)
    )
    caption = Term(f"亩均税收的变化（{zh}）", f"Change of tax per mu ({en})")
    table = Table(fields, rows_of(told, fields), Term("各园区之前与之后", "Zones before and after"))
    n_parts = 3 if any(values[2] for _, values in bars) else 2  # most lose nothing
    bars = tuple((name, values[:n_parts]) for name, values in bars)
    return Abreast((Diverging(caption, _RANGE[:n_parts], bars), table))


def _range(low: float, high: float) -> tuple[float, ...]:
    """What the figure surely gains or loses, what it may gain besides, what it may lose.

    >>> _range(1.0, 3.0), _range(-1.0, 3.0), _range(-3.0, -1.0)
    ((1.0, 2.0, 0.0), (0.0, 3.0, -1.0), (-1.0, 0.0, -2.0))
    """
    sure = low if low > 0 else min(high, 0.0)
    return sure, max(high, 0.0) - max(sure, 0.0), min(low, 0.0) - min(sure, 0.0)


SECTION = Section(Term("情景测算", "Scenarios"), 74, build)
