"""Records in JSON: an array of objects, several arrays one after the other, or an object a line.

``.json`` is first of all GeoJSON and TopoJSON; :mod:`~landeff.sources.vector.geojson` hands over the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.readers import Options, Raw, first_rows
from landeff.sources.text.encoding import settle_file

#: What interfaces call the list of records.
_WRAPS = frozenset(["data", "records", "rows", "list", "items", "results", "result"])
_BLANK = re.compile(r"[\s,;\x00\x1e]*")


class _Written(str):
    """A number as it stands in the file: all digits of a code, not those a float can hold."""

    __slots__ = ()


def read_records(path: Path, options: Options) -> Raw:
    """Read records as a table: a key is a column, a record is a row, counted from 1.

    Numbers stay as written (a code of 18 digits keeps them all), ``null`` and a key that a record lacks are
    missing, nested objects and lists are kept as JSON text.

    Raises:
        InputError: not JSON, or something else than objects stands where records should be; with its place.
    """
    data = path.read_bytes()
    encoding, told = settle_file(data, path.name, options.encoding)
    text = data.decode(encoding).removeprefix("\ufeff")
    try:
        values = list(_values(text, path.name))
        groups = [_records(value, path.name, is_only=len(values) == 1) for value in values]
        frame = _framed([record for group in groups for record in group])
    except RecursionError:
        raise InputError(f"{path.name} is nested too deeply for a table of records.", "flatten it") from None
    issues = (*told, *_concatenated([len(group) for group in groups]))
    return Raw(frame, first_rows(len(frame)), encoding=encoding, issues=issues)


def _framed(records: list[dict[str, Any]]) -> pd.DataFrame:
    columns = list(dict.fromkeys(key for record in records for key in record))
    cells = {key: [_cell(record.get(key)) for record in records] for key in columns}
    return pd.DataFrame(cells, columns=columns, dtype="object")


def _values(text: str, name: str) -> Iterator[Any]:
    """The JSON values of ``text``, one after the other."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=_Written, parse_int=_Written, parse_constant=_nothing
    )
    position = _end_of_blank(text, 0)
    while position < len(text):
        try:
            value, end = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise InputError(
                f"{name} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}.",
                "check that the file is complete, or deliver it as .xlsx or .csv",
            ) from None
        yield value
        position = _end_of_blank(text, end)


def _end_of_blank(text: str, start: int) -> int:
    blank = _BLANK.match(text, start)
    return blank.end() if blank else start


def _nothing(_: str) -> None:
    """``NaN`` and ``Infinity`` are no numbers."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that stands twice keeps both values, the second under ``key (2)``."""
    found: dict[str, Any] = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    for key, value in pairs:
        name, number = key, 1
        while name in found:
            number += 1
            name = f"{key} ({number})"
        found[name] = value
    return found


def _records(value: Any, name: str, *, is_only: bool) -> list[dict[str, Any]]:
    """The records of one value: a list of objects, an object around one such list, or one object."""
    if isinstance(value, dict):
        return _inside(value) if is_only else [value]
    if not isinstance(value, list):
        raise InputError(f"{name} holds {_shown(value)}, not records.", "deliver a list of objects")
    if not _all_objects(value):
        wrong = next(number for number, each in enumerate(value, start=1) if not isinstance(each, dict))
        raise InputError(
            f"{name}, record {wrong}: {_shown(value[wrong - 1])} is not an object.",
            "deliver a list of objects, each with its keys",
        )
    return value


def _all_objects(values: list[Any]) -> bool:
    return all(isinstance(each, dict) for each in values)


def _inside(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The records in what an interface wraps around them; an object without is a record itself."""
    lists = [each for each in value.values() if isinstance(each, list) and each and _all_objects(each)]
    is_wrap = any(key.lower() in _WRAPS and isinstance(each, list) for key, each in value.items())
    return lists[0] if is_wrap and len(lists) == 1 else [value]


def _shown(value: Any) -> str:
    return repr(str(value)[:40])


def _cell(value: Any) -> str | bool | None:
    """A value as a cell."""
    if value is None or isinstance(value, bool):
        return value
    return str(value) if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    """JSON of a nested value, numbers as they were written."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(key)}: {_json(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_json(each) for each in value) + "]"
    return str(value) if isinstance(value, _Written) else json.dumps(value, ensure_ascii=False)


def _concatenated(counts: list[int]) -> tuple[Issue, ...]:
    """Several lists in one file are told: they may be of different kinds. An object a line is not."""
    if len(counts) < 2 or max(counts) < 2:
        return ()
    told = f"{len(counts)} lists one after the other were read as one table"
    shown = " + ".join(str(count) for count in counts[:10]) + (" + …" if len(counts) > 10 else "")
    fix = "check that all records are of one kind; those without a key are set aside"
    return (Issue("info", "lists_joined", "", told, value=f"{shown} records", fix=fix, n=sum(counts)),)
