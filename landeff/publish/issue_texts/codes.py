"""Titles of the issue codes, in the order of the alphabet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landeff.core.text import Term

_TITLES = """
allocation_fallback | 分摊依据不足 | allocation fell back
approval_differs | 批次号与图形不一致 | batch contradicts the polygons
approval_unknown | 批次号不在图层中 | approval batch not in the layer
approvals_overlap | 批次图斑重叠 | approvals overlap
area_unit_converted | 面积单位已换算 | area unit converted
axes_swapped | 坐标轴已互换 | axes exchanged
bad_check_digit | 统一社会信用代码校验位不符 | wrong check digit
bad_credit_code | 不是统一社会信用代码 | no unified social credit code
bad_geometry | 图形无法修复 | geometry beyond repair
bad_parcel_code | 宗地代码不合规则 | parcel code of the wrong shape
buildings_incomplete | 建筑物图层不全 | buildings incomplete
buildings_overlap | 建筑物重叠 | buildings overlap
closing_point_mended | 闭合点已改正 | closing point mended
code_repaired | 代码已改正 | code put right
code_rounded_by_excel | 代码被表格软件取整 | code rounded by a spreadsheet
column_not_written | 列未写出 | column not written
column_taken | 列已对应 | column taken
columns_differ | 两列内容不一致 | two columns differ
comparison_only | 仅供对照，不参与量算 | for comparison only
composition_item_missing | 组成项缺报 | item of a composition missing
composition_not_stated | 该年度无组成规定 | composition not stated for the year
composition_sign | 组成项正负号疑误 | sign of an item doubtful
composition_unverified | 指标组成未核实 | composition not verified
contract_area_differs | 合同面积与图形不符 | contract area differs
contract_no_ambiguous | 合同编号对应多条供地记录 | contract number on several records
conversion_parameters_ignored | 转换参数未使用 | conversion parameters ignored
copies_added_up | 完全相同的行已相加 | rows alike added up
correction_refused | 更正不予采用 | correction refused
correction_unplaced | 更正无处可落 | correction without a place
crs_inferred | 坐标系为推断 | CRS inferred
crs_overridden | 坐标系以声明为准 | CRS of the file overridden
curves_straightened | 曲线已化为折线 | arcs straightened
datum_shifted | 已作基准转换 | datum transformed
datums_equated | 两基准视为一致 | datums taken as one
delay_cause_unclear | 闲置原因不明 | cause of delay unclear
disposal_area_unknown | 已处置而面积不详 | area disposed of unknown
disposal_category_unknown | 处置类别无法识别 | category of a disposal unknown
disposal_land_unknown | 处置地块不在数据中 | land disposed of unknown
disposal_listed_twice | 处置重复登记 | disposal listed twice
disposal_over_land | 处置面积超过地块面积 | more disposed of than the land
disposal_status_unknown | 处置状态无法识别 | state of a disposal unknown
disposal_way_doubtful | 处置方式不在清单中 | way of disposal doubtful
dissolve_duplicates | 重号已合并图形 | duplicates united
district_code_cut | 代码截取到县级 | code cut to the county
districts_overlap | 县区界重叠 | districts overlap
duplicate_geometry | 图形重复 | the same polygon twice
duplicate_key | 主键重复 | duplicate key
duplicate_row | 重复行 | duplicate row
empty_row | 空行 | empty row
encoding_detected | 文字编码为识别所得 | encoding detected
error_in_cell | 单元格公式错误 | error in a cell
field_names_collide | 字段名截断后重名 | field names collide
floor_area_unknown | 建筑面积不详 | floor area unknown
formula_without_value | 公式未计算 | formula without a value
gap_noise | 微小缝隙 | tiny gaps
geometry_unreadable | 图形无法读取 | geometry cannot be read
group_paid_together | 集团汇总纳税 | group pays together
headers_repeated | 表头重复 | headers repeated
hidden_columns | 隐藏列 | hidden columns
hidden_rows | 隐藏行 | hidden rows
hidden_sheet | 隐藏工作表 | hidden sheet
holder_contradicts_occupancy | 占用表与权利人不一致 | occupancy contradicts the title
identity_number | 自然人证件号 | identity number of a person
impossible_date | 日期无效 | impossible date
impossible_value | 数值异常 | impossible value
industry_contradicts_code | 行业名称与代码不一致 | industry contradicts its code
invalid_geometry | 图形自相交 | invalid geometry
item_not_mapped | 税种未对应 | item not mapped
land_use_system_told | 用地分类体系为识别所得 | land-use classification told from the codes
land_use_systems_mixed | 用地分类体系混用 | land-use classifications mixed
layer_apart | 图层与其他图层不相接 | layer apart from the others
leases_exceed_parcel | 占用面积超过宗地 | more land stated than the parcel has
lines_points_left_out | 线、点未计入 | lines and points left out
lists_joined | 多个列表合读 | several lists read as one
local_transform | 已用本地参数转换 | transformed by local parameters
location_contradicts | 坐标与占用资料不一致 | location contradicts the other sources
location_off_parcels | 坐标不在宗地内 | location on no parcel
merged_amounts | 合并单元格中的数值 | amounts in merged cells
merged_cells_filled | 合并单元格已填充 | merged cells filled
missing_key | 缺主键 | key missing
missing_required | 缺必填值 | required value missing
mixed_units | 一列多种单位 | several units in one column
name_ambiguous | 名称有待核对 | name for a person to decide
name_contradicts_code | 名称与代码不符 | name contradicts the code
name_matched | 按名称对应 | told by the name
names_not_matched | 名称未作对应 | names not matched
negative_value | 负值 | negative value
not_a_number | 不是数字 | not a number
not_polygons | 非面要素 | no polygons
not_written | 未写出 | not written
not_yes_or_no | 不是“是”或“否” | neither yes nor no
notes_dropped | 脚注行 | footnotes
old_code_matched | 旧代码已对应 | old code matched
old_enterprise_code | 旧企业代码 | old enterprise code
outline_in_outline | 闭合线内套闭合线 | outline inside an outline
overlap_noise | 微小重叠 | tiny overlaps
parcel_gap | 宗地之间有缝隙 | gap between parcels
parcel_not_drawn | 地块无法成图 | parcel without a polygon
parcel_overlap | 宗地重叠 | parcels overlap
parcel_row_mended | 地块行已理顺 | parcel row mended
part_missing | 文件不齐 | part of a file missing
parts_touch | 图形各部分以点相接 | parts meet in a point
period_across_years | 税款所属期跨年 | tax period across years
placeholder_date | 占位日期 | placeholder date
plans_overlap | 规划图斑重叠 | plan areas overlap
point_count_differs | 界址点数不符 | number of points differs
pseudo_key | 疑为非宗地代码 | no real parcel code
raster_after_as_of | 栅格晚于截止日 | raster later than the as-of date
raster_class_absent | 所问类别不存在 | class does not occur
raster_coarse | 栅格比宗地粗 | raster coarser than the polygon
raster_date_from_file | 栅格日期取自文件 | date of the raster from its file
raster_date_missing | 栅格无日期 | raster without a date
raster_fallback | 未安装 exactextract | exactextract not installed
raster_no_data | 栅格无数据 | no raster data
raster_palette | 对类别代码求统计量 | statistics of class codes
raster_partly_covered | 栅格覆盖不足 | raster covers too little
reader_warning | 读取提示 | reader's warning
received_in_other_year | 入库与所属期不同年 | received in another year than its period
registered_area_differs | 登记面积与图形不符 | registered area differs
remainder_sliver | 批而未供碎片 | slivers of unsupplied land
repaired_geometry | 图形已修复 | geometry repaired
review_contradicted | 更正或答复互相矛盾 | corrections contradict each other
review_incomplete | 更正或答复填写不全 | correction not filled in
review_lapsed | 更正或答复已失效 | correction lapsed
rings_closed | 环未闭合 | rings not closed
rows_above_header | 表头以上有数据行 | rows above the header
rows_deleted | 属性行已标记删除 | rows marked as deleted
rule_elsewhere | 其他地区的规则 | rule of another place
rule_not_used | 规则未启用 | rule not used
rule_replaced | 规则被替换 | rule replaced
rule_unverified | 规则未核对原文 | rule not verified
same_enterprise_twice | 同一企业多行 | one enterprise in several rows
scorecard_input_missing | 评分所需数据没有来源 | input of a scorecard is in no source
scorecard_input_unread | 评分所需数据无法识别 | input of a scorecard cannot be read
scorecard_no_benchmark | 评分缺基准值 | no benchmark to score by
scorecard_not_used | 评分标准或政策表未启用 | scorecard or table of effects not used
scorecard_tie | 同分分入不同模拟等级 | equal totals, different simulated grades
scorecard_unverified | 评分标准未核对 | scorecard not verified
section_not_read | 未使用的内容 | section not read
serial_date | 日期为序列号 | date written as a number
several_supply_records | 一宗地多条供地记录 | several supply records on one parcel
sliver | 碎片图形 | sliver
spike | 尖角 | spike
storey_height_unknown | 层高不详 | storey height unknown
suffix_differs | 后缀与内容不符 | suffix differs from content
sum_duplicates | 重号已相加 | duplicates added up
summed_across_files | 几个文件的金额已相加 | amounts of several files added up
superseded_division | 行政区划代码已撤销 | division abolished
supply_land_inferred | 供地记录按内容或图形对应 | supply record matched by what it says or where it lies
supply_land_queued | 供地记录待核对 | supply record to be checked
supply_number_unknown | 宗地的电子监管号不在台账中 | supply number not in the ledger
supply_parcel_unknown | 供地记录的宗地不在图层中 | parcel of a supply record not in the layer
supply_without_land | 供地记录无对应宗地 | supply record without a parcel
survey_incomplete | 调查底图不全 | survey incomplete
survey_overlap | 调查图斑重叠 | survey patches overlap
text_cut | 文字过长已截断 | text cut
text_cut_off | 文字被截断 | text cut off
text_marks_dropped | 文本标记已去掉 | text marks dropped
text_undecodable | 文字无法解码 | text not decodable
total_differs | 合计与明细不符 | total differs from its rows
total_rows_dropped | 合计行 | total rows
unit_against_polygons | 面积单位与图形不符 | unit contradicts the polygons
unit_code_cut | 单元号已截取为宗地代码 | unit code cut to its parcel
unit_codes_unmatched | 单元号与宗地代码对不上 | unit codes beside parcel codes
unit_contradicts_header | 单位与表头不一致 | unit contradicts header
unit_implausible | 单位疑误 | unit implausible
unit_in_cell | 单位写在单元格内 | unit in the cell
unit_unknown | 单位不明 | unit unknown
unknown_division | 行政区划代码不存在 | unknown division
unknown_industry_code | 行业代码不存在 | unknown industry code
unknown_land_area | 占地面积不详 | land area unknown
unknown_land_use_code | 地类或用途代码不存在 | unknown land-use code
unknown_parent | 上级园区不存在 | unknown parent zone
value_implausible | 数值偏离常见范围 | value out of the usual range
wgs84_by_format | 按格式视为 WGS 84 | WGS 84 by the format alone
zone_gap | 园区之间有缝隙 | gap between zones
zone_in_other_district | 园区不在所填县区 | zone lies in another district
zone_outside_districts | 园区超出县区界 | zone beyond the districts
zone_overlap | 园区重叠 | zones overlap
zone_statistics_differ | 统计表各项不能相加 | statistics do not add up
zone_straddles_districts | 园区跨县区 | zone straddles districts
zone_unknown | 园区代码不存在 | no zone of this code
"""


def _codes() -> dict[str, Term]:
    rows = ([part.strip() for part in line.split("|")] for line in _TITLES.strip().splitlines())
    return {code: Term(zh, en) for code, zh, en in rows}


CODES: Mapping[str, Term] = MappingProxyType(_codes())
