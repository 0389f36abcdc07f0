"""Parcels suspected of low efficiency."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import is_computed, parcels_of
from landeff.publish.workbook.card import with_card
from landeff.publish.workbook.model import REVIEW, REVIEWED, YES_NO_UNSURE, Ledger, Sheet
from landeff.publish.workbook.parcel_fields import HIT, IDENTITY, SOURCE, present, shown


def build(dataset: Dataset) -> Ledger | None:
    """Parcels a low-efficiency rule holds for, largest first."""
    if not is_computed(dataset, "low_efficiency"):
        return None
    frame = _with_year_before(shown(parcels_of(dataset, "low_efficiency"), dataset), dataset)
    card = with_card(frame, dataset, "parcel_id", "low_efficiency")
    fields = (
        *IDENTITY,
        field("enterprise_names", "text"),
        field("holder_code", "code"),
        field("tax_cny", "wan"),
        field("tax_cny_per_mu", "wan_per_mu"),
        field("tax_cny_per_mu_before", "wan_per_mu", "上上年度亩均税收", "tax per mu, year before"),
        field("output_cny_per_mu", "wan_per_mu"),
        field("grade_latest", "text"),
        field("grade_previous", "text"),
        *HIT,
        *SOURCE,
    )
    choices = (("review_verdict", YES_NO_UNSURE), *card.choices)
    return Ledger(
        (*present(fields, card.frame), *REVIEW, *card.fields),
        card.frame,
        choices,
        entry=(*REVIEWED, *card.entry),
    )


def _with_year_before(frame: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Tax per mu of the year before the latest, where the run has one."""
    by_year = dataset.frame("parcel_year")
    if "tax_cny_per_mu" not in by_year or len(dataset.meta.years) < 2:
        return frame
    before = by_year[by_year["year"] == sorted(dataset.meta.years)[-2]].drop_duplicates("parcel_id")
    return frame.assign(
        tax_cny_per_mu_before=frame["parcel_id"].map(before.set_index("parcel_id")["tax_cny_per_mu"])
    )


SHEET = Sheet(Term("疑似低效", "Low efficiency"), 60, build)
