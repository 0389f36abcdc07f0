"""Raw frames → canonical tables: names, units, types; defective rows set aside with their reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES
from landeff.core.errors import InputError, LandeffError, ProblemsError
from landeff.core.issues import Issue
from landeff.core.tables import Table
from landeff.sources.columns.cell_marks import names_units
from landeff.sources.columns.cells import clean
from landeff.sources.columns.defects import Defect, defect_issues, marks, set_aside_rows
from landeff.sources.columns.doubts import empty_issues, invalid_issues, pseudo_key_issues
from landeff.sources.columns.pivot import item_words, items_not_mapped, to_long
from landeff.sources.columns.plan import ColumnMap, Plan, plan
from landeff.sources.columns.tax_years import YearBy, with_year, year_issues, year_problem
from landeff.sources.columns.values import filled, parse
from landeff.sources.crs.settle import missing_crs
from landeff.sources.readers import Raw

__all__ = ["ColumnMap", "Mapped", "to_table"]

#: In ``returns`` a row without these is money that cannot be matched, which is for the linking to say.
_LINKED_LATER = {"returns": ("enterprise_id", "parcel_id")}
#: Required columns whose absence in a row means that the row says nothing, or nothing yet.
_MAY_BE_BLANK = ("value", "item", "disposed_area_m2")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A canonical table.

    Attributes:
        frame: canonical columns in their types, then unmapped ones, ``source_file`` and ``source_row``; a
            GeoDataFrame in the CRS of the source where the table has geometries.
        set_aside: defective rows: ``table, source_file, source_row, key, reason, column, value, fix``, then
            the row's canonical columns, so that its land (``geometry``) and money can be booked. Tables
            that have a ``value`` of their own keep their number there.
    """

    frame: pd.DataFrame
    set_aside: pd.DataFrame
    issues: tuple[Issue, ...]


def to_table(
    raw: Raw,
    table: Table,
    columns: Mapping[str, ColumnMap],
    *,
    defaults: Mapping[str, object],
    year_by: YearBy | None = None,
) -> Mapped:
    """Turn a file as read into the canonical ``table``.

    Args:
        columns: source header → what it is.
        defaults: canonical column → value that stands where the file has none (``year``, ``currency``).
        year_by: date that tells the year of a row of ``returns``.

    Raises:
        ProblemsError: the mapping does not fit the file; every problem of it is listed.
    """
    drawn = _geometry_of(raw)
    plain = raw.frame.drop(columns=drawn) if drawn else raw.frame
    headers = [str(column) for column in plain.columns]
    todo = _plan(raw, table, columns, defaults, headers, drawn, year_by)
    frame, defects = _parsed(plain, todo, raw)
    frame = with_year(frame, year_by)
    if table.name == "returns":
        defects += items_not_mapped(frame, todo.steps)
        frame = frame.assign(**item_words(plain, todo.steps))
    for column in table.columns:
        if defaults.get(column) is not None:
            frame[column] = _with_default(frame, column, defaults[column])
    is_drawn = table.geometry or (table.may_be_drawn and drawn is not None)
    if is_drawn:
        frame["geometry"] = raw.frame[drawn].to_numpy()
    frame["source_file"] = pd.Series(raw.name, index=frame.index, dtype="str")
    frame["source_row"] = raw.rows.set_axis(frame.index)
    frame = pd.concat([frame, _carried(plain, todo)], axis=1)
    says_something = ~_empty(frame, defects, todo, table)
    empty = frame[~says_something]
    frame, defects = frame[says_something], [each.within(says_something) for each in defects]
    defects += _missing(frame, table, defects)
    frame_kept, set_aside = _split(frame, defects, todo, table)
    issues = [replace(each, table=table.name, source_file=raw.name) for each in todo.issues]
    issues += [*defect_issues(defects, frame, table), *empty_issues(empty, table)]
    issues += [*invalid_issues(frame, table), *pseudo_key_issues(frame, table)]
    issues += year_issues(frame_kept, year_by) if table.name == "returns" else []
    if is_drawn:
        frame_kept = gpd.GeoDataFrame(frame_kept, geometry="geometry", crs=raw.crs)
    return Mapped(frame_kept.reset_index(drop=True), set_aside, tuple(issues))


def _parsed(plain: pd.DataFrame, todo: Plan, raw: Raw) -> tuple[pd.DataFrame, list[Defect]]:
    """The values of every step, in order: a later one may fill the gaps of an earlier one."""
    defects: list[Defect] = []
    frame = pd.DataFrame(index=plain.index)
    for step in todo.steps:
        values, found = parse(plain[step.header], step, raw)
        if step.fill and step.at in frame:
            values, differing = filled(frame[step.at], values, step, raw)
            found += differing
        frame[step.at] = values
        defects += found
    return frame, defects


def _geometry_of(raw: Raw) -> str | None:
    return str(raw.frame.geometry.name) if isinstance(raw.frame, gpd.GeoDataFrame) else None


def _plan(
    raw: Raw,
    table: Table,
    columns: Mapping[str, ColumnMap],
    defaults: Mapping[str, object],
    headers: list[str],
    drawn: str | None,
    year_by: YearBy | None,
) -> Plan:
    """The plan, with what is wrong about the geometry among its problems."""
    problems: list[LandeffError] = []
    if table.geometry and drawn is None:
        problems.append(
            InputError(f"{raw.name} has no polygons, which {table.name} needs.", "name a vector layer")
        )
    elif drawn is not None and (table.geometry or table.may_be_drawn) and raw.crs is None:
        problems.append(missing_crs(raw.name))
    dated = year_problem(year_by, {each.to for each in columns.values()}, raw.name)
    problems += [dated] if dated else []
    told = {**defaults, "year": year_by} if year_by else defaults
    try:
        todo = plan(
            headers,
            raw.name,
            table,
            columns,
            told,
            lambda column, what: names_units(raw.frame[column], what),
            raw.units,
        )
    except ProblemsError as error:
        raise ProblemsError([*problems, *error.problems]) from None
    if problems:
        raise ProblemsError(problems)
    return todo


def _with_default(frame: pd.DataFrame, column: str, value: object) -> pd.Series[Any]:
    default = pd.Series(value, index=frame.index).astype(DTYPES[COLUMNS[column].kind])
    return frame[column].fillna(default) if column in frame else default


def _carried(plain: pd.DataFrame, todo: Plan) -> pd.DataFrame:
    """Unmapped columns under the names they travel by; cells of mixed types become text, to be saved."""
    carried = plain[list(todo.carried)].rename(columns=todo.carried).infer_objects()
    mixed = [name for name in carried if carried[name].dtype == object]
    return carried.assign(**{str(name): clean(carried[name]) for name in mixed})


def _empty(frame: pd.DataFrame, defects: list[Defect], todo: Plan, table: Table) -> pd.Series[bool]:
    """Rows of which no mapped cell says anything; a polygon always says something."""
    if table.geometry:
        return pd.Series(False, index=frame.index)
    empty = frame[[step.at for step in todo.steps]].isna().all(axis=1)
    for defect in defects:
        empty &= ~defect.cells
    return empty


def _missing(frame: pd.DataFrame, table: Table, known: list[Defect]) -> list[Defect]:
    """Rows without a key, and other required cells that are empty; not those set aside for ``known``."""
    defects = []
    is_aside = marks(known, frame.index)["reason"].notna()
    nothing = pd.Series("", index=frame.index, dtype="str")
    for column in table.required:
        if column in _LINKED_LATER.get(table.name, ()) or column in _MAY_BE_BLANK or column not in frame:
            continue
        is_missing = frame[column].isna() & ~is_aside
        if is_missing.any():
            code = "missing_key" if column in table.key else "missing_required"
            code = "missing_key:year" if column == "year" and code == "missing_key" else code
            defects.append(Defect(code, column, is_missing, nothing))
    return defects


def _split(
    frame: pd.DataFrame, defects: list[Defect], todo: Plan, table: Table
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Good rows, and the rows set aside."""
    wide = [step for step in todo.steps if step.slot]
    if wide:
        frame, told = to_long(frame, wide, defects)
    else:
        told = marks(defects, frame.index)
        if table.name == "returns":
            says_something = frame["value"].notna() | told["reason"].notna()
            frame, told = frame[says_something], told[says_something]
    return frame[told["reason"].isna()], set_aside_rows(frame, told, table)
