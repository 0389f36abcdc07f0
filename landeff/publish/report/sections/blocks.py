"""Contiguous blocks of stock land: what could be assembled, of what, and with whom to talk."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.blocks.columns import BLOCK_ID, block_fields
from landeff.publish.blocks.words import (
    categories,
    conclusions,
    largest_blocks,
    least_mu,
    plan_conflicts,
    rules_of_blocks,
)
from landeff.publish.fields import field, is_known, number_text
from landeff.publish.report.model import Block, Note, Row, Section, Table, known_columns, rows_of

_SHOWN = 15
#: What the workbook has in columns of its own.
_LEFT_OUT = {
    *("size", "district_names", "n_pieces", "n_tax_unknown", "n_to_check"),
    *("largest_holder", "largest_holder_ratio", "n_holder_unknown", "length_m", "width_m"),
    *("farmland_overlap_m2", "redline_overlap_m2", "outside_boundary_m2", "plan_unknown_area_m2"),
}
_IN_WORDS = (
    field("sides", "text", "长×宽（米）", "length × width (m)"),
    field("conflicts", "text", "规划冲突", "plan conflicts"),
)
_SHAPE_NOTE = Term(
    "紧凑度 = 4π × 面积 ÷ 周长²：圆为 1，正方形为 0.79，1∶9 的长条为 0.28；数值低的狭长或破碎，"
    "不一定适合整体开发（宗地之间批而未供的窄条也会把远处的地连成一片）。长、宽为外接最小矩形的边长。规划冲突只覆盖宗地，批而未供地块未核。",
    "Compactness = 4π × area ÷ perimeter²: 1 of a disc, 0.79 of a square, 0.28 of a strip of 1 to 9; "
    "what is low is long or ragged (unsupplied strips between parcels join what is far apart). Length and "
    "width are of the smallest rectangle around it. Plans are known of parcels alone, not of the pieces.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """The conclusion, blocks by size, the largest blocks, and how they were made."""
    frame = largest_blocks(dataset)
    if frame.empty:
        return []
    shown = frame.head(_SHOWN)
    shown = shown.assign(sides=_sides(shown), conflicts=plan_conflicts(shown))
    caption = Term(
        f"面积最大的 {len(shown)} 片，共 {len(frame)} 片；全部名单及各宗地见工作簿",
        f"The largest {len(shown)} of {len(frame)}; the workbook lists all with their parcels",
    )
    fields = tuple(each for each in block_fields(categories(frame)) if each.name not in _LEFT_OUT)
    fields += _IN_WORDS
    return [
        *(Note(told) for told in conclusions(frame)),
        by_size(frame),
        known_columns(Table(fields, rows_of(shown, fields), caption)),
        Note(rules_of_blocks(frame)),
        Note(_SHAPE_NOTE),
    ]


def _sides(frame: pd.DataFrame) -> pd.Series:
    pairs = zip(frame["length_m"], frame["width_m"], strict=True)
    told = [f"{length:.0f}×{width:.0f}" if is_known(length) else "" for length, width in pairs]
    return pd.Series(told, index=frame.index, dtype="str")


def by_size(frame: pd.DataFrame) -> Table:
    """Blocks and land by class of size, the largest first, with their sum."""
    fields = (
        field("size", "text", "规模", "size"),
        field("n", "count", "片数", "blocks"),
        field("area_m2", "mu", "面积", "area"),
        field("n_parcels", "count", "宗地", "parcels"),
        field("n_holders", "count", "权利人（片内）", "holders, within blocks"),
    )

    def line(rows: pd.DataFrame) -> tuple[int, float, int, int]:
        parcels, holders = int(rows["n_parcels"].sum()), int(rows["n_holders"].sum())
        return len(rows), float(rows["area_m2"].sum()), parcels, holders

    lines = [Row((of["size"].iloc[0], *line(of))) for _, of in frame.groupby("size_class", sort=False)]
    total = Row((Term("合计", "all"), *line(frame)), is_total=True)
    return Table(fields, (*lines, total), Term("按规模", "By size"))


def worth_assembling(dataset: Dataset, n: int) -> list[Block]:
    """For the first screen: blocks of the least size, those first that want a parcel back; or how far it is.

    What is approved and unsupplied throughout wants supplying, not recovering: it is listed where nothing
    else is.
    """
    frame = largest_blocks(dataset)
    if frame.empty:
        return []
    large = frame[frame["is_min_size"].astype(bool)]
    if large.empty:
        return [Note(told) for told in conclusions(frame)]
    held = large[large["n_parcels"] > 0]
    listed = held if len(held) else large
    fields = (
        BLOCK_ID,
        field("zone_names", "text", "园区", "zone"),
        field("area_m2", "mu", "面积", "area"),
        field("n_parcels", "count", "宗地", "parcels"),
        field("n_holders", "count", "权利人", "holders"),
    )
    mu, least = number_text(large["area_m2"].sum(), "mu"), least_mu(frame)
    caption = Term(
        f"集中连片达到 {least} 亩的 {len(large)} 片（{mu} 亩），含须收回、盘活宗地的 {len(held)} 片",
        f"{len(large)} contiguous blocks reach {least} mu, {mu} mu together; {len(held)} want parcels back",
    )
    return [Table(fields, rows_of(listed.head(n), fields), caption)]


SECTION = Section(Term("集中连片地块", "Contiguous blocks"), 25, build)
