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
from landeff.core.issues import Issue, Severity
from landeff.standards.condition import known_columns
from landeff.standards.rule_text import nearest
from landeff.standards.rules import Rule, parse_rule

BALANCE = "balance.toml"
CONTROLS = "control_values.toml"


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
        # what lies at the top is no rule: the balance sheet, control values, ways of disposal
        if name.endswith(".toml") and "/" in name
    }
    return MappingProxyType(dict(sorted(found.items())))


def select_rules(
    patterns: Sequence[str],
    as_of: dt.date,
    base: Path,
    extra_columns: Sequence[str] = (),
    *,
    jurisdiction: str = "",
    parameters: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
) -> Selection:
    """Rules named by ``patterns``, as far as they are verified and in force at ``as_of``.

    Args:
        patterns: an id (``national/idle``), ids with ``*`` (``jiangsu/yangzhou/*``), or files of the user
            (``./my_rule.toml``, ``./rules/*.toml``) relative to ``base``. A file whose id is that of an
            earlier rule replaces it. A rule of the catalogue that is not verified, or is of another place, is
            used only where its id is written out.
        extra_columns: columns of the user's data that a rule may name besides the data dictionary.
        jurisdiction: where the land lies (``jiangsu/yangzhou``); empty where nobody says.
        parameters: thresholds of the project by rule id. A rule that leaves a threshold empty, and is not
            given it here, is not used.

    Raises:
        ConfigError: a pattern or a threshold names nothing, or a file of the user is not a rule.
    """
    chosen: dict[str, Rule] = {}
    notes: list[Issue] = []
    for pattern in patterns:
        if pattern.endswith(".toml"):
            named = _user_rules(pattern, base, extra_columns)
            notes += [_note(rule, "rule_replaced", "replaces the rule of that name")
                      for rule in named if rule.id in chosen]  # fmt: skip
        else:
            named, left = _of_catalogue(pattern, jurisdiction)
            notes += left
        chosen.update({rule.id: rule for rule in named})
    for rule_id, given in parameters.items():
        if rule_id not in chosen:
            fix = nearest(rule_id, [*chosen]) if chosen else "name the rule in rules"
            raise ConfigError(f"parameters are given for {rule_id}, a rule that is not in use.", fix)
        chosen[rule_id] = chosen[rule_id].with_parameters(given)
    for rule in list(chosen.values()):
        reason = _why_not(rule, as_of)
        if reason:
            notes.append(_note(chosen.pop(rule.id), "rule_not_used", *reason))
    return Selection(MappingProxyType(dict(sorted(chosen.items()))), tuple(dict.fromkeys(notes)))


def _of_catalogue(pattern: str, jurisdiction: str) -> tuple[list[Rule], list[Issue]]:
    """Rules of the catalogue that a pattern switches on, and notes on those it does not, or should doubt."""
    used, notes = [], []
    name_it = "name it in rules to use it"
    for rule in _matching(pattern):
        named, here = rule.id == pattern, _covers(rule.jurisdiction, jurisdiction)
        if named and not rule.verified:
            told = _note(
                rule, "rule_unverified", "used, though its text was not verified", "compare the text"
            )
            notes.append(told)
        if named and not here:
            decision = f"used, though it is of {rule.jurisdiction}"
            notes.append(_note(rule, "rule_elsewhere", decision, "see whether it is meant"))
        if not named and not rule.verified:
            notes.append(_note(rule, "rule_not_used", "off, since its text was not verified", name_it))
        elif not named and not here:
            notes.append(_note(rule, "rule_not_used", f"off, since it is of {rule.jurisdiction}", name_it))
        else:
            used.append(rule)
    return used, notes


def _covers(of_rule: str, here: str) -> bool:
    """Whether a rule of one place is one of another: its own, one above it, or the nation's."""
    return not here or of_rule in ("", "national", here) or here.startswith(f"{of_rule}/")


def _why_not(rule: Rule, as_of: dt.date) -> tuple[str, str] | None:
    """Why a chosen rule is not used after all, and the way out."""
    if not rule.in_force(as_of):
        valid = f"{rule.valid_from or ''} to {rule.valid_to or ''}".strip()
        return f"skipped: valid {valid}, not on {as_of}", ""
    if rule.empty:
        fix = f'give it under [standards.parameters."{rule.id}"]'
        return f"off, since it has no value for {', '.join(rule.empty)}", fix
    return None


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


def _note(rule: Rule, code: str, decision: str, fix: str = "") -> Issue:
    severity: Severity = "info" if code in ("rule_replaced", "rule_not_used") else "warning"
    return Issue(severity, code, "rules", decision, key=rule.id, fix=fix)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry
