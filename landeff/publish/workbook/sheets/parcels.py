"""All parcels, with what was found about each."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import with_findings
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.workbook.parcel_fields import CLOCK, FINDING, IDENTITY, SOURCE, SUPPLY, present, shown

#: Only where the project has buildings.
_BUILT = (
    field("building_coverage_ratio", "percent"),
    field("far_ratio", "amount"),
    field("known_far_ratio", "amount"),
)


def build(dataset: Dataset) -> Ledger | None:
    """Parcels by code."""
    if dataset.frame("parcels").empty:
        return None
    frame = shown(with_findings(dataset), dataset)
    fields = (
        *IDENTITY, field("area_m2", "mu"), field("registered_area_m2", "mu"),
        field("contract_area_m2", "mu"), field("registered_difference_m2", "m2"), field("area_basis", "text"),
        field("inventory_class", "text"), field("state", "text"), field("enterprise_names", "text"),
        field("n_enterprises", "count"), field("tax_cny", "wan"), field("tax_cny_per_mu", "wan_per_mu"),
        field("output_cny", "wan"), field("output_cny_per_mu", "wan_per_mu"),
        *(each for each in _BUILT if each.name in frame and frame[each.name].notna().any()),
        field("is_supply_linked", "yes_no"), *SUPPLY, *CLOCK, *FINDING, *SOURCE,
    )  # fmt: skip
    return Ledger(present(fields, frame), frame)


SHEET = Sheet(Term("全部宗地", "All parcels"), 70, build)
