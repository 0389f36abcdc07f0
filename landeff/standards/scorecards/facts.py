"""The facts a scorecard reads, in the kinds it declares them in."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES
from landeff.core.industries import division_codes
from landeff.standards.condition import columns_of
from landeff.standards.scorecards.spec import Input, Scorecard

_YES, _NO = ("是", "有", "yes", "true", "1", "1.0"), ("否", "无", "no", "false", "0", "0.0")


def with_inputs(facts: pd.DataFrame, card: Scorecard) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """``facts`` with every input of ``card`` under its name and in its kind, and ``industry_division``.

    An input is taken from the column of its name, else from the first of its other names. What cannot be
    read as its kind is missing.

    Returns:
        The facts, and by input the rows whose text could not be read.
    """
    made = {}
    for name in facts.columns.intersection([*COLUMNS]):
        kind = COLUMNS[name].kind
        if kind in ("number", "date", "boolean", "code", "text"):
            made[name] = facts[name].astype(DTYPES[kind])
    unread = {}
    for each in card.inputs.values():
        source = column_of(each, facts)
        if source is None:
            continue
        made[each.name] = _read(facts[source], each, each.also.get(source, 1.0))
        lost = made[each.name].isna() & facts[source].notna()
        if lost.any():
            unread[each.name] = lost
    if "industry_division" not in facts and "industry_code" in facts:
        made["industry_division"] = division_codes(made.get("industry_code", facts["industry_code"]))
    return facts.assign(**made), unread


def column_of(declared: Input, frame: pd.DataFrame) -> str | None:
    """The column an input is read from: that of its name, else the first of its other names."""
    return next((name for name in (declared.name, *declared.also) if name in frame), None)


def _read(column: pd.Series, declared: Input, factor: float) -> pd.Series:
    if declared.kind == "number":
        return pd.to_numeric(column, errors="coerce").astype("float64") * factor
    if declared.kind == "text":
        return column.astype("str")
    if declared.kind == "boolean":
        text = column.astype("str").str.strip().str.lower()
        truth = pd.Series(pd.NA, index=column.index, dtype="boolean")
        return truth.mask(text.isin(_YES), True).mask(text.isin(_NO), False)
    days = pd.to_datetime(column, errors="coerce", format="mixed")
    return days.astype("datetime64[s]")


def columns_read(card: Scorecard) -> list[str]:
    """Columns of the facts that a card reads, sorted: of items, conditions, groups and adjustments."""
    names = {part for item in card.items.values() for part in (item.measure.of, item.measure.per)}
    conditions = [model.when for model in card.models] + [each.when for each in card.adjustments]
    conditions += [each.when for each in (*card.not_graded, *card.vetoes, *card.floors)]
    for condition in conditions:
        if condition is not None:
            names |= columns_of(condition, card.parameters)
    for weighed in (each for model in card.models for each in model.items):
        names |= {*weighed.benchmark.of, weighed.benchmark.place_by}
    names |= {each.of for each in card.adjustments} | set(card.cuts.group if card.cuts else ())
    return sorted(names - {"", "model"})
