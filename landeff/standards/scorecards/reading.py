"""Checking tables of a TOML file: every mistake names the file, the line and the nearest valid name."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from landeff.core.errors import ConfigError
from landeff.core.text import Term
from landeff.standards.condition import Text, nearest

Kinds = Mapping[str, type | tuple[type, ...]]
NUMBER = (int, float)
_WORDS = {str: "a text", bool: "true or false", list: "a list", dict: "a table", int: "a whole number"}
_WORDS |= {float: "a number", dt.date: "a date"}


def loaded(where: Text) -> dict[str, Any]:
    """The file as TOML."""
    try:
        return tomllib.loads(where.text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where.name} is not TOML: {error}", "correct the file at that line") from error


def checked(raw: object, kinds: Kinds, needed: Iterable[str], what: str, where: Text) -> dict[str, Any]:
    """``raw`` as a table with known keys of the right kind, none of ``needed`` missing."""
    if not isinstance(raw, dict):
        raise where.error(f"{what} must be a table, not {raw!r}")
    for key, value in raw.items():
        if key not in kinds:
            raise where.error(f'{what}: unknown key "{key}"', key, nearest(key, [*kinds]))
        kind = kinds[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            first = kind[-1] if isinstance(kind, tuple) else kind
            raise where.error(f'{what}: "{key}" must be {_WORDS[first]}, not {value!r}', key)
        if isinstance(value, float) and not math.isfinite(value):
            raise where.error(f'{what}: "{key}" must be a finite number, not {value}', key)
    for key in needed:
        if key not in raw:
            raise where.error(f'{what}: "{key}" is missing', fix=f"add {key}")
    return raw


def one_of(value: object, valid: Iterable[str], what: str, where: Text) -> Any:
    """``value``, which must be one of ``valid``."""
    names = list(valid)
    if value not in names:
        raise where.error(f'{what} = "{value}" does not exist', str(value), nearest(str(value), names))
    return value


def term(raw: object, what: str, where: Text) -> Term:
    """A text in both languages, ``{ zh = …, en = … }``."""
    if not isinstance(raw, dict) or set(raw) != {"zh", "en"}:
        word = what.rsplit(" ", 1)[-1]
        raise where.error(f"{what} needs zh and en", word, f'write {word} = {{ zh = "…", en = "…" }}')
    return Term(str(raw["zh"]), str(raw["en"]))


def texts(raw: object, what: str, where: Text) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
        raise where.error(f"{what} must be a list of texts, not {raw!r}", what.rsplit(" ", 1)[-1])
    return tuple(raw)
