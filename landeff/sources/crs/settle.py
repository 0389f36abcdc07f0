"""Settling the coordinate system of a layer as it is read: declared, in the file, or told by the numbers.

What a file alone does not tell (six-digit eastings, exchanged axes, whether it lies where the project is) is
settled later, where the project is known: :mod:`landeff.sources.crs.place`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyproj import CRS

from landeff.core.datums import (
    crs_problem,
    datum_of,
    easting_prefix,
    gauss_kruger,
    is_equated,
    is_shifted,
    meridian_of,
    spoken_system,
)
from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.shift import Box
from landeff.sources.crs.infer import (
    is_degrees,
    layer_box,
    looks_swapped,
    prefix_of,
    several_prefixes,
    swapped,
    width_of,
)

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True, slots=True)
class Settled:
    """CRS of a layer (``None``: it has to be asked for), and what was decided on the way."""

    crs: str | None
    issues: tuple[Issue, ...] = ()


def settle_crs(layer: gpd.GeoDataFrame, declared: str | None, name: str) -> Settled:
    """The CRS of ``layer``: the declared one, else the file's own, else what the coordinates tell.

    Eastings of eight digits that begin with one zone number tell the zone, 25–45 of 3°, 13–23 of 6° (taken as
    CGCS2000, in force alone since 2018, which the issue says); six digits, or degrees, do not tell enough.
    A declared system that the file contradicts is used, and told.

    Raises:
        InputError: the declared CRS is unknown, is GCJ-02 or BD-09, or contradicts the coordinates.
    """
    box = layer_box(layer.geometry.to_numpy())
    own = CRS.from_user_input(layer.crs) if layer.crs is not None else None
    if declared is not None:
        crs = parse_crs(declared, name)
        _refuse_contradiction(crs, box, name)
        return Settled(crs_text(crs), _overridden(crs, own, box))
    if own is not None and is_shifted(own.name):
        raise shifted_crs(name, own.name)
    if own is not None and not (own.is_geographic and _is_metres(box)):
        _refuse_contradiction(own, box, name)
        return Settled(crs_text(own))
    prefix = prefix_of(box) if box else None
    if box is None or not prefix:
        return Settled(None)
    text = gauss_kruger(prefix, width_of(prefix) or 3)
    return Settled(text, (inferred_by_prefix(text, prefix, box),))


def inferred_by_prefix(text: str, prefix: int, box: Box) -> Issue:
    """The issue that tells how a zone was taken from the eastings."""
    return Issue(
        "warning",
        "crs_inferred",
        "",
        f"taken as {text}: CGCS2000, {width_of(prefix)}° zone {prefix}, from the eastings",
        value=shown(box),
        fix=f'declare crs = "{text}", or the right one',
    )


def shown(box: Box) -> str:
    """Coordinates of a box as an issue shows them: x from … to, y from … to."""
    digits = 4 if is_degrees(box) else 1
    west, south, east, north = (f"{each:.{digits}f}" for each in box)
    return f"x {west}…{east}, y {south}…{north}"


def missing_crs(name: str) -> InputError:
    """The error that asks for a CRS."""
    return InputError(
        f"{name} does not say in which coordinate system it is, and its coordinates do not tell.",
        'declare crs for the source, for instance "EPSG:4549" (CGCS2000, 120°E) or "EPSG:4490" (degrees)',
    )


def several_zones(name: str, zones: tuple[int, int]) -> InputError:
    """The error for a layer whose eastings carry more than one zone number."""
    return InputError(
        f"{name}: eastings begin with zone numbers {zones[0]} to {zones[1]}: layers of several zones in one.",
        "split the layer by zone, or transform it to one zone",
    )


def shifted_crs(name: str, text: str) -> InputError:
    """The error that refuses GCJ-02 and BD-09."""
    return InputError(
        f"{name} is in {text}, shifted by some hundred metres for display on internet maps: land is never "
        "measured in it, and landeff does not shift it back.",
        "get the layer in CGCS2000 from its maker; to compare it by eye on the map, name it under "
        f'[sources.comparison] with crs = "{spoken_system(text) or text}"',
    )


def parse_crs(text: str, name: str) -> CRS:
    """The CRS that PROJ understands by a text.

    Raises:
        InputError: none, or GCJ-02 or BD-09.
    """
    if is_shifted(text):
        raise shifted_crs(name, text)
    problem = crs_problem(text)
    if problem:
        raise InputError(f"{name}: crs {text!r} {problem}.", "declare the EPSG code, or a system in WKT")
    return CRS.from_user_input(text)


def crs_text(crs: CRS) -> str:
    """The EPSG code of a CRS, or its whole text where it has none."""
    code = crs.to_epsg(min_confidence=90)
    return f"EPSG:{code}" if code else str(crs.to_wkt())


def _is_metres(box: Box | None) -> bool:
    return box is not None and not is_degrees(box) and not is_degrees(swapped(box))


def _overridden(crs: CRS, own: CRS | None, box: Box | None) -> tuple[Issue, ...]:
    """What to tell where the declared system is used against the file's own word."""
    if own is None or crs.equals(own, ignore_axis_order=True) or (own.is_geographic and _is_metres(box)):
        return ()
    if crs.is_geographic and own.is_geographic and is_equated(crs) and is_equated(own):
        return ()  # by the datums told apart later; GeoJSON says WGS 84 whatever it holds
    decision = f"{crs.name} used as declared, though the file says {own.name}"
    fix = "if the file is right, leave crs out of the source"
    return (Issue("warning", "crs_overridden", "", decision, value=datum_of(own), fix=fix),)


def _refuse_contradiction(crs: CRS, box: Box | None, name: str) -> None:
    """Refuse a system that the numbers contradict; exchanged axes are left to where the project is known.

    Raises:
        InputError: eastings carry another zone number, or none, or metres are called degrees.
    """
    if box is None or crs.geodetic_crs is None or looks_swapped(crs, box):
        return
    prefix, declared = prefix_of(box), easting_prefix(crs)
    several = several_prefixes(box)
    if several and declared:
        raise several_zones(name, several)
    is_other_zone = prefix is not None and declared is not None and prefix != declared
    if not is_other_zone and not (crs.is_geographic and _is_metres(box)):
        return
    width = width_of(prefix) if prefix else None
    if prefix and width:
        right = f"{gauss_kruger(prefix, width)} (eastings begin with zone {prefix})"
    elif is_other_zone and declared:
        right = f"{_without_prefix(crs)} (the same meridian without zone prefix)"
    else:
        right = "the projected system the coordinates are in"
    raise InputError(
        f"{name}: coordinates {shown(box)} cannot be in {crs_label(crs)}.",
        f"declare {right}",
    )


def _without_prefix(crs: CRS) -> str:
    meridian = meridian_of(crs)
    zone = round(meridian / 3) if meridian is not None else 0
    return gauss_kruger(zone, prefixed=False) if 25 <= zone <= 45 else "a system"


def crs_label(crs: CRS) -> str:
    """Code and name of a CRS."""
    code = crs.to_epsg(min_confidence=90)
    return f"EPSG:{code} {crs.name}" if code else crs.name
