"""The land balance sheet of every zone, of each level of zones, and of the city; and the funnel of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

#: Kinds of place: all top-level zones together, those of one level, and single zones.
CITY, LEVEL, ZONE = "city", "level", "zone"


def place_pieces(pieces: pd.DataFrame, zones: pd.DataFrame) -> pd.DataFrame:
    """Every piece of land once for each place it counts in.

    Args:
        pieces: ``zone_id`` and whatever is added up.
        zones: ``zone_id``, ``parent_zone_id``, ``level``. Parks within a zone of the run count as zones only:
            in level and city they would count land twice.

    Returns:
        ``pieces`` with ``place_kind`` and ``place`` (``""`` for the city; a zone without a level is in none).
    """
    top = zones.loc[~zones["parent_zone_id"].isin(zones["zone_id"]), "zone_id"]
    inside = pieces[pieces["zone_id"].isin(top)]
    level = inside["zone_id"].map(zones.set_index("zone_id")["level"])
    parts = [
        inside.assign(place_kind=CITY, place=""),
        inside.assign(place_kind=LEVEL, place=level).dropna(subset=["place"]),
        pieces.assign(place_kind=ZONE, place=pieces["zone_id"]),
    ]
    return pd.concat(parts, ignore_index=True).astype({"place_kind": "str", "place": "str"})


def balance_by_place(pieces: pd.DataFrame, zones: pd.DataFrame, states: Sequence[str]) -> pd.DataFrame:
    """The balance sheet of every place.

    Args:
        pieces: ``zone_id``, ``parcel_id`` (missing for land that no parcel covers), ``state``, ``area_m2``.
        zones: see :func:`place_pieces`.
        states: all states in order.

    Returns:
        ``place_kind``, ``place``, ``state``, ``n_parcels`` (different parcels; one that lies in two zones of
        a place counts once), ``area_m2``, ``share_ratio`` (of the place). States of a place sum to its land.
    """
    placed = place_pieces(pieces, zones).sort_values("area_m2", kind="stable")
    by = ["place_kind", "place", "state"]
    table: pd.DataFrame = placed.groupby(by, as_index=False).agg(
        n_parcels=("parcel_id", "nunique"), area_m2=("area_m2", "sum")
    )
    whole = table.groupby(["place_kind", "place"])["area_m2"].transform("sum")
    table["share_ratio"] = table["area_m2"] / whole.where(whole > 0)
    return _sorted(table.astype({"n_parcels": "Int64"}), "state", states)


def funnel(balance: pd.DataFrame, reached: Mapping[str, str], steps: Sequence[str]) -> pd.DataFrame:
    """How far the land of each place has come: from the whole to land in good use.

    Args:
        balance: ``place_kind``, ``place``, ``state``, ``n_parcels``, ``area_m2``.
        reached: last step that land of a state has surely reached; a state that is not named is open.
        steps: in order, the first being the whole.

    Returns:
        One row a place and step: ``n_parcels``, ``area_m2`` (surely got here: of the first step all land),
        ``open_area_m2`` (land whose state does not tell; it may belong to any step but the first),
        ``share_ratio`` and ``open_share_ratio`` (of the place). Areas never grow from step to step.

    >>> rows = pd.DataFrame({"place_kind": "city", "place": "", "state": ["wet", "used", "?"],
    ...                      "n_parcels": [0, 2, 1], "area_m2": [30.0, 60.0, 10.0]})
    >>> made = funnel(rows, {"wet": "all", "used": "used"}, ["all", "used"])
    >>> made[["area_m2", "open_area_m2"]].to_numpy().tolist()
    [[100.0, 0.0], [60.0, 10.0]]
    """
    place = {name: position for position, name in enumerate(steps)}
    depth = balance["state"].map(reached).map(place)
    by = ["place_kind", "place"]
    frames = []
    for position, step in enumerate(steps):
        sure = (depth >= position) if position else pd.Series(True, index=balance.index)
        is_open = depth.isna() & (position > 0)
        counted = balance[by].assign(
            step=step,
            n_parcels=balance["n_parcels"].where(sure, 0).fillna(0),
            area_m2=balance["area_m2"].where(sure, 0.0),
            open_area_m2=balance["area_m2"].where(is_open, 0.0),
        )
        frames.append(counted.groupby([*by, "step"], as_index=False).sum())
    table = pd.concat(frames, ignore_index=True)
    whole = table[table["step"] == steps[0]].set_index(by)["area_m2"]
    of = whole.reindex(pd.MultiIndex.from_frame(table[by])).to_numpy()
    of = np.where(of > 0, of, np.nan)
    table["share_ratio"] = table["area_m2"] / of
    table["open_share_ratio"] = table["open_area_m2"] / of
    return _sorted(table.astype({"n_parcels": "Int64"}), "step", steps)


def _sorted(table: pd.DataFrame, column: str, order: Sequence[str]) -> pd.DataFrame:
    """City first, then levels, then zones; within a place in the given order."""
    kinds = {CITY: 0, LEVEL: 1, ZONE: 2}
    rank = {name: position for position, name in enumerate(order)}
    keyed = table.assign(kind_rank=table["place_kind"].map(kinds), rank=table[column].map(rank))
    keyed = keyed.sort_values(["kind_rank", "place", "rank", column], ignore_index=True)
    return keyed.drop(columns=["kind_rank", "rank"])
