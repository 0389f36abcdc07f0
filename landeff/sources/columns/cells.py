"""Cells as they come → values of a kind, vectorised; what cannot be a value is marked, never guessed.

Each function takes a Series of whatever a file held (text, numbers, dates, booleans, mixed) and returns
:class:`Parsed` on the same index.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

#: What people write where there is nothing. ``无`` is a word in a text, but not in a code or a date.
_BLANKS = frozenset(["", "-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "空", "null", "none", "nan",
                     "n/a", "na", "<null>", "<空>", "nah", "#n/a"])  # fmt: skip
#: In a code a hyphen may be a pseudo code that the source uses: ``values = { "-" = "" }`` declares it blank.
_BLANK_CODES = _BLANKS - {"-", "--"}
_BLANK_TEXTS = frozenset(["", "—", "——", "null", "nan", "<null>", "<空>", "#n/a"])
_TRUE = frozenset(
    ["是", "有", "已", "y", "yes", "t", "true", "1", "√", "✓", "已动工", "已开工", "动工", "开工"]
)
_FALSE = frozenset(["否", "未", "n", "no", "f", "false", "0", "×", "x", "未动工", "未开工", "没有"])
_UNKNOWN = frozenset(["未知", "不详", "不明", "待核实", "unknown", "?"])
#: How a spreadsheet is told that digits are text (``="0123"``, ``'0123``), and characters that nobody sees.
_MAYBE_MARKED = "^[=']|[\u200b-\u200f\u2060\ufeff]"
_TEXT_MARKS = re.compile(r'^="(.*)"$|^\'(?=\S)|[\u200b-\u200f\u2060\ufeff]')
#: Excel keeps 15 significant digits of a number.
EXCEL_DIGITS = 15
#: So many different codes do not end in noughts by chance.
_SURELY = 3
_EXCEL_EPOCH = np.datetime64("1899-12-30", "s")
_FIRST_YEAR, _LAST_YEAR = 1902, 2200
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_DATE = (
    r"(?P<year>\d{4})\s*(?:年|-|/|\.)\s*(?P<month>\d{1,2})\s*(?:月|-|/|\.)\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT]+\d{1,2}[:时].*)?"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values, missing where there were none or where the cell is no value of the kind.

    Attributes:
        defects: code of a defect → which cells have it. Their value is missing.
        notes: code → cells whose value stands, but was read in a way that has to be told.
    """

    values: pd.Series[Any]
    defects: Mapping[str, pd.Series[bool]] = field(default_factory=lambda: MappingProxyType({}))
    notes: Mapping[str, pd.Series[bool]] = field(default_factory=lambda: MappingProxyType({}))


def clean(cells: pd.Series[Any]) -> pd.Series[str]:
    """Cells as stripped NFKC text; numbers in full without ``.0``, dates in ISO form, missing as NaN.

    >>> list(clean(pd.Series(["１２．５", 2024.0, None, dt.date(2019, 6, 6)])))
    ['12.5', '2024', nan, '2019-06-06']
    """
    if _is_text(cells):
        return cells.astype("str").str.normalize("NFKC").str.strip()
    texts = cells.astype("object").where(cells.notna(), None)
    for kind, write in ((float, _plain), (dt.datetime, _iso)):
        is_kind = _is(texts, kind)
        if is_kind.any():
            texts = texts.mask(is_kind, texts[is_kind].map(write))
    return texts.where(texts.notna()).astype("str").str.normalize("NFKC").str.strip()


def _is(cells: pd.Series[Any], kind: type) -> pd.Series[bool]:
    """Which cells are of a Python type (dates are told from missing ones)."""
    if _is_text(cells):
        return pd.Series(kind is str, index=cells.index) & cells.notna()
    return cells.astype("object").map(lambda cell: isinstance(cell, kind)).astype(bool) & cells.notna()


def _is_text(cells: pd.Series[Any]) -> bool:
    return cells.dtype != object and pd.api.types.is_string_dtype(cells.dtype)


def _plain(number: float) -> str | None:
    """A float as a person would write it."""
    if not np.isfinite(number):
        return None
    return str(int(number)) if number.is_integer() and abs(number) < 1e22 else repr(number)


def _iso(moment: dt.datetime) -> str:
    midnight = moment.time() == dt.time()
    return moment.date().isoformat() if midnight else moment.isoformat(sep=" ")


def text(cells: pd.Series[Any]) -> Parsed:
    """Text, stripped (``无`` stays a word)."""
    values = _as_written(cells)
    return Parsed(values.mask(values.str.lower().isin(_BLANK_TEXTS)))


def _as_written(cells: pd.Series[Any]) -> pd.Series[str]:
    """Text without NFKC: a name keeps its full-width brackets."""
    is_text = _is(cells, str)
    if (is_text | cells.isna()).all():
        return cells.astype("str").str.strip()
    return clean(cells).mask(is_text, cells.where(is_text).astype("str").str.strip()).astype("str")


def code(cells: pd.Series[Any]) -> Parsed:
    """Codes as text: NFKC, stripped, a numeric cell without ``.0``.

    A number of more than 15 digits has lost its last ones in Excel: defect ``code_rounded_by_excel``. So has
    a text such as ``3.21003E+18``, and have texts of more than 15 digits that all end in noughts from the
    16th on (a rounded column, formatted as text too late). What only says that a code is text, or cannot be
    seen, is dropped: note ``text_marks_dropped``.
    """
    found = clean(cells)
    is_marked = found.str.contains(_MAYBE_MARKED, na=False)
    bare = found[is_marked].str.replace(_TEXT_MARKS, lambda mark: mark[1] or "", regex=True).str.strip()
    values = found.mask(is_marked, bare)
    is_marked &= values != found
    values = values.mask(values.str.lower().isin(_BLANK_CODES))
    is_float = _is(cells, float)
    digits = values[is_float].str.replace(r"\D", "", regex=True).str.len()
    is_rounded = digits.gt(EXCEL_DIGITS).reindex(cells.index, fill_value=False)
    is_rounded |= values.str.fullmatch(r"\d(?:\.\d+)?[eE]\+\d+|\d\.\d+[eE]\d+", na=False)
    is_long = values.str.fullmatch(r"\d{16,}", na=False) & _is(cells, str)
    if values[is_long].nunique() >= _SURELY and values[is_long].str.fullmatch(r"\d{15}0+").all():
        is_rounded |= is_long
    return Parsed(
        values.mask(is_rounded),
        {"code_rounded_by_excel": is_rounded.astype(bool)},
        {"text_marks_dropped": (is_marked & values.notna() & ~is_rounded).astype(bool)},
    )


def number(cells: pd.Series[Any]) -> Parsed:
    """Numbers as float64: ``1,234.5``, full-width digits, ``¥``, ``(12)`` for −12, ``—`` for none.

    Text that is no number is the defect ``not_a_number``.
    """
    if pd.api.types.is_numeric_dtype(cells.dtype) and not pd.api.types.is_bool_dtype(cells.dtype):
        values = cells.astype("float64")
        return Parsed(values.where(np.isfinite(values)))
    texts = clean(cells).str.lower()
    texts = texts.mask(texts.isin(_BLANKS))
    bare = texts.str.replace(r"^[¥￥$]\s*", "", regex=True).str.replace(r"^\((.*)\)$", r"-\1", regex=True)
    grouped = bare.str.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", na=False)
    bare = bare.mask(grouped, bare.str.replace(",", "")).str.replace("−", "-")
    is_number = bare.str.fullmatch(_NUMBER, na=False)
    values = pd.to_numeric(bare.where(is_number), errors="coerce").astype("float64")
    values = values.where(np.isfinite(values))
    return Parsed(values, {"not_a_number": texts.notna() & values.isna()})


def integer(cells: pd.Series[Any]) -> Parsed:
    """Whole numbers as Int64; ``2024年`` and ``2024年度`` are years."""
    if not pd.api.types.is_numeric_dtype(cells.dtype):
        cells = clean(cells).str.replace(r"^(\d{4})年度?$", r"\1", regex=True)
    parsed = number(cells)
    values = parsed.values.astype("float64")
    is_broken = values.notna() & (values != np.floor(values))
    bad = parsed.defects.get("not_a_number", is_broken) | is_broken
    return Parsed(values.mask(is_broken).astype("Int64"), {"not_a_number": bad})


def boolean(cells: pd.Series[Any]) -> Parsed:
    """Three-valued booleans; blank and ``待核实`` are unknown, other words are ``not_yes_or_no``."""
    texts = clean(cells).str.lower()
    texts = texts.mask(texts.isin(_BLANKS | _UNKNOWN))
    is_true, is_false = texts.isin(_TRUE), texts.isin(_FALSE)
    values = pd.Series(pd.NA, index=cells.index, dtype="boolean").mask(is_true, True).mask(is_false, False)
    return Parsed(values, {"not_yes_or_no": texts.notna() & ~is_true & ~is_false})


def date(cells: pd.Series[Any]) -> Parsed:
    """Dates as datetime64[s]: 2019年06月06日, 2019-6-6, 2019/6/6, 20190606, Excel serials, date cells.

    1900 and 1901 are what systems write for "no date": defect ``placeholder_date``. Whatever else is no day
    between 1902 and 2200 (30 February, a bare year) is the defect ``impossible_date``. A number taken as days
    since 1899-12-30 is noted as ``serial_date``.
    """
    codes, distinct = pd.factorize(clean(cells), use_na_sentinel=True)
    parsed = _dates(pd.Series([*distinct, None], dtype="str"))
    told = {**parsed.defects, **parsed.notes}
    back = [each.iloc[codes].set_axis(cells.index) for each in (parsed.values, *told.values())]
    found = dict(zip(told, back[1:], strict=True))
    notes = {code: found.pop(code) for code in parsed.notes}
    return Parsed(back[0], found, notes)


def _dates(texts: pd.Series[str]) -> Parsed:
    """:func:`date` of clean texts: a column holds few distinct days, each is parsed once."""
    texts = texts.mask(texts.str.lower().isin(_BLANKS))
    parts = texts.str.extract(rf"^{_DATE}$")
    packed = texts.str.extract(r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$")
    days = _days(parts.where(parts["year"].notna(), packed))
    serial = pd.to_numeric(texts.where(texts.str.fullmatch(r"\d{1,5}(?:\.\d+)?", na=False)), errors="coerce")
    is_year = serial.between(_FIRST_YEAR, _LAST_YEAR)
    serial = serial.where(serial.ge(1) & ~is_year)
    whole = np.floor(serial.fillna(0.0)).astype("int64").to_numpy() * 86_400
    from_serial = pd.Series(_EXCEL_EPOCH + whole.astype("timedelta64[s]"), index=texts.index)
    days = days.fillna(from_serial.where(serial.notna()))
    is_placeholder = days.dt.year.isin([1899, 1900, 1901])
    is_bad = texts.notna() & ~is_placeholder & ~days.dt.year.between(_FIRST_YEAR, _LAST_YEAR)
    values = days.mask(is_placeholder | is_bad).astype("datetime64[s]")
    is_serial = values.notna() & serial.notna()
    defects = {"placeholder_date": is_placeholder, "impossible_date": is_bad}
    return Parsed(values, defects, {"serial_date": is_serial})


def _days(parts: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Days of texts year, month, day; NaT where there is no such day."""
    iso = parts["year"] + "-" + parts["month"].str.zfill(2) + "-" + parts["day"].str.zfill(2)
    return pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")


PARSERS: Mapping[str, Callable[[pd.Series[Any]], Parsed]] = MappingProxyType(
    {"text": text, "code": code, "number": number, "integer": integer, "boolean": boolean, "date": date}
)
