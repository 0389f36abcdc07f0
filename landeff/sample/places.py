"""Where the invented zones lie, how they are called and how large they are."""

from __future__ import annotations

from dataclasses import dataclass

SYNTHETIC = "合成数据 SYNTHETIC"
CITY = "示例市（仿扬州）"
CRS = "EPSG:4528"
#: Easting and northing of the middle of the city (about 119.4° E, 32.4° N).
CENTRE = (40_443_600.0, 3_586_000.0)

#: District codes as in Yangzhou; the development zone has a code of its own in statistics.
DISTRICTS = {
    "321071": "示例经开区",
    "321003": "示例邗江区",
    "321002": "示例广陵区",
    "321012": "示例江都区",
    "321081": "示例仪征市",
    "321084": "示例高邮市",
    "321023": "示例宝应县",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One zone to draw: its centre in km from the middle of the city, its size, and its shape."""

    zone_id: str
    name: str
    level: str
    district_code: str
    centre_km: tuple[float, float]
    area_km2: float
    n_parks: int
    #: Second part of the zone, as offset in km and share of the area (一区多片).
    exclave: tuple[float, float, float] | None = None
    river: str = "row"


PLACES = (
    Place("SL01", "示例经济技术开发区", "国家级", "321071", (2, -14), 56, 3, river="row"),
    Place("SL02", "示例高新技术产业开发区", "国家级", "321003", (-12, -4), 44, 3, river="column"),
    Place("SL03", "示例江滨经济开发区", "省级", "321081", (-25, -13), 30, 2, (4.4, 4.6, 0.25)),
    Place("SL04", "示例城西经济开发区", "省级", "321003", (-4, 7), 25, 2, river="column"),
    Place("SL05", "示例城东经济开发区", "省级", "321002", (8, -2), 22, 2),
    Place("SL06", "示例东桥高新技术产业开发区", "省级", "321002", (15, -10), 14, 1, river="column"),
    Place("SL07", "示例运东经济开发区", "省级", "321012", (21, 3), 30, 2, (-4.8, 3.6, 0.2)),
    Place("SL08", "示例运西高新技术产业开发区", "省级", "321012", (26, -11), 16, 1),
    Place("SL09", "示例湖东经济开发区", "省级", "321084", (9, 17), 25, 2, river="column"),
    Place("SL10", "示例湖西高新技术产业开发区", "省级", "321084", (-7, 20), 15, 1),
    Place("SL11", "示例水乡经济开发区", "省级", "321023", (2, 31), 23, 2, (5.0, -2.6, 0.22)),
)  # fmt: skip
