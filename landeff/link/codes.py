"""Codes of enterprises put right and brought up to date: letters read for digits, numbers of before 2015.

A code is changed only where exactly one reading makes it right. Sources: GB 32100-2015 (统一社会信用代码,
positions 9–17 are the organisation code), GB 11714-1997 (organisation code), 国发〔2015〕33号 (one code in
place of the organisation code, the number of the business register and the tax number).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from landeff.core.credit_code import statuses
from landeff.link.names.extra import exchanges

LENGTH = 18
#: What a character that the alphabet of GB 32100 leaves out is read for; a small l is taken for 1 or L.
_READ_FOR = {
    "O": "0",
    "o": "0",
    "〇": "0",
    "I": "1",
    "i": "1",
    "l": "1L",
    "|": "1",
    "S": "5",
    "s": "5",
    "Z": "2",
    "z": "2",
}
_DASHES = "-‐‑–—_./·"
_ORGANISATION = slice(8, 17)


def plain(code: str) -> str:
    """A code in half width, without blanks, hyphens and a text mark in front; small letters stay small.

    >>> plain(" ９１３３ 0100-79965505 8B")
    '91330100799655058B'
    """
    text = unicodedata.normalize("NFKC", code).lstrip("'`’")
    return "".join(char for char in text if not char.isspace() and char.isprintable() and char not in _DASHES)


def repaired(codes: pd.Series[str]) -> pd.Series[str]:
    """The 统一社会信用代码 that each code was meant to be, where exactly one is right.

    Read differently are O, I, S and Z, which the standard leaves out (0, 1, 5, 2), a small l (1 or L), other
    small letters, full width, blanks and hyphens. Both check digits, that of the code and that of the
    organisation code in it, have to be right, so that a code with another fault is hardly ever made right by
    chance.

    Returns:
        Same index; missing where the code is right already, is no code, or no single reading is right.

    >>> repaired(pd.Series(["9133O100799655058B", "91330100799655058B", "91330100799655058C"])).tolist()
    ['91330100799655058B', nan, nan]
    """
    given = codes.dropna()
    readings = [
        (code, reading) for code in sorted(given.unique()) for reading in _readings(code) if reading != code
    ]
    table = pd.DataFrame(readings, columns=["code", "reading"], dtype="str")
    if table.empty:
        return pd.Series(np.nan, index=codes.index, dtype="str")
    is_right = statuses(table["reading"]).eq("valid")
    is_right &= statuses(table["reading"].str[_ORGANISATION]).eq("organisation_code")
    already = statuses(table["code"]).eq("valid")
    right = table[is_right & ~already].drop_duplicates("code", keep=False)
    return codes.map(right.set_index("code")["reading"]).astype("str")


def _readings(code: str) -> Iterable[str]:
    """All ways to read a code of 18 characters; one that cannot be shown in a few ways is left alone."""
    text = plain(code)
    if len(text) != LENGTH:
        return set()
    ways = [_READ_FOR.get(char, char.upper()) for char in text]
    if np.prod([len(way) for way in ways]) > 64:
        return set()
    return {"".join(reading) for reading in itertools.product(*ways)}


def organisation_codes(codes: pd.Series[str]) -> pd.Series[str]:
    """The organisation code in each code of an enterprise, of whatever time; missing where there is none.

    Of a 统一社会信用代码 positions 9–17, of a 15-digit tax number the last nine, a 9-digit organisation code
    itself (``79965505-8`` as well). A 15-digit number of the business register holds none. The check digit of
    the organisation code has to be right.

    >>> codes = ["91330100799655058B", "330100799655058", "79965505-8", "330100000012345"]
    >>> organisation_codes(pd.Series(codes)).tolist()
    ['799655058', '799655058', '799655058', nan]
    """
    text = codes.dropna().map(plain).str.upper()
    length = text.str.len()
    inner = text.str[_ORGANISATION].where(length == LENGTH, text.str[-9:].where(length.isin([9, 15])))
    is_right = statuses(inner).eq("organisation_code")
    return inner.where(is_right).reindex(codes.index).astype("str")


def by_organisation(codes: pd.Series[str], known: Iterable[str]) -> pd.Series[str]:
    """The known code that holds the same organisation code in another form, where there is just one.

    An old number finds the 统一社会信用代码 that holds it, and the other way round where a register is old.

    >>> by_organisation(pd.Series(["330100799655058"]), ["91330100799655058B"]).tolist()
    ['91330100799655058B']
    """
    of_known = pd.Series(sorted(set(known)), dtype="str")
    table = pd.DataFrame({"inner": organisation_codes(of_known), "known": of_known}).dropna()
    given = pd.DataFrame({"code": codes.dropna().unique()}, dtype="str")
    given["inner"] = organisation_codes(given["code"])
    pairs = given.dropna().merge(table, on="inner")
    pairs = pairs[pairs["code"].map(plain).str.len() != pairs["known"].map(plain).str.len()]
    found = pairs.drop_duplicates("code", keep=False).set_index("code")["known"]
    return codes.map(found).astype("str")


def edits(a: str, b: str) -> int:
    """Characters changed, left out, added or exchanged with their neighbour between two codes.

    >>> edits("91330100799655058B", "91330100799650558B")
    1
    """
    return int(exchanges()(a, b))
