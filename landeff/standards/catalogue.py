"""The catalogue: rules that ship with landeff, and those a user puts beside the project file."""

from __future__ import annotations

import datetime as dt
import fnmatch
import glob
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from landeff.core.errors import ConfigError
from landeff.core.issues import Issue
from landeff.standards.condition import known_columns, nearest
from landeff.standards.rules import Rule, parse_rule

BALANCE = "balance.toml"


@dataclass(frozen=True, slots=True)
class Selection:
    """Rules that a run uses, by id, and notes on those it was asked for and does not."""

    rules: Mapping[str, Rule]
    notes: tuple[Issue, ...]


@cache
def built_in_rules() -> Mapping[str, Rule]:
    """Rules that ship with landeff by id, verified or not; read-only."""
    root = files("landeff.standards") / "catalogue"
    found = {
        name.removesuffix(".toml"): parse_rule(
            file.read_text(encoding="utf-8"), name.removesuffix(".toml"), f"catalogue/{name}"
        )
        for name, file in _walk(root, "")
        if name.endswith(".toml") and name != BALANCE
    }
    return MappingProxyType(dict(sorted(found.items())))


def select_rules(
    patterns: Sequence[str], as_of: dt.date, base: Path, extra_columns: Sequence[str] = ()
) -> Selection:
    """Rules named by ``patterns``, as far as they are verified and in force at ``as_of``.

    Args:
        patterns: an id (``national/idle``), ids with ``*`` (``jiangsu/yangzhou/*``), or files of the user
            (``./my_rule.toml``, ``./rules/*.toml``) relative to ``base``. A file whose id is that of an
            earlier rule replaces it. A rule of the catalogue that is not verified is used only where its id
            is written out.
        extra_columns: columns of the user's data that a rule may name besides the data dictionary.

    Raises:
        ConfigError: a pattern names nothing, or a file of the user is not a rule.
    """
    chosen: dict[str, Rule] = {}
    notes: list[Issue] = []
    for pattern in patterns:
        if pattern.endswith(".toml"):
            named = _user_rules(pattern, base, extra_columns)
            notes += [_note(rule, "replaces the rule of that name") for rule in named if rule.id in chosen]
        else:
            found = _matching(pattern)
            named = [rule for rule in found if rule.verified or rule.id == pattern]
            notes += [_note(rule, "off, since its text was not verified", "name it in rules to use it")
                      for rule in found if rule not in named]  # fmt: skip
        chosen.update({rule.id: rule for rule in named})
    for rule in list(chosen.values()):
        if not rule.in_force(as_of):
            valid = f"{rule.valid_from or ''} to {rule.valid_to or ''}".strip()
            notes.append(_note(chosen.pop(rule.id), f"skipped: valid {valid}, not on {as_of}"))
    return Selection(MappingProxyType(dict(sorted(chosen.items()))), tuple(dict.fromkeys(notes)))


def _matching(pattern: str) -> list[Rule]:
    rules = built_in_rules()
    found = [rule for rule_id, rule in rules.items() if fnmatch.fnmatchcase(rule_id, pattern)]
    if not found:
        raise ConfigError(f'No rule is called "{pattern}".', nearest(pattern, [*rules]))
    return found


def _user_rules(pattern: str, base: Path, extra_columns: Sequence[str]) -> list[Rule]:
    paths = sorted(Path(found) for found in glob.glob(pattern, root_dir=base))
    if not paths:
        raise ConfigError(
            f'No rule file "{pattern}" in {base}.', "check the path; it is relative to that folder"
        )
    columns = known_columns(extra_columns)
    rules = []
    for path in paths:
        try:
            text = (base / path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} cannot be read: {error}", "save it as UTF-8 text") from error
        rules.append(parse_rule(text, path.with_suffix("").as_posix(), path.as_posix(), columns))
    return rules


def _note(rule: Rule, decision: str, fix: str = "") -> Issue:
    code = "rule_replaced" if decision.startswith("replaces") else "rule_not_used"
    return Issue("info", code, "rules", decision, key=rule.id, fix=fix)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry
