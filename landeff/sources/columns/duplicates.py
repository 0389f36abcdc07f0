"""Rows that share a key: copies go, contradictions are set aside, or the declared policy applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.core.columns import TRACE
from landeff.core.issues import Issue
from landeff.core.tables import TABLES
from landeff.sources.columns.defects import joined_key, set_aside_rows

Policy = Literal["set_aside", "dissolve", "sum"]
_KEY_FIX = "keep the right row and delete the others, or declare duplicates for the source"


def resolve(
    frame: pd.DataFrame, key: Sequence[str], policy: Policy, table_name: str
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Issue, ...]]:
    """Settle the rows of ``frame`` that share ``key``; rows with a missing key part are never joined.

    ``set_aside``: of rows identical in all columns of the contract one stays, the copies are set aside
    (``duplicate_row``); rows that share the key but differ are all set aside (``duplicate_key``), since
    nobody can tell which is right. ``dissolve``: geometries united, other columns from the first row by
    content that has them. ``sum``: ``value`` summed; what may have been counted twice is told
    (``summed_across_files``, ``copies_added_up``).

    Returns:
        The rows left (index from 0), the rows set aside in the layout of ``set_aside``, and the issues. None
        of them depends on the order of the rows.
    """
    nothing = pd.DataFrame()
    named = [column for column in key if column in frame]
    if not named:
        return frame, nothing, ()
    keyed = _keyed(frame, named, table_name)
    shared = keyed & frame.duplicated(named, keep=False)
    if not shared.any():
        return frame.reset_index(drop=True), nothing, ()
    rows = _by_content(frame[shared], named, table_name)
    if policy == "set_aside":
        return _set_aside(frame, rows, named, table_name)
    one = _dissolved(rows, named) if policy == "dissolve" else _summed(rows, named)
    if isinstance(frame, gpd.GeoDataFrame):
        one = gpd.GeoDataFrame(one, geometry="geometry", crs=frame.crs)
    left = pd.concat([frame[~shared], one], ignore_index=True)
    done = "geometries united, one row a key" if policy == "dissolve" else "values added up, one row a key"
    issues = [_told(rows, named, table_name, f"{policy}_duplicates", done)]
    if policy == "sum":
        issues += _twice(rows, named, table_name)
    return left, nothing, tuple(issues)


def _keyed(frame: pd.DataFrame, named: list[str], table_name: str) -> pd.Series[bool]:
    """Rows whose key can be compared: every part that the contract requires is there (and a subject's is)."""
    needed = [column for column in named if column in (*TABLES[table_name].required, "subject_id")]
    return frame[needed or named].notna().all(axis=1)


def _content(table_name: str, frame: pd.DataFrame) -> list[str]:
    """Columns in which two copies of a row agree: those of the contract."""
    return [column for column in (*TABLES[table_name].columns, "subject_id") if column in frame]


def _by_content(rows: pd.DataFrame, named: list[str], table_name: str) -> pd.DataFrame:
    """Rows in an order that depends on what they say alone; ``shape`` is the geometry as bytes."""
    rows = pd.DataFrame(rows).assign(shape="")
    if "geometry" in rows:
        rows["shape"] = shapely.to_wkb(
            shapely.normalize(np.asarray(rows["geometry"], dtype=object)), hex=True
        )
    content = _content(table_name, rows)
    rest = [column for column in rows.columns if column not in (*content, *TRACE, "geometry", "shape")]
    order = [*named, *content, "shape", *sorted(rest), *TRACE]
    texts = rows[list(dict.fromkeys(order))].astype("object")
    texts = texts.astype("str").where(texts.notna(), "")
    return rows.loc[texts.sort_values(list(texts.columns), kind="stable").index]


def _set_aside(
    frame: pd.DataFrame, rows: pd.DataFrame, named: list[str], table_name: str
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Issue, ...]]:
    same = list(dict.fromkeys([*named, *_content(table_name, rows), "shape"]))
    is_copy = rows.duplicated(same, keep="first")
    differs = rows[~is_copy].duplicated(named, keep=False).reindex(rows.index, fill_value=False)
    conflict = differs | (is_copy & _same_key(rows, differs, named))
    reason = (
        pd.Series(None, index=rows.index, dtype="object")
        .mask(is_copy, "duplicate_row")
        .mask(conflict, "duplicate_key")
    )
    told = pd.DataFrame(
        {
            "reason": reason,
            "column": ", ".join(named),
            "was": joined_key(rows, named),
            "fix": reason.map({"duplicate_row": "delete the copy", "duplicate_key": _KEY_FIX}),
        },
        index=rows.index,
    )
    gone = reason.notna()
    aside = set_aside_rows(rows, told, TABLES[table_name])
    left = frame.drop(index=rows.index[gone]).reset_index(drop=True)
    issues = [
        *_key_issues(
            rows[conflict], named, table_name, "duplicate_key", "all rows with the key set aside", _KEY_FIX
        ),
        *_key_issues(
            rows[is_copy & ~conflict],
            named,
            table_name,
            "duplicate_row",
            "one row kept, its copies set aside",
            "delete the copies",
        ),
    ]
    return left, aside, tuple(issues)


def _same_key(rows: pd.DataFrame, chosen: pd.Series[bool], named: list[str]) -> pd.Series[bool]:
    """Rows whose key is also that of a chosen row."""
    return chosen.groupby([rows[column] for column in named], dropna=False).transform("any")


def _key_issues(
    rows: pd.DataFrame, named: list[str], table_name: str, code: str, decision: str, fix: str
) -> list[Issue]:
    """One issue a key, naming all its rows."""
    place = rows["source_file"].astype("str") + " row " + rows["source_row"].astype("str")
    told = pd.DataFrame(
        {"key": joined_key(rows, named), "place": place, **{name: rows[name] for name in TRACE}}
    )
    return [
        Issue(
            "error" if code == "duplicate_key" else "warning",
            code,
            table_name,
            decision,
            key=str(key),
            column=", ".join(named),
            value="; ".join(group["place"]),
            source_file=str(group["source_file"].iloc[0]),
            source_row=int(group["source_row"].iloc[0]),
            fix=fix,
            n=len(group),
        )
        for key, group in told.sort_values(list(TRACE)).groupby("key", sort=True)
    ]


def _told(rows: pd.DataFrame, named: list[str], table_name: str, code: str, decision: str) -> Issue:
    """One issue for all rows that a declared policy touched."""
    n_keys = int((~rows.duplicated(named)).sum())
    first = rows.sort_values(list(TRACE)).iloc[0]
    return Issue(
        "info",
        code,
        table_name,
        decision,
        column=", ".join(named),
        value=f"{len(rows)} rows, {n_keys} keys",
        source_file=str(first["source_file"]),
        source_row=int(first["source_row"]),
        n=len(rows),
    )


def _twice(rows: pd.DataFrame, named: list[str], table_name: str) -> list[Issue]:
    """Amounts added up that may be one and the same: of one key in several files, in rows that are copies."""
    if "value" not in rows:
        return []
    n_files = rows.groupby(named, dropna=False)["source_file"].transform("nunique")
    across = rows[(n_files > 1) & rows["value"].notna()]
    rest = rows.drop(columns=["geometry", "source_row"], errors="ignore").astype("str")
    copies = rows[rest.duplicated() & rows["value"].ne(0)]
    fix = "leave a file out if it states the same amounts; else all is well"
    found = []
    for code, these, decision, mend in (
        ("summed_across_files", across, "amounts of one key in several files were added up", fix),
        (
            "copies_added_up",
            copies,
            "rows alike in every column were added up",
            "delete them if they are copies",
        ),
    ):
        if these.empty:
            continue
        issue = _told(these, named, table_name, code, decision)
        files = ", ".join(sorted(these["source_file"].astype("str").unique())[:5])
        value = f"{issue.value}; together {these['value'].sum():.2f}; {files}"
        found.append(replace(issue, severity="warning", value=value, fix=mend))
    return found


def _first_known(rows: pd.DataFrame, named: list[str]) -> pd.DataFrame:
    """One row a key: of each column the first value there is."""
    plain = rows.drop(columns=["shape", "geometry"], errors="ignore")
    return plain.groupby(named, sort=True, dropna=False, as_index=False).first()


def _dissolved(rows: pd.DataFrame, named: list[str]) -> pd.DataFrame:
    if "geometry" not in rows:
        return _first_known(rows, named)
    shapes = np.asarray(rows["geometry"], dtype=object)
    valid = np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))
    groups = rows.groupby(named, sort=True, dropna=False).indices
    one = _first_known(rows, named)
    parts = [groups[key] for key in groups]
    united = [_land(shapely.union_all(valid[part])) for part in parts]
    return one.assign(geometry=np.array(united, dtype=object))


def _land(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry, without the lines and points that making it valid leaves beside them."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)


def _summed(rows: pd.DataFrame, named: list[str]) -> pd.DataFrame:
    one = _first_known(rows, named)
    if "value" in rows:
        sums = rows.groupby(named, sort=True, dropna=False)["value"].sum(min_count=1)
        one["value"] = sums.to_numpy()
    return one
