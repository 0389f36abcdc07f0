"""Reading the project file: every mistake in it is named, with the key and the nearest valid word."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast, get_args

import pandas as pd
from pyproj import CRS
from pyproj.exceptions import CRSError

from landeff.core.dataset import Scopes
from landeff.core.errors import ConfigError, InputError
from landeff.core.tables import TABLES
from landeff.link.shares import POLICIES
from landeff.pipeline.config import (
    AREA_BASES,
    LAND_SCOPES,
    Assign,
    BlankStart,
    Config,
    Negative,
    Source,
)
from landeff.sources.mapping import ColumnMap

_SECTIONS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "project": {
        "name": str,
        "crs": str,
        "years": list,
        "as_of": dt.date,
        "jurisdiction": str,
        "currency": str,
        "synthetic": bool,
    },
    "scopes": {"tax": str, "land": str, "area": str},
    "measure": {"assign": str, "repair_tolerance_ratio": (int, float), "repair_tolerance_m2": (int, float)},
    "link": {"allocation": str, "min_matched_share": (int, float)},
    "standards": {"rules": list, "folder": str},
    "publish": {"out": str, "map_review_no": str, "lang": str},
}
_SOURCE: dict[str, type | tuple[type, ...]] = {
    "path": str,
    "data": pd.DataFrame,
    "columns": dict,
    "layer": str,
    "sheet": str,
    "header_row": int,
    "encoding": str,
    "crs": str,
    "year": int,
    "currency": str,
    "duplicates": str,
    "negative": str,
    "blank_start": str,
    "register_on": dt.date,
}
_COLUMN: dict[str, type | tuple[type, ...]] = {"to": str, "unit": str, "values": dict}
#: What can be done with rows that share a key, by table.
_DUPLICATES = {
    "zones": ("set_aside", "dissolve"),
    "parcels": ("set_aside", "dissolve"),
    "returns": ("set_aside", "sum"),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "scopes.land": LAND_SCOPES,
    "scopes.area": AREA_BASES,
    "measure.assign": get_args(Assign),
    "link.allocation": POLICIES,
    "publish.lang": ("zh", "en"),
    "negative": get_args(Negative),
    "blank_start": get_args(BlankStart),
}
_REQUIRED = {"project": ("name", "crs", "years", "as_of"), "scopes": ("tax", "land", "area")}


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
    yield from _unknown_keys("", raw, [*_SECTIONS, "sources"])
    for section, keys in _SECTIONS.items():
        values = raw.get(section, {})
        if not isinstance(values, Mapping):
            yield f"[{section}] must be a table"
            continue
        for key in _REQUIRED.get(section, ()):
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
        choices = _CHOICES.get(f"{prefix}{key}")
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
    yield from _check_crs("project", project)


def _check_meanings(raw: Mapping[str, Any]) -> Iterable[str]:
    """What the right kind of value does not guarantee."""
    tables = {name: raw[name] for name in _SECTIONS if isinstance(raw.get(name), Mapping)}
    yield from _check_project(tables.get("project", {}))
    scopes = tables.get("scopes", {})
    if scopes.get("land") in ("developed", "boundary") and scopes.get("area") == "registered":
        yield f"[scopes] area = 'registered': {scopes['land']} is measured, its area is 'ellipsoidal'"
    share = tables.get("link", {}).get("min_matched_share", 0)
    if isinstance(share, int | float) and not 0 <= share <= 1:
        yield f"[link] min_matched_share = {share} must lie between 0 and 1"
    rules = tables.get("standards", {}).get("rules", [])
    if isinstance(rules, list) and not all(isinstance(rule, str) for rule in rules):
        yield f'[standards] rules = {rules!r} must list names, e.g. ["national/idle"]'


def _check_crs(section: str, values: Mapping[str, Any]) -> Iterable[str]:
    crs = values.get("crs")
    if isinstance(crs, str):
        try:
            CRS.from_user_input(crs)
        except CRSError:
            yield f"[{section}] crs = {crs!r} is not a CRS that PROJ knows, e.g. EPSG:4528"


def _check_sources(sources: object) -> Iterable[str]:
    if not isinstance(sources, Mapping) or not sources:
        yield "[sources] is missing: name at least [sources.parcels]"
        return
    yield from _unknown_keys("sources", sources, TABLES)
    for table in ("zones", "parcels"):
        if table not in sources:
            yield f"[sources.{table}] is missing: a run needs zones and parcels"
    for table in sorted(set(sources) & set(TABLES)):
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
    yield from _check_values(section, entry, _SOURCE)
    yield from _check_crs(section, entry)
    policies = _DUPLICATES.get(table, ("set_aside",))
    if isinstance(entry.get("duplicates"), str) and entry["duplicates"] not in policies:
        yield f"[{section}] duplicates = {entry['duplicates']!r}: {table} allow {', '.join(policies)}"
    if ("path" in entry) == ("data" in entry):
        yield f"[{section}] needs path (a file)"
    if entry.get("blank_start") == "not_started" and "register_on" not in entry:
        yield f"[{section}] blank_start = 'not_started' needs register_on, the date the register was exported"
    columns = entry.get("columns", {})
    for header, target in columns.items() if isinstance(columns, Mapping) else ():
        if isinstance(target, Mapping):
            yield from _check_values(f'{section}.columns."{header}"', target, _COLUMN)
        if not isinstance(target.get("to") if isinstance(target, Mapping) else target, str):
            yield f'[{section}.columns] "{header}" must be a column name or {{to = "…", unit = "…"}}'


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
    options = {**measure, **link}
    if "rules" in standards:
        options["rules"] = tuple(standards["rules"])
    for key in ("map_review_no", "lang"):
        if key in publish:
            options[key] = publish[key]
    for key in ("jurisdiction", "currency", "synthetic"):
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
        raw=raw,
        **options,
    )


def _sources(tables: Mapping[str, Any], base: Path) -> Iterable[Source]:
    for table in TABLES:
        entries = tables.get(table, [])
        for position, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            options = {key: value for key, value in entry.items() if key not in ("path", "columns", "data")}
            path = base / entry["path"] if "path" in entry else None
            name = path.name if path else table if position == 0 else f"{table} {position + 1}"
            columns = {
                header: ColumnMap(target) if isinstance(target, str) else ColumnMap(**target)
                for header, target in cast("Mapping[str, Any]", entry.get("columns", {})).items()
            }
            data = entry.get("data")
            yield Source(table=table, name=name, path=path, data=data, columns=columns, **options)
