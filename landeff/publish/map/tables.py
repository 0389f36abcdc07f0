"""Tables of the page beside its plots: findings, corrections, firms and their money."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from landeff.publish.map.encode import Chunk, encode_number, encode_text
from landeff.publish.map.model import MapModel
from landeff.publish.map.store import ParcelStore

Table = tuple[int, dict[str, Chunk]]

#: What details of firms may add to a page, in characters; what does not fit is left out, and that is said.
DETAIL_CHARACTERS = 2_500_000
_CORRECTIONS = (
    *("kind", "status", "column", "old_value", "new_value", "document", "signer"),
    *("why_zh", "why_en"),
)
_SCORE_NUMBERS = ("value", "benchmark", "lowest", "ratio", "cap", "weight", "points")
_GRADE_TEXTS = ("scorecard", "group", "grade", "reason", "official_grade")


def page_tables(model: MapModel, store: ParcelStore) -> tuple[dict[str, Table], tuple[str, ...]]:
    """The tables by name, and the names of those that were left out because they are too large.

    ``row`` is the place of the plot in the store. Details of firms are taken in the order of their worth.
    """
    place = pd.Series(range(len(store.order)), index=model.plots["parcel_id"].iloc[store.order])
    tables = _of_findings(model, place)
    left, room = [], DETAIL_CHARACTERS
    for name, versions in _details(model, place):
        if name == "scores" and "grades" in left:
            left.append(name)
            continue
        for made in versions:
            size = sum(len(chunk.base64()) for chunk in made[1].values())
            if size <= room:
                room -= size
                tables[name] = made
                break
        else:
            left.append(name)
    return tables, tuple(left)


def _of_findings(model: MapModel, place: pd.Series) -> dict[str, Table]:
    conditions = model.conditions
    findings = model.findings.assign(row=model.findings["parcel_id"].map(place), shape=conditions.shape)
    known = findings["row"].notna()
    cells = conditions.cells[known.to_numpy().repeat(conditions.n)]
    corrections = model.corrections.assign(row=model.corrections["parcel_id"].map(place))
    return {
        "findings": _table(
            findings[known],
            numbers={"row": 0, "shape": 0},
            texts=("rule_id", "verdict", "reason", "missing", "basis", "stage", "advice"),
            dates=("since_on",),
        ),
        "conditions": _table(
            cells, numbers={"source_row": 0}, texts=("value", "other", "aged_on", "verdict", "source_file")
        ),
        "corrections": _table(
            corrections[corrections["row"].notna()],
            numbers={"row": 0},
            texts=_CORRECTIONS,
            dates=("decided_on",),
        ),
    }


def _details(model: MapModel, place: pd.Series) -> Iterator[tuple[str, Iterator[Table]]]:
    """Each table with its versions, the fullest first; a table without rows has none."""
    firms = model.firms
    if len(firms.firms):
        yield "firms", iter([_table(firms.firms, texts=("enterprise_id", "name"))])
    if len(firms.stands):
        yield "stands", iter([_stands(_placed(firms.stands, place))])
    if len(firms.grades):
        yield "grades", iter([_grades(firms.grades)])
    if len(firms.scores):
        yield "scores", iter([_scores(firms.scores)])
    if len(firms.money):
        yield "money", _money(_placed(firms.money, place), model.meta.year)


def _placed(table: pd.DataFrame, place: pd.Series) -> pd.DataFrame:
    """Rows of plots of the page, in their order there: the page looks a plot up by halving."""
    found = table.assign(row=table["parcel_id"].map(place)).dropna(subset="row")
    return found.sort_values("row", kind="stable", ignore_index=True)


def _stands(table: pd.DataFrame) -> Table:
    return _table(
        table,
        numbers={"row": 0, "firm": 0, "share_ratio": 6, "land_mu": 4},
        texts=("method", "land_basis"),
    )


def _grades(table: pd.DataFrame) -> Table:
    numbers = {"firm": 0, "year": 0, "total": 4, "adjustment": 4, "rank": 0, "n": 0, "distance": 4}
    return _table(table, numbers=numbers, texts=_GRADE_TEXTS)


def _scores(table: pd.DataFrame) -> Table:
    numbers = {"grade": 0, **dict.fromkeys(_SCORE_NUMBERS, 4)}
    return _table(table, numbers=numbers, texts=("item", "unit", "status", "reason"))


def _money(table: pd.DataFrame, latest: int) -> Iterator[Table]:
    """Of all years; else of the latest alone."""
    for chosen in (table, table[table["year"] == latest]):
        yield _table(
            chosen,
            numbers={"row": 0, "year": 0, "firm": 0, "wan": 4, "share_ratio": 6, "source_row": 0},
            texts=("item", "source_file"),
        )


def _table(
    frame: pd.DataFrame,
    *,
    numbers: dict[str, int] | None = None,
    texts: tuple[str, ...] = (),
    dates: tuple[str, ...] = (),
) -> Table:
    """``frame`` as columns; ``numbers`` are kept to so many decimals."""
    columns = {
        name: encode_number(pd.Series(frame[name].to_numpy(dtype=np.float64, na_value=np.nan)), decimals)
        for name, decimals in (numbers or {}).items()
    }
    columns |= {name: encode_text(frame[name]) for name in texts}
    columns |= {name: encode_text(pd.to_datetime(frame[name]).dt.strftime("%Y-%m-%d")) for name in dates}
    return len(frame), columns
