"""Hot and cold spots: how much land of each zone lies where high, or low, figures per mu lie together."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.fields import field, number_text, unit_of
from landeff.publish.hot_spots.words import CLASSES, figure_title, long_method, split_by_variable
from landeff.publish.report.model import Block, Note, Row, Section, Table
from landeff.publish.terms import term

_HOT, _COLD = ("hot_99", "hot_95"), ("cold_99", "cold_95")


def build(dataset: Dataset) -> Sequence[Block]:
    """For each figure the conclusion and the zones, then the method."""
    found = split_by_variable(dataset.frame("hot_spots"))
    if not found:
        return []
    blocks: list[Block] = []
    for rows in found:
        blocks += [Note(_conclusion(rows, dataset.meta.currency)), _zones(rows)]
    return [*blocks, *(Note(told) for told in long_method(found[0]))]


def _conclusion(rows: pd.DataFrame, currency: str) -> Term:
    figure = figure_title(rows)
    overall = number_text(rows["overall_cny_per_mu"].max(), "wan_per_mu")
    langs: tuple[Lang, Lang] = ("zh", "en")
    zh, en = (unit_of("wan_per_mu", lang, currency) for lang in langs)
    hot, cold = (_told(rows[rows["class"].isin(classes)]) for classes in (_HOT, _COLD))
    return Term(
        f"{figure.zh}：高值集聚 {hot.zh}；低值集聚 {cold.zh}（均含显著与极显著）。数值已知的宗地合计 "
        f"{overall} {zh}（按各宗计算用地面积，不同于申报口径）。",
        f"{figure.en}: hot spots {hot.en}; cold spots {cold.en}. All known parcels {overall} ({en}), over "
        "the area used for each, not the declared scope.",
    )


def _told(rows: pd.DataFrame) -> Term:
    """Number and land of some parcels, and the zone that most of it is in."""
    if rows.empty:
        return Term("未见", "not seen")
    mu = number_text(rows["basis_area_m2"].sum(), "mu")
    by_zone = rows.groupby("zone_name", sort=True)["basis_area_m2"].sum()
    if by_zone.empty:
        return Term(f"{len(rows)} 宗、{mu} 亩", f"{len(rows)} parcels, {mu} mu")
    most = by_zone.sort_values(ascending=False, kind="stable").index[0]
    return Term(f"{len(rows)} 宗、{mu} 亩，{most}最多", f"{len(rows)} parcels, {mu} mu, most of it in {most}")


def _zones(rows: pd.DataFrame) -> Table:
    """Land of each class by zone, by their codes; that which lies in none, and all of it, last."""
    keys = [rows["zone_id"].fillna(""), rows["zone_name"].fillna(rows["zone_id"]).fillna(""), rows["class"]]
    sums = rows.groupby(keys, sort=True)["basis_area_m2"].sum().unstack("class").fillna(0.0)
    shown = [code for code in CLASSES if code in sums.columns]
    sums = sums[shown].sort_index(level=0, key=lambda codes: codes == "", kind="stable", sort_remaining=False)
    fields = (
        field("zone_name", "text", "园区", "zone"),
        *(field(code, "mu", term("hot_spot", code).zh, term("hot_spot", code).en) for code in shown),
        field("all", "mu", "宗地合计", "all parcels"),
    )
    outside = Term("园区外", "in no zone")
    lines = [
        Row((name or outside, *values, sum(values)))
        for (_, name), values in zip(sums.index, sums.to_numpy().tolist(), strict=True)
    ]
    whole = sums.sum().to_numpy().tolist()
    total = Row((Term("合计", "all"), *whole, sum(whole)), is_total=True)
    figure = figure_title(rows)
    caption = Term(f"各园区的冷热点用地：{figure.zh}", f"Land by class: {figure.en}")
    return Table(fields, (*lines, total), caption)


SECTION = Section(Term("冷热点", "Hot and cold spots"), 35, build)
