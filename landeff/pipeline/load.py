"""The sources of a project, read, mapped and checked into canonical tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES
from landeff.core.errors import InputError, LandeffError, ProblemsError
from landeff.core.issues import Issue
from landeff.core.tables import TABLES, Table
from landeff.pipeline.config import Config, Source
from landeff.pipeline.lookup import column_or_missing
from landeff.sources.duplicates import resolve
from landeff.sources.mapping import to_table
from landeff.sources.readers import Raw, read

Progress = Callable[[str], None]


@dataclass(slots=True)
class Inputs:
    """What was read: canonical tables sorted by key, and what happened on the way.

    Attributes:
        set_aside: rows taken out, with ``table``, ``reason`` and the amounts they carried.
        zeroed: rows of ``returns`` whose negative value was set to zero, with ``was`` (the old value).
        hashes: sha256 of each file by name.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    set_aside: list[pd.DataFrame] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    zeroed: pd.DataFrame = field(default_factory=pd.DataFrame)
    hashes: dict[str, str] = field(default_factory=dict)

    def table(self, name: str) -> pd.DataFrame:
        """The table called ``name``; with its columns but no rows where no source feeds it."""
        return self.tables.get(name, empty_table(TABLES[name]))

    def aside(self, name: str) -> pd.DataFrame:
        """The rows of a table that were set aside: ``key``, ``reason`` and the columns they had."""
        frames = [frame[frame["table"] == name] for frame in self.set_aside if len(frame)]
        frames = [frame for frame in frames if len(frame)]
        if frames:
            return pd.concat(frames, ignore_index=True)
        return empty_table(TABLES[name]).reindex(columns=["key", "reason", "area_m2", *TABLES[name].columns])


def load(config: Config, progress: Progress) -> Inputs:
    """Read every source; all structural problems of all of them are raised together.

    Raises:
        ProblemsError: a source cannot be used at all (file, layer, column, unit, CRS, no rows).
    """
    inputs = Inputs()
    problems: list[LandeffError] = []
    for name, table in TABLES.items():
        frames = []
        for source in config.of(name):
            progress(f"{table.title.text(config.lang)} {source.name}")
            try:
                frames.append(_load_source(source, table, config, inputs))
            except ProblemsError as error:
                problems.extend(error.problems)
            except LandeffError as error:
                problems.append(error)
        if frames:
            inputs.tables[name] = _finish(frames, table, config, inputs)
    if problems:
        raise ProblemsError(problems)
    return inputs


def _load_source(source: Source, table: Table, config: Config, inputs: Inputs) -> pd.DataFrame:
    raw = _read(source)
    inputs.hashes[source.name] = raw.sha256
    inputs.issues.extend(raw.issues)
    defaults = {"year": source.year, "currency": source.currency or config.currency}
    mapped = to_table(raw, table, source.columns, defaults=defaults)
    inputs.issues.extend(mapped.issues)
    frame, set_aside = mapped.frame, mapped.set_aside
    if frame.empty and set_aside.empty:
        raise InputError(f"{source.name} has no rows for {table.name}.", "check sheet, layer and header_row")
    if table.geometry:
        frame = _in_project_crs(frame, raw, source, config)
        set_aside = _in_project_crs(set_aside, raw, source, config) if len(set_aside) else set_aside
    inputs.set_aside.append(set_aside)
    if table.name == "supply" and source.blank_start == "not_started":
        frame = frame.assign(register_on=pd.Timestamp(source.register_on))  # type: ignore[arg-type]
    return frame


def _read(source: Source) -> Raw:
    if source.path is not None:
        return read(
            source.path,
            layer=source.layer,
            sheet=source.sheet,
            encoding=source.encoding,
            header_row=source.header_row,
            crs=source.crs,
        )
    data = source.data
    if data is None:
        raise InputError(f"{source.name} has neither a path nor data.", "name a file")
    crs = source.crs or (data.crs.to_string() if isinstance(data, gpd.GeoDataFrame) and data.crs else None)
    rows = pd.Series(range(1, len(data) + 1), index=data.index, dtype="Int64")
    plain = pd.DataFrame(data.drop(columns="geometry", errors="ignore"))
    digest = hashlib.sha256(plain.to_csv().encode()).hexdigest()
    return Raw(frame=data, rows=rows, name=source.name, sha256=digest, crs=crs)


def _in_project_crs(frame: pd.DataFrame, raw: Raw, source: Source, config: Config) -> gpd.GeoDataFrame:
    crs = source.crs or raw.crs
    if crs is None:
        raise InputError(
            f"{source.name} does not say in which coordinate system it is.",
            f'add crs = "EPSG:…" to [sources.{source.table}]',
        )
    layer = gpd.GeoDataFrame(frame, geometry="geometry").set_crs(crs, allow_override=True)
    return layer.to_crs(config.crs)


def _finish(frames: list[pd.DataFrame], table: Table, config: Config, inputs: Inputs) -> pd.DataFrame:
    frame = pd.concat(frames, ignore_index=True)
    policies = config.of(table.name)[0]
    if table.name == "returns":
        frame = _returns(frame, policies.negative == "zero", inputs)
    frame, set_aside, issues = resolve(frame, table.key, policies.duplicates, table.name)
    inputs.set_aside.append(set_aside)
    inputs.issues.extend(issues)
    if table.name == "zones":
        frame["name"] = column_or_missing(frame, "name").fillna(frame["zone_id"])
    # Never by where a row stood: the same rows in another order are the same table.
    by = [column for column in dict.fromkeys((*table.key, *table.columns)) if column in frame]
    return frame.sort_values(by, kind="stable", ignore_index=True)


def _returns(frame: pd.DataFrame, zero_negative: bool, inputs: Inputs) -> pd.DataFrame:
    """Name the subject of each row, and apply the policy for negative money."""
    for column in ("enterprise_id", "parcel_id"):
        if column not in frame:
            frame[column] = pd.Series(None, index=frame.index, dtype="str")
    frame["subject_id"] = frame["enterprise_id"].fillna(frame["parcel_id"])
    negative = frame["value"] < 0
    for item, rows in frame[negative].groupby("item", sort=True):
        first = rows.sort_values(["source_file", "source_row"]).iloc[0]
        inputs.issues.append(
            Issue(
                "warning",
                "negative_value",
                "returns",
                "set to zero" if zero_negative else "kept as it is",
                column=str(item),
                value=f"{first['value']:g}",
                source_file=first["source_file"],
                source_row=int(first["source_row"]),
                fix="declare negative = 'zero' or 'keep' for the source, or correct the rows",
                n=len(rows),
            )
        )
    if zero_negative:
        inputs.zeroed = frame[negative].rename(columns={"value": "was"})
        frame["value"] = frame["value"].clip(lower=0.0)
    return frame


def empty_table(table: Table) -> pd.DataFrame:
    """A table of the contract's columns without rows."""
    columns = {name: pd.Series(dtype=DTYPES[COLUMNS[name].kind]) for name in table.columns if name in COLUMNS}
    return pd.DataFrame(columns)
