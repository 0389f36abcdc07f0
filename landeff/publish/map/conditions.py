"""Conditions of findings as templates and codes: the page carries each wording once, not text per parcel."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass

import pandas as pd

from landeff.core import landuse
from landeff.core.columns import title
from landeff.core.text import Term

_OPERATORS = {
    "=": Term("＝", "="), "!=": Term("≠", "≠"), "<": Term("＜", "<"), "<=": Term("≤", "≤"),
    ">": Term("＞", ">"), ">=": Term("≥", "≥"), "in": Term("属于", "in"), "between": Term("介于", "between"),
    "older_than": Term("距今超过", "older than"), "is_null": Term("未记载", "is not recorded"),
    "is_true": Term("为“是”", "is yes"), "is_false": Term("为“否”", "is no"),
}  # fmt: skip
_CELLS = ("value", "verdict", "source_file", "source_row")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the findings compared.

    Attributes:
        wordings: each different comparison once.
        cells: a row for each comparison of each finding, in the order of the findings and within a finding
            in that of the rule: wording (position in ``wordings``), value (text), verdict (``true``,
            ``false``, ``unknown``), source_file, source_row.
        n: comparisons of each finding, on the index of the findings.
    """

    wordings: tuple[Term, ...]
    cells: pd.DataFrame
    n: pd.Series


def conditions_of(evidence: pd.Series) -> Conditions:
    """The comparisons in a column of evidence (JSON, see ``docs/tables.md``); missing evidence has none.

    >>> made = conditions_of(pd.Series(['[{"column": "is_started", "op": "is_false", "value": true}]', None]))
    >>> made.wordings[0].zh, made.cells["value"].tolist(), made.n.tolist()
    ('是否动工 为“否”', ['True'], [1, 0])
    """
    parsed = json.loads("[" + ",".join(evidence.fillna("[]")) + "]")
    n = pd.Series([*map(len, parsed)], index=evidence.index, dtype="int64")
    cells = pd.DataFrame.from_records([*itertools.chain.from_iterable(parsed)])
    if cells.empty:
        return Conditions((), pd.DataFrame({name: [] for name in ("wording", *_CELLS)}), n)
    cells = cells.reindex(columns=["column", "op", "expected", *_CELLS])
    cells["expected"] = cells["expected"].astype("str").where(cells["expected"].notna(), "")
    by = ["column", "op", "expected"]
    kinds = cells[by].drop_duplicates().sort_values(by, ignore_index=True)
    place = pd.Series(range(len(kinds)), index=pd.MultiIndex.from_frame(kinds))
    cells["wording"] = place.reindex(pd.MultiIndex.from_frame(cells[by])).to_numpy()
    for name in ("value", "verdict", "source_file"):
        cells[name] = cells[name].astype("str").where(cells[name].notna())
    cells["source_row"] = pd.to_numeric(cells["source_row"], errors="coerce")
    told = tuple(_wording(*row) for row in kinds.itertuples(index=False, name=None))
    return Conditions(told, cells[["wording", *_CELLS]], n)


def _wording(column: str, op: str, expected: str) -> Term:
    words, sign = title(column), _OPERATORS.get(op, Term(op, op))
    right = [
        landuse.CLASSES.get(name, Term(name, name))
        for name in expected.strip("[]").replace("'", "").split(", ")
    ]
    zh = (words.zh, sign.zh, "、".join(each.zh for each in right))
    en = (words.en, sign.en, ", ".join(each.en for each in right))
    return Term(" ".join(filter(None, zh)), " ".join(filter(None, en)))
