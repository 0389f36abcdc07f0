"""Reading the project file: every mistake in it is named, with the key and the nearest valid word."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from landeff.core.dataset import Scopes
from landeff.core.datums import crs_problem, is_shifted, project_crs_problem
from landeff.core.errors import ConfigError, InputError
from landeff.core.tables import TABLES
from landeff.link.standing import PRECEDENCE
from landeff.pipeline import (
    blocks_config,
    composition_config,
    config_keys,
    hot_spots_config,
    life_config,
    scenario_config,
)
from landeff.pipeline.config import (
    Config,
    Source,
)
from landeff.pipeline.raster_config import check_rasters, raster_inputs
from landeff.pipeline.review_sources import CORRECTIONS
from landeff.publish.tiles import tiles_of
from landeff.sources.columns.mapping import ColumnMap
from landeff.sources.crs.provinces import PROVINCES

#: Sections that are no table of keys.
_MORE = ("sources", "rasters", "compositions", "scenarios")


def load_config(source: str | Path | Mapping[str, Any]) -> Config:
    """Read and check a project file, or a mapping laid out like one.

    Relative paths are taken from the folder of the file (of the working directory for a mapping). In a
    mapping a source may carry ``data`` (a DataFrame) in place of ``path``.

    Raises:
        ConfigError: unreadable, or keys and values that do not exist; all are listed.
    """
    if isinstance(source, Mapping):
        raw, base, where = source, Path.cwd(), "project"
    else:
        path = Path(source).absolute()
        raw, base, where = _parse(path), path.parent, path.name
    problems = [*_check_sections(raw), *_check_sources(raw.get("sources"))]
    problems += check_rasters(raw.get("rasters", []), _check_values)
    if problems:
        raise ConfigError(f"{where}: " + "\n  ".join(problems), "correct the keys named above")
    return _config(raw, base)


def _parse(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"the project file {path} cannot be read ({error.strerror}).", "make one with `landeff init`"
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name} is not UTF-8 ({error.reason}).", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path.name} is not valid TOML: {error}.", "correct the line named") from None


def _check_sections(raw: Mapping[str, Any]) -> Iterable[str]:
    yield from _unknown_keys("", raw, [*config_keys.SECTIONS, *_MORE])
    for section, keys in config_keys.SECTIONS.items():
        values = raw.get(section, {})
        if not isinstance(values, Mapping):
            yield f"[{section}] must be a table"
            continue
        for key in config_keys.REQUIRED.get(section, ()):
            if key not in values:
                yield f"[{section}] {key} is missing"
        yield from _check_values(section, values, keys, prefix=f"{section}.")
    yield from _check_meanings(raw)


def _check_values(
    section: str, values: Mapping[str, Any], keys: Mapping[str, type | tuple[type, ...]], prefix: str = ""
) -> Iterable[str]:
    yield from _unknown_keys(section, values, keys)
    for key, kind in keys.items():
        value = values.get(key)
        if value is None:
            continue
        choices = config_keys.CHOICES.get(f"{prefix}{key}")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            yield f"[{section}] {key} = {value!r} has the wrong kind of value"
        elif choices and value not in choices:
            known = ", ".join(choices)
            yield f"[{section}] {key} = {value!r} is not one of {known}{_nearest(value, choices)}"


def _check_project(project: Mapping[str, Any]) -> Iterable[str]:
    years = project.get("years")
    if isinstance(years, list) and not (years and all(type(year) is int for year in years)):
        yield f"[project] years = {years!r} must list whole years, e.g. [2022, 2023, 2024]"
    if isinstance(project.get("as_of"), dt.datetime):
        yield "[project] as_of must be a date without a time, e.g. 2024-12-31"
    crs = project.get("crs")
    problem = project_crs_problem(crs) if isinstance(crs, str) else None
    if problem:
        yield f"[project] crs = {crs!r} {problem}; use CGCS2000 Gauss-Krüger, e.g. EPSG:4528"
    district = project.get("district_code")
    is_code = isinstance(district, str) and re.fullmatch(r"[0-9]{6}", district)
    if isinstance(district, str) and not (is_code and district[:2] in PROVINCES):
        yield f"[project] district_code = {district!r} must be six digits of GB/T 2260, e.g. 321000"
    extent = project.get("extent")
    if isinstance(extent, list) and not _is_extent(extent):
        yield f"[project] extent = {extent!r} must be [west, south, east, north] in degrees"


def _is_extent(extent: list[object]) -> bool:
    numbers = [each for each in extent if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(extent) != 4 or len(numbers) != 4:
        return False
    west, south, east, north = numbers
    return -180 <= west < east <= 180 and -90 <= south < north <= 90


def _check_meanings(raw: Mapping[str, Any]) -> Iterable[str]:
    """What the right kind of value does not guarantee."""
    tables = {name: raw[name] for name in config_keys.SECTIONS if isinstance(raw.get(name), Mapping)}
    yield from _check_project(tables.get("project", {}))
    scopes = tables.get("scopes", {})
    area = scopes.get("area")
    if scopes.get("land") in ("developed", "boundary") and area in ("registered", "contract"):
        yield f"[scopes] area = {area!r}: {scopes['land']} is measured, its area is 'ellipsoidal'"
    share = tables.get("link", {}).get("min_matched_share", 0)
    if isinstance(share, int | float) and not 0 <= share <= 1:
        yield f"[link] min_matched_share = {share} must lie between 0 and 1"
    order = tables.get("link", {}).get("precedence", list(PRECEDENCE))
    if isinstance(order, list) and sorted(map(str, order)) != sorted(PRECEDENCE):
        yield f"[link] precedence = {order!r} must list {', '.join(PRECEDENCE)}, the deciding one first"
    currency = tables.get("project", {}).get("currency", "CNY")
    yield from life_config.problems(tables.get("life", {}))
    yield from hot_spots_config.problems(tables.get("hot_spots", {}))
    yield from blocks_config.problems(tables.get("blocks", {}))
    yield from composition_config.problems(raw.get("compositions", {}), str(currency))
    yield from scenario_config.problems(raw.get("scenarios", []))
    window = tables.get("standards", {}).get("supply_window_years", 1)
    if isinstance(window, int) and window < 1:
        yield f"[standards] supply_window_years = {window} must be 1 or more"
    given = tables.get("standards", {}).get("parameters", {})
    if isinstance(given, Mapping) and not all(isinstance(each, Mapping) for each in given.values()):
        yield '[standards.parameters] must be a table a rule, e.g. [standards.parameters."national/idle"]'
    rules = tables.get("standards", {}).get("rules", [])
    if isinstance(rules, list) and not all(isinstance(rule, str) for rule in rules):
        yield f'[standards] rules = {rules!r} must list names, e.g. ["national/idle"]'
    for key in ("scorecards", "effects"):
        named = tables.get("standards", {}).get(key, [])
        if isinstance(named, list) and not all(isinstance(name, str) for name in named):
            yield f'[standards] {key} = {named!r} must list names, e.g. ["./ours.toml"]'


def _check_crs(section: str, values: Mapping[str, Any]) -> Iterable[str]:
    crs = values.get("crs")
    if isinstance(crs, str) and not is_shifted(crs):  # refused with its reason when the layer is read
        problem = crs_problem(crs)
        if problem:
            yield f"[{section}] crs = {crs!r} {problem}"


def _check_sources(sources: object) -> Iterable[str]:
    if not isinstance(sources, Mapping) or not sources:
        yield "[sources] is missing: name at least [sources.parcels]"
        return
    yield from _unknown_keys("sources", sources, [*TABLES, CORRECTIONS])
    for table in ("zones", "parcels"):
        if table not in sources:
            yield f"[sources.{table}] is missing: a run needs zones and parcels"
    for table in sorted(set(sources) & {*TABLES, CORRECTIONS}):
        entries = sources[table] if isinstance(sources[table], list) else [sources[table]]
        if not entries or not all(isinstance(entry, Mapping) for entry in entries):
            yield f"[sources.{table}] must be a table"
            continue
        for entry in entries:
            yield from _check_source(table, entry)
        if len({entry.get("duplicates") for entry in entries}) > 1:
            yield f"[sources.{table}] duplicates must be the same for all sources of the table"


def _check_source(table: str, entry: Mapping[str, Any]) -> Iterable[str]:
    section = f"sources.{table}"
    yield from _check_values(
        section, entry, config_keys.REVIEW if table == CORRECTIONS else config_keys.SOURCE
    )
    yield from _check_crs(section, entry)
    policies = config_keys.DUPLICATES.get(table, ("set_aside",))
    if isinstance(entry.get("duplicates"), str) and entry["duplicates"] not in policies:
        yield f"[{section}] duplicates = {entry['duplicates']!r}: {table} allow {', '.join(policies)}"
    if ("path" in entry) == ("data" in entry):
        yield f"[{section}] needs path (a file)"
    if entry.get("blank_start") == "not_started" and "register_on" not in entry:
        yield f"[{section}] blank_start = 'not_started' needs register_on, the date the register was exported"
    yield from _check_years(section, table, entry)
    columns = entry.get("columns", {})
    for header, target in columns.items() if isinstance(columns, Mapping) else ():
        if isinstance(target, Mapping):
            yield from _check_values(f'{section}.columns."{header}"', target, config_keys.COLUMN)
        if not isinstance(target.get("to") if isinstance(target, Mapping) else target, str):
            yield f'[{section}.columns] "{header}" must be a column name or {{to = "…", unit = "…"}}'


def _check_years(section: str, table: str, entry: Mapping[str, Any]) -> Iterable[str]:
    """What says to which year money belongs: one thing only, and months add up."""
    if "year_by" in entry and table != "returns":
        yield f"[{section}] year_by: only returns have it"
    elif "year_by" in entry and "year" in entry:
        yield f"[{section}] year and year_by exclude each other"
    columns = entry.get("columns")
    targets = columns.values() if isinstance(columns, Mapping) else ()
    parts = [target for target in targets if isinstance(target, Mapping)]
    for month in (part["month"] for part in parts if "month" in part):
        if not isinstance(month, int) or not 1 <= month <= 12:
            yield f"[{section}.columns] month = {month!r} must be 1 to 12"
    if any("month" in part for part in parts) and entry.get("duplicates") != "sum":
        yield f'[{section}] columns by month need duplicates = "sum": months add up to the year'


def _unknown_keys(section: str, values: Mapping[str, Any], known: Iterable[str]) -> Iterable[str]:
    names = list(known)
    for key in sorted(set(values) - set(names)):
        yield f"[{section}] {key} is not known{_nearest(key, names)}"


def _nearest(word: object, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(word), list(names), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _config(raw: Mapping[str, Any], base: Path) -> Config:
    project, measure, link = raw["project"], raw.get("measure", {}), raw.get("link", {})
    standards, publish = raw.get("standards", {}), raw.get("publish", {})
    options = {**measure, **link, "compositions": composition_config.chosen(raw)}
    if "precedence" in link:
        options["precedence"] = tuple(link["precedence"])
    if "rules" in standards:
        options["rules"] = tuple(standards["rules"])
    for key in ("supply_base_year", "supply_window_years"):
        if key in standards:
            options[key] = standards[key]
    options["rule_parameters"] = standards.get("parameters", {})
    if "disposal" in standards:
        options["disposal"] = base / standards["disposal"]
    options |= {key: tuple(standards[key]) for key in ("scorecards", "effects") if key in standards}
    if publish.get("tiles"):
        tiles_of(publish["tiles"])  # refuses maps that are shifted, before anything is read
    for key in ("map_review_no", "lang", "tiles"):
        if key in publish:
            options[key] = publish[key]
    if "extent" in project:
        options["extent"] = tuple(float(each) for each in project["extent"])
    for key in ("district_code", "jurisdiction", "currency", "land_use_system", "synthetic"):
        if key in project:
            options[key] = project[key]
    return Config(
        name=project["name"],
        crs=project["crs"],
        years=tuple(sorted(set(project["years"]))),
        as_of=project["as_of"],
        scopes=Scopes(**raw["scopes"]),
        sources=tuple(_sources(raw["sources"], base)),
        base=base,
        rules_folder=base / standards.get("folder", "."),
        out=base / publish["out"] if "out" in publish else None,
        rasters=tuple(raster_inputs(raw, base)),
        life=life_config.life_parameters(raw.get("life", {}), base),
        blocks=blocks_config.block_settings(raw.get("blocks", {})),
        hot_spots=hot_spots_config.hot_spot_settings(raw.get("hot_spots", {})),
        scenarios=scenario_config.scenarios_of(raw),
        raw=raw,
        **options,
    )


def _sources(tables: Mapping[str, Any], base: Path) -> Iterable[Source]:
    for table in [*TABLES, CORRECTIONS]:
        entries = tables.get(table, [])
        for position, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            options = {key: value for key, value in entry.items() if key not in ("path", "columns", "data")}
            if "transform" in entry:
                options["transform"] = base / entry["transform"]
            path = base / entry["path"] if "path" in entry else None
            name = path.name if path else table if position == 0 else f"{table} {position + 1}"
            columns = {
                header: ColumnMap(target) if isinstance(target, str) else ColumnMap(**target)
                for header, target in cast("Mapping[str, Any]", entry.get("columns", {})).items()
            }
            data = entry.get("data")
            yield Source(table=table, name=name, path=path, data=data, columns=columns, **options)
