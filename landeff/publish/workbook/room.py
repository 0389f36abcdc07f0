"""Room for what is written: widths of columns, heights of rows, pages of a print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from statistics import median
from typing import Any

import pandas as pd

from landeff.core.dataset import Meta
from landeff.core.text import Lang, Term
from landeff.publish.fields import Field, is_known, number_text
from landeff.publish.plain import plain
from landeff.publish.workbook.model import Ledger

_WIDTHS = {"code": 22, "date": 12, "year": 8, "yes_no": 9, "count": 9, "days": 10, "text": 18, "long": 44}
_WRAPPED = {"text", "long", "yes_no"}
_MOST_CODE = 34  # a code is never broken; one that is longer is no code
_MOST_TEXT = 28
_LONG = (44, 80)  # width of long text, and where most of it would take more than ``_TALL`` lines of that
_TALL = 4  # lines
_ONE_LINE = 20  # a heading that is longer is broken into two lines
_LINE, _TALLEST = 16.0, 405.0  # points; the file format ends at 409
_EDGE, _BROAD = 1, 1.05  # an edge of a cell, in characters; Chinese ones are somewhat broader than two digits
_A4, _A3 = 9, 8
_ROOM = {_A4: 235, _A3: 345}  # characters across a page, landscape, at about 60 % of the size on the screen
_ROOM_UPRIGHT = 157  # the same of A4 in portrait


def text_width(text: str) -> int:
    """Width in characters; a Chinese one takes two.

    >>> text_width("面积 m2")
    7
    """
    return len(text.encode("gbk", "replace"))


def column_widths(ledger: Ledger, lang: Lang, currency: str, *, is_measured: bool) -> list[float]:
    """Width of each column in characters.

    Headings fit, numbers and codes fit, text is broken into lines.

    Args:
        is_measured: text takes no more room than the longest needs; else the usual width.
    """
    return [
        _width(field, ledger, field.heading(lang, currency), lang, is_measured) for field in ledger.fields
    ]


def _width(field: Field, ledger: Ledger, heading: str, lang: Lang, is_measured: bool) -> float:
    usual = _WIDTHS.get(field.kind, 13)
    head = heading_width(heading)
    if field.name not in ledger.frame.columns or field.name in ledger.entry:
        return max(head, usual)
    values = ledger.frame[field.name]
    if field.is_number:
        return max(head, usual, _widest_number(values, field) + 3 * _EDGE)
    if not is_measured or field.kind not in {"code", "text", "long"}:
        return max(head, usual)
    texts = [_line_widths(_text(value, lang)) for value in values.tolist() if is_known(value)]
    longest = ceil(max(map(max, texts), default=0) * _BROAD) + _EDGE
    if field.kind == "code":
        return max(head, min(longest, _MOST_CODE))
    if field.kind == "text":
        usual = _MOST_TEXT
    else:
        usual = _LONG[bool(texts) and median(_n_lines(each, _LONG[0]) for each in texts) > _TALL]
    return max(head, min(longest, usual))


def heading_width(heading: str) -> int:
    """Width of a column for its heading, in one line or two, beside the button of the filter.

    >>> heading_width("面积（亩）"), heading_width("土地闲置费（测算，以认定为准）（万元）")
    (13, 24)
    """
    width = text_width(heading)
    if width + 3 <= _ONE_LINE:
        return width + 3
    word = max(map(len, re.findall("[!-~]+", heading)), default=0)  # is not broken
    return min(max(ceil(width * _BROAD / 2) + 4, word + 3, _ONE_LINE), 60)


def _widest_number(values: pd.Series, field: Field) -> int:
    numbers = pd.to_numeric(values, errors="coerce")
    known = numbers[numbers.notna()]
    ends = (known.min(), known.max()) if len(known) else ()
    return max((len(number_text(each, field.kind)) for each in ends), default=0)


def row_heights(
    frame: pd.DataFrame, fields: Sequence[Field], widths: Sequence[float], lang: Lang
) -> list[float | None]:
    """Height of each row in points so that no text is cut off; ``None`` where one line is enough.

    Excel would find it by itself; LibreOffice takes the file's word.
    """
    n_lines = [1] * len(frame)
    for field, width in zip(fields, widths, strict=True):
        if field.kind in _WRAPPED and field.name in frame.columns:
            for place, value in enumerate(frame[field.name].tolist()):
                if isinstance(value, str | Term):
                    n_lines[place] = max(n_lines[place], _n_lines(_line_widths(_text(value, lang)), width))
    return [min(_LINE * n, _TALLEST) if n > 1 else None for n in n_lines]


def _n_lines(widths: Sequence[int], column: float) -> int:
    """How many lines a text takes in a column, of the widths of its own lines."""
    room = max((column - _EDGE) / _BROAD, 1)
    return sum(max(ceil(each / room), 1) for each in widths)


@lru_cache(maxsize=1 << 15)
def _line_widths(text: str) -> tuple[int, ...]:
    """Width of each line of a text; texts come again, from row to row and from sheet to sheet."""
    return tuple(map(text_width, plain(text).split("\n")))


def _text(value: object, lang: Lang) -> str:
    return value.text(lang) if isinstance(value, Term) else str(value)


def pages_across(widths: Sequence[float]) -> tuple[int, int]:
    """Paper, and how many sheets of it side by side hold the columns in a size that can be read.

    The first column is on each of them.

    >>> pages_across([20.0] * 10), pages_across([20.0] * 40)
    ((9, 1), (8, 3))
    """
    total = sum(widths)
    if total <= _ROOM[_A4]:
        return _A4, 1
    if total <= _ROOM[_A3]:
        return _A3, 1
    first = min(widths[0], _ROOM[_A3] / 2)
    return _A3, ceil((total - first) / (_ROOM[_A3] - first))


def is_upright(widths: Sequence[float], heights: Sequence[float | None]) -> bool:
    """Whether pages are in portrait: few columns, and rows so tall that one or two fill a page in landscape.

    >>> is_upright([20, 80], [160, 192]), is_upright([20, 80], [None, 192, None]), is_upright([160], [192])
    (True, False, False)
    """
    is_tall = bool(heights) and median(height or _LINE for height in heights) > _TALL * _LINE
    return is_tall and sum(widths) <= _ROOM_UPRIGHT


def set_up_print(
    page: Any,
    n_rows: int,
    widths: Sequence[float],
    heights: Sequence[float | None],
    title: str,
    meta: Meta,
    lang: Lang,
) -> None:
    """Large enough to be read, header row (and first column) on each page, what it is on top.

    ``&`` begins a command in page headers, so it is written in full width.
    """
    marks = [Term("合成数据", "synthetic data")] if meta.synthetic else []
    marks += [Term("未达对账线", "below the matching gate")] if meta.below_gate else []
    marked = " · ".join(mark.text(lang) for mark in marks)
    name = plain(meta.name, 80).replace("&", "＆")
    paper, across = pages_across(widths)
    if not is_upright(widths, heights):
        page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(across, 0)
    page.repeat_rows(0)
    if across > 1:
        page.repeat_columns(0)
        page.print_across()
    page.print_area(0, 0, max(n_rows, 1), len(widths) - 1)
    page.set_header(f"&L{name}&C{marked}&R{title}")
    page.set_footer(f"&L{meta.as_of.isoformat()}&R&P / &N")
