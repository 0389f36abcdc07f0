"""What a file of 界址点坐标 (勘测定界界址点坐标交换格式) is made of: for its reader and its writer.

A text of sections: ``[属性描述]`` with ``key=value`` lines, then ``[地块坐标]`` with one row a parcel
(``界址点数,地块面积,地块编号,地块名称,记录图形属性,图幅号,地块用途,地类编码,@``), followed by one row a point
(``点号,圈号,X,Y``: X is north, Y is east).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from landeff.core.datums import (
    ZONES,
    Datum,
    Width,
    datum_of,
    easting_prefix,
    gauss_kruger,
    meridian_of,
    superseded,
)

HEAD, PARCELS = "属性描述", "地块坐标"
#: ``GeoDataFrame.attrs`` entry under which a reader hands the head on to a writer.
ATTRS = "boundary_points"
SYSTEM, WIDTH, PROJECTION, UNIT, ZONE = "坐标系", "几度分带", "投影类型", "计量单位", "带号"
PRECISION, CONVERSION = "精度", "转换参数"
VERSION, OFFICE, DATE = "格式版本号", "数据产生单位", "数据产生日期"
#: Keys of the head in their order.
KEYS = (VERSION, OFFICE, DATE, SYSTEM, WIDTH, PROJECTION, UNIT, ZONE, PRECISION, CONVERSION)

ID, NAME, AREA, SHEET, USE, CLASS = (
    "地块编号",
    "地块名称",
    "地块面积（公顷）",
    "图幅号",
    "地块用途",
    "地类编码",
)
COLUMNS = (ID, NAME, AREA, SHEET, USE, CLASS)
#: The ninth cell of some provinces, and the words it holds.
LEVEL, LEVELS = "地上地下", ("地上", "地下", "地表", "地上地下")
#: Cells 9 to 13 of the long row (增减挂钩, 耕地质量).
LONG = ("图斑类型", "地类", "改造前等别", "改造后等别", "备注")
AREA_SHAPE = "面"

_DATUM_WORDS: Mapping[str, str] = MappingProxyType(
    {"CGCS2000": "2000国家大地坐标系", "Xian 1980": "1980西安坐标系", "Beijing 1954": "1954北京坐标系"}
)


@dataclass(frozen=True, slots=True)
class Plane:
    """A Gauss-Krüger plane as the head of such a file names it."""

    datum: Datum
    width: Width
    zone: int
    is_prefixed: bool

    @property
    def crs(self) -> str:
        """Its EPSG code."""
        return gauss_kruger(self.zone, self.width, prefixed=self.is_prefixed, datum=self.datum)

    @property
    def keys(self) -> dict[str, str]:
        """Its lines in the head.

        >>> Plane("CGCS2000", 3, 40, True).keys["坐标系"]
        '2000国家大地坐标系'
        """
        return {
            SYSTEM: _DATUM_WORDS[self.datum],
            WIDTH: str(self.width),
            PROJECTION: "高斯克吕格",
            UNIT: "米",
            ZONE: str(self.zone),
        }


def plane_of(crs: CRS) -> Plane | None:
    """The plane of a CRS, ``None`` where such a file cannot name it (degrees, UTM, a meridian of its own).

    >>> plane_of(CRS("EPSG:4549"))
    Plane(datum='CGCS2000', width=3, zone=40, is_prefixed=False)
    >>> plane_of(CRS("EPSG:4490")) is None
    True
    """
    datum: Datum | None = superseded(crs)  # type: ignore[assignment]  # one of the two names of a Datum
    if datum is None and datum_of(crs) == "China 2000":
        datum = "CGCS2000"
    prefix, meridian = easting_prefix(crs), meridian_of(crs)
    if datum is None or prefix is None or meridian is None:
        return None
    widths: tuple[Width, Width] = (3, 6) if "3-degree" in crs.name or prefix > 23 else (6, 3)
    for width in widths:
        zone = round(meridian / 3) if width == 3 else round((meridian + 3) / 6)
        is_zone = zone in ZONES[width] and prefix in (0, zone)
        if is_zone and _same_plane(crs, CRS(gauss_kruger(zone, width, prefixed=prefix > 0, datum=datum))):
            return Plane(datum, width, zone, prefix > 0)
    return None


def _same_plane(crs: CRS, known: CRS) -> bool:
    return _parameters(crs) == _parameters(known)


def _parameters(crs: CRS) -> dict[str, float]:
    operation = crs.coordinate_operation
    if operation is None:
        return {}
    return {each.name: round(float(each.value), 9) for each in operation.params}


def digits_of(precision: str) -> int | None:
    """Decimals that 精度 asks for: ``0.001`` and ``3`` mean three; ``None`` where it says nothing usable.

    >>> [digits_of(text) for text in ("0.001", "0.01", "3", "", "0.005")]
    [3, 2, 3, None, None]
    """
    text = precision.strip()
    if re.fullmatch(r"0\.0{0,5}1", text):
        return len(text) - 2
    return int(text) if re.fullmatch(r"[2-6]", text) else None


def on_grid(geometries: npt.NDArray[np.object_], digits: int) -> npt.NDArray[np.object_]:
    """Geometries with coordinates rounded to ``digits`` decimals, heights dropped.

    >>> shapely.get_coordinates(on_grid(np.array([shapely.Point(0.12345, 2)]), 3)).tolist()
    [[0.123, 2.0]]
    """
    rounded: npt.NDArray[np.object_] = shapely.transform(
        shapely.force_2d(geometries), lambda xy: np.round(xy, digits)
    )
    return rounded
