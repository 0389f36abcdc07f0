"""Rows beneath and between the data: totals, compared with what they claim to sum, and footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.issues import Issue
from landeff.core.units import unit_in_header, unit_of
from landeff.sources.columns.cell_marks import factors, split_units, strings
from landeff.sources.columns.cells import number

Floats = npt.NDArray[np.float64]

#: 合计, or that of a place (广陵区小计); 税收合计 is an item, not a total row.
_TOTAL = re.compile(
    r"(.{0,12}[区县市镇乡园局道])?(本[页表]|全[区县市])?(合计数?|小计|总计|共计|累计)[:：]?|(sub|grand)?total[:：]?",
    re.IGNORECASE,
)
_PART = re.compile(r"小计|本页|subtotal", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(注|备注|说明|填表|制表|审核|单位负责人|填报|数据来源)[^,，]{0,10}[:：]")
#: What a total row holds in such a column is no sum.
_NOT_ADDED = re.compile(
    r"均|率|[同环占对]比|比[例重值]|%|％|密度|强度|单价|排名|名次|序号|年度|年份|代码|编号|日期|时间|层数|高度"
    r"|average|rate|ratio|rank|year|price per",
    re.IGNORECASE,
)
#: What a row beneath the header begins with that numbers the columns.
_COLUMN_NUMBERS = ("栏次", "列次", "列号")
_LISTED = 200


def drop_totals(
    frame: pd.DataFrame, rows: pd.Series[int]
) -> tuple[pd.DataFrame, pd.Series[int], tuple[Issue, ...]]:
    """Without blank rows, total rows and footnotes; issues tell of the latter two, with their row numbers.

    A total row says 合计, 小计, 总计 or Total (also ``广陵区小计``) in one of its first two filled cells; a
    footnote is a row whose filled cells all begin with 注：, 制表人： and the like; a header may be repeated,
    or its columns numbered (栏次). A total that is not the sum of its rows is the issue ``total_differs``.
    """
    filled = is_filled(frame)
    first, second = _nth_filled(frame, filled, 1), _nth_filled(frame, filled, 2)
    is_total = _says_total(first) | _says_total(second)
    is_note = first.str.match(_FOOTNOTE, na=False) & ~is_total & (frame.shape[1] > 2)
    is_note[is_note] = np.array([_all_notes(frame.iloc[row]) for row in np.flatnonzero(is_note)], dtype=bool)
    is_header = _repeats_header(frame, filled) | first.str.strip().isin(_COLUMN_NUMBERS)
    keep = pd.Series(filled.any(axis=1)) & ~(is_total | is_note | is_header)
    issues = (
        *_dropped("total_rows_dropped", "total rows", rows[is_total]),
        *_dropped("notes_dropped", "footnotes", rows[is_note]),
        *_dropped("headers_repeated", "repeated headers", rows[is_header]),
        *(_compared(frame, rows, is_total, keep, first.where(_says_total(first), second))),
    )
    return frame[keep].reset_index(drop=True), rows[keep].reset_index(drop=True), issues


def _repeats_header(frame: pd.DataFrame, filled: npt.NDArray[np.bool_]) -> pd.Series[bool]:
    """Rows of which every filled cell, two at least, says what the header of its column says."""
    if not frame.shape[1]:
        return pd.Series(False, index=frame.index)
    says = [
        frame.iloc[:, at].isin([name, str(name).rpartition("/")[2]]) for at, name in enumerate(frame.columns)
    ]
    repeats = (np.column_stack(says) | ~filled).all(axis=1) & (filled.sum(axis=1) >= 2)
    return pd.Series(repeats, index=frame.index)


def is_filled(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether cells hold anything but blanks, as an array of the frame's shape."""
    columns = [_is_filled(frame[name]) for name in frame.columns]
    return np.column_stack(columns) if columns else np.zeros(frame.shape, dtype=bool)


def _is_filled(cells: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    if pd.api.types.is_string_dtype(cells.dtype) and cells.dtype != object:
        return (cells.notna() & cells.str.strip().ne("")).to_numpy(dtype=bool)
    is_blank = cells.map(lambda cell: isinstance(cell, str) and not cell.strip())
    return (cells.notna() & ~is_blank.astype(bool)).to_numpy(dtype=bool)


def _nth_filled(frame: pd.DataFrame, filled: npt.NDArray[np.bool_], nth: int) -> pd.Series[str]:
    """Text of the first or second filled cell of each row; ``""`` where there is none."""
    is_it = filled & (filled.cumsum(axis=1) == nth)
    cells = frame.to_numpy(dtype=object)[np.arange(len(frame)), is_it.argmax(axis=1)]
    return pd.Series(np.where(is_it.any(axis=1), cells, ""), dtype="object").astype("str")


def _says_total(texts: pd.Series[str]) -> pd.Series[bool]:
    return texts.str.replace(r"\s", "", regex=True).str.fullmatch(_TOTAL, na=False)


def _all_notes(row: pd.Series[Any]) -> bool:
    """Whether all filled cells of a row are footnotes (``制表人：…  审核人：…``)."""
    texts = [str(cell).strip() for cell in row if pd.notna(cell)]
    return all(_FOOTNOTE.match(text) for text in texts if text)


def _dropped(code: str, what: str, rows: pd.Series[int]) -> tuple[Issue, ...]:
    if rows.empty:
        return ()
    listed = ", ".join(str(row) for row in rows[:20]) + (", …" if len(rows) > 20 else "")
    told = f"{what} are not data and were left out"
    return (Issue("info", code, "", told, value=f"rows {listed}", source_row=int(rows.iloc[0]), n=len(rows)),)


@dataclass(frozen=True, slots=True)
class _Scopes:
    """Which data rows each total row may be the sum of: half-open ranges among the data rows.

    Attributes:
        start, end: shape (scopes, total rows).
        preferred: added to the number of columns that agree, so that the likeliest scope is compared where
            none or several agree.
    """

    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    preferred: Floats


def _scopes(
    is_total: npt.NDArray[np.bool_], is_data: npt.NDArray[np.bool_], labels: pd.Series[str]
) -> _Scopes:
    """Everything; the rows since the last total row, those up to the next one, those since the last 合计."""
    at = np.flatnonzero(is_total)
    before = np.cumsum(is_data)[at]
    n_data, none = int(is_data.sum()), np.zeros(len(at), dtype=np.int64)
    is_part = labels.iloc[at].str.contains(_PART, na=False).to_numpy(dtype=bool)
    last = np.concatenate([[0], before[:-1]])
    following = np.concatenate([before[1:], [n_data]])
    ends_of_grand = np.maximum.accumulate(np.where(is_part, 0, before))
    since_grand = np.concatenate([[0], ends_of_grand[:-1]])
    start = np.stack([none, last, before, since_grand])
    end = np.stack([none + n_data, before, following, before])
    likely = np.where(is_part, np.array([[0.1], [0.4], [0.3], [0.2]]), np.array([[0.4], [0.1], [0.2], [0.3]]))
    return _Scopes(start, end, np.where(end > start, likely, -1000.0))


def _compared(
    frame: pd.DataFrame,
    rows: pd.Series[int],
    is_total: pd.Series[bool],
    is_data: pd.Series[bool],
    labels: pd.Series[str],
) -> list[Issue]:
    """An issue for each amount of a total row that is not the sum of its rows.

    Amounts are rounded: half a unit of the total's last digit, and of the rows' last digit times the root of
    their number, are allowed.
    """
    names = [str(name) for name in frame.columns if not _NOT_ADDED.search(str(name))]
    columns = [_amounts(frame[name], is_total, is_data) for name in names]
    kept = [(name, *found) for name, found in zip(names, columns, strict=True) if found is not None]
    if not kept or not is_data.any():
        return []
    claimed = np.column_stack([claims for _, claims, _ in kept])
    amounts = np.column_stack([values for _, _, values in kept])
    scopes = _scopes(is_total.to_numpy(dtype=bool), is_data.to_numpy(dtype=bool), labels)
    upto = np.vstack([np.zeros(amounts.shape[1]), np.cumsum(np.nan_to_num(amounts), axis=0)])
    summed = upto[scopes.end] - upto[scopes.start]
    n = np.maximum(scopes.end - scopes.start, 0)[..., None]
    allowed = 0.5 * _step(claimed) + 0.5 * _step(amounts).min(axis=0) * np.sqrt(n) + 1e-9 * np.abs(summed)
    agrees = np.abs(summed - claimed) <= allowed
    best = (agrees.sum(axis=2) + scopes.preferred).argmax(axis=0)
    every = np.arange(len(best))
    differs = ~np.isnan(claimed) & ~agrees[best, every] & (n[best, every] > 0)
    where = np.flatnonzero(is_total.to_numpy())
    return [
        _differs(
            kept[column][0], int(rows.iloc[where[row]]), claimed[row, column], summed[best[row], row, column]
        )
        for row, column in list(zip(*np.nonzero(differs), strict=True))[:_LISTED]
    ]


def _differs(column: str, row: int, claimed: float, summed: float) -> Issue:
    return Issue(
        "warning",
        "total_differs",
        "",
        "the rows count, not the total",
        column=column,
        value=f"total {claimed:.12g}, sum of the rows {round(summed, 6):.12g}",
        source_row=row,
        fix="look for rows that are missing, or entered twice",
    )


def _amounts(
    cells: pd.Series[Any], is_total: pd.Series[bool], is_data: pd.Series[bool]
) -> tuple[Floats, Floats] | None:
    """Numbers of the total rows and of the data; ``None`` where the column has no sums."""
    claims = number(cells[is_total]).values
    if claims.isna().all():
        return None
    bare, units = split_units(cells[is_data])
    values = number(bare).values
    if units.notna().any():
        header = unit_in_header(str(cells.name))[1]
        own = factors(units, None)
        usual = unit_of(header) if header else None
        if usual is None and (units.nunique() > 1 or units.notna().ne(values.notna()).any()):
            return None
        values = values * (own.fillna(usual.factor) / usual.factor if usual else 1.0)
    n_filled = int((~strings(bare) | bare.astype("str").str.strip().ne("")).sum())
    if values.notna().sum() * 2 <= n_filled:
        return None
    return claims.to_numpy(dtype=float), values.to_numpy(dtype=float)


def _step(values: Floats) -> Floats:
    """Unit of the last digit with which numbers are written, 1 … 1e-6; 1 for missing ones."""
    step = np.full(values.shape, 1e-6)
    for digits in range(5, -1, -1):
        step = np.where(np.abs(np.round(values, digits) - values) < 1e-9 * np.maximum(1.0, np.abs(values)),
                        10.0**-digits, step)  # fmt: skip
    return np.where(np.isnan(values), 1.0, step)
