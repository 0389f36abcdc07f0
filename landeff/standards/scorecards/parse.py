"""A scorecard out of its TOML file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from landeff.core.text import Term
from landeff.core.units import unit_in_header, unit_of
from landeff.standards.condition import Condition, Family, Names, Text, Value, known_columns, nearest
from landeff.standards.condition import parse_condition as parsed
from landeff.standards.rules import Basis
from landeff.standards.scorecards.measures import dimension_of, measure
from landeff.standards.scorecards.parse_models import Known, cuts_of, models_of
from landeff.standards.scorecards.reading import NUMBER, Kinds, checked, loaded, one_of, term, texts
from landeff.standards.scorecards.spec import (
    INPUT_KINDS,
    MADE,
    Adjustment,
    Case,
    Input,
    Item,
    Override,
    Scorecard,
)

_KEYS: Kinds = {
    **dict.fromkeys(("title", "note", "parameters", "inputs", "items", "cuts"), dict),
    **dict.fromkeys(("version", "jurisdiction", "missing", "negative"), str),
    **dict.fromkeys(("valid_from", "valid_to"), dt.date),
    **dict.fromkeys(("basis", "years", "models", "adjustments", "not_graded", "vetoes", "floors"), list),
    "cases": list,
    "verified": bool,
    "merge": bool,
    "full_marks": NUMBER,
}
_INPUT: Kinds = {"kind": str, "title": dict, "also": list, "unit": str}
_OVERRIDE: Kinds = {"id": str, "title": dict, "when": dict}


def parse_scorecard(text: str, card_id: str, name: str) -> Scorecard:
    """A scorecard from the text of its TOML file; ``name`` is what errors call the file.

    Raises:
        ConfigError: the text is not TOML, or says something a scorecard cannot; names file, line and a fix.
    """
    where = Text(name, text)
    raw = checked(loaded(where), _KEYS, ("title", "version", "basis", "items", "models"), name, where)
    inputs = _inputs(raw.get("inputs", {}), where)
    parameters: dict[str, Value] = raw.get("parameters", {})
    known = _known(inputs, parameters)
    items = _items(raw["items"], known, where)
    models = models_of(raw, items, known, where)
    cuts = cuts_of(raw["cuts"], items, known, where.at("cuts")) if "cuts" in raw else None
    grades = cuts.names if cuts else ()
    _unique(raw, items, where)
    if not all(type(year) is int for year in raw.get("years", [])):
        raise where.error("years must list whole years", "years", "write years = [2024]")
    return Scorecard(
        id=card_id,
        title=term(raw["title"], "title", where),
        version=raw["version"],
        verified=raw.get("verified", False),
        jurisdiction=raw.get("jurisdiction", ""),
        basis=tuple(_basis(each, here) for each, here in _parts(raw, "basis", where)),
        note=term(raw.get("note", {"zh": "", "en": ""}), "note", where),
        years=tuple(raw.get("years", ())),
        merge=raw.get("merge", True),
        full_marks=float(raw.get("full_marks", 100)),
        parameters=MappingProxyType(parameters),
        inputs=MappingProxyType(inputs),
        items=MappingProxyType(items),
        models=models,
        adjustments=tuple(_adjustment(each, known, here) for each, here in _parts(raw, "adjustments", where)),
        not_graded=tuple(_not_graded(each, known, here) for each, here in _parts(raw, "not_graded", where)),
        vetoes=tuple(_veto(each, grades, known, here) for each, here in _parts(raw, "vetoes", where)),
        floors=tuple(_floor(each, grades, known, here) for each, here in _parts(raw, "floors", where)),
        cuts=cuts,
        cases=tuple(_case(each, items, known, here) for each, here in _parts(raw, "cases", where)),
        valid_from=raw.get("valid_from"),
        valid_to=raw.get("valid_to"),
    )


def _parts(raw: Mapping[str, Any], key: str, where: Text) -> list[tuple[Any, Text]]:
    """The tables of a list, each with its place in the file."""
    return [(each, where.at(key, place)) for place, each in enumerate(raw.get(key, []))]


def _unique(raw: Mapping[str, Any], items: Mapping[str, Item], where: Text) -> None:
    """Ids name one thing: a line of a score sheet, a veto, a floor, an exclusion."""
    for key in ("adjustments", "not_graded", "vetoes", "floors"):
        seen = set(items) if key == "adjustments" else set()
        for each, here in _parts(raw, key, where):
            name = each.get("id") if isinstance(each, dict) else None
            if isinstance(name, str) and name in seen:
                raise here.error(f'{key}: the id "{name}" is taken', name, "give each its own id")
            seen |= {name} if isinstance(name, str) else set()


def _known(inputs: Mapping[str, Input], parameters: Mapping[str, Value]) -> Known:
    """What a card may speak of: the data dictionary, its own inputs, and its parameters."""
    columns: dict[str, Family | None] = dict(known_columns())
    columns |= dict.fromkeys(MADE, "text")
    columns |= {each.name: each.kind for each in inputs.values()}
    return Known(Names(columns, parameters))


def _inputs(raw: Mapping[str, Any], where: Text) -> dict[str, Input]:
    found = {}
    for name, each in raw.items():
        what, here = f"inputs.{name}", where.at("inputs", name)
        table = checked(each, _INPUT, ("title",), what, here)
        kind = one_of(table.get("kind", "number"), INPUT_KINDS, f"{what} kind", here)
        names = texts(table.get("also", []), f"{what} also", here)
        also = {other: _factor(name, other, kind, table.get("unit"), here) for other in names}
        found[name] = Input(name, kind, term(table["title"], f"{what} title", here), MappingProxyType(also))
    return found


def _factor(name: str, other: str, kind: str, stated: str | None, where: Text) -> float:
    """What a number under the header ``other`` is multiplied by; its unit is in the header, or stated."""
    dimension = dimension_of(name)
    if kind != "number" or dimension in ("", "count"):
        return 1.0
    unit_name = unit_in_header(other)[1] or stated
    unit = unit_of(unit_name or "")
    if unit is None:
        problem = f'inputs.{name}: the unit of "{other}" is not known'
        raise where.error(
            problem, other, 'write it into the header ("用电量（万千瓦时）"), or add unit = "…"'
        )
    if unit.dimension != dimension:
        problem = f'inputs.{name}: "{other}" is in {unit_name} ({unit.dimension}), {name} is {dimension}'
        raise where.error(problem, other, "correct the unit, or the name")
    return unit.factor


def _items(raw: Mapping[str, Any], known: Known, where: Text) -> dict[str, Item]:
    found = {}
    for name, each in raw.items():
        what, here = f"items.{name}", where.at("items", name)
        table = checked(
            each, {"title": dict, "of": str, "per": str, "unit": str}, ("title", "of", "unit"), what, here
        )
        for key in ("of", "per"):
            if key in table:
                known.column(table[key], f"{what} {key}", here)
        try:
            made = measure(table["of"], table.get("per", ""), table["unit"])
        except ValueError as error:
            raise here.error(f"{what}: {error}", table["unit"], "correct the unit or the columns") from None
        found[name] = Item(name, term(table["title"], f"{what} title", here), made)
    return found


def _basis(raw: object, where: Text) -> Basis:
    table = checked(raw, {"document": str, "number": str, "article": str}, ("document",), "basis", where)
    return Basis(**table)


def _adjustment(raw: object, known: Known, where: Text) -> Adjustment:
    kinds: Kinds = {**_OVERRIDE, "points": NUMBER, "of": str, "most": NUMBER}
    table = checked(raw, kinds, ("id", "title", "points"), "adjustments", where)
    if ("when" in table) == ("of" in table):
        raise where.error(f"adjustments {table['id']} needs when or of", table["id"], "give exactly one")
    if "of" in table:
        known.column(table["of"], f"adjustments {table['id']} of", where)
    most = table.get("most")
    return Adjustment(
        table["id"],
        term(table["title"], "adjustments title", where),
        float(table["points"]),
        parsed(table["when"], known.names, where.at("when")) if "when" in table else None,
        table.get("of", ""),
        None if most is None else float(most),
    )


def _override(
    raw: object, key: str, what: str, known: Known, where: Text
) -> tuple[dict[str, Any], Term, Condition]:
    table = checked(
        raw, {**_OVERRIDE, **dict.fromkeys(key.split(" "), str)}, ("id", "title", "when"), what, where
    )
    return (
        table,
        term(table["title"], f"{what} title", where),
        parsed(table["when"], known.names, where.at("when")),
    )


def _not_graded(raw: object, known: Known, where: Text) -> Override:
    table, title, when = _override(raw, "grade", "not_graded", known, where)
    return Override(table["id"], title, when, grade=table.get("grade", "T"))


def _veto(raw: object, grades: tuple[str, ...], known: Known, where: Text) -> Override:
    table, title, when = _override(raw, "grade not_above", "vetoes", known, where)
    if ("grade" in table) == ("not_above" in table):
        raise where.error(f"vetoes {table['id']} needs grade or not_above", table["id"], "give exactly one")
    grade, limit = table.get("grade", ""), table.get("not_above", "")
    one_of(grade or limit, grades, f"vetoes {table['id']}", where)
    return Override(table["id"], title, when, grade, limit)


def _floor(raw: object, grades: tuple[str, ...], known: Known, where: Text) -> Override:
    table, title, when = _override(raw, "not_below", "floors", known, where)
    limit = one_of(table.get("not_below", ""), grades, f"floors {table['id']} not_below", where)
    return Override(table["id"], title, when, limit=limit)


def _case(raw: object, items: Mapping[str, Item], known: Known, where: Text) -> Case:
    kinds: Kinds = {"name": str, "given": list, "expect": list}
    table = checked(raw, kinds, ("name", "given", "expect"), "cases", where)
    name = table["name"]
    if not all(isinstance(row, dict) and "enterprise_id" in row for row in table["given"] + table["expect"]):
        raise where.error(f'case "{name}": given and expect are lists of tables with enterprise_id')
    for row in table["given"]:
        for column in row:
            if column not in {"enterprise_id", "year", "unit_id"}:
                known.column(column, f'case "{name}"', where)
    valid = ("enterprise_id", "year", "total", "grade", "rank", "reason", "points", "distance")
    for row in table["expect"]:
        for key in row:
            if key not in valid:
                raise where.error(f'case "{name}" expects unknown "{key}"', key, nearest(key, valid))
        if not isinstance(row.get("points", {}), dict):
            raise where.error(f'case "{name}": points must be a table', "points")
        for item in row.get("points", {}):
            one_of(item, items, f'case "{name}" points', where)
    return Case(name, tuple(table["given"]), tuple(table["expect"]))
