"""Reading the review workbook back: decisions on matches, and corrections, each told by its headers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from landeff.core.columns import COLUMNS, Kind
from landeff.core.errors import InputError
from landeff.core.review_words import ANSWERS, CORRECTION_HEADERS, DECISION_HEADERS, code_of, same_word
from landeff.core.text import Term
from landeff.core.units import unit_in_header, unit_of
from landeff.sources.columns.cell_marks import split_units
from landeff.sources.columns.cells import PARSERS, Parsed, clean, text
from landeff.sources.readers import Options, Raw, choose, reader_of, sha256

_QUESTION = ("kind", "left_table", "left_key", "right_table", "right_key", "seen")
_NEEDED_OF_DECISION = ("answer", "decided_by", "decided_on", *_QUESTION)
_NEEDED_OF_CORRECTION = ("table", "key", "column", "old_value", "new_value", "signer")
_SAYS_SOMETHING = ("key", "column", "old_value", "new_value")
#: Sheets of a workbook as written, and those that are forms.
_SHEETS = (3, 2)
#: What is written where a cell is to be emptied, or was empty.
EMPTY = ("空", "<空>", "empty", "blank")


@dataclass(frozen=True, slots=True)
class Review:
    """What persons wrote, rows as they stand.

    Attributes:
        decisions: ``kind``, ``left_table``, ``left_key``, ``right_table``, ``right_key``, ``seen``,
            ``left_name``, ``right_name``, ``answer`` (``yes``, ``no``, ``unsure``, missing for another word),
            ``answer_text``, ``decided_by``, ``decided_on``, ``date_text``, ``note``, and the trace. Rows
            without an answer are none.
        corrections: the columns of ``CORRECTION_HEADERS`` (``old_value``, ``new_value`` as the cells are,
            the others text), ``valid_until`` as a date, ``date_text``, and the trace.
        hashes: sha256 of each file, by its path.
    """

    decisions: pd.DataFrame
    corrections: pd.DataFrame
    hashes: Mapping[Path, str]


def read_review(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Review:
    """Read a filled-in review workbook: all its sheets that are one of the two kinds, or ``sheet`` alone.

    Raises:
        InputError: it cannot be read, no sheet is of either kind, or one lacks columns; with the fix.
    """
    reader = reader_of(path)
    names = reader.names(path)
    chosen = names if sheet is None else (choose(path.name, sheet, names, "sheet"),)
    is_book = len(names) > 1 or sheet is not None
    raws = [reader.read(path, Options(sheet=name if is_book else None, encoding=encoding)) for name in chosen]
    found = [_understood(raw, _place(path, name, is_book)) for raw, name in zip(raws, chosen, strict=True)]
    return _joined(found, path.name, {path: sha256(path)})


def is_filled_in(path: Path) -> bool:
    """Whether a person wrote anything into a review workbook; also where that cannot be told."""
    try:
        reader = reader_of(path)
        raws = [reader.read(path, Options(sheet=name)) for name in reader.names(path)]
    except InputError:
        return True
    sheets = [_entered(pd.DataFrame(raw.frame)) for raw in raws]
    forms = [is_entered for is_entered in sheets if is_entered is not None]
    return (len(sheets), len(forms)) != _SHEETS or any(forms)


def _entered(frame: pd.DataFrame) -> bool | None:
    """Whether any cell for a person is filled; ``None`` where the sheet has no such cells."""
    decision, correction = _renamed(frame, DECISION_HEADERS), _renamed(frame, CORRECTION_HEADERS)
    if "answer" in decision:
        cells = decision.reindex(columns=["answer", "decided_by", "decided_on", "note"])
    elif "new_value" in correction:
        cells = correction
    else:
        return None
    return any(clean(cells[name]).fillna("").ne("").any() for name in cells)


def review_of(raw: Raw) -> Review:
    """A frame that a script hands over in place of a workbook."""
    return _joined([_understood(raw, raw.name)], raw.name, {})


def _place(path: Path, name: str, is_book: bool) -> str:
    """What traces and messages call a sheet."""
    return f"{path.name} [{name}]" if is_book else path.name


def _joined(found: list[tuple[str, pd.DataFrame]], name: str, hashes: Mapping[Path, str]) -> Review:
    by_kind = {kind: [frame for what, frame in found if what == kind] for kind in ("decision", "correction")}
    if not any(by_kind.values()):
        raise InputError(
            f"{name} has neither decisions nor corrections.",
            "name a workbook that `landeff review` wrote, with its header row as it was",
        )
    none = pd.DataFrame()
    decisions = pd.concat([_decisions(none), *by_kind["decision"]], ignore_index=True)
    corrections = pd.concat([_corrections(none), *by_kind["correction"]], ignore_index=True)
    return Review(decisions, corrections, hashes)


def _understood(raw: Raw, place: str) -> tuple[str, pd.DataFrame]:
    """Which of the two a sheet is (``""`` for another), and its rows."""
    frame = pd.DataFrame(raw.frame).reset_index(drop=True)
    rows = raw.rows.to_numpy()
    decision = _renamed(frame, DECISION_HEADERS)
    correction = _renamed(frame, CORRECTION_HEADERS)
    if "answer" in decision:
        _check(decision, _NEEDED_OF_DECISION, DECISION_HEADERS, place)
        return "decision", _decisions(decision.assign(source_file=place, source_row=rows))
    if "new_value" in correction:
        _check(correction, _NEEDED_OF_CORRECTION, CORRECTION_HEADERS, place)
        return "correction", _corrections(correction.assign(source_file=place, source_row=rows))
    return "", pd.DataFrame()


def _renamed(frame: pd.DataFrame, headers: Mapping[str, Term]) -> pd.DataFrame:
    """The columns that are called as ``headers`` say, by their names."""
    names = {str(each): code_of(headers, unit_in_header(str(each))[0]) for each in frame.columns}
    known = {header: name for header, name in names.items() if name}
    return frame.set_axis([str(each) for each in frame.columns], axis=1)[list(known)].rename(columns=known)


def _check(frame: pd.DataFrame, needed: Collection[str], headers: Mapping[str, Term], place: str) -> None:
    absent = [headers[name].zh for name in needed if name not in frame]
    if absent:
        raise InputError(
            f"{place}: columns {', '.join(absent)} are missing.",
            "give the columns their headers again, or copy the rows into a new workbook of `landeff review`",
        )
    twice = sorted(
        {headers[name].zh for name in frame.columns[frame.columns.duplicated()] if name in headers}
    )
    if twice:
        raise InputError(f"{place}: two columns {', '.join(twice)}.", "rename one of them")


def _text(frame: pd.DataFrame, name: str) -> pd.Series[str]:
    if name not in frame:
        return pd.Series(index=frame.index, dtype="str")
    return pd.Series(text(frame[name]).values, index=frame.index, dtype="str")


def _dated(frame: pd.DataFrame, name: str) -> dict[str, pd.Series[Any]]:
    cells = frame[name] if name in frame else pd.Series(index=frame.index, dtype="object")
    return {name: PARSERS["date"](cells).values, "date_text": clean(cells)}


def _traced(frame: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    rows = frame["source_row"] if "source_row" in frame else pd.Series(index=frame.index, dtype="Int64")
    return {"source_file": _text(frame, "source_file"), "source_row": rows.astype("Int64")}


def _decisions(frame: pd.DataFrame) -> pd.DataFrame:
    told = pd.DataFrame(index=frame.index)
    for name in (*_QUESTION, "left_name", "right_name", "decided_by", "note"):
        told[name] = _text(frame, name)
    told["answer_text"] = _text(frame, "answer")
    told["answer"] = told["answer_text"].map(lambda word: code_of(ANSWERS, word), na_action="ignore")
    told = told.assign(answer=told["answer"].astype("str"), **_dated(frame, "decided_on"), **_traced(frame))
    return told[told["answer_text"].notna()]


def _corrections(frame: pd.DataFrame) -> pd.DataFrame:
    told = pd.DataFrame(index=frame.index)
    for name in CORRECTION_HEADERS:
        if name in ("old_value", "new_value"):
            cells = frame[name] if name in frame else pd.Series(index=frame.index, dtype="object")
            told[name] = cells.astype("object").where(clean(cells).fillna("") != "", None)
        elif name != "valid_until":
            told[name] = _text(frame, name)
    told = told.assign(**_dated(frame, "valid_until"), **_traced(frame))
    return told[told[list(_SAYS_SOMETHING)].notna().any(axis=1)]


def typed(cells: pd.Series[Any], kind: Kind, column: str, unit: str | None = None) -> Parsed:
    """Cells of one column as values of its kind, numbers in the unit used inside.

    Args:
        unit: unit of bare numbers; a unit in the cell wins. ``None``: the one used inside.

    Returns:
        Values, missing where the cell is empty or says so (:data:`EMPTY`); ``bad_value`` marks the others.

    >>> typed(pd.Series(["30亩", "空", "x"]), "number", "registered_area_m2").values.round(2).tolist()
    [20000.0, nan, nan]
    """
    told = clean(cells)
    is_blank = told.isna() | told.eq("") | told.map(same_word, na_action="ignore").isin(EMPTY)
    cells = cells.astype("object").mask(is_blank, None)
    is_number = kind in ("number", "integer")
    units = pd.Series(index=cells.index, dtype="str")
    if is_number:
        cells, units = split_units(cells)
    values = pd.Series(PARSERS[kind](cells).values)
    is_foreign = pd.Series(False, index=cells.index)
    if kind == "number":
        factors = units.fillna(unit or "").map(lambda name: _factor(name, column)).astype("float64")
        is_foreign = factors.isna()
        values = values.astype("float64") * factors
    is_bad = ~is_blank & (values.isna() | is_foreign)
    return Parsed(values.mask(is_bad), {"bad_value": is_bad.astype(bool)})


def _factor(unit: str, column: str) -> float:
    """What a number in ``unit`` is multiplied by; NaN where it is no unit of the column."""
    if not unit:
        return 1.0
    known, spec = unit_of(unit), COLUMNS.get(column)
    dimension = spec.dimension if spec else None
    if known is None or known.currency or (dimension is not None and known.dimension != dimension):
        return np.nan
    return known.factor
