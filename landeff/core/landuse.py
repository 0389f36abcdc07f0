"""Land-use codes of the national land survey and GB/T 21010, and what they mean for landeff.

Codes are matched by their longest known prefix, so that ``0810A`` is a square, as ``0810``, and ``08H1`` is
public land, as ``08``. The table is data: a code that is not in it is unknown, never something by default.

Source: GB/T 21010-2017 and the working classification of the third national land survey (三调工作分类),
which puts logistics storage under ``0508`` where GB/T 21010 has ``0604``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

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

#: Class of every code known, by prefix.
CLASS_OF_CODE: Mapping[str, str] = MappingProxyType(
    {
        "01": "farmland",
        "02": "farmland",
        "03": "green",
        "04": "green",
        "05": "commercial",
        "0508": "storage",
        "06": "industrial",
        "0604": "storage",
        "07": "residential",
        "08": "public",
        "0810": "green",
        "09": "public",
        "10": "transport",
        "11": "water",
        "1201": "vacant",
        "1202": "farmland",
        "1203": "farmland",
        "1204": "other",
        "1205": "other",
        "1206": "other",
        "1207": "other",
    }
)

#: Whether a code is construction land by the survey (开发面积), by prefix. Rural roads (1006) are not.
DEVELOPED_CODES: Mapping[str, bool] = MappingProxyType(
    {
        **{
            code: code[:2] in {"05", "06", "07", "08", "09", "10"} or code == "1201" for code in CLASS_OF_CODE
        },
        "1006": False,
    }
)


def _by_longest_prefix(codes: pd.Series[str], known: Mapping[str, object]) -> pd.Series[str]:
    text = codes.astype("str").str.strip()
    found = text.str[:4].map(known)
    return found.where(found.notna(), text.str[:2].map(known))


def land_use_class(codes: pd.Series[str]) -> pd.Series[str]:
    """Class of each land-use code, a key of :data:`CLASSES`; NaN where the code is missing or unknown.

    >>> land_use_class(pd.Series(["0601", "0508", "0810A", "99", None])).tolist()
    ['industrial', 'storage', 'green', nan, nan]
    """
    return _by_longest_prefix(codes, CLASS_OF_CODE).astype("str").rename("land_use_class")


def is_developed(codes: pd.Series[str]) -> pd.Series[bool]:
    """Whether land of each code counts as developed; ``boolean``, NA where the code is missing or unknown.

    >>> is_developed(pd.Series(["0601", "1004", "1006", "1201", "1104", None])).tolist()
    [True, True, False, True, False, <NA>]
    """
    return _by_longest_prefix(codes, DEVELOPED_CODES).astype("boolean").rename("is_developed")
