"""Words the data use for places, in both languages: levels of zones, all zones together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from landeff.core.text import Term

#: Levels as registers of development zones write them; what no one knows here is shown as it is written.
_WORDS: Mapping[str, Term] = MappingProxyType(
    {
        zh: Term(zh, en)
        for zh, en in (
            ("全部园区", "all zones"),
            ("国家级", "national"),
            ("省级", "provincial"),
            ("市级", "municipal"),
            ("县级", "county"),
            ("园中园", "sub-park"),
            ("国家级开发区", "national zone"),
            ("省级开发区", "provincial zone"),
        )
    }
)


def place_words(names: pd.Series) -> pd.Series:
    """Names of places and levels, same index, those that are words of the language as terms.

    >>> [str(each) for each in place_words(pd.Series(["甲园"]))]
    ['甲园']
    >>> place_words(pd.Series(["国家级"]))[0].en
    'national'
    """
    found = [_WORDS.get(name, name) if isinstance(name, str) else name for name in names]
    return pd.Series(found, index=names.index, dtype=object)
