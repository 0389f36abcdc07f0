"""Conditions of a rule: comparisons joined by ``all``, ``any`` and ``not``; they never calculate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from landeff.core.calendar import parse_duration
from landeff.core.columns import COLUMNS, Kind
from landeff.core.text import Term
from landeff.standards.rule_text import Text, nearest

__all__ = [
    "FAMILY_OF_KIND",
    "OPERATORS",
    "UNARY",
    "Comparison",
    "Condition",
    "Family",
    "Group",
    "Names",
    "Operand",
    "Parameter",
    "Text",
    "Value",
    "columns_of",
    "comparisons",
    "family_of",
    "known_columns",
    "nearest",
    "parse_condition",
]

#: How values of a column are compared; several kinds of the data dictionary are compared alike.
Family = Literal["text", "number", "date", "boolean"]
Value = str | bool | int | float | dt.date
Operand = Value | tuple[Value, ...] | None

FAMILY_OF_KIND: Mapping[Kind, Family] = {
    "code": "text",
    "text": "text",
    "number": "number",
    "integer": "number",
    "date": "date",
    "boolean": "boolean",
}

UNARY = ("is_null", "is_true", "is_false")
EQUALITY = ("=", "!=")
ORDER = ("<", "<=", ">", ">=")
_FAMILIES: Mapping[str, tuple[Family, ...]] = {
    "is_true": ("boolean",),
    "is_false": ("boolean",),
    "older_than": ("date",),
    **dict.fromkeys((*ORDER, "between"), ("number", "date")),
}
OPERATORS = (*UNARY, *EQUALITY, *ORDER, "in", "between", "older_than")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One column against a value, or against another column or parameter (``to``).

    ``older_than`` holds for a date where date + duration (``P1Y6M``) is before ``as_of``; ``between``
    includes both ends.
    """

    column: str
    op: str
    value: Operand = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined by ``op``; ``not`` has exactly one."""

    op: Literal["all", "any", "not"]
    items: tuple[Condition, ...]


Condition = Comparison | Group


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold of a rule; ``value`` is ``None`` where whoever uses the rule has to give it."""

    name: str
    family: Family
    value: Value | None
    unit: str = ""
    title: Term | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What a condition may speak of: families of columns (``None``: any) and parameters of the rule."""

    columns: Mapping[str, Family | None]
    parameters: Mapping[str, Parameter | Value]

    def family(self, name: str) -> Family | None:
        """Family of a column or parameter; ``None`` where it is not declared."""
        if name == "as_of":
            return "date"
        if name in self.parameters:
            given = self.parameters[name]
            return given.family if isinstance(given, Parameter) else family_of(given)
        return self.columns.get(name)


def known_columns(extra: Sequence[str] = ()) -> Mapping[str, Family | None]:
    """Columns of the data dictionary, and ``extra`` ones of the user's own, of any family."""
    known: dict[str, Family | None] = dict.fromkeys(extra)
    known.update({c.name: FAMILY_OF_KIND[c.kind] for c in COLUMNS.values() if c.kind in FAMILY_OF_KIND})
    return known


def family_of(value: Value) -> Family:
    """Family of a value.

    >>> family_of(True), family_of(3), family_of("x"), family_of(dt.date(2024, 1, 1))
    ('boolean', 'number', 'text', 'date')
    """
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "date" if isinstance(value, dt.date) else "text"


def parse_condition(raw: object, names: Names, where: Text) -> Condition:
    """A condition as read from TOML.

    Raises:
        ConfigError: an unknown key, column, operator or parameter, or a value of the wrong kind.
    """
    if not isinstance(raw, dict):
        raise where.error(f"a condition must be a table, not {raw!r}", fix="write { column = …, op = … }")
    if "column" in raw or not raw:
        return _comparison(raw, names, where)
    if len(raw) != 1 or next(iter(raw)) not in {"all", "any", "not"}:
        key = next(iter(raw), "")
        raise where.error(f'"{key}" is not a condition', key, "use column, or one of all, any, not")
    op, inner = next(iter(raw.items()))
    items = [inner] if op == "not" else inner
    if not isinstance(items, list) or not items:
        raise where.error(f"{op} needs a list of conditions", op, f"write {op} = [ … ]")
    places = [where.at(op)] if op == "not" else [where.at(op, place) for place in range(len(items))]
    parts = [parse_condition(item, names, place) for item, place in zip(items, places, strict=True)]
    return Group(cast("Any", op), tuple(parts))


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """All comparisons of a condition, in the order written."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for item in condition.items:
            yield from comparisons(item)


def columns_of(condition: Condition, parameters: Collection[str]) -> set[str]:
    """Columns that a condition reads."""
    names = {name for c in comparisons(condition) for name in (c.column, c.to) if name}
    return names - set(parameters) - {"as_of"}


def _comparison(raw: dict[str, Any], names: Names, where: Text) -> Comparison:
    for key in raw:
        if key not in {"column", "op", "value", "to"}:
            raise where.error(f'unknown key "{key}"', key, nearest(key, ["column", "op", "value", "to"]))
    column, op, value, to = (raw.get(key) for key in ("column", "op", "value", "to"))
    for key, name in (("column", column), ("op", op), ("to", to)):
        if not isinstance(name, str) and not (key == "to" and name is None):
            raise where.error(f'a comparison needs "{key}", a name in quotes', key if key in raw else "")
    column, op = str(column), str(op)
    if column not in names.columns:
        raise where.error(f'unknown column "{column}"', column, nearest(column, [*names.columns]))
    if op not in OPERATORS:
        raise where.error(f'unknown operator "{op}" on {column}', op or "op", nearest(op, OPERATORS))
    if (value is not None) + (to is not None) != (0 if op in UNARY else 1):
        need = "neither value nor to" if op in UNARY else "exactly one of value and to"
        raise where.error(f'"{op}" on {column} needs {need}', column)
    if to is not None and to not in {*names.columns, *names.parameters, "as_of"}:
        valid = [*names.columns, *names.parameters, "as_of"]
        raise where.error(f'unknown column or parameter "{to}"', str(to), nearest(str(to), valid))
    made = Comparison(column, op, tuple(value) if isinstance(value, list) else value, to)
    problem = _mismatch(made, names)
    if problem:
        raise where.error(problem, column)
    return made


def _mismatch(made: Comparison, names: Names) -> str:
    """What is wrong with the two sides of a comparison; empty where nothing is."""
    family, op, value = names.family(made.column), made.op, made.value
    if op in {"in", "between"}:
        if not isinstance(value, tuple) or not value or (op == "between" and len(value) != 2):
            return f'"{op}" on {made.column} needs a list of {"two" if op == "between" else "values"}'
    elif isinstance(value, tuple):
        return f'"{op}" on {made.column} takes one value, not a list'
    fits = _FAMILIES.get(op)
    if fits and family and family not in fits:
        return f'"{op}" on {made.column} needs a {" or a ".join(fits)}, and it is a {family}'
    if op == "older_than":
        given = names.parameters.get(made.to or "")
        duration = given.value if isinstance(given, Parameter) else value if given is None else given
        good = isinstance(duration, str) and parse_duration(duration) is not None
        good = good or (isinstance(given, Parameter) and given.value is None and given.family == "text")
        return "" if good else f'"older_than" on {made.column} needs a duration such as "P1Y"'
    return _differs(made, family, names)


def _differs(made: Comparison, family: Family | None, names: Names) -> str:
    """Whether the right side is of another kind than the column."""
    values = made.value if isinstance(made.value, tuple) else (made.value,)
    if not all(
        isinstance(value, str | bool | int | float | dt.date) for value in values if value is not None
    ):
        return f"{made.column} is compared with {made.value!r}, which is no single value"
    others: list[Family | None] = [family_of(value) for value in values if value is not None]
    if made.to is not None:
        others.append(names.family(made.to))
    wrong = next((other for other in others if other and family and other != family), None)
    return f"{made.column} is a {family}, compared with a {wrong}" if wrong else ""
