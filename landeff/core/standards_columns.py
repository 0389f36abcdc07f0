"""Columns that only rules read, by kind: name, Chinese title, English title."""

from __future__ import annotations

_CODES = """
industry_division_code | 行业大类 | industry division
"""

_TEXTS = """
category | 类别 | category
way | 处置方式 | way of disposal
status | 状态 | status
progress | 进展 | progress
leader | 包区领导 | leader in charge
voucher | 销号凭证 | voucher
delay_cause_class | 闲置原因类别 | class of the cause
idle_consequence | 处置方式（测算，以认定为准） | consequence (estimate)
foundation | 基础形式 | kind of foundation
unsupplied_kind | 未供土地类型 | kind of unsupplied land
table | 数据表 | table
idle_suspended_verdict | 中止开发判定 | suspended-works verdict
case_by_case_verdict | 逐宗研判 | case-by-case verdict
supplied_unused_verdict | 供而未用判定 | supplied-unused verdict
underused_verdict | 用而未尽判定 | underused verdict
built_unused_verdict | 建而未投判定 | built-unused verdict
below_agreed_verdict | 投而未达标判定 | below-agreed verdict
scattered_verdict | 零星土地判定 | scattered-land verdict
vacant_premises_verdict | 闲置物业用房判定 | vacant-premises verdict
warning_verdict | 动工预警判定 | early-warning verdict
plan_conflict_verdict | 规划冲突判定 | plan-conflict verdict
control_verdict | 控制指标判定 | control-indicator verdict
support_verdict | 佐证判定 | supporting evidence
conflict_verdict | 证据矛盾判定 | conflicting evidence
aged | 已过期的事实 | facts too old to count
"""

_DATES = """
listed_on | 列入清单日期 | listed on
disposed_on | 处置日期 | disposed of on
deadline_on | 完成时限 | deadline
suspended_since_on | 中止开发日期 | works stopped
suspended_year_on | 中止开发满一年日期 | works stopped for a year
permit_on | 施工许可证日期 | building permit
agreed_production_on | 约定投产日期 | agreed start of production
actual_production_on | 实际投产日期 | actual start of production
target_due_on | 约定达产日期 | agreed date of full production
footprint_on | 建筑物数据日期 | buildings observed
raster_bare_ground_on | 裸地影像日期 | image of bare ground taken
"""

_AREAS = """
listed_area_m2 | 清单面积 | area listed
disposed_area_m2 | 处置面积 | area disposed of
counted_m2 | 计入处置面积 | counted as disposed of
disposed_m2 | 已处置面积 | disposed of
done_m2 | 计入任务面积 | counted towards the target
remaining_m2 | 剩余面积 | remaining
construction_area_m2 | 已开发建设用地面积 | area under works
due_construction_area_m2 | 应动工开发建设用地总面积 | area due to be built
structure_area_m2 | 构筑物和堆场占地面积 | structures and yards
admin_area_m2 | 行政办公及生活服务设施用地面积 | offices and services
vacant_floor_area_m2 | 闲置物业建筑面积 | vacant floor area
farmland_overlap_m2 | 压占永久基本农田面积 | within permanent farmland
redline_overlap_m2 | 压占生态保护红线面积 | within the ecological red line
outside_boundary_m2 | 城镇开发边界外面积 | outside the urban boundary
supplied_ledger_m2 | 台账已供面积 | supplied, by ledger
supplied_geometry_m2 | 图形已供面积 | supplied, by geometry
unsupplied_geometry_m2 | 图形未供面积 | unsupplied, by geometry
ready_m2 | 净地可供面积 | ready to supply
built_no_papers_m2 | 已建道路绿化未办手续面积 | built as road or green, no formalities
used_before_supply_m2 | 未供先用面积 | used before supply
not_cleared_m2 | 未征迁面积 | not cleared
to_withdraw_m2 | 拟撤批面积 | approval to be withdrawn
unclear_m2 | 类型不清面积 | kind unknown
"""

_SIGNED = """
unsupplied_ledger_m2 | 台账未供面积 | unsupplied, by ledger
unsupplied_difference_m2 | 未供面积之差（图形减台账） | unsupplied, geometry less ledger
"""

_NUMBERS = """
done_ratio | 完成率 | done
developed_share_ratio | 开发建设面积比例 | share under works
invested_share_ratio | 投资比例 | share invested
foundation_ratio | 基础工程完成比例 | foundations done
farmland_overlap_ratio | 压占永久基本农田比例 | share within permanent farmland
redline_overlap_ratio | 压占生态保护红线比例 | share within the ecological red line
outside_boundary_ratio | 城镇开发边界外比例 | share outside the urban boundary
admin_share_ratio | 行政办公及生活服务设施用地比重 | share of offices and services
building_coefficient_ratio | 建筑系数 | building coefficient
known_building_coefficient_ratio | 建筑系数（已知部分） | building coefficient, known part
tax_percentile_ratio | 行业内亩均税收百分位 | percentile of tax per mu in its industry
tax_zone_share_ratio | 亩均税收与园区均值之比 | tax per mu over that of the zone
supply_rate_ratio | 供地率 | supply rate
unsupplied_share_ratio | 未供比例 | share unsupplied
control_far_min | 容积率控制值 | control value of FAR
control_coefficient_min_ratio | 建筑系数控制值 | control value of the building coefficient
control_admin_max_ratio | 行政办公比重控制值 | control value of offices and services
control_investment_cny_per_mu | 投资强度推荐值 | recommended investment per mu
control_tax_cny_per_mu | 土地税收推荐值 | recommended tax per mu
agreed_tax_cny_per_mu | 约定亩均税收 | agreed tax per mu
agreed_output_cny_per_mu | 约定亩均产值 | agreed output per mu
agreed_investment_cny_per_mu | 约定亩均投资 | agreed investment per mu
investment_cny_per_mu | 亩均投资 | investment per mu
idle_fee_estimate_cny | 土地闲置费（测算，以认定为准） | idle-land fee (estimate)
raster_bare_ground | 裸地比例 | share of bare ground
raster_bare_ground_cells | 裸地影像像元数 | cells of the bare-ground image
electricity_kwh | 用电量 | electricity
water_t | 用水量 | water
"""

_COUNTS = """
days_to_recovery | 距满两年天数 | days to two years past due
days_to_next_limit | 距下一期限天数 | days to the next limit
n_disposed | 已处置宗数 | parcels disposed of
n_area_unknown | 处置面积不详宗数 | area disposed of unknown
from_year | 起始年度 | first year
to_year | 截止年度 | last year
"""

_FLAGS = """
is_producing | 是否投产 | in production
is_started_art30 | 是否动工（按第三十条） | started by art. 30
is_cleared | 是否完成征迁 | cleared
is_withdrawal_planned | 是否拟撤批 | approval to be withdrawn
"""

#: Kind, texts, lowest and highest possible value.
STANDARDS_COLUMNS: tuple[tuple[str, str, float | None, float | None], ...] = (
    ("code", _CODES, None, None),
    ("text", _TEXTS, None, None),
    ("date", _DATES, None, None),
    ("number", _AREAS, 0.0, 5e10),
    ("number", _SIGNED, None, None),
    ("number", _NUMBERS, None, None),
    ("integer", _COUNTS, None, None),
    ("boolean", _FLAGS, None, None),
)
