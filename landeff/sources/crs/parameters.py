"""A local file of transformation parameters, named by a source with ``transform = "path"``.

Parameters between datums are classified in China: the file is read where it lies, and of it only the name,
the digest and how well it meets its own check points are ever told. See ``docs/crs.md`` for the layout.
"""

from __future__ import annotations

import hashlib
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from landeff.core.errors import InputError
from landeff.core.shift import Floats, Move, find_shift, from_degrees, to_degrees

_KINDS = ("pipeline", "seven", "four")
_KEYS = {*_KINDS, "to", "check", "tolerance_m"}
_SEVEN = ("dx", "dy", "dz", "rx", "ry", "rz", "scale_ppm")
_FOUR = ("east_m", "north_m", "rotation_s", "scale_ppm")
_CONVENTIONS = ("position_vector", "coordinate_frame")
_TOLERANCE_M = 0.1
_DEGREE_M = 111_000.0  # a residual in degrees, roughly in metres


@dataclass(frozen=True, slots=True)
class Parameters:
    """A transformation by the office's own parameters.

    Attributes:
        name, sha256: of the file, with the grids it names; all that outputs may say of it.
        to: system of the results.
        move: x (east) and y (north) of the source to those of ``to``.
        n_checked, worst_m: how many check points there were, and the largest miss, in metres.
    """

    name: str
    sha256: str
    to: str
    move: Move
    n_checked: int
    worst_m: float


def read_parameters(path: Path, source_crs: str | None) -> Parameters:
    """Read a parameter file and hold it against its own check points.

    Args:
        source_crs: system of the source; needed for seven parameters, which act on its ellipsoid.

    Raises:
        InputError: unreadable, incomplete, or missing its check points by more than its tolerance. No message
            repeats what the file holds.
    """
    try:
        data = path.read_bytes()
        stated = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"transform: {path.name} cannot be read ({error.strerror}).", "correct path"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise _wrong(path, "is not TOML in UTF-8") from None
    kinds = [kind for kind in _KINDS if kind in stated]
    if len(kinds) != 1 or set(stated) - _KEYS:
        raise _wrong(path, f"must hold one of {', '.join(_KINDS)}, and beside it to, check and tolerance_m")
    to = _system(path, stated.get("to"))
    digest = hashlib.sha256(data)
    if kinds == ["pipeline"]:
        move = _pipeline(path, stated["pipeline"], digest)
    elif kinds == ["seven"]:
        move = _seven(path, stated["seven"], source_crs, to)
    else:
        move = _four(path, stated["four"])
    n_checked, worst = _check(path, stated, move, is_degrees=CRS(to).is_geographic)
    return Parameters(path.name, digest.hexdigest(), to, move, n_checked, worst)


def _wrong(path: Path, why: str) -> InputError:
    return InputError(f"transform: {path.name} {why}.", "lay it out as docs/crs.md says")


def _system(path: Path, text: object) -> str:
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        raise _wrong(path, 'needs to = "EPSG:…", the system its results are in') from None
    return f"EPSG:{crs.to_epsg()}" if crs.to_epsg() else str(crs.to_wkt())


def _numbers(path: Path, stated: object, keys: tuple[str, ...]) -> list[float]:
    values = [stated.get(key) for key in keys] if isinstance(stated, Mapping) else [None]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        raise _wrong(path, f"must give {', '.join(keys)} as numbers")
    numbers = [float(value) for value in values]  # type: ignore[arg-type]  # checked in the line above
    if not all(math.isfinite(number) for number in numbers):
        raise _wrong(path, f"must give {', '.join(keys)} as finite numbers")
    return numbers


def _pipeline(path: Path, text: object, digest: Any) -> Move:
    """A PROJ pipeline; grids without a folder are looked for beside the file, and count to its digest."""
    if not isinstance(text, str) or "+proj=" not in text:
        raise _wrong(path, "must give pipeline as a text of PROJ")

    def beside(found: re.Match[str]) -> str:
        names = []
        for name in found[1].split(","):
            grid = path.parent / name.lstrip("@")
            if grid.is_file():
                digest.update(grid.read_bytes())
            names.append(str(grid) if grid.is_file() else name)
        return "+grids=" + ",".join(names)

    try:
        transformer = Transformer.from_pipeline(re.sub(r"\+grids=(\S+)", beside, text))
    except ProjError:
        raise _wrong(
            path, "holds a pipeline that PROJ does not understand, or a grid that is not there"
        ) from None
    return _quietly(path, transformer)


def _quietly(path: Path, transformer: Transformer) -> Move:
    """The transformation, whose errors do not repeat its parameters."""

    def move(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        try:
            x, y = transformer.transform(x, y)
        except ProjError:
            raise _wrong(path, "cannot be applied to the coordinates") from None
        return x, y

    return move


def _seven(path: Path, stated: object, source_crs: str | None, to: str) -> Move:
    """Bursa-Wolf in geocentric coordinates: metres, arc seconds, parts per million; heights taken as zero."""
    convention = stated.get("convention") if isinstance(stated, Mapping) else None
    if convention not in _CONVENTIONS:
        raise _wrong(path, f"must say convention = {' or '.join(_CONVENTIONS)} for its rotations")
    dx, dy, dz, rx, ry, rz, scale = _numbers(path, stated, _SEVEN)
    if source_crs is None:
        raise InputError(
            f"transform: seven parameters of {path.name} need the crs of the source.",
            'declare crs for the source, for instance "EPSG:2364" (Xian 1980, 3° zone 40)',
        )
    from_ellipsoid, to_ellipsoid = (_ellipsoid(path, crs) for crs in (source_crs, to))
    transformer = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=cart {from_ellipsoid} +step +proj=helmert +x={dx!r} +y={dy!r} +z={dz!r} "
        f"+rx={rx!r} +ry={ry!r} +rz={rz!r} +s={scale!r} +convention={convention} "
        f"+step +inv +proj=cart {to_ellipsoid} +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    shift, degrees, back = _quietly(path, transformer), to_degrees(source_crs), from_degrees(to)
    return lambda x, y: back(*shift(*degrees(x, y)))


def _ellipsoid(path: Path, text: str) -> str:
    ellipsoid = CRS.from_user_input(text).ellipsoid
    if ellipsoid is None:
        raise _wrong(path, "joins systems of which one has no ellipsoid")
    return f"+a={ellipsoid.semi_major_metre!r} +rf={ellipsoid.inverse_flattening!r}"


def _four(path: Path, stated: object) -> Move:
    """Similarity in the plane: N′ = n + k (N cos α − E sin α), E′ = e + k (N sin α + E cos α)."""
    east, north, rotation, scale = _numbers(path, stated, _FOUR)
    angle, k = math.radians(rotation / 3600), 1 + scale * 1e-6
    cos, sin = k * math.cos(angle), k * math.sin(angle)
    return lambda x, y: (east + y * sin + x * cos, north + y * cos - x * sin)


def _check(path: Path, stated: Mapping[str, Any], move: Move, *, is_degrees: bool) -> tuple[int, float]:
    """Check points known in both systems: without one, a wrong sign or order would go unseen."""
    points = stated.get("check")
    tolerance = stated.get("tolerance_m", _TOLERANCE_M)
    try:
        known = np.array(points, dtype=float)
        tolerance = float(tolerance)
    except (TypeError, ValueError):
        known = np.empty(0)
    if known.ndim != 2 or known.shape[1] != 4 or not len(known) or not np.isfinite(known).all():
        raise _wrong(path, "needs check = [[x, y, x′, y′], …], points known in both systems (east, north)")
    miss = np.hypot(*(np.array(move(known[:, 0].copy(), known[:, 1].copy())) - known[:, 2:].T))
    worst = float(np.max(miss)) * (_DEGREE_M if is_degrees else 1.0)
    if not worst <= tolerance:
        by = f"by {worst:.3g} m" if math.isfinite(worst) else "altogether: x is east, y is north"
        raise InputError(
            f"transform: {path.name} misses its check point {int(np.argmax(miss)) + 1} {by}.",
            "correct signs, order, units or convention of the parameters (docs/crs.md)",
        )
    return len(known), worst


def through(parameters: Parameters, target: str) -> Move:
    """The whole way from the source to ``target``: the parameters, then on from the system they end in.

    Raises:
        InputError: they end on a datum from which there is no way to ``target``.
    """
    onward = find_shift(parameters.to, target)
    return lambda x, y: onward(*parameters.move(x, y))
