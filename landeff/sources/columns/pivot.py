"""Wide tables of ``returns`` → one row an amount: columns of items, of years, of months.

Money is neither made nor lost: the amounts of the long table and of its rows set aside are the cells'.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.sources.columns.cells import text
from landeff.sources.columns.defects import Defect, marks
from landeff.sources.columns.plan import ITEM, Step

#: More different words than this that are not mapped are told in one issue.
_WORDS = 100


def to_long(
    frame: pd.DataFrame, steps: Sequence[Step], defects: list[Defect]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row for each filled cell of the wide columns, in file order, and why rows are set aside.

    Args:
        steps: of the wide columns; each fills the column :attr:`Step.at` of ``frame``.

    Returns:
        The long frame with ``item``, ``value`` (and ``year``, ``month`` where the columns have them), and
        :func:`marks` of its rows on the same index.
    """
    rest, whole_rows = frame.drop(columns=[step.at for step in steps]), marks(defects, frame.index)
    parts, why = [], []
    for step in steps:
        own = pd.Series(False, index=frame.index)
        for defect in defects:
            own |= defect.cells if defect.item == step.slot else False
        filled = frame[step.at].notna() | own
        part = rest.assign(value=frame[step.at])
        if step.to.startswith(ITEM):
            part["item"] = pd.Series(step.to.removeprefix(ITEM).strip(), index=frame.index, dtype="str")
        for name, number in (("year", step.year), ("month", step.month)):
            if number is not None:
                part[name] = pd.Series(number, index=frame.index, dtype="Int64")
        parts.append(part[filled])
        why.append((marks(defects, frame.index, step.slot) if own.any() else whole_rows)[filled])
    order = pd.concat(parts).reset_index(names="at").sort_values("at", kind="stable").index
    return (
        pd.concat(parts, ignore_index=True).loc[order].reset_index(drop=True),
        pd.concat(why, ignore_index=True).loc[order].reset_index(drop=True),
    )


def items_not_mapped(frame: pd.DataFrame, steps: Sequence[Step]) -> list[Defect]:
    """A defect for each word in the item column that the project file does not map.

    Only where it maps any: then a word it does not know (a new tax) must not become an item that nobody
    counts. What the words are mapped to may stand in the file as well.
    """
    step = next((each for each in steps if each.to == "item" and each.values), None)
    if step is None or step.values is None:
        return []
    known = {str(meaning) for meaning in step.values.values()}
    has_amount = frame[[each.at for each in steps if each.is_amount]].notna().any(axis=1)
    words = frame["item"].where(has_amount & ~frame["item"].isin(known))
    distinct = sorted(words.dropna().unique())
    groups = [[word] for word in distinct] if len(distinct) <= _WORDS else [distinct]
    return [
        Defect("item_not_mapped", step.header, words.isin(group), words.where(words.isin(group)))
        for group in groups
        if group
    ]


def item_words(plain: pd.DataFrame, steps: Sequence[Step]) -> dict[str, pd.Series[str]]:
    """The source's own word for the item, as the column ``item_source``, where the project file maps it."""
    step = next((each for each in steps if each.to == "item" and each.values), None)
    return {} if step is None else {"item_source": text(plain[step.header]).values.astype("str")}
