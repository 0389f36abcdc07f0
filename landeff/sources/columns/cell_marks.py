"""What a cell says beside its value: its own unit, a spreadsheet's error, days counted from 1904."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from landeff.core.units import UNITS, unit_of
from landeff.sources.columns.cells import EXCEL_DIGITS, clean

#: Stands in a cell whose formula was never calculated; the readers put it there.
NOT_CALCULATED = "#UNCALCULATED!"
_ERROR = re.compile(r"#(?:REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN)!|#NAME\?|#N/A")
#: Days between 1899-12-30 and 1904-01-01, where workbooks of old Macintoshes begin to count.
DAYS_1904 = 1462


def strings(cells: pd.Series[Any]) -> pd.Series[bool]:
    """Which cells are text."""
    if cells.dtype != object:
        is_column = pd.api.types.is_string_dtype(cells.dtype)
        return cells.notna() if is_column else pd.Series(False, index=cells.index)
    is_text = np.fromiter((type(cell) is str for cell in cells.to_numpy()), dtype=bool, count=len(cells))
    return pd.Series(is_text, index=cells.index)


def errors(cells: pd.Series[Any]) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """Cells that hold an error of the spreadsheet (``#REF!``, ``#N/A``), and formulas never calculated.

    >>> [list(each) for each in errors(pd.Series(["#REF!", "#12", 3.0, "#UNCALCULATED!"], dtype="object"))]
    [[True, False, False, False], [False, False, False, True]]
    """
    nothing = pd.Series(False, index=cells.index)
    is_text = strings(cells)
    marked = cells[is_text].astype("str")
    marked = marked[marked.str.startswith("#")]
    if marked.empty:
        return nothing, nothing
    is_error = marked.str.upper().str.fullmatch(_ERROR)
    is_blank = marked == NOT_CALCULATED
    return (
        is_error.reindex(cells.index, fill_value=False),
        is_blank.reindex(cells.index, fill_value=False),
    )


@functools.cache
def _with_unit() -> str:
    """Number and unit, after NFKC and in lower case."""
    names = {
        str(clean(pd.Series([name]))[0]).lower() for name, unit in UNITS.items() if not unit.currency
    } - {"1"}
    units = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return rf"(?P<number>[¥$]?\s*[+-]?\d[\d,]*(?:\.\d*)?)\s*(?P<unit>{units})"


def split_units(cells: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[str]]:
    """Cells without the unit they name, and the unit of each (missing where it names none).

    >>> bare, units = split_units(pd.Series(["12.5亩", " 3 公顷", 4.0, "1.2万元", "约3亩"], dtype="object"))
    >>> list(bare), list(units.fillna(""))
    (['12.5', '3', 4.0, '1.2', '约3亩'], ['亩', '公顷', '', '万元', ''])
    """
    nothing = pd.Series(None, index=cells.index, dtype="str")
    is_text = strings(cells)
    texts = cells[is_text].astype("str")
    # Two looks: a quick one that most columns end at, a thorough one for what is left.
    texts = texts[texts.str.contains(r"\d.*[^\d\s.,)）]\s*$", na=False)]
    if texts.empty:
        return cells, nothing
    parts = clean(texts).str.lower().str.extract(rf"^{_with_unit()}$")
    parts = parts[parts["unit"].notna()]
    if parts.empty:
        return cells, nothing
    bare = cells.astype("object").copy()
    bare.loc[parts.index] = parts["number"].astype("object")
    return bare, parts["unit"].reindex(cells.index).astype("str")


def is_amount(text: str) -> bool:
    """Whether a text is a number, with or without unit; not a code (``0601``, more than 15 digits).

    >>> [is_amount(text) for text in ("1,234.5", "12 亩", "0.8", "0601", "一期", "321003001002000012")]
    [True, True, True, False, False, False]
    """
    bare = unicodedata.normalize("NFKC", text).strip().lower()
    if re.match(r"0\d", bare) or sum(char.isdigit() for char in bare) > EXCEL_DIGITS:
        return False
    return re.fullmatch(rf"{_with_unit()}|[-+(]?[\d,]+(\.\d*)?[)%]?", bare) is not None


def factors(units: pd.Series[str], dimension: str | None) -> pd.Series[float]:
    """What turns numbers in ``units`` into the unit used inside; missing for one of another dimension."""
    known = {name: unit_of(name) for name in units.dropna().unique()}
    fit = {name: unit.factor for name, unit in known.items() if unit and dimension in (None, unit.dimension)}
    return units.map(fit).astype("float64")


def names_units(cells: pd.Series[Any], dimension: str) -> bool:
    """Whether any cell names a unit of ``dimension``."""
    units = split_units(cells)[1]
    return bool(factors(units, dimension).notna().any())


def since_1904(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers that count days from 1904-01-01 as days from 1899-12-30; other cells as they are."""
    numbers = cells.map(lambda cell: isinstance(cell, int | float) and not isinstance(cell, bool))
    is_serial = numbers.astype(bool) & cells.notna()
    if not is_serial.any():
        return cells
    return cells.astype("object").mask(is_serial, cells.where(is_serial, 0) + DAYS_1904)
