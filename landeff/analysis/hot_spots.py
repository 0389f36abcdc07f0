"""Hot and cold spots: where parcels of high, and of low, money per mu lie together.

The statistic is Gi* of Getis and Ord, taken of *ranks*. Money per mu is far from normal: with the raw
figures a few giants decide, chance alone makes "hot spots", and cold spots are hardly ever found
(``docs/hot-spots.md`` has the numbers). Of ranks, Gi* is the Wilcoxon rank-sum test of the parcels within
the distance against all others.

Sources: Getis & Ord (1992), Geographical Analysis 24(3), 189–206; Ord & Getis (1995), ibid. 27(4), 286–306;
Wilcoxon (1945), Biometrics Bulletin 1(6), 80–83; Benjamini & Hochberg (1995), JRSS B 57(1), 289–300, for
local statistics Caldas de Castro & Singer (2006), Geographical Analysis 38(2), 180–208; Kish (1965), Survey
Sampling, for the design effect of observations that are not independent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.units import M2_PER_MU

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Every class, from hot to cold; the last two say why there is none.
CLASSES = (
    "hot_99", "hot_95", "not_significant", "mixed", "cold_95", "cold_99", "not_assessable", "unknown",
)  # fmt: skip
STRONG, WEAK = 0.01, 0.05
MIN_PARCELS = 30
_COLUMNS = {
    "class": "str",
    "gi_z": "float64",
    "p_value": "float64",
    "p_adjusted": "float64",
    "n_neighbours": "Int64",
    "effective_parcels": "float64",
    "local_rank_ratio": "float64",
    "local_cny_per_mu": "float64",
    "overall_cny_per_mu": "float64",
}
_SITES_AT_ONCE = 4096
_BITS = 32
_MASK = (1 << _BITS) - 1
_erfc = np.frompyfunc(math.erfc, 1, 1)


@dataclass(frozen=True, slots=True)
class _Around:
    """Sums over the sites within the distance of each site, itself included."""

    n: Ints
    squares: Floats  # Σ over holders of the square of their number of sites
    score: Floats
    money: Floats
    area: Floats


def find_hot_spots(
    xy_m: Floats,
    money: Floats,
    area_m2: Floats,
    *,
    holder: Ints | None = None,
    distance_m: float = 1000.0,
    min_neighbours: int = 8,
) -> pd.DataFrame:
    """Whether the parcels around each parcel, itself included, rank higher or lower than all others.

    Args:
        xy_m: n × 2 coordinates in metres, NaN where a parcel has no place.
        money: CNY of each parcel, NaN where unknown.
        area_m2: land of each parcel; unknown or 0 leaves it out as unknown.
        holder: code of who the money of each parcel comes from. Parcels of one holder bear one figure,
            spread over them, so together they count as about one observation (``effective_parcels``);
            without it each counts.
        distance_m: parcels whose points are at most so far away are neighbours.
        min_neighbours: with fewer independent neighbours, or fewer parcels elsewhere, nothing is said.

    Returns:
        A row a parcel, in the order given: ``class`` (one of :data:`CLASSES`), ``gi_z``, ``p_value``
        (two-sided, normal), ``p_adjusted`` (Benjamini–Hochberg over all assessable parcels),
        ``n_neighbours`` (itself not counted), ``effective_parcels`` (itself counted, each holder once or
        little more), ``local_rank_ratio`` (mean rank around it as a share, 0.5 = like everywhere),
        ``value_cny_per_mu`` (its own), ``local_cny_per_mu`` and ``overall_cny_per_mu`` (ratios of sums).
        Missing where there is nothing to say. An unknown parcel is neither hot nor cold, and a neighbour of
        none.

        ``hot_99`` and ``hot_95``: ``p_adjusted`` at most 0.01 and 0.05, ``gi_z`` above 0 and the local ratio
        of sums not below the overall one; cold accordingly. Where ranks and ratio point to different sides:
        ``mixed``.

    Formula: with scores r (ranks of money per mu, ties averaged) of n parcels, k of them around i, and m_g
    of these of holder g: z = (Σ r_j − k·r̄) ÷ (s·√(Σ m_g²·(n − k) ÷ (n − 1))), s² = Σ(r − r̄)² ÷ n. Where no
    two are of one holder Σ m_g² = k, and this is Gi* as it stands; k² ÷ Σ m_g² are the effective parcels.

    Rows are added up in the order given: sort them by key for the same bytes.

    >>> xy = np.column_stack([np.arange(40) * 100.0, np.zeros(40)])
    >>> found = find_hot_spots(xy, np.arange(40.0), np.ones(40), distance_m=500.0)
    >>> found["class"].iloc[[8, 20, 35]].tolist()
    ['cold_99', 'not_significant', 'hot_99']
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(area_m2 > 0, money / area_m2 * M2_PER_MU, np.nan)
    rows = np.flatnonzero(~np.isnan(value) & np.isfinite(xy_m).all(axis=1))
    found = pd.DataFrame(columns=[*_COLUMNS])
    if len(rows) >= MIN_PARCELS:
        holders = np.arange(len(rows)) if holder is None else np.unique(holder[rows], return_inverse=True)[1]
        scores = ranks(value[rows].round(4))  # of one holder's money spread by area, equal figures stay equal
        around = _sums(xy_m[rows], scores, money[rows], area_m2[rows], holders, distance_m)
        overall = float(money[rows].sum() / area_m2[rows].sum() * M2_PER_MU)
        found = pd.DataFrame(_said(around, scores, overall, min_neighbours), index=rows)
    out = found.reindex(range(len(value))).astype(_COLUMNS)
    out["class"] = out["class"].fillna("not_assessable").where(~np.isnan(value), "unknown")
    return out.assign(value_cny_per_mu=value)


def _said(
    around: _Around, scores: Floats, overall: float, min_neighbours: int
) -> dict[str, npt.NDArray[np.generic] | float]:
    """The columns of :func:`find_hot_spots`, of the parcels that take part."""
    n = len(scores)
    effective = around.n**2 / around.squares
    enough = (effective >= min_neighbours + 1) & (n - around.n >= min_neighbours)
    z = np.where(enough, gi_star(around.score, around.n, around.squares, scores), np.nan)
    p = two_sided(z)
    local = around.money / around.area * M2_PER_MU
    adjusted = benjamini_hochberg(p)
    return {
        "class": _classes(z, adjusted, local - overall),
        "gi_z": z,
        "p_value": p,
        "p_adjusted": adjusted,
        "n_neighbours": around.n - 1,
        "effective_parcels": effective,
        "local_rank_ratio": (around.score / around.n - 0.5) / n,
        "local_cny_per_mu": local,
        "overall_cny_per_mu": overall,
    }


def ranks(values: Floats) -> Floats:
    """Ranks from 1, ties averaged.

    >>> ranks(np.array([7.0, 3.0, 7.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, n = np.unique(values, return_inverse=True, return_counts=True)
    middle: Floats = (np.cumsum(n) - (n - 1) / 2)[place]
    return middle


def gi_star(local_sum: Floats, n_local: Ints, squares: Floats, values: Floats) -> Floats:
    """Gi* with equal weights: sums around each site against ``values`` of all, itself included.

    ``squares`` is ``n_local`` where every value is an observation of its own. 0 where all values are equal,
    NaN where nothing lies outside.

    >>> values = np.array([1.0, 1.0, 1.0, 5.0])
    >>> two = np.array([2])
    >>> gi_star(np.array([6.0]), two, two, values).round(3).tolist()  # (6 − 4) ÷ (√3·√(2·2÷3))
    [1.0]
    """
    n, spread = len(values), float(values.std())
    outside = (n - n_local).astype("float64")
    if spread == 0:
        return np.where(outside > 0, 0.0, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = spread * np.sqrt(squares * outside / (n - 1))
        return np.where(outside > 0, (local_sum - values.mean() * n_local) / scale, np.nan)


def two_sided(z: Floats) -> Floats:
    """Probability of a standard normal at least as far from 0; NaN stays.

    >>> two_sided(np.array([0.0, 1.959963984540054])).round(6).tolist()
    [1.0, 0.05]
    """
    return np.asarray(_erfc(np.abs(z) / math.sqrt(2)), dtype=np.float64)


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted probabilities: calling those up to q makes, on average, at most the share q of calls false.

    NaN is no test and stays.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, np.nan])).round(6).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    tested = np.flatnonzero(~np.isnan(p))
    falling = tested[np.argsort(-p[tested], kind="stable")]
    n = len(falling)
    out = np.full(len(p), np.nan)
    out[falling] = np.minimum(np.minimum.accumulate(p[falling] * n / np.arange(n, 0, -1)), 1.0)
    return out


def _classes(z: Floats, adjusted: Floats, above: Floats) -> npt.NDArray[np.object_]:
    side = np.where(z > 0, "hot", "cold").astype(object)
    with np.errstate(invalid="ignore"):
        level = np.where(adjusted <= STRONG, "_99", "_95").astype(object)
        found = np.where(adjusted <= WEAK, side + level, "not_significant").astype(object)
        found[(adjusted <= WEAK) & (np.sign(z) * above < 0)] = "mixed"
    found[np.isnan(z)] = "not_assessable"
    return found


def _sums(
    xy_m: Floats, scores: Floats, money: Floats, area_m2: Floats, holder: Ints, distance_m: float
) -> _Around:
    n = len(xy_m)
    around = _Around(np.zeros(n, dtype=np.int64), *(np.zeros(n) for _ in range(4)))
    for first, site, other in _pairs(xy_m, distance_m):
        last = min(first + _SITES_AT_ONCE, n)
        here, size = slice(first, last), last - first
        around.n[here] = np.bincount(site, minlength=size)
        around.squares[here] = _squares(site, holder[other], size)
        for sums, values in ((around.score, scores), (around.money, money), (around.area, area_m2)):
            sums[here] = np.bincount(site, weights=values[other], minlength=size)
    return around


def _pairs(xy_m: Floats, distance_m: float) -> Iterator[tuple[int, Ints, Ints]]:
    """Pairs of sites within the distance, some sites at a time: the first of these, site (from it), other."""
    tree = shapely.STRtree(np.asarray(shapely.points(xy_m)))
    for first in range(0, len(xy_m), _SITES_AT_ONCE):
        some = xy_m[first : first + _SITES_AT_ONCE]
        low, high = some - distance_m, some + distance_m
        site, other = tree.query(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
        away = some[site] - xy_m[other]
        near = (away * away).sum(axis=1) <= distance_m * distance_m
        pairs = _sorted_pairs(site[near], other[near])  # a tree gives them in an order of its own
        yield first, pairs >> _BITS, pairs & _MASK


def _squares(site: Ints, holder: Ints, size: int) -> Floats:
    """Σ m² over the holders around each site."""
    pairs = _sorted_pairs(site, holder)
    starts = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    m = np.diff(starts, append=len(pairs)).astype("float64")
    return np.asarray(np.bincount(pairs[starts] >> _BITS, weights=m * m, minlength=size), dtype=np.float64)


def _sorted_pairs(site: Ints, other: Ints) -> Ints:
    """Pairs as one number each, by site, then by other."""
    pairs: Ints = (site.astype("int64") << _BITS) | other
    pairs.sort()
    return pairs
