"""Doubtful matches by district or zone: each question goes where its likeliest land lies."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.publish.review.sheets.queue import queue

_MENTION = ["kind", "left_table", "left_key"]


def questions(dataset: Dataset, place_of_parcel: pd.Series) -> pd.DataFrame:
    """Rows of ``links`` that wait for a person, with ``place``.

    All candidates of a mention go to one place: that of the likeliest candidate whose land is known, ``""``
    where of none it is.

    Args:
        place_of_parcel: code of the district or zone by parcel, ``""`` for land in none.
    """
    links = dataset.frame("links")
    asked = queue(dataset) if {*_MENTION, "decision"} <= set(links) else pd.DataFrame()
    if asked.empty:
        return pd.DataFrame(columns=[*_MENTION, "place"], dtype="object")
    known = _places(dataset, place_of_parcel)
    keys = zip(asked["right_table"], asked["right_key"], strict=True)
    found = pd.Series([known.get(key) for key in keys], index=asked.index, dtype="object")
    place = found.groupby([asked[name] for name in _MENTION]).transform("first")
    return asked.assign(place=place.fillna("").astype("str"))[[*links.columns, "place"]]


def _places(dataset: Dataset, place_of_parcel: pd.Series) -> dict[tuple[str, str], str]:
    """Place of parcels, of enterprises by most of their land, and of supply records by their parcels."""
    frames = [
        pd.DataFrame({"table": "parcels", "key": place_of_parcel.index, "parcel_id": place_of_parcel.index})
    ]
    shares, pairs, parcels = (dataset.frame(name) for name in ("shares", "parcel_supply", "parcels"))
    if {"enterprise_id", "parcel_id", "share_ratio"} <= set(shares):
        by = ["year", "share_ratio", "parcel_id"]
        most = shares.sort_values(by, ascending=[False, False, True], kind="stable")
        frames.append(_keyed(most, "enterprises", "enterprise_id"))
    if "holder_code" in parcels:
        held = pd.DataFrame(parcels[["parcel_id", "holder_code"]]).sort_values("parcel_id")
        frames.append(_keyed(held, "enterprises", "holder_code"))
    if {"supply_id", "parcel_id"} <= set(pairs):
        frames.append(_keyed(pairs.sort_values(["supply_id", "parcel_id"]), "supply", "supply_id"))
    rows = pd.concat(frames, ignore_index=True)
    rows = rows.assign(place=rows["parcel_id"].map(place_of_parcel)).dropna(subset=["key", "place"])
    rows = rows.drop_duplicates(["table", "key"])
    return dict(zip(zip(rows["table"], rows["key"], strict=True), rows["place"], strict=True))


def _keyed(rows: pd.DataFrame, table: str, key: str) -> pd.DataFrame:
    return pd.DataFrame({"table": table, "key": rows[key], "parcel_id": rows["parcel_id"]})
