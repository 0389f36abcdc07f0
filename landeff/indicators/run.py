"""Computing all indicators of a level, in the order their inputs ask for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import Any

import pandas as pd

import landeff.indicators as package
from landeff.core.columns import COLUMNS, DTYPES
from landeff.core.errors import ConfigError
from landeff.core.registry import scan
from landeff.indicators.spec import Indicator, Level


@cache
def built_in_indicators() -> Mapping[str, Indicator]:
    """The indicators of this package by ``<module>.<name>``; read-only."""
    return scan(package, Indicator)


def of_level(level: Level, indicators: Mapping[str, Indicator] | None = None) -> Mapping[str, Indicator]:
    """Indicators of one level by column name, each after those it reads.

    Raises:
        ConfigError: two make the same column, or some read each other in a circle.
    """
    by_name: dict[str, Indicator] = {}
    for spec in (built_in_indicators() if indicators is None else indicators).values():
        if level not in spec.levels:
            continue
        if spec.name in by_name:
            raise ConfigError(
                f"Two indicators of a {level} make the column {spec.name}.", "rename one of them"
            )
        by_name[spec.name] = spec
    graph = {
        name: {column for column in spec.columns if column in by_name and column != name}
        for name, spec in sorted(by_name.items())
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise ConfigError(f"Indicators read each other in a circle: {circle}.", "break the circle") from error
    return MappingProxyType({name: by_name[name] for name in order})


def run_indicators(
    level: Level,
    frame: pd.DataFrame,
    params: Mapping[str, Any],
    indicators: Mapping[str, Indicator] | None = None,
) -> pd.DataFrame:
    """All indicators of ``level`` over ``frame``, one column each, on the same index.

    A column that an indicator reads and the frame lacks is unknown throughout.

    Args:
        params: facts of the run by name: ``as_of`` (date).

    Raises:
        ConfigError: a parameter is missing, or a column is in neither the frame nor the data dictionary.
    """
    made: dict[str, pd.Series] = {}
    for name, spec in of_level(level, indicators).items():
        columns = {c: made[c] if c in made else _column(c, frame, spec) for c in spec.columns}
        given = {p: params[p] for p in spec.parameters if p in params}
        made[name] = spec.function(**columns, **given)
    return pd.DataFrame(made, index=frame.index)


def with_indicators(level: Level, frame: pd.DataFrame, params: Mapping[str, Any]) -> pd.DataFrame:
    """``frame`` with the indicators of ``level`` as further columns; see :func:`run_indicators`."""
    made = run_indicators(level, frame, params)
    return frame.assign(**{str(name): made[name] for name in made})


def settling_columns(level: Level) -> Mapping[str, tuple[str, ...]]:
    """For each computed column, the columns to ask for where it is unknown."""
    return MappingProxyType({name: spec.settled_by for name, spec in of_level(level).items()})


def _column(name: str, frame: pd.DataFrame, spec: Indicator) -> pd.Series:
    if name in frame:
        return frame[name]
    if name not in COLUMNS:
        raise ConfigError(f"Indicator {spec.name} reads the column {name}, which nothing makes.", "add it")
    blank: pd.Series = pd.Series(None, index=frame.index, dtype=DTYPES[COLUMNS[name].kind])
    return blank
