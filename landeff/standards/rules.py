"""A rule as written in TOML: what it says, on what ground, for which parcels, and the cases it must pass."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from landeff.core.errors import ConfigError
from landeff.core.text import Term
from landeff.standards.condition import (
    Condition,
    Family,
    Group,
    Names,
    Text,
    Value,
    columns_of,
    known_columns,
    nearest,
    parse_condition,
)

Category = Literal["idle", "due_soon", "low_efficiency", "other"]
Verdict = Literal["hit", "clear", "unknown", "not_applicable"]

CATEGORIES = ("idle", "due_soon", "low_efficiency", "other")
VERDICTS = ("hit", "clear", "unknown", "not_applicable")
#: Keys of a rule file and what TOML must give for them.
_KEYS: Mapping[str, type] = {
    **dict.fromkeys(("title", "advice", "note", "parameters", "applies", "when", "unknown"), dict),
    **dict.fromkeys(("category", "version", "jurisdiction", "since"), str),
    **dict.fromkeys(("valid_from", "valid_to"), dt.date),
    **dict.fromkeys(("basis", "cases"), list),
    "verified": bool,
}


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from."""

    document: str
    number: str = ""
    article: str = ""

    @property
    def text(self) -> str:
        """The citation in one line.

        >>> Basis("闲置土地处置办法", "国土资源部令第53号", "第二条").text
        '《闲置土地处置办法》（国土资源部令第53号）第二条'
        """
        return f"《{self.document}》{f'（{self.number}）' if self.number else ''}{self.article}"


@dataclass(frozen=True, slots=True)
class Case:
    """Facts given, and the verdict expected. Cases of one ``boundary`` are the two sides of a threshold."""

    name: str
    as_of: dt.date
    given: Mapping[str, Value]
    expect: Verdict
    reason: str = ""
    boundary: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: path of its file without suffix (``national/idle``).
        category: what a hit means for the inventory and the balance.
        applies: which parcels it is about; false means not applicable, ``None`` all.
        when: what makes a hit.
        to_check: among unknown verdicts, those that one look at the place would settle (待核实); the rest
            lack facts (缺要件).
        since: the date column a hit dates from.
        verified: whether the text of the source was seen; a rule that is not is off unless named.
    """

    id: str
    title: Term
    category: Category
    version: str
    verified: bool
    jurisdiction: str
    basis: tuple[Basis, ...]
    when: Condition
    applies: Condition | None
    to_check: Condition | None
    parameters: Mapping[str, Value]
    since: str
    advice: Term
    note: Term
    valid_from: dt.date | None
    valid_to: dt.date | None
    cases: tuple[Case, ...]

    @property
    def condition(self) -> Condition:
        """``applies`` and ``when`` together."""
        return self.when if self.applies is None else Group("all", (self.applies, self.when))

    @property
    def columns(self) -> set[str]:
        """All columns the rule reads."""
        conditions = [self.condition, *([self.to_check] if self.to_check else [])]
        read = {name for condition in conditions for name in columns_of(condition, self.parameters)}
        return read | ({self.since} if self.since else set())

    def in_force(self, as_of: dt.date) -> bool:
        """Whether ``as_of`` lies within the rule's validity, both ends included."""
        return (self.valid_from or dt.date.min) <= as_of <= (self.valid_to or dt.date.max)


def parse_rule(
    text: str, rule_id: str, name: str, columns: Mapping[str, Family | None] | None = None
) -> Rule:
    """A rule from the text of its TOML file.

    Args:
        rule_id: its id; ``name`` is what errors call the file.
        columns: columns it may name (:func:`known_columns`; the data dictionary by default).

    Raises:
        ConfigError: the text is not TOML, or says something a rule cannot; names file, line and a fix.
    """
    where = Text(name, text)
    raw = _load(where)
    _check_keys(raw, tuple(_KEYS), where)
    for key, value in raw.items():
        if not isinstance(value, _KEYS[key]):
            raise where.error(f'"{key}" must be a {_KEYS[key].__name__}, not {value!r}', key)
    parameters: dict[str, Value] = raw.get("parameters", {})
    names = Names(known_columns() if columns is None else columns, parameters)
    for needed in ("title", "when", "basis", "version"):
        if needed not in raw:
            raise where.error(f'"{needed}" is missing', fix=f"add {needed}")
    category = raw.get("category", "other")
    if category not in CATEGORIES:
        raise where.error(f'unknown category "{category}"', str(category), nearest(str(category), CATEGORIES))
    since = raw.get("since", "")
    if since and since not in names.columns:
        raise where.error(f'unknown column "{since}"', since, nearest(since, [*names.columns]))
    _check_keys(raw.get("unknown", {}), ("to_check",), where)
    applies, to_check = raw.get("applies"), raw.get("unknown", {}).get("to_check")
    return Rule(
        id=rule_id,
        title=term(raw["title"], where, "title"),
        category=category,
        version=raw["version"],
        verified=raw.get("verified", False),
        jurisdiction=raw.get("jurisdiction", ""),
        basis=tuple(_basis(entry, where) for entry in raw["basis"]),
        when=parse_condition(raw["when"], names, where),
        applies=parse_condition(applies, names, where) if applies is not None else None,
        to_check=parse_condition(to_check, names, where) if to_check is not None else None,
        parameters=MappingProxyType(parameters),
        since=since,
        advice=term(raw.get("advice", {"zh": "", "en": ""}), where, "advice"),
        note=term(raw.get("note", {"zh": "", "en": ""}), where, "note"),
        valid_from=raw.get("valid_from"),
        valid_to=raw.get("valid_to"),
        cases=tuple(_case(entry, names, where) for entry in raw.get("cases", [])),
    )


def term(raw: object, where: Text, key: str) -> Term:
    """A text in both languages, ``{ zh = …, en = … }``."""
    if not isinstance(raw, dict) or set(raw) != {"zh", "en"}:
        raise where.error(f'"{key}" needs zh and en', key, f'write {key} = {{ zh = "…", en = "…" }}')
    return Term(str(raw["zh"]), str(raw["en"]))


def _load(where: Text) -> dict[str, Any]:
    try:
        return tomllib.loads(where.text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where.name} is not TOML: {error}", "correct the file at that line") from error


def _check_keys(raw: object, valid: tuple[str, ...], where: Text) -> None:
    if not isinstance(raw, dict):
        raise where.error(f"a table was expected, not {raw!r}")
    for key in raw:
        if key not in valid:
            raise where.error(f'unknown key "{key}"', key, nearest(key, valid))


def _basis(raw: object, where: Text) -> Basis:
    _check_keys(raw, ("document", "number", "article"), where)
    if not isinstance(raw, dict) or "document" not in raw:
        raise where.error("a basis without a document", "basis", 'add document = "…"')
    return Basis(**{key: str(value) for key, value in raw.items()})


def _case(raw: object, names: Names, where: Text) -> Case:
    _check_keys(raw, ("name", "as_of", "given", "expect", "reason", "boundary"), where)
    if not isinstance(raw, dict) or not {"name", "as_of", "given", "expect"} <= set(raw):
        raise where.error("a case needs name, as_of, given and expect", "cases")
    given, expect, name = raw["given"], raw["expect"], str(raw["name"])
    if expect not in VERDICTS:
        raise where.error(f'case "{name}" expects "{expect}"', name, nearest(str(expect), VERDICTS))
    for column in given:
        if column not in names.columns:
            problem = f'case "{name}": unknown column "{column}"'
            raise where.error(problem, column, nearest(column, [*names.columns]))
    reason, boundary = raw.get("reason", ""), raw.get("boundary", "")
    return Case(name, raw["as_of"], MappingProxyType(given), expect, reason, boundary)
