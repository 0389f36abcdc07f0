"""宗地代码 (19 characters) and 不动产单元代码 (28): parts, and what is wrong with a code.

Structure: GB/T 37346-2019 不动产单元设定与代码编制规则, 5.2. District 6, cadastral area 3 and sub-area 3,
ownership 1, kind of parcel 1, serial number 5; a unit goes on with its kind of fixture 1 and its number 8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from landeff.core.text import Term

PARCEL_LENGTH, UNIT_LENGTH = 19, 28
#: Between several codes or numbers in one cell.
SEVERAL = r"[、；;，,]"

OWNERSHIP: Mapping[str, Term] = MappingProxyType(
    {
        "G": Term("国家所有", "owned by the state"),
        "J": Term("集体所有", "owned by a collective"),
        "Z": Term("所有权争议", "ownership in dispute"),
    }
)
KIND: Mapping[str, Term] = MappingProxyType(
    {
        "A": Term("集体土地所有权宗地", "ownership of a collective"),
        "B": Term("建设用地使用权宗地（地表）", "use for construction, surface"),
        "C": Term("宅基地使用权宗地", "homestead"),
        "D": Term("土地承包经营权宗地（耕地）", "contracted farmland"),
        "E": Term("土地承包经营权宗地（林地）", "contracted woodland"),
        "F": Term("土地承包经营权宗地（草地）", "contracted grassland"),
        "G": Term("无居民海岛", "uninhabited island"),
        "H": Term("海域使用权宗海", "use of sea"),
        "S": Term("建设用地使用权宗地（地上）", "use for construction, above ground"),
        "W": Term("使用权未确定或有争议的土地", "use undetermined or in dispute"),
        "X": Term("建设用地使用权宗地（地下）", "use for construction, below ground"),
        "Y": Term("其他使用权土地", "other use"),
    }
)
FIXTURE: Mapping[str, Term] = MappingProxyType(
    {
        "F": Term("房屋", "buildings"),
        "L": Term("林木", "trees"),
        "Q": Term("其他定着物", "other fixtures"),
        "W": Term("无定着物", "no fixtures"),
    }
)

_PATTERN = (
    r"^(?P<division>[0-9]{6})(?P<area>[0-9]{3})(?P<sub_area>[0-9]{3})"
    rf"(?P<ownership>[{''.join(OWNERSHIP)}])(?P<kind>[{''.join(KIND)}])(?P<serial>[0-9]{{5}})"
    rf"(?:(?P<fixture>[{''.join(FIXTURE)}])(?P<unit>[0-9]{{8}}))?$"
)
_SHAPE = re.sub(r"\?P<\w+>", "?:", _PATTERN)
#: Letters that are read for digits; in the two places of letters they may be right.
_CONFUSED = str.maketrans("OoIlSsZ", "0011552")


def parts(codes: pd.Series[str]) -> pd.DataFrame:
    """The parts of each code: ``division, area, sub_area, ownership, kind, serial, fixture, unit``.

    All missing where a code has not the shape of one; ``fixture`` and ``unit`` missing where it is a parcel.

    >>> parts(pd.Series(["321003001002GB00012W00000000"])).iloc[0].tolist()
    ['321003', '001', '002', 'G', 'B', '00012', 'W', '00000000']
    """
    return codes.astype("str").str.extract(_PATTERN)


def parcel_of(codes: pd.Series[str]) -> pd.Series[str]:
    """The parcel that a unit stands on: its first 19 characters; any other code as it is.

    >>> parcel_of(pd.Series(["321003001002GB00012F00010001", "A-1"])).tolist()
    ['321003001002GB00012', 'A-1']
    """
    is_unit = parts(codes)["unit"].notna()
    return codes.mask(is_unit, codes.str[:PARCEL_LENGTH])


def faults(codes: pd.Series[str]) -> pd.Series[str]:
    """What is wrong with each code, in words; missing where nothing is, or where there is no code.

    >>> faults(pd.Series(["321003001002GB00012", "321003001002GB0012", "321003001002QB00012"])).tolist()
    [nan, '18 characters, not 19 or 28', 'no such ownership: Q']
    """
    text = codes.astype("str")
    wrong = text.notna() & ~text.str.fullmatch(_SHAPE).fillna(False).astype(bool)
    why = pd.Series(None, index=codes.index, dtype="object")
    why[wrong] = [_fault(code) for code in text[wrong]]
    return why.mask(~wrong & text.str[14:19].eq("00000"), "its serial number is 00000").astype("str")


def proposed(code: str) -> str:
    """The code as it was probably meant (letters read for digits, small letters), or nothing.

    >>> proposed("32100300lOO2gb00012")
    '321003001002GB00012'
    """
    text = "".join(code.split())
    meant = text[:12].translate(_CONFUSED) + text[12:14].upper() + text[14:19].translate(_CONFUSED)
    meant += text[19:20].upper() + text[20:].translate(_CONFUSED)
    return meant if re.fullmatch(_SHAPE, meant) and meant != code else ""


def _fault(code: str) -> str:
    if len(code) not in (PARCEL_LENGTH, UNIT_LENGTH):
        return f"{len(code)} characters, not 19 or 28"
    digits = code[:12] + code[14:19] + code[20:]
    if not (digits.isascii() and digits.isdigit()):
        return "a letter where a digit belongs"
    if code[12] not in OWNERSHIP:
        return f"no such ownership: {code[12]}"
    if code[13] not in KIND:
        return f"no such kind of parcel: {code[13]}"
    return f"no such kind of fixture: {code[19:20]}"
