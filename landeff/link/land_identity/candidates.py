"""Which parcels a supply record may be: questions, with the answers that rules give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from landeff.link.land_identity.by_likeness import best_few, pairs_by_geometry, pairs_by_likeness
from landeff.link.land_identity.by_number import pairs_by_number
from landeff.link.land_identity.sides import PAIR, ROW, Sides, two_sides
from landeff.link.links import links_frame, seen

KIND = "supply_land"
#: How a record and a parcel can be told to be one, in the order in which it is tried.
METHODS = ("supply_id", "contract_no", "parcel_id", "holder_area_location", "geometry")
_SEEN = {
    "supply": ("contract_no", "parcel_id", "holder", "location", "supplied_area_m2"),
    "parcels": ("supply_id", "contract_no", "holder", "location", "registered_area_m2"),
}


def land_candidates(
    parcels: pd.DataFrame, supply: pd.DataFrame, overlaps: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Pairs of supply records and parcels, many-to-many, each accepted by a rule or queued for a person.

    In this order: 电子监管号; contract number; 宗地代码 or 不动产单元号, cut to 19 characters; then, of
    parcels and records that none of these told, holder + area (±0.5 %) + location; then geometry. A contract
    number on several records is told by area, or queued: no record's area is counted twice. Nothing is taken
    by two facts of three, nor where two parcels or two records fit alike.

    Args:
        parcels: ``parcel_id``; where known ``supply_id``, ``contract_no`` (several joined by 、), ``holder``,
            ``location``, ``registered_area_m2``, ``area_m2`` (measured).
        supply: ``supply_id``; where known ``contract_no``, ``parcel_id``, ``holder``, ``location``,
            ``supplied_area_m2``.
        overlaps: where records have polygons: ``supply_id``, ``parcel_id``, ``share_of_supply_ratio``,
            ``share_of_parcel_ratio``, as measured.

    Returns:
        ``links`` of kind ``supply_land``: left the record, right the parcel; see ``docs/tables.md``.

    >>> parcels = pd.DataFrame({"parcel_id": ["a", "b", "c"], "supply_id": ["1", None, None]})
    >>> parcels["contract_no"] = [None, "C2", "C2"]
    >>> supply = pd.DataFrame({"supply_id": ["1", "2"], "contract_no": ["C1", "C2"]})
    >>> land_candidates(parcels, supply)[["left_key", "right_key", "method"]].to_numpy().tolist()
    [['1', 'a', 'supply_id'], ['2', 'b', 'contract_no'], ['2', 'c', 'contract_no']]
    """
    sides = two_sides(parcels, supply)
    found = pairs_by_number(sides)
    found = pd.concat([found, pairs_by_likeness(sides, _open(sides, found))], ignore_index=True)
    if overlaps is not None and len(overlaps):
        left = _open(sides, found)
        free = overlaps["supply_id"].isin(left.records.index) & overlaps["parcel_id"].isin(left.land.index)
        found = pd.concat([found, pairs_by_geometry(sides, overlaps[free])], ignore_index=True)
    return _links(_asked(found), parcels, supply)


def _open(sides: Sides, found: pd.DataFrame) -> Sides:
    """The parcels and records without an accepted pair."""
    told = found[found["decision"] == "accepted"]
    land, records = sides.land, sides.records
    return replace(
        sides,
        land=land[~land.index.isin(told["parcel_id"])],
        records=records[~records.index.isin(told["supply_id"])],
    )


def _asked(found: pd.DataFrame) -> pd.DataFrame:
    """Accepted pairs, and of the others those that are still a question.

    A likeness is none where either side has its answer, but that of a polygon which covers another piece of
    the parcel; a number is none where both have.
    """
    found = found[ROW].assign(rank=found["decision"].ne("accepted"))
    found = found.sort_values("rank", kind="stable").drop_duplicates(PAIR).reset_index(drop=True)
    told = found[found["decision"] == "accepted"]
    of_record, of_parcel = (found[name].isin(told[name]) for name in PAIR)
    by_number, by_shape = found["method"].isin(METHODS[:3]), found["method"] == METHODS[-1]
    other_shape = by_shape & ~found["parcel_id"].isin(told.loc[told["method"] != METHODS[-1], "parcel_id"])
    is_settled = (of_record & of_parcel) | (~by_number & (of_record | (of_parcel & ~other_shape)))
    return best_few(found[~found["rank"] | ~is_settled].drop(columns="rank"))


def _links(found: pd.DataFrame, parcels: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    records = supply.set_index("supply_id", drop=False).reindex(found["supply_id"])
    land = parcels.set_index("parcel_id", drop=False).reindex(found["parcel_id"])
    sides = [
        *(_texts(records, name) for name in _SEEN["supply"]),
        *(_texts(land, name) for name in _SEEN["parcels"]),
    ]
    frame = found.rename(columns={"supply_id": "left_key", "parcel_id": "right_key"}).assign(
        kind=KIND,
        left_table="supply",
        left_name=_described(records, "supplied_area_m2"),
        right_table="parcels",
        right_name=_described(land, "registered_area_m2"),
        seen=[seen(*values) for values in zip(found["supply_id"], found["parcel_id"], *sides, strict=True)],
    )
    return links_frame(frame)


def _described(frame: pd.DataFrame, area: str) -> list[Any]:
    """Holder, location and area as a person compares them: what there is of the three, joined by a comma."""
    areas = [None if pd.isna(each) else f"{each:.2f} m²" for each in _texts(frame, area)]
    rows = zip(_texts(frame, "holder"), _texts(frame, "location"), areas, strict=True)
    texts = ["，".join(str(part) for part in row if not pd.isna(part)) for row in rows]
    return [text or None for text in texts]


def _texts(frame: pd.DataFrame, name: str) -> list[Any]:
    if name not in frame:
        return [None] * len(frame)
    values = frame[name]
    return list(values.round(2) if pd.api.types.is_float_dtype(values) else values)
