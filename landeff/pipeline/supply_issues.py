"""What is doubtful about the land of supply records, as issues."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from landeff.core.issues import Issue
from landeff.link.land_identity.candidates import METHODS
from landeff.link.land_identity.texts import stated, stated_parcels
from landeff.link.links import JOINED
from landeff.sources.codes.issues import grouped, per_code

_REVIEW = "fill in the supply number or the parcel code, or decide it in the review workbook"


def supply_issues(
    parcels: pd.DataFrame, supply: pd.DataFrame, pairs: pd.DataFrame, links: pd.DataFrame
) -> list[Issue]:
    """All doubts about which land supply records are; ``parcels`` and ``supply`` as read."""
    if supply.empty:
        return []
    joined = pairs[pairs["decision"].isin(JOINED)]
    return [
        *_inferred(supply, joined),
        *_ambiguous(supply, pairs, joined, links),
        *_waiting(supply, pairs, joined, links),
        *_landless(supply, pairs),
        *_not_in_layer(parcels, supply),
        *_unknown_numbers(parcels, supply),
    ]


def _inferred(supply: pd.DataFrame, joined: pd.DataFrame) -> Iterator[Issue]:
    """Records told by what they say, or where they lie, in one issue a method."""
    for method in METHODS[3:]:
        ids = joined.loc[(joined["method"] == method) & (joined["decision"] == "accepted"), "supply_id"]
        rows = supply[supply["supply_id"].isin(ids)]
        what = "holder, area and location" if method == METHODS[3] else "geometry"
        decision = f"parcel told by {what}, which one alone has"
        fix = "see the table links; fill in the supply number"
        yield from grouped(rows, "supply", "supply_id", "supply_land_inferred", "info", decision, fix)


def _ambiguous(
    supply: pd.DataFrame, pairs: pd.DataFrame, joined: pd.DataFrame, links: pd.DataFrame
) -> list[Issue]:
    """Contract numbers on several records of which area does not tell the parcels apart."""
    several = links["reasons"].str.contains("several_records") & (links["decision"] == "queued")
    ids = links.loc[several & (links["method"] == "contract_no"), "left_key"]
    rows = supply[supply["supply_id"].isin(ids) & ~supply["supply_id"].isin(joined["supply_id"])]
    decision = "left open: several records carry the number, and area does not tell whose parcel it is"
    return per_code(rows, "supply", "contract_no", "contract_no_ambiguous", "warning", decision, _REVIEW)


def _waiting(
    supply: pd.DataFrame, pairs: pd.DataFrame, joined: pd.DataFrame, links: pd.DataFrame
) -> list[Issue]:
    """Records that may be of a parcel, for a person to say; contract numbers are told on their own."""
    queued = links[(links["decision"] == "queued") & ~links["reasons"].str.contains("several_records")]
    rows = supply[supply["supply_id"].isin(queued["left_key"])]
    rows = rows[~rows["supply_id"].isin(joined["supply_id"])]
    decision = "left open: a person has to say which parcel it is; see the table links"
    return per_code(rows, "supply", "supply_id", "supply_land_queued", "warning", decision, _REVIEW)


def _landless(supply: pd.DataFrame, pairs: pd.DataFrame) -> list[Issue]:
    asked = pairs.loc[pairs["decision"].isin([*JOINED, "queued"]), "supply_id"]
    rows = supply[~supply["supply_id"].isin(asked)]
    decision = "no usable parcel found: land and price of the record stand in the ledger by reason"
    fix = "add the parcel code to the record, or the parcel to the layer"
    return grouped(rows, "supply", "supply_id", "supply_without_land", "warning", decision, fix)


def _not_in_layer(parcels: pd.DataFrame, supply: pd.DataFrame) -> list[Issue]:
    """Codes of parcels that records state and the layer has not."""
    if "parcel_id" not in supply:
        return []
    known = stated_parcels(parcels[["parcel_id"]].assign(key=parcels["parcel_id"]), "key")["parcel"]
    told = stated_parcels(supply, "supply_id")
    lost = told[~told["parcel"].isin(known)].drop_duplicates("supply_id").set_index("supply_id")["number"]
    rows = supply[supply["supply_id"].isin(lost.index)]
    rows = rows.assign(parcel_id=rows["supply_id"].map(lost))
    decision = "that parcel is not in the layer, or was set aside"
    fix = "correct the code, or add the parcel to the layer"
    return per_code(rows, "supply", "parcel_id", "supply_parcel_unknown", "warning", decision, fix)


def _unknown_numbers(parcels: pd.DataFrame, supply: pd.DataFrame) -> list[Issue]:
    """Supply numbers of parcels that the ledger has not."""
    known = stated(supply.assign(own=supply["supply_id"]), "supply_id", "own")["number"]
    told = stated(parcels, "parcel_id", "supply_id")
    lost = told[~told["number"].isin(known)].drop_duplicates("parcel_id").set_index("parcel_id")["number"]
    rows = parcels[parcels["parcel_id"].isin(lost.index)]
    rows = rows.assign(supply_id=rows["parcel_id"].map(lost))
    decision = "the supply ledger has no usable record of the number"
    fix = "correct the number, or add the record to the ledger"
    return grouped(rows, "parcels", "supply_id", "supply_number_unknown", "warning", decision, fix)
