"""Land-use codes and what they mean for landeff, in the classifications that offices use side by side.

The same digits mean different things: ``1001`` is a railway in GB/T 21010 and industry in the land and sea
classification of 2023. So a code is read in a system, declared by the project or told from the whole column
(:func:`landeff.core.landuse.telling.tell_system`). A code that is not in its system is unknown, never
something by default. ``1201`` and ``2301`` (空闲地) are ``vacant``; 闲置 is a legal state that no code says.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from landeff.core.landuse import systems
from landeff.core.text import Term

#: Classes of land use, and their titles.
CLASSES: Mapping[str, Term] = MappingProxyType(
    {
        "industrial": Term("工业用地", "industrial"),
        "storage": Term("仓储用地", "storage"),
        "commercial": Term("商业服务业用地", "commercial"),
        "residential": Term("住宅用地", "residential"),
        "public": Term("公共管理与公共服务用地", "public"),
        "transport": Term("交通运输用地", "transport"),
        "green": Term("绿地林草", "green and woodland"),
        "water": Term("水域及水利设施", "water"),
        "farmland": Term("农用地", "farmland"),
        "vacant": Term("空闲地", "vacant"),
        "other": Term("其他土地", "other"),
    }
)

DEFAULT = "gbt21010"
#: System of a column in which the digits of several systems are mixed: its ambiguous codes stay unknown.
MIXED = "mixed"
#: System of a column whose codes are of no system here: all of them stay unknown.
FOREIGN = "foreign"
#: Systems that a project can declare, and their titles.
SYSTEMS: Mapping[str, Term] = MappingProxyType(
    {
        DEFAULT: Term("GB/T 21010-2017 与三调工作分类", "GB/T 21010-2017 and the third land survey"),
        "gbt21010_2007": Term("GB/T 21010-2007（二调）", "GB/T 21010-2007 (second land survey)"),
        "land_sea_2023": Term("用地用海分类（自然资发〔2023〕234号）", "land and sea classification of 2023"),
        "gb50137": Term("GB 50137-2011 城市用地", "GB 50137-2011, urban land"),
    }
)
_TEXTS = {
    DEFAULT: systems.GBT21010,
    "gbt21010_2007": systems.GBT21010_2007,
    "land_sea_2023": systems.LAND_SEA_2023,
    "gb50137": systems.GB50137,
}
_LETTER = re.compile(r"[A-Z][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Use:
    """What a code says: its title in its system, landeff's class, and whether it is construction land.

    ``land_use_class`` and ``is_developed`` are ``None`` where the code does not tell.
    """

    code: str
    title: str
    land_use_class: str | None
    is_developed: bool | None


@functools.cache
def uses(system: str) -> Mapping[str, Use]:
    """Every code of a system, by code.

    >>> uses("land_sea_2023")["1101"].title, uses("gbt21010")["1101"].title
    ('物流仓储用地', '河流水面')
    """
    found: dict[str, Use] = {}
    for line in _TEXTS[system].strip().splitlines():
        code, title, *rest = line.split()
        parent = next((found[code[:n]] for n in range(len(code) - 1, 0, -1) if code[:n] in found), None)
        own = [word for word in rest if word not in "+-?"]
        sign = [word for word in rest if word in "+-?"]
        inherited = (parent.land_use_class, parent.is_developed) if parent else (None, None)
        kind = (None if own[0] == "none" else own[0]) if own else inherited[0]
        found[code] = Use(code, title, kind, _SIGNS[sign[0]] if sign else inherited[1])
    return MappingProxyType(found)


_SIGNS = {"+": True, "-": False, "?": None}


@functools.cache
def use_of(code: str, system: str = DEFAULT) -> Use | None:
    """What a code says in a system; ``None`` where it is not a code of it.

    A letter behind a code of GB/T 21010 (``0810A``, ``1104K``) and the third level of the 2023 classification
    are read as the code they refine. Letter codes (``M1``) are those of GB 50137 whatever the system. Under
    :data:`MIXED` a code counts only where both systems give it the same class.

    >>> use_of("0810A").title, use_of("100101", "land_sea_2023").land_use_class, use_of("M2").land_use_class
    ('公园与绿地', 'industrial', 'industrial')
    >>> use_of("0601", "mixed") is None, use_of("0701", "mixed").land_use_class
    (True, 'residential')
    """
    code = code.strip().upper()
    if system == FOREIGN:
        return None
    if _LETTER.fullmatch(code):
        known = uses("gb50137")
        return known.get(code) or known.get(code[:2]) or known.get(code[:1])
    if system == MIXED:
        return _agreed(code)
    if system not in _TEXTS or system == "gb50137":
        return None
    known = uses(system)
    if system == DEFAULT and re.fullmatch(r".{4}[A-Z]", code):
        code = code[:4]
    if system == "land_sea_2023" and re.fullmatch(r"[0-9]{6}", code):
        code = code[:4]
    return known.get(code)


def _agreed(code: str) -> Use | None:
    """The meaning of a code that does not depend on which of the two systems it is of."""
    old, new = use_of(code, DEFAULT), use_of(code, "land_sea_2023")
    if old is None or new is None:
        return old or new
    same = (old.land_use_class, old.is_developed) == (new.land_use_class, new.is_developed)
    return old if same else None


def land_use_class(codes: pd.Series[str], system: pd.Series[str] | str = DEFAULT) -> pd.Series[str]:
    """Class of each land-use code, a key of :data:`CLASSES`; NaN where the code is missing or unknown.

    Args:
        system: a key of :data:`SYSTEMS`, :data:`MIXED` or :data:`FOREIGN`, for all codes or for each; missing
            is the default.

    >>> land_use_class(pd.Series(["0601", "0508", "0810A", "99", None])).tolist()
    ['industrial', 'storage', 'green', nan, nan]
    >>> land_use_class(pd.Series(["1001", "2301"]), "land_sea_2023").tolist()
    ['industrial', 'vacant']
    """
    found = _each(codes, system, lambda use: use.land_use_class)
    return found.astype("str").rename("land_use_class")


def is_developed(codes: pd.Series[str], system: pd.Series[str] | str = DEFAULT) -> pd.Series[bool]:
    """Whether land of each code is construction land; ``boolean``, NA where missing, unknown or not told.

    >>> is_developed(pd.Series(["0601", "1004", "1006", "1109", "1201", "1104", None])).tolist()
    [True, True, False, True, True, False, <NA>]
    """
    found = _each(codes, system, lambda use: use.is_developed)
    return found.astype("boolean").rename("is_developed")


def is_known(codes: pd.Series[str], system: pd.Series[str] | str = DEFAULT) -> pd.Series[bool]:
    """Whether each code is one of its system; ``bool``, false where missing.

    >>> is_known(pd.Series(["0601", "0605", "工业", None])).tolist()
    [True, False, False, False]
    """
    return _each(codes, system, lambda use: True).fillna(False).astype(bool).rename("is_known")


def _each(codes: pd.Series[str], system: pd.Series[str] | str, say: Callable[[Use], Any]) -> pd.Series[Any]:
    """``say(use)`` of every code that is known, worked out once for each different code and system."""
    named = system if isinstance(system, pd.Series) else pd.Series(system, index=codes.index, dtype="str")
    pairs = pd.DataFrame({"code": codes.astype("str"), "system": named.astype("str").fillna(DEFAULT)})
    known = pairs.dropna(subset=["code"]).drop_duplicates()
    found = [use_of(code, name) for code, name in zip(known["code"], known["system"], strict=True)]
    said = known.assign(said=pd.Series([use and say(use) for use in found], known.index, dtype="object"))
    return pairs.merge(said, on=["code", "system"], how="left")["said"].set_axis(codes.index)
