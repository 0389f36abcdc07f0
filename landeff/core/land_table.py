"""The land table of a development zone (开发区土地集约利用评价): its codes and how they add up.

Lineage TD/T 1029-2010 and the annual statistics since 2018; codes as a provincial system uses them
(domain notes §3.2). A term is kept as an interval: equal ends where it is known, open where it is not. Sums
and differences narrow the intervals, so that whatever follows from the codes that are known is known too.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.text import Term

_CODES = """
total | 土地总面积 | land of the zone
a | A 已建成城镇建设用地 | A built urban land
a1 | A1 住宅用地 | A1 residential
a2 | A2 工矿仓储用地 | A2 industry, mining, storage
a3 | A3 交通运输用地 | A3 transport
a31 | A31 街巷用地 | A31 streets
a32 | A32 其他交通用地 | A32 other transport
a4 | A4 商服用地 | A4 commercial
a5 | A5 公共管理与公共服务用地 | A5 public
a51 | A51 公园绿地 | A51 parks
a52 | A52 其他公共管理与公共服务用地 | A52 other public
a6 | A6 其他城镇建设用地 | A6 other urban
b | B 未建成及其他可建设土地 | B not built, and other buildable land
b11 | B11 已建成农村工矿仓储用地 | B11 rural industry, mining, storage
b12 | B12 其他已建成建设用地 | B12 other built land
b21 | B21 已达到供地条件的其他土地 | B21 other land ready for supply
b22 | B22 未达到供地条件的土地 | B22 land not ready for supply
c | C 不可建设土地 | C not buildable
c1 | C1 河湖及蓄滞洪区 | C1 rivers and lakes
c2 | C2 自然、生态保护区 | C2 nature reserves
c3 | C3 其他不可建设土地 | C3 other
d | D 已供应国有建设用地 | D supplied state land
d1 | D1 划拨 | D1 allocated
d2 | D2 有偿使用 | D2 paid for
d21 | D21 有偿使用且未到期 | D21 paid for, within its term
d22 | D22 有偿使用已到期未处置 | D22 paid for, term over, not dealt with
e | E 尚可供应土地 | E still to supply
e1 | E1 尚可划拨 | E1 to allocate
e2 | E2 尚可有偿供应 | E2 to sell or lease
e21 | E21 尚可供应工矿仓储用地 | E21 industry and storage
e22 | E22 其他尚可有偿供应 | E22 other
f | F 不可供应土地 | F cannot be supplied
g | G 闲置土地 | G idle land
h | H 高新技术产业用地 | H high-tech land
h1 | H1 高新技术产业用地（一） | H1 high-tech land, first part
h2 | H2 高新技术产业用地（二） | H2 high-tech land, second part
ready | 已达到供地条件土地（A+B21） | ready for supply (A + B21)
buildable | 可建设土地（A+B） | buildable (A + B)
"""


def _codes() -> dict[str, Term]:
    rows = ([part.strip() for part in line.split("|")] for line in _CODES.strip().splitlines())
    return {code: Term(zh, en) for code, zh, en in rows}


#: Titles of the terms of the land table, in its order.
CODES: Mapping[str, Term] = MappingProxyType(_codes())
#: Terms that are the sum of others.
SUMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "a3": ("a31", "a32"),
        "a5": ("a51", "a52"),
        "a": ("a1", "a2", "a3", "a4", "a5", "a6"),
        "b": ("b11", "b12", "b21", "b22"),
        "c": ("c1", "c2", "c3"),
        "d2": ("d21", "d22"),
        "d": ("d1", "d2"),
        "e2": ("e21", "e22"),
        "e": ("e1", "e2"),
        "h": ("h1", "h2"),
        "total": ("a", "b", "c"),
        "ready": ("a", "b21"),
        "buildable": ("a", "b"),
    }
)
#: Widest interval, in m², that counts as a known value: rounding of sums of areas.
KNOWN_M2 = 0.5
_ROUNDS = 4
_STEP_M2 = 0.01
Ends = npt.NDArray[np.float64]


def column_of(code: str) -> str:
    """Column that holds a term in m².

    >>> column_of("a2")
    'land_a2_m2'
    """
    return f"land_{code}_m2"


def narrowed(low: pd.DataFrame, high: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Intervals made as narrow as the sums allow.

    Args:
        low, high: one row a zone, one column a term of :data:`CODES`; 0 and infinity where nothing is known.

    Returns:
        both ends; where terms contradict each other by more than rounding, an end may pass the other.

    >>> one = pd.DataFrame(0.0, index=["Z"], columns=list(CODES)); two = one + np.inf
    >>> for code, area in {"total": 100.0, "a": 60.0, "c": 10.0}.items(): one[code] = two[code] = area
    >>> low, high = narrowed(one, two)
    >>> [float(end.loc["Z", code]) for end in (low, high) for code in ("b", "b21")]
    [30.0, 0.0, 30.0, 30.0]
    """
    least = {str(code): low[code].to_numpy(dtype="float64") for code in low}
    most = {str(code): high[code].to_numpy(dtype="float64") for code in high}
    for _ in range(_ROUNDS):
        for whole, parts in SUMS.items():
            _raise(least, whole, sum(least[part] for part in parts))
            _lower(most, whole, sum(most[part] for part in parts))
            for part in parts:
                others = [name for name in parts if name != part]
                _lower(most, part, most[whole] - sum(least[name] for name in others))
                _raise(least, part, least[whole] - sum(most[name] for name in others))
    return (
        pd.DataFrame(least, index=low.index)[list(low)],
        pd.DataFrame(most, index=high.index)[list(high)],
    )


def _raise(ends: dict[str, Ends], code: str, found: Ends | int) -> None:
    """Take a higher lower end; not for a rounding error, which would grow from round to round."""
    ends[code] = np.where(found > ends[code] + _STEP_M2, found, ends[code])


def _lower(ends: dict[str, Ends], code: str, found: Ends | int) -> None:
    """Take a lower upper end, likewise."""
    ends[code] = np.where(found < ends[code] - _STEP_M2, found, ends[code])


def known_values(low: pd.DataFrame, high: pd.DataFrame) -> pd.DataFrame:
    """Terms that are known, NaN elsewhere: the lower end of an interval no wider than :data:`KNOWN_M2`."""
    return low.where((high - low).abs() <= KNOWN_M2)


def missing_codes(known: Mapping[str, bool], code: str) -> tuple[str, ...]:
    """The codes to ask for where a term is unknown: its unknown parts, down to the last.

    >>> missing_codes({"a": True, "b21": False, "ready": False}, "ready")
    ('B21',)
    """
    if known.get(code, False):
        return ()
    parts = [part for part in SUMS.get(code, ()) if not known.get(part, False)]
    found = [leaf for part in parts for leaf in missing_codes(known, part)]
    return tuple(dict.fromkeys(found)) or (code.upper(),)
