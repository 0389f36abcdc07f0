"""Candidates for each name among many: exact ones first, then those that share rare characters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.link.names.blocking import pairs_by_rare_bigrams
from landeff.link.names.compare import compare
from landeff.link.names.parse import FirmName, parse_all
from landeff.link.names.short import compare_short, is_short

COLUMNS = ("left", "right", "verdict", "score", "reasons", "n_same")
_KEEP = 10


def find_candidates(left: pd.Series[str], right: pd.Series[str], *, keep: int = _KEEP) -> pd.DataFrame:
    """Names of ``right`` that may be each name of ``left``, best first.

    Args:
        left, right: names as written; missing ones find nothing.
        keep: at most so many candidates a name.

    Returns:
        Columns :data:`COLUMNS`: index labels of ``left`` and ``right``, ``verdict`` (``same``, ``review``),
        ``score`` 0–1, ``reasons`` joined by ``,``, ``n_same``: how many names of ``right`` are ``same``, of
        which a single one can be accepted.

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
    i, j = _exact(a, b)
    rows = [_told(int(x), int(y), a[x], b[y]) for x, y in zip(i, j, strict=True)]
    settled = {row[0] for row in rows if row[2] == "same"}
    rest = np.array([x for x in range(len(a)) if x not in settled], dtype=np.intp)
    brief = np.array([is_short(a[x]) for x in rest], dtype=bool)
    heads_b = [_head(name) for name in b]
    for positions, gaps in ((rest[~brief], 0), (rest[brief], 2)):
        if len(positions):
            x, y = pairs_by_rare_bigrams([_head(a[p]) for p in positions], heads_b, keep=keep, gaps=gaps)
            rows += [
                _told(int(positions[p]), int(q), a[positions[p]], b[q]) for p, q in zip(x, y, strict=True)
            ]
    frame = pd.DataFrame(rows, columns=["i", "j", "verdict", "score", "reasons"])
    return frame[frame["verdict"] != "different"].drop_duplicates(["i", "j"])


def _head(name: FirmName) -> str:
    """What of a name is looked up: brand and trades, the branch too."""
    return "".join(name.places) + name.brand + "".join(name.trades) + name.branch


def _exact(a: list[FirmName], b: list[FirmName]) -> tuple[np.ndarray, np.ndarray]:
    """Pairs whose whole name and branch are the same."""
    left = pd.DataFrame({"key": [name.whole + "|" + name.branch for name in a], "i": range(len(a))})
    right = pd.DataFrame({"key": [name.whole + "|" + name.branch for name in b], "j": range(len(b))})
    both = left.merge(right, on="key")
    return both["i"].to_numpy(), both["j"].to_numpy()


def _told(i: int, j: int, a: FirmName, b: FirmName) -> tuple[int, int, str, float, str]:
    likeness = compare_short(a, b) if is_short(a) and not is_short(b) else compare(a, b)
    return i, j, likeness.verdict, likeness.score, ",".join(likeness.reasons)
