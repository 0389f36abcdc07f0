"""The data dictionary: every column landeff knows, with kind, unit and titles.

Names are ``<quantity>[_<qualifier>]_<unit>``; ``_ratio``, ``_on`` (date), ``_id``, ``_code``, ``n_`` and
``is_`` carry their meaning. ``_cny`` is money in the currency of the project (CNY unless declared).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from landeff.core.land_columns import LAND_COLUMNS
from landeff.core.standards_columns import STANDARDS_COLUMNS
from landeff.core.text import Term

Kind = Literal["code", "text", "number", "integer", "date", "boolean", "geometry"]

#: pandas type of each kind; geometry is geopandas' own.
DTYPES: Mapping[Kind, Any] = {
    "code": "str",
    "text": "str",
    "number": "float64",
    "integer": "Int64",
    "date": "datetime64[s]",
    "boolean": "boolean",
}
DIMENSION_OF_SUFFIX = {"_m2": "area", "_cny": "money", "_ratio": "ratio", "_m": "length"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, titles, and the range outside which a value is impossible."""

    name: str
    kind: Kind
    title: Term
    low: float | None = None
    high: float | None = None

    @property
    def dimension(self) -> str | None:
        """Dimension of the unit that the name ends in (``area``, ``money`` …), ``None`` without one."""
        for suffix, dimension in DIMENSION_OF_SUFFIX.items():
            if self.name.endswith(suffix):
                return dimension
        return None


def _columns(kind: Kind, text: str, low: float | None = None, high: float | None = None) -> list[Column]:
    found = []
    for line in text.strip().splitlines():
        name, zh, en = (part.strip() for part in line.split("|"))
        found.append(Column(name, kind, Term(zh, en), low, high))
    return found


_CODES = """
zone_id | 园区代码 | zone
parent_zone_id | 上级园区代码 | parent zone
sub_zone_id | 子园代码 | sub-park
district_code | 县区代码 | district code
parcel_id | 宗地代码 | parcel
supply_id | 电子监管号 | supply number
contract_no | 合同编号 | contract number
approval_id | 批次编号 | approval batch
building_id | 建筑编号 | building
plan_id | 规划图斑编号 | plan area
survey_id | 图斑编号 | survey patch
enterprise_id | 统一社会信用代码 | enterprise code
holder_code | 权利人代码 | holder code
group_id | 集团代码 | group
paid_by | 汇总纳税企业代码 | pays its tax
unit_id | 合并评价单元 | unit judged together
source_code | 原填代码 | code as written
holder_source_code | 权利人原填代码 | holder code as written
land_use_code | 土地用途代码 | land-use code
land_class_code | 地类编码 | land class code
urban_code | 城镇村属性码 | urban attribute
industry_code | 行业代码 | industry code
remainder_id | 批而未供地块编号 | unsupplied piece
rule_id | 规则 | rule
"""

_TEXTS = """
name | 名称 | name
zone_name | 园区名称 | zone
level | 级别 | level
district_name | 县区 | district
responsible_unit | 责任单位 | responsible unit
holder | 权利人 | holder
former_names | 曾用名 | former names
location | 坐落 | location
land_use | 土地用途 | land use
land_use_class | 用途大类 | land-use class
land_use_system | 用地分类体系 | land-use classification
land_class | 地类名称 | land class
project_name | 项目名称 | project
supply_method | 供地方式 | supply method
delay_cause | 闲置原因 | cause of delay
document | 文号 | document
office | 发布单位 | issuing office
plan_kind | 规划类型 | kind of plan
industry | 行业 | industry
size_class | 规模 | size
tenure | 占用方式 | tenure
item | 指标 | item
source_item | 组成项 | item it is made of
land_basis | 用地依据 | land told by
currency | 币种 | currency
grade | 绩效等级 | grade
grade_latest | 最近一年官方等级 | official grade, latest year
grade_previous | 上一年官方等级 | official grade, year before
place | 地区 | place
scopes | 口径 | scopes
source | 来源 | source
bound | 界限 | bound
indicator | 指标 | indicator
right_type | 权利类型 | type of right
enterprise_names | 在地企业 | enterprises on it
state | 平衡表状态 | balance state
inventory_class | 台账类别 | inventory class
idle_verdict | 闲置判定 | idle-land verdict
idle_reason | 闲置待核实类别 | why the idle-land verdict is open
due_soon_verdict | 一年内到期判定 | due-soon verdict
low_efficiency_verdict | 低效判定 | low-efficiency verdict
area_basis | 面积依据 | area basis
kind | 类别代码 | kind
kind_title | 类别 | kind in words
other_key | 相关图形 | other polygons
note | 备注 | note
supply_linked_by | 供地关联依据 | how the supply record was found
"""

_DATES = """
supplied_on | 供地日期 | supplied
signed_on | 合同签订日期 | contract signed
agreed_handover_on | 约定交地日期 | agreed handover
handover_on | 实际交地日期 | actual handover
agreed_start_on | 约定开工日期 | agreed start
agreed_completion_on | 约定竣工日期 | agreed completion
actual_start_on | 实际开工日期 | actual start
actual_completion_on | 实际竣工日期 | actual completion
start_checked_on | 开工情况核查日期 | start checked
register_on | 台账导出日期 | register exported
new_start_on | 新约定开工日期 | new agreed start
latest_extension_on | 最近一次延期后的开工日期 | start as last extended
new_completion_on | 新约定竣工日期 | new agreed completion
from_on | 起始日期 | from
to_on | 截止日期 | to
approved_on | 批准日期 | approved
founded_on | 成立日期 | founded
received_on | 入库日期 | received
period_from_on | 税款所属期起 | tax period from
period_to_on | 税款所属期止 | tax period to
start_due_on | 动工期限 | start due
idle_from_on | 满一年日期 | one year past due
recovery_from_on | 满两年日期 | two years past due
observed_on | 观测日期 | observed
since_on | 起算日期 | since
valid_from | 生效日期 | valid from
valid_to | 失效日期 | valid to
"""

_AREAS = """
area_m2 | 椭球面积 | ellipsoidal area
registered_area_m2 | 登记面积 | registered area
supplied_area_m2 | 供地面积 | supplied area
approved_area_m2 | 批准面积 | approved area
basis_area_m2 | 计算用地面积 | area used
developed_area_m2 | 开发面积 | developed area
scope_area_m2 | 口径用地面积 | land in scope
land_area_m2 | 占用土地面积 | land occupied
owned_area_m2 | 自有用地面积 | land owned
rented_in_area_m2 | 租入用地面积 | land rented in
rented_out_area_m2 | 租出用地面积 | land used by others
unregistered_area_m2 | 实际占用未登记面积 | land occupied, not registered
unit_area_m2 | 合并单元用地面积 | land of the unit
floor_area_m2 | 建筑面积 | floor area
survey_area_m2 | 图斑面积 | surveyed area
contract_area_m2 | 合同面积 | contract area
building_footprint_m2 | 建筑基底面积 | building footprint
far_floor_area_m2 | 计容建筑面积 | floor area towards FAR
known_floor_area_m2 | 建筑面积（已知部分） | floor area, known part
known_far_floor_area_m2 | 计容建筑面积（已知部分） | floor area towards FAR, known part
"""

_DIFFERENCES = """
registered_difference_m2 | 登记面积与椭球面积之差 | registered less ellipsoidal
contract_difference_m2 | 合同面积与椭球面积之差 | contract less ellipsoidal
width_m | 宽度 | width
"""

_MONEY = """
tax_cny | 税收 | tax
output_cny | 产值 | output
unit_tax_cny | 合并单元税收 | tax of the unit
tax_cny_per_mu | 亩均税收 | tax per mu
output_cny_per_mu | 亩均产值 | output per mu
price_cny | 成交价款 | price
planned_investment_cny | 约定投资额 | planned investment
actual_investment_cny | 已投资额 | actual investment
value | 数值 | value
"""

_FAR = """
agreed_far_min | 约定容积率下限 | agreed FAR, lower
agreed_far_max | 约定容积率上限 | agreed FAR, upper
"""

_DENSITIES = """
building_coverage_ratio | 建筑密度 | building coverage
far_ratio | 容积率 | plot ratio (FAR)
known_far_ratio | 容积率（已知部分） | FAR, known part
approved_share_ratio | 批准范围内份额 | share within approvals
"""

_SUPPLY_LINK = """
supply_link_score | 供地关联分值 | score of the supply link
supply_share_ratio | 占供地记录份额 | share of the supply record
share_of_supply_ratio | 占供地记录份额 | share of the supply record
share_of_parcel_ratio | 占宗地份额 | share of the parcel
"""

_DAYS = """
days_to_start_due | 距动工期限天数 | days to start due
days_to_idle | 距满一年天数 | days to one year past due
"""

_COLUMNS = [
    *_columns("code", _CODES),
    *_columns("text", _TEXTS),
    *_columns("date", _DATES),
    *_columns("number", _AREAS, low=0.0, high=5e10),
    *_columns("number", _DIFFERENCES),
    *_columns("number", _MONEY),
    *_columns("number", "share_ratio | 份额 | share", low=0.0, high=1.0),
    *_columns("number", _SUPPLY_LINK),
    *_columns("number", "lon | 经度 | longitude", low=-180.0, high=180.0),
    *_columns("number", "lat | 纬度 | latitude", low=-90.0, high=90.0),
    *_columns("number", "x | 横坐标 | easting\ny | 纵坐标 | northing"),
    *_columns("number", "height_m | 建筑高度 | height", low=0.0, high=1000.0),
    *_columns("number", _FAR, low=0.0, high=50.0),
    *_columns("number", _DENSITIES),
    *_columns("integer", "year | 年度 | year", low=1949, high=2200),
    *_columns("integer", "month | 月份 | month", low=1, high=12),
    *_columns("integer", "survey_year | 调查年度 | survey year", low=1949, high=2200),
    *_columns("integer", "n_floors | 层数 | floors", low=0, high=200),
    *_columns("integer", "precedence | 优先级 | precedence"),
    *_columns("integer", "n_enterprises | 企业数 | enterprises"),
    *_columns("integer", "n_buildings | 建筑物数 | buildings"),
    *_columns("integer", "n_supply_records | 供地记录数 | supply records"),
    *_columns("integer", "depth | 园区层次 | depth"),
    *_columns("integer", _DAYS),
    *_columns("boolean", "is_started | 是否动工 | started"),
    *_columns("boolean", "is_approved | 是否在批准范围内 | within an approval"),
    *_columns("boolean", "is_supply_queued | 供地记录待核对 | a supply record waits for review"),
    *_columns("boolean", "is_supply_linked | 已关联供地记录 | supply record linked"),
    *_columns("geometry", "geometry | 图形 | geometry"),
    *(
        column
        for kind, texts, low, high in (*STANDARDS_COLUMNS, *LAND_COLUMNS)
        for column in _columns(cast("Kind", kind), texts, low, high)
    ),
]

COLUMNS: dict[str, Column] = {column.name: column for column in _COLUMNS}

#: Where a value came from; carried by every table read from a file.
TRACE = ("source_file", "source_row")


def title(name: str) -> Term:
    """Titles of a column; an unknown one is its own title.

    >>> title("tax_cny_per_mu").zh
    '亩均税收'
    """
    column = COLUMNS.get(name)
    return column.title if column else Term(name, name)


#: Units that the name of an item of ``returns`` may end in, where it is not money; counts begin with ``n_``.
UNIT_OF_SUFFIX = {"_m2": "m²", "_m": "m", "_tce": "tce", "_kwh": "kWh", "_t": "t"}


def item_column(item: str) -> str:
    """Column that holds an item of ``returns``: its own name where that ends in a unit, else in money.

    >>> item_column("tax_paid"), item_column("floor_area_m2")
    ('tax_paid_cny', 'floor_area_m2')
    """
    has_unit = item.endswith(tuple(UNIT_OF_SUFFIX)) or item.startswith("n_")
    return item if has_unit else f"{item}_cny"


def item_unit(item: str, currency: str) -> str:
    """Unit in which an item is kept.

    >>> item_unit("floor_area_m2", "CNY"), item_unit("tax_paid", "CNY")
    ('m²', 'CNY')
    """
    if item.startswith("n_"):
        return "1"
    return next((unit for suffix, unit in UNIT_OF_SUFFIX.items() if item.endswith(suffix)), currency)
