"""From one balance sheet to the next: which land passed from which state to which, by parcel.

A parcel that both results know passes from its old state to its new one. What cannot be followed by parcel
codes (redrawn borders, codes that vanished or appeared, land that no parcel covers) leaves its old state for
:data:`REDRAWN` and enters its new one from there. Where a zone has only one state that such land left, or
only one that it entered, what happened is certain, and the land is put there. So nothing is guessed, every
row sums to the old balance and every column to the new one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

#: Land that changed hands without a parcel code to follow; land outside the zone before or after.
REDRAWN, OUTSIDE = "redrawn", "outside"
_ROUNDING = 1e-6  # m²: what adding up floats leaves


def parcel_changes(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Each parcel of either result, zone by zone.

    Args:
        old, new: pieces with ``zone_id``, ``parcel_id`` (missing for land without a parcel), ``state``,
            ``area_m2``.

    Returns:
        ``zone_id``, ``parcel_id``, ``old_state``, ``new_state``, ``old_area_m2``, ``new_area_m2`` (0 where it
        is not there) and ``change``: ``vanished``, ``appeared``, ``moved`` (another state) or ``same``.
    """
    sides = [_parcels(pieces, prefix) for pieces, prefix in ((old, "old"), (new, "new"))]
    both = pd.concat(sides, axis=1).reset_index()
    gone, came = both["new_state"].isna(), both["old_state"].isna()
    cases = [gone, came, both["old_state"] != both["new_state"]]
    both["change"] = np.select([case.to_numpy() for case in cases], ["vanished", "appeared", "moved"], "same")
    area = ["old_area_m2", "new_area_m2"]
    both[area] = both[area].fillna(0.0)
    return both.astype({"change": "str"}).sort_values(["zone_id", "parcel_id"], ignore_index=True)


def transition_matrix(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """State to state, zone by zone, in m² and parcels.

    Args:
        old, new: as in :func:`parcel_changes`.

    Returns:
        ``zone_id``, ``from_state``, ``to_state``, ``n_parcels`` (parcels that both results know), ``area_m2``
        and ``is_followed``: by parcel code (true), or worked out from the sums of the zone (false). Rows of a
        zone and ``from_state`` sum to the old balance, those of a ``to_state`` to the new one.
    """
    changes = parcel_changes(old, new)
    stays = changes[changes["change"].isin(["same", "moved"])]
    by = ["zone_id", "old_state", "new_state"]
    common = stays[by].assign(area_m2=np.minimum(stays["old_area_m2"], stays["new_area_m2"]))
    common = common.sort_values([*by, "area_m2"]).groupby(by, as_index=False)["area_m2"].agg(["size", "sum"])
    followed = common.rename(columns={"size": "n_parcels", "sum": "area_m2"}).assign(is_followed=True)
    bare = _kept_bare(old, new)
    rest = _unfollowed(old, new, pd.concat([followed, bare], ignore_index=True))
    table = pd.concat([followed, bare, *rest], ignore_index=True)
    table = table.rename(columns={"old_state": "from_state", "new_state": "to_state"})
    keys = ["zone_id", "from_state", "to_state", "is_followed"]
    table = table.groupby(keys, as_index=False).agg(
        n_parcels=("n_parcels", "sum"), area_m2=("area_m2", "sum")
    )
    table = table.astype({"n_parcels": "Int64", "is_followed": "boolean"})
    kept = (table["area_m2"] > _ROUNDING) | (table["n_parcels"] > 0)
    return table[kept].sort_values(keys, ignore_index=True)


def matrix_of(table: pd.DataFrame, changes: pd.DataFrame, zone_ids: pd.Series) -> pd.DataFrame:
    """The matrix of some zones together, a parcel that lies in several of them counted once.

    Args:
        table: what :func:`transition_matrix` makes.
        changes: what :func:`parcel_changes` makes.
        zone_ids: zones that share no land.
    """
    keys = ["from_state", "to_state", "is_followed"]
    rows = table[table["zone_id"].isin(zone_ids)].sort_values([*keys, "area_m2"])
    sums = rows.groupby(keys, as_index=False)["area_m2"].sum()
    stays = changes[changes["zone_id"].isin(zone_ids) & changes["change"].isin(["same", "moved"])]
    n = stays.groupby(["old_state", "new_state"])["parcel_id"].nunique()
    pairs = pd.MultiIndex.from_arrays([sums["from_state"], sums["to_state"]])
    counts = pd.Series(n.reindex(pairs, fill_value=0).to_numpy(), index=sums.index)
    counts = counts.where(sums["is_followed"].astype(bool), 0)
    made: pd.DataFrame = sums.assign(n_parcels=counts.astype("Int64"))[[*keys, "n_parcels", "area_m2"]]
    return made


def _parcels(pieces: pd.DataFrame, prefix: str) -> pd.DataFrame:
    rows = pieces.dropna(subset=["parcel_id"])
    found = rows.groupby(["zone_id", "parcel_id"]).agg(state=("state", "first"), area_m2=("area_m2", "sum"))
    return found.rename(columns={"state": f"{prefix}_state", "area_m2": f"{prefix}_area_m2"})


def _bare(pieces: pd.DataFrame) -> pd.Series:
    """Land without a parcel by zone and state."""
    rows = pieces[pieces["parcel_id"].isna()].sort_values("area_m2")
    sums: pd.Series = rows.groupby(["zone_id", "state"])["area_m2"].sum()
    return sums


def _kept_bare(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Land without a parcel that stayed in its state: the smaller of before and after."""
    was, is_now = _bare(old), _bare(new)
    kept = pd.concat([was, is_now], axis=1, join="inner").min(axis=1).rename("area_m2").reset_index()
    kept = kept.rename(columns={"state": "old_state"})
    made: pd.DataFrame = kept.assign(new_state=kept["old_state"], n_parcels=0, is_followed=False)
    return made


def _unfollowed(old: pd.DataFrame, new: pd.DataFrame, settled: pd.DataFrame) -> list[pd.DataFrame]:
    """What is left of each state before and after, put together zone by zone."""
    out = _left(old, settled, "old_state")
    into = _left(new, settled, "new_state")
    frames = []
    for zone_id in sorted({*out.index.get_level_values(0), *into.index.get_level_values(0)}):
        sides = [
            side.xs(zone_id, level=0)
            if zone_id in side.index.get_level_values(0)
            else pd.Series(dtype="float64")
            for side in (out, into)
        ]
        flows = _flows(*sides)
        frames.append(pd.DataFrame(flows).assign(zone_id=zone_id, n_parcels=0, is_followed=False))
    return frames


def _left(pieces: pd.DataFrame, settled: pd.DataFrame, column: str) -> pd.Series:
    whole = pieces.sort_values("area_m2").groupby(["zone_id", "state"])["area_m2"].sum()
    done = settled.groupby(["zone_id", column])["area_m2"].sum()
    done.index.names = ["zone_id", "state"]
    left: pd.Series = whole.sub(done, fill_value=0.0)
    return left[left.abs() > _ROUNDING]


def _flows(out: pd.Series, into: pd.Series) -> dict[str, list[Any]]:
    """Land that left and land that came in: to one another where only one way is possible, else apart."""
    change = float(into.sum() - out.sum())
    if change > _ROUNDING:  # the zone grew
        out = pd.concat([out, pd.Series({OUTSIDE: change})])
    elif change < -_ROUNDING:
        into = pd.concat([into, pd.Series({OUTSIDE: -change})])
    rows: list[tuple[str, str, float]]
    if len(out) == 1:
        rows = [(str(out.index[0]), str(state), float(area)) for state, area in into.items()]
    elif len(into) == 1:
        rows = [(str(state), str(into.index[0]), float(area)) for state, area in out.items()]
    else:
        rows = [(str(state), REDRAWN, float(area)) for state, area in out.items()]
        rows += [(REDRAWN, str(state), float(area)) for state, area in into.items()]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return dict(zip(["old_state", "new_state", "area_m2"], map(list, columns), strict=True))
