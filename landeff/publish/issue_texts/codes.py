"""Titles of the issue codes, in the order of the alphabet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landeff.core.text import Term

_TITLES = """
approvals_overlap | 批次图斑重叠 | approvals overlap
bad_geometry | 图形无法修复 | geometry beyond repair
code_rounded_by_excel | 代码被表格软件取整 | code rounded by a spreadsheet
crs_inferred | 坐标系为推断 | CRS inferred
dissolve_duplicates | 重号已合并图形 | duplicates united
duplicate_key | 主键重复 | duplicate key
duplicate_row | 重复行 | duplicate row
empty_row | 空行 | empty row
encoding_detected | 文字编码为识别所得 | encoding detected
impossible_date | 日期无效 | impossible date
impossible_value | 数值异常 | impossible value
invalid_geometry | 图形自相交 | invalid geometry
merged_cells_filled | 合并单元格已填充 | merged cells filled
missing_key | 缺主键 | key missing
missing_required | 缺必填值 | required value missing
negative_value | 负值 | negative value
not_a_number | 不是数字 | not a number
not_yes_or_no | 不是“是”或“否” | neither yes nor no
notes_dropped | 脚注行 | footnotes
parcel_overlap | 宗地重叠 | parcels overlap
placeholder_date | 占位日期 | placeholder date
pseudo_key | 疑为非宗地代码 | no real parcel code
reader_warning | 读取提示 | reader's warning
registered_area_differs | 登记面积与图形不符 | registered area differs
repaired_geometry | 图形已修复 | geometry repaired
rule_not_used | 规则未启用 | rule not used
rule_replaced | 规则被替换 | rule replaced
set_aside_duplicates | 重号已搁置 | duplicates set aside
sum_duplicates | 重号已相加 | duplicates added up
survey_incomplete | 调查底图不全 | survey incomplete
survey_overlap | 调查图斑重叠 | survey patches overlap
text_cut_off | 文字被截断 | text cut off
total_rows_dropped | 合计行 | total rows
unit_contradicts_header | 单位与表头不一致 | unit contradicts header
unknown_land_area | 占地面积不详 | land area unknown
unknown_parent | 上级园区不存在 | unknown parent zone
zone_overlap | 园区重叠 | zones overlap
"""


def _codes() -> dict[str, Term]:
    rows = ([part.strip() for part in line.split("|")] for line in _TITLES.strip().splitlines())
    return {code: Term(zh, en) for code, zh, en in rows}


CODES: Mapping[str, Term] = MappingProxyType(_codes())
