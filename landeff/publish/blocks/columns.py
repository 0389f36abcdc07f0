"""Columns of the blocks as they are shown, and which block a plot of the map is in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field
from landeff.publish.terms import term

BLOCK_ID = field("block_id", "code", "连片地块", "block")
_PLAN = Term("规划冲突（宗地部分）", "plan conflicts (of the parcels)")
_SHAPE = Term("形状", "shape")
_HOLDERS = Term("权利人", "holders")


def block_fields(categories: Sequence[str]) -> tuple[Field, ...]:
    """All that a table of blocks tells, of the categories that were counted."""
    made_of = Term("构成", "made of")
    return (
        BLOCK_ID,
        field("size", "text", "规模", "size"),
        field("district_names", "text", "县区", "district"),
        field("zone_names", "text", "园区", "zone"),
        field("area_m2", "mu", "面积", "area"),
        *(
            Field(f"{name}_area_m2", term("inventory", name), "mu", made_of)
            for name in categories
        ),
        field("n_parcels", "count", "宗地", "parcels", made_of),
        field("n_pieces", "count", "批而未供地块", "unsupplied pieces", made_of),
        field("n_holders", "count", "家数", "number", _HOLDERS),
        field("largest_holder", "text", "最大的一家", "largest", _HOLDERS),
        field("largest_holder_ratio", "percent", "占地块", "of the block", _HOLDERS),
        field("n_holder_unknown", "count", "不明宗数", "parcels unknown", _HOLDERS),
        field("tax_cny", "wan", "税收（最近一年）", "tax, latest year"),
        field("n_tax_unknown", "count", "税收不明宗数", "parcels, tax unknown"),
        field("n_to_check", "count", "紧邻待核实宗数", "to check beside it"),
        field("to_check_area_m2", "mu", "紧邻待核实", "to check beside it"),
        field("compactness_ratio", "amount", "紧凑度", "compactness", _SHAPE),
        field("length_m", "count", "长（米）", "length (m)", _SHAPE),
        field("width_m", "count", "宽（米）", "width (m)", _SHAPE),
        field("farmland_overlap_m2", "mu", "永久基本农田", "farmland", _PLAN),
        field("redline_overlap_m2", "mu", "生态保护红线", "redline", _PLAN),
        field("outside_boundary_m2", "mu", "开发边界外", "outside boundary", _PLAN),
        field("plan_unknown_area_m2", "mu", "未核规划", "plan unknown", _PLAN),
    )  # fmt: skip


def block_aliases(categories: Sequence[str]) -> dict[str, str]:
    """Chinese names of the columns of the layer, for programs that show one."""
    told = {each.name: each.title.zh for each in block_fields(categories)}
    told |= {f"{name}_area_m2": f"{term('inventory', name).zh}面积" for name in categories}
    told |= {
        "largest_holder": "最大权利人",
        "largest_holder_ratio": "最大权利人占比",
        "n_holders": "权利人数",
    }
    told |= {"farmland_overlap_m2": "涉永久基本农田", "redline_overlap_m2": "涉生态保护红线"}
    told |= {"n_holder_unknown": "权利人不明宗数", "zone_ids": "园区代码", "district_codes": "县区代码"}
    told |= {"size_class": "规模（亩）", "is_min_size": "是否达到最小规模", "min_area_m2": "最小规模"}
    return told | {"bridge_m": "连片间距（米）", "counted": "计入类别", "basis": "依据"}


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
