"""Zones with land, money and rank."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.place_words import place_words
from landeff.publish.workbook.model import Ledger, Sheet

_FIELDS = (
    field("zone_id", "code"),
    field("name", "text", "园区", "zone"),
    field("level", "text"),
    field("parent_zone_id", "code"),
    field("district_name", "text"),
    field("responsible_unit", "text"),
    field("rank", "count", "名次", "rank"),
    field("tax_cny_per_mu", "wan_per_mu"),
    field("output_cny_per_mu", "wan_per_mu"),
    field("tax_cny", "wan"),
    field("output_cny", "wan"),
    field("scope_area_m2", "mu", "计算用地", "land counted"),
    field("tax_unknown_area_m2", "mu", "其中税收不明", "of unknown tax"),
    field("area_m2", "mu"),
    field("developed_area_m2", "mu"),
    field("approved_area_m2", "mu"),
    field("n_parcels", "count", "宗地数", "parcels"),
    field("parcels_area_m2", "mu", "宗地面积", "area of parcels"),
)


def build(dataset: Dataset) -> Ledger | None:
    """Zones by code."""
    zones = pd.DataFrame(dataset.frame("zones"))
    return (
        None
        if zones.empty
        else Ledger(_FIELDS, zones.assign(level=place_words(zones["level"])) if "level" in zones else zones)
    )


SHEET = Sheet(Term("园区", "Zones"), 80, build)
