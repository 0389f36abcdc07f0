"""Ways of disposal (处置方式) as data: three lists kept apart, each way with its ground and its conditions.

The lists ship as ``catalogue/disposal.toml``; a file of the user takes their place as a whole. A way is
proposed, never decided: nothing is proposed of land whose facts are not settled (待核实, 缺要件).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from landeff.core.errors import ConfigError
from landeff.core.explanation import unverified
from landeff.core.text import Term
from landeff.standards.condition import Condition, Names, columns_of, known_columns, parse_condition
from landeff.standards.rule_text import Text, nearest
from landeff.standards.rules import Basis, term

DISPOSAL = "disposal.toml"
#: Behind the ground of a way whose text nobody compared.
UNVERIFIED = unverified().zh
NO_BASIS = "依据待补充"
STATUSES = ("disposed", "in_progress", "not_begun")

_TABLE = ("title", "words")
_LIST = (*_TABLE, "classes")
_FIRST = ("id", "classes", "list", "title", "why", "missing")
_WAY = ("id", "list", "title", "words", "basis", "verified", "limit", "limit_months", "why", "when")


@dataclass(frozen=True, slots=True)
class Kind:
    """One list: the inventory classes it is for, and the words a ledger uses for it."""

    id: str
    title: Term
    classes: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way of disposal.

    Attributes:
        basis: its legal ground; ``None`` for a practice that nobody named the law of.
        limit: what binds it in words; ``limit_months`` the longest it may last, where it has an end.
        when: what must surely hold of the land.
        verified: whether the text of ``basis`` was read.
    """

    id: str
    list: str
    title: Term
    words: tuple[str, ...]
    basis: Basis | None
    verified: bool
    limit: Term
    limit_months: int | None
    why: Term
    when: Condition

    @property
    def ground(self) -> str:
        """The citation, marked where its text was not compared; words where none is known."""
        text = self.basis.text if self.basis else NO_BASIS
        return text + ("" if self.verified else UNVERIFIED)


@dataclass(frozen=True, slots=True)
class First:
    """What comes before any way: of land of ``classes``; without them, of land that no way applies to.

    Attributes:
        missing: facts to ask for where they are blank.
    """

    id: str
    list: str
    classes: tuple[str, ...]
    title: Term
    why: Term
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Lists, ways and the words of a ledger."""

    version: str
    lists: Mapping[str, Kind]
    ways: tuple[Way, ...]
    first: tuple[First, ...]
    statuses: Mapping[str, Kind]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that conditions and questions read."""
        read = {name for way in self.ways for name in columns_of(way.when, {})}
        return tuple(sorted(read | {name for each in self.first for name in each.missing}))

    def words_of(self, part: str) -> Mapping[str, str]:
        """Words of a ledger → code, of ``lists``, ``ways`` or ``statuses``.

        >>> built_in_disposal().words_of("ways")["延期开工"]
        'extend_start'
        """
        of: Mapping[str, Iterable[Kind | Way]] = {
            "lists": self.lists.values(),
            "ways": self.ways,
            "statuses": self.statuses.values(),
        }
        found: dict[str, str] = {}
        for each in of[part]:
            found |= dict.fromkeys((each.id, each.title.zh, each.title.en, *each.words), each.id)
        return MappingProxyType(found)


@cache
def built_in_disposal() -> Scheme:
    """The lists that ship."""
    text = (files("landeff.standards") / "catalogue" / DISPOSAL).read_text(encoding="utf-8")
    return parse_disposal(text, f"catalogue/{DISPOSAL}")


def load_disposal(path: Path | None) -> Scheme:
    """The lists of a file of the user; those that ship where there is none.

    Raises:
        ConfigError: the file cannot be read, or is no such file.
    """
    if path is None:
        return built_in_disposal()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "save it as UTF-8 text") from error
    return parse_disposal(text, path.name)


def parse_disposal(text: str, name: str) -> Scheme:
    """Lists and ways from the text of a TOML file.

    Raises:
        ConfigError: the text is not TOML, or says something it cannot; names file, line and a fix.
    """
    where = Text(name, text)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} is not TOML: {error}", "correct the file at that line") from error
    _keys(raw, ("version", "lists", "first", "ways", "statuses"), where)
    for needed in ("version", "lists", "ways"):
        if needed not in raw:
            raise where.error(f'"{needed}" is missing', fix=f"add {needed}")
    lists = {key: _kind(key, entry, _LIST, where.at("lists", key)) for key, entry in raw["lists"].items()}
    statuses = {
        key: _kind(key, entry, _TABLE, where.at("statuses", key))
        for key, entry in raw.get("statuses", {}).items()
    }
    for key in statuses:
        if key not in STATUSES:
            raise where.error(f'unknown status "{key}"', key, nearest(key, STATUSES))
    ways = tuple(_way(entry, lists, where.at("ways", place)) for place, entry in enumerate(raw["ways"]))
    first = tuple(
        _first(entry, lists, where.at("first", place)) for place, entry in enumerate(raw.get("first", []))
    )
    return Scheme(str(raw["version"]), MappingProxyType(lists), ways, first, MappingProxyType(statuses))


def _kind(key: str, raw: object, keys: tuple[str, ...], where: Text) -> Kind:
    entry = _keys(raw, keys, where)
    title = term(_needed(entry, "title", where), where, "title")
    return Kind(key, title, _words(entry, "classes", where), _words(entry, "words", where))


def _way(raw: object, lists: Mapping[str, Kind], where: Text) -> Way:
    entry = _keys(raw, _WAY, where)
    verified, months = entry.get("verified", False), entry.get("limit_months")
    if not isinstance(verified, bool):
        raise where.error(f'"verified" must be true or false, not {verified!r}', "verified")
    if months is not None and (isinstance(months, bool) or not isinstance(months, int) or months < 1):
        raise where.error(f'"limit_months" must be a whole number of months, not {months!r}', "limit_months")
    return Way(
        id=str(_needed(entry, "id", where)),
        list=_list(_needed(entry, "list", where), lists, where),
        title=term(_needed(entry, "title", where), where, "title"),
        words=_words(entry, "words", where),
        basis=_basis(entry["basis"], where) if "basis" in entry else None,
        verified=verified,
        limit=term(entry.get("limit", {"zh": "", "en": ""}), where, "limit"),
        limit_months=months,
        why=term(_needed(entry, "why", where), where, "why"),
        when=parse_condition(
            _needed(entry, "when", where), Names(known_columns(), {}), where.at("when")
        ),
    )  # fmt: skip


def _basis(raw: object, where: Text) -> Basis:
    basis = _keys(raw, ("document", "number", "article"), where.at("basis"))
    if "document" not in basis:
        raise where.error("a basis without a document", "basis", 'add document = "…"')
    return Basis(**{key: str(value) for key, value in basis.items()})


def _first(raw: object, lists: Mapping[str, Kind], where: Text) -> First:
    entry = _keys(raw, _FIRST, where)
    missing = _words(entry, "missing", where)
    for name in missing:
        if name not in known_columns():
            raise where.error(f'unknown column "{name}"', name, nearest(name, [*known_columns()]))
    return First(
        id=str(_needed(entry, "id", where)),
        list=_list(_needed(entry, "list", where), lists, where),
        classes=_words(entry, "classes", where),
        title=term(_needed(entry, "title", where), where, "title"),
        why=term(_needed(entry, "why", where), where, "why"),
        missing=missing,
    )


def _keys(raw: object, valid: tuple[str, ...], where: Text) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise where.error(f"a table was expected, not {raw!r}")
    for key in raw:
        if key not in valid:
            raise where.error(f'unknown key "{key}"', key, nearest(key, valid))
    return raw


def _needed(entry: Mapping[str, Any], key: str, where: Text) -> Any:
    if key not in entry:
        raise where.error(f'"{key}" is missing', fix=f"add {key}")
    return entry[key]


def _words(entry: Mapping[str, Any], key: str, where: Text) -> tuple[str, ...]:
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise where.error(f'"{key}" must list words, not {words!r}', key)
    return tuple(words)


def _list(name: object, lists: Mapping[str, Kind], where: Text) -> str:
    if name not in lists:
        raise where.error(f'unknown list "{name}"', str(name), nearest(str(name), [*lists]))
    return str(name)
