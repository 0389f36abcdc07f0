"""Units at the edges; inside there are only m², CNY, ratios and dates.

1 mu (亩) is exactly 10 000 / 15 m²: 15 mu are one hectare, 1 km² is 1 500 mu.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

M2_PER_MU = 10_000 / 15
WAN = 10_000.0


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of ``dimension``; ``factor`` turns it into the unit used inside.

    Attributes:
        currency: the one a unit of money is of by its name; ``""`` for 元, which takes that of its source.
    """

    dimension: str
    factor: float
    currency: str = ""


UNITS: dict[str, Unit] = {
    "m2": Unit("area", 1.0),
    "㎡": Unit("area", 1.0),
    "平方米": Unit("area", 1.0),
    "平米": Unit("area", 1.0),
    "万平方米": Unit("area", 10_000.0),
    "万m2": Unit("area", 10_000.0),
    "亩": Unit("area", M2_PER_MU),
    "mu": Unit("area", M2_PER_MU),
    "公顷": Unit("area", 10_000.0),
    "ha": Unit("area", 10_000.0),
    "hectare": Unit("area", 10_000.0),
    "hm2": Unit("area", 10_000.0),
    "平方公里": Unit("area", 1_000_000.0),
    "平方千米": Unit("area", 1_000_000.0),
    "km2": Unit("area", 1_000_000.0),
    "acre": Unit("area", 4046.8564224),
    "ft2": Unit("area", 0.09290304),
    "元": Unit("money", 1.0),
    "cny": Unit("money", 1.0),
    "usd": Unit("money", 1.0, "USD"),
    "美元": Unit("money", 1.0, "USD"),
    "万美元": Unit("money", WAN, "USD"),
    "港元": Unit("money", 1.0, "HKD"),
    "万港元": Unit("money", WAN, "HKD"),
    "欧元": Unit("money", 1.0, "EUR"),
    "万欧元": Unit("money", WAN, "EUR"),
    "日元": Unit("money", 1.0, "JPY"),
    "万日元": Unit("money", WAN, "JPY"),
    "千元": Unit("money", 1_000.0),
    "万元": Unit("money", WAN),
    "ten thousand yuan": Unit("money", WAN),
    "百万元": Unit("money", 1_000_000.0),
    "亿元": Unit("money", 100_000_000.0),
    "元/亩": Unit("money_per_mu", 1.0),
    "万元/亩": Unit("money_per_mu", WAN),
    "万元/公顷": Unit("money_per_mu", WAN / 15),
    "%": Unit("ratio", 0.01),
    "1": Unit("ratio", 1.0),
    "m": Unit("length", 1.0),
    "米": Unit("length", 1.0),
    "人": Unit("count", 1.0),
    "tce": Unit("energy", 1.0),
    "吨标准煤": Unit("energy", 1.0),
    "t": Unit("mass", 1.0),
    "吨": Unit("mass", 1.0),
    "kwh": Unit("electricity", 1.0),
    "万kwh": Unit("electricity", WAN),
    "万千瓦时": Unit("electricity", WAN),
}

_IN_HEADER = re.compile(r"[（(\[【]\s*(?:单位\s*[:：]\s*)?([^（()）\]】]+?)\s*[)）\]】]\s*$")


def unit_of(name: str) -> Unit | None:
    """The unit called ``name`` (``None`` where there is none); full width and case do not matter.

    >>> unit_of("万元").factor
    10000.0
    """
    return UNITS.get(unicodedata.normalize("NFKC", name).strip().lower()) or UNITS.get(name.strip())


def unit_in_header(header: str) -> tuple[str, str | None]:
    """Split a header such as ``面积（公顷）`` into its bare name and the unit it names.

    >>> unit_in_header("面积（公顷）")
    ('面积', '公顷')
    >>> unit_in_header("备注（必填）")
    ('备注（必填）', None)
    """
    match = _IN_HEADER.search(header)
    if match and unit_of(match.group(1)):
        return header[: match.start()].strip(), match.group(1)
    return header.strip(), None


def to_mu(area_m2: float) -> float:
    """Square metres to mu.

    >>> round(to_mu(1_000_000), 6)
    1500.0
    """
    return area_m2 / M2_PER_MU
