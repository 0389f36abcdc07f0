"""``[life]`` of the project file: the calendar of working days, and what the office promises."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from landeff.core.errors import ConfigError
from landeff.core.workdays import WEEKENDS, Promise, WorkCalendar

KEYS: dict[str, type | tuple[type, ...]] = {
    "calendar": str,
    "promise_workdays": int,
    "promise_from": str,
    "promise_to": str,
    "start_within_days": int,
}
STEPS = ("signed_on", "handover_on", "permit_on", "actual_start_on")
_OFF = ("holiday", "休", "放假", "节假日", "休息")
_WORKED = ("workday", "班", "上班", "调休上班", "补班")


def problems(life: Mapping[str, Any]) -> Iterator[str]:
    """What the right kind of value does not guarantee."""
    for key in ("promise_workdays", "start_within_days"):
        value = life.get(key, 0)
        if isinstance(value, int) and not 0 <= value <= 3660:
            yield f"[life] {key} = {value} must lie between 0 and 3660"
    for key in ("promise_from", "promise_to"):
        if isinstance(life.get(key), str) and life[key] not in STEPS:
            yield f"[life] {key} = {life[key]!r} is not one of {', '.join(STEPS)}"


def life_parameters(life: Mapping[str, Any], base: Path) -> dict[str, object]:
    """Parameters of the indicators of :mod:`landeff.indicators.life`.

    Raises:
        ConfigError: the calendar cannot be read; every wrong line is listed.
    """
    calendar = read_calendar(base / life["calendar"]) if "calendar" in life else WEEKENDS
    usual = Promise()
    promise = Promise(
        life.get("promise_workdays", usual.workdays),
        life.get("promise_from", usual.from_column),
        life.get("promise_to", usual.to_column),
    )
    return {
        "calendar": calendar,
        "promise": promise,
        "start_within_days": life.get("start_within_days", 0),
    }


def read_calendar(path: Path) -> WorkCalendar:
    """Holidays and weekends that are worked.

    A TOML file has ``holidays`` and ``workdays``, lists of dates. A CSV file has two columns, a date and
    ``holiday`` (休) or ``workday`` (班), with or without a header.

    Raises:
        ConfigError: unreadable, or a line that is neither.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"the calendar {path.name} cannot be read ({error.strerror}).", "check [life] calendar"
        ) from None
    rows = _toml(text, path.name) if path.suffix.lower() == ".toml" else _csv(text)
    off: set[dt.date] = set()
    worked: set[dt.date] = set()
    wrong = []
    for number, day, kind in rows:
        if day is None or kind not in (*_OFF, *_WORKED):
            wrong.append(f"line {number}")
        else:
            (off if kind in _OFF else worked).add(day)
    if wrong or not (off or worked):
        told = "; ".join(wrong[:20]) or "no dates"
        raise ConfigError(
            f"the calendar {path.name} has lines that are no working or free day: {told}.",
            "write a date and holiday (休) or workday (班) on each line",
        )
    return WorkCalendar(frozenset(off), frozenset(worked))


def _toml(text: bytes, name: str) -> Iterator[tuple[int, dt.date | None, str]]:
    try:
        raw = tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"the calendar {name} is not valid TOML: {error}.", "correct it") from None
    unknown = sorted(set(raw) - {"holidays", "workdays"})
    if unknown:
        raise ConfigError(
            f"the calendar {name}: {', '.join(unknown)} is not known.", "use holidays and workdays"
        )
    for key, kind in (("holidays", "holiday"), ("workdays", "workday")):
        for number, day in enumerate(_listed(raw.get(key, [])), start=1):
            yield number, day if type(day) is dt.date else None, kind


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else [value]


def _csv(text: bytes) -> Iterator[tuple[int, dt.date | None, str]]:
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = text.decode("gb18030", errors="replace")
    for number, row in enumerate(csv.reader(decoded.splitlines()), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        day = _date(cells[0])
        if day is None and number == 1 and not any(cell.isdigit() for cell in cells[0]):
            continue  # a header
        yield number, day, cells[1].lower() if len(cells) > 1 else ""


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
