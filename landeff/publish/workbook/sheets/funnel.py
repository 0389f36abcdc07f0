"""The funnel of every place: how far its land has come."""

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
    field("title", "text", "环节", "step"),
    field("n_parcels", "count", "宗数", "parcels"),
    field("area_m2", "mu", "确已到达", "surely got here"),
    field("share_ratio", "percent", "占比", "share"),
    field("open_area_m2", "mu", "状态不能说明", "state does not tell"),
    field("open_share_ratio", "percent", "其占比", "its share"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a place and step."""
    frame = dataset.frame("funnel")
    if frame.empty:
        return None
    kind = titled("place_kind", frame["place_kind"])
    return Ledger(
        _FIELDS, frame.assign(title=paired(frame), kind=kind, place_name=place_words(frame["place_name"]))
    )


SHEET = Sheet(Term("土地漏斗", "Funnel"), 102, build)
