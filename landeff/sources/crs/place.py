"""What a file alone does not tell: six-digit eastings, exchanged axes, a layer in the wrong place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyproj import CRS

from landeff.core.datums import datum_of, easting_prefix, gauss_kruger, meridian_of, superseded
from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.shift import Box, to_degrees
from landeff.sources.crs.infer import (
    Reading,
    is_degrees,
    looks_swapped,
    prefix_of,
    readings,
    readings_at,
    several_prefixes,
    width_of,
)
from landeff.sources.crs.provinces import Place, meets, widened
from landeff.sources.crs.settle import crs_label, inferred_by_prefix, several_zones, shown

_APART = 0.2  # degrees between the boxes of layers from which on they do not belong together
_NEAR_MERIDIAN = 1.7  # degrees: half a 3° zone and what offices draw beyond it


@dataclass(frozen=True, slots=True)
class Located:
    """The system of a layer, where it lies in degrees (``None`` without coordinates), what was decided."""

    crs: str
    degrees: Box | None
    issues: tuple[Issue, ...] = ()


def locate(name: str, box: Box | None, crs: str | None, place: Place | None, project_crs: str) -> Located:
    """Settle the system of a layer by the place of its project.

    Args:
        name: of the source, for messages.
        box: of the layer in its own coordinates, axes exchanged already where the source declares it.
        crs: settled as the file was read, ``None`` where it could not be.
        place: where the project says it is.
        project_crs: whose central meridian stands for the place where the project declares no extent.

    Raises:
        InputError: the system has to be declared; the axes seem exchanged; the layer lies outside the place.
    """
    issues: tuple[Issue, ...] = ()
    if crs is None:
        crs, issue = _infer(name, box, place, CRS.from_user_input(project_crs))
        issues = (issue,)
    if box is None:
        return Located(crs, None, issues)
    known = CRS.from_user_input(crs)
    if not datum_of(known) and not superseded(known):
        raise _nameless(name, known, box)
    if looks_swapped(known, box):
        raise _swapped(name, box)
    at = to_degrees(crs).box(box)
    if not np.isfinite(at).any():
        raise _impossible(name, crs, box, place)
    if place is not None and not place.meets(at):
        raise _elsewhere(name, crs, box, at, place)
    return Located(crs, at, issues)


def _infer(name: str, box: Box | None, place: Place | None, project: CRS) -> tuple[str, Issue]:
    """The system of a layer that does not say, where the numbers and the place leave only one.

    Raises:
        InputError: none, several, or degrees, which might be shifted.
    """
    if box is None:
        raise InputError(f"{name} has no coordinates.", "check the layer")
    straight = [reading for reading in readings(box) if reading.axes == "xy"]
    if not straight and readings(box):
        raise _swapped(name, box, place)
    if is_degrees(box):
        raise InputError(
            f"{name} is in degrees ({shown(box)}) and does not say of which system: CGCS2000, WGS 84 and "
            "GCJ-02, shifted by some hundred metres, cannot be told apart by the numbers.",
            'ask who made it and declare crs = "EPSG:4490" or "EPSG:4326"; GCJ-02 and BD-09 are for '
            "[sources.comparison] alone",
        )
    several = several_prefixes(box)
    if several:
        raise several_zones(name, several)
    prefix = prefix_of(box)
    if len(straight) == 1 and prefix:
        return straight[0].crs, inferred_by_prefix(straight[0].crs, prefix, box)
    found, why = _by_place(straight, place, project)
    if len(found) == 1:
        _refuse_wide(name, found[0], box)
        return found[0].crs, _inferred(found[0], box, why)
    could = " or ".join(f'"{reading.crs}"' for reading in found[:3])
    if place is not None and place.is_exact and straight and not found:
        raise InputError(
            f"{name} does not say in which coordinate system it is; no central meridian puts its coordinates "
            f"{shown(box)} inside the extent of the project.",
            "correct extent under [project], or declare crs for the source",
        )
    raise InputError(
        f"{name} does not say in which coordinate system it is; its coordinates {shown(box)} do not tell.",
        f"declare crs for the source: {could}"
        if could
        else 'declare crs for the source, for instance "EPSG:4549" (CGCS2000, 120°E, no zone prefix), or '
        "extent = [west, south, east, north] in degrees under [project]",
    )


def _refuse_wide(name: str, reading: Reading, box: Box) -> None:
    """Refuse to choose between a 6° zone and UTM, which share their meridians and not their scale.

    Raises:
        InputError: the layer lies too far from a meridian of both to be in a 3° zone.
    """
    meridian = meridian_of(CRS(reading.crs)) or 0.0
    off = max(abs(reading.degrees[0] - meridian), abs(reading.degrees[2] - meridian))
    if off <= _NEAR_MERIDIAN or meridian % 6 != 3:
        return
    zone = round((meridian + 3) / 6)
    raise InputError(
        f"{name} does not say in which coordinate system it is; its coordinates {shown(box)} lie {off:.1f}° "
        f"off {meridian:g}°E, which a 6° zone of CGCS2000 and UTM have in common: they differ by kilometres.",
        f'ask who made it and declare crs = "{gauss_kruger(zone, 6, prefixed=False)}" (CGCS2000) or '
        f'"EPSG:{32630 + zone}" (UTM)',
    )


def _by_place(straight: list[Reading], place: Place | None, project: CRS) -> tuple[list[Reading], str]:
    """The readings that a declared extent, else the project's own meridian, leaves; and which it was."""
    if place is not None and place.is_exact:
        return [each for each in straight if place.holds(each.degrees)], "the extent of the project"
    meridian = meridian_of(project) if easting_prefix(project) is not None else None
    own = [
        each
        for each in straight
        if meridian is not None
        and meridian_of(CRS(each.crs)) == meridian
        and max(abs(each.degrees[0] - meridian), abs(each.degrees[2] - meridian)) <= _NEAR_MERIDIAN
        and (place is None or place.meets(each.degrees))
    ]
    return own, "the meridian of the project"


def _inferred(reading: Reading, box: Box, why: str) -> Issue:
    name = CRS(reading.crs).name
    west, south, east, north = reading.degrees
    return Issue(
        "warning",
        "crs_inferred",
        "",
        f"taken as {reading.crs} ({name}) from the eastings and {why}: "
        f"{west:.2f}–{east:.2f}°E, {south:.2f}–{north:.2f}°N",
        value=shown(box),
        fix=f'declare crs = "{reading.crs}", or the right one',
    )


def _nameless(name: str, crs: CRS, box: Box) -> InputError:
    """The error for a ``.prj`` of ``D_Unknown``, or of a local plane: neither says where the layer lies."""
    prefix = prefix_of(box)
    width = width_of(prefix) if prefix else None
    plain = "EPSG:4490" if is_degrees(box) else "EPSG:4549"
    as_if = gauss_kruger(prefix, width) if prefix and width else plain
    return InputError(
        f"{name}: its system {crs.name!r} names no datum: CGCS2000, Xi'an 80, Beijing 54 and a local system "
        f"cannot be told apart by the numbers ({shown(box)}).",
        f'ask who made it and declare crs, for CGCS2000 "{as_if}"; of a local system, name the file of '
        'parameters: transform = "path"',
    )


def _swapped(name: str, box: Box, place: Place | None = None) -> InputError:
    found = readings_at(box, place) if place else []
    also = f" and {found[0].declaration.split(',')[0]}" if len(found) == 1 else ""
    return InputError(
        f"{name}: x and y seem to be exchanged ({shown(box)}): northings, or latitudes, stand in x.",
        f'declare axes = "yx" for the source{also}, or deliver it with x = east, y = north',
    )


def _elsewhere(name: str, crs: str, box: Box, at: Box, place: Place) -> InputError:
    found = [reading for reading in readings_at(box, place) if reading.crs != crs or reading.axes != "xy"]
    west, south, east, north = at
    likely = " or ".join(reading.declaration for reading in found[:3])
    return InputError(
        f"{name}: read as {crs_label(CRS.from_user_input(crs))} it lies at {west:.2f}–{east:.2f}°E, "
        f"{south:.2f}–{north:.2f}°N, outside the {place.said} of the project.",
        f"declare {likely}, which would put it inside"
        if likely
        else f"correct the crs of the source, or {place.said} under [project]",
    )


def _impossible(name: str, crs: str, box: Box, place: Place | None) -> InputError:
    """The error for numbers that are no place in their system, as those of a local plane called CGCS2000."""
    found = readings_at(box, place) if place else []
    likely = " or ".join(reading.declaration for reading in found[:3])
    return InputError(
        f"{name}: coordinates {shown(box)} cannot be in {crs_label(CRS.from_user_input(crs))}.",
        f"declare {likely}, which would put it inside the project"
        if likely
        else 'ask who made it; of a local system, name the file of parameters: transform = "path"',
    )


@dataclass(frozen=True, slots=True)
class Laid:
    """A layer that has been laid down: its name and table, its own box and the box in degrees."""

    name: str
    table: str
    crs: str
    box: Box
    degrees: Box


def check_neighbours(layers: Sequence[Laid]) -> tuple[Issue, ...]:
    """Layers that lie apart from all others of a project: refused where another system would join them.

    Returns:
        A warning for each layer that lies apart and that no other reading of its numbers joins to the rest.

    Raises:
        InputError: a layer meets no other, and another central meridian, zone or order of axes makes it.
    """
    boxes = np.array([layer.degrees for layer in layers]).reshape(-1, 4)
    wide = np.array([widened(layer.degrees, _APART) for layer in layers]).reshape(-1, 4)
    lowest, highest = wide[:, None], boxes[None]
    touch = np.all((lowest[..., :2] <= highest[..., 2:]) & (highest[..., :2] <= lowest[..., 2:]), axis=2)
    n_met = np.sum(touch, axis=1)  # each meets itself
    alone = [layer for layer, met in zip(layers, n_met.tolist(), strict=True) if met == 1]
    if len(layers) < 2 or not alone:
        return ()
    told = []
    hints = []
    for layer in alone:
        others = [other for other in layers if other is not layer]
        joined = [each for each in _others(layer) if any(_near(each, other) for other in others)]
        if joined:
            hints.append(f"{layer.name}: {' or '.join(each.declaration for each in joined[:3])}")
        told.append(_apart(layer))
    if hints:
        names = ", ".join(f"{layer.name} ({crs_label(CRS.from_user_input(layer.crs))})" for layer in alone)
        raise InputError(
            f"{names}: as read, it meets no other layer of the project.",
            "the coordinate system is likely wrong; it would meet them with " + "; ".join(hints),
        )
    return tuple(told)


def _others(layer: Laid) -> list[Reading]:
    return [each for each in readings(layer.box) if each.crs != layer.crs or each.axes != "xy"]


def _near(reading: Reading, other: Laid) -> bool:
    return meets(widened(reading.degrees, _APART), other.degrees)


def _apart(layer: Laid) -> Issue:
    west, south, east, north = layer.degrees
    return Issue(
        "warning",
        "layer_apart",
        layer.table,
        f"kept, though it meets no other layer: {west:.2f}–{east:.2f}°E, {south:.2f}–{north:.2f}°N",
        value=layer.name,
        source_file=layer.name,
        fix="check its crs, or declare extent under [project]",
    )
