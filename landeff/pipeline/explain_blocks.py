"""The contiguous block that a parcel is in, in words."""

from __future__ import annotations

from collections.abc import Iterator

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.dossier.model import Line
from landeff.publish.fields import number_text


def block_line(dataset: Dataset, parcel_id: str, lang: Lang) -> Iterator[Line]:
    """One line: name and size of the block, and how many it is made of; none where the parcel is in none."""
    members, blocks = dataset.frame("block_members"), dataset.frame("blocks")
    if members.empty or blocks.empty:
        return
    found = members.loc[members["parcel_id"] == parcel_id, "block_id"]
    for row in blocks[blocks["block_id"].isin(found)].to_dict("records"):
        mu, n = number_text(row["area_m2"], "mu"), int(row["n_parcels"] + row["n_pieces"])
        told = Term(
            f"{row['block_id']}，{mu} 亩，{n} 宗（块），权利人 {row['n_holders']} 家",
            f"{row['block_id']}, {mu} mu, {n} pieces, {row['n_holders']} holders",
        )
        yield Line(told.text(lang), Term("集中连片地块", "contiguous block").text(lang))
