"""In which system the points of a 界址点坐标 file are: by its head, checked against its numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from landeff.core.boundary_points import CONVERSION, PROJECTION, SYSTEM, UNIT, WIDTH, ZONE
from landeff.core.datums import SHIFTED, ZONES, Datum, Width, gauss_kruger, spoken_system
from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.shift import Box
from landeff.sources.crs.infer import CHINA, inside, prefix_of, swapped, width_of
from landeff.sources.crs.settle import inferred_by_prefix, shifted_crs, shown

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_MERIDIAN = "中央子午线"
_DEGREES: Mapping[str, str] = {
    "CGCS2000": "EPSG:4490",
    "Xian 1980": "EPSG:4610",
    "Beijing 1954": "EPSG:4214",
}
_NORTH = (1_000_000.0, 6_200_000.0)
_EAST = (100_000.0, 900_000.0)
_EAST_ZONED = (13_000_000.0, 46_000_000.0)


@dataclass(frozen=True, slots=True)
class Oriented:
    """Points with x east and y north.

    Attributes:
        is_swapped: whether the file has the easting first, as most of its numbers show.
        is_odd: points that cannot be where the others are: X equal to Y, or another order than the rest.
    """

    xy: Floats
    is_swapped: bool
    is_odd: Bools


def orient(first: Floats, second: Floats) -> Oriented:
    """Tell northings from eastings by their size, for the file as a whole.

    Northings of China have seven digits, eastings six, or eight with a zone number; latitudes are below 54°,
    longitudes above 73°. Numbers that are neither are left as the format has them, north first.

    >>> orient(np.array([40443538.748]), np.array([3584149.011])).is_swapped
    True
    """
    xy = np.column_stack([second, first])
    if not len(xy):
        return Oriented(xy, False, np.zeros(0, dtype=bool))
    middle = np.median(xy, axis=0)[None]
    same = first == second
    for is_swapped in (False, True):
        turned, one = (xy[:, ::-1], middle[:, ::-1]) if is_swapped else (xy, middle)
        for fits in (_plane, _degrees):
            if fits(one)[0]:
                return Oriented(np.ascontiguousarray(turned), is_swapped, same | ~fits(turned))
    return Oriented(xy, False, same)


def _plane(xy: Floats) -> Bools:
    east, north = xy.T
    is_east = _between(east, _EAST) | _between(east, _EAST_ZONED)
    return is_east & _between(north, _NORTH)


def _degrees(xy: Floats) -> Bools:
    east, north = xy.T
    return _between(east, (CHINA[0], CHINA[2])) & _between(north, (CHINA[1], CHINA[3]))


def _between(values: Floats, bounds: tuple[float, float]) -> Bools:
    return np.asarray((values >= bounds[0]) & (values <= bounds[1]), dtype=bool)


def head_system(head: Mapping[str, str], box: Box | None, name: str) -> tuple[str | None, tuple[Issue, ...]]:
    """CRS that head and numbers agree on; ``None`` where they leave it open, to be settled as for any layer.

    Args:
        box: of the points, x east and y north; ``None`` without points.

    Raises:
        InputError: a system, projection or unit that landeff cannot tell, or that the numbers contradict.
    """
    datum = _datum(head, name)
    _refuse_other(head, box, name)
    zone, width = _zone(head), _width(head)
    if box is None:  # nothing to place: whether eastings begin with the zone does not matter
        width = width or (width_of(zone) if zone else None)
        if zone is None or width is None or zone not in ZONES[width]:
            return None, ()
        return gauss_kruger(zone, width, prefixed=True, datum=datum or "CGCS2000"), ()
    if inside(box, CHINA):
        return (_DEGREES[datum] if datum else None), ()
    prefix = prefix_of(box)
    if prefix is None or (prefix == 0 and zone is None):
        if datum not in (None, "CGCS2000"):
            raise InputError(
                f"{name} stands on {datum} and does not say in which zone (带号).",
                f'declare crs, for instance "{gauss_kruger(40, prefixed=False, datum=datum)}"',
            )
        return None, ()
    if prefix:
        actual = width_of(prefix)
        if (zone is not None and zone != prefix) or (width is not None and width != actual):
            raise _contradiction(head, f"eastings begin with {prefix}", name)
        zone, width = prefix, actual
    if zone is None:
        return None, ()
    width = width or width_of(zone)
    if width is None or zone not in ZONES[width]:
        raise _contradiction(head, "there is no such zone", name)
    crs = gauss_kruger(zone, width, prefixed=bool(prefix), datum=datum or "CGCS2000")
    return crs, () if datum else (_no_datum(crs, zone, bool(prefix), box),)


def _no_datum(crs: str, zone: int, is_prefixed: bool, box: Box) -> Issue:
    """The issue of a head without 坐标系: CGCS2000 has been in force alone since 2018."""
    if is_prefixed:
        return inferred_by_prefix(crs, zone, box)
    return Issue(
        "warning",
        "crs_inferred",
        "",
        f"taken as {crs}: CGCS2000, by 带号={zone}; 坐标系 is empty",
        value=shown(box),
        fix=f'declare crs = "{crs}", or the right one',
    )


def _datum(head: Mapping[str, str], name: str) -> Datum | None:
    text = head.get(SYSTEM, "").strip()
    spoken = spoken_system(text)
    if spoken in SHIFTED:
        raise shifted_crs(name, text)
    if spoken is None and re.search(r"(?<!\d)2000(?!\d)", unicodedata.normalize("NFKC", text)):
        spoken = "CGCS2000"
    if spoken is None and text:
        raise InputError(
            f"{name}: {SYSTEM}={text[:60]} is no system that landeff can tell (a local one?).",
            'declare crs for the source, for instance "EPSG:4528", if that is what it is',
        )
    return cast("Datum | None", spoken)


def _refuse_other(head: Mapping[str, str], box: Box | None, name: str) -> None:
    unit = unicodedata.normalize("NFKC", head.get(UNIT, "")).strip().lower()
    is_degrees = box is not None and inside(box, CHINA)
    if unit not in ("", "米", "m", "公尺", "meter", "metre", "度" if is_degrees else "米"):
        raise InputError(f"{name}: {UNIT}={unit[:60]}, but coordinates must be in metres.", "export it in 米")
    projection = head.get(PROJECTION, "").strip()
    known = r"高斯|克吕格|克里格|gau(ss|ß)|^$|^无$"
    if not is_degrees and not re.search(known, projection, re.IGNORECASE):
        raise InputError(
            f"{name}: {PROJECTION}={projection[:60]} is not 高斯克吕格.",
            'declare crs for the source with the EPSG code, for instance "EPSG:4528"',
        )


def _width(head: Mapping[str, str]) -> Width | None:
    found = re.search(r"[36三六]", unicodedata.normalize("NFKC", head.get(WIDTH, "")))
    return None if found is None else 3 if found[0] in "3三" else 6


def _zone(head: Mapping[str, str]) -> int | None:
    """The zone of 带号, written as a number or as the meridian of a 3° zone; else that of 中央子午线."""
    found = re.search(r"\d+", unicodedata.normalize("NFKC", head.get(ZONE, "")))
    if found and len(found[0]) <= 3:
        number = int(found[0])
        return number // 3 if number >= 75 and number % 3 == 0 else number
    found = re.search(r"\d+", unicodedata.normalize("NFKC", head.get(_MERIDIAN, "")))
    if not found or len(found[0]) > 3:
        return None
    meridian = int(found[0])
    is_six = _width(head) == 6 and meridian % 6 == 3
    return (meridian + 3) // 6 if is_six else meridian // 3 if meridian % 3 == 0 else None


def _contradiction(head: Mapping[str, str], seen: str, name: str) -> InputError:
    said = ", ".join(f"{key}={head[key][:20]}" for key in (WIDTH, ZONE, _MERIDIAN) if head.get(key))
    return InputError(
        f"{name}: its head says {said}, yet {seen}.",
        "correct the head, or declare crs for the source",
    )


def names_parameters(head: Mapping[str, str]) -> bool:
    """Whether 转换参数 holds anything but noughts. Their values are secret and go nowhere.

    >>> names_parameters({"转换参数": "0,0,0,0,0,0,0"}), names_parameters({"转换参数": "12.3,0,0,0,0,0,0"})
    (False, True)
    """
    text = unicodedata.normalize("NFKC", head.get(CONVERSION, ""))
    return any(float(number) != 0 for number in re.findall(r"\d+(?:\.\d+)?", text)[:20])


def swapped_issue(box: Box) -> Issue:
    """The issue of a file with the easting first."""
    return Issue(
        "warning",
        "axes_swapped",
        "",
        "eastings stand before northings in the whole file: read the other way round",
        value=shown(swapped(box)),
        fix="write X (north) first, then Y (east)",
    )
