"""Where a project says it is: only ever used to catch layers that lie somewhere else.

The boxes of the 34 provinces are engineering data: rounded to 0.1°, no boundary of anything, and used with a
margin. They tell a layer from the wrong zone or with swapped axes, nothing finer.
"""

from __future__ import annotations

from dataclasses import dataclass

from landeff.core.shift import Box

_MARGIN = 0.1  # degrees around a declared extent, some 10 km
_PROVINCE_MARGIN = 0.3

#: First two digits of GB/T 2260 → west, south, east, north in degrees.
PROVINCES: dict[str, Box] = {
    "11": (115.4, 39.4, 117.5, 41.1),  # 北京
    "12": (116.7, 38.5, 118.1, 40.3),  # 天津
    "13": (113.4, 36.0, 119.9, 42.7),  # 河北
    "14": (110.2, 34.5, 114.6, 40.8),  # 山西
    "15": (97.1, 37.4, 126.1, 53.4),  # 内蒙古
    "21": (118.8, 38.7, 125.8, 43.5),  # 辽宁
    "22": (121.6, 40.8, 131.4, 46.4),  # 吉林
    "23": (121.1, 43.4, 135.1, 53.6),  # 黑龙江
    "31": (120.8, 30.6, 122.3, 31.9),  # 上海
    "32": (116.3, 30.7, 122.0, 35.2),  # 江苏
    "33": (118.0, 27.0, 123.2, 31.2),  # 浙江
    "34": (114.8, 29.3, 119.7, 34.7),  # 安徽
    "35": (115.8, 23.5, 120.8, 28.4),  # 福建
    "36": (113.5, 24.4, 118.5, 30.1),  # 江西
    "37": (114.7, 34.3, 122.8, 38.5),  # 山东
    "41": (110.3, 31.3, 116.7, 36.4),  # 河南
    "42": (108.3, 29.0, 116.2, 33.3),  # 湖北
    "43": (108.7, 24.6, 114.3, 30.2),  # 湖南
    "44": (109.6, 20.2, 117.4, 25.6),  # 广东
    "45": (104.4, 20.8, 112.1, 26.4),  # 广西
    "46": (108.1, 3.8, 117.9, 20.2),  # 海南
    "50": (105.2, 28.1, 110.2, 32.3),  # 重庆
    "51": (97.3, 26.0, 108.6, 34.4),  # 四川
    "52": (103.6, 24.6, 109.6, 29.3),  # 贵州
    "53": (97.5, 21.1, 106.2, 29.3),  # 云南
    "54": (78.3, 26.8, 99.2, 36.6),  # 西藏
    "61": (105.4, 31.7, 111.3, 39.6),  # 陕西
    "62": (92.3, 32.5, 108.8, 42.9),  # 甘肃
    "63": (89.4, 31.5, 103.1, 39.3),  # 青海
    "64": (104.2, 35.2, 107.7, 39.4),  # 宁夏
    "65": (73.4, 34.3, 96.4, 49.2),  # 新疆
    "71": (119.3, 21.7, 124.7, 26.0),  # 台湾
    "81": (113.8, 22.1, 114.5, 22.6),  # 香港
    "82": (113.5, 22.1, 113.7, 22.3),  # 澳门
}


@dataclass(frozen=True, slots=True)
class Place:
    """A box in degrees that the layers of a project belong into, margin included.

    Attributes:
        said: key of the project file that says so, as messages call it.
        is_exact: declared for the project, not merely the province.
    """

    box: Box
    said: str
    is_exact: bool

    def holds(self, box: Box) -> bool:
        """Whether a layer's box lies inside."""
        west, south, east, north = self.box
        return box[0] >= west and box[1] >= south and box[2] <= east and box[3] <= north

    def meets(self, box: Box) -> bool:
        """Whether a layer's box has a point inside."""
        return meets(self.box, box)


def meets(one: Box, other: Box) -> bool:
    """Whether two boxes share a point; a box that is not finite shares none.

    >>> meets((0, 0, 1, 1), (1, 1, 2, 2)), meets((0, 0, 1, 1), (2, 2, 3, 3))
    (True, False)
    """
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def widened(box: Box, margin: float) -> Box:
    """A box with a margin on every side."""
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def place_of(extent: Box | None, district_code: str = "") -> Place | None:
    """The place a project declares: its extent, else the province of its district code, else ``None``.

    >>> place_of((119.0, 32.0, 119.9, 33.4)).said
    'extent'
    >>> place_of(None, "321000").holds((119.4, 32.3, 119.5, 32.4)), place_of(None, "990000")
    (True, None)
    """
    if extent is not None:
        return Place(widened(extent, _MARGIN), "extent", True)
    province = PROVINCES.get(district_code[:2])
    return Place(widened(province, _PROVINCE_MARGIN), "district_code", False) if province else None
