"""Odd rows whose cells can all be read: blank rows, pseudo keys, borders that cross themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from landeff.core.issues import Issue, Severity
from landeff.core.tables import Table

_SHOWN = 10


def empty_issues(rows: pd.DataFrame, table: Table) -> list[Issue]:
    """One issue for rows without a word in any mapped column."""
    if rows.empty:
        return []
    listed = _listed([str(row) for row in rows["source_row"].sort_values()])
    return [
        _about(rows, "info", "empty_row", table, "", f"rows {listed}", "left out", "delete the empty rows")
    ]


def pseudo_key_issues(frame: pd.DataFrame, table: Table) -> list[Issue]:
    """One issue for parcel codes without a digit, which are what sources write for streets and water."""
    if table.name != "parcels":
        return []
    rows = frame[frame["parcel_id"].notna() & ~frame["parcel_id"].str.contains(r"\d", na=False)]
    if rows.empty:
        return []
    counts = rows["parcel_id"].value_counts().sort_index()
    shown = _listed([f"{code} ({n})" for code, n in counts.items()])
    fix = 'if it is no parcel, map the code to a blank: values = { "ROAD" = "" }'
    return [_about(rows, "warning", "pseudo_key", table, "parcel_id", shown, "kept as a parcel", fix)]


def invalid_issues(frame: pd.DataFrame, table: Table) -> list[Issue]:
    """One issue for polygons whose border crosses itself, as drawn in the coordinates of the source.

    What became of each is told where it is repaired, united or set aside.
    """
    if not table.geometry:
        return []
    shapes = np.asarray(frame["geometry"], dtype=object)
    invalid = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    rows = frame[invalid].sort_values("source_row")
    if rows.empty:
        return []
    reason = str(shapely.is_valid_reason(rows["geometry"].iloc[0]))
    decision = "repaired where that leaves the area as it is, else set aside"
    fix = "mend the polygons in the GIS"
    return [_about(rows, "warning", "invalid_geometry", table, "geometry", reason, decision, fix)]


def _about(
    rows: pd.DataFrame,
    severity: Severity,
    code: str,
    table: Table,
    column: str,
    value: str,
    decision: str,
    fix: str,
) -> Issue:
    """One issue for all ``rows``, naming the first of them."""
    first = rows.sort_values("source_row").iloc[0]
    return Issue(
        severity,
        code,
        table.name,
        decision,
        column=column,
        value=value,
        source_file=str(first["source_file"]),
        source_row=int(first["source_row"]),
        fix=fix,
        n=len(rows),
    )


def _listed(texts: list[str]) -> str:
    return ", ".join(texts[:_SHOWN]) + (", …" if len(texts) > _SHOWN else "")
