"""The rows behind a sum: what ``duplicates = "sum"`` added up stays to be looked up, row by row."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES, TRACE

#: Columns of the table behind the place of the joined row; ``item_source`` is the source's own word.
_TOLD = ("enterprise_id", "parcel_id", "year", "month", "item", "item_source", "value", "received_on",
         "period_from_on", "period_to_on", *TRACE)  # fmt: skip
COLUMNS_OF_SUMMED = ("into_file", "into_row", *_TOLD)


def summed_rows(rows: pd.DataFrame, joined: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """The rows that were added up, and into which row of ``joined`` (its trace) each went.

    Args:
        rows: as they were before; ``joined``: one row a key.

    Returns:
        Columns :data:`COLUMNS_OF_SUMMED`; Σ ``value`` by (``into_file``, ``into_row``, ``item``, ``year``) is
        the value of the joined row. No rows where nothing was added up.
    """
    named = [column for column in key if column in rows]
    shared = rows[rows[named].notna().all(axis=1) & rows.duplicated(named, keep=False)]
    into = joined[[*named, *TRACE]].rename(columns=dict(zip(TRACE, ("into_file", "into_row"), strict=True)))
    found = shared.merge(into, on=named, how="left").reindex(columns=list(COLUMNS_OF_SUMMED))
    return found.sort_values(list(COLUMNS_OF_SUMMED), kind="stable", ignore_index=True)


def all_summed(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One table of several, with its columns typed even where it has no rows."""
    filled = [frame for frame in frames if len(frame)]
    rows = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(COLUMNS_OF_SUMMED))
    own = {name: "Int64" if name.endswith("_row") else "str" for name in COLUMNS_OF_SUMMED}
    return rows.astype({name: DTYPES[COLUMNS[name].kind] if name in COLUMNS else own[name] for name in own})
