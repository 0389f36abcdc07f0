"""From totals to grades: ranks within groups, cut by share or by score."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np
import pandas as pd

from landeff.standards.scorecards.spec import Cuts, Rounding

#: Totals that differ by less are equal: the last bits of a float are no merit.
_DECIMALS = 9


def rounded(value: Fraction, how: Rounding) -> int:
    """A number of enterprises, exactly: ``round`` takes halves up.

    >>> rounded(Fraction("0.35") * 20, "ceil"), rounded(Fraction("0.5"), "round")
    (7, 1)
    """
    if how == "ceil":
        return ceil(value)
    return floor(value) if how == "floor" else floor(value + Fraction(1, 2))


def bounds(cuts: Cuts, n: int) -> list[int]:
    """How many of ``n`` are in each grade or a better one.

    >>> from landeff.standards.scorecards.spec import Cut
    >>> grades = (Cut("A", to=Fraction("0.2")), Cut("B", to=Fraction("0.6")), Cut("C"))
    >>> bounds(Cuts("share", (), "round", "exact", (), grades), 13)
    [3, 8, 13]
    """
    return [n if cut.to is None else rounded(cut.to * n, cuts.rounding) for cut in cuts.grades]


def ranked(totals: pd.DataFrame, cuts: Cuts) -> pd.DataFrame:
    """Rank, number in the group, place of the grade in the card, and distance to the next better grade.

    Equal totals (to nine decimals) are ordered by the items of ``tie_break``, the greater first and an
    unknown one last, then by the code of the unit. With ``ties`` ``exact`` that order decides, so that each
    grade has exactly its number; with ``better`` or ``worse`` all equal ones share a grade.

    Args:
        totals: ``firm``, ``group``, ``year``, ``total`` and the columns of ``tie_break``; all known.

    Returns:
        On the same index: ``rank``, ``n``, ``place`` (0 = best), ``distance`` (points to the least total of
        the next better grade that anybody has; by score, to its first point), ``is_tied`` (equal totals that
        got different grades by code alone).
    """
    made = totals.assign(total=totals["total"].round(_DECIMALS))
    by = ["year", "group"]
    keys = [*by, "total", *cuts.tie_break, "firm"]
    ordered = made.sort_values(keys, ascending=[True, True, False, *([False] * len(cuts.tie_break)), True])
    group = ordered.groupby(by, sort=True)
    position = group.cumcount() + 1
    n = group["firm"].transform("size")
    equal = position.groupby([ordered["year"], ordered["group"], ordered["total"]])
    counted = {"exact": position, "better": equal.transform("min"), "worse": equal.transform("max")}
    rank = counted["better"] if cuts.ties != "exact" else position
    place = _by_score(ordered, cuts) if cuts.by == "score" else _by_share(counted[cuts.ties], n, cuts)
    found = ordered.assign(rank=rank, n=n, place=place)
    found["distance"] = _distance(found, cuts)
    found["is_tied"] = _split_by_code(found, cuts)
    return found.loc[totals.index, ["rank", "n", "place", "distance", "is_tied"]]


def _by_share(position: pd.Series, n: pd.Series, cuts: Cuts) -> pd.Series:
    place = pd.Series(0, index=position.index, dtype="int64")
    for size in np.unique(n):
        rows = n == size
        place[rows] = np.searchsorted(bounds(cuts, int(size)), position[rows].to_numpy(), side="left")
    return place


def _by_score(ordered: pd.DataFrame, cuts: Cuts) -> pd.Series:
    starts = [cut.at_least for cut in cuts.grades if cut.at_least is not None]
    below = ordered["total"].to_numpy()[:, None] < np.asarray(starts)[None, :]
    return pd.Series(below.sum(axis=1), index=ordered.index, dtype="int64")


def _distance(found: pd.DataFrame, cuts: Cuts) -> pd.Series:
    """Points that are lacking to the next better grade; NaN for the best."""
    if cuts.by == "score":
        starts = np.asarray([np.nan, *(cut.at_least for cut in cuts.grades if cut.at_least is not None)])
        return pd.Series(starts[found["place"]], index=found.index) - found["total"]
    by = ["year", "group", "place"]
    least = found.groupby(by, sort=True)["total"].min().rename("least").reset_index()
    least["better"] = least.groupby(["year", "group"])["least"].shift()
    better = found[by].merge(least, on=by, how="left")["better"].set_axis(found.index)
    return better - found["total"]


def _split_by_code(found: pd.DataFrame, cuts: Cuts) -> pd.Series:
    same = [found[name] for name in ("year", "group", "total", *cuts.tie_break)]
    is_split = found["place"].groupby(same, dropna=False).transform("nunique") > 1
    return is_split & (cuts.by == "share") & (cuts.ties == "exact")
