"""Blocks of stock land (集中连片地块): what lies together, what it is made of, and whose it is.

Pieces are parcels and pieces of approved land without a parcel. Each is in exactly one block, so the areas of
the blocks sum to the area of the pieces; a block below the size wanted stays in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

#: Columns of a piece that name places, with the code they are sorted by; a block has each joined by 、.
_PLACES = {
    "zone_ids": ("zone_id", "zone_id"),
    "zone_names": ("zone_name", "zone_id"),
    "district_codes": ("district_code", "district_code"),
    "district_names": ("district_name", "district_code"),
}
#: Land of a piece that a plan keeps from being built on.
PLAN_COLUMNS = ("farmland_overlap_m2", "redline_overlap_m2", "outside_boundary_m2")
_JOIN = "、"


def block_ids(pieces: pd.DataFrame, label: pd.Series) -> pd.Series:
    """Name of the block of each piece, after the smallest code in it, whatever the order of the rows.

    Args:
        pieces: ``parcel_id`` and ``remainder_id``, one of them in each row.
        label: block of each piece, any number, on the same index.

    Returns:
        ``P-<parcel_id>``, of a block without parcels ``R-<remainder_id>``.

    >>> pieces = pd.DataFrame({"parcel_id": ["B", None, "A", None], "remainder_id": [None, "Q", None, "P"]})
    >>> block_ids(pieces, pd.Series([0, 0, 1, 3])).tolist()
    ['P-B', 'P-B', 'P-A', 'R-P']
    """
    is_parcel = pieces["parcel_id"].notna()
    code = ("P-" + pieces["parcel_id"]).where(is_parcel, "R-" + pieces["remainder_id"])
    smallest: pd.Series = code.astype("str").groupby(label.to_numpy()).transform("min")
    return smallest.rename("block_id")


def block_sums(members: pd.DataFrame, classes: Sequence[str]) -> pd.DataFrame:
    """What each block is made of.

    Args:
        members: a row a piece with ``block_id``, ``parcel_id`` (missing of a piece without a parcel),
            ``category``, ``area_m2``, ``holder``, ``holder_code``, ``tax_cny`` (of the latest year, NaN
            unknown), ``zone_id``, ``zone_name``, ``district_code``, ``district_name`` and
            :data:`PLAN_COLUMNS` (NaN where the plan does not tell).
        classes: categories, each of which gets a column of its area.

    Returns:
        One row a block by ``block_id``: ``n_parcels``, ``n_pieces`` (without a parcel), ``area_m2``,
        ``<category>_area_m2``, ``n_holders``, ``n_holder_unknown`` (parcels), ``largest_holder``,
        ``largest_holder_ratio`` (of the block), ``tax_cny`` (NaN where no parcel's is known),
        ``n_tax_unknown``, the places, ``zone_ids`` …, what plans say, and ``plan_unknown_area_m2``.
    """
    rows = members.sort_values(["block_id", "parcel_id", "area_m2"], kind="stable", ignore_index=True)
    is_parcel = rows["parcel_id"].notna()
    by_block = rows.groupby("block_id", sort=True)
    out = pd.DataFrame(
        {
            "n_parcels": is_parcel.groupby(rows["block_id"]).sum(),
            "n_pieces": (~is_parcel).groupby(rows["block_id"]).sum(),
            "area_m2": by_block["area_m2"].sum(),
        }
    )
    for name in classes:
        of = rows["area_m2"].where(rows["category"] == name, 0.0)
        out[f"{name}_area_m2"] = of.groupby(rows["block_id"]).sum()
    out = out.join(_holders(rows, out["area_m2"]))
    out["tax_cny"] = by_block["tax_cny"].sum(min_count=1)
    out["n_tax_unknown"] = (is_parcel & rows["tax_cny"].isna()).groupby(rows["block_id"]).sum()
    for joined, (column, code) in _PLACES.items():
        out[joined] = _joined(rows, column, code).reindex(out.index).astype("str")
    for name in PLAN_COLUMNS:
        out[name] = by_block[name].sum(min_count=1)
    unknown = rows["area_m2"].where(rows[list(PLAN_COLUMNS)].isna().all(axis=1), 0.0)
    out["plan_unknown_area_m2"] = unknown.groupby(rows["block_id"]).sum()
    counts = [name for name in out if str(name).startswith("n_")]
    return out.astype(dict.fromkeys(counts, "Int64")).reset_index()


def holder_keys(members: pd.DataFrame) -> pd.Series:
    """Who holds each parcel: the code, else the code that the name has elsewhere, else the name.

    A name that stands with several codes is not taken for any of them. Missing where nothing is written.

    >>> holders = pd.DataFrame({"holder": ["甲", "甲", "乙", None], "holder_code": ["1", None, None, None]})
    >>> holder_keys(holders).tolist()
    ['1', '1', '乙', nan]
    """
    name, code = (_words(members[column]) for column in ("holder", "holder_code"))
    known = pd.DataFrame({"name": name, "code": code}).dropna().drop_duplicates()
    alone = known[~known["name"].duplicated(keep=False)].set_index("name")["code"]
    return code.fillna(name.map(alone).astype("str")).fillna(name).rename("holder_key")


def size_class(area_m2: pd.Series, sizes: Sequence[tuple[float, float]]) -> pd.Series:
    """Class of each area: ``500-`` (from 500 mu on), ``300-500``, … ``-100``; a limit is in the upper one.

    Args:
        sizes: lower limits of the classes as (mu, m²), any order; none makes one class ``-``.

    >>> size_class(pd.Series([200_000.0, 199_999.0]), [(300.0, 200_000.0)]).tolist()
    ['300-', '-300']
    """
    ascending = sorted(sizes)
    limits = np.array([m2 for _, m2 in ascending])
    words = ["", *(f"{mu:g}" for mu, _ in ascending), ""]
    names = np.array([f"{low}-{high}" for low, high in pairwise(words)], dtype=object)
    at = np.searchsorted(limits, area_m2.to_numpy(dtype="float64"), side="right")
    return pd.Series(names[at], index=area_m2.index, dtype="str", name="size_class")


def land_beside(pairs: pd.DataFrame, area_m2: pd.Series) -> pd.DataFrame:
    """Land beside each block: ``n_beside`` and ``beside_area_m2`` by ``block_id``.

    Args:
        pairs: ``block_id`` and ``key`` of a piece beside it; a pair that occurs again counts once, a piece
            beside two blocks counts beside both.
        area_m2: of the pieces by key.
    """
    once = pairs.drop_duplicates().sort_values(["block_id", "key"])
    area = once["key"].map(area_m2)
    made = area.groupby(once["block_id"]).agg(["size", "sum"])
    return made.rename(columns={"size": "n_beside", "sum": "beside_area_m2"})


def _holders(rows: pd.DataFrame, area_m2: pd.Series) -> pd.DataFrame:
    """Holders of the parcels of each block, and the largest with its share of the block."""
    parcels = rows[rows["parcel_id"].notna()]
    parcels = parcels.assign(key=holder_keys(rows).reindex(parcels.index), name=_words(parcels["holder"]))
    known = parcels.dropna(subset=["key"])
    each = known.groupby(["block_id", "key"], as_index=False).agg(
        area_m2=("area_m2", "sum"), name=("name", "min")
    )
    largest = each.sort_values(["block_id", "area_m2", "key"], ascending=[True, False, True])
    largest = largest.drop_duplicates("block_id").set_index("block_id")
    n = each.groupby("block_id").size()
    n_unknown = parcels["key"].isna().groupby(parcels["block_id"]).sum()
    blocks = area_m2.index
    return pd.DataFrame(
        {
            "n_holders": n.reindex(blocks).fillna(0),
            "n_holder_unknown": n_unknown.reindex(blocks).fillna(0),
            "largest_holder": largest["name"].fillna(largest["key"]).reindex(blocks).astype("str"),
            "largest_holder_ratio": (largest["area_m2"].reindex(blocks) / area_m2).astype("float64"),
        }
    )


def _joined(rows: pd.DataFrame, column: str, code: str) -> pd.Series:
    """Distinct values of a block in the order of ``code``, joined."""
    known = rows.assign(code=rows[code], value=rows[column])[["block_id", "code", "value"]]
    known = known.dropna(subset=["value"]).sort_values(["block_id", "code", "value"])
    once = known.drop_duplicates(["block_id", "value"]).astype({"value": "str"})
    several = once["block_id"].duplicated(keep=False)  # most blocks lie in one place: nothing to join
    joined = once[several].groupby("block_id")["value"].agg(_JOIN.join)
    made: pd.Series = pd.concat([once[~several].set_index("block_id")["value"], joined.astype("str")])
    return made


def _words(column: pd.Series) -> pd.Series:
    """Text without blanks around it; missing where nothing is left."""
    text = column.astype("str").str.strip()
    return text.mask(text == "")
