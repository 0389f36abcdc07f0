"""What a sheet is made of: data, no cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field

YES_NO_UNSURE = (Term("是", "yes"), Term("否", "no"), Term("不确定", "not sure"))

#: Columns left empty for whoever checks a parcel on the spot.
REVIEW = (
    Field("review_verdict", Term("核实结论", "checked: holds?"), "text"),
    Field("review_by", Term("核实人", "checked by"), "text"),
    Field("review_on", Term("核实日期", "checked on"), "date"),
)

REVIEWED = tuple(each.name for each in REVIEW)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows of one sheet. A cell may hold a :class:`Term`, shown in the language of the workbook.

    Attributes:
        fields: columns in order; one that the frame does not have stays empty.
        choices: field name → the values its cells may take (a drop-down).
        choices_by: field name, the field it depends on, and the values for each value of that one.
        entry: fields left for a person to fill in: marked by colour, dates checked as they are typed.
        hidden: fields at the end that are there for the next run, not for a reader.
        spare_rows: empty rows below, with the same drop-downs.
        total_rows: so many rows at the end are sums of those above.
        tints: field name → word in its text → colour of the cell: red, orange or yellow.
    """

    fields: tuple[Field, ...]
    frame: pd.DataFrame
    choices: tuple[tuple[str, tuple[Term, ...]], ...] = ()
    choices_by: tuple[tuple[str, str, tuple[tuple[Term, tuple[Term, ...]], ...]], ...] = ()
    entry: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    spare_rows: int = 0
    total_rows: int = 0
    tints: tuple[tuple[str, tuple[tuple[Term, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook.

    Attributes:
        build: the ledger for a dataset; ``None`` leaves the sheet out (the run did not compute it).
        is_hidden: it is there for a program, not for a reader.
    """

    title: Term
    order: int
    build: Callable[[Dataset], Ledger | None]
    is_hidden: bool = False
