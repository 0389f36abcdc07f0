"""What a threshold would flag: parcels and land against every cut, and two candidate standards side by side.

Nothing here says which threshold is right; it says what each would do, before an office writes one down.
Unknown values are counted apart: they are neither below nor above anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.errors import ConfigError

Direction = Literal["<", "<=", ">", ">="]
DIRECTIONS: tuple[Direction, ...] = ("<", "<=", ">", ">=")
Verdicts = npt.NDArray[np.int8]

#: Verdicts of a candidate standard: as a number, and in words.
CLEAR, UNKNOWN, FLAGGED = 0, 1, 2
_WORDS = np.array(["clear", "unknown", "flagged"], dtype=object)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One comparison of a numeric column with a threshold, in the unit of the column."""

    column: str
    direction: Direction
    threshold: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A standard under discussion: it flags what meets all of its criteria."""

    name: str
    criteria: tuple[Criterion, ...]


def threshold_curve(
    values: pd.Series, area_m2: pd.Series, cuts: Sequence[float], direction: Direction = "<"
) -> pd.DataFrame:
    """Parcels and land that each threshold flags.

    Args:
        values: a number a parcel, NaN where unknown.
        area_m2: land of each parcel on the same index; NaN counts as a parcel without known area.
        cuts: thresholds in the unit of ``values``.
        direction: what is flagged: values ``<``, ``<=``, ``>`` or ``>=`` the threshold.

    Returns:
        One row a threshold, ascending: ``threshold``, ``n_flagged``, ``flagged_area_m2``,
        ``flagged_share_ratio`` (of the land whose value is known; NaN where there is none), ``n_known``,
        ``known_area_m2``, and the same two of the unknown, which no threshold moves.

    >>> tax = pd.Series([1.0, 2.0, 2.0, None])
    >>> made = threshold_curve(tax, pd.Series([10.0, 20.0, 30.0, 40.0]), [2, 3])
    >>> made[["threshold", "n_flagged", "flagged_area_m2", "n_unknown"]].to_numpy().tolist()
    [[2.0, 1.0, 10.0, 1.0], [3.0, 3.0, 60.0, 1.0]]
    """
    number = values.to_numpy(dtype="float64", na_value=np.nan)
    area = area_m2.to_numpy(dtype="float64", na_value=0.0)
    area = np.where(np.isnan(area), 0.0, area)
    known = ~np.isnan(number)
    order = np.lexsort((area[known], number[known]))  # areas are added in an order of their own
    sorted_values = number[known][order]
    sums = np.concatenate([[0.0], np.cumsum(area[known][order])])
    at = np.array(sorted({float(cut) for cut in cuts}))
    side: Literal["left", "right"] = "left" if direction in ("<", ">=") else "right"
    below = np.searchsorted(sorted_values, at, side=side)
    n, whole = int(known.sum()), float(sums[-1])
    flagged = below if direction in ("<", "<=") else n - below
    land = sums[below] if direction in ("<", "<=") else whole - sums[below]
    return pd.DataFrame(
        {
            "threshold": at,
            "n_flagged": flagged.astype("int64"),
            "flagged_area_m2": land,
            "flagged_share_ratio": land / whole if whole > 0 else np.nan,
            "n_known": n,
            "known_area_m2": whole,
            "n_unknown": int((~known).sum()),
            "unknown_area_m2": float(np.sort(area[~known]).sum()),
        }
    )


def candidate_verdicts(frame: pd.DataFrame, candidate: Candidate) -> pd.Series:
    """What a candidate says of each parcel: ``flagged``, ``clear`` or ``unknown``.

    One criterion that surely fails clears a parcel whatever is unknown of the others (Kleene's *and*).

    Raises:
        ConfigError: a column does not exist or holds no numbers.

    >>> frame = pd.DataFrame({"tax": [1.0, None, None], "far": [0.5, 2.0, 0.5]})
    >>> both = (Criterion("tax", "<", 2.0), Criterion("far", "<", 1.0))
    >>> candidate_verdicts(frame, Candidate("both", both)).tolist()
    ['flagged', 'clear', 'unknown']
    """
    met = np.full(len(frame), FLAGGED, dtype=np.int8)
    for criterion in candidate.criteria:
        met = np.minimum(met, _met(frame, criterion))
    return pd.Series(_WORDS[met], index=frame.index, dtype="str", name=candidate.name)


def compare_candidates(
    frame: pd.DataFrame, first: Candidate, second: Candidate, *, key: str = "parcel_id", area: str = ""
) -> pd.DataFrame:
    """Two candidates parcel by parcel, only where they differ.

    Args:
        frame: parcels with ``key`` and the columns that the candidates read.
        area: column of the land of each parcel; left out where empty.

    Returns:
        ``key``, ``first`` and ``second`` (verdicts), ``only`` (``first``, ``second``, or empty where one of
        the two cannot tell), the columns read, and ``why``: for each candidate the criteria that keep it from
        flagging, with the value found. Sorted by ``only`` and key.
    """
    one, two = candidate_verdicts(frame, first), candidate_verdicts(frame, second)
    differ = (one != two).to_numpy(dtype=bool)
    rows = frame[differ]
    read = [each.column for candidate in (first, second) for each in candidate.criteria]
    columns = list(dict.fromkeys([key, *([area] if area else []), *read]))
    out = pd.DataFrame(rows[columns]).assign(first=one[differ], second=two[differ])
    only = np.where(out["first"] == "flagged", "first", np.where(out["second"] == "flagged", "second", ""))
    unsure = ((out["first"] == "unknown") | (out["second"] == "unknown")).to_numpy(dtype=bool)
    out["only"] = pd.Series(np.where(unsure, "", only), index=out.index, dtype="str")
    reasons = [_failing(rows, candidate) for candidate in (first, second)]
    joined = [("; ".join(part for part in pair if part)) for pair in zip(*reasons, strict=True)]
    out["why"] = pd.Series(joined, index=out.index, dtype="str")
    return out.sort_values(["only", key], ascending=[False, True], kind="stable", ignore_index=True)


def candidate_counts(
    frame: pd.DataFrame, first: Candidate, second: Candidate, area_m2: pd.Series
) -> pd.DataFrame:
    """Parcels and land by the verdicts of both: ``first``, ``second``, ``n``, ``area_m2``; all nine cases."""
    table = pd.DataFrame(
        {
            "first": candidate_verdicts(frame, first),
            "second": candidate_verdicts(frame, second),
            "area_m2": area_m2,
        }
    )
    words = ["flagged", "clear", "unknown"]
    every = pd.MultiIndex.from_product([words, words], names=["first", "second"])
    sums = table.sort_values("area_m2").groupby(["first", "second"])["area_m2"].agg(["size", "sum"])
    sums = sums.reindex(every, fill_value=0).rename(columns={"size": "n", "sum": "area_m2"})
    return sums.astype({"n": "int64", "area_m2": "float64"}).reset_index()


def _met(frame: pd.DataFrame, criterion: Criterion) -> Verdicts:
    value = _numbers(frame, criterion.column)
    cut = criterion.threshold
    with np.errstate(invalid="ignore"):
        holds = {"<": value < cut, "<=": value <= cut, ">": value > cut, ">=": value >= cut}
    return np.where(np.isnan(value), UNKNOWN, np.where(holds[criterion.direction], FLAGGED, CLEAR)).astype(
        np.int8
    )


def _numbers(frame: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    if column not in frame:
        raise ConfigError(f"There is no column {column}.", "name a column of the table parcels")
    if not pd.api.types.is_numeric_dtype(frame[column]) or pd.api.types.is_bool_dtype(frame[column]):
        raise ConfigError(f"The column {column} holds no numbers.", "name a numeric column")
    return frame[column].to_numpy(dtype="float64", na_value=np.nan)


def _failing(rows: pd.DataFrame, candidate: Candidate) -> list[str]:
    """For each parcel the criteria that do not surely hold, with the value; empty where all hold."""
    found = [""] * len(rows)
    for each in candidate.criteria:
        met, values = _met(rows, each), _numbers(rows, each.column)
        told = [
            ""
            if state == FLAGGED
            else f"{each.column} = {'?' if np.isnan(value) else f'{value:g}'}, "
            f"{candidate.name} {each.direction} {each.threshold:g}"
            for state, value in zip(met.tolist(), values.tolist(), strict=True)
        ]
        found = ["; ".join(part for part in pair if part) for pair in zip(found, told, strict=True)]
    return found
