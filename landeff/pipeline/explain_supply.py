"""How the land of a parcel was found in the supply ledger, in words."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.link.links import JOINED
from landeff.publish.terms import term

_PERSON = Term("人工认定", "a person's decision")


def supply_lines(dataset: Dataset, parcel_id: str, lang: Lang) -> Iterator[str]:
    """One line a supply record of the parcel: how it was told, and in which parts; then those that wait."""
    pairs = dataset.frame("parcel_supply")
    if pairs.empty:
        return
    pairs = pairs[pairs["parcel_id"] == parcel_id]
    reasons = _reasons(dataset, parcel_id, lang)
    batches = _batches(dataset)
    for pair in pairs[pairs["decision"].isin(JOINED)].to_dict("records"):
        how = _PERSON if pair["decision"] == "confirmed" else term("method", pair["method"])
        head = Term("供地记录", "supply record").text(lang)
        why = "; ".join(
            part for part in (how.text(lang), f"{pair['score']:.2f}", reasons.get(pair["supply_id"])) if part
        )
        area = "?" if pd.isna(pair["area_m2"]) else f"{pair['area_m2']:,.2f} m²"
        of_supply = Term("占该记录", "of the record").text(lang) + f" {pair['share_of_supply_ratio']:.4%}"
        of_parcel = Term("占宗地", "of the parcel").text(lang) + f" {pair['share_of_parcel_ratio']:.4%}"
        batch = batches.get(pair["supply_id"])
        told = f"; {Term('批次', 'batch').text(lang)} {batch}" if batch else ""
        yield f"{head} {pair['supply_id']} ({why}): {area}, {of_supply}, {of_parcel}{told}"
    for pair in pairs[pairs["decision"] == "queued"].to_dict("records"):
        head = Term("待人工核对的供地记录", "supply record for a person to decide").text(lang)
        yield f"{head} {pair['supply_id']} ({pair['score']:.2f}; {reasons.get(pair['supply_id'], '')})"


def _reasons(dataset: Dataset, parcel_id: str, lang: Lang) -> dict[str, str]:
    """Reasons in words by record."""
    links = dataset.frame("links")
    if links.empty:
        return {}
    links = links[(links["kind"] == "supply_land") & (links["right_key"] == parcel_id)]
    words = [
        ("、" if lang == "zh" else ", ").join(
            term("reason", code).text(lang) for code in str(codes).split(",")
        )
        for codes in links["reasons"]
    ]
    return dict(zip(links["left_key"], words, strict=True))


def _batches(dataset: Dataset) -> dict[str, str]:
    """Approval batches by record."""
    table = dataset.frame("approval_supply")
    if table.empty:
        return {}
    told = table[table["decision"].isin(JOINED)]
    return {str(key): "、".join(ids) for key, ids in told.groupby("supply_id")["approval_id"]}
