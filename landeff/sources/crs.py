"""Settling the coordinate system of a layer: declared, written in the file, or told by the coordinates.

CGCS2000 3° Gauss-Krüger with zone prefix is EPSG 4513–4533 for zones 25–45, so EPSG = 4488 + zone; by central
meridian, without prefix, it is EPSG 4534–4554 for 75°E–135°E, so EPSG = 4509 + zone (EPSG registry).
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from pyproj import CRS
from pyproj.exceptions import CRSError

from landeff.core.errors import InputError
from landeff.core.issues import Issue

ZONES = range(25, 46)
ZONE_TO_EPSG = 4488
MERIDIAN_TO_EPSG = 4509
_OLD_DATUMS = ("Xian 1980", "Beijing 1954", "New Beijing")


@dataclass(frozen=True, slots=True)
class Settled:
    """CRS of a layer (``None``: it has to be asked for), and what was decided on the way."""

    crs: str | None
    issues: tuple[Issue, ...] = ()


def settle_crs(layer: gpd.GeoDataFrame, declared: str | None, name: str) -> Settled:
    """The CRS of ``layer``: the declared one, else the file's own, else what the coordinates tell.

    Eastings of eight digits that begin with one zone number from 25 to 45 tell the zone (taken as CGCS2000,
    in force alone since 2018, which the issue says); six digits, or degrees, do not tell enough.

    Raises:
        InputError: the declared CRS is unknown, contradicts the coordinates, or is of a superseded datum.
    """
    bounds = layer.total_bounds if len(layer) else np.full(4, np.nan)
    zone = zone_of(bounds)
    if declared is not None:
        crs = _parse(declared, name)
        _check_zone(crs, zone, bounds, name)
        return Settled(_text(crs))
    own = CRS.from_user_input(layer.crs) if layer.crs is not None else None
    if own is not None and not (own.is_geographic and not _is_degrees(bounds)):
        _check_datum(own, name)
        _check_zone(own, zone, bounds, name)
        return Settled(_text(own))
    if zone is None:
        return Settled(None)
    crs_text = f"EPSG:{ZONE_TO_EPSG + zone}"
    issue = Issue(
        "warning",
        "crs_inferred",
        "",
        f"taken as {crs_text}: CGCS2000, 3° zone {zone}, from the eastings",
        value=f"{bounds[0]:.1f}…{bounds[2]:.1f}",
        fix=f'declare crs = "{crs_text}", or the right one',
    )
    return Settled(crs_text, (issue,))


def zone_of(bounds: np.ndarray) -> int | None:
    """The 3° zone that eight-digit eastings all begin with, ``None`` where they do not say.

    >>> zone_of(np.array([40_443_000.0, 3_586_000.0, 40_444_000.0, 3_587_000.0]))
    40
    >>> zone_of(np.array([443_000.0, 3_586_000.0, 444_000.0, 3_587_000.0])) is None
    True
    """
    if not np.isfinite(bounds).all():
        return None
    low, high = int(bounds[0] // 1_000_000), int(bounds[2] // 1_000_000)
    is_northing = bounds[1] > 0 and bounds[3] < 6_500_000
    return low if low == high and low in ZONES and is_northing else None


def missing_crs(name: str) -> InputError:
    """The error that asks for a CRS."""
    return InputError(
        f"{name} does not say in which coordinate system it is, and its coordinates do not tell.",
        'declare crs for the source, for instance "EPSG:4549" (CGCS2000, 120°E) or "EPSG:4490" (degrees)',
    )


def _parse(text: str, name: str) -> CRS:
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        raise InputError(
            f"{name}: {text!r} is not a CRS that PROJ knows.", 'for instance "EPSG:4528"'
        ) from None
    _check_datum(crs, name)
    return crs


def _text(crs: CRS) -> str:
    code = crs.to_epsg(min_confidence=90)
    return f"EPSG:{code}" if code else str(crs.to_wkt())


def _is_degrees(bounds: np.ndarray) -> bool:
    if not np.isfinite(bounds).all():
        return True
    return bool(bounds[0] >= -360 and bounds[2] <= 360 and bounds[1] >= -90 and bounds[3] <= 90)


def _check_zone(crs: CRS, zone: int | None, bounds: np.ndarray, name: str) -> None:
    """Refuse a declared system of the CGCS2000 3° family, or degrees, that the eastings contradict."""
    code = crs.to_epsg(min_confidence=90) or 0
    by_zone = code - ZONE_TO_EPSG in ZONES
    by_meridian = code - MERIDIAN_TO_EPSG in ZONES
    clash = (
        (zone is not None and ((by_zone and code - ZONE_TO_EPSG != zone) or by_meridian))
        or (by_zone and np.isfinite(bounds).all() and bounds[2] < 1_000_000)
        or (crs.is_geographic and not _is_degrees(bounds))
    )
    if not clash:
        return
    if zone is not None:
        right = f"EPSG:{ZONE_TO_EPSG + zone} (eastings begin with zone {zone})"
    elif by_zone:
        right = f"EPSG:{code - ZONE_TO_EPSG + MERIDIAN_TO_EPSG} (the same meridian without zone prefix)"
    else:
        right = "the projected system the coordinates are in"
    raise InputError(
        f"{name}: coordinates {bounds[0]:.1f}, {bounds[1]:.1f} … cannot be in EPSG:{code} {crs.name}.",
        f"declare {right}",
    )


def _check_datum(crs: CRS, name: str) -> None:
    datum = crs.datum.name if crs.datum else ""
    if any(old in datum for old in _OLD_DATUMS):
        raise InputError(
            f"{name} is on the superseded datum {datum}; PROJ can only roughly transform it to CGCS2000.",
            "convert it to CGCS2000 with the office's parameters first",
        )
