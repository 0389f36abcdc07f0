"""Contiguous blocks of stock land: what could be assembled, of what, and with whom to talk."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.blocks.columns import BLOCK_ID, block_fields
from landeff.publish.blocks.words import categories, conclusions, largest_blocks, least_mu, rules_of_blocks
from landeff.publish.fields import field, number_text
from landeff.publish.report.model import Block, Note, Row, Section, Table, known_columns, rows_of

_SHOWN = 15
#: What the workbook has in columns of their own.
_LEFT_OUT = {"size", "district_names", "n_tax_unknown", "largest_holder", "n_to_check", "n_holder_unknown"}
_SHAPE_NOTE = Term(
    "紧凑度 = 4π × 面积 ÷ 周长²：圆为 1，正方形为 0.79，1∶9 的长条为 0.28；数值低的狭长或破碎，"
    "不一定适合整体开发。长、宽为外接最小矩形的边长。规划冲突只覆盖宗地，批而未供地块未核。",
    "Compactness = 4π × area ÷ perimeter²: 1 of a disc, 0.79 of a square, 0.28 of a strip of 1 to 9; "
    "what is low is long or ragged. Length and width are of the smallest rectangle around it. Plans are known"
    " of parcels alone, not of unsupplied pieces.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """The conclusion, blocks by size, the largest blocks, and how they were made."""
    frame = largest_blocks(dataset)
    if frame.empty:
        return []
    shown = frame.head(_SHOWN)
    caption = Term(
        f"面积最大的 {len(shown)} 片，共 {len(frame)} 片；全部名单及各宗地见工作簿",
        f"The largest {len(shown)} of {len(frame)}; the workbook lists all with their parcels",
    )
    fields = tuple(each for each in block_fields(categories(frame)) if each.name not in _LEFT_OUT)
    return [
        *(Note(told) for told in conclusions(frame)),
        by_size(frame),
        known_columns(Table(fields, rows_of(shown, fields), caption)),
        Note(rules_of_blocks(frame)),
        Note(_SHAPE_NOTE),
    ]


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
    """For the first screen: the ``n`` largest blocks that reach the least size, or how far the largest is."""
    frame = largest_blocks(dataset)
    if frame.empty:
        return []
    large = frame[frame["is_min_size"].astype(bool)]
    if large.empty:
        return [Note(told) for told in conclusions(frame)]
    fields = (
        BLOCK_ID,
        field("zone_names", "text", "园区", "zone"),
        field("area_m2", "mu", "面积", "area"),
        field("n_holders", "count", "权利人（家）", "holders"),
    )
    mu, least = number_text(large["area_m2"].sum(), "mu"), least_mu(frame)
    caption = Term(
        f"达到 {least} 亩的集中连片存量地块 {len(large)} 片、{mu} 亩中面积最大的 {min(n, len(large))} 片，"
        "构成见“集中连片地块”",
        f"The largest of {len(large)} contiguous blocks of stock land of {least} mu and more, {mu} mu",
    )
    return [Table(fields, rows_of(large.head(n), fields), caption)]


SECTION = Section(Term("集中连片地块", "Contiguous blocks"), 25, build)
