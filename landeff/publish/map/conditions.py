"""Conditions of findings as templates and codes: each rule's tree travels once, not as text per parcel."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landeff.core.columns import COLUMNS
from landeff.publish.map.wordings import Wording, wording

#: A comparison, as its place among the wordings, or ``{"op": …, "items": […]}``.
Shape = int | dict[str, object]
#: What a finding has of each comparison, in the order in which the rule writes them.
CELLS = ("value", "other", "aged_on", "verdict", "source_file", "source_row")
#: An operator of the page: comparisons whose rule the run does not tell, side by side.
LISTED = "list"
_TEXT = {"code", "text"}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the findings asked, and what they found.

    Attributes:
        wordings: each different comparison once.
        shapes: each different tree of comparisons once.
        shape: position in ``shapes`` of each finding, on the index of the findings; missing without evidence.
        cells: a row for each comparison of each finding, in the order of the findings and within a finding
            in that of the rule; columns :data:`CELLS`, values as text, missing where there is none.
        n: comparisons of each finding, on the index of the findings.
    """

    wordings: tuple[Wording, ...]
    shapes: tuple[Shape, ...]
    shape: pd.Series
    cells: pd.DataFrame
    n: pd.Series


def conditions_of(findings: pd.DataFrame, rules: pd.DataFrame, currency: str = "CNY") -> Conditions:
    """The trees of findings: the shape of their rule, filled with their evidence.

    Args:
        findings: ``rule_id`` and ``evidence`` (JSON, see ``docs/tables.md``; missing evidence has no tree).
        rules: ``rule_id`` and ``condition``; a rule that is not there gets its comparisons side by side.

    >>> one = '[{"column": "is_started", "op": "is_false", "expected": null, "value": true}]'
    >>> made = conditions_of(pd.DataFrame({"rule_id": ["a", "b"], "evidence": [one, None]}), pd.DataFrame())
    >>> made.wordings[0].holds.zh, made.cells["value"].tolist(), made.n.tolist(), made.shapes
    ('是否动工 为“否”', ['True'], [1, 0], ({'op': 'list', 'items': [0]},))
    """
    parsed = json.loads("[" + ",".join(findings["evidence"].fillna("[]")) + "]")
    n = pd.Series([*map(len, parsed)], index=findings.index, dtype="int64")
    flat = pd.DataFrame.from_records([*itertools.chain.from_iterable(parsed)])
    if flat.empty:
        none = pd.Series(np.nan, index=findings.index)
        return Conditions((), (), none, pd.DataFrame({name: [] for name in CELLS}), n)
    flat = flat.reindex(columns=["column", "op", "expected", *CELLS])
    wordings, place = _wordings(flat, currency)
    written = dict(zip(rules["rule_id"], rules["condition"], strict=True)) if len(rules) else {}
    shapes, shape = _shapes(findings["rule_id"], np.asarray(n, dtype=np.int64), place, written)
    return Conditions(wordings, shapes, pd.Series(shape, index=findings.index), _cells(flat), n)


def _wordings(flat: pd.DataFrame, currency: str) -> tuple[tuple[Wording, ...], NDArray[np.int64]]:
    """Each different comparison once, sorted, and the place of every row among them."""
    key = flat[["column", "op"]].assign(expected=flat["expected"].astype("str"))
    which: NDArray[np.int64] = np.asarray(
        key.groupby(["column", "op", "expected"], sort=True, dropna=False).ngroup().to_numpy(), dtype=np.int64
    )
    _, first = np.unique(which, return_index=True)
    kinds = flat.iloc[first][["column", "op", "expected"]].astype(object)
    kinds["expected"] = kinds["expected"].where(flat["expected"].iloc[first].notna(), None)
    rows = kinds.itertuples(index=False, name=None)
    return tuple(wording(column, op, right, currency) for column, op, right in rows), which


def _shapes(
    rule_id: pd.Series, n: NDArray[np.int64], place: NDArray[np.int64], written: Mapping[str, str]
) -> tuple[tuple[Shape, ...], NDArray[np.float64]]:
    """Each different tree once, and the place of every finding among them (NaN without comparisons)."""
    rules, names = pd.factorize(rule_id, sort=True)
    starts = np.cumsum(n) - n
    pattern = np.full((len(n), int(n.max()) + 1), -1, dtype=np.int64)
    pattern[:, 0] = rules
    rows = np.repeat(np.arange(len(n)), n)
    pattern[rows, 1 + np.arange(len(place)) - starts[rows]] = place
    asked = n > 0
    kinds, which = np.unique(pattern[asked], axis=0, return_inverse=True)
    shape = np.full(len(n), np.nan)
    shape[asked] = which.reshape(-1)
    trees = []
    for rule, *leaves in kinds.tolist():
        known = [leaf for leaf in leaves if leaf >= 0]
        trees.append(_tree(written.get(str(names[rule]), ""), known))
    return tuple(trees), shape


def _tree(condition: str, leaves: list[int]) -> Shape:
    """The shape of a rule with its comparisons in their places."""
    written = json.loads(condition) if condition else None
    if written is None or _n_leaves(written) != len(leaves):
        return {"op": LISTED, "items": leaves}
    return _filled(written, iter(leaves))


def _n_leaves(written: Mapping[str, object]) -> int:
    items = written.get("items")
    return sum(map(_n_leaves, items)) if isinstance(items, list) else 1


def _filled(written: Mapping[str, object], leaves: Iterator[int]) -> Shape:
    items = written.get("items")
    if not isinstance(items, list):
        return next(leaves)
    return {"op": written["op"], "items": [_filled(item, leaves) for item in items]}


def _cells(flat: pd.DataFrame) -> pd.DataFrame:
    cells = flat[[*CELLS]].copy()
    kind = flat["column"].map({name: column.kind for name, column in COLUMNS.items()})
    is_number = ~kind.isin(_TEXT).to_numpy()
    for name in CELLS[:-1]:
        cells[name] = cells[name].astype("str").where(cells[name].notna())
    for name in ("value", "other"):
        cells[name] = _rounded(cells[name], is_number)
    cells["source_row"] = pd.to_numeric(cells["source_row"], errors="coerce")
    return cells


def _rounded(texts: pd.Series, is_number: NDArray[np.bool_]) -> pd.Series:
    """Numbers with a fraction to six significant digits behind the point; other texts as they are."""
    fractions = texts.str.fullmatch(r"-?\d+\.\d+(e[+-]?\d+)?", na=False).to_numpy() & is_number
    short = {text: f"{float(text):,.6f}".rstrip("0").rstrip(".") for text in texts[fractions].unique()}
    return texts.where(~fractions, texts.map(short))
