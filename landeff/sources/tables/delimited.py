"""Comma, tab, semicolon or pipe separated text; every cell stays text."""

from __future__ import annotations

import csv
import io
import itertools
import re
from pathlib import Path

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.readers import Options, Raw, first_rows, reader
from landeff.sources.tables.header_row import column_letter, drop_empty_columns, find_headers
from landeff.sources.tables.totals import drop_totals
from landeff.sources.text.encoding import settle_file

_SEPARATORS = (",", "\t", ";", "|")
_HEAD = 40
_AS_FORMULA = re.compile(r'="([^"]*)"')
_BEYOND = "\0beyond the header"


@reader((".csv", ".tsv", ".psv"), "table")
def read_delimited(path: Path, options: Options) -> Raw:
    """Read a delimited file in the declared or detected encoding.

    Rows are counted as a spreadsheet would: one record a row, blank ones counted.
    """
    data = path.read_bytes()
    encoding, told = settle_file(data, path.name, options.encoding)
    text = data.decode(encoding).removeprefix("\ufeff")
    separator = _separator(text)
    head = list(itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _HEAD))
    width = max((len(record) for record in head), default=0)
    grid = [record + [""] * (width - len(record)) for record in head]
    headers = find_headers(grid, path.name, options.header_row)
    named = max(_last_filled(record) for record in head[headers.first : headers.data])
    body = _body(text, separator, headers.labels[:named], headers.data, path.name)
    rows = first_rows(len(body), headers.data + 1)
    body, unwrapped = _unwrapped(body, rows)
    frame, rows, issues = drop_totals(drop_empty_columns(body, headers), rows)
    letters = {label: column_letter(position) for position, label in enumerate(headers.labels)}
    told = (*told, *headers.issues, *unwrapped, *issues)
    return Raw(frame, rows, encoding=encoding, issues=told, letters=letters, units=headers.units)


def _unwrapped(body: pd.DataFrame, rows: pd.Series[int]) -> tuple[pd.DataFrame, tuple[Issue, ...]]:
    """Cells such as ``="0123"``, by which programs tell Excel that digits are text, without that."""
    marked = body.apply(lambda column: column.str.fullmatch(_AS_FORMULA, na=False))
    if not marked.to_numpy(dtype=bool).any():
        return body, ()
    at = marked.any(axis=1).to_numpy(dtype=bool)
    first = str(body.to_numpy()[marked.to_numpy(dtype=bool)][0])
    told = Issue(
        "info",
        "text_marks_dropped",
        "",
        'cells written ="…" were read as the text inside',
        value=first,
        source_row=int(rows[at].iloc[0]),
        fix="none is needed",
        n=int(at.sum()),
    )
    return body.apply(lambda column: column.str.replace(_AS_FORMULA, r"\1", regex=True)), (told,)


def _last_filled(record: list[str]) -> int:
    """How many cells there are up to the last one that is not blank."""
    return max((position for position, cell in enumerate(record, start=1) if cell.strip()), default=0)


def _separator(text: str) -> str:
    """The separator that the first lines hold most often."""
    lines = text.splitlines()[:_HEAD]
    return max(_SEPARATORS, key=lambda each: sum(line.count(each) for line in lines))


def _body(text: str, separator: str, labels: tuple[str, ...], skip: int, name: str) -> pd.DataFrame:
    """Records beneath the header; beyond it cells must be blank (as after a separator at line end)."""
    try:
        body = pd.read_csv(
            io.StringIO(text, newline=""),
            sep=separator,
            header=None,
            names=[*labels, _BEYOND],
            index_col=False,
            skiprows=skip,
            dtype="str",
            keep_default_na=False,
            skip_blank_lines=False,
        )
    except pd.errors.EmptyDataError:
        return pd.DataFrame(columns=list(labels), dtype="str")
    except pd.errors.ParserError as error:
        raise InputError(
            f"{name} cannot be read: {str(error).strip()}", "open it in Excel and save it anew"
        ) from None
    beyond = body.pop(_BEYOND).fillna("").str.strip()
    if beyond.ne("").any():
        row = int(beyond.ne("").to_numpy().argmax()) + skip + 1
        raise InputError(
            f"{name}, row {row}: more cells than the header, from {beyond[row - skip - 1]!r} on.",
            "quote cells that contain the separator, or name the header row with header_row",
        )
    return body
