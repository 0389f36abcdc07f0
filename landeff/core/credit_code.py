"""Codes of enterprises: 统一社会信用代码 with its check digit, and the codes that came before it.

Sources: GB 32100-2015 (18 characters, weights 3^i mod 31), GB 11714-1997 (organisation code, mod 11), GS
15-2006 (15-digit number of the business register, ISO 7064 MOD 11,10), GB 11643-1999 (identity numbers, MOD
11-2). Vectorised over the characters; ``stdnum.cn.uscc`` is slower, and refuses the letters that GB 32100
allows for the registering authority (``N2`` of village cooperatives).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Status = Literal[
    "valid",
    "bad_check_digit",
    "register_number",
    "tax_number",
    "organisation_code",
    "identity_number",
    "other",
]

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_ORGANISATION = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_IDENTITY = np.array([pow(2, 17 - i, 11) for i in range(17)])
#: Letters that the alphabet leaves out, and what they are read for.
_CONFUSED = str.maketrans("OISZ", "0152")

Check = Callable[[npt.NDArray[np.int64]], npt.NDArray[np.bool_]]


def statuses(codes: pd.Series[str]) -> pd.Series[str]:
    """What each code is; missing where there is none.

    ``valid`` and ``bad_check_digit`` have the shape of a 统一社会信用代码; ``register_number`` (工商注册号)
    and ``tax_number`` (税务登记号) have 15 characters, ``organisation_code`` 9, each with the right check
    digit; ``identity_number`` is that of a natural person; ``other`` is none of these.

    >>> statuses(pd.Series(["91330100799655058B", "91330100799655058C", "799655058", "A1", None])).tolist()
    ['valid', 'bad_check_digit', 'organisation_code', 'other', nan]
    """
    text = codes.astype("str").reset_index(drop=True)
    found = pd.Series(None, index=text.index, dtype="object").mask(text.notna(), "other")
    length = text.str.len()
    for size, kinds in _KINDS.items():
        fits = (length == size).to_numpy(dtype=bool)
        if fits.any():
            values = _values(text[fits], size)
            for kind, check in kinds:  # the last one that fits
                found[text.index[fits][check(values)]] = kind
    return found.astype("str").set_axis(codes.index)


def proposed(code: str) -> str:
    """The valid code that was probably meant: small letters, O for 0, I for 1, S for 5, Z for 2; or nothing.

    >>> proposed("9133O10079965505 8b")
    '91330100799655058B'
    """
    meant = "".join(code.replace("-", " ").split()).upper().translate(_CONFUSED)
    is_right = len(meant) == 18 and bool(_is_credit(_values(pd.Series([meant]), 18))[0])
    return meant if is_right and meant != code else ""


def _values(text: pd.Series[str], length: int) -> npt.NDArray[np.int64]:
    """Place of each character in the alphabet, -1 for one that is not in it; a row a code."""
    codes = np.ascontiguousarray(text.to_numpy(dtype=f"U{length}"))
    points = codes.view(np.uint32).reshape(-1, length)
    places = np.full(128, -1)
    places[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
    return np.where(points < 128, places[np.minimum(points, 127)], -1)


def _is_shaped(values: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.asarray((values >= 0).all(axis=1) & (values[:, 1:8] < 10).all(axis=1), dtype=np.bool_)


def _is_credit(values: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    check = (31 - values[:, :17] @ _WEIGHTS % 31) % 31
    return np.asarray(_is_shaped(values) & (check == values[:, 17]), dtype=np.bool_)


def _is_organisation(values: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    # X as the check digit stands for 10; in the alphabet it is the 29th.
    x = ALPHABET.index("X")
    body = values[:, :8]
    # Letters count from A = 10 without the gaps of the alphabet of GB 32100.
    letters = np.array([int(letter, 36) for letter in ALPHABET])
    expected = (11 - letters[body] @ _ORGANISATION % 11) % 11
    last = np.where(values[:, 8] == x, 10, np.where(values[:, 8] < 10, values[:, 8], -1))
    right: npt.NDArray[np.bool_] = (values >= 0).all(axis=1) & (expected == last)
    return right


def _is_register(values: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    check = np.full(len(values), 10)
    for column in range(14):
        total = (check + values[:, column]) % 10
        check = np.where(total == 0, 10, total) * 2 % 11
    only_digits = ((values >= 0) & (values < 10)).all(axis=1)
    right: npt.NDArray[np.bool_] = only_digits & ((check + values[:, 14]) % 10 == 1)
    return right


def _is_identity(values: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    last = np.where(values[:, 17] == ALPHABET.index("X"), 10, values[:, 17])
    only_digits = ((values[:, :17] >= 0) & (values[:, :17] < 10)).all(axis=1)
    month = values[:, 10] * 10 + values[:, 11]
    day = values[:, 12] * 10 + values[:, 13]
    century = values[:, 6] * 10 + values[:, 7]
    is_date = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (century >= 18) & (century <= 20)
    right: npt.NDArray[np.bool_] = (12 - values[:, :17] @ _IDENTITY % 11) % 11 == last
    return only_digits & is_date & right & (last >= 0) & (last <= 10)


_KINDS: Mapping[int, Sequence[tuple[Status, Check]]] = MappingProxyType(
    {
        9: [("organisation_code", _is_organisation)],
        15: [
            ("tax_number", lambda values: _is_organisation(values[:, 6:])),
            ("register_number", _is_register),
        ],
        18: [("bad_check_digit", _is_shaped), ("identity_number", _is_identity), ("valid", _is_credit)],
    }
)
