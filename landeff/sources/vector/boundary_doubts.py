"""What cannot be trusted in a 界址点坐标 file: parcels not drawn, rows mended, numbers that differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.boundary_points import CONVERSION, ID
from landeff.core.issues import Issue, Severity
from landeff.sources.vector.boundary_rings import RingSet
from landeff.sources.vector.boundary_rows import Points, Rows
from landeff.sources.vector.boundary_system import names_parameters

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]

#: Of the area: how far a stated one may be from the plane one (which the ellipsoid alone moves by 0.2 %).
AGREES = 0.01
_LISTED = 1000
_CORRECT = "correct the row, or ask the surveyor for the file again"


def faults_of(rows: Rows, points: Points, rings: RingSet, odd: Bools) -> pd.DataFrame:
    """Parcels that cannot be drawn, with the first reason: position, ``line``, ``reason``, ``value``."""
    bad = rows.bad[rows.bad["parcel"] >= 0]
    none = np.setdiff1d(np.arange(len(rows.parcels)), points.parcel)
    at = np.flatnonzero(odd)
    thin = np.flatnonzero((rings.n_corners < 3) & ~rings.is_stray)
    parts = [
        _faults(bad["parcel"], bad["line"], "a row that is no point", bad["text"]),
        _faults(none, rows.parcels["line"].to_numpy()[none], "no points below it", ""),
        _faults(points.parcel[at], points.line[at], "a point out of place", pairs(points, at)),
        _faults(rings.parcel[thin], points.line[rings.start[thin]], "a ring of fewer than three points", ""),
    ]
    return pd.concat(parts, ignore_index=True).drop_duplicates("parcel")


def _faults(parcel: Any, line: Any, reason: str, value: Any) -> pd.DataFrame:
    shown = value if isinstance(value, str) else np.asarray(value, dtype=object)
    frame = pd.DataFrame({"parcel": np.asarray(parcel, dtype=int), "line": np.asarray(line, dtype=int)})
    return frame.assign(reason=reason, value=shown)


def pairs(points: Points, at: npt.NDArray[np.intp]) -> list[str]:
    """Both numbers of points, as they stand in the file."""
    numbers = zip(points.first[at].tolist(), points.second[at].tolist(), strict=True)
    return [f"{first:.12g}, {second:.12g}" for first, second in numbers]


def miscounted(
    rows: Rows, points: Points, rings: RingSet, shapes: Shapes, stated_m2: Floats
) -> tuple[pd.DataFrame, list[Issue]]:
    """Parcels whose number of points is not the one stated: faults, and issues of those that are proven.

    Offices count closing points or do not. Any other number is a warning where the stated area agrees with
    the polygon, or where no area is stated and every ring is closed; else points are missing or too many.
    """
    n = len(rows.parcels)
    text = rows.parcels["count"].fillna("").str.normalize("NFKC").str.strip()
    count = pd.to_numeric(text.str.extract(r"^(\d{1,9})")[0], errors="coerce").to_numpy(dtype=float)
    n_points = np.bincount(points.parcel, minlength=n)
    n_rings = np.bincount(rings.parcel[~rings.is_stray], minlength=n)
    n_closing = np.bincount(rings.parcel[rings.is_closed | rings.is_stray], minlength=n)
    fits = np.isnan(count) | (count == n_points) | (count == n_points - n_closing)
    fits |= count == n_points - n_closing + n_rings
    wrong = np.flatnonzero(~fits & ~shapely.is_missing(shapes))
    plane = shapely.area(shapes[wrong])
    agrees = np.abs(stated_m2[wrong] - plane) <= np.maximum(AGREES * plane, 0.6)
    proven = agrees | (np.isnan(stated_m2[wrong]) & (n_closing[wrong] >= n_rings[wrong]))
    shown = np.array([f"{text[at]} / {n_points[at]}" for at in wrong.tolist()], dtype=object)
    line = rows.parcels["line"].to_numpy()[wrong]
    decision = "polygon drawn from the rows there are, which its area or its closing points bear out"
    keys = rows.parcels[ID].to_numpy()[wrong[proven]]
    told = listed("warning", "point_count_differs", decision, keys, line[proven], shown[proven])
    return _faults(wrong[~proven], line[~proven], "points missing or too many", shown[~proven]), told


def undrawn(rows: Rows, faults: pd.DataFrame) -> list[Issue]:
    """An issue for each fault, and one for rows above the first parcel."""
    found = []
    for reason, group in faults.groupby("reason", sort=True):
        keys = rows.parcels[ID].to_numpy()[group["parcel"]]
        decision = f"parcel left without a polygon: {reason}"
        found += listed("error", "parcel_not_drawn", decision, keys, group["line"], group["value"])
    above = rows.bad[rows.bad["parcel"] < 0]
    if len(above):
        first, decision = above.iloc[0], "rows above the first parcel row left out"
        line, value = int(first["line"]), str(first["text"])[:60]
        found.append(
            Issue(
                "error",
                "parcel_not_drawn",
                "",
                decision,
                value=value,
                source_row=line,
                fix=_CORRECT,
                n=len(above),
            )
        )
    return found


def head_issues(rows: Rows) -> list[Issue]:
    """Conversion parameters, whose values are told nowhere, and what landeff has no use for."""
    issues = []
    if names_parameters(rows.head):
        decision = "coordinates taken as they stand; the parameters were neither applied nor kept"
        fix = "if the points still have to be transformed, do so before handing the file over"
        issues.append(
            Issue("warning", "conversion_parameters_ignored", "", decision, column=CONVERSION, fix=fix)
        )
    if rows.unread:
        shown = ", ".join(rows.unread[:10]) + (", …" if len(rows.unread) > 10 else "")
        decision = "sections and keys that landeff has no use for"
        issues.append(Issue("info", "section_not_read", "", decision, value=shown[:200]))
    return issues


def row_issues_of(rows: Rows) -> list[Issue]:
    """Parcel rows that were out of step."""
    found = []
    for why, group in rows.parcels[rows.parcels["mended"] != ""].groupby("mended"):
        shown = group["area"].fillna("") + ", " + group[ID].fillna("")
        found += listed("warning", "parcel_row_mended", f"read on: {why}", group[ID], group["line"], shown)
    return found


def left_out(parcels: pd.DataFrame) -> list[Issue]:
    """The issue of rows that are lines or points."""
    if parcels.empty:
        return []
    decision = "lines and points are no land: left out"
    first, line = parcels.iloc[0], int(parcels["line"].iloc[0])
    value, key = str(first["shape"]), _text(first[ID])
    return [
        Issue(
            "warning",
            "lines_points_left_out",
            "",
            decision,
            key=key,
            value=value,
            source_row=line,
            n=len(parcels),
        )
    ]


def listed(
    severity: Severity,
    code: str,
    decision: str,
    keys: Any,
    lines: Any,
    values: Any,
    fix: str = _CORRECT,
    column: str = "",
) -> list[Issue]:
    """An issue a row, up to 1000; the last one stands for all the others."""
    rows = list(
        zip(np.asarray(keys, dtype=object), np.asarray(lines), np.asarray(values, dtype=object), strict=True)
    )
    rest = max(len(rows) - _LISTED, 0)
    return [
        Issue(
            severity,
            code,
            "",
            decision,
            key=_text(key),
            column=column,
            value=_text(value)[:60],
            source_row=int(line),
            fix=fix,
            n=1 + (rest if place == _LISTED - 1 else 0),
        )
        for place, (key, line, value) in enumerate(rows[:_LISTED])
    ]


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
