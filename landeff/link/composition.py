"""Compositions: a measure as ``Σ sign × item``, told by data (``compositions/*.toml``, the project file)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from landeff.core.text import Term

Missing = Literal["unknown", "zero"]


@dataclass(frozen=True, slots=True)
class Composition:
    """One measure made of items of ``returns``.

    Attributes:
        items: item → its coefficient (1, −1, a local share such as 0.5).
        years: years it is stated for; empty where ``valid_from`` and ``valid_to`` (years, both ends
            included; ``None`` = open) say.
        document: where it is written.
        verified: whether that text was seen; one that is not is used only where the project names it, and
            marked wherever its figure shows.
        missing: items that count as 0 where a subject has no row of them; the measure is unknown where any
            other is missing.
    """

    name: str
    items: Mapping[str, float]
    title: Term
    document: str = ""
    verified: bool = False
    jurisdiction: str = ""
    years: tuple[int, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    missing: Mapping[str, Missing] = field(default_factory=dict)

    def is_valid(self, year: int) -> bool:
        """Whether the composition is stated for a year.

        >>> Composition("t", {"vat": 1.0}, Term("", ""), valid_from=2020).is_valid(2019)
        False
        """
        if self.years:
            return year in self.years
        return (self.valid_from or year) <= year <= (self.valid_to or year)

    @property
    def needed(self) -> tuple[str, ...]:
        """Items without which the measure is unknown."""
        return tuple(sorted(name for name in self.items if self.missing.get(name, "unknown") == "unknown"))


def composed(rows: pd.DataFrame, composition: Composition, years: Collection[int]) -> pd.DataFrame:
    """Rows of the measure: every row of one of its items times the coefficient, nothing added up.

    ``Σ value = Σ sign × Σ item``, so that each row keeps its file, its row and its reasons in the ledger.

    Args:
        rows: ``item``, ``year``, ``value`` and anything else; ``was`` is multiplied as well.
        years: years of the run; rows of other years follow as they are (the ledger tells them apart), those
            of a year of the run for which the composition is not stated do not.

    Returns:
        The same columns with ``item`` = the measure's name and ``source_item`` = the item.

    >>> rows = pd.DataFrame({"item": ["vat", "refund", "x"], "year": 2024, "value": [10.0, 4.0, 1.0]})
    >>> net = Composition("net", {"vat": 0.5, "refund": -1.0}, Term("", ""))
    >>> composed(rows, net, [2024])["value"].tolist()
    [5.0, -4.0]
    """
    out = rows[rows["item"].isin(list(composition.items))].copy()
    not_stated = [year for year in years if not composition.is_valid(year)]
    out = out[~out["year"].isin(not_stated)]
    sign = out["item"].map(dict(composition.items)).astype("float64")
    for name in ("value", "was"):
        if name in out:
            out[name] = out[name] * sign
    return out.assign(source_item=out["item"], item=composition.name)


def subjects(rows: pd.DataFrame) -> pd.Series:
    """Whose money a row is: the enterprise and parcel, else the row of the file.

    Rows without a code are one subject where they stand in one row of a file.
    """
    known = rows["enterprise_id"].fillna("") + "|" + rows["parcel_id"].fillna("")
    place = "#" + rows["source_file"].astype("str") + "#" + rows["source_row"].astype("str")
    return known.where(known != "|", place)


def lacking(rows: pd.DataFrame, composition: Composition) -> pd.DataFrame:
    """Items that a subject and year lack, of those without which the measure is unknown.

    Args:
        rows: ``returns``; only subjects with at least one item of the composition count.

    Returns:
        ``subject``, ``year``, ``item``: one row an item missing, sorted.
    """
    here = rows[rows["item"].isin(list(composition.items))]
    seen = here.assign(subject=subjects(here))[["subject", "year", "item"]].drop_duplicates()
    wanted = (
        seen[["subject", "year"]]
        .drop_duplicates()
        .merge(pd.DataFrame({"item": pd.Series(composition.needed, dtype="str")}), how="cross")
    )
    is_there = pd.MultiIndex.from_frame(wanted).isin(
        pd.MultiIndex.from_frame(seen[["subject", "year", "item"]])
    )
    return wanted[~is_there].sort_values(["subject", "year", "item"], ignore_index=True)


def with_completeness(made: pd.DataFrame, lacks: pd.DataFrame) -> pd.DataFrame:
    """Composed rows with ``is_incomplete``: their subject lacks an item in that year."""
    at = pd.MultiIndex.from_arrays([subjects(made), made["year"]])
    is_short = at.isin(pd.MultiIndex.from_frame(lacks[["subject", "year"]]))
    return made.assign(is_incomplete=is_short)
