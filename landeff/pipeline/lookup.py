"""Values by key, in the type of the table they come from."""

from __future__ import annotations

import pandas as pd


def look_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """``values[key]`` for each key, missing where there is none; same index and type, also when empty.

    >>> look_up(pd.Series(["b", "x"]), pd.Series([1.0], index=["b"])).tolist()
    [1.0, nan]
    """
    return values.reindex(keys).set_axis(keys.index)


def column_or_missing(frame: pd.DataFrame, name: str, dtype: str = "str") -> pd.Series:
    """A column, or one of missing values where the table has none of that name."""
    if name in frame:
        return frame[name]
    return pd.Series(index=frame.index, dtype=dtype, name=name)
