"""Rules of the ``returns`` table: whose money, which items, which currency, and what to do below zero."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pandas as pd

from landeff.core.columns import COLUMNS, UNIT_OF_SUFFIX, item_column
from landeff.core.errors import ConfigError, InputError
from landeff.core.issues import Issue
from landeff.core.units import unit_in_header, unit_of
from landeff.pipeline.config import Config, Source
from landeff.pipeline.lookup import column_or_missing

#: Item of money whose item is blank: counted, but under no name.
UNNAMED = "unnamed"
#: Columns that an item may fill, though they have a meaning of their own.
_SPECIAL = ("output", "floor_area_m2")
#: Columns of the results that no item may be called.
_MADE = ("n_parcels", "n_enterprises", "scope_area_m2", "parcels_area_m2", "tax_unknown_area_m2")
_DIMENSIONS = {"_m2": "area", "_m": "length", "_tce": "energy", "_kwh": "electricity", "_t": "mass"}


def item_problems(source: Source, config: Config) -> Iterator[InputError]:
    """Items of a source's columns that cannot be kept: a wrong unit, a ratio, or a taken name."""
    for header, target in source.columns.items():
        if not target.to.startswith("item:"):
            continue
        item = target.to.removeprefix("item:").strip()
        problem = _name_problem(item, config) or _unit_problem(item, target.unit or unit_in_header(header)[1])
        if problem:
            yield InputError(
                f'{source.name}: "{header}" → {target.to}: {problem}.', "use another name or unit"
            )


def _name_problem(item: str, config: Config) -> str:
    """Why an item cannot have its name; empty where it can."""
    column = item_column(item)
    if item.endswith("_ratio"):
        return "ratios cannot be added up; map what the ratio was made of"
    if column == "tax_cny" and item != config.scopes.tax:
        return "tax_cny is the item of the declared scope"
    if column in (*COLUMNS, *_MADE) and column != "tax_cny" and item not in _SPECIAL:
        return f"{column} means something else in landeff"
    return ""


def _unit_problem(item: str, unit_name: str | None) -> str:
    """Why values in a unit cannot be an item of that name; empty where they can."""
    unit = unit_of(unit_name or "")
    if unit is None:
        return ""
    kept_in = next((suffix for suffix in UNIT_OF_SUFFIX if item.endswith(suffix)), "")
    dimension = "count" if item.startswith("n_") else _DIMENSIONS.get(kept_in, "money")
    if unit.dimension == dimension:
        return ""
    if dimension == "money":
        known = ", ".join([*UNIT_OF_SUFFIX, "n_…"])
        return f"{unit_name} is not money; give the item a name with its unit ({known})"
    return f"the name says {kept_in or 'a count'}, the unit is {unit_name}"


def with_subject(frame: pd.DataFrame) -> pd.DataFrame:
    """``returns`` with ``subject_id``: the enterprise, the parcel, or the one on the other."""
    enterprise, parcel = column_or_missing(frame, "enterprise_id"), column_or_missing(frame, "parcel_id")
    both = enterprise + "|" + parcel
    subject = both.fillna(enterprise).fillna(parcel)
    return frame.assign(enterprise_id=enterprise, parcel_id=parcel, subject_id=subject)


def negative_values(frame: pd.DataFrame, source: Source) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """Apply the source's policy for values below zero.

    Returns:
        The rows, those that were set to zero with their old value as ``was``, and one issue an item.
    """
    negative = frame["value"] < 0
    is_zeroed = source.negative == "zero"
    decision = "set to zero" if is_zeroed else "kept as it is"
    issues = []
    for item, rows in frame[negative].groupby("item", sort=True):
        first = rows.sort_values("source_row").iloc[0]
        issues.append(
            Issue(
                "warning",
                "negative_value",
                "returns",
                decision,
                column=str(item),
                value=f"{first['value']:g}",
                source_file=source.name,
                source_row=int(first["source_row"]),
                fix="declare negative = 'zero' or 'keep' for the source, or correct the rows",
                n=len(rows),
            )
        )
    columns = ["item", "year", "value", "source_file", "source_row"]
    zeroed = frame.loc[negative & is_zeroed, columns].rename(columns={"value": "was"})
    return frame.assign(value=frame["value"].where(~negative | (not is_zeroed), 0.0)), zeroed, issues


def check_returns(frame: pd.DataFrame, config: Config) -> None:
    """Refuse money that cannot be added up, or a scope that names an item nobody reported.

    Raises:
        InputError: currencies differ from the project's.
        ConfigError: ``[scopes] tax`` is not an item of the sources; the nearest is named.
    """
    other = sorted(set(frame["currency"].dropna()) - {config.currency})
    if other:
        raise InputError(
            f"[sources.returns] money is in {', '.join(other)}, the project in {config.currency}.",
            "convert it, or declare currency for the project and all its sources alike",
        )
    items = sorted(set(frame["item"].dropna()))
    names = [each.name for each in config.compositions]
    problems = [f"{item}: {problem}" for item in items if (problem := _name_problem(item, config))]
    problems += [f"{item}: a composition has that name" for item in items if item in names]
    if problems:
        raise InputError(f"[sources.returns] items {'; '.join(problems)}.", "use other names (values = {…})")
    _check_compositions(items, config)
    if config.scopes.tax not in [*items, *names]:
        near = difflib.get_close_matches(config.scopes.tax, [*items, *names], n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise ConfigError(
            f"[scopes] tax = {config.scopes.tax!r} is no item of the sources and no composition.",
            f"{hint}Items: {', '.join([*items, *names])}",
        )


def _check_compositions(items: list[str], config: Config) -> None:
    """Refuse a composition of which nothing was reported, or whose name means something else."""
    for each in config.compositions:
        problem = _name_problem(each.name, config)
        if problem:
            raise ConfigError(f"[compositions.{each.name}] {problem}.", "use another name")
        if not set(each.items) & set(items):
            near = [name for item in each.items for name in difflib.get_close_matches(item, items, n=1)]
            hint = f"did you mean {', '.join(near)}? " if near else ""
            raise ConfigError(
                f"[compositions.{each.name}] none of its items is in the sources: {', '.join(each.items)}.",
                f"{hint}Items: {', '.join(items)}",
            )
