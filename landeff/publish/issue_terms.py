"""Data issues in Chinese: their codes, and the English sentences on what was decided and how to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from landeff.core.columns import title
from landeff.core.text import Term
from landeff.publish.fields import is_known
from landeff.publish.terms import TERMS, term

_CODES = """
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
several_supply_records | 一宗多条供地记录 | several supply records
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

#: English sentence as written by the sources (a regular expression) → Chinese, with its groups.
_SENTENCES = (
    (r"row set aside", "该行搁置"),
    (r"all rows with the key set aside", "同号各行全部搁置"),
    (r"one row kept, its copies set aside", "保留一行，其余副本搁置"),
    (r"geometries united, one row a key", "图形合并，一号一行"),
    (r"values added up, one row a key", "数值相加，一号一行"),
    (r"row kept without it", "保留该行，此项按缺失处理"),
    (r"date taken as missing", "日期按缺失处理"),
    (r"1900 and 1901 mean no date", "1900、1901 年视为未填日期"),
    (r"taken as unknown", "按不清楚处理"),
    (r"kept as it is", "按原值保留"),
    (r"set to zero", "置零"),
    (r"kept as a parcel", "按宗地保留"),
    (r"left out", "未计入"),
    (r"read on", "继续读取"),
    (r"(?:total rows|footnotes) are not data and were left out", "不是数据行，未计入"),
    (r"repaired where that leaves the area as it is, else set aside", "面积不变的已修复，其余搁置"),
    (r"each row under a merged text was given the text", "合并单元格的内容已填入其下各行"),
    (r"the half character at the end was dropped", "末尾半个汉字已去掉"),
    (r"the record signed last is used", "采用签订日期最晚的一条"),
    (r"text read as (\S+) \(.*\)", r"按 \1 编码读取"),
    (r"area changed by (\S+) m²", r"面积变化 \1 平方米"),
    (r"registered area kept; measured m²: (\S+)", r"采用登记面积；图上量得 \1 平方米"),
    (r"(\S+) m² counted for (.+) only in the balance", r"重叠 \1 平方米，平衡表只计入 \2"),
    (r"(\S+) m² counted for (.+) only", r"重叠 \1 平方米，只计入 \2"),
    (r"(\S+) m² counted for the first by key", r"重叠 \1 平方米，计入编号在前的一块"),
    (r"taken as (\S+): CGCS2000, 3° zone (\S+), from the eastings",
     r"按横坐标推断为 \1（CGCS2000 3度带第 \2 带）"),
    (r"taken as (.+), as the project file says, though the header says (.+)",
     r"按项目文件取 \1；表头写的是 \2"),
    (r"(\S+) m² of the zone have no known land class: its developed area is unknown",
     r"园区内 \1 平方米地类不详，开发面积按不清楚处理"),
    (r"weighed like the other parcels of the enterprise", "按该企业其他宗地的权重分摊"),
    (r"taken as a zone of its own", "按独立园区处理"),
    (r"extend the survey", "补充变更调查图斑"),
    (r"give land_area_m2 in the occupancy table", "在用地占用表中补填占用土地面积"),
    (r"correct the code of the parent zone, or leave it empty", "更正上级园区代码，或留空"),
    (r"keep the right row and delete the others(?:, or declare duplicates for the source)?",
     "保留正确的一行，删除其余；或在项目文件中声明 duplicates"),
    (r"delete the cop(?:y|ies)", "删除副本"),
    (r"delete the empty rows", "删除空行"),
    (r"fill in the code", "补填代码"),
    (r"fill in the cell", "补填该单元格"),
    (r"format the column as text and enter the code again: its last digits are lost",
     "把该列设为文本格式后重新录入代码（末几位已丢失）"),
    (r"write a number only, the unit in the header", "单元格只写数字，单位写在表头"),
    (r"correct the value or the unit declared for the column", "更正数值，或更正该列声明的单位"),
    (r"write the date as 2019-06-06", "日期写成 2019-06-06"),
    (r"leave the cell empty where there is no date", "没有日期的请留空"),
    (r"write 是 or 否, or map the word under values", "填“是”或“否”，或在 values 中对应"),
    (r"declare negative = 'zero' or 'keep' for the source, or correct the rows",
     "在项目文件中声明 negative = 'zero'（置零）或 'keep'（保留），或更正这些行"),
    (r"correct the borders", "更正界线"),
    (r"set precedence, or correct the boundaries", "设定优先级，或更正边界"),
    (r"mend the polygons? in the GIS", "在 GIS 软件中修正图形"),
    (r"compare the certificate with the polygon", "核对不动产权证与宗地图形"),
    (r"if the sample is garbled, declare encoding for the source",
     "如所示文字为乱码，请在项目文件中声明 encoding"),
    (r"declare crs = (\S+), or the right one", r"在项目文件中声明 crs = \1，或正确的坐标系"),
    (r"widen the text field in the GIS, or deliver a GeoPackage", "加宽文字字段，或改交 GeoPackage"),
    (r"if it is no parcel, map the code to a blank: (.+)", r"如不是宗地，请把该代码对应为空：\1"),
)  # fmt: skip

#: What the value of an issue says besides the value: a place, or how many.
_PLACES = (
    (r" \(cell ([A-Z]+\d+)\)", r"（单元格 \1）"),
    (r"(\S+) row (\d+)", r"\1 第 \2 行"),
    (r"^rows (\d[\d, …]*)$", r"第 \1 行"),
    (r"^(\d+) rows, (\d+) keys$", r"\1 行，\2 个代码"),
)


def _codes() -> dict[str, Term]:
    rows = ([part.strip() for part in line.split("|")] for line in _CODES.strip().splitlines())
    return {code: Term(zh, en) for code, zh, en in rows}


CODES: Mapping[str, Term] = MappingProxyType(_codes())


def sentence(text: str) -> Term:
    """A decision or a fix in both languages; one that nobody translated stays as it is.

    >>> sentence("0.2386 m² counted for A1 only").zh
    '重叠 0.2386 平方米，只计入 A1'
    """
    for english, chinese in _SENTENCES:
        found = re.fullmatch(english, text)
        if found:
            return Term(found.expand(chinese), text)
    return Term(text, text)


def _value(text: str) -> Term:
    chinese = text
    for english, wanted in _PLACES:
        chinese = re.sub(english, wanted, chinese)
    return Term(chinese, text)


def _column(names: str) -> Term:
    """Titles of the columns or money items joined by ``, ``."""
    titles = [TERMS.get(("item", name), title(name)) for name in names.split(", ")]
    return Term("、".join(each.zh for each in titles), ", ".join(each.en for each in titles))


def _told(texts: pd.Series, tell: Callable[[str], Term]) -> pd.Series:
    found = [tell(str(text)) if is_known(text) and text != "" else None for text in texts]
    return pd.Series(found, index=texts.index, dtype=object)


def told_issues(frame: pd.DataFrame) -> pd.DataFrame:
    """Issues or set-aside rows with terms for codes, columns, tables, decisions and fixes; same index."""
    told: dict[str, Callable[[str], Term]] = {
        "code": lambda code: CODES.get(code, Term(code, code)),
        "reason": lambda code: CODES.get(code, Term(code, code)),
        "severity": lambda code: term("severity", code),
        "table": lambda code: term("table", code),
        "column": _column,
        "value": _value,
        "decision": sentence,
        "fix": sentence,
    }
    known = {name: _told(frame[name], tell) for name, tell in told.items() if name in frame.columns}
    return frame.assign(**known)
