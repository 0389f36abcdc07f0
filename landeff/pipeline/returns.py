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

#: Columns that an item may fill, though they have a meaning of their own.
_SPECIAL = ("output",)


def item_problems(source: Source, config: Config) -> Iterator[InputError]:
    """Items of a source that cannot be kept: no money and no unit in the name, a ratio, or a taken name."""
    for header, target in source.columns.items():
        if not target.to.startswith("item:"):
            continue
        item = target.to.removeprefix("item:").strip()
        unit = unit_of(target.unit or unit_in_header(header)[1] or "")
        where = f'{source.name}: "{header}" → {target.to}'
        column = item_column(item)
        if item.endswith("_ratio"):
            yield InputError(f"{where}: ratios cannot be added up.", "map what the ratio was made of")
        elif unit and unit.dimension != "money" and column != item:
            known = ", ".join([*UNIT_OF_SUFFIX, "n_…"])
            yield InputError(f"{where} is not money.", f"give the item a name with its unit ({known})")
        elif column == "tax_cny" and item != config.scopes.tax:
            yield InputError(f"{where}: tax_cny is the item of the declared scope.", "use another name")
        elif column in COLUMNS and column != "tax_cny" and item not in _SPECIAL:
            yield InputError(f"{where}: {column} means something else in landeff.", "use another name")


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
    zeroed = frame[negative & is_zeroed].rename(columns={"value": "was"})
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
    if config.scopes.tax not in items:
        near = difflib.get_close_matches(config.scopes.tax, items, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise ConfigError(
            f"[scopes] tax = {config.scopes.tax!r} is no item of the sources.",
            f"{hint}Items: {', '.join(items)}",
        )
