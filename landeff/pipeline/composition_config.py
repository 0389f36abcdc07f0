"""Compositions of a project file and of the catalogue: checked, chosen, parsed."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from landeff.core.columns import item_unit
from landeff.core.errors import ConfigError
from landeff.core.text import Term
from landeff.link.composition import Composition, Missing

#: Keys of a composition and what TOML must give for them.
_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "items": dict,
    "title": dict,
    "document": str,
    "verified": bool,
    "jurisdiction": str,
    "years": list,
    "valid_from": int,
    "valid_to": int,
    "missing": (str, dict),
}


@cache
def built_in() -> Mapping[str, Composition]:
    """Compositions that ship with landeff, by name; read-only."""
    found: dict[str, Composition] = {}
    for file in sorted((files("landeff.link") / "compositions").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            raw = tomllib.loads(file.read_text(encoding="utf-8"))
            place = file.name.removesuffix(".toml")
            found |= {name: parse(name, {"jurisdiction": place, **each}) for name, each in raw.items()}
    return MappingProxyType(found)


def chosen(raw: Mapping[str, Any]) -> tuple[Composition, ...]:
    """The project's own compositions, and those of the catalogue that it names.

    Raises:
        ConfigError: a name that neither has.
    """
    own = {name: parse(name, each) for name, each in raw.get("compositions", {}).items()}
    named = list(raw.get("link", {}).get("compositions", []))
    unknown = [name for name in named if name not in own and name not in built_in()]
    if unknown:
        near = difflib.get_close_matches(unknown[0], [*own, *built_in()], n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise ConfigError(
            f"[link] compositions: {unknown[0]!r} is not known.", f"{hint}define it, or correct it"
        )
    wanted = [*named, raw["scopes"]["tax"]]
    both = own | {name: built_in()[name] for name in wanted if name in built_in() and name not in own}
    return tuple(both[name] for name in sorted(both))


def parse(name: str, raw: Mapping[str, Any]) -> Composition:
    """A composition out of a checked table of a TOML file."""
    title = raw.get("title", {"zh": name, "en": name})
    missing = raw.get("missing", {})
    items = {item: float(sign) for item, sign in raw["items"].items()}
    if isinstance(missing, str):
        missing = dict.fromkeys(items, cast("Missing", missing))
    return Composition(
        name=name,
        items=MappingProxyType(items),
        title=Term(title["zh"], title["en"]),
        document=raw.get("document", ""),
        verified=raw.get("verified", False),
        jurisdiction=raw.get("jurisdiction", ""),
        years=tuple(raw.get("years", ())),
        valid_from=raw.get("valid_from"),
        valid_to=raw.get("valid_to"),
        missing=MappingProxyType(dict(missing)),
    )


def problems(raw: object, currency: str) -> Iterator[str]:
    """What is wrong about ``[compositions]`` of a project file."""
    if not isinstance(raw, Mapping):
        yield "[compositions] must be a table of tables"
        return
    for name, each in raw.items():
        where = f"[compositions.{name}]"
        if not isinstance(each, Mapping):
            yield f"{where} must be a table"
            continue
        for key, value in each.items():
            if key not in _KEYS:
                near = difflib.get_close_matches(key, _KEYS, n=1)
                yield f"{where} {key} is not known" + (f" (did you mean {near[0]}?)" if near else "")
            elif not isinstance(value, _KEYS[key]) or (isinstance(value, bool) and _KEYS[key] is not bool):
                yield f"{where} {key} = {value!r} has the wrong kind of value"
        yield from _meanings(where, str(name), each, currency)


def _meanings(where: str, name: str, raw: Mapping[str, Any], currency: str) -> Iterator[str]:
    items = raw.get("items")
    if not isinstance(items, Mapping) or not items:
        yield f"{where} items is missing: items = {{ vat = 1, refund = -1 }}"
        return
    for item, sign in items.items():
        is_number = isinstance(sign, int | float) and not isinstance(sign, bool)
        if not is_number or not math.isfinite(sign) or sign == 0:
            yield f"{where} {item} = {sign!r} must be a number that is not 0"
        if item == name:
            yield f"{where} cannot be made of itself"
        if item_unit(item, currency) != item_unit(name, currency):
            units = item_unit(item, currency), item_unit(name, currency)
            yield f"{where} {item} is kept in {units[0]}, {name} in {units[1]}"
    if raw.get("verified") is True and not raw.get("document"):
        yield f"{where} verified = true needs document, the text it was compared with"
    title = raw.get("title", {"zh": "", "en": ""})
    if isinstance(title, Mapping) and set(title) != {"zh", "en"}:
        yield f'{where} title must be {{ zh = "…", en = "…" }}'
    if not all(type(year) is int for year in raw.get("years", []) or []):
        yield f"{where} years must list whole years"
    yield from _missing_problems(where, raw.get("missing", {}), items)


def _missing_problems(where: str, missing: object, items: Iterable[str]) -> Iterator[str]:
    ways = {"*": missing} if isinstance(missing, str) else missing
    for item, way in ways.items() if isinstance(ways, Mapping) else ():
        if item != "*" and item not in items:
            yield f"{where} missing names {item}, which is none of its items"
        if way not in ("unknown", "zero"):
            yield f"{where} missing = {way!r} is not one of unknown, zero"
