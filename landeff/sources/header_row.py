"""Finding the headers of a sheet: title rows above, two-row headers, total rows and footnotes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.core.units import unit_in_header
from landeff.sources.headers import is_known_header

Grid = Sequence[Sequence[object]]

_SEARCHED = 30
#: 合计, or that of a place (广陵区小计); 税收合计 is an item, not a total row.
_TOTAL = re.compile(
    r"(.{0,12}[区县市镇乡园局道])?(合计|小计|总计|共计)[:：]?|(sub|grand)?total[:：]?", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"(注|备注|说明|填表|制表|审核|单位负责人|填报|数据来源)[^,，]{0,10}[:：]")


@dataclass(frozen=True, slots=True)
class Headers:
    """Headers of a sheet.

    Attributes:
        labels: one a column, unique, never empty.
        first: row of the header in the grid (0-based); data begin at ``data``.
    """

    labels: tuple[str, ...]
    first: int
    data: int


def find_headers(grid: Grid, name: str, header_row: int | None = None) -> Headers:
    """Headers of ``grid``: declared, or the row that looks most like one among the first thirty.

    The row with the most headers known to the field wins, then the one with the most distinct texts, then the
    first. If it and the row beneath (or above) form a two-row header, the two are joined.

    Args:
        header_row: row as a spreadsheet numbers rows, 1 for the first.

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
        if best > 0 and _is_two_row(grid[best - 1], grid[best]):
            best -= 1
    depth = 2 if best + 1 < len(grid) and _is_two_row(grid[best], grid[best + 1]) else 1
    labels = _joined(grid[best], grid[best + 1]) if depth == 2 else [text_of(cell) for cell in grid[best]]
    return Headers(_unique(labels), best, best + depth)


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


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) or re.fullmatch(r"(19|20)\d\d", text_of(cell)) is not None


def _joined(upper: Sequence[object], lower: Sequence[object]) -> list[str]:
    """Labels of a two-row header: the part alone where it says enough, else ``group/part``.

    A part needs its group where it stands under several groups, is a year, or where the group names the unit.
    """
    above, below = [text_of(cell) for cell in upper], [text_of(cell) for cell in lower]
    labels, group = [], ""
    for label, part in zip(above, below, strict=True):
        group = label or group
        says_enough = below.count(part) == 1 and part not in above and not part.isdigit()
        needs_group = unit_in_header(group)[1] is not None and unit_in_header(part)[1] is None
        labels.append(label if not part else part if says_enough and not needs_group else f"{group}/{part}")
    return labels


def _unique(labels: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for position, label in enumerate(labels, start=1):
        name = label or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def drop_empty_columns(frame: pd.DataFrame, headers: Headers) -> pd.DataFrame:
    """Without columns that have neither header nor cell."""
    nameless = [f"column {position}" for position in range(1, len(headers.labels) + 1)]
    empty = [
        name for name in frame.columns if name in nameless and not is_filled(frame[[name]]).any(axis=None)
    ]
    return frame.drop(columns=empty)


def is_filled(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether cells hold anything but blanks, as an array of the frame's shape."""
    columns = [_is_filled(frame[name]) for name in frame.columns]
    return np.column_stack(columns) if columns else np.zeros(frame.shape, dtype=bool)


def _is_filled(cells: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    if pd.api.types.is_string_dtype(cells.dtype) and cells.dtype != object:
        return (cells.notna() & cells.str.strip().ne("")).to_numpy(dtype=bool)
    is_blank = cells.map(lambda cell: isinstance(cell, str) and not cell.strip())
    return (cells.notna() & ~is_blank.astype(bool)).to_numpy(dtype=bool)


def drop_totals(
    frame: pd.DataFrame, rows: pd.Series[int]
) -> tuple[pd.DataFrame, pd.Series[int], tuple[Issue, ...]]:
    """Without blank rows, total rows and footnotes; issues tell of the latter two, with their row numbers.

    A total row says 合计, 小计, 总计 or Total (also ``广陵区小计``) in one of its first two filled cells; a
    footnote is a single filled cell that begins with 注：, 制表人： and the like.
    """
    filled = is_filled(frame)
    first = _nth_filled(frame, filled, 1)
    is_total = _says_total(first) | _says_total(_nth_filled(frame, filled, 2))
    is_note = first.str.match(_FOOTNOTE, na=False) & (filled.sum(axis=1) == 1) & (frame.shape[1] > 2)
    issues = (
        *_dropped("total_rows_dropped", "total rows", rows[is_total]),
        *_dropped("notes_dropped", "footnotes", rows[is_note & ~is_total]),
    )
    keep = pd.Series(filled.any(axis=1)) & ~(is_total | is_note)
    return frame[keep].reset_index(drop=True), rows[keep].reset_index(drop=True), issues


def _nth_filled(frame: pd.DataFrame, filled: npt.NDArray[np.bool_], nth: int) -> pd.Series[str]:
    """Text of the first or second filled cell of each row; ``""`` where there is none."""
    is_it = filled & (filled.cumsum(axis=1) == nth)
    cells = frame.to_numpy(dtype=object)[np.arange(len(frame)), is_it.argmax(axis=1)]
    return pd.Series(np.where(is_it.any(axis=1), cells, ""), dtype="object").astype("str")


def _says_total(texts: pd.Series[str]) -> pd.Series[bool]:
    return texts.str.replace(r"\s", "", regex=True).str.fullmatch(_TOTAL, na=False)


def _dropped(code: str, what: str, rows: pd.Series[int]) -> tuple[Issue, ...]:
    if rows.empty:
        return ()
    listed = ", ".join(str(row) for row in rows[:20]) + (", …" if len(rows) > 20 else "")
    told = f"{what} are not data and were left out"
    return (Issue("info", code, "", told, value=f"rows {listed}", source_row=int(rows.iloc[0]), n=len(rows)),)
