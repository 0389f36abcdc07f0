"""The table of identity questions (``links``): what is the same, by which rule, or for a person to say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd

KEY = ("kind", "left_table", "left_key", "right_table", "right_key")
COLUMNS = (
    "kind",
    "left_table",
    "left_key",
    "left_name",
    "right_table",
    "right_key",
    "right_name",
    "method",
    "score",
    "reasons",
    "decision",
    "seen",
    "decided_by",
    "decided_on",
)
#: Decisions by which the two sides are one.
JOINED = ("accepted", "confirmed")


def seen(*values: object) -> str:
    """Digest of the values that were compared; a person's decision counts while it stays the same.

    >>> seen("91330100799655058B", None) == seen("91330100799655058B", float("nan"))
    True
    """
    text = "\x1f".join("" if pd.isna(value) else str(value) for value in values)  # type: ignore[call-overload]
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def links_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Questions with every column of ``links`` in its type, each once, in an order of their own."""
    made = {"decided_by": np.nan, "decided_on": np.nan}
    absent = {name: value for name, value in made.items() if name not in rows}
    frame = rows.assign(**absent).reindex(columns=list(COLUMNS))
    text = {name: "str" for name in COLUMNS if name not in ("score", "decided_on")}
    frame = frame.astype({**text, "score": "float64", "decided_on": "datetime64[s]"})
    return frame.drop_duplicates(list(KEY)).sort_values(
        [*KEY[:3], "score", *KEY[3:]], ascending=[True] * 3 + [False, True, True], ignore_index=True
    )


def all_links(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Several tables of questions as one."""
    found = [frame for frame in frames if len(frame)]
    return links_frame(pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS)))
