"""The sources of a project, read, mapped and checked into canonical tables."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES
from landeff.core.errors import InputError, LandeffError, ProblemsError
from landeff.core.issues import Issue, row_issues
from landeff.core.tables import COMPARISON, TABLES, Table
from landeff.pipeline.columns import check_parcel_keys, settle_columns
from landeff.pipeline.comparison_layers import comparison_layer, joined
from landeff.pipeline.config import Config, Source
from landeff.pipeline.lookup import column_or_missing
from landeff.pipeline.placing import Placed, place_layer, uninferred
from landeff.pipeline.points import with_places
from landeff.pipeline.raster_config import header_problems
from landeff.pipeline.returns import UNNAMED, check_returns, item_problems, negative_values, with_subject
from landeff.pipeline.review_sources import read_reviews
from landeff.pipeline.steps import Progress
from landeff.sources.columns.duplicates import resolve
from landeff.sources.columns.mapping import to_table
from landeff.sources.columns.summed import summed_rows
from landeff.sources.crs.place import Laid, check_neighbours
from landeff.sources.crs.settle import Settled, settle_crs
from landeff.sources.readers import Raw, read


@dataclass(slots=True)
class Inputs:
    """What was read: canonical tables sorted by key, and what happened on the way.

    Attributes:
        set_aside: rows taken out, with ``table``, ``reason`` and the amounts they carried.
        came_in: value and rows of ``returns`` by item and year as read, before anything was done to them.
        drawn: polygons of each layer as read, in the project CRS, rows set aside included.
        zeroed: rows of ``returns`` whose negative value was set to zero, with ``was`` (the old value).
        summed: rows of ``returns`` that were added up, and into which row.
        hashes: sha256 of each file, by path from the project's folder.
        laid: where each layer lies.
        decisions, corrections: what persons wrote into review workbooks.
        decided_kinds: kinds of questions that decisions were looked for.
        outcomes: what became of each decision and correction.
        corrected: change of each value of ``returns`` that was corrected, by item and year.
        comparison: layers that are only drawn, in the degrees of the map; no part of ``tables``.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    set_aside: list[pd.DataFrame] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    came_in: list[pd.DataFrame] = field(default_factory=list)
    drawn: dict[str, list[pd.Series]] = field(default_factory=dict)
    zeroed: list[pd.DataFrame] = field(default_factory=list)
    summed: list[pd.DataFrame] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    laid: list[Laid] = field(default_factory=list)
    decisions: pd.DataFrame = field(default_factory=pd.DataFrame)
    corrections: pd.DataFrame = field(default_factory=pd.DataFrame)
    decided_kinds: set[str] = field(default_factory=set)
    outcomes: list[pd.DataFrame] = field(default_factory=list)
    corrected: list[pd.DataFrame] = field(default_factory=list)
    comparison: gpd.GeoDataFrame = field(default_factory=lambda: joined([]))

    def table(self, name: str) -> pd.DataFrame:
        """The table called ``name``; with its columns but no rows where no source feeds it."""
        found = self.tables.get(name)
        return empty_table(TABLES[name]) if found is None else found

    def aside(self, name: str) -> pd.DataFrame:
        """The rows of a table that were set aside: ``key``, ``reason`` and the columns they had."""
        frames = [frame[frame["table"] == name] for frame in self.set_aside if len(frame)]
        frames = [frame for frame in frames if len(frame)]
        if frames:
            return pd.concat(frames, ignore_index=True)
        return empty_table(TABLES[name]).reindex(columns=["key", "reason", "area_m2", *TABLES[name].columns])


def load(config: Config, progress: Progress = lambda step: None) -> Inputs:
    """Read every source; all structural problems of all of them are raised together.

    Raises:
        ProblemsError: a source cannot be used at all (file, layer, column, unit, CRS, no rows).
    """
    inputs = Inputs()
    problems: list[LandeffError] = []
    for name, table in TABLES.items():
        if name == COMPARISON:
            continue
        frames = []
        for source in config.of(name):
            progress(f"{table.title.text(config.lang)} {source.name}")
            try:
                frames.append(_load_source(source, table, config, inputs))
            except ProblemsError as error:
                problems.extend(error.problems)
            except LandeffError as error:
                problems.append(error)
        if frames and not problems:
            inputs.tables[name] = _finish(frames, table, config, inputs)
    problems += _compared(config, inputs, progress)
    problems += _reviewed(config, inputs, progress)
    unusable, digests = header_problems(config.rasters)
    problems.extend(unusable)
    inputs.hashes |= {_relative(path, config): digest for path, digest in digests.items()}
    if problems:
        raise ProblemsError(problems)
    inputs.issues += [*check_neighbours(inputs.laid), *check_parcel_keys(inputs.tables)]
    if config.of("returns"):
        check_returns(pd.concat([inputs.table("returns"), inputs.aside("returns")]), config)
    return inputs


def _compared(config: Config, inputs: Inputs, progress: Progress) -> list[LandeffError]:
    """Read the layers that are only drawn; why that could not be done."""
    frames: list[gpd.GeoDataFrame] = []
    problems: list[LandeffError] = []
    for source in config.of(COMPARISON):
        progress(f"{TABLES[COMPARISON].title.text(config.lang)} {source.name}")
        try:
            read_in = comparison_layer(source, config, _read)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        except LandeffError as error:
            problems.append(error)
            continue
        frames.append(read_in.frame)
        inputs.issues += read_in.issues
        inputs.hashes |= {_hash_name(source, config): read_in.sha256}
        inputs.hashes |= dict([read_in.parameters] if read_in.parameters else [])
    inputs.comparison = joined(frames)
    return problems


def _reviewed(config: Config, inputs: Inputs, progress: Progress) -> list[LandeffError]:
    """Read what persons wrote into review workbooks; why that could not be done."""
    try:
        review = read_reviews(config, progress)
    except LandeffError as error:
        return [error]
    inputs.decisions, inputs.corrections = review.decisions, review.corrections
    inputs.hashes |= {_relative(path, config): digest for path, digest in review.hashes.items()}
    return []


def _load_source(source: Source, table: Table, config: Config, inputs: Inputs) -> pd.DataFrame:
    raw = _read(source)
    raw, placed, misplaced = _placed(raw, table, source, config, inputs)
    wrong_items = list(item_problems(source, config))
    if wrong_items:
        raise ProblemsError([*misplaced, *wrong_items])
    inputs.hashes[_hash_name(source, config)] = raw.sha256
    inputs.issues += raw.issues
    defaults = {"year": source.year, "currency": source.currency or config.currency}
    try:
        mapped = to_table(raw, table, source.columns, defaults=defaults, year_by=source.year_by)
    except ProblemsError as error:
        raise ProblemsError([*misplaced, *error.problems]) from None
    if misplaced:
        raise ProblemsError(misplaced)
    inputs.issues += mapped.issues
    frame, aside = mapped.frame, mapped.set_aside
    if frame.empty and aside.empty:
        raise InputError(f"{source.name} has no rows for {table.name}.", "check sheet, layer and header_row")
    frame, aside, doubts = settle_columns(frame, aside, source, table, config)
    inputs.issues += doubts
    if placed is not None:
        frame = placed.move(frame)
        aside = placed.move(aside) if len(aside) else aside
        inputs.drawn.setdefault(table.name, []).extend(
            part["geometry"] for part in (frame, aside) if len(part)
        )
    if table.name == "returns":
        frame = _money(frame, aside, source, inputs)
    if table.name == "enterprises":
        frame, told = with_places(frame, source, config)
        inputs.issues += told
    if table.name == "supply" and source.blank_start == "not_started" and source.register_on:
        frame = frame.assign(register_on=pd.Timestamp(source.register_on).as_unit("s"))
    inputs.set_aside.append(aside)
    return frame


def _money(frame: pd.DataFrame, aside: pd.DataFrame, source: Source, inputs: Inputs) -> pd.DataFrame:
    """Note what came in before any policy, then name subjects and apply the policy below zero."""
    for part in (frame, aside):
        if len(part):
            part["item"] = part["item"].fillna(UNNAMED)
    rows = pd.concat([part[["item", "year", "value"]] for part in (frame, aside) if len(part)])
    inputs.came_in.append(rows)
    frame, zeroed, issues = negative_values(with_subject(frame), source)
    inputs.zeroed.append(zeroed)
    inputs.issues += issues
    return frame


def _hash_name(source: Source, config: Config) -> str:
    """Name of a source in the manifest: its path from the project's folder where it lies below it."""
    return _relative(source.path, config) if source.path else source.name


def _relative(path: Path, config: Config) -> str:
    return path.relative_to(config.base).as_posix() if path.is_relative_to(config.base) else path.name


def _read(source: Source) -> Raw:
    if source.path is not None:
        return read(
            source.path,
            layer=source.layer,
            sheet=source.sheet,
            encoding=source.encoding,
            header_row=source.header_row,
            hidden=source.hidden,
            holes=source.holes,
            crs=source.crs,
        )
    data = source.data
    if data is None:
        raise InputError(f"{source.name} has neither a path nor data.", "name a file")
    is_layer = isinstance(data, gpd.GeoDataFrame)
    settled = settle_crs(data, source.crs, source.name) if is_layer else Settled(None)
    rows = pd.Series(range(1, len(data) + 1), index=data.index, dtype="Int64")
    plain = pd.DataFrame(data.drop(columns="geometry", errors="ignore"))
    digest = hashlib.sha256(plain.to_csv().encode())
    if is_layer:
        digest.update(b"".join(wkb or b"" for wkb in data.geometry.to_wkb()))
    return Raw(data, rows, source.name, sha256=digest.hexdigest(), crs=settled.crs, issues=settled.issues)


def _placed(
    raw: Raw, table: Table, source: Source, config: Config, inputs: Inputs
) -> tuple[Raw, Placed | None, list[LandeffError]]:
    """A layer with its CRS settled, its way to the project's CRS, and why it has none."""
    is_drawn = table.geometry or table.may_be_drawn
    if not is_drawn or not isinstance(raw.frame, gpd.GeoDataFrame):
        return raw, None, []
    raw = uninferred(raw) if source.transform is not None else raw
    try:
        placed = place_layer(raw, source, config)
    except LandeffError as error:
        return dataclasses.replace(raw, crs=config.crs), None, [error]
    inputs.issues += placed.issues
    inputs.laid += [placed.laid] if placed.laid else []
    inputs.hashes |= dict([placed.parameters] if placed.parameters else [])
    return dataclasses.replace(raw, crs=placed.crs), placed, []


def _finish(frames: list[pd.DataFrame], table: Table, config: Config, inputs: Inputs) -> pd.DataFrame:
    read_in = pd.concat(frames, ignore_index=True)
    policy = config.of(table.name)[0].duplicates
    frame, aside, issues = resolve(read_in, table.key, policy, table.name)
    if policy == "sum":
        inputs.summed.append(summed_rows(read_in, frame, table.key))
    inputs.set_aside.append(aside)
    inputs.issues += issues
    if table.name == "zones":
        frame = settle_zones(frame, inputs)
    # Never by where a row stood: the same rows in another order are the same table.
    by = [column for column in dict.fromkeys((*table.key, *table.columns)) if column in frame]
    return frame.sort_values(by, kind="stable", ignore_index=True)


def settle_zones(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Zones with a name each, and parents that exist."""
    parent = column_or_missing(frame, "parent_zone_id")
    known = parent.where(parent.isin(frame["zone_id"])).set_axis(frame["zone_id"])
    ancestor = known
    for _ in range(len(frame)):
        ancestor = ancestor.map(known)  # still there after as many steps as zones: a circle
    wrong = parent.notna() & (~parent.isin(frame["zone_id"]) | ancestor.notna().to_numpy())
    inputs.issues += row_issues(
        frame[wrong],
        "warning",
        "unknown_parent",
        "zones",
        key="zone_id",
        decision="taken as a zone of its own",
        column="parent_zone_id",
        value=parent[wrong],
        fix="correct the code of the parent zone (it is absent, or leads in a circle), or leave it empty",
    )
    name = column_or_missing(frame, "name").fillna(frame["zone_id"])
    return frame.assign(name=name, parent_zone_id=parent.mask(wrong))


def empty_table(table: Table) -> pd.DataFrame:
    """A table of the contract's columns, and those of its source, without rows."""
    return _blank(table.columns).copy()


@cache
def _blank(columns: tuple[str, ...]) -> pd.DataFrame:
    dtypes = {name: DTYPES[COLUMNS[name].kind] for name in columns} | {
        "source_file": "str",
        "source_row": "Int64",
    }
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})
