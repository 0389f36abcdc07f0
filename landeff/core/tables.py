"""The contracts of the input tables: key, required and optional columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from landeff.core.land_table import CODES, column_of
from landeff.core.text import Term


@dataclass(frozen=True, slots=True)
class Table:
    """One canonical input table.

    Attributes:
        key: columns that identify a row; empty where rows have no identity of their own.
        required: columns without which the table cannot be used at all.
        optional: the other columns landeff reads; anything else travels along under its own name.
        geometry: whether rows carry a polygon.
        may_be_drawn: whether they may, where the source is a layer.
    """

    name: str
    title: Term
    key: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    geometry: bool = False
    may_be_drawn: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns the contract knows, without the geometry."""
        return (*self.required, *self.optional)


#: Layers that the map draws beside the land, and that nothing measures.
COMPARISON = "comparison"

_TABLES = [
    Table(
        "zones",
        Term("园区边界", "zones"),
        ("zone_id",),
        ("zone_id",),
        (
            "name",
            "level",
            "parent_zone_id",
            "district_code",
            "district_name",
            "responsible_unit",
            "approved_area_m2",
            "developed_area_m2",
            "precedence",
        ),
        geometry=True,
    ),
    Table(
        "parcels",
        Term("宗地", "parcels"),
        ("parcel_id",),
        ("parcel_id",),
        (
            "holder",
            "holder_code",
            "land_use_code",
            "land_use",
            "right_type",
            "registered_area_m2",
            "supply_id",
            "contract_no",
            "location",
            "district_code",
            *("structure_area_m2", "admin_area_m2", "vacant_floor_area_m2"),
        ),
        geometry=True,
    ),
    Table(
        "supply",
        Term("供地台账", "supply ledger"),
        ("supply_id",),
        ("supply_id",),
        (
            "contract_no",
            "parcel_id",
            "approval_id",
            "project_name",
            "holder",
            "location",
            "land_use",
            "supply_method",
            "industry",
            "supplied_area_m2",
            "price_cny",
            "signed_on",
            "supplied_on",
            "agreed_handover_on",
            "handover_on",
            "agreed_start_on",
            "agreed_completion_on",
            "actual_start_on",
            "actual_completion_on",
            "is_started",
            "start_checked_on",
            "agreed_far_min",
            "agreed_far_max",
            "planned_investment_cny",
            "actual_investment_cny",
            "delay_cause",
            *("construction_area_m2", "due_construction_area_m2", "permit_on", "foundation"),
            *("foundation_ratio", "agreed_production_on", "actual_production_on", "is_producing"),
            *("target_due_on", "agreed_tax_cny_per_mu", "agreed_output_cny_per_mu"),
            "agreed_investment_cny_per_mu",
        ),
        may_be_drawn=True,
    ),
    Table(
        "extensions",
        Term("动工延期", "extensions"),
        ("supply_id", "new_start_on"),
        ("supply_id", "new_start_on"),
        ("new_completion_on", "document", "signed_on"),
    ),
    Table(
        "suspensions",
        Term("中止开发", "suspended works"),
        ("supply_id", "from_on"),
        ("supply_id", "from_on"),
        ("to_on", "document"),
    ),
    Table(
        "controls",
        Term("控制指标", "control indicators"),
        ("industry_code",),
        ("industry_code",),
        (
            *("control_far_min", "control_coefficient_min_ratio", "control_admin_max_ratio"),
            *("control_investment_cny_per_mu", "control_tax_cny_per_mu", "document"),
        ),
    ),
    Table(
        "approvals",
        Term("建设用地批次", "approvals"),
        ("approval_id",),
        ("approval_id",),
        ("name", "approved_on", "approved_area_m2", "document", "is_cleared", "is_withdrawal_planned"),
        geometry=True,
    ),
    Table(
        "buildings",
        Term("建筑物", "buildings"),
        ("building_id",),
        ("building_id",),
        ("n_floors", "height_m", "floor_area_m2", "observed_on"),
        geometry=True,
    ),
    Table(
        "plans", Term("规划管控", "plans"), ("plan_id",), ("plan_id", "plan_kind"), ("name",), geometry=True
    ),
    Table(
        "survey",
        Term("变更调查", "land survey"),
        ("survey_id",),
        ("survey_id", "land_class_code"),
        ("land_class", "urban_code", "survey_year", "survey_area_m2"),
        geometry=True,
    ),
    Table(
        "enterprises",
        Term("企业", "enterprises"),
        ("enterprise_id",),
        ("enterprise_id", "name"),
        (
            *("former_names", "industry_code", "industry", "founded_on", "group_id", "paid_by"),
            *("size_class", "lon", "lat", "x", "y"),
        ),
        may_be_drawn=True,
    ),
    Table(
        "occupancy",
        Term("用地占用", "occupancy"),
        ("parcel_id", "enterprise_id", "year", "tenure"),
        ("parcel_id", "enterprise_id"),
        ("name", "year", "tenure", "land_area_m2", "contract_area_m2", "floor_area_m2", "share_ratio"),
    ),
    Table(
        "returns",
        Term("税收与产出", "tax and output"),
        ("subject_id", "year", "item"),
        ("item", "value", "year"),
        (
            "enterprise_id",
            "parcel_id",
            "name",
            "currency",
            "received_on",
            "period_from_on",
            "period_to_on",
            "month",
        ),
    ),
    Table(
        "grades",
        Term("官方绩效等级", "official grades"),
        ("enterprise_id", "year"),
        ("enterprise_id", "year", "grade"),
        ("name", "office", "document"),
    ),
    Table(
        "totals",
        Term("地区总量", "district totals"),
        ("place", "year", "item"),
        ("place", "year", "item", "value"),
        ("district_code", "currency"),
    ),
    Table(
        "targets",
        Term("处置任务", "targets"),
        ("place", "year", "item"),
        ("place", "year", "item", "value"),
        ("district_code", "to_on"),
    ),
    Table(
        "disposals",
        Term("处置台账", "disposals"),
        (),
        ("disposed_area_m2",),
        (
            *("parcel_id", "approval_id", "category", "way", "status", "disposed_on", "district_code"),
            *("responsible_unit", "leader", "deadline_on", "voucher", "document", "progress", "note"),
        ),
    ),
    Table(
        "system_list",
        Term("部监测监管系统清单", "the ministry system's list"),
        (),
        (),
        (
            *("supply_id", "contract_no", "parcel_id", "category", "listed_area_m2", "listed_on"),
            *("holder", "project_name", "location"),
        ),
    ),
    Table(
        "zone_statistics",
        Term("开发区统计表", "zone statistics"),
        ("zone_id", "year"),
        ("zone_id",),
        (
            "name",
            "year",
            *(column_of(code) for code in CODES),
            *("zone_floor_area_m2", "zone_footprint_m2"),
            *("industrial_floor_area_m2", "industrial_covered_m2"),
            *("industrial_assets_cny", "industrial_tax_cny", "secondary_tertiary_tax_cny", "n_residents"),
        ),
    ),
    Table(
        "benchmarks",
        Term("参照值", "benchmarks"),
        ("indicator", "place", "year"),
        ("indicator", "place", "value"),
        ("year", "bound", "scopes", "source"),
    ),
    Table(
        "districts",
        Term("县区界", "districts"),
        ("district_code",),
        ("district_code",),
        ("district_name",),
        geometry=True,
    ),
    Table(COMPARISON, Term("对照图层", "comparison layers"), (), (), ("name",), geometry=True),
]

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _TABLES})
