"""Rows of a ledger as they stand in the file, a column at a time: faster than a call for each cell.

XlsxWriter writes everything else. It is also told of each row, so that it keeps the order, the height and the
links of the rows; what stands in the row is written here, every text escaped. (XlsxWriter takes a text that
begins with ``<r>`` and ends with ``</r>`` for markup when it writes row by row: data must not reach it.)
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from landeff.core.text import Lang, Term
from landeff.publish.fields import QUANTITIES, Field, converted, is_known
from landeff.publish.plain import plain

LONGEST = 32_767  # UTF-16 units of a cell in the file format
_CHUNK = 4096  # rows held at a time
_KEPT = 8192  # texts of a column that are remembered, since most of them come again
_YES, _NO = Term("是", "yes"), Term("否", "no")
_FIRST_DAY = dt.datetime.combine(dt.date(1899, 12, 31), dt.time())
_LEAP = 59  # Excel counts a 29 February 1900: later days are one more
_ESCAPED = re.compile("[&<>]")
_CODE_LIKE = re.compile("(_x[0-9a-fA-F]{4}_)")  # Excel would read it as the character of that code
_TEXT_KINDS = {"text", "long", "code"}


class RowPage(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet that takes whole rows."""

    def put_row(self, number: int, cells: str) -> None:
        """The cells of row ``number``, after those above it; links already given to it stay."""
        self.write_number(number, 0, 0)
        self.table[number] = {0: _Row(cells)}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        text = getattr(cell, "string", None)
        if isinstance(cell, _Row):
            self.fh.write(cell.cells)
        elif isinstance(text, str) and text.startswith("<r>"):
            style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""
            place = f"{xl_col_to_name(col)}{row + 1}"
            self.fh.write(f'<c r="{place}"{style} t="inlineStr"><is>{text_xml(text)}</is></c>')
        else:
            super()._write_cell(row, col, cell)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger: where it stands, its format in the file, and whether a person fills it in."""

    field: Field
    place: int
    style: int
    is_entry: bool = False


def rows_xml(frame: pd.DataFrame, columns: Sequence[Column], lang: Lang, first: int) -> Iterator[str]:
    """The cells of each row of ``frame``, its first being row ``first`` of the sheet, counted from 0."""
    kept: list[dict[object, str]] = [{} for _ in columns]
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        numbers = range(first + start + 1, first + start + 1 + len(part))
        drawn = [
            _column(part.get(each.field.name), each, numbers, lang, known)
            for each, known in zip(columns, kept, strict=True)
        ]
        yield from map("".join, zip(*drawn, strict=True))


def _column(
    values: pd.Series | None, column: Column, numbers: range, lang: Lang, known: dict[object, str]
) -> list[str]:
    name = xl_col_to_name(column.place)
    if column.is_entry:
        return [f'<c r="{name}{n}" s="{column.style}"/>' for n in numbers]
    if values is None:
        return [""] * len(numbers)
    if len(known) > _KEPT:
        known.clear()
    ends = _ends(values, column, lang, known)
    return [f'<c r="{name}{n}{end}' if end else "" for n, end in zip(numbers, ends, strict=True)]


def _ends(values: pd.Series, column: Column, lang: Lang, known: dict[object, str]) -> list[str]:
    """What follows the reference of each cell of a column; empty where nothing is known."""
    kind, head = column.field.kind, f'" s="{column.style}"'
    if kind == "date" and pd.api.types.is_datetime64_dtype(values.dtype):
        return [f"{head}><v>{day:.16G}</v></c>" if day == day else "" for day in _days(values)]  # noqa: PLR0124 NaN
    if (kind in QUANTITIES or kind == "year") and _is_number(values.dtype):
        per = QUANTITIES[kind].per if kind in QUANTITIES else 1.0
        known_numbers = (values.to_numpy(dtype="float64", na_value=np.nan) / per).tolist()
        return [
            f"{head}><v>{round(each, 6):.16G}</v></c>" if math.isfinite(each) else ""
            for each in known_numbers
        ]
    ends = []
    for value in values.tolist():
        end = known.get(value) if isinstance(value, str | Term) else None
        if end is None:
            end = _end(value, column.field, head, lang)
            if isinstance(value, str | Term):
                known[value] = end
        ends.append(end)
    return ends


def _end(value: Any, field: Field, head: str, lang: Lang) -> str:
    """One value of any kind; what is unknown stays empty (the column has the format)."""
    if isinstance(value, Term):
        value = value.text(lang)
    if not is_known(value) or value == "":
        return ""
    if isinstance(value, str) or field.kind in _TEXT_KINDS:
        return f'{head} t="inlineStr"><is>{text_xml(value)}</is></c>'
    if field.kind == "yes_no":
        return f'{head} t="inlineStr"><is>{text_xml((_YES if value else _NO).text(lang))}</is></c>'
    if isinstance(value, dt.date):
        return f"{head}><v>{_day(value):.16G}</v></c>"
    number = converted(value, field.kind)
    return f"{head}><v>{round(number, 6):.16G}</v></c>" if math.isfinite(number) else ""


def text_xml(text: object) -> str:
    """A text as an element of the file: every character as it is, none of it markup.

    >>> text_xml("<r>a & b</r>")
    '<t>&lt;r&gt;a &amp; b&lt;/r&gt;</t>'
    >>> text_xml(" _x0041_")
    '<t xml:space="preserve"> _x005F_x0041_</t>'
    """
    fit = plain(text, LONGEST)
    if len(fit) > LONGEST // 2 and len(fit.encode("utf-16-le")) > 2 * LONGEST:
        fit = fit.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    kept = ' xml:space="preserve"' if fit[:1].isspace() or fit[-1:].isspace() else ""
    if _ESCAPED.search(fit):
        fit = fit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "_x" in fit:
        fit = _CODE_LIKE.sub(r"_x005F\1", fit)
    return f"<t{kept}>{fit}</t>"


def _is_number(dtype: Any) -> bool:
    return bool(pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype))


def _days(values: pd.Series) -> list[float]:
    """Days as Excel counts them; NaN where there is no date."""
    days = (values - pd.Timestamp(_FIRST_DAY)) / pd.Timedelta(days=1)
    return (days + (days > _LEAP)).tolist()


def _day(value: dt.date) -> float:
    whole = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    days = (whole.replace(tzinfo=None) - _FIRST_DAY) / dt.timedelta(days=1)
    return days + (days > _LEAP)
