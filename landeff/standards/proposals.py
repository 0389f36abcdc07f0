"""What may be done with land of the inventory: the ways that apply, or what has to be settled before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from landeff.standards.disposal import First, Scheme, Way
from landeff.standards.evaluate import Facts, judge
from landeff.standards.kleene import TRUE, Mask

COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("parcel_id", "remainder_id", "approval_id", "list", "way"), "str"),
    "is_way": "boolean",
    **dict.fromkeys(("title_zh", "title_en", "limit_zh", "limit_en", "basis"), "str"),
    "is_verified": "boolean",
    **dict.fromkeys(("why_zh", "why_en", "missing", "idle_consequence"), "str"),
    "idle_fee_estimate_cny": "float64",
}
_KEYS = ("parcel_id", "remainder_id", "approval_id")


def proposals(
    parcels: pd.DataFrame,
    remainders: pd.DataFrame,
    missing: pd.Series,
    scheme: Scheme,
    as_of: dt.date,
) -> pd.DataFrame:
    """Ways proposed for each parcel and each unsupplied piece, or what has to come first.

    Args:
        parcels: ``parcel_id``, ``inventory_class`` and the facts that the ways of ``scheme`` read.
        remainders: the same of ``remainder_id``, with ``approval_id``.
        missing: facts that the open verdict of a parcel lacks, joined by ``,``, by ``parcel_id``.

    Returns:
        One row for each land and way: ``parcel_id`` or ``remainder_id`` with ``approval_id``; ``list``;
        ``way`` with titles, limits and ``basis`` (marked 未核对原文 where ``is_verified`` is false);
        ``why_zh``, ``why_en``; ``idle_consequence`` and ``idle_fee_estimate_cny`` (测算，以认定为准). Where
        ``is_way`` is false, ``way`` is what comes first, and ``missing`` the facts it asks for. Land in no
        list has no row. In the order of the lists and their ways within each land.
    """
    frame = _subjects(parcels, remainders, scheme)
    facts = Facts(frame, as_of)
    parts, proposed = [], np.zeros(len(frame), dtype=bool)
    for place, way in enumerate(scheme.ways):
        rows = _of(frame, scheme.lists[way.list].classes) & (judge(way.when, facts) == TRUE)
        proposed |= rows
        parts.append(_ways(frame[rows], way).assign(place=place))
    for first in scheme.first:
        classes = first.classes or scheme.lists[first.list].classes
        rows = _of(frame, classes) & ~proposed
        proposed |= rows
        parts.append(_firsts(frame[rows], first, missing).assign(place=-1))
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    table = table.reindex(columns=[*COLUMNS, "place"]).astype(dict(COLUMNS))
    by = ["parcel_id", "approval_id", "remainder_id", "place", "way"]
    return table.sort_values(by, ignore_index=True).drop(columns="place")


def _subjects(parcels: pd.DataFrame, remainders: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """Parcels and pieces in one frame, with the columns that anything reads."""
    read = [*scheme.columns, "inventory_class", "idle_consequence", "idle_fee_estimate_cny"]
    columns = list(dict.fromkeys(read))
    of_parcels = pd.DataFrame(parcels).reindex(columns=["parcel_id", *columns])
    of_rest = pd.DataFrame(remainders).reindex(columns=["remainder_id", "approval_id", *columns])
    both = [each.astype({"inventory_class": "str"}) for each in (of_parcels, of_rest) if len(each)]
    if not both:
        return of_parcels.reindex(columns=[*_KEYS, *columns])
    frame = pd.concat(both, ignore_index=True)
    return frame.reindex(columns=[*_KEYS, *columns])


def _of(frame: pd.DataFrame, classes: tuple[str, ...]) -> Mask:
    found: Mask = frame["inventory_class"].isin(list(classes)).to_numpy(dtype=bool)
    return found


def _ways(frame: pd.DataFrame, way: Way) -> pd.DataFrame:
    told: dict[str, Any] = {
        "list": way.list,
        "way": way.id,
        "is_way": True,
        "title_zh": way.title.zh,
        "title_en": way.title.en,
        "limit_zh": way.limit.zh,
        "limit_en": way.limit.en,
        "basis": way.ground,
        "is_verified": way.verified,
        "why_zh": way.why.zh,
        "why_en": way.why.en,
    }
    return frame[[*_KEYS, "idle_consequence", "idle_fee_estimate_cny"]].assign(**told)


def _firsts(frame: pd.DataFrame, first: First, missing: pd.Series) -> pd.DataFrame:
    """What comes first; asks for the facts of the open verdict, or for those of its own that are blank."""
    told: dict[str, Any] = {
        "list": first.list,
        "way": first.id,
        "is_way": False,
        "title_zh": first.title.zh,
        "title_en": first.title.en,
        "why_zh": first.why.zh,
        "why_en": first.why.en,
    }
    asked = pd.Series("", index=frame.index, dtype="str")
    for name in first.missing:
        comma = asked.where(asked == "", asked + ",")
        asked = asked.mask(frame[name].isna(), comma + name)
    if not first.missing:
        asked = frame["parcel_id"].map(missing).astype("str").fillna("")
    return frame[list(_KEYS)].assign(**told, missing=asked.where(asked != ""))


def ways_table(scheme: Scheme) -> pd.DataFrame:
    """``disposal_ways``: the ways of the run by list, in their order, with limits and grounds."""
    rows = [
        {
            "list": way.list,
            "way": way.id,
            "order": place,
            "list_zh": scheme.lists[way.list].title.zh,
            "list_en": scheme.lists[way.list].title.en,
            "title_zh": way.title.zh,
            "title_en": way.title.en,
            "limit_zh": way.limit.zh,
            "limit_en": way.limit.en,
            "limit_months": way.limit_months,
            "basis": way.ground,
            "is_verified": way.verified,
            "why_zh": way.why.zh,
            "why_en": way.why.en,
        }
        for place, way in enumerate(scheme.ways, start=1)
    ]
    table = pd.DataFrame(rows)
    kinds = {name: "str" for name in table if name not in ("order", "limit_months", "is_verified")}
    return table.astype({**kinds, "order": "Int64", "limit_months": "Int64", "is_verified": "boolean"})
