"""Which state of the land balance sheet a piece of land is in: the first condition that is surely true.

States, their order and their conditions are data (``catalogue/balance.toml``). A condition that is unknown
does not hold, so that land of which too little is known ends as *to be checked*, never as in order.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landeff.core.text import Term
from landeff.standards.catalogue import BALANCE
from landeff.standards.condition import Condition, Names, known_columns, parse_condition
from landeff.standards.evaluate import Facts, judge
from landeff.standards.kleene import TRUE
from landeff.standards.rule_text import Text
from landeff.standards.rules import term

#: Beginning of the rule ids of the balance itself: of parcels, and of land that no parcel covers.
_OF_PARCEL, _OF_REST = "balance/", "balance/no_parcel/"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of an ordered list; ``rule_from`` is the column that names the rule behind it."""

    name: str
    when: Condition
    rule_from: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The ordered lists of the balance sheet, and what applies where none of their entries holds."""

    states: Mapping[str, Term]
    parcels: tuple[Choice, ...]
    remainder: tuple[Choice, ...]
    inventory: tuple[Choice, ...]
    reasons: Mapping[str, Term]
    steps: Mapping[str, Term]
    reached: Mapping[str, str]
    unsupplied: tuple[Choice, ...]


@cache
def scheme() -> Scheme:
    """The balance sheet as it ships."""
    where = Text(BALANCE, (files("landeff.standards") / "catalogue" / BALANCE).read_text(encoding="utf-8"))
    raw = tomllib.loads(where.text)
    names = Names(known_columns(), {})

    def choices(part: str) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                entry["name"],
                parse_condition(entry["when"], names, where.at(part, place, "when")),
                entry.get("rule_from", ""),
            )
            for place, entry in enumerate(raw[part])
        )

    states = {name: term(text, where, name) for name, text in raw["states"].items()}
    reasons = {
        f"{prefix}{name}": term(text, where, name)
        for prefix, part in ((_OF_PARCEL, "parcels"), (_OF_REST, "no_parcel"))
        for name, text in raw["reasons"][part].items()
    }
    funnel = raw["funnel"]
    return Scheme(
        MappingProxyType(states),
        choices("parcels"),
        choices("remainder"),
        choices("inventory"),
        MappingProxyType(reasons),
        MappingProxyType({name: term(text, where, name) for name, text in funnel["steps"].items()}),
        MappingProxyType(dict(funnel["reached"])),
        choices("unsupplied"),
    )


def states() -> Mapping[str, Term]:
    """Titles of all states, in the order of the balance sheet."""
    return scheme().states


def reasons() -> Mapping[str, Term]:
    """What the balance's own rule ids mean; ids that are not here are of the catalogue."""
    return scheme().reasons


def funnel_steps() -> Mapping[str, Term]:
    """Titles of the steps from the whole of a zone to land in good use, in order."""
    return scheme().steps


def reached_steps() -> Mapping[str, str]:
    """Last step that land of each state has surely reached; states that do not tell are not in it."""
    return scheme().reached


def parcel_state(frame: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """State of each parcel and the rule that put it there.

    Args:
        frame: parcels with the indicators and what ``findings.category_verdicts`` makes.

    Returns:
        ``state`` and ``rule_id`` on the same index; ``to_be_checked`` where nothing is sure.
    """
    return _states(scheme().parcels, frame, as_of, _OF_PARCEL)


def remainder_state(frame: pd.DataFrame) -> pd.DataFrame:
    """State of land that no parcel covers, from ``land_use_class`` (of the survey) and ``is_approved``.

    Returns:
        ``state`` and ``rule_id`` on the same index.
    """
    return _states(scheme().remainder, frame, dt.date.min, _OF_REST)


def inventory_class(frame: pd.DataFrame, as_of: dt.date) -> pd.Series:
    """Inventory class of each parcel, ``none`` where it is in none; see ``docs/tables.md``."""
    return _first(scheme().inventory, frame, as_of, "none").rename("inventory_class")


def unsupplied_kind(frame: pd.DataFrame) -> pd.Series:
    """What keeps each piece of approved land from being supplied; ``unclear`` where no fact tells.

    Args:
        frame: pieces with ``is_withdrawal_planned``, ``land_use_class`` (of the survey),
            ``building_footprint_m2`` and ``is_cleared``.
    """
    return _first(scheme().unsupplied, frame, dt.date.min, "unclear").rename("unsupplied_kind")


def _states(entries: Sequence[Choice], frame: pd.DataFrame, as_of: dt.date, prefix: str) -> pd.DataFrame:
    chosen = _chosen(entries, frame, as_of)
    state = _named(entries, chosen, frame, "to_be_checked")
    rule_id = prefix + state
    for position, entry in enumerate(entries):
        if entry.rule_from in frame:  # of the entry itself: another may lead to the same state
            named = (chosen == position) & frame[entry.rule_from].notna()
            rule_id = rule_id.where(~named, frame[entry.rule_from])
    return pd.DataFrame({"state": state, "rule_id": rule_id.astype("str")}, index=frame.index)


def _first(entries: Sequence[Choice], frame: pd.DataFrame, as_of: dt.date, otherwise: str) -> pd.Series:
    return _named(entries, _chosen(entries, frame, as_of), frame, otherwise)


def _chosen(entries: Sequence[Choice], frame: pd.DataFrame, as_of: dt.date) -> NDArray[np.intp]:
    """Place of the first entry that surely holds; the number of entries where none does."""
    facts = Facts(frame, as_of)
    chosen: NDArray[np.intp] = np.full(len(frame), len(entries), dtype=np.intp)
    for position, entry in reversed(list(enumerate(entries))):
        chosen[judge(entry.when, facts) == TRUE] = position
    return chosen


def _named(
    entries: Sequence[Choice], chosen: NDArray[np.intp], frame: pd.DataFrame, otherwise: str
) -> pd.Series:
    names = np.array([*(entry.name for entry in entries), otherwise], dtype=object)
    return pd.Series(names[chosen], index=frame.index, dtype="str")
