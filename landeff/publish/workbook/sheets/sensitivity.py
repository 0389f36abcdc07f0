"""Zones under every allocation policy."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import titled
from landeff.publish.workbook.model import Ledger, Sheet

_ALL = Term("全部园区", "all zones")
_FIELDS = (
    field("policy", "text", "分摊方式", "allocation"),
    field("zone", "text", "园区", "zone"),
    field("year", "year"),
    field("is_declared", "yes_no", "申报方式", "declared"),
    field("rank", "count", "名次", "rank"),
    field("rank_change", "count", "名次变动", "change of rank"),
    field("tax_cny", "wan"),
    field("tax_cny_per_mu", "wan_per_mu"),
    field("difference_cny_per_mu", "wan_per_mu", "与申报方式之差", "difference to the declared"),
    field("n_zones_moved", "count", "名次变动的园区数", "zones that change rank"),
    field("max_rank_change", "count", "最大名次变动", "largest change of rank"),
    field("n_parcels_changed", "count", "税收变动超过一成的宗地数", "parcels whose tax changes by over 10 %"),
    field("n_flags_changed", "count", "列入或低于园区水平有增减的宗地数", "parcels flagged otherwise"),
)


def build(dataset: Dataset) -> Ledger | None:
    """A row a policy and zone; the row of all zones has the counts."""
    frame = dataset.frame("sensitivity")
    if frame.empty:
        return None
    is_all = frame["zone_id"].fillna("") == ""
    zone = frame["name"].fillna(frame["zone_id"]).astype(object)
    zone[is_all] = [_ALL] * int(is_all.sum())
    return Ledger(_FIELDS, frame.assign(policy=titled("policy", frame["policy"]), zone=zone))


SHEET = Sheet(Term("分摊方式的影响", "Sensitivity"), 105, build)
