"""Differential treatment (差别化资源配置): what follows from a grade, as a table an office fills in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from landeff.core.errors import ConfigError
from landeff.core.text import Term
from landeff.standards.condition import Text, nearest
from landeff.standards.rules import Basis
from landeff.standards.scorecards.catalogue import user_files, walk_toml
from landeff.standards.scorecards.reading import NUMBER, Kinds, checked, loaded, one_of, term

#: What a grade can change, after the list of 无锡 (2018/2021): land, prices, taxes, emission, funds.
KINDS: Mapping[str, Term] = MappingProxyType(
    {
        "land": Term("土地供应", "land supply"),
        "land_use_tax": Term("城镇土地使用税", "land-use tax"),
        "water": Term("用水价格", "price of water"),
        "electricity": Term("用电价格", "price of electricity"),
        "gas": Term("用气价格", "price of gas"),
        "energy": Term("能源供应", "energy supply"),
        "emission": Term("排污权", "emission rights"),
        "funds": Term("扶持资金", "funds"),
    }
)
_KEYS: Kinds = {
    **dict.fromkeys(("title", "note"), dict),
    **dict.fromkeys(("version", "jurisdiction"), str),
    **dict.fromkeys(("valid_from", "valid_to"), dt.date),
    **dict.fromkeys(("basis", "effects"), list),
    "verified": bool,
}
COLUMNS = {
    **dict.fromkeys(("effects", "kind", "grade", "title_zh", "title_en"), "str"),
    "value": "float64",
    **dict.fromkeys(("unit", "told_zh", "told_en", "document"), "str"),
    "is_verified": "boolean",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What one grade means for one kind of resource; either a number with its unit, or words, or both."""

    kind: str
    grade: str
    title: Term
    value: float | None
    unit: str
    told: Term
    document: str


@dataclass(frozen=True, slots=True)
class Effects:
    """One table of effects; one without ``effects`` waits for an office to give them."""

    id: str
    title: Term
    version: str
    verified: bool
    jurisdiction: str
    basis: tuple[Basis, ...]
    note: Term
    kinds: tuple[str, ...]
    effects: tuple[Effect, ...]
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def in_force(self, as_of: dt.date) -> bool:
        """Whether ``as_of`` lies within its validity, both ends included."""
        return (self.valid_from or dt.date.min) <= as_of <= (self.valid_to or dt.date.max)


def parse_effects(text: str, effects_id: str, name: str) -> Effects:
    """A table of effects from its TOML: ``[[effects]] kind, unit, grades = { D = … }``.

    A grade is given a number, or ``{ value = …, told = { zh, en }, document = … }``; one that nobody gave is
    left out.

    Raises:
        ConfigError: the text is not TOML, or says something a table of effects cannot.
    """
    where = Text(name, text)
    raw = checked(loaded(where), _KEYS, ("title", "version", "effects"), name, where)
    kinds, found = [], []
    for each in raw["effects"]:
        kind_keys: Kinds = {"kind": str, "title": dict, "unit": str, "grades": dict}
        table = checked(each, kind_keys, ("kind",), "effects", where)
        kind = one_of(table["kind"], KINDS, "effects kind", where)
        title = term(table["title"], "effects title", where) if "title" in table else KINDS[kind]
        kinds.append(kind)
        for grade, given in table.get("grades", {}).items():
            found.append(_effect(kind, grade, title, table.get("unit", ""), given, where))
    basis_keys: Kinds = {"document": str, "number": str, "article": str}
    return Effects(
        id=effects_id,
        title=term(raw["title"], "title", where),
        version=raw["version"],
        verified=raw.get("verified", False),
        jurisdiction=raw.get("jurisdiction", ""),
        basis=tuple(
            Basis(**checked(each, basis_keys, ("document",), "basis", where)) for each in raw.get("basis", [])
        ),
        note=term(raw.get("note", {"zh": "", "en": ""}), "note", where),
        kinds=tuple(kinds),
        effects=tuple(found),
        valid_from=raw.get("valid_from"),
        valid_to=raw.get("valid_to"),
    )


def _effect(kind: str, grade: str, title: Term, unit: str, given: object, where: Text) -> Effect:
    what = f"effects {kind} {grade}"
    if isinstance(given, int | float) and not isinstance(given, bool):
        given = {"value": given}
    table = checked(given, {"value": NUMBER, "told": dict, "document": str}, (), what, where)
    if not {"value", "told"} & set(table):
        raise where.error(f"{what} says nothing", kind, "give value or told, or leave the grade out")
    if "value" in table and not unit:
        raise where.error(f"{what} has a value and no unit", kind, 'add unit = "元/kWh"')
    told = term(table["told"], f"{what} told", where) if "told" in table else Term("", "")
    value = float(table["value"]) if "value" in table else None
    return Effect(kind, grade, title, value, unit, told, table.get("document", ""))


@cache
def built_in_effects() -> Mapping[str, Effects]:
    """Tables of effects that ship with landeff by id; read-only. None is used unless a project names it."""
    root = files("landeff.standards.scorecards") / "effects_catalogue"
    found = {}
    for name, file in walk_toml(root, ""):
        key = name.removesuffix(".toml")
        found[key] = parse_effects(file.read_text(encoding="utf-8"), key, f"effects_catalogue/{name}")
    return MappingProxyType(dict(sorted(found.items())))


def select_effects(names: Sequence[str], base: Path) -> tuple[Effects, ...]:
    """Tables of effects that a project names: ids, or files relative to ``base``.

    Raises:
        ConfigError: a name does not exist, or a file is not a table of effects.
    """
    chosen: dict[str, Effects] = {}
    for name in names:
        if name.endswith(".toml"):
            for file, text in user_files(name, base):
                key = file.removesuffix(".toml")
                chosen[key] = parse_effects(text, key, file)
        elif name in built_in_effects():
            chosen[name] = built_in_effects()[name]
        else:
            raise ConfigError(
                f'No table of effects is called "{name}".', nearest(name, [*built_in_effects()])
            )
    return tuple(chosen[key] for key in sorted(chosen))


def effects_table(tables: Iterable[Effects]) -> pd.DataFrame:
    """``grade_effects``: what each grade means, as far as somebody gave it."""
    rows = [
        {
            "effects": table.id,
            "kind": each.kind,
            "grade": each.grade,
            "title_zh": each.title.zh,
            "title_en": each.title.en,
            "value": each.value,
            "unit": each.unit,
            "told_zh": each.told.zh,
            "told_en": each.told.en,
            "document": each.document or "；".join(basis.text for basis in table.basis),
            "is_verified": table.verified,
        }
        for table in tables
        for each in table.effects
    ]
    made = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    return made.sort_values(["effects", "grade", "kind"], ignore_index=True)
