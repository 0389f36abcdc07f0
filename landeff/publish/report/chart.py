"""Where the lines of a chart go; labels at their ends never lie on each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from landeff.core.text import Term
from landeff.publish.report.model import Lines

_WIDTH, _LEFT, _RIGHT, _TOP, _STEP = 620, 44.0, 350.0, 14.0, 17.0
_BELOW = 34.0
_MARKS = 6
_ROOM = 200.0  # for a label, behind its value; a Chinese character takes 12, a Latin one 6.8


@dataclass(frozen=True, slots=True)
class Drawn:
    """Coordinates of a chart in its own box of ``width`` × ``height``; the lines end at ``right``."""

    width: int
    height: int
    left: float
    right: float
    grid: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, str], ...]
    series: tuple[tuple[str, Term | str, str, float, float, float | None], ...]


def chart(lines: Lines) -> Drawn:
    """Lines with a label at the last known value, pushed apart until none covers another."""
    height = max(300, round(len(lines.series) * _STEP + _TOP + _BELOW))
    known = [value for _, values in lines.series for value in values if value is not None]
    low, high, step = _scale(min(known, default=0.0), max(known, default=1.0))
    last = max(len(lines.years) - 1, 1)

    def x_of(place: int) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * place / last, 2)

    def y_of(value: float) -> float:
        return round(height - _BELOW - (height - _BELOW - _TOP) * (value - low) / (high - low), 2)

    ticks = [low + step * i for i in range(round((high - low) / step) + 1)]
    ends = []
    for title, values in lines.series:
        at = [(x_of(i), y_of(value)) for i, value in enumerate(values) if value is not None]
        end = next((value for value in reversed(values) if value is not None), None)
        ends.append((" ".join(f"{x},{y}" for x, y in at), title, end, at[-1] if at else (0.0, 0.0)))
    places = _apart([y if end is not None else None for _, _, end, (_, y) in ends], height - _BELOW)
    series = tuple(
        (points, title, "" if end is None else f"{end:,.2f}", x, y, place)
        for (points, title, end, (x, y)), place in zip(ends, places, strict=True)
    )
    years = tuple((f"{x_of(i)}", str(year)) for i, year in enumerate(lines.years))
    return Drawn(
        _WIDTH, height, _LEFT, _RIGHT, tuple((f"{y_of(tick)}", f"{tick:g}") for tick in ticks), years, series
    )


def short_label(text: str) -> str:
    """``text`` cut, visibly, where it has no room at the end of its line.

    >>> short_label("示例市高新技术产业开发区"), short_label("示例市高新技术产业开发区智能制造产业园")
    ('示例市高新技术产业开发区', '示例市高新技术产业开发区智能制…')
    """
    room = _ROOM
    for place, each in enumerate(text):
        room -= 12.0 if each >= "\u2e80" else 6.8
        if room < 0:
            return text[: place - 1] + "…"
    return text


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """Round bounds around the values, from 0 where they are not below it, and the step between marks."""
    low, high = min(low, 0.0), max(high, 0.0)
    span = high - low or 1.0
    power = 10.0 ** math.floor(math.log10(span))
    step = next(each * power for each in (0.2, 0.5, 1.0, 2.0) if span / (each * power) <= _MARKS)
    return math.floor(low / step) * step, (math.ceil(high / step) or 1) * step, step


def _apart(places: list[float | None], bottom: float) -> list[float | None]:
    """The same places in the same order, at least a line apart and none below ``bottom``."""
    order = sorted((place, i) for i, place in enumerate(places) if place is not None)
    found: list[float | None] = [None] * len(places)
    free = _TOP
    for place, i in order:
        found[i] = free = max(place, free)
        free += _STEP
    limit = bottom
    for _, i in reversed(order):
        now = found[i]
        if now is not None:
            found[i] = limit = round(min(now, limit), 2)
            limit -= _STEP
    return found
