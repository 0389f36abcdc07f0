"""Titles of the codes that appear in result tables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from landeff.core.dataset import Meta
from landeff.core.text import Term

_TERMS = """
inventory idle | 疑似闲置 | suspected idle
inventory idle_to_check | 待核实 | to be checked
inventory due_soon | 一年内到期 | due within a year
inventory approved_unsupplied | 批而未供 | approved, unsupplied
inventory low_efficiency | 疑似低效 | suspected low efficiency
inventory idle_suspended | 疑似闲置（中止开发） | suspected idle (works suspended)
inventory case_by_case | 逐宗研判 | case by case
inventory below_agreed | 投而未达标 | below what was agreed
inventory built_unused | 建而未投 | built, not producing
inventory underused | 用而未尽 | underused
inventory supplied_unused | 供而未用 | supplied, not begun
inventory scattered | 零星土地 | scattered land
inventory missing_facts | 缺要件 | facts missing
inventory none | 未列入 | none
state idle | 疑似闲置 | suspected idle
state to_be_checked | 待核实 | to be checked
state low_efficiency | 疑似低效 | suspected low efficiency
state start_overdue | 逾期未动工 | start overdue
state within_term | 已供未到动工期限 | supplied, within term
state under_construction | 在建 | under construction
state completion_overdue | 逾期未竣工 | completion overdue
state built_not_producing | 建而未投 | built, not producing
state below_capacity | 用而不足 | used below capacity
state scattered | 零星土地 | scattered land
state performing | 正常使用 | performing
state not_assessable | 不参评 | not assessable
state not_buildable | 不可建设 | not buildable
state not_approved | 未批 | not approved
state approved_unsupplied | 批而未供 | approved, unsupplied
hot_spot hot_99 | 极显著高值集聚 | hot spot, very sure
hot_spot hot_95 | 显著高值集聚 | hot spot, sure
hot_spot not_significant | 未见集聚 | no cluster seen
hot_spot mixed | 位次与比值不一致 | ranks and ratio disagree
hot_spot cold_95 | 显著低值集聚 | cold spot, sure
hot_spot cold_99 | 极显著低值集聚 | cold spot, very sure
hot_spot not_assessable | 周边可比宗地不足 | too few comparable around
hot_spot unknown | 数值不明 | value unknown
outcome newly_found | 新发现 | newly found
outcome still_open | 仍在册 | still open
outcome disposed | 已处置 | disposed of
outcome withdrawn | 撤销（更正） | withdrawn
outcome closed_unclear | 已退出，原因待核 | closed, reason unclear
basis stated | 园区统计表 | stated by the zone
basis stated_sum | 由园区统计表推算 | from the zone's statistics
basis measured | 图形量算 | measured
basis survey | 变更调查 | land survey
basis survey_plans | 变更调查与规划管控 | survey and plans
basis survey_supply | 变更调查、供地与批次 | survey, supply and approvals
basis supply | 宗地与供地台账 | parcels and supply ledger
basis verdicts | 闲置判定（疑似） | idle-land verdicts (suspected)
basis buildings | 建筑物 | buildings
basis returns | 税收与产出 | tax and output
basis sum | 由其他项推算 | from other terms
basis mixed | 各园区来源不同 | differs by zone
candidate flagged | 标记 | flagged
candidate clear | 不标记 | clear
candidate unknown | 不明 | unknown
change vanished | 代码消失 | code vanished
change appeared | 新出现 | appeared
change moved | 状态变化 | state changed
place_kind city | 全部园区 | all zones
place_kind level | 级别 | level
place_kind zone | 园区 | zone
place_kind district | 县区 | district
tax tax_paid | 入库税收 | tax paid in
tax tax_assessed | 应征税收 | tax assessed
land developed | 开发面积 | developed area
land industrial_supplied | 已供工业用地 | industrial land supplied
land boundary | 四至范围 | whole boundary
land parcels | 全部宗地 | all parcels
land matched | 有税收的宗地 | parcels with tax
area registered | 登记面积 | registered area
area contract | 合同面积 | contract area
area ellipsoidal | 椭球面积 | ellipsoidal area
verdict hit | 疑似 | suspected
verdict clear | 未发现 | not found
verdict unknown | 待核实 | to be checked
verdict not_applicable | 不适用 | not applicable
severity error | 错误 | error
severity warning | 警告 | warning
severity info | 提示 | note
role in | 来源 | in
role adjust | 调整 | adjusted
role out | 去向 | out
policy by_land_area | 按占地面积分摊 | by land area
policy by_floor_area | 按建筑面积分摊 | by floor area
policy by_contract_area | 按租赁合同面积分摊 | by leased area of the contracts
policy owner_bears | 用地归权利人 | land to the holder
policy merge_share | 同宗企业合并计算 | firms of one parcel merged
policy equal | 平均分摊 | equally
item tax_paid | 入库税收 | tax paid in
item tax | 税收 | tax
item vat | 增值税 | value-added tax
item income_tax | 所得税 | income tax
item land_use_tax | 城镇土地使用税 | land-use tax
item property_tax | 房产税 | property tax
item output | 产值 | output
item taxable_sales | 应税销售收入 | taxable sales
item parcels_area | 宗地面积 | area of parcels
item enterprise_land | 企业用地（宗地面积） | land in use by enterprises
item supplied_area | 供地面积 | area supplied
item supply_price | 供地价款 | price of land supplied
item disposed_area | 处置面积 | area disposed of
item zones_area | 园区面积 | area of zones
item buildings_area | 建筑基底面积 | building footprints
unit 元 | 元 | CNY
unit CNY | 元 | CNY
table zones | 园区 | zones
table parcels | 宗地 | parcels
table supply | 供地台账 | supply ledger
table returns | 税收与产出 | tax and output
table enterprises | 企业 | enterprises
table occupancy | 用地占用 | occupancy
table approvals | 建设用地批次 | approvals
table survey | 变更调查 | land survey
table extensions | 动工延期 | extensions
table buildings | 建筑物 | buildings
table plans | 规划管控 | plans
table grades | 官方绩效等级 | official grades
table totals | 地区总量 | district totals
table suspensions | 中止开发 | suspended works
table comparison | 对照图层 | comparison layers
table controls | 控制指标 | control indicators
table remainders | 批而未供地块 | unsupplied pieces
table supply_rates | 供地率 | supply rates
consequence fee | 征缴土地闲置费（测算，以认定为准） | fee (estimate)
consequence recovery | 无偿收回（测算，以认定为准） | recovery (estimate)
consequence art12 | 按第十二条处置（测算，以认定为准） | disposal by art. 12 (estimate)
disposal disposed | 已处置 | disposed of
disposal in_progress | 处置中 | under way
disposal not_begun | 未处置 | not begun
unsupplied ready | 净地可供 | ready to supply
unsupplied built_no_papers | 已建道路绿化未办手续 | built as road or green, no formalities
unsupplied used_before_supply | 未供先用 | used before supply
unsupplied not_cleared | 未征迁 | not cleared
unsupplied to_withdraw | 拟撤批 | approval to be withdrawn
unsupplied unclear | 类型不清 | kind unknown
table targets | 处置任务 | targets
table disposals | 处置台账 | disposals
table zone_statistics | 开发区统计表 | zone statistics
table benchmarks | 参照值 | benchmarks
table rules | 规则 | rules
table scorecards | 评分标准 | scorecards
table effects | 差别化政策 | effects of grades
table grades_simulated | 模拟等级 | simulated grades
table rasters | 栅格 | rasters
table corrections | 更正与核对 | corrections
table findings | 判定 | findings
item subject_id | 企业或宗地 | subject
item year | 年度 | year
item item | 指标 | item
unit m² | 平方米 | m²
rule national/idle | 疑似闲置土地（满一年未动工） | suspected idle land (no start a year past due)
rule national/idle_due_soon | 一年内到期（未动工预警） | idle within a year (early warning)
rule jiangsu/yangzhou/low_efficiency_d2 | 疑似低效用地（连续两年D级） | suspected low efficiency (D twice)
jurisdiction national | 全国 | national
jurisdiction jiangsu | 江苏省 | Jiangsu
jurisdiction yangzhou | 扬州市 | Yangzhou
question enterprise | 企业身份 | which enterprise
question supply_land | 供地对应宗地 | which parcel
question approval_supply | 供地对应批次 | which approval batch
method code | 按代码 | by code
method code_repaired | 代码经改正 | code put right
method organisation_code | 按组织机构代码 | by organisation code
method former_name | 按曾用名 | by former name
method name | 按名称 | by name
method supply_id | 按电子监管号 | by supply number
method contract_no | 按合同编号 | by contract number
method parcel_id | 按宗地代码 | by parcel code
method holder_area_location | 按权利人、面积、坐落 | by holder, area and location
method geometry | 按图形 | by geometry
method approval_id | 按批次编号 | by batch number
method document | 按批准文号 | by document
method parcels | 按宗地图形 | through its parcels
reason same_name | 名称相同 | the same name
reason same_parts | 名称各部分一致 | all parts of the name agree
reason legal_form_differs | 组织形式不同 | legal forms differ
reason group_on_one_side | 只有一方带“集团” | 集团 on one side only
reason branch_of_the_other | 一方是另一方的分支机构 | one is a branch of the other
reason branch_differs | 分支机构不同 | branches differ
reason place_differs | 行政区划不同 | places differ
reason one_character_of_brand | 字号差一字 | one character of the brand differs
reason brand_differs | 字号不同 | brands differ
reason trade_differs | 行业表述不同 | trades differ
reason several_alike | 几家企业同名 | several enterprises of the name
reason code_differs | 两方代码不同 | the codes differ
reason code_alike | 代码相近（疑为错填） | codes alike, perhaps mistyped
reason may_be_person | 可能是自然人 | may be a natural person
reason short_name | 名称过短 | the name is too short
reason abbreviation | 简称 | an abbreviation
reason letters_shared | 用字相近 | characters shared
reason former_name | 曾用名 | a former name
reason code_repaired | 代码经改正 | code put right
reason organisation_code | 组织机构代码一致 | the organisation code agrees
reason supply_id | 电子监管号一致 | the supply number agrees
reason contract_no | 合同编号一致 | the contract number agrees
reason parcel_id | 宗地代码一致 | the parcel code agrees
reason holder | 权利人一致 | the holder agrees
reason area | 面积相符 | the area agrees
reason location | 坐落一致 | the location agrees
reason overlap | 图形重叠 | the polygons overlap
reason overlap_below_90 | 重叠不足九成 | less than 90 % overlap
reason covered_twice | 重叠合计超过全部 | covered more than once
reason several_records | 一号多条记录 | several records of the number
reason areas_add_up | 面积合计相符 | the areas add up
reason supply_id_differs | 电子监管号不同 | supply numbers differ
reason contract_no_differs | 合同编号不同 | contract numbers differ
reason parcel_id_differs | 宗地代码不同 | parcel codes differ
reason several_fit | 几宗同样相符 | several fit alike
reason several_units | 一宗地多个不动产单元 | several units of the parcel
reason parcel_has_another_record | 该宗地已有其他供地记录 | the parcel has another record
reason record_has_other_land | 该供地记录已有其他宗地 | the record has other land
reason approval_id | 批次编号一致 | the batch number agrees
reason document | 批准文号一致 | the document agrees
reason name | 批次名称一致 | the batch name agrees
reason holder_differs | 权利人不同 | holders differ
correction correction | 更正 | correction
correction objection | 异议 | objection
correction field_check | 外业核查 | field check
correction decision | 对应核对 | decision on a match
status applied | 已采用 | applied
stage suspected | 疑似 | suspected
stage under_investigation | 调查中 | under investigation
stage recognised | 已认定 | recognised
stage disposed | 已处置 | disposed
status not_applied | 未采用 | not applied
"""


def _terms() -> dict[tuple[str, str], Term]:
    found = {}
    for line in _TERMS.strip().splitlines():
        code, zh, en = (part.strip() for part in line.split("|"))
        group, _, value = code.partition(" ")
        found[group, value] = Term(zh, en)
    return found


TERMS: Mapping[tuple[str, str], Term] = MappingProxyType(_terms())
#: Inventory classes in the order they are shown, most pressing first.
INVENTORY = (
    *("idle", "due_soon", "idle_to_check", "idle_suspended", "approved_unsupplied", "low_efficiency"),
    *("case_by_case", "below_agreed", "built_unused", "underused", "supplied_unused", "scattered"),
    "missing_facts",
)
#: Classes that are stock land to be worked off, of which sums are told; what is to be checked is not yet.
STOCK = ("idle", "approved_unsupplied", "low_efficiency")
#: Balance states in the order they are stacked, most pressing first.
STATES = tuple(value for group, value in TERMS if group == "state")


def term(group: str, code: object) -> Term:
    """Title of ``code`` in ``group``; a code nobody named is its own title.

    >>> term("inventory", "idle").zh
    '疑似闲置'
    """
    return TERMS.get((group, str(code)), Term(str(code), str(code)))


def tax_term(meta: Meta) -> Term:
    """The numerator of per-mu figures in words; of a composed one its title, marked where not verified."""
    return meta.tax_title or term("tax", meta.scopes.tax)


def titled(group: str, codes: pd.Series) -> pd.Series:
    """Titles of a column of codes, same index; a missing code stays missing."""
    found = [term(group, code) if isinstance(code, str) else None for code in codes]
    return pd.Series(found, index=codes.index, dtype=object)


def rules_told(ids: object, known: Mapping[str, Term] = MappingProxyType({})) -> Term:
    """Titles of rule ids joined by ``; ``. A rule of the balance itself only says what the base data say.

    ``known``: titles by rule id, where the run tells them.

    >>> rules_told("balance/to_be_checked; national/idle").zh
    '疑似闲置土地（满一年未动工）'
    """
    names = sorted({name for name in str(ids).split("; ") if name and not name.startswith("balance/")})
    titles = [known.get(name) or term("rule", name) for name in names]
    if not titles:
        return Term("底图和供地事实", "base layers and supply facts")
    return Term("、".join(each.zh for each in titles), ", ".join(each.en for each in titles))


def paired(frame: pd.DataFrame) -> pd.Series:
    """Terms out of the columns ``title_zh`` and ``title_en`` of a result table, same index."""
    found = [Term(str(zh), str(en)) for zh, en in zip(frame["title_zh"], frame["title_en"], strict=True)]
    return pd.Series(found, index=frame.index, dtype=object)
