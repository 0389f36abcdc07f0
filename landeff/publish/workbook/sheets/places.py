"""Land balance sheet of the city, of each level of zones and of each zone."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.place_words import place_words
from landeff.publish.terms import paired, titled
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("kind", "text", "范围类别", "kind of place"),
    field("place_name", "text", "范围", "place"),
    field("title", "text", "状态", "state"),
    field("n_parcels", "count", "宗数", "parcels"),
    field("area_m2", "mu", "面积", "area"),
    field("share_ratio", "percent", "占比", "share"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a place and state."""
    frame = dataset.frame("balance_places")
    if frame.empty:
        return None
    kind = titled("place_kind", frame["place_kind"])
    return Ledger(
        _FIELDS, frame.assign(title=paired(frame), kind=kind, place_name=place_words(frame["place_name"]))
    )


SHEET = Sheet(Term("分级平衡表", "Balance by level"), 101, build)
