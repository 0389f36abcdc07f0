"""What a section of the report is made of: data, no markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, Value, is_known
from landeff.publish.report.district_map import DistrictMap
from landeff.publish.report.diverging import Diverging


@dataclass(frozen=True, slots=True)
class Row:
    """Values in the order of the table's fields; ``indent`` marks a part, ``is_total`` a sum."""

    values: tuple[Value, ...]
    indent: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with typed columns. A field of kind ``bar`` takes a ratio 0–1 and is drawn."""

    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    caption: Term


@dataclass(frozen=True, slots=True)
class Fact:
    """One key figure with its unit, and what must stand beside it."""

    label: Term
    value: str
    unit: Term
    detail: Term
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Key figures side by side."""

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph; a ``warning`` is set apart."""

    text: Term
    tone: Literal["plain", "warning"] = "plain"


@dataclass(frozen=True, slots=True)
class Stack:
    """Horizontal bars of shares: ``shares[i][j]`` is the part of ``parts[j]`` in bar ``bars[i]``.

    ``parts`` are pairs of colour and title.
    """

    caption: Term
    bars: tuple[Term | str, ...]
    parts: tuple[tuple[str, Term], ...]
    shares: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Bars that narrow from step to step, one below the other and centred.

    ``steps`` are the title, the share that surely got there, the share that may have, and the figures as
    they are read out; they are shown in the table beside.
    """

    caption: Term
    steps: tuple[tuple[Term, float, float, Term], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of points in the unit square, with the words at both ends of both axes.

    ``points`` are shares of both axes, ascending in the first; ``marks`` are the points worth a title.
    """

    caption: Term
    points: tuple[tuple[float, float], ...]
    titles: tuple[Term, ...]
    x_axis: Term
    y_axis: Term
    x_ends: tuple[str, str]
    y_ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the years: ``series`` are a title and a value a year (missing where not known).

    The first series is drawn strong, the others thin. Long titles are cut in the drawing: the table beside
    has them whole.
    """

    caption: Term
    years: tuple[int, ...]
    series: tuple[tuple[Term | str, tuple[float | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks in columns side by side where there is room, each column under a heading."""

    parts: tuple[tuple[Term, tuple[Block, ...]], ...]


@dataclass(frozen=True, slots=True)
class Abreast:
    """A figure with its table, or short tables, side by side where there is room; else one below the other.

    Two blocks share the width; more of them fill two columns from the top, none of them broken.
    """

    blocks: tuple[Block, ...]


Block = Table | Facts | Note | Stack | Funnel | Curve | Lines | Diverging | DistrictMap | Beside | Abreast


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report.

    Attributes:
        build: the blocks of the section for a dataset; none leaves the section out.
    """

    title: Term
    order: int
    build: Callable[[Dataset], Sequence[Block]]


def abreast(*blocks: Block) -> Block:
    """Blocks side by side; one alone takes the whole width."""
    return blocks[0] if len(blocks) == 1 else Abreast(blocks)


def rows_of(frame: pd.DataFrame, fields: Sequence[Field]) -> tuple[Row, ...]:
    """Rows of ``frame`` with the columns of ``fields``; what is unknown or absent becomes ``None``."""
    columns = [frame[each.name] if each.name in frame.columns else [None] * len(frame) for each in fields]
    return tuple(
        Row(tuple(value if is_known(value) else None for value in values))
        for values in zip(*columns, strict=True)
    )


def known_columns(table: Table) -> Table:
    """The table without columns in which nothing is known."""
    values = list(zip(*(row.values for row in table.rows), strict=True))
    kept = [i for i, column in enumerate(values) if any(is_known(each) and each != "" for each in column)]
    rows = tuple(Row(tuple(row.values[i] for i in kept), row.indent, row.is_total) for row in table.rows)
    return Table(tuple(table.fields[i] for i in kept), rows, table.caption)
