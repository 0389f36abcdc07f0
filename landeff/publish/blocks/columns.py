"""Columns of the blocks as they are shown, and which block a plot of the map is in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field
from landeff.publish.terms import term

BLOCK_ID = field("block_id", "code", "连片地块", "block")
_MADE_OF = Term("构成", "made of")


def block_fields(categories: Sequence[str]) -> tuple[Field, ...]:
    """All that a table of blocks tells, of the categories that were counted."""
    areas = (Field(f"{name}_area_m2", term("inventory", name), "mu", _MADE_OF) for name in categories)
    return (
        BLOCK_ID,
        field("size", "text", "规模", "size"),
        field("district_names", "text", "县区", "district"),
        field("zone_names", "text", "园区", "zone"),
        field("area_m2", "mu", "面积", "area"),
        *areas,
        field("n_parcels", "count", "宗地", "parcels", _MADE_OF),
        field("n_pieces", "count", "批而未供地块", "unsupplied pieces", _MADE_OF),
        field("n_holders", "count", "权利人（家）", "holders"),
        field("largest_holder", "text", "最大权利人", "largest holder"),
        field("largest_holder_ratio", "percent", "最大权利人占比", "share of the largest"),
        field("n_holder_unknown", "count", "权利人不明宗数", "parcels, holder unknown"),
        field("tax_cny", "wan", "最近一年税收", "tax, latest year"),
        field("n_tax_unknown", "count", "税收不明宗数", "parcels, tax unknown"),
        field("n_to_check", "count", "紧邻待核实宗数", "parcels to check beside it"),
        field("to_check_area_m2", "mu", "紧邻待核实", "to check beside it"),
        field("compactness_ratio", "amount", "紧凑度", "compactness"),
        field("length_m", "count", "长（米）", "length (m)"),
        field("width_m", "count", "宽（米）", "width (m)"),
        field("farmland_overlap_m2", "mu", "涉永久基本农田", "in basic farmland"),
        field("redline_overlap_m2", "mu", "涉生态保护红线", "in an ecological redline"),
        field("outside_boundary_m2", "mu", "开发边界外", "outside the boundary"),
        field("plan_unknown_area_m2", "mu", "未核规划", "plans not known"),
    )


#: Columns that are shown in other words, or not at all.
_ALIASES = {
    "zone_ids": "园区代码",
    "district_codes": "县区代码",
    "size_class": "规模（亩）",
    "is_min_size": "是否达到最小规模",
    "min_area_m2": "最小规模",
    "bridge_m": "连片间距（米）",
    "counted": "计入类别",
    "basis": "最小规模依据",
}


def block_aliases(categories: Sequence[str]) -> dict[str, str]:
    """Chinese names of the columns of the layer, for programs that show one."""
    told = {each.name: each.title.zh for each in block_fields(categories)}
    return told | {f"{name}_area_m2": f"{term('inventory', name).zh}面积" for name in categories} | _ALIASES


def block_of_plots(dataset: Dataset, codes: pd.Series, is_parcel: pd.Series) -> pd.Series:
    """Block of each plot of the map: parcels by their code, pieces without a parcel by theirs.

    Args:
        codes, is_parcel: code and kind of each plot, same index.

    Returns:
        ``block_id`` on the same index; missing where a plot is in none.
    """
    members = dataset.frame("block_members")
    if members.empty:
        return pd.Series(None, index=codes.index, dtype="str")
    of = {
        column: members.dropna(subset=[column]).drop_duplicates(column).set_index(column)["block_id"]
        for column in ("parcel_id", "remainder_id")
    }
    found = codes.map(of["parcel_id"]).where(is_parcel, codes.map(of["remainder_id"]))
    return found.astype("str").rename("block_id")
