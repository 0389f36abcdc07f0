"""Merged cells in a header: how many rows it has, and how far each group of columns reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence

Grid = Sequence[Sequence[object]]
#: Merged cells: top left and bottom right, rows and columns counted from 0.
Span = tuple[tuple[int, int], tuple[int, int]]

#: More rows than this are no header.
_DEEPEST = 4


def rows_by_spans(
    grid: Grid, best: int, merged: Sequence[Span], *, is_first: bool
) -> tuple[int, list[list[object]]] | None:
    """First row of a header and its rows, groups written out over their columns.

    A cell merged downwards joins the rows it covers; groups merged sideways need the row of their parts.

    Args:
        best: the row that looks most like a header; ``is_first``: none above it belongs to it.

    Returns:
        ``None`` where no merged cell says that the header has several rows.
    """
    first = last = best
    for (top, left), (bottom, _) in sorted(merged):
        is_tall = top < bottom < top + _DEEPEST and _text(grid, top, left) != ""
        if is_tall and top <= last and bottom >= first and not (is_first and top < best):
            first, last = min(first, top), max(last, bottom)
    above = _groups(grid, merged, first - 1)
    if first == last and not is_first and len(above) >= 2 and _has_parts(grid, above, first):
        first -= 1
    while last - first + 1 < _DEEPEST:
        groups = _groups(grid, merged, last)
        if not groups or not _has_parts(grid, groups, last + 1):
            break
        last += 1
    if first == last or last >= len(grid):
        return None
    rows = [list(row) for row in grid[first : last + 1]]
    for (top, left), (bottom, right) in merged:
        if first <= top <= bottom <= last:
            for column in range(left, min(right, len(rows[0]) - 1) + 1):
                rows[top - first][column] = grid[top][left]
    return first, rows


def _groups(grid: Grid, merged: Sequence[Span], row: int) -> list[Span]:
    """Labels merged sideways that end in ``row``; ``单位：万元`` is no group, nor is a title."""
    width = len(grid[row]) if 0 <= row < len(grid) else 0
    return [
        ((top, left), (bottom, right))
        for (top, left), (bottom, right) in merged
        if bottom == row
        and left < right < left + max(width - 1, 2)
        and re.fullmatch(r"[^:：]+", _text(grid, top, left))
    ]


def _has_parts(grid: Grid, groups: Sequence[Span], row: int) -> bool:
    """Whether ``row`` holds a label beneath each column of the groups, and no number anywhere."""
    if row >= len(grid):
        return False
    below = [column for (_, left), (_, right) in groups for column in range(left, right + 1)]
    texts = [_text(grid, row, column) for column in range(len(grid[row]))]
    is_label = [isinstance(cell, str) or bool(re.fullmatch(r"(19|20)\d\d(\.0)?", text))
                for cell, text in zip(grid[row], texts, strict=True)]  # fmt: skip
    all_labels = all(label or not text for label, text in zip(is_label, texts, strict=True))
    return all_labels and all(column < len(texts) and texts[column] for column in below)


def _text(grid: Grid, row: int, column: int) -> str:
    if row >= len(grid) or column >= len(grid[row]) or grid[row][column] is None:
        return ""
    return str(grid[row][column]).strip()
