"""Enterprises by year with land and money (confidential)."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field
from landeff.publish.terms import term
from landeff.publish.workbook.model import Ledger, Sheet

_KNOWN = {"tax_cny", "output_cny", "unit_tax_cny"}
_PARTS = ("owned_area_m2", "rented_in_area_m2", "rented_out_area_m2", "unregistered_area_m2")


def build(dataset: Dataset) -> Ledger | None:
    """A row an enterprise and year; every money item of the returns has its column."""
    frame = dataset.frame("enterprise_year")
    if frame.empty:
        return None
    items = [name for name in frame.columns if name.endswith("_cny") and name not in _KNOWN]
    titles = [
        title(name) if title(name).zh != name else term("item", name.removesuffix("_cny")) for name in items
    ]
    fields = (
        field("enterprise_id", "code"),
        field("name", "text", "企业", "enterprise"),
        field("year", "year"),
        field("n_parcels", "count", "宗地数", "parcels"),
        field("basis_area_m2", "mu"),
        *(field(name, "mu") for name in _PARTS if name in frame.columns),
        field("tax_cny", "wan"),
        *([field("tax_cny_per_mu", "wan_per_mu")] if "tax_cny_per_mu" in frame.columns else []),
        field("output_cny", "wan"),
        *_unit_fields(frame),
        *(field(name, "wan", item.zh, item.en) for name, item in zip(items, titles, strict=True)),
    )
    return Ledger(fields, frame)


def _unit_fields(frame: pd.DataFrame) -> tuple[Field, ...]:
    """The unit an enterprise shares its result with, where any are judged together."""
    if "unit_id" not in frame.columns or frame["unit_id"].isna().all():
        return ()
    return (field("unit_id", "code"), field("unit_tax_cny", "wan"), field("unit_area_m2", "mu"))


SHEET = Sheet(Term("企业", "Enterprises"), 90, build)
