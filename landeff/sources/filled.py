"""Reading back the workbooks that districts filled in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.review_words import CORRECTIONS_SHEET, QUEUE_SHEET, same_word
from landeff.core.split_words import ENTRIES, GROUPS, HIDDEN, SENT_COLUMNS, SENT_SHEET
from landeff.core.text import Term
from landeff.core.units import unit_in_header
from landeff.sources.columns.cells import clean
from landeff.sources.readers import Raw, reader_of
from landeff.sources.review import Review, review_of
from landeff.sources.tables.spreadsheet import whole_sheets

_ENTRY_WORDS = {
    same_word(term): name for name, entry in ENTRIES.items() for term in (entry.title.zh, entry.title.en)
} | {name: name for name in HIDDEN}
_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_FORMS = (QUEUE_SHEET, CORRECTIONS_SHEET)
#: By which a row is called where its hidden columns are empty.
_SHOWN = ("宗地代码", "parcel", "parcel code", "地块编号", "piece")


@dataclass(frozen=True, slots=True)
class Filled:
    """What one file holds.

    Attributes:
        sent: :data:`landeff.core.split_words.SENT_COLUMNS`, as text.
        rows: ``sheet``, ``source_row``, ``row_key``, ``row_digest``, ``shown`` (what the row calls itself),
            and each of :data:`landeff.core.split_words.ENTRIES` as the cells are (missing where empty).
        headers: entry → its header as written.
        review: answers to doubtful matches, and the sheet of corrections.
    """

    name: str
    sent: pd.DataFrame
    rows: pd.DataFrame
    headers: Mapping[str, str]
    review: Review


def read_filled(path: Path) -> Filled:
    """Read one workbook that :func:`landeff.split` wrote and somebody filled in.

    Raises:
        InputError: it cannot be read, or is no such workbook.
    """
    if reader_of(path).kind != "table" or path.suffix.lower() not in _SUFFIXES:
        raise InputError(f"{path.name} is no workbook.", "fill in the file as `landeff split` wrote it")
    sheets = {name: _frame(grid) for name, grid in whole_sheets(path).items()}
    sent = [_sent(frame) for name, frame in sheets.items() if _is(name, (SENT_SHEET,))]
    if not sent:
        raise InputError(
            f"{path.name} is no workbook that was sent out: it has no sheet {SENT_SHEET.zh}.",
            "fill in the file as `landeff split` wrote it",
        )
    headers: dict[str, str] = {}
    listed = {name: frame for name, frame in sheets.items() if _is(name, GROUPS.values())}
    frames = [_rows(name, frame, headers) for name, frame in listed.items()]
    rows = pd.concat(frames, ignore_index=True) if frames else _rows("", pd.DataFrame(), headers)
    forms = {name: frame for name, frame in sheets.items() if _is(name, _FORMS)}
    return Filled(path.name, sent[0], rows, headers, _review(path.name, forms))


def _is(name: str, titles: Iterable[Term]) -> bool:
    return any(same_word(name) in (same_word(term.zh), same_word(term.en)) for term in titles)


def _frame(grid: list[list[object]]) -> pd.DataFrame:
    """Rows below the header (the first row with two cells or more filled), by the number of the row."""
    full = (number for number, row in enumerate(grid) if sum(cell not in (None, "") for cell in row) > 1)
    top = next(full, None)
    if top is None:
        return pd.DataFrame()
    body = pd.DataFrame(grid[top + 1 :], columns=[str(cell) for cell in grid[top]], dtype="object")
    body = body.set_axis(range(top + 2, top + 2 + len(body)), axis=0)
    body = body.loc[:, ~body.columns.duplicated()]
    return body[(body.fillna("") != "").any(axis=1)]


def _rows(sheet: str, frame: pd.DataFrame, headers: dict[str, str]) -> pd.DataFrame:
    """Rows of one sheet of listed land; the headers of its entries are added to ``headers``."""
    words = {str(each): same_word(unit_in_header(str(each))[0]) for each in frame.columns}
    known = {header: _ENTRY_WORDS[word] for header, word in words.items() if word in _ENTRY_WORDS}
    headers |= {entry: header for header, entry in known.items()}
    called = next((header for header, word in words.items() if word in _SHOWN), None)
    rows = frame[list(known)].rename(columns=known).reindex(columns=[*HIDDEN, *ENTRIES]).astype("object")
    rows = rows.assign(shown=frame[called] if called else None, sheet=sheet, source_row=frame.index)
    for name in ENTRIES:
        rows[name] = rows[name].where(clean(rows[name]).fillna("") != "", None)
    for name in (*HIDDEN, "shown"):
        rows[name] = clean(rows[name].astype("object")).replace("", None).astype("str")
    return rows.reset_index(drop=True)


def _sent(frame: pd.DataFrame) -> pd.DataFrame:
    found = frame.reindex(columns=list(SENT_COLUMNS)).reset_index(drop=True)
    return pd.DataFrame({name: clean(found[name]).astype("str") for name in SENT_COLUMNS})


def _review(file: str, forms: Mapping[str, pd.DataFrame]) -> Review:
    """Answers and corrections, each of its own sheet; of one that was deleted there are none."""
    found = [Review(pd.DataFrame(), pd.DataFrame(), {})]
    for name, frame in forms.items():
        rows = pd.Series(frame.index, dtype="Int64")
        with contextlib.suppress(InputError):  # its headers are gone
            found.append(review_of(Raw(frame.reset_index(drop=True), rows, f"{file} [{name}]")))
    parts = [[each.decisions for each in found], [each.corrections for each in found]]
    kept = [[frame for frame in frames if len(frame)] for frames in parts]
    both = [pd.concat(frames, ignore_index=True) if frames else pd.DataFrame() for frames in kept]
    return Review(both[0], both[1], {})
