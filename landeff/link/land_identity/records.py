"""What the supply ledger says of each parcel: figures added up, dates of one record, never mixed."""

from __future__ import annotations

import pandas as pd

from landeff.link.land_identity.pairs import SHARED, shared

#: Columns of a record that are its own, not its land's.
_OF_RECORD = ("parcel_id", "approval_id", "geometry")


def records_of_parcels(pairs: pd.DataFrame, supply: pd.DataFrame, order: pd.Series) -> pd.DataFrame:
    """One row a parcel that has supply records.

    Figures (:data:`landeff.link.land_identity.pairs.SHARED`) are the parcel's parts of all its records,
    added up; of a figure that some records do not state, what is known. Dates, flags and words are those of
    the record that comes first by ``order``: all of one record, since a clock made of two records is no
    clock of any.

    Args:
        pairs: of :func:`landeff.link.land_identity.pairs.settle_land`.
        supply: the records, with ``supply_id``.
        order: place of each record by ``supply_id``; the lowest decides.

    Returns:
        ``parcel_id``, the columns of the record, ``supply_linked_by`` (how the pair was told; the ledger's
        own ``supply_method`` is 供地方式), ``supply_link_score``, ``supply_share_ratio`` (how much of the
        record is the parcel's) and ``n_supply_records``. Sorted by parcel.
    """
    joined = shared(pairs, supply)
    figures = [name for name in SHARED if name in joined]
    by_parcel = joined.groupby("parcel_id")
    first = joined.assign(place=joined["supply_id"].map(order)).sort_values(
        ["parcel_id", "place", "supply_id"], na_position="last"
    )
    first = first.drop_duplicates("parcel_id").set_index("parcel_id")
    sums = by_parcel[figures].sum(min_count=1).round(6)
    told = pd.DataFrame(
        {
            "supply_id": first["supply_id"],
            "supply_linked_by": first["method"],
            "supply_link_score": first["score"],
            "supply_share_ratio": first["share_of_supply_ratio"],
            "n_supply_records": by_parcel.size().astype("Int64"),
        }
    )
    own = [name for name in supply if name not in (*figures, *_OF_RECORD)]
    out = told.join(sums).reset_index().merge(pd.DataFrame(supply)[own], on="supply_id", how="left")
    return out.astype({"parcel_id": "str"})
