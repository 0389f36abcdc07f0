"""``[hot_spots]`` of the project file: of which figure, and how far around a parcel is looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landeff.core.errors import ConfigError

KEYS: dict[str, type | tuple[type, ...]] = {
    "enabled": bool,
    "variables": list,
    "distance_m": (int, float),
    "min_neighbours": int,
    "only": str,
}
#: Figures by name, and the money that each divides by land.
VARIABLES = {"tax_cny_per_mu": "tax_cny", "output_cny_per_mu": "output_cny"}
#: Beyond these a value is a slip of the pen; under eight neighbours the normal curve is no approximation.
_DISTANCES_M, _NEIGHBOURS = (50, 5_000), (8, 1_000)


@dataclass(frozen=True, slots=True)
class HotSpotSettings:
    """How hot spots are looked for.

    Attributes:
        enabled: whether a run looks for them at all.
        variables: of :data:`VARIABLES`.
        distance_m: parcels whose centres are at most so far away are neighbours: an engineering default
            (about 3 km², some thirty parcels), no standard.
        min_neighbours: with fewer independent ones nothing is said.
        only: ``column=value[,value]``: parcels that count at all; empty for all.
    """

    enabled: bool = True
    variables: tuple[str, ...] = ("tax_cny_per_mu",)
    distance_m: float = 1000.0
    min_neighbours: int = 8
    only: str = ""


def problems(given: Mapping[str, Any]) -> Iterator[str]:
    """What the right kind of value does not guarantee."""
    for key, (least, most) in (("distance_m", _DISTANCES_M), ("min_neighbours", _NEIGHBOURS)):
        value = given.get(key, least)
        if isinstance(value, int | float) and not least <= value <= most:
            yield f"[hot_spots] {key} = {value} must lie between {least} and {most}"
    variables = given.get("variables", list(VARIABLES))
    named = set(map(str, variables)) if isinstance(variables, list) else set(VARIABLES)
    if not named or not named <= set(VARIABLES):
        wrong = ", ".join(sorted(named - set(VARIABLES))) or "nothing"
        yield f"[hot_spots] variables: {wrong} is none of {', '.join(VARIABLES)}"
    only = given.get("only", "")
    if isinstance(only, str) and only and "=" not in only:
        yield f"[hot_spots] only = {only!r} is no column=value, e.g. land_use_class=industrial"


def hot_spot_settings(given: Mapping[str, Any]) -> HotSpotSettings:
    """``[hot_spots]``, checked before, as settings; figures in the order of :data:`VARIABLES`."""
    usual = HotSpotSettings()
    named = set(given.get("variables", usual.variables))
    return HotSpotSettings(
        given.get("enabled", usual.enabled),
        tuple(name for name in VARIABLES if name in named),
        float(given.get("distance_m", usual.distance_m)),
        given.get("min_neighbours", usual.min_neighbours),
        given.get("only", usual.only),
    )


def changed(
    settings: HotSpotSettings,
    variables: Iterable[str] | None,
    distance_m: float | None,
    min_neighbours: int | None,
    only: str | None,
) -> HotSpotSettings:
    """Settings with what is given in their place.

    Raises:
        ConfigError: a number out of range, or a figure that is none.
    """
    wanted = {
        "variables": None if variables is None else list(variables),
        "distance_m": distance_m,
        "min_neighbours": min_neighbours,
        "only": only,
    }
    given = {key: value for key, value in wanted.items() if value is not None}
    wrong = [*problems(given)]
    if wrong:
        raise ConfigError("; ".join(wrong), "see docs/hot-spots.md")
    return hot_spot_settings({**{name: getattr(settings, name) for name in wanted}, **given})
