"""Scorecards that ship with landeff, and those a user puts beside the project file."""

from __future__ import annotations

import datetime as dt
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
from landeff.standards.condition import nearest
from landeff.standards.scorecards.parse import parse_scorecard
from landeff.standards.scorecards.spec import Scorecard


@dataclass(frozen=True, slots=True)
class Cards:
    """Scorecards a run uses, by id, and notes on them."""

    cards: Mapping[str, Scorecard]
    notes: tuple[Issue, ...]


@cache
def built_in_scorecards() -> Mapping[str, Scorecard]:
    """Scorecards that ship with landeff by id; read-only. None is used unless a project names it."""
    root = files("landeff.standards.scorecards") / "catalogue"
    found = {}
    for name, file in walk_toml(root, ""):
        card_id = name.removesuffix(".toml")
        found[card_id] = parse_scorecard(
            file.read_text(encoding="utf-8"), card_id, f"scorecards/catalogue/{name}"
        )
    return MappingProxyType(dict(sorted(found.items())))


def select_scorecards(names: Sequence[str], base: Path, years: Sequence[int], as_of: dt.date) -> Cards:
    """Scorecards named by a project.

    Args:
        names: ids of the catalogue (``jiangsu/huaian_2024``), or files of the user (``./ours.toml``,
            ``./cards/*.toml``) relative to ``base``; a later one of the same id replaces an earlier one.
        years: years of the project; a card for none of them is not used, and that is told.
        as_of: day on which a card must be in force.

    Raises:
        ConfigError: a name does not exist (the nearest is named), or a file is not a scorecard.
    """
    chosen: dict[str, Scorecard] = {}
    for name in names:
        if name.endswith(".toml"):
            chosen |= {card.id: card for card in user_scorecards(name, base)}
            continue
        if name not in built_in_scorecards():
            raise ConfigError(f'No scorecard is called "{name}".', nearest(name, [*built_in_scorecards()]))
        chosen[name] = built_in_scorecards()[name]
    notes = []
    for card in list(chosen.values()):
        note = _why_not(card, years, as_of) or _mark(card)
        notes += [note] if note else []
        if note and note.code == "scorecard_not_used":
            del chosen[card.id]
    return Cards(MappingProxyType(dict(sorted(chosen.items()))), tuple(notes))


def _why_not(card: Scorecard, years: Sequence[int], as_of: dt.date) -> Issue | None:
    """Why a card cannot be used; ``None`` where it can."""
    if not card.in_force(as_of):
        valid = f"{card.valid_from or ''} to {card.valid_to or ''}".strip()
        return not_used("scorecards", card.id, f"not used: valid {valid}, not on {as_of}")
    if card.years and not set(card.years) & set(years):
        told = ", ".join(map(str, card.years))
        return not_used(
            "scorecards", card.id, f"not used: it is for {told}, none of the years of the project"
        )
    return None


def not_used(table: str, key: str, decision: str) -> Issue:
    """A note on a scorecard or table of effects that a project names and the run leaves out."""
    fix = "name the one of these years, or write one beside the project file"
    return Issue("warning", "scorecard_not_used", table, decision, key=key, fix=fix)


def _mark(card: Scorecard) -> Issue | None:
    if card.verified:
        return None
    return Issue(
        "warning",
        "scorecard_unverified",
        "scorecards",
        "used as the project says; its text was not verified",
        key=card.id,
        fix="compare it with the official document; a file of your own may replace it",
    )


def user_scorecards(pattern: str, base: Path) -> list[Scorecard]:
    """Scorecards of a user's files; the id of one is its path from ``base`` without suffix."""
    return [
        parse_scorecard(text, name.removesuffix(".toml"), name) for name, text in user_files(pattern, base)
    ]


def user_files(pattern: str, base: Path) -> Iterator[tuple[str, str]]:
    """Path from ``base`` and text of each file.

    Raises:
        ConfigError: there is none, or one is not UTF-8 text.
    """
    paths = sorted(Path(found) for found in glob.glob(pattern, root_dir=base))
    if not paths:
        raise ConfigError(
            f'There is no file "{pattern}" in {base}.', "check the path; it is relative to that folder"
        )
    for path in paths:
        try:
            yield path.as_posix(), (base / path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} cannot be read: {error}", "save it as UTF-8 text") from error


def walk_toml(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    """TOML files below a folder of the package, by path."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from walk_toml(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield f"{prefix}{entry.name}", entry
