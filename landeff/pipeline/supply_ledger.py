"""Ledger lines of the supply register: where its land and its prices ended."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from landeff.link.land_identity.by_number import number_pairs
from landeff.link.land_identity.pairs import shared
from landeff.link.ledger import Entry
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing
from landeff.pipeline.money import source_names

#: Measure of the ledger → the figure of a record.
MEASURES = {"supplied_area": "supplied_area_m2", "supply_price": "price_cny"}


def supply_entries(inputs: Inputs, pairs: pd.DataFrame, config: Config) -> Iterator[Entry]:
    """Of all records: on parcels by how they were told, waiting for a person, without a parcel, set aside.

    Args:
        pairs: ``parcel_supply``.
    """
    supply = inputs.table("supply")
    if "supply" not in inputs.tables:
        return
    aside = inputs.aside("supply")
    joined = shared(pairs, supply, list(MEASURES.values()))
    where = joined["method"].where(joined["decision"] == "accepted", "review")
    rest = supply[~supply["supply_id"].isin(joined["supply_id"])]
    lost = _reasons(rest, pairs, inputs)
    for measure, column in MEASURES.items():
        if column not in supply:
            continue
        unit = "m²" if column.endswith("_m2") else config.currency
        whole = pd.concat([supply[column], column_or_missing(aside, column, "float64")])
        yield Entry(
            measure, "total_in", "in", _sum(whole), unit, len(whole), source=source_names(config, "supply")
        )
        for method, rows in joined.groupby(where, sort=True):
            n = rows["supply_id"].nunique()
            yield Entry(measure, f"by_{method}", "out", _sum(rows[column]), unit, n)
        for table, why in ((rest, lost), (aside, aside["reason"])):
            for reason, rows in table.groupby(why.to_numpy(), sort=True):
                value = _sum(column_or_missing(rows, column, "float64"))
                yield Entry(measure, str(reason), "out", value, unit, len(rows))


def _reasons(rest: pd.DataFrame, pairs: pd.DataFrame, inputs: Inputs) -> pd.Series:
    """Why records are on no parcel: ``land_queued``, ``land_set_aside``, ``no_parcel``."""
    queued = pairs.loc[pairs["decision"] == "queued", "supply_id"]
    gone = inputs.aside("parcels").drop(columns="parcel_id", errors="ignore")
    gone = gone.rename(columns={"key": "parcel_id"}).dropna(subset="parcel_id").drop_duplicates("parcel_id")
    stands_there = number_pairs(pd.DataFrame(gone), rest)["supply_id"]
    reason = pd.Series("no_parcel", index=rest.index, dtype="str")
    reason = reason.mask(rest["supply_id"].isin(stands_there), "land_set_aside")
    return reason.mask(rest["supply_id"].isin(queued), "land_queued")


def _sum(values: pd.Series) -> float:
    return math.fsum(values.dropna().tolist())
