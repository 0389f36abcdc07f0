"""Class limits of a number."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def round_significant(value: float, digits: int = 2) -> float:
    """``value`` to ``digits`` significant digits.

    >>> round_significant(15352.22)
    15000.0
    """
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def quantile_breaks(values: pd.Series, n_classes: int = 6) -> tuple[float, ...]:
    """Limits of ``n_classes`` classes of about equal size, rounded to two significant digits.

    Fewer where limits coincide after rounding; none without known values.

    >>> quantile_breaks(pd.Series([1.0, 2.0, 3.0, 4.0, float("nan")]), 2)
    (2.5,)
    """
    known = values.dropna()
    if known.empty:
        return ()
    limits = known.quantile(np.arange(1, n_classes) / n_classes)
    return tuple(sorted({round_significant(float(limit)) for limit in limits}))


def class_codes(values: pd.Series, breaks: Sequence[float]) -> NDArray[np.uint8]:
    """Class of each value: ``k`` where ``breaks[k-1] <= value < breaks[k]``; ``len(breaks) + 1`` = missing.

    >>> class_codes(pd.Series([1.0, 2.0, float("nan")]), [2.0]).tolist()
    [0, 1, 2]
    """
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    codes = np.digitize(np.nan_to_num(numbers), np.asarray(breaks, dtype=np.float64))
    return np.where(np.isnan(numbers), len(breaks) + 1, codes).astype(np.uint8)


def class_titles(breaks: Sequence[float]) -> list[str]:
    """What the classes between ``breaks`` are called.

    >>> class_titles([2.0, 10000.0])
    ['< 2', '2–10,000', '≥ 10,000']
    """
    if not breaks:
        return []
    text = [f"{limit:,.10g}" for limit in breaks]
    inner = [f"{low}–{high}" for low, high in itertools.pairwise(text)]
    return [f"< {text[0]}", *inner, f"≥ {text[-1]}"]
