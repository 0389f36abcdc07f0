"""Drop-downs: short ones in their cells; long ones, and those that depend on a cell, on a hidden sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from landeff.core.text import Lang, Term
from landeff.publish.fields import Field
from landeff.publish.workbook.model import Ledger
from landeff.publish.workbook.rows import Column, RowPage, rows_xml

_TITLE = Term("选项", "Options")
_LONGEST = 255  # characters of the options of a cell in the file format
_FIRST, _LAST = dt.date(1950, 1, 1), dt.date(2200, 12, 31)


@dataclass(slots=True)
class Lists:
    """Options of a workbook, a column each, with what they depend on as its head."""

    lang: Lang
    columns: list[tuple[str, list[str]]] = field(default_factory=list)

    def offer(self, page: Any, ledger: Ledger) -> None:
        """Put the drop-downs of a ledger, and the checks of its dates, on its sheet."""
        last = max(len(ledger.frame) + ledger.spare_rows, 1)
        places = {each.name: place for place, each in enumerate(ledger.fields)}
        for name, choices in ledger.choices:
            source = self._source([choice.text(self.lang) for choice in choices])
            page.data_validation(1, places[name], last, places[name], {"validate": "list", "source": source})
        for name, by, choices_by in ledger.choices_by:
            rule = {"validate": "list", "source": self._dependent(choices_by, places[by])}
            told = Term("表中可能没有这个字段", "the table may have no such column")
            rule |= {"error_type": "warning", "error_message": told.text(self.lang)}
            page.data_validation(1, places[name], last, places[name], rule)
        for each in ledger.fields:
            if each.name in ledger.entry and (each.kind == "date" or each.is_number):
                typed = self._date() if each.kind == "date" else self._number()
                page.data_validation(1, places[each.name], last, places[each.name], typed)

    def write(self, book: Any) -> None:
        """The hidden sheet, where there is anything to put on it."""
        if not self.columns:
            return
        page = book.add_worksheet(_TITLE.text(self.lang), RowPage)
        texts = [pd.Series([head, *options], dtype=object) for head, options in self.columns]
        frame = pd.DataFrame(dict(enumerate(texts))).rename(columns=str)
        columns = [Column(Field(str(n), _TITLE, "text"), n, 0) for n in range(len(texts))]
        for row, cells in enumerate(rows_xml(frame, columns, self.lang, 0)):
            page.put_row(row, cells)
        page.hide()

    def _source(self, options: list[str]) -> list[str] | str:
        if len(",".join(options)) <= _LONGEST:
            return options
        column = xl_col_to_name(len(self.columns), col_abs=True)
        self.columns.append(("", options))
        return f"='{_TITLE.text(self.lang)}'!{column}$2:{column}${len(options) + 1}"

    def _dependent(self, choices: Sequence[tuple[Term, Sequence[Term]]], by: int) -> str:
        """Formula of the options for what stands in column ``by`` of the same row."""
        first = len(self.columns)
        for value, options in choices:
            self.columns.append((value.text(self.lang), [each.text(self.lang) for each in options]))
        sheet = f"'{_TITLE.text(self.lang)}'!"
        left, right = (xl_col_to_name(each, col_abs=True) for each in (first, len(self.columns) - 1))
        longest = max(len(options) for _, options in choices)
        found = f"MATCH(${xl_col_to_name(by)}2,{sheet}{left}$1:{right}$1,0)-1"
        top = f"{sheet}{left}$2"
        return f"=OFFSET({top},0,{found},COUNTA(OFFSET({top},0,{found},{longest},1)),1)"

    def _date(self) -> dict[str, object]:
        told = Term("请填日期，如 2025-01-31", "a date such as 2025-01-31")
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": _FIRST,
            "maximum": _LAST,
            "error_type": "warning",
            "error_message": told.text(self.lang),
        }

    def _number(self) -> dict[str, object]:
        told = Term("请填不小于零的数字，单位见表头", "a number in the unit of the header, not below nought")
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_type": "warning",
            "error_message": told.text(self.lang),
        }
