"""Reading back the workbooks that districts filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.review_words import same_word
from landeff.core.split_words import ENTRIES, GROUPS, HIDDEN, SENT_COLUMNS, SENT_SHEET
from landeff.core.units import unit_in_header
from landeff.sources.columns.cells import clean
from landeff.sources.readers import Options, reader_of
from landeff.sources.review import Review, read_review

_ENTRY_WORDS = {
    same_word(term): name for name, entry in ENTRIES.items() for term in (entry.title.zh, entry.title.en)
} | {name: name for name in HIDDEN}
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
    reader = reader_of(path)
    sent = _sent(path)
    frames: list[pd.DataFrame] = []
    headers: dict[str, str] = {}
    for name in reader.names(path):
        if not any(same_word(name) in (same_word(term.zh), same_word(term.en)) for term in GROUPS.values()):
            continue
        raw = reader.read(path, Options(sheet=name))
        frame = pd.DataFrame(raw.frame).reset_index(drop=True)
        words = {str(each): same_word(unit_in_header(str(each))[0]) for each in frame.columns}
        known = {header: _ENTRY_WORDS[word] for header, word in words.items() if word in _ENTRY_WORDS}
        headers |= {entry: header for header, entry in known.items()}
        frame = frame.set_axis([str(each) for each in frame.columns], axis=1)
        called = next((header for header, word in words.items() if word in _SHOWN), None)
        rows = frame[list(known)].rename(columns=known).reindex(columns=[*HIDDEN, *ENTRIES]).astype("object")
        rows = rows.assign(
            shown=clean(frame[called]) if called else None, sheet=name, source_row=raw.rows.to_numpy()
        )
        frames.append(rows)
    rows = pd.concat(frames, ignore_index=True) if frames else _no_rows()
    return Filled(path.name, sent, _blank(rows), headers, _review(path))


def _no_rows() -> pd.DataFrame:
    return pd.DataFrame(columns=[*HIDDEN, *ENTRIES, "shown", "sheet", "source_row"], dtype="object")


def _blank(rows: pd.DataFrame) -> pd.DataFrame:
    """Cells of blanks are missing; keys are text."""
    told = rows.copy()
    for name in ENTRIES:
        told[name] = told[name].where(clean(told[name]).fillna("") != "", None)
    for name in (*HIDDEN, "shown"):
        told[name] = clean(told[name]).replace("", None).astype("str")
    return told


def _sent(path: Path) -> pd.DataFrame:
    reader = reader_of(path)
    for title in (SENT_SHEET.zh, SENT_SHEET.en):
        try:
            frame = pd.DataFrame(reader.read(path, Options(sheet=title)).frame)
        except InputError:
            continue
        found = frame.set_axis([str(each) for each in frame.columns], axis=1).reindex(
            columns=list(SENT_COLUMNS)
        )
        return pd.DataFrame({name: clean(found[name]).astype("str") for name in SENT_COLUMNS})
    raise InputError(
        f"{path.name} is no workbook that was sent out: it has no sheet {SENT_SHEET.zh}.",
        "fill in the file as `landeff split` wrote it",
    )


def _review(path: Path) -> Review:
    try:
        return read_review(path)
    except InputError:  # neither form was kept
        return Review(pd.DataFrame(), pd.DataFrame(), {})
