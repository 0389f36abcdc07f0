"""Columns of the land table of zones, of the ratios over it, and of the life of a parcel."""

from __future__ import annotations

from landeff.core.land_table import CODES, column_of

_LAND = "\n".join(f"{column_of(code)} | {title.zh} | {title.en}" for code, title in CODES.items())

_FLOORS = """
zone_floor_area_m2 | 总建筑面积 | floor area of the zone
zone_footprint_m2 | 建筑基底总面积 | building footprints of the zone
industrial_floor_area_m2 | 工矿仓储用地建筑面积 | floor area on industrial land
industrial_covered_m2 | 工矿仓储用地建（构）筑物及堆场占地 | covered by buildings, structures and yards
"""

_MONEY = """
industrial_assets_cny | 工业（物流）企业固定资产投资累计 | fixed assets of industry
industrial_tax_cny | 工业（物流）企业税收总额 | tax of industry and logistics
secondary_tertiary_tax_cny | 二、三产业税收总额 | tax of secondary and tertiary industry
industrial_assets_cny_per_ha | 工业用地固定资产投入强度 | fixed assets per hectare of industrial land
industrial_tax_cny_per_ha | 工业用地地均税收 | industrial tax per hectare
zone_tax_cny_per_ha | 综合地均税收 | tax per hectare of built land
"""

_RATIOS = """
land_development_ratio | 土地开发率 | land development rate
land_supply_ratio | 土地供应率 | land supply rate
land_built_ratio | 土地建成率 | land completion rate
industrial_land_ratio | 工业用地率 | share of industrial land
high_tech_land_ratio | 高新技术产业用地率 | share of high-tech land
zone_far_ratio | 综合容积率 | plot ratio of the zone
zone_coverage_ratio | 建筑密度（园区） | building coverage of the zone
industrial_far_ratio | 工业用地综合容积率 | plot ratio of industrial land
industrial_coefficient_ratio | 工业用地建筑系数 | building coefficient of industrial land
idle_land_ratio | 土地闲置率 | share of idle land
residents_per_ha | 人口密度 | residents per hectare
"""

_COUNTS = """
n_residents | 常住人口 | residents
days_signed_to_handover | 签约至交地天数 | days from contract to handover
days_handover_to_permit | 交地至施工许可天数 | days from handover to permit
days_handover_to_start | 交地至开工天数 | days from handover to start
days_permit_to_start | 施工许可至开工天数 | days from permit to start
days_start_to_completion | 开工至竣工天数 | days from start to completion
days_completion_to_production | 竣工至投产天数 | days from completion to production
n_promise_workdays | 承诺事项工作日 | working days of the promise
"""

_FLAGS = """
is_promise_overdue | 承诺是否逾期 | promise overdue
is_started_at_handover | 交地即开工 | started at handover
is_handover_overdue | 交地是否逾期 | handover overdue
is_start_overdue | 开工是否逾期 | start overdue
is_completion_overdue | 竣工是否逾期 | completion overdue
is_production_overdue | 投产是否逾期 | production overdue
"""

#: Kind, texts, lowest and highest possible value.
LAND_COLUMNS: tuple[tuple[str, str, float | None, float | None], ...] = (
    ("number", _LAND, 0.0, 5e11),
    ("number", _FLOORS, 0.0, 5e11),
    ("number", _MONEY, None, None),
    ("number", _RATIOS, None, None),
    ("integer", _COUNTS, None, None),
    ("date", "promise_due_on | 承诺期限 | promise due", None, None),
    ("boolean", _FLAGS, None, None),
)
