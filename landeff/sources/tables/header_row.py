"""Finding the headers of a sheet: title rows above, two-row headers, total rows and footnotes below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.units import unit_of
from landeff.sources.columns.headers import is_known_header, unit_in_label
from landeff.sources.tables.header_spans import Grid, Span, rows_by_spans
from landeff.sources.tables.totals import is_filled

_SEARCHED = 30
_NUMBER = re.compile(r"\d[\d,.]*")
_UNITS_ABOVE = re.compile(r"单位\s*[:：]\s*([^:：()（）]+?)\s*[)）]?\s*$")


@dataclass(frozen=True, slots=True)
class Headers:
    """Headers of a sheet.

    Attributes:
        labels: one a column, unique, never empty.
        first: row of the header in the grid (0-based); data begin at ``data``.
        units: those that a line above the header names for the whole table (``单位：万元``).
        issues: headers that several columns share.
    """

    labels: tuple[str, ...]
    first: int
    data: int
    units: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def find_headers(
    grid: Grid, name: str, header_row: int | None = None, merged: Sequence[Span] = ()
) -> Headers:
    """Headers of ``grid``: declared, or the row that looks most like one among the first thirty.

    The row with the most headers known to the field wins, then the one with the most distinct texts, then the
    first. If it and the row beneath (or above) form a two-row header, the two are joined; where cells are
    merged, they tell how many rows the header has and how far a group reaches.

    Args:
        header_row: row as a spreadsheet numbers rows, 1 for the first.
        merged: merged cells of the sheet, where the format tells.

    Raises:
        InputError: no row has two different texts, or ``header_row`` is outside the sheet.
    """
    if header_row is not None:
        if not 1 <= header_row <= len(grid):
            raise InputError(f"{name} has no row {header_row}.", "correct header_row")
        best = header_row - 1
    else:
        scores = [_score(row) for row in grid[:_SEARCHED]]
        if not any(texts >= 2 for _, texts in scores):
            raise InputError(f"{name}: no row looks like a header.", "name it with header_row = …")
        best = max(range(len(scores)), key=lambda row: (*scores[row], -row))
    spanned = rows_by_spans(grid, best, merged, is_first=header_row is not None)
    if spanned:
        first, rows = spanned
    else:
        is_lower = header_row is None and best > 0 and _is_two_row(grid[best - 1], grid[best])
        first = best - 1 if is_lower else best
        is_deep = first + 1 < len(grid) and _is_two_row(grid[first], grid[first + 1])
        rows = [list(row) for row in grid[first : first + 1 + is_deep]]
    if first + len(rows) < len(grid) and _is_unit_row(grid[first + len(rows)]):
        rows.append(list(grid[first + len(rows)]))
    labels = [text_of(cell) for cell in rows[0]]
    for row in rows[1:]:
        labels = _joined(labels, row)
    unique, issues = _unique(labels)
    if header_row is None:
        issues = (*issues, *_passed_over(grid[:first]))
    return Headers(unique, first, first + len(rows), _units_above(grid[:first]), issues)


def text_of(cell: object) -> str:
    """A cell as text, ``""`` for an empty one; a whole number without ``.0``.

    >>> text_of(2024.0), text_of(" 面积\\n（亩） "), text_of(None)
    ('2024', '面积（亩）', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return re.sub(r"\s*\n\s*", "", str(cell)).strip()


def _score(row: Sequence[object]) -> tuple[int, int]:
    texts = {text_of(cell) for cell in row if isinstance(cell, str)} - {""}
    words = {text for text in texts if not re.fullmatch(r"[\d.,%\-/\s]+", text)}
    known = sum(is_known_header(text) for text in words)
    return (known if len(words) >= 2 else 0), (len(words) if len(words) >= 2 else 0)


def _is_two_row(upper: Sequence[object], lower: Sequence[object]) -> bool:
    """Whether ``lower`` holds the parts of the groups in ``upper``.

    Its cells are all texts, or years, they stand only beneath a group (a filled cell followed by empty ones),
    and at least one header of ``upper`` has nothing beneath.
    """
    above, below = [text_of(cell) for cell in upper], [text_of(cell) for cell in lower]
    group = -1
    single = 0
    parts = 0
    for column, label in enumerate(above):
        group = column if label else group
        if below[column]:
            is_group = group >= 0 and group + 1 < len(above) and not above[group + 1]
            if not is_group or not _is_label(lower[column]):
                return False
            parts += 1
        elif label:
            single += 1
    return parts >= 2 and single >= 1


def _is_unit_row(row: Sequence[object]) -> bool:
    """Whether the filled cells of a row beneath a header are nothing but units: 万元, （公顷）."""
    texts = [text_of(cell) for cell in row if not isinstance(cell, str) or cell.strip()]
    return any(texts) and all(_unit(text) for text in texts if text)


def _unit(text: str) -> str | None:
    """The unit that a cell of a header consists of, without its brackets; ``1`` is a number."""
    bare = text.strip("（）()[]【】 ")
    return bare if unit_of(bare) and not bare.isdigit() else None


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) or re.fullmatch(r"(19|20)\d\d", text_of(cell)) is not None


def _joined(upper: Sequence[object], lower: Sequence[object]) -> list[str]:
    """Labels of a two-row header: the part alone where it says enough, else ``group/part``.

    A part needs its group where it stands under several groups, is a year, or where the group names the unit.
    A part that is a unit is put in brackets behind the label above it.
    """
    above, below = [text_of(cell) for cell in upper], [text_of(cell) for cell in lower]
    labels, group = [], ""
    for label, part in zip(above, below, strict=True):
        group = label or group
        says_enough = below.count(part) == 1 and part not in above and not part.isdigit()
        needs_group = unit_in_label(group)[1] is not None and unit_in_label(part)[1] is None
        unit = _unit(part)
        if unit and group:
            labels.append(f"{group}（{unit}）")
        else:
            labels.append(
                label if not part else part if says_enough and not needs_group else f"{group}/{part}"
            )
    return labels


def _passed_over(grid: Grid) -> tuple[Issue, ...]:
    """What to tell of rows above the header that look like data: a text and a number, half the row filled."""
    rows = [
        at
        for at, row in enumerate(grid, start=1)
        if 2 * sum(text_of(cell) != "" for cell in row) >= max(len(row), 4)
        and any(isinstance(cell, int | float) or _NUMBER.fullmatch(text_of(cell)) for cell in row)
    ]
    if not rows:
        return ()
    listed = ", ".join(str(row) for row in rows)
    decision = "rows above the header were not read"
    fix = "if they are data, name the row of the header: header_row = 1"
    return (
        Issue(
            "warning",
            "rows_above_header",
            "",
            decision,
            value=f"rows {listed}",
            source_row=rows[0],
            fix=fix,
            n=len(rows),
        ),
    )


def _units_above(grid: Grid) -> tuple[str, ...]:
    """Units that lines above a table name: ``单位：万元、公顷``; ``单位：某某局`` names none.

    >>> _units_above([["供地台账", None], [None, "（单位：公顷）"]])
    ('公顷',)
    """
    found = [_UNITS_ABOVE.search(text_of(cell)) for row in grid for cell in row if isinstance(cell, str)]
    words = [word for each in found if each for word in re.split(r"[、,，;；和及\s]+", each[1])]
    return tuple(dict.fromkeys(word for word in words if _unit(word)))


def _unique(labels: Sequence[str]) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Labels told apart: those that columns share become ``name (1)``, ``name (2)``, as in a dbf."""
    names = [label or f"column {position}" for position, label in enumerate(labels, start=1)]
    counts = Counter(names)
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    issues = tuple(
        Issue(
            "warning",
            "field_names_collide",
            "",
            f"{count} columns share the header; they are called {name} (1), {name} (2) …",
            column=name,
            value=", ".join(f"{name} ({at})" for at in range(1, count + 1)),
            fix="map each by its number, or give each column a header of its own",
            n=count,
        )
        for name, count in counts.items()
        if count > 1
    )
    return tuple(unique), issues


def drop_empty_columns(frame: pd.DataFrame, headers: Headers) -> pd.DataFrame:
    """Without columns that have neither header nor cell."""
    nameless = [f"column {position}" for position in range(1, len(headers.labels) + 1)]
    empty = [
        name for name in frame.columns if name in nameless and not is_filled(frame[[name]]).any(axis=None)
    ]
    return frame.drop(columns=empty)


def column_letter(position: int) -> str:
    """Spreadsheet name of a column counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
