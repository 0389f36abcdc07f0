"""The one place where ledgers become xlsx. Text stays text: nothing is taken for a formula or a link."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from landeff.core.dataset import Dataset, Meta
from landeff.core.errors import OutputError
from landeff.core.text import Lang
from landeff.publish.fields import Field, is_known
from landeff.publish.plain import plain
from landeff.publish.scan import parts
from landeff.publish.workbook import sheets
from landeff.publish.workbook.formats import formats_of
from landeff.publish.workbook.lists import Lists
from landeff.publish.workbook.map_links import LINKED, link_to_map
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.workbook.room import column_widths, row_heights, set_up_print
from landeff.publish.workbook.rows import Column, RowPage, rows_xml

_MOST_LINKS = 10_000  # rows of a list whose links and heights are kept; each is held in memory until the end
_MOST_ROWS = 1_048_575  # rows of a sheet below the header
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_workbook(dataset: Dataset, path: Path, lang: Lang = "zh", package: ModuleType = sheets) -> None:
    """Write the ledgers of a finished run as an ``.xlsx`` file, one sheet each, in ``lang``.

    The sheets are those of ``package``: one file, one sheet. Codes are text, dates are dates, areas are in mu
    and money in 万元. Rows are written one by one, so that memory does not grow with them. Same dataset, same
    bytes: the file is dated ``as_of``.

    Raises:
        OutputError: the file cannot be written, or a ledger has more rows than a sheet can hold.
    """
    book = xlsxwriter.Workbook(str(path), dict(_OPTIONS))
    created = dt.datetime.combine(dataset.meta.as_of, dt.time())
    book.set_properties({"title": plain(dataset.meta.name, 255), "created": created})
    formats = formats_of(book)
    lists = Lists(lang)
    linked = LINKED if package is sheets else ""
    for sheet in parts(package, "SHEET", Sheet):
        ledger = sheet.build(dataset)
        if ledger is not None:
            page = book.add_worksheet(sheet.title.text(lang), RowPage)
            _draw(page, sheet, ledger, formats, dataset.meta, lang, linked)
            lists.offer(page, ledger)
            if sheet.is_hidden:
                page.hide()
    lists.write(book)
    try:
        book.close()
    except (OSError, XlsxWriterException) as error:
        raise OutputError(
            f"{path} cannot be written: {error}", "close it in other programs and run again"
        ) from error


def _spare(page: Any, ledger: Ledger, formats: dict[str, Any]) -> None:
    """Empty rows to be filled in."""
    for row in range(len(ledger.frame) + 1, len(ledger.frame) + 1 + ledger.spare_rows):
        for place, field in enumerate(ledger.fields):
            if field.name in ledger.entry:
                page.write_blank(row, place, None, _form(field, ledger, formats))


def _tint(page: Any, ledger: Ledger, formats: dict[str, Any], lang: Lang) -> None:
    """Colours of cells by a word in their text."""
    places = {field.name: place for place, field in enumerate(ledger.fields)}
    for name, words in ledger.tints:
        for word, colour in words:
            found = {"type": "text", "criteria": "containing", "value": word.text(lang)}
            area = (1, places[name], max(len(ledger.frame), 1), places[name])
            page.conditional_format(*area, {**found, "format": formats[f"tint_{colour}"]})


def _form(field: Field, ledger: Ledger, formats: dict[str, Any]) -> Any:
    """Format of the cells of a field: those that a person fills in are marked."""
    if field.name in ledger.entry:
        kind = "_number" if field.is_number else "_date" if field.kind == "date" else ""
        return formats[f"entry{kind}"]
    return formats[field.kind]


def _draw(
    page: RowPage,
    sheet: Sheet,
    ledger: Ledger,
    formats: dict[str, Any],
    meta: Meta,
    lang: Lang,
    linked: str,
) -> None:
    """One ledger onto one worksheet; cells of the field ``linked`` open the map."""
    n_rows, n_columns = len(ledger.frame), len(ledger.fields)
    if n_rows > _MOST_ROWS:
        raise OutputError(
            f"{sheet.title.text(lang)} has {n_rows:,} rows, more than a sheet can hold ({_MOST_ROWS:,}).",
            "run one district at a time",
        )
    is_list = n_rows <= _MOST_LINKS
    widths = column_widths(ledger, lang, meta.currency, is_measured=is_list)
    for place, field in enumerate(ledger.fields):
        shown = {"hidden": True} if field.name in ledger.hidden else {}
        page.set_column(place, place, widths[place], formats[field.kind], shown)
    page.set_row(0, 32)
    for place, field in enumerate(ledger.fields):
        heading = field.heading(lang, meta.currency)
        page.write_string(0, place, heading, formats["head_number" if field.is_number else "head"])
    heights = row_heights(ledger.frame, ledger.fields, widths, lang) if is_list else []
    for number, height in enumerate(heights, start=1):
        if height is not None:
            page.set_row(number, height)
    _rows(page, ledger, formats, lang, linked if is_list else "")
    _spare(page, ledger, formats)
    _tint(page, ledger, formats, lang)
    page.freeze_panes(1, 1)
    n_rows = max(n_rows + ledger.spare_rows, 1)
    page.autofilter(0, 0, max(n_rows - ledger.total_rows, 1), n_columns - 1)
    if not sheet.is_hidden:  # LibreOffice prints hidden sheets, too, but none without a print area
        shown_widths = widths[: n_columns - len(ledger.hidden)]
        set_up_print(page, n_rows, shown_widths, heights, sheet.title.text(lang), meta, lang)


def _rows(page: RowPage, ledger: Ledger, formats: dict[str, Any], lang: Lang, linked: str) -> None:
    """The rows of a ledger; cells of the field ``linked`` open the map."""
    frame, body = ledger.frame, len(ledger.frame) - ledger.total_rows
    columns = [
        Column(field, place, _style(_form(field, ledger, formats)), field.name in ledger.entry)
        for place, field in enumerate(ledger.fields)
    ]
    at = next((each for each in columns if each.field.name == linked and linked in frame), None)
    codes = frame[linked].tolist() if at else [None] * len(frame)
    if at:
        columns[at.place] = replace(at, style=_style(formats["link"]))
    sums = [replace(each, style=_style(formats[f"total_{each.field.kind}"])) for each in columns]
    rows = chain(
        rows_xml(frame.iloc[:body], columns, lang, 1), rows_xml(frame.iloc[body:], sums, lang, body + 1)
    )
    for number, (cells, code) in enumerate(zip(rows, codes, strict=True), start=1):
        if at and is_known(code):
            link_to_map(page, number, at.place, str(code), formats["link"])
        page.put_row(number, cells)


def _style(form: Any) -> int:
    """Number of a format in the file."""
    return int(form._get_xf_index())  # XlsxWriter has no public word for it
