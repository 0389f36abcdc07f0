"""A rule as written in TOML: what it says, on what ground, for which parcels, and the cases it must pass."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from landeff.core.calendar import Duration, parse_duration
from landeff.core.errors import ConfigError
from landeff.core.text import Term
from landeff.standards.condition import (
    Condition,
    Family,
    Group,
    Names,
    Parameter,
    Value,
    columns_of,
    family_of,
    known_columns,
    parse_condition,
)
from landeff.standards.rule_text import Text, nearest

#: What a hit means for the inventory and the balance. The first of a parcel's classes are those of the
#: inventory; a hit of the others stands beside them: a warning, a hint, a conflict never makes a class.
CATEGORIES = (
    "idle",
    "idle_suspended",
    "due_soon",
    "low_efficiency",
    "case_by_case",
    "supplied_unused",
    "underused",
    "built_unused",
    "below_agreed",
    "scattered",
    "vacant_premises",
    "warning",
    "plan_conflict",
    "control",
    "support",
    "conflict",
    "unsupplied",
    "other",
)
#: Tables a rule can be about.
SUBJECTS = ("parcels", "remainders", "approvals", "supply_rates")
VERDICTS = ("hit", "clear", "unknown", "not_applicable")

Verdict = Literal["hit", "clear", "unknown", "not_applicable"]

_FAMILIES = get_args(Family)
#: Keys of a rule file and what TOML must give for them.
_KEYS: Mapping[str, type] = {
    **dict.fromkeys(("title", "advice", "note", "parameters", "applies", "when", "unknown", "stale"), dict),
    **dict.fromkeys(("category", "of", "version", "jurisdiction", "since"), str),
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
    """Facts given, and the verdict expected. Cases of one ``boundary`` are the two sides of a threshold.

    ``parameters`` fills thresholds that the rule leaves empty, for the case alone.
    """

    name: str
    as_of: dt.date
    given: Mapping[str, Value]
    expect: Verdict
    reason: str = ""
    boundary: str = ""
    parameters: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stale:
    """How long a fact counts: ``older_than`` (a duration) after the date in ``observed_on`` it is unknown."""

    observed_on: str
    older_than: Duration


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: path of its file without suffix (``national/idle``).
        category: what a hit means for the inventory and the balance (:data:`CATEGORIES`).
        of: the table whose rows it is about (:data:`SUBJECTS`).
        applies: which parcels it is about; false means not applicable, ``None`` all.
        when: what makes a hit.
        to_check: among unknown verdicts, those that one look at the place would settle (待核实); the rest
            lack facts (缺要件).
        since: the date column a hit dates from.
        verified: whether the text of the source was seen; a rule that is not is off unless named.
        parameters: thresholds that have a value; ``declared`` are all of them.
        stale: facts that age, by column.
        text: the file it was read from.
    """

    id: str
    title: Term
    category: str
    of: str
    version: str
    verified: bool
    jurisdiction: str
    basis: tuple[Basis, ...]
    when: Condition
    applies: Condition | None
    to_check: Condition | None
    parameters: Mapping[str, Value]
    declared: Mapping[str, Parameter]
    stale: Mapping[str, Stale]
    since: str
    advice: Term
    note: Term
    valid_from: dt.date | None
    valid_to: dt.date | None
    cases: tuple[Case, ...]
    text: str = ""

    @property
    def condition(self) -> Condition:
        """``applies`` and ``when`` together."""
        return self.when if self.applies is None else Group("all", (self.applies, self.when))

    @property
    def columns(self) -> set[str]:
        """All columns the rule reads."""
        conditions = [self.condition, *([self.to_check] if self.to_check else [])]
        read = {name for condition in conditions for name in columns_of(condition, self.declared)}
        read |= {limit.observed_on for name, limit in self.stale.items() if name in read}
        return read | ({self.since} if self.since else set())

    @property
    def empty(self) -> tuple[str, ...]:
        """Thresholds without a value: until whoever uses the rule gives them, it says nothing."""
        return tuple(name for name in self.declared if name not in self.parameters)

    def with_parameters(self, given: Mapping[str, object]) -> Rule:
        """The rule with other thresholds.

        Raises:
            ConfigError: it has no such threshold, or a value is of another kind.
        """
        for name, value in given.items():
            if name not in self.declared:
                problem = f'the rule {self.id} has no parameter "{name}".'
                raise ConfigError(problem, nearest(name, [*self.declared]))
            wanted = self.declared[name].family
            if not isinstance(value, str | bool | int | float | dt.date) or family_of(value) != wanted:
                problem = f"the parameter {name} of {self.id} is a {wanted}, and {value!r} is not."
                raise ConfigError(problem, f"write a {wanted}")
        values = cast("dict[str, Value]", {**self.parameters, **given})
        return replace(self, parameters=MappingProxyType(values))

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
    _check_types(raw, where)
    declared = _parameters(raw.get("parameters", {}), where.at("parameters"))
    names = Names(known_columns() if columns is None else columns, declared)
    _check_words(raw, names, where)
    conditions = {
        path[-1]: parse_condition(part, names, where.at(*path))
        for path in (("applies",), ("when",), ("unknown", "to_check"))
        if (part := raw.get(path[0], {}).get(path[1]) if len(path) > 1 else raw.get(path[0])) is not None
    }
    return Rule(
        id=rule_id,
        title=term(raw["title"], where, "title"),
        category=raw.get("category", "other"),
        of=raw.get("of", "parcels"),
        version=raw["version"],
        verified=raw.get("verified", False),
        jurisdiction=raw.get("jurisdiction", ""),
        basis=tuple(_basis(entry, where.at("basis", n)) for n, entry in enumerate(raw["basis"])),
        when=conditions["when"],
        applies=conditions.get("applies"),
        to_check=conditions.get("to_check"),
        parameters=MappingProxyType({n: p.value for n, p in declared.items() if p.value is not None}),
        declared=MappingProxyType(declared),
        stale=MappingProxyType(_stale(raw.get("stale", {}), names, where.at("stale"))),
        since=raw.get("since", ""),
        advice=term(raw.get("advice", {"zh": "", "en": ""}), where, "advice"),
        note=term(raw.get("note", {"zh": "", "en": ""}), where, "note"),
        valid_from=raw.get("valid_from"),
        valid_to=raw.get("valid_to"),
        cases=tuple(
            _case(entry, names, where.at("cases", n)) for n, entry in enumerate(raw.get("cases", []))
        ),
        text=text,
    )


def _check_types(raw: Mapping[str, Any], where: Text) -> None:
    _check_keys(raw, tuple(_KEYS), where)
    for key, value in raw.items():
        if not isinstance(value, _KEYS[key]):
            raise where.error(f'"{key}" must be a {_KEYS[key].__name__}, not {value!r}', key)


def _check_words(raw: Mapping[str, Any], names: Names, where: Text) -> None:
    """What must be there is, and words and columns are among those that exist."""
    for needed in ("title", "when", "basis", "version"):
        if needed not in raw:
            raise where.error(f'"{needed}" is missing', fix=f"add {needed}")
    for key, valid, usual in (("category", CATEGORIES, "other"), ("of", SUBJECTS, "parcels")):
        word = raw.get(key, usual)
        if word not in valid:
            raise where.error(f'unknown {key} "{word}"', word, nearest(word, valid))
    since = raw.get("since", "")
    if since and since not in names.columns:
        raise where.error(f'unknown column "{since}"', since, nearest(since, [*names.columns]))
    _check_keys(raw.get("unknown", {}), ("to_check",), where.at("unknown"))


def term(raw: object, where: Text, key: str) -> Term:
    """A text in both languages, ``{ zh = …, en = … }``."""
    if not isinstance(raw, dict) or set(raw) != {"zh", "en"}:
        raise where.error(
            f'"{key}" needs zh and en',
            key if key not in where.path else "",
            f'write {key} = {{ zh = "…", en = "…" }}',
        )
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
        raise where.error("a basis without a document", fix='add document = "…"')
    return Basis(**{key: str(value) for key, value in raw.items()})


def _parameters(raw: Mapping[str, Any], where: Text) -> dict[str, Parameter]:
    """Thresholds: ``name = value``, or ``name = { kind = "number", unit = "元/亩" }`` where none is given."""
    found = {}
    for name, entry in raw.items():
        told = entry if isinstance(entry, dict) else {"value": entry}
        _check_keys(told, ("value", "kind", "unit", "title"), where.at(name))
        value = told.get("value")
        if value is not None and not isinstance(value, str | bool | int | float | dt.date):
            raise where.error(f'the parameter "{name}" must be one value, not {value!r}', name)
        kind = family_of(value) if value is not None else told.get("kind")
        if kind not in _FAMILIES:
            raise where.error(f'the parameter "{name}" needs a value or a kind', name, nearest("", _FAMILIES))
        title = term(told["title"], where.at(name), "title") if "title" in told else None
        found[name] = Parameter(name, cast("Family", kind), value, str(told.get("unit", "")), title)
    return found


def _stale(raw: Mapping[str, Any], names: Names, where: Text) -> dict[str, Stale]:
    """Limits of facts that age: ``column = { observed_on = "…", older_than = "P1Y" }``."""
    found = {}
    for column, entry in raw.items():
        if column not in names.columns:
            raise where.error(f'unknown column "{column}"', column, nearest(column, [*names.columns]))
        here = where.at(column)
        _check_keys(entry, ("observed_on", "older_than"), here)
        observed, text = str(entry.get("observed_on", "")), entry.get("older_than", "")
        if names.columns.get(observed, "text") not in ("date", None):
            problem = f'"{column}" needs observed_on, a column with the date of the fact'
            dates = [name for name, family in names.columns.items() if family == "date"]
            raise here.error(problem, observed, nearest(observed, dates) if observed else "")
        limit = parse_duration(text) if isinstance(text, str) else None
        if limit is None:
            raise here.error(f'"{column}" needs older_than, a duration such as "P1Y"', "older_than")
        found[column] = Stale(observed, limit)
    return found


def _case(raw: object, names: Names, where: Text) -> Case:
    _check_keys(raw, ("name", "as_of", "given", "parameters", "expect", "reason", "boundary"), where)
    if not isinstance(raw, dict) or not {"name", "as_of", "given", "expect"} <= set(raw):
        raise where.error("a case needs name, as_of, given and expect")
    given, expect, name = raw["given"], raw["expect"], str(raw["name"])
    if expect not in VERDICTS:
        raise where.error(f'case "{name}" expects "{expect}"', str(expect), nearest(str(expect), VERDICTS))
    if not isinstance(raw["as_of"], dt.date) or not isinstance(given, dict):
        raise where.error(f'case "{name}" needs a date as as_of and a table as given', "as_of")
    for column in given:
        if column not in names.columns:
            problem = f'case "{name}": unknown column "{column}"'
            raise where.error(problem, column, nearest(column, [*names.columns]))
    parameters = raw.get("parameters", {})
    for parameter in parameters:
        if parameter not in names.parameters:
            problem = f'case "{name}": unknown parameter "{parameter}"'
            raise where.error(problem, parameter, nearest(parameter, [*names.parameters]))
    reason, boundary = str(raw.get("reason", "")), str(raw.get("boundary", ""))
    return Case(name, raw["as_of"], MappingProxyType(given), expect, reason, boundary, parameters)
