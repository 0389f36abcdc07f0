"""The questions of identity that wait for a person, one row a question."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset

_KEY = ["kind", "left_table", "left_key"]


def review_queue(dataset: Dataset) -> pd.DataFrame:
    """Queued questions of ``links``, each with its best candidate; those with the most money first.

    Returns:
        ``kind``, ``left_table``, ``left_key``, ``left`` (name, else key), ``right_key``, ``right_name``,
        ``score``, ``n`` (candidates).
    """
    links = dataset.frame("links")
    if links.empty or "decision" not in links:
        return pd.DataFrame()
    queued = links[links["decision"] == "queued"]
    best = queued.sort_values([*_KEY, "score", "right_key"], ascending=[True] * 3 + [False, True])
    n = queued.groupby(_KEY).size().rename("n").reset_index()
    rows = best.drop_duplicates(_KEY).merge(n, on=_KEY)
    rows["left"] = rows["left_name"].fillna(rows["left_key"])
    rows = _with_money(rows, dataset.frame("mentions"))
    order = ["tax_cny", *_KEY]
    rows = rows.sort_values(order, ascending=[False, True, True, True], kind="stable", ignore_index=True)
    return rows[[*_KEY, "left", "right_key", "right_name", "score", "n"]]


def _with_money(rows: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    if not {"table", "key", "tax_cny"} <= set(mentions):
        return rows.assign(tax_cny=0.0)
    money = mentions[["table", "key", "tax_cny"]].rename(columns={"table": "left_table", "key": "left_key"})
    found = rows.merge(money, on=["left_table", "left_key"], how="left")
    return found.assign(tax_cny=found["tax_cny"].fillna(0.0))
