"""Words of a ledger of disposals as codes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landeff.publish.terms import TERMS
from landeff.standards.disposal import Scheme


def codes(words: pd.Series, known: Mapping[str, str]) -> pd.Series:
    """Code of each word, whatever blanks and brackets it is written with; missing where none is known.

    >>> codes(pd.Series([" 已 销号", "？", None]), {"已销号": "disposed"}).fillna("-").tolist()
    ['disposed', '-', '-']
    """
    plain = dict(zip(_plain(pd.Series(list(known), dtype="str")), known.values(), strict=True))
    return _plain(words.astype("str")).map(plain).astype("str")


def categories(scheme: Scheme) -> Mapping[str, str]:
    """Words for lists and for inventory classes."""
    classes = {
        word: code
        for (group, code), title in TERMS.items()
        if group == "inventory" and code != "none"
        for word in (code, title.zh, title.en)
    }
    return {**classes, **scheme.words_of("lists")}


def _plain(words: pd.Series) -> pd.Series:
    return words.str.normalize("NFKC").str.casefold().str.replace(r"\s", "", regex=True)
