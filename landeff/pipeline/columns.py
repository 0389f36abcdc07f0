"""What is doubtful about the columns of a source once they are read: codes, and amounts in the wrong unit."""

from __future__ import annotations

import pandas as pd

from landeff.core.issues import Issue
from landeff.core.parcel_code import parcel_of
from landeff.core.tables import Table
from landeff.pipeline.config import Config, Source
from landeff.pipeline.district_codes import county_codes
from landeff.sources.codes.checks import check_codes
from landeff.sources.codes.issues import grouped
from landeff.sources.columns.headers import unit_in_label
from landeff.sources.columns.plausible import plausible_issues


def settle_columns(
    frame: pd.DataFrame, aside: pd.DataFrame, source: Source, table: Table, config: Config
) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """Check the codes and amounts of a source; cut codes of units to their parcel where that is declared.

    Returns:
        The rows, the rows set aside, and issues.
    """
    issues: list[Issue] = []
    if source.parcel_codes == "parcel" and "parcel_id" in frame:
        frame, issues = _cut(frame, table.name)
        aside = aside.assign(**{c: parcel_of(aside[c]) for c in ("parcel_id", "key") if c in aside})
    if table.name == "districts":
        frame, cut = county_codes(frame)
        issues += cut
    frame, told = check_codes(frame, table.name, source.land_use_system or config.land_use_system)
    issues += told
    issues += plausible_issues(frame, table.name, units_of(source), source.currency or config.currency)
    return frame, aside, issues


def units_of(source: Source) -> dict[str, str]:
    """Unit of each canonical column (``item:<name>`` included), as declared or named in the header."""
    found = {each.to: each.unit or unit_in_label(header)[1] for header, each in source.columns.items()}
    return {to: unit for to, unit in found.items() if unit}


def _cut(frame: pd.DataFrame, table: str) -> tuple[pd.DataFrame, list[Issue]]:
    parcel = parcel_of(frame["parcel_id"])
    cut = frame[frame["parcel_id"].notna() & (parcel != frame["parcel_id"])]
    decision = "cut to the 19 characters of the parcel; the whole code is kept as unit_code"
    fix = 'leave parcel_codes = "parcel" out to keep units apart'
    told = grouped(cut, table, "parcel_id", "unit_code_cut", "info", decision, fix)
    kept = frame["parcel_id"].where(frame.index.isin(cut.index))
    return frame.assign(parcel_id=parcel, unit_code=kept), told


def check_parcel_keys(tables: dict[str, pd.DataFrame]) -> list[Issue]:
    """Units in one table and parcels in another never meet: told, with the key that declares the cut."""
    if "parcels" not in tables:
        return []
    known = set(tables["parcels"]["parcel_id"].dropna())
    issues: list[Issue] = []
    for name, frame in tables.items():
        # Supply records are compared by the parcel of either code.
        if name in ("parcels", "supply") or "parcel_id" not in frame:
            continue
        codes = frame["parcel_id"].dropna()
        lost = frame.loc[codes.index[~codes.isin(known)]]
        parcel = parcel_of(lost["parcel_id"])
        units, on = lost[(parcel != lost["parcel_id"]) & parcel.isin(known)], name
        if units.empty and len(lost):
            rows = tables["parcels"].dropna(subset="parcel_id")
            cut = parcel_of(rows["parcel_id"])
            units, on = rows[(cut != rows["parcel_id"]) & cut.isin(lost["parcel_id"])], "parcels"
        decision = "kept; units (28 characters) and parcels (19) do not match each other"
        fix = f'declare parcel_codes = "parcel" under [sources.{on}]'
        issues += grouped(units, on, "parcel_id", "unit_codes_unmatched", "warning", decision, fix)
    return issues
