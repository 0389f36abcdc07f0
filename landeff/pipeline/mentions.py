"""What stands behind the questions of identity: rows, money and land of each left side of ``links``."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.core.tables import TABLES
from landeff.link.enterprises import KIND
from landeff.pipeline.config import Config
from landeff.pipeline.identify import MENTIONED
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up

COLUMNS = ("table", "key", "code", "name", "n_rows", "source_file", "source_row", "tax_cny", "area_m2")
#: Land that a row of each table stands for.
_AREAS = {
    "parcels": "basis_area_m2",
    "occupancy": "land_area_m2",
    "supply": "supplied_area_m2",
    "approvals": "approved_area_m2",
}


def mentions_table(
    links: pd.DataFrame, inputs: Inputs, parcels: pd.DataFrame, config: Config
) -> pd.DataFrame:
    """``mentions`` of ``docs/tables.md``: one row for each left side that rules alone did not settle.

    Args:
        links: all questions.
        inputs: tables after enterprises were identified.
        parcels: measured, with ``parcel_id`` and ``basis_area_m2``.
    """
    links = links[links["decision"] != "accepted"]
    frames = []
    for table, asked in links.groupby("left_table", sort=True):
        rows = _rows(inputs, str(table), set(asked["kind"]), parcels, config)
        frames.append(_summed(rows[rows["key"].isin(asked["left_key"])], str(table)))
    found = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    text = dict.fromkeys(("table", "key", "code", "name", "source_file"), "str")
    numbers = {"n_rows": "Int64", "source_row": "Int64", "tax_cny": "float64", "area_m2": "float64"}
    found = found.reindex(columns=list(COLUMNS)).astype({**text, **numbers})
    return found.sort_values(["table", "key"], ignore_index=True)


def _rows(inputs: Inputs, table: str, kinds: set[str], parcels: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Rows of a table under the keys of ``links``; twice where two kinds of question are asked."""
    frame = inputs.table(table)
    if table == "parcels":
        area = look_up(frame["parcel_id"], parcels.set_index("parcel_id")["basis_area_m2"])
        frame = pd.concat([frame.assign(basis_area_m2=area), inputs.aside(table)], ignore_index=True)
    plain = pd.DataFrame(
        {
            "code": np.nan,
            "name": column_or_missing(frame, "name"),
            "source_file": column_or_missing(frame, "source_file"),
            "source_row": column_or_missing(frame, "source_row", "Int64"),
            "tax_cny": _tax(frame, config) if table == "returns" else np.nan,
            "area_m2": column_or_missing(frame, _AREAS.get(table, ""), "float64"),
        },
        index=frame.index,
    )
    made = []
    if KIND in kinds and table in MENTIONED:
        code, name, written = MENTIONED[table]
        codes = column_or_missing(frame, written or code).astype("str")
        names = column_or_missing(frame, name).astype("str")
        key = (codes + " " + names).fillna(codes).fillna(names)
        made.append(plain.assign(key=key, code=codes, name=names))
    if kinds - {KIND} and table in TABLES and TABLES[table].key:
        own = frame[TABLES[table].key[0]].astype("str")
        made.append(plain.assign(key=own, code=own))
    return pd.concat(made, ignore_index=True) if made else plain.assign(key=np.nan)


def _tax(frame: pd.DataFrame, config: Config) -> pd.Series:
    """Value of the rows that are tax of the latest year."""
    counts = (frame["year"] == max(config.years)) & (frame["item"] == config.scopes.tax)
    return frame["value"].where(counts.fillna(False).astype(bool))


def _summed(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    rows = rows.sort_values(["source_file", "source_row", "tax_cny", "area_m2"], kind="stable")
    first = rows.groupby("key").agg(
        code=("code", "first"),
        name=("name", "first"),
        n_rows=("key", "size"),
        source_file=("source_file", "first"),
        source_row=("source_row", "first"),
    )
    sums = rows.groupby("key")[["tax_cny", "area_m2"]].sum(min_count=1)
    return first.join(sums).reset_index().assign(table=table)
