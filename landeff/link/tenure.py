"""How an enterprise came to stand on a parcel, told from the words of the occupancy table."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

#: Kind of tenure → words for it, compared in lower case without blanks.
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "owned": ("自有", "自有用地", "自用", "自建", "权利人", "出让", "划拨", "owned", "own", "holder"),
        "rented_in": (
            "租赁",
            "租用",
            "租入",
            "承租",
            "租",
            "转租入",
            "rented",
            "rented_in",
            "leased",
            "lease",
        ),
        "rented_out": ("出租", "租出", "转租", "转租出", "对外出租", "rented_out", "let", "let_out"),
        "unregistered": (
            *("实际占用", "未登记", "未办证", "无证", "占用", "未登记占用", "实际占用未登记"),
            *("unregistered", "occupied", "actual_occupation"),
        ),
    }
)
_KIND_OF = {word: kind for kind, words in WORDS.items() for word in words}


def tenure_kinds(tenure: pd.Series) -> pd.Series:
    """Kind of tenure of each row: a key of :data:`WORDS`; missing where blank or no such word.

    >>> tenure_kinds(pd.Series(["自有", " Leased ", "出 租", "借用"])).tolist()
    ['owned', 'rented_in', 'rented_out', nan]
    """
    words = tenure.dropna().astype("str").unique()
    kinds = {
        word: _KIND_OF.get("".join(unicodedata.normalize("NFKC", word).lower().split())) for word in words
    }
    return tenure.map(kinds).astype("str")
