"""Which names are worth comparing: those that share rare pairs of characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.intp]

#: A pair of characters that more names than this share tells nothing.
_COMMON = 400
#: How many of its rarest pairs a name is looked up by.
_LOOKED_UP = 8


def pairs_by_rare_bigrams(
    left: Sequence[str], right: Sequence[str], *, keep: int = 10, gaps: int = 0
) -> tuple[Positions, Positions]:
    """Positions of names of ``left`` and ``right`` that share rare pairs of characters.

    Args:
        keep: at most so many partners of each name of ``left``, those that share the rarest pairs first.
        gaps: pairs of ``right`` may leave out up to so many characters (深圳市振业 has 深振 with two), which
            finds names by their abbreviations.

    Returns:
        Two arrays, sorted by ``left``, then by weight.
    """
    codes_l, owner_l = _bigrams(left, 0)
    codes_r, owner_r = _bigrams(right, gaps)
    order = np.argsort(codes_r, kind="stable")
    codes_r, owner_r = codes_r[order], owner_r[order]
    first = np.searchsorted(codes_r, codes_l, side="left")
    count = np.searchsorted(codes_r, codes_l, side="right") - first
    usable = (count > 0) & (count <= _COMMON * (1 + gaps))
    owner_l, first, count = owner_l[usable], first[usable], count[usable]
    rarest = np.lexsort((count, owner_l))
    owner_l, first, count = owner_l[rarest], first[rarest], count[rarest]
    nth = np.arange(len(owner_l)) - np.searchsorted(owner_l, owner_l, side="left")
    chosen = nth < _LOOKED_UP
    owner_l, first, count = owner_l[chosen], first[chosen], count[chosen]
    starts = np.repeat(first - np.r_[0, np.cumsum(count)[:-1]], count) if len(count) else first
    partner = owner_r[starts + np.arange(int(count.sum()))]
    weight = np.repeat(np.log(1 + len(right) / np.maximum(count, 1)), count)
    return _best(np.repeat(owner_l, count), partner, weight, len(right), keep)


def _bigrams(names: Sequence[str], gaps: int) -> tuple[Codes, Positions]:
    """Pairs of characters of each name as numbers, and whose they are, each once a name."""
    chars = np.frombuffer("".join(names).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(names)), [len(name) for name in names])
    codes, owners = [], []
    for step in range(1, gaps + 2):
        same = owner[step:] == owner[:-step]
        codes.append((chars[:-step] << np.uint64(21) | chars[step:])[same])
        owners.append(owner[step:][same])
    all_codes, all_owners = np.concatenate(codes), np.concatenate(owners)
    order = np.lexsort((all_codes, all_owners))
    all_codes, all_owners = all_codes[order], all_owners[order]
    is_new = np.r_[True, (np.diff(all_codes) != 0) | (np.diff(all_owners) != 0)][: len(all_codes)]
    return all_codes[is_new], all_owners[is_new]


def _best(
    left: Positions, right: Positions, weight: npt.NDArray[np.float64], n_right: int, keep: int
) -> tuple[Positions, Positions]:
    """Each pair once, the heaviest ``keep`` of each name."""
    key, where = np.unique(left * n_right + right, return_inverse=True)
    total = np.bincount(where, weights=weight, minlength=len(key))
    own, partner = key // max(n_right, 1), key % max(n_right, 1)
    order = np.lexsort((partner, -total, own))
    own, partner = own[order], partner[order]
    nth = np.arange(len(own)) - np.searchsorted(own, own, side="left")
    return own[nth < keep], partner[nth < keep]
