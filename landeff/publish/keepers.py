"""Which office usually keeps a fact, so that a gap has an address. A default: offices differ by place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landeff.core.text import Term

_LAND = Term("自然资源局（供地合同、交地确认书）", "natural resources (contract, handover record)")
_SITE = Term("住建局施工许可，或园区现场核查", "construction permits, or a look at the site")
_GRADES = Term("工信局（亩均评价结果）", "industry and information (published grades)")
_PLANS = Term("自然资源局（规划条件）", "natural resources (planning conditions)")
_ZONE = Term("园区管委会", "administration of the zone")
_TAX = Term("税务局", "tax office")

_KEEPERS: Mapping[str, Term] = MappingProxyType(
    {
        **dict.fromkeys(
            ("agreed_start_on", "handover_on", "agreed_completion_on", "signed_on", "supplied_on"), _LAND
        ),
        **dict.fromkeys(("price_cny", "supply_id", "contract_no", "agreed_far_min"), _LAND),
        **dict.fromkeys(("actual_start_on", "is_started", "permit_on", "actual_completion_on"), _SITE),
        **dict.fromkeys(("grade_latest", "grade_previous"), _GRADES),
        **dict.fromkeys(("far_ratio", "building_coverage_ratio", "control_far_min"), _PLANS),
        **dict.fromkeys(("invested_share_ratio", "investment_cny_per_mu", "production_on"), _ZONE),
        **dict.fromkeys(("tax_cny", "tax_cny_per_mu", "tax_paid_cny"), _TAX),
    }
)


def keeper_of(column: str) -> Term:
    """The office that usually keeps ``column``; empty where nobody is known to.

    >>> keeper_of("grade_latest").zh
    '工信局（亩均评价结果）'
    """
    return _KEEPERS.get(column, Term("", ""))
