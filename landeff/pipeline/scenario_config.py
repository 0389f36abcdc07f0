"""``[[scenarios]]`` of the project file: what if land were put to use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, cast

from landeff.analysis.scenario import LEVELS, At, Scenario
from landeff.core.units import WAN
from landeff.standards.balance import scheme

KEYS: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "put_to_use": list,
    "share_ratio": (int, float),
    "tax_wan_per_mu": (int, float),
    "at": str,
    "target_wan_per_mu": (int, float),
}
#: Classes of land about which it is not known what it is: nothing can be put to use there.
_OPEN = ("idle_to_check", "missing_facts", "none")


def classes() -> tuple[str, ...]:
    """Inventory classes whose land can be put to use."""
    named = [entry.name for entry in scheme().inventory if entry.name not in _OPEN]
    return (*named, "approved_unsupplied")


def problems(raw: object) -> Iterator[str]:
    """What is wrong about ``[[scenarios]]``."""
    if not isinstance(raw, list) or not all(isinstance(each, Mapping) for each in raw):
        yield "[[scenarios]] must be a list of tables"
        return
    for place, each in enumerate(raw, start=1):
        yield from _of_one(f"[[scenarios]] {each.get('name', place)}:", each)
    names = Counter(str(each.get("name")) for each in raw)
    for name in sorted(name for name, n in names.items() if n > 1):
        yield f"[[scenarios]] {name}: the name is used twice"


def _of_one(where: str, each: Mapping[str, Any]) -> Iterator[str]:
    for key, value in each.items():
        if key not in KEYS:
            yield f"{where} {key} is not known; use {', '.join(KEYS)}"
        elif not isinstance(value, KEYS[key]) or isinstance(value, bool):
            yield f"{where} {key} = {value!r} has the wrong kind of value"
    if not isinstance(each.get("name"), str) or not each["name"].strip():
        yield f"{where} name is missing"
    chosen = each.get("put_to_use")
    if not isinstance(chosen, list) or not chosen:
        yield f'{where} put_to_use is missing: put_to_use = ["idle"]'
    else:
        yield from _classes(where, chosen)
    if ("tax_wan_per_mu" in each) == ("at" in each):
        yield f"{where} give tax_wan_per_mu, or at, one of them"
    if isinstance(each.get("at"), str) and each["at"] not in LEVELS:
        yield f"{where} at = {each['at']!r} is not one of {', '.join(LEVELS)}"
    for key in ("tax_wan_per_mu", "target_wan_per_mu"):
        if _is_number(each.get(key)) and not 0 < each[key] < 1e5:
            yield f"{where} {key} = {each[key]} must lie above 0 and below 100000"
    if _is_number(each.get("share_ratio")) and not 0 < each["share_ratio"] <= 1:
        yield f"{where} share_ratio = {each['share_ratio']} must lie above 0 and be at most 1"


def _classes(where: str, chosen: list[Any]) -> Iterator[str]:
    for name in chosen:
        if name in _OPEN[:2]:
            yield f"{where} put_to_use: {name!r} is land of which it is not known what it is"
        elif name not in classes():
            yield f"{where} put_to_use: {name!r} is not one of {', '.join(classes())}"
    if len(set(map(str, chosen))) < len(chosen):
        yield f"{where} put_to_use names a class twice"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def scenarios_of(raw: Mapping[str, Any]) -> tuple[Scenario, ...]:
    """The scenarios of a checked project file, in its order."""
    return tuple(_parse(each) for each in raw.get("scenarios", []))


def _parse(each: Mapping[str, Any]) -> Scenario:
    rate, target = (
        float(each[key]) * WAN if key in each else None for key in ("tax_wan_per_mu", "target_wan_per_mu")
    )
    return Scenario(
        name=each["name"],
        put_to_use=tuple(each["put_to_use"]),
        at=cast("At", each.get("at", "fixed")),
        rate_cny_per_mu=rate,
        share_ratio=float(each.get("share_ratio", 1.0)),
        target_cny_per_mu=target,
    )
