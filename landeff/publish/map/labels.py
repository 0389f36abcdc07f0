"""Words of the page itself, in both languages."""

from __future__ import annotations

from landeff.core.text import Term

_LABELS = """
loading | 正在载入地块… | Loading plots…
failed | 地图数据无法载入： | The map data cannot be read:
scope | 口径 | Scope
as_of | 截至 | as of
overall | 全部园区亩均税收 | Tax per mu of all zones
watermark | 内部使用　未经审核不得公开 | Internal use only
internal | 内部使用　未经审核不得公开 | Internal use only, not for publication
review_no | 审图号 | Map review no.
not_reviewed | （未送审） | (not submitted)
written_in | 登记于 | Written in
source | 数据来源：宗地、园区、供地与税收数据 | Source: data as supplied
made | 制图日期 | Data as of
print | 打印 | Print
language | English | 中文
layer | 专题图层 | Layer
comparison | 对照图层 | Comparison layers
year | 年度 | Year
by_year | 分年度效益 | By year
distribution | 分布：各区间用地面积 | Distribution: land in each interval
threshold | 按阈值重新分级 | Class by a threshold
below | 低于 | Below
share_known | 占已知面积 | of the known area
plots_unit | 宗 | plots
all | 全部 | all
clear | 清除筛选 | Clear
hide | 收起 | Hide
map | 地图 | Map
panel_short | 图例与统计 | Legend
paper | 纸张 | Paper
base_map | 底图 | Base map
key | 密钥（不保存） | Key (not kept)
conditions | 条件 | Conditions
value | 实际 | found
other | 对照 | against
no_value | 缺数据 | no data
aged | 数据已过期： | too old, of
decisive | 粗体为起决定作用的条件 | conditions in bold decide the verdict
settled | 如何定论 | What would settle it
if | 若 | if
and | ，且 | , and
row | 行 | row
is_true | 成立 | holds
is_false | 不成立 | does not hold
is_unknown | 不清楚 | unknown
corrections | 更正与核查 | Corrections and checks
correction | 类型 | Kind
column | 字段 | Field
change | 改动 | Change
status | 结果 | Outcome
document | 文号 | Document
signer | 签字人 | Signer
decided_on | 日期 | Date
stands | 在地企业与分摊 | Firms here and their shares
share_of | 其税收、产值的 {} 计入本宗 | {} of its tax and output counts here
money_rows | 金额来源 | Rows behind the money
other_years | 其他年份 | Other years
unnamed_firm | （未知企业） | (unknown firm)
left_money | 明细过大，未随图附带；见 landeff explain | Too many rows for this page: see landeff explain
left_scores | 评分明细过大，未随图附带；见评分单 | Too many scores for this page: see the score sheets
scores | 评分（模拟） | Scores (simulated)
simulated | 模拟 | simulated
simulated_grade | 模拟等级 | Simulated grade
official_grade | 正式等级 | Official grade
item | 指标 | Item
raw_value | 数值 | Value
benchmark | 基准 | Benchmark
points | 得分 | Points
weight | 权重 | weight
total_points | 总分 | Total
adjustment | 加减分 | bonus or malus
because | 依据 | because
money_of | 年度数据 | of year
stock_land | 存量 | stock
zoom_in | 放大 | Zoom in
zoom_out | 缩小 | Zoom out
neighbours | 相邻地块 | Neighbours
zone | 园区 | Zone
all_zones | 全部园区 | All zones
search | 查找宗地、企业、信用代码、监管号 | Find parcel, firm, credit code, supply no.
no_match | 没有匹配的地块 | No plot matches
n_results | 条结果 | results
n_parcels | 宗数 | Parcels
area | 面积 | Area
tax | 税收 | Tax
tax_per_mu | 亩均税收 | Tax per mu
unknown_tax | 其中无税收数据、仍计入分母 | of which without tax data, kept in the denominator
pieces | 另有批而未供地块 | besides, approved but unsupplied pieces
selection | 当前筛选 | Current selection
declared | 申报口径 | Declared scope
rank | 名次 | Rank
ledger | 台账 | Ledger
districts | 分县区 | By district
district | 县区 | District
total | 合计 | Total
mu | 亩 | mu
export | 导出 CSV | Export CSV
file_name | 存量土地台账 | land-inventory
ledger_help | 地块台账：上下键移动，回车定位 | Ledger: arrow keys move, Enter locates
map_help | 地块地图：方向键平移，加减键缩放，回车打开中心地块 | Map: arrows, +, - and Enter
panel | 图例与统计 | Legend and totals
dossier | 一宗一档 | Dossier
close | 关闭 | Close
findings | 规则判定 | Findings
no_findings | 未发现疑似情形 | Nothing suspected
rule | 规则 | Rule
verdict | 判定 | Verdict
since | 起算日期 | Since
missing | 缺少事实 | Facts missing
basis | 依据 | Basis
advice | 建议 | Advice
unknown | 待核实 | to be checked
north | 北 | N
unnamed | （无名称） | (no name)
n_plots | 个地块 | plots
"""


def _labels() -> dict[str, Term]:
    found = {}
    for line in _LABELS.strip().splitlines():
        key, zh, en = (part.strip() for part in line.split("|"))
        found[key] = Term(zh, en)
    return found


LABELS = _labels()
