"""The text of a 界址点坐标 file → its head, its parcel rows and its point rows, each with its line number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from landeff.core.boundary_points import (
    AREA_SHAPE,
    CLASS,
    HEAD,
    ID,
    LEVEL,
    LEVELS,
    LONG,
    NAME,
    PARCELS,
    PROJECTION,
    SHEET,
    SYSTEM,
    UNIT,
    USE,
    WIDTH,
    ZONE,
)
from landeff.core.errors import InputError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_SECTION = re.compile(r"[ \t\u3000\ufeff]*[\[【［][ \t\u3000]*([^\]】］\r\n]{1,40}?)[ \t\u3000]*[\]】］]")
_TELLING = re.compile(
    rf"^[ \t\u3000\ufeff]*[\[【［][ \t\u3000]*(?:{HEAD}|{PARCELS})[ \t\u3000]*[\]】］]", re.M
)
#: A row with a word for its shape and ``@`` at its end is found nowhere else.
_LONE_ROW = re.compile(
    r"^[^,\n]{0,20},[^,\n]{0,40},[^\n]{0,400},[ \t]*[面线点][ \t]*,[^\n]{0,400}@[ \t\r]*$", re.M
)
_KEY = re.compile(r"[\s\ufeff]*([^=＝:：]{1,40}?)\s*[=＝:：]\s*(.*?)\s*$")
_AKIN = {"分带": WIDTH, "坐标系统": SYSTEM, "投影带号": ZONE}
_ONE_VALUE = (SYSTEM, WIDTH, PROJECTION, UNIT, ZONE)
_SHAPES = ("面", "线", "点")
_MOST_CELLS = 24
_HEAD_CHARS = 20_000
#: No row of a person or a program is longer; patterns need not be tried on more.
_LONGEST = 2000

_NUMBER = r"-?\d{1,12}(?:\.\d*)?"
_POINT = (
    r"^\s*[^,]*,\s*(?P<ring>\d{1,6})(?:\.0*)?\s*,"
    rf"\s*(?P<x>{_NUMBER})\s*,\s*(?P<y>{_NUMBER})\s*(?:,.*)?$"
)
_SHAPE_CELL = r"^(?:[^,]*,){3,8}\s*[面线点]\s*(?:,|$)"
_AT_END = r"@[\s,]*$"
#: What stands between the cells of a parcel row that has no commas.
_OTHER_COMMAS = r"[，、;；\t]"


@dataclass(frozen=True, slots=True)
class Points:
    """Point rows of a file in their order: line, parcel (position of its row), ring number, both numbers."""

    line: Ints
    parcel: Ints
    ring: Ints
    first: Floats
    second: Floats

    def where(self, kept: Bools) -> Points:
        """Some of the points."""
        return Points(
            self.line[kept], self.parcel[kept], self.ring[kept], self.first[kept], self.second[kept]
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """A file taken apart.

    Attributes:
        head: key → value of ``[属性描述]``.
        unread: names of other sections and keys, which landeff does not use.
        parcels: ``line``, ``count`` and ``area`` as text, the columns by their names, ``shape``, ``mended``
            (what was wrong with the row, else empty).
        bad: rows that are neither: ``line``, ``text``, ``parcel`` (-1 above the first parcel).
    """

    head: Mapping[str, str]
    unread: tuple[str, ...]
    parcels: pd.DataFrame
    points: Points
    bad: pd.DataFrame


def is_boundary_text(text: str) -> bool:
    """Whether a text is of this format.

    >>> is_boundary_text("[属性描述]"), is_boundary_text("编号,名称\\n1,甲")
    (True, False)
    """
    return _TELLING.search(text) is not None or _LONE_ROW.search(text[:_HEAD_CHARS]) is not None


def split_rows(text: str, name: str) -> Rows:
    """Take the text of a file apart; lines are counted from 1 as an editor does.

    Raises:
        InputError: two heads contradict each other.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = _sections(lines)
    head: dict[str, str] = {}
    unread: list[str] = []
    bodies: list[tuple[int, int]] = []
    for title, first, last in found:
        if title == PARCELS:
            bodies.append((first, last))
        elif title in ("", HEAD):
            unread += _read_head(lines[first:last], head, name)
        else:
            unread.append(f"[{title}]")
    numbers = np.concatenate([np.arange(*body) for body in bodies]) if bodies else np.empty(0, dtype=np.int64)
    return _rows([lines[number] for number in numbers.tolist()], numbers + 1, head, unread)


def _sections(lines: Sequence[str]) -> list[tuple[str, int, int]]:
    """Name and lines of each section; what stands above the first one has no name.

    A file without ``[地块坐标]`` has its parcels from the first parcel row on.
    """
    opens = pc.match_substring_regex(pa.array(lines, pa.string()), r"^[\s\x{3000}\x{feff}]*[\[【［]")
    starts = [
        (at, found[1])
        for at in np.flatnonzero(opens.to_numpy(zero_copy_only=False)).tolist()
        if (found := _SECTION.match(lines[at]))
    ]
    if PARCELS not in [title for _, title in starts]:
        first = next((at for at, line in enumerate(lines) if _LONE_ROW.search(line[:_LONGEST])), None)
        if first is not None:
            starts = sorted([*starts, (first - 1, PARCELS)])
    bounds = [("", -1), *((title, at) for at, title in starts), ("", len(lines))]
    return [(title, at + 1, bounds[place + 1][1]) for place, (title, at) in enumerate(bounds[:-1])]


def _read_head(lines: Sequence[str], head: dict[str, str], name: str) -> list[str]:
    """Put ``key=value`` lines into ``head``; the names of keys that landeff does not know are returned."""
    known = {WIDTH, PROJECTION, UNIT, ZONE, SYSTEM, "中央子午线"}
    known |= {"格式版本号", "数据产生单位", "数据产生日期", "精度", "转换参数"}
    other = []
    for line in lines:
        found = _KEY.match(line[:_LONGEST].rstrip())
        if not found:
            continue
        key = re.sub(r"\s", "", unicodedata.normalize("NFKC", found[1]))
        key, value = _AKIN.get(key, key), found[2]
        if key not in known:
            other.append(key)
        elif key in _ONE_VALUE and value and head.get(key, value) != value:
            raise InputError(
                f"{name} holds several files with different heads: {key}={head[key]} and {key}={value}.",
                "split it into one file for each coordinate system",
            )
        elif not head.get(key):
            head[key] = value
    return other


def _rows(lines: list[str], numbers: Ints, head: Mapping[str, str], unread: Sequence[str]) -> Rows:
    """Parcel rows, point rows and others among the lines of ``[地块坐标]``."""
    texts = pc.utf8_trim(pa.array(lines, pa.string()), " \t\u3000\ufeff\x00\x1a")
    said = pc.greater(pc.utf8_length(texts), 0)
    texts, numbers = texts.filter(said), numbers[said.to_numpy(zero_copy_only=False)]
    plain = pc.utf8_normalize(texts, "NFKC")
    extracted = pc.extract_regex(pc.replace_substring_regex(plain, "[、;\t]", ","), _POINT)
    is_short = _mask(pc.less_equal(pc.utf8_length(texts), _LONGEST))
    looks = ~_mask(pc.is_null(extracted)) & is_short
    is_parcel = _mask(pc.match_substring_regex(plain, _AT_END))
    is_parcel |= _mask(pc.match_substring_regex(plain, _SHAPE_CELL))
    is_parcel |= ~looks & (pc.count_substring(plain, ",").to_numpy(zero_copy_only=False) >= 6)
    is_parcel &= is_short
    owner = np.cumsum(is_parcel) - 1
    is_point = looks & ~is_parcel & (owner >= 0)
    fields = extracted.filter(pa.array(is_point))
    points = Points(
        numbers[is_point],
        owner[is_point],
        _cast(fields, "ring", pa.int64()),
        _cast(fields, "x", pa.float64()),
        _cast(fields, "y", pa.float64()),
    )
    is_bad = ~is_parcel & ~is_point
    bad = pd.DataFrame(
        {"line": numbers[is_bad], "text": texts.filter(pa.array(is_bad)).to_pylist(), "parcel": owner[is_bad]}
    )
    parcels = _parcels(texts.filter(pa.array(is_parcel)).to_pylist(), numbers[is_parcel])
    return Rows(head, tuple(dict.fromkeys(unread)), parcels, points, bad)


def _mask(values: Any) -> Bools:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=bool)


def _cast(fields: Any, name: str, kind: pa.DataType) -> npt.NDArray[Any]:
    return np.asarray(pc.cast(pc.struct_field(fields, name), kind).to_numpy(zero_copy_only=False))


def _parcels(texts: list[str], numbers: Ints) -> pd.DataFrame:
    """Parcel rows as a table: cells by their place, rows out of step brought into step."""
    row = pd.Series(texts, dtype="str")
    wide = row.str.count(",") < 4
    row = row.mask(wide, row.str.replace(_OTHER_COMMAS, ",", regex=True))
    has_at = row.str.contains(r"[@＠][\s,，]*$", regex=True)
    row = row.str.replace(r"[,，]?\s*[@＠][\s,，]*$", "", regex=True)
    cells = row.str.split(",", n=_MOST_CELLS, expand=True).reindex(columns=range(_MOST_CELLS + 1))
    cells = cells.apply(lambda column: column.astype("str").str.strip())
    width = row.str.count(",") + 1
    shapes = cells[range(3, 9)].isin(_SHAPES).to_numpy()
    place = np.where(shapes[:, 1] | ~shapes.any(axis=1), 4, shapes.argmax(axis=1) + 3)
    mended = pd.Series("", index=row.index, dtype="str").mask(~has_at, "row without @ at its end")
    for at in np.flatnonzero(place != 4).tolist():
        made, why = _in_step(cells.iloc[at].dropna().tolist(), int(place[at]))
        cells.loc[at] = pd.Series(made[: _MOST_CELLS + 1]).reindex(cells.columns)
        width[at], mended[at] = len(made), why
    parcels = pd.DataFrame({"line": numbers, "count": cells[0], "area": cells[1]})
    parcels = parcels.assign(**{ID: cells[2], NAME: cells[3], "shape": cells[4].fillna(AREA_SHAPE)})
    parcels = parcels.assign(**{SHEET: cells[5], USE: cells[6], CLASS: cells[7], **_beyond(cells, width)})
    is_level = parcels[CLASS].isin(LEVELS)
    if is_level.any():
        level = parcels.get(LEVEL, pd.Series(None, index=row.index, dtype="str"))
        parcels[LEVEL] = level.mask(is_level, parcels[CLASS])
        parcels[CLASS] = parcels[CLASS].mask(is_level)
    return parcels.assign(mended=mended)


def _in_step(cells: list[str], place: int) -> tuple[list[str], str]:
    """Cells of a row whose shape is not the fifth: count or name are missing, or a comma is too many."""
    if place > 4:
        return [*cells[:3], ",".join(cells[3:place]), *cells[place:]], "name with commas"
    if re.fullmatch(r"\d+", unicodedata.normalize("NFKC", cells[0])):
        return [*cells[:3], "", *cells[3:]], "row without a name"
    return ["", *cells], "row without a number of points"


def _beyond(cells: pd.DataFrame, width: pd.Series[int]) -> dict[str, pd.Series[str]]:
    """Cells behind the eighth, by the names their variant gives them."""
    found: dict[str, pd.Series[str]] = {}
    is_long = width.eq(8 + len(LONG))
    is_level = width.eq(9) & cells[8].isin(LEVELS)
    if is_level.any():
        found[LEVEL] = cells[8].where(is_level)
    for place, title in enumerate(LONG, start=8):
        if is_long.any():
            found[title] = cells[place].where(is_long)
    rest = cells[range(8, _MOST_CELLS + 1)].mask(is_long | is_level)
    for column in rest:
        said = rest[column].mask(rest[column].eq(""))
        if said.notna().any():
            found[f"第{int(str(column)) + 1}列"] = said
    return found
