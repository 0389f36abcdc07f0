"""What an indicator is: its titles, unit, source, inputs, and how it combines over many rows."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

import pandas as pd

from landeff.core.registry import tag
from landeff.core.text import Term

Level = Literal["parcel", "enterprise", "zone", "zone_land", "approval", "supply_rate"]
Function = TypeVar("Function", bound=Callable[..., pd.Series])


@dataclass(frozen=True, slots=True)
class RatioOfSums:
    """Over many rows: the same function on the sums of ``numerator`` and ``denominator``.

    The denominator is summed whole: rows whose numerator is unknown stay in it.

    Attributes:
        scopes: what numerator and denominator count, where the indicator itself declares it (else the project
            does). Figures of different scopes are never compared without saying so.
    """

    numerator: str
    denominator: str
    scopes: tuple[Term, Term] | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A tagged function and what it means.

    Attributes:
        name: of the function and of the column it makes.
        levels: tables it is computed on.
        unit: shown unit (``元/亩``, ``日``, ``日期``).
        source: document and article, or the definition it follows.
        columns: columns it reads; one of its own name is the recorded value that it refines.
        parameters: facts of the run it reads (``as_of`` …).
        combine: how it is had for many rows together; ``None`` where that means nothing.
        settled_by: the facts to ask for where it is unknown (its columns unless declared).
    """

    name: str
    function: Callable[..., pd.Series]
    levels: tuple[Level, ...]
    title: Term
    unit: str
    source: str
    columns: tuple[str, ...]
    parameters: tuple[str, ...]
    combine: RatioOfSums | None
    settled_by: tuple[str, ...]


def indicator(
    *levels: Level,
    title: Term,
    unit: str,
    source: str,
    combine: RatioOfSums | None = None,
    settled_by: tuple[str, ...] = (),
) -> Callable[[Function], Function]:
    """Tag a function as the indicator of its name. Parameters annotated ``pd.Series`` are columns."""

    def decorate(function: Function) -> Function:
        inputs = inspect.signature(function).parameters.values()
        columns = tuple(p.name for p in inputs if "Series" in str(p.annotation))
        spec = Indicator(
            name=function.__name__,
            function=function,
            levels=levels,
            title=title,
            unit=unit,
            source=source,
            columns=columns,
            parameters=tuple(p.name for p in inputs if p.name not in columns),
            combine=combine,
            settled_by=settled_by or columns,
        )
        return tag(function, spec)

    return decorate
