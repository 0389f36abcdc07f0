"""``[blocks]`` of the project file: what a contiguous block is made of, and how large it has to be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landeff.core.errors import ConfigError
from landeff.standards.blocks import block_sizes

KEYS: dict[str, type | tuple[type, ...]] = {
    "min_mu": (int, float),
    "bridge_m": (int, float),
    "of": list,
}
#: Classes of the inventory that stock land can be of, in the order of the inventory.
CLASSES = (
    "idle",
    "idle_to_check",
    "due_soon",
    "approved_unsupplied",
    "low_efficiency",
    "idle_suspended",
    "case_by_case",
    "below_agreed",
    "built_unused",
    "underused",
    "supplied_unused",
    "scattered",
)
#: Stock land that is found, not what is still to be looked at.
DEFAULT = ("idle", "approved_unsupplied", "low_efficiency")
#: Beyond these a value is a slip of the pen: a gap of a kilometre would make one block of half a town.
_MOST_BRIDGE_M, _MOST_MU = 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class BlockSettings:
    """What blocks are made of.

    Attributes:
        min_mu: least size worth a name; ``None`` takes the one of the catalogue, with its document.
        bridge_m: widest gap that does not part: an engineering default (a street inside a zone), no standard.
        of: classes of the inventory.
    """

    min_mu: float | None = None
    bridge_m: float = 30.0
    of: tuple[str, ...] = DEFAULT

    @property
    def min_area_m2(self) -> float:
        """The least size in m²."""
        least = block_sizes().minimum
        return least.area_m2 if self.min_mu is None else self.min_mu * least.area_m2 / least.mu

    @property
    def ground(self) -> str:
        """What the least size rests on."""
        return block_sizes().minimum.ground if self.min_mu is None else "项目设定（[blocks] min_mu）"


def problems(blocks: Mapping[str, Any]) -> Iterator[str]:
    """What the right kind of value does not guarantee."""
    for key, most in (("min_mu", _MOST_MU), ("bridge_m", _MOST_BRIDGE_M)):
        value = blocks.get(key, 0)
        if isinstance(value, int | float) and not 0 <= value <= most:
            yield f"[blocks] {key} = {value} must lie between 0 and {most}"
    of = blocks.get("of", DEFAULT)
    if isinstance(of, list | tuple) and (not of or not set(map(str, of)) <= set(CLASSES)):
        wrong = ", ".join(sorted(set(map(str, of)) - set(CLASSES))) or "nothing"
        yield f"[blocks] of: {wrong} is no class of stock land; use {', '.join(CLASSES)}"


def block_settings(blocks: Mapping[str, Any]) -> BlockSettings:
    """``[blocks]``, checked before, as settings; classes in the order of the inventory."""
    usual = BlockSettings()
    least = blocks.get("min_mu")
    return BlockSettings(
        None if least is None else float(least),
        float(blocks.get("bridge_m", usual.bridge_m)),
        in_order(blocks.get("of", usual.of)),
    )


def changed(
    settings: BlockSettings, min_mu: float | None, bridge_m: float | None, of: Iterable[str] | None
) -> BlockSettings:
    """Settings with what is given in their place.

    Raises:
        ConfigError: a number out of range, or a class that is none.
    """
    given = {
        "min_mu": settings.min_mu if min_mu is None else min_mu,
        "bridge_m": settings.bridge_m if bridge_m is None else bridge_m,
        "of": list(settings.of if of is None else of),
    }
    numbers = [value for value in (given["min_mu"], given["bridge_m"]) if isinstance(value, int | float)]
    wrong = [*problems({key: value for key, value in given.items() if value is not None})]
    if any(math.isnan(value) for value in numbers) or wrong:
        raise ConfigError("; ".join(wrong) or "not a number.", "give numbers in mu and metres")
    return block_settings(given)


def in_order(of: Iterable[str]) -> tuple[str, ...]:
    """Classes in the order of the inventory, each once."""
    named = set(of)
    return tuple(each for each in CLASSES if each in named)
