"""A trap: an input as offices deliver it, and the row of ``issues`` (or the refusal) it must lead to."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import four_squares


@dataclass(frozen=True)
class Trap:
    """One trap.

    Attributes:
        code: issue code, or ``"refused"`` where the input must stop the run with a clear message.
        zh, en: what is wrong with the input and what becomes of it, one sentence each, for the docs page.
        build: writes the input into a folder and returns a project (a mapping laid out like a project file).
        expect: fields the issue row must have (``source_row``, ``key``, ``column``, ``value``, ``n`` …).
        needs_run: whether only a whole run can tell; else ``landeff check`` must.
        message: for a refusal, a regular expression its text must match.
    """

    code: str
    zh: str
    en: str
    build: Callable[[Path], dict[str, Any]]
    expect: Mapping[str, object] = field(default_factory=dict)
    message: str = ""
    needs_run: bool = False


def project(**sources: dict[str, Any]) -> dict[str, Any]:
    """The four squares with some of their sources replaced (``parcels={"path": …, "columns": …}``)."""
    raw = four_squares.project()
    raw["sources"] = {**raw["sources"], **sources}
    raw["project"] = {**raw["project"], "as_of": dt.date(2024, 12, 31)}
    return raw
