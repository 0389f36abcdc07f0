"""Administrative divisions (GB/T 2260), those abolished included, from the table of python-stdnum.

The table gives the years of a code. Codes of development zones in statistics (``321071``) are in no standard:
they take 71 to 79 below their prefecture.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from stdnum import numdb

Status = Literal["current", "superseded", "statistical", "unknown"]

#: Created after the table was made.
_NEWER: Mapping[str, str] = MappingProxyType({"330113": "[2021-]临平区", "330114": "[2021-]钱塘区"})
#: What became of an abolished division, where all of it went to one.
_SUCCESSORS: Mapping[str, str] = MappingProxyType({"321011": "321003", "321088": "321012"})
#: Zones of statistics by name.
_ZONES: Mapping[str, str] = MappingProxyType({"321071": "扬州经济技术开发区"})
_ENTRY = re.compile(r"(?:\[(\d{4})?-(\d{4})?\])?([^,\[\]]+)")


@dataclass(frozen=True, slots=True)
class Division:
    """A division as its code stands for it: ``until`` is the last year of an abolished one."""

    code: str
    name: str
    status: Status
    until: int | None = None
    successor: str = ""


@functools.cache
def division(code: str) -> Division:
    """What a six-digit code stands for.

    >>> division("321012").name, division("321011").until, division("321011").successor
    ('江都区', 2010, '321003')
    >>> division("321071").status, division("999999").status
    ('statistical', 'unknown')
    """
    if not re.fullmatch(r"[0-9]{6}", code):
        return Division(code, "", "unknown")
    entries = _ENTRY.findall(_county(code))
    if entries:
        _, until, name = entries[-1]
        if until:
            return Division(code, name, "superseded", int(until), _SUCCESSORS.get(code, ""))
        return Division(code, name, "current")
    if code in _ZONES or (code[4] == "7" and code[5] != "0" and _county(f"{code[:4]}00")):
        return Division(code, _ZONES.get(code, ""), "statistical")
    return Division(code, "", "unknown")


def _county(code: str) -> str:
    if code in _NEWER:
        return _NEWER[code]
    found = numdb.get("cn/loc").info(code)
    return str(found[-1][1].get("county", "")) if len(found) == 2 else ""
