"""Which datum a coordinate system stands on, and the EPSG codes of China's Gauss-Krüger systems.

EPSG registry (v11): for each datum the codes of zones and of central meridians run without gaps, so that a
code is an offset plus the zone number. 3° zones are 25–45 (75°E–135°E, meridian = 3 · zone), 6° zones 13–23
(75°E–135°E, meridian = 6 · zone − 3): a prefix of two digits tells which of the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from pyproj import CRS
from pyproj.exceptions import CRSError

Datum = Literal["CGCS2000", "Xian 1980", "Beijing 1954"]
Width = Literal[3, 6]

ZONES: Mapping[Width, range] = MappingProxyType({3: range(25, 46), 6: range(13, 24)})
#: EPSG code minus zone number, by datum, width of zone and whether eastings carry the zone number.
_OFFSETS: Mapping[tuple[str, Width, bool], int] = MappingProxyType(
    {
        ("CGCS2000", 3, True): 4488,
        ("CGCS2000", 3, False): 4509,
        ("CGCS2000", 6, True): 4478,
        ("CGCS2000", 6, False): 4489,
        ("Xian 1980", 3, True): 2324,
        ("Xian 1980", 3, False): 2345,
        ("Xian 1980", 6, True): 2314,
        ("Xian 1980", 6, False): 2325,
        ("Beijing 1954", 3, True): 2376,
        ("Beijing 1954", 3, False): 2397,
        ("Beijing 1954", 6, True): 21400,
        ("Beijing 1954", 6, False): 21440,
    }
)
#: How offices and files call them, full-width and spaced forms folded before.
_SPOKEN = (
    ("GCJ-02", r"(?<![a-z])gcj.?0?2|火星坐标"),
    ("BD-09", r"(?<![a-z])bd.?0?9(?!\d)|百度坐标"),
    ("Xian 1980", r"xi'?an.?(19)?80|西安.?(19)?80|(^|\D)(19)?80(国家|西安)|^(19)?80(坐标|$)"),
    (
        "Beijing 1954",
        r"beijing.?(19)?54|北京.?(19)?54|(^|\D)(19)?54(国家|北京)|^(19)?54(坐标|$)|new.?beijing",
    ),
    ("CGCS2000", r"cgcs.?2000|china.?2000|2000国家|国家2000|china_?geodetic_?coordinate_?system_?2000"),
)
SHIFTED = ("GCJ-02", "BD-09")
#: Ellipsoids of the superseded datums: semi-major axis and inverse flattening, for files that name no datum.
_OLD_ELLIPSOIDS = {(6_378_140.0, 298.257): "Xian 1980", (6_378_245.0, 298.3): "Beijing 1954"}
_NAMELESS = re.compile(r"(d_)?(unknown|undefined|unnamed|user.?defined|custom|not.?specified)", re.IGNORECASE)
_EQUATED = re.compile(
    r"China 2000|World Geodetic System 1984( ensemble| \(G\d+\))?"
    r"|International Terrestrial Reference Frame \d+"
)


def spoken_system(text: str) -> str | None:
    """The datum or shifted system that a name means, ``None`` where it is none of the Chinese ones.

    >>> [spoken_system(text) for text in ("80国家大地坐标系", "2000国家大地坐标系", "火星坐标系", "ETRS89")]
    ['Xian 1980', 'CGCS2000', 'GCJ-02', None]
    >>> spoken_system("Xian_1980_3_Degree_GK_Zone_40"), spoken_system("１９５４年北京坐标系")
    ('Xian 1980', 'Beijing 1954')
    """
    folded = re.sub(r"[\s_年]+", "", text.translate(_FULL_WIDTH)).lower()
    return next((name for name, pattern in _SPOKEN if re.search(pattern, folded)), None)


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def gauss_kruger(zone: int, width: Width = 3, *, prefixed: bool = True, datum: str = "CGCS2000") -> str:
    """The EPSG code of a Gauss-Krüger zone, with or without the zone number in the eastings.

    Raises:
        ValueError: there is no such zone or datum.

    >>> gauss_kruger(40), gauss_kruger(40, prefixed=False), gauss_kruger(20, 6)
    ('EPSG:4528', 'EPSG:4549', 'EPSG:4498')
    >>> CRS(gauss_kruger(40, datum="Xian 1980")).name
    'Xian 1980 / 3-degree Gauss-Kruger zone 40'
    """
    offset = _OFFSETS.get((datum, width, prefixed))
    if offset is None or zone not in ZONES[width]:
        raise ValueError(f"no {width}° zone {zone} of {datum}")
    return f"EPSG:{offset + zone}"


def gauss_kruger_of(code: int) -> tuple[str, int, int] | None:
    """Datum, central meridian and zone number in the eastings (0: none) of one of China's EPSG codes.

    >>> gauss_kruger_of(4528), gauss_kruger_of(4549), gauss_kruger_of(4490)
    (('CGCS2000', 120, 40), ('CGCS2000', 120, 0), None)
    """
    for (datum, width, is_prefixed), offset in _OFFSETS.items():
        zone = code - offset
        if zone in ZONES[width]:
            return datum, 3 * zone if width == 3 else 6 * zone - 3, zone if is_prefixed else 0
    return None


def datum_of(crs: CRS) -> str:
    """Name of the datum, ``China 2000`` however it is spelled; empty where the system names none.

    >>> datum_of(CRS("EPSG:4528")), datum_of(CRS("+proj=longlat +ellps=GRS80"))
    ('China 2000', '')
    """
    name = str(crs.datum.name) if crs.datum else ""
    if spoken_system(name) == "CGCS2000":
        return "China 2000"
    return "" if _NAMELESS.match(name) else name


def superseded(crs: CRS) -> str | None:
    """``Xian 1980`` or ``Beijing 1954`` where a system stands on one of them, else ``None``.

    Names of the system, its datum and its geographic system count, and the ellipsoid where no datum is named
    (``D_Unknown`` in a ``.prj``).

    >>> superseded(CRS("EPSG:2364")), superseded(CRS("EPSG:4528"))
    ('Xian 1980', None)
    """
    geographic = crs.geodetic_crs
    for name in (datum_of(crs), crs.name, geographic.name if geographic else ""):
        found = spoken_system(name)
        if found is not None:
            return found if found in ("Xian 1980", "Beijing 1954") else None
    if crs.ellipsoid is None or not re.search(r"unknown|unnamed|undefined|^$", datum_of(crs), re.IGNORECASE):
        return None
    shape = (round(crs.ellipsoid.semi_major_metre, 1), round(crs.ellipsoid.inverse_flattening, 3))
    return _OLD_ELLIPSOIDS.get(shape)


def is_shifted(text: str) -> bool:
    """Whether a declared CRS is GCJ-02 or BD-09, which no transformation of PROJ describes.

    >>> is_shifted("gcj02"), is_shifted("BD-09"), is_shifted("EPSG:4490")
    (True, True, False)
    """
    return spoken_system(text) in SHIFTED


def is_equated(crs: CRS) -> bool:
    """Whether the datum is CGCS2000, or WGS 84 or an ITRF, which landeff takes as one (``docs/crs.md``).

    >>> is_equated(CRS("EPSG:4326")), is_equated(CRS("EPSG:4490")), is_equated(CRS("EPSG:2263"))
    (True, True, False)
    """
    return _EQUATED.fullmatch(datum_of(crs)) is not None


def meridian_of(crs: CRS) -> float | None:
    """Central meridian of a transverse Mercator or Gauss-Krüger system in degrees, ``None`` for any other."""
    return _parameter(crs, "Longitude of natural origin")


def easting_prefix(crs: CRS) -> int | None:
    """Zone number in the eastings of a transverse Mercator system in metres: 40 for EPSG:4528, 0 for none.

    >>> [easting_prefix(CRS(code)) for code in ("EPSG:4528", "EPSG:4549", "EPSG:4490")]
    [40, 0, None]
    """
    easting = _parameter(crs, "False easting")
    if easting is None or crs.axis_info[0].unit_conversion_factor != 1:
        return None
    return int(easting // 1_000_000)


def _parameter(crs: CRS, name: str) -> float | None:
    operation = crs.coordinate_operation if crs.is_projected else None
    if operation is None or "Transverse Mercator" not in operation.method_name:
        return None
    return next((float(each.value) for each in operation.params if each.name == name), None)


def is_mercator(crs: CRS) -> bool:
    """Whether a system is Web Mercator or another Mercator of the whole world.

    >>> is_mercator(CRS("EPSG:3857")), is_mercator(CRS("EPSG:4528"))
    (True, False)
    """
    operation = crs.coordinate_operation if crs.is_projected else None
    return operation is not None and operation.method_name.startswith(("Popular Visualisation", "Mercator"))


def crs_problem(text: str) -> str | None:
    """Why a declared system cannot be read, as the end of a sentence; ``None`` where PROJ knows it.

    >>> crs_problem("西安80")
    'names a datum and no projection: for 3° zone 40, say, EPSG:2364, or EPSG:2385 without prefix'
    >>> crs_problem("EPSG:1"), crs_problem("EPSG:4528")
    ('is not a CRS that PROJ knows, e.g. EPSG:4528', None)
    """
    spoken = spoken_system(text)
    if spoken in SHIFTED:
        return f"is {spoken}, shifted for display: nothing is measured in it"
    try:
        CRS.from_user_input(text)
    except CRSError:
        if spoken is None:
            return "is not a CRS that PROJ knows, e.g. EPSG:4528"
        zoned, plain = (gauss_kruger(40, prefixed=prefixed, datum=spoken) for prefixed in (True, False))
        return f"names a datum and no projection: for 3° zone 40, say, {zoned}, or {plain} without prefix"
    return None


def project_crs_problem(text: str) -> str | None:
    """Why a system cannot be the one a project is computed in, as the end of a sentence; ``None`` if it can.

    >>> project_crs_problem("EPSG:4528") is None
    True
    >>> project_crs_problem("EPSG:3857")
    'is Mercator, made for display: lengths in it are 1.2 times too long at 32°N, and more beyond'
    """
    unknown = crs_problem(text)
    if unknown:
        return unknown
    crs = CRS.from_user_input(text)
    old = superseded(crs)
    problems = (
        (old, f"stands on the superseded datum {old}"),
        (
            is_mercator(crs),
            "is Mercator, made for display: lengths in it are 1.2 times too long at 32°N, and more beyond",
        ),
        (crs.is_bound, "holds transformation parameters, which every output would repeat: leave TOWGS84 out"),
        (not (crs.is_projected or crs.is_geographic), "is neither projected nor geographic"),
        (not datum_of(crs), "names no datum: name it as WKT does, or in a PROJ string by +datum=WGS84"),
    )
    return next((why for is_so, why in problems if is_so), None)
