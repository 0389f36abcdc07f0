"""Candidates for each name among many: exact ones first, then those that share rare characters."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from landeff.link.names.blocking import Positions, pairs_by_rare_bigrams
from landeff.link.names.compare import Likeness, compare
from landeff.link.names.extra import fuzz, process
from landeff.link.names.parse import FirmName, parse_all
from landeff.link.names.short import compare_short, is_short, short_text

COLUMNS = ("left", "right", "verdict", "score", "reasons", "n_same")
_KEEP = 10
#: So many times more names are looked at than kept.
_LOOKED_AT = 10
#: A branch of which only the place in front differs ends in the same characters.
_BRANCH_END = 4


def liken(a: FirmName, b: FirmName) -> Likeness:
    """Compare two names, either of which may be short; the order of the two does not matter."""
    whole = compare(a, b)
    short_a, short_b = is_short(a), is_short(b)
    if short_a == short_b or whole.verdict == "same":
        return whole
    return compare_short(a, b) if short_a else compare_short(b, a)


def find_candidates(left: pd.Series[str], right: pd.Series[str], *, keep: int = _KEEP) -> pd.DataFrame:
    """Names of ``right`` that may be each name of ``left``, best first.

    Every name that is ``same`` is found, however many there are; of those for a person to look at
    (``review``) the ones that share rare characters.

    Args:
        left, right: names as written; missing ones find nothing.
        keep: at most so many candidates a name, and those that are ``same``.

    Returns:
        Columns :data:`COLUMNS`: index labels of ``left`` and ``right``, ``verdict`` (``same``, ``review``),
        ``score`` 0–1, ``reasons`` joined by ``,``, ``n_same``: how many names of ``right`` are ``same``, of
        which a single one can be accepted.

    Raises:
        MissingExtraError: the extra ``match`` is not installed.

    >>> left = pd.Series(["扬州华新精密机械有限公司", "万科A"])
    >>> right = pd.Series(["扬州市华新精密机械有限责任公司", "华兴机械有限公司", "万科企业股份有限公司"])
    >>> find_candidates(left, right)[["left", "right", "verdict"]].to_numpy().tolist()
    [[0, 0, 'same'], [1, 2, 'same']]
    """
    a, b = left.dropna(), right.dropna()
    if a.empty or b.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    # Each distinct name is looked at once, in an order that does not depend on the rows.
    names_a, names_b = sorted(a.unique()), sorted(b.unique())
    pairs = _pairs(parse_all(names_a), parse_all(names_b), keep)
    rows_a = pd.DataFrame({"i": pd.Index(names_a).get_indexer(a), "left": a.index})
    rows_b = pd.DataFrame({"j": pd.Index(names_b).get_indexer(b), "right": b.index})
    found = pairs.merge(rows_a, on="i").merge(rows_b, on="j")
    found["n_same"] = found["verdict"].eq("same").groupby(found["left"]).transform("sum")
    found = found.sort_values(["left", "score", "right"], ascending=[True, False, True], ignore_index=True)
    return found[list(COLUMNS)]


def _pairs(a: list[FirmName], b: list[FirmName], keep: int) -> pd.DataFrame:
    """Positions of pairs that are not different, with verdict, score and reasons."""
    rows = _told(a, b, *_may_be_same(a, b))
    # What a short name may stand for besides is shown, even where one firm begins with it.
    settled = {row[0] for row in rows if row[2] == "same" and not is_short(a[row[0]])}
    rest = np.array([x for x in range(len(a)) if x not in settled], dtype=np.intp)
    brief = np.array([is_short(a[x]) for x in rest], dtype=bool)
    rows += _told(a, b, *_alike(rest[~brief], a, b, keep))
    if brief.any():
        heads_b = [_head(name) for name in b]
        x, y = pairs_by_rare_bigrams([_head(a[p]) for p in rest[brief]], heads_b, keep=keep, gaps=2)
        rows += _told(a, b, rest[brief][x], y)
    frame = pd.DataFrame(rows, columns=["i", "j", "verdict", "score", "reasons"])
    return frame[frame["verdict"] != "different"].drop_duplicates(["i", "j"])


def _told(
    a: list[FirmName], b: list[FirmName], i: Iterable[int], j: Iterable[int]
) -> list[tuple[int, int, str, float, str]]:
    found: list[tuple[int, int, str, float, str]] = []
    for x, y in zip(i, j, strict=True):
        likeness = liken(a[x], b[y])
        found.append((int(x), int(y), likeness.verdict, likeness.score, ",".join(likeness.reasons)))
    return found


def _alike(left: Positions, a: list[FirmName], b: list[FirmName], keep: int) -> tuple[Positions, Positions]:
    """Of the names that share rare characters with each of ``left``, those written most alike."""
    none = np.array([], dtype=np.intp)
    if not len(left):
        return none, none
    heads_a, heads_b = [_head(a[p]) for p in left], [_head(name) for name in b]
    x, y = pairs_by_rare_bigrams(heads_a, heads_b, keep=keep * _LOOKED_AT)
    if not len(x):
        return none, none
    alike = process().cpdist([heads_a[p] for p in x], [heads_b[p] for p in y], scorer=fuzz().ratio)
    order = np.lexsort((y, -alike, x))
    x, y = x[order], y[order]
    nth = np.arange(len(x)) - np.searchsorted(x, x, side="left")
    return left[x[nth < keep]], y[nth < keep]


def _head(name: FirmName) -> str:
    """What of a name is looked up: brand and trades, the branch too."""
    return name.whole + name.branch


def _may_be_same(a: list[FirmName], b: list[FirmName]) -> tuple[Positions, Positions]:
    """All pairs that :func:`liken` can take for the same, and some that it does not."""
    keys_a, keys_b = ([list(_keys(name)) for name in names] for names in (a, b))
    left, right = (
        pd.DataFrame(
            {"key": [key for keys in found for key in keys], at: np.repeat(range(len(found)), _sizes(found))}
        )
        for found, at in ((keys_a, "i"), (keys_b, "j"))
    )
    both = left.merge(right, on="key")[["i", "j"]].drop_duplicates().sort_values(["i", "j"])
    return both["i"].to_numpy(dtype=np.intp), both["j"].to_numpy(dtype=np.intp)


def _sizes(found: list[list[tuple[str, ...]]]) -> list[int]:
    return [len(keys) for keys in found]


def _keys(name: FirmName) -> Iterable[tuple[str, ...]]:
    """Keys of which two names share at least one if they are the same.

    The whole name; brand and trades, where a place may be left out; and of a short name every beginning, of
    a full one the part that a short name has to cover.
    """
    branch = name.branch[-_BRANCH_END:]
    yield ("whole", name.whole, branch)
    if name.brand:
        yield ("brand", name.brand, *sorted(name.trades), branch)
    if is_short(name):
        text = short_text(name)
        yield from (("beginning", text[:size]) for size in range(2, len(text) + 1))
    elif not name.branch:
        places = "".join(name.places)
        yield from (("beginning", head) for head in {places + name.brand, name.brand} if len(head) >= 2)
