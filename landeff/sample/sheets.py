"""Workbooks as an office makes them: a title over the table, merged headings, 合计 at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from landeff.sample.places import CITY, SYNTHETIC

_MADE_ON = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_OPTIONS = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_DATE_FORMS = ("%Y年%m月%d日", "%Y年%m月%d日", "%Y-%m-%d", "{0.year}/{0.month}/{0.day}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``table`` is written as it is, its column names as the headings.

    Attributes:
        note: the line under the title (units and the like).
        sums: columns that the 合计 row adds up; no such row where empty.
        group: headings that stand together under one merged heading, and its text.
        numeric_codes: rows (positions) whose code stands as a rounded number, by column.
    """

    name: str
    title: str
    table: pd.DataFrame
    note: str = ""
    sums: Sequence[str] = ()
    group: tuple[str, Sequence[str]] | None = None
    numeric_codes: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """Number of the first row of data, as Excel counts."""
        return 5 if self.group else 4


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets; the same tables give the same bytes."""
    with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties({"title": f"{CITY} {SYNTHETIC}", "created": _MADE_ON})
        heading = workbook.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            last = len(sheet.table.columns) - 1
            page.merge_range(0, 0, 0, last, f"{CITY}{sheet.title}　{SYNTHETIC}", heading)
            page.write_string(1, 0, sheet.note)
            _write_headings(page, sheet, heading)
            _write_rows(page, sheet)
            page.set_column(0, last, 16)


def _write_headings(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, style: object) -> None:
    together = sheet.group[1] if sheet.group else ()
    for number, name in enumerate(sheet.table.columns):
        if sheet.group and name not in together:
            page.merge_range(2, number, 3, number, name, style)
        else:
            page.write_string(3 if sheet.group else 2, number, name, style)
    if sheet.group:
        first = list(sheet.table.columns).index(together[0])
        page.merge_range(2, first, 2, first + len(together) - 1, sheet.group[0], style)


def _write_rows(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> None:
    top = sheet.first_row - 1
    for number, name in enumerate(sheet.table.columns):
        values = sheet.table[name]
        as_number = set(sheet.numeric_codes.get(name, ()))
        if pd.api.types.is_numeric_dtype(values.dtype):
            for row, value in enumerate(values.tolist()):
                if value == value:  # noqa: PLR0124  # NaN stays an empty cell
                    page.write_number(top + row, number, value)
        else:
            for row, value in enumerate(values.fillna("").tolist()):
                if row in as_number:
                    page.write_number(top + row, number, float(f"{float(value):.14e}"))
                elif value:
                    page.write_string(top + row, number, value)
    if sheet.sums:
        end = top + len(sheet.table)
        page.write_string(end, 0, "合计")
        for name in sheet.sums:
            total = round(float(sheet.table[name].sum()), 4)
            page.write_number(end, sheet.table.columns.get_loc(name), total)


def date_texts(days: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Dates as the many hands of an office write them; missing ones stay missing."""
    form = rng.choice(len(_DATE_FORMS), len(days))
    texts = [
        None if not isinstance(day, dt.date) else _written(day, _DATE_FORMS[number])
        for day, number in zip(days, form, strict=True)
    ]
    return pd.Series(texts, index=days.index, dtype=object)


def _written(day: dt.date, form: str) -> str:
    return form.format(day) if "{" in form else day.strftime(form)
