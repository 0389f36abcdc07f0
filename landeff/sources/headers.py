"""The field's usual headers, Chinese, dbf short names and English, and what they are called here.

Collected from the column sets of supply ledgers, cadastral and land-survey layers (三调 DLTB), the public
land market and tax tables. Only proposals are made from it: a run uses what the project file declares.
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from landeff.core.columns import COLUMNS
from landeff.core.tables import TABLES
from landeff.core.units import unit_in_header
from landeff.sources.readers import Raw

_FUZZY = 0.75
#: dbf headers cannot afford brackets: ``面积亩``. 元 alone is left out (单元), so is 每亩.
_TRAILING_UNIT = re.compile(r"(.+[^每均/])(亩|公顷|平方米|万元|亿元)")

#: Headers that mean a column in whichever table has it.
_ANYWHERE = """
parcel_id: 宗地代码 宗地编码 宗地编号 宗地号 地块编号 地块编码 不动产单元号 ZDDM ZDBM ZDH BDCDYH DKBH ML
supply_id: 电子监管号 监管号 DZJGH 电子监管编号 Electronic_supervision_number
contract_no: 合同编号 合同号 出让合同号 出让合同编号 HTBH HTH
enterprise_id: 统一社会信用代码 社会统一信用代码 社会信用代码 信用代码 纳税人识别号 企业代码
enterprise_id: USCC TYSHXYDM NSRSBH
holder: 权利人 权利人名称 土地使用权人 使用权人 受让人 竞得人 用地单位 土地使用者
holder: QLR QLRMC SYQR YDDW Land_use_right_holder
holder_code: 权利人代码 权利人证件号 权利人统一社会信用代码 证件号 ZJH QLRDM
location: 坐落 土地坐落 宗地坐落 项目位置 用地位置 位置 地址 ZL TDZL XMWZ Location Project_location
land_use: 土地用途 规划用途 批准用途 用途 TDYT GHYT PZYT Land_utilisation
land_use_code: 用途代码 土地用途代码 用途编码 TDYTDM YTDM
right_type: 权利类型 使用权类型 权利性质 QLLX QLXZ
district_code: 行政区代码 行政区划代码 县区代码 区县代码 县级代码 XZQDM XZQHDM
district_name: 行政区 行政区名称 县区 区县 所属区县 属地 XZQMC QX District
year: 年度 年份 所属年度 统计年度 纳税年度 ND NF Year
name: 名称 MC Name
industry: 行业 行业分类 行业名称 所属行业 HYFL HYMC Industry_category
industry_code: 行业代码 行业编码 国民经济行业代码 HYDM
document: 文号 批准文号 批文号 补充协议文号 PZWH WH
currency: 币种 货币
item: 指标 项目 税种 指标名称 征收项目
value: 数值 金额 值 税额 实缴金额 入库金额
"""

_BY_TABLE = {
    "zones": """
zone_id: 园区代码 园区编号 园区编码 开发区代码 区块代码 KFQDM YQDM
name: 园区名称 开发区名称 园区 开发区 KFQMC YQMC
level: 级别 园区级别 开发区级别 KFQJB JB
parent_zone_id: 上级园区代码 上级园区 主园区代码 所属开发区代码 SJDM
responsible_unit: 责任单位 主管单位 管委会 ZRDW
approved_area_m2: 批准面积 核准面积 审核面积 PZMJ HZMJ
developed_area_m2: 开发面积 已开发面积 建成面积 已建成面积 KFMJ
precedence: 优先级 优先顺序
""",
    "parcels": """
registered_area_m2: 登记面积 宗地面积 土地面积 使用权面积 证载面积 发证面积 面积 占地面积
registered_area_m2: ZDMJ TDMJ SYQMJ FZMJ MJ LandArea
""",
    "supply": """
project_name: 项目名称 建设项目名称 XMMC Project_name
supply_method: 供地方式 供应方式 出让方式 GDFS GYFS Land_supply_method
supplied_area_m2: 供地面积 供应面积 出让面积 合同面积 面积 GDMJ GYMJ CRMJ Area
price_cny: 成交价格 成交价款 成交价 出让价款 出让金 土地价款 合同价款 CJJG CJJ Transaction_price
signed_on: 合同签订日期 签订日期 合同签订时间 签约日期 QDRQ Contract_signing_date
supplied_on: 供地日期 供地时间 供应日期 取得使用权时间 GDRQ
agreed_handover_on: 约定交地日期 约定交地时间 YDJDSJ Agreed_land_delivery_time
handover_on: 实际交地日期 实际交地时间 交地日期 交地时间 SJJDSJ
agreed_start_on: 约定开工日期 约定开工时间 约定动工日期 约定动工时间 约定开工 YDKGSJ Agreed_start_time
agreed_completion_on: 约定竣工日期 约定竣工时间 约定竣工 YDJGSJ Agreed_completion_time
actual_start_on: 实际开工日期 实际开工时间 实际动工日期 实际动工时间 实际开工 SJKGSJ Actual_start_time
actual_completion_on: 实际竣工日期 实际竣工时间 实际竣工 SJJGSJ Actual_completion_time
is_started: 是否开工 是否动工 开工情况 动工情况 SFKG SFDG
start_checked_on: 核查日期 开工核查日期 开工情况核查日期 巡查日期
agreed_far_min: 约定容积率下限 容积率下限 RJLXX Agreed_floor_area_ratio_lower_limit
agreed_far_max: 约定容积率上限 容积率上限 RJLSX Agreed_floor_area_ratio_upper_limit
planned_investment_cny: 约定投资额 约定投资总额 总投资额 规定投资额下限 计划投资 YDTZE
actual_investment_cny: 已投资额 实际投资额 固定资产累计投入 累计投资 YTZE
delay_cause: 闲置原因 未开工原因 延期原因 XZYY
""",
    "extensions": """
new_start_on: 新约定开工日期 延期后开工日期 延期开工日期 顺延后开工日期
new_completion_on: 新约定竣工日期 延期后竣工日期 延期竣工日期
signed_on: 签订日期 批准日期 协议日期
""",
    "approvals": """
approval_id: 批次编号 批次号 批次代码 批次名称编号 PCBH PCH
name: 批次名称 批准项目名称 PCMC
approved_on: 批准日期 批准时间 批复日期 批复时间 PZRQ PZSJ
approved_area_m2: 批准面积 用地总面积 面积 PZMJ
""",
    "buildings": """
building_id: 建筑编号 建筑物编号 幢号 自然幢号 房屋编号 JZBH ZRZH FWBH
n_floors: 层数 总层数 地上层数 楼层 CS ZCS FLOOR Floors
height_m: 建筑高度 高度 楼高 JZGD GD Height
floor_area_m2: 建筑面积 总建筑面积 JZMJ
""",
    "plans": """
plan_id: 图斑编号 规划编号 规划图斑编号 编号 GHBH GHTBBH BH
plan_kind: 规划类型 管控类型 类型 GHLX LX
name: 规划名称 GHMC
""",
    "survey": """
survey_id: 图斑编号 标识码 TBBH BSM TBYBH
land_class_code: 地类编码 地类代码 DLBM DLDM
land_class: 地类名称 DLMC
urban_code: 城镇村属性码 城镇村属性 CZCSXM
survey_year: 调查年度 数据年份 SJNF
survey_area_m2: 图斑面积 TBMJ TBDLMJ
""",
    "enterprises": """
name: 企业名称 单位名称 纳税人名称 公司名称 QYMC NSRMC Company
founded_on: 成立日期 注册日期 成立时间 CLRQ
group_id: 集团代码 集团统一社会信用代码 所属集团代码
size_class: 企业规模 规模 QYGM
""",
    "occupancy": """
name: 企业名称 单位名称 公司名称 占用单位 QYMC
tenure: 占用方式 用地方式 使用方式 取得方式 自有或租赁
land_area_m2: 占地面积 用地面积 占用土地面积 租用面积 租赁面积 ZDMJ
floor_area_m2: 建筑面积 租用建筑面积 厂房面积 JZMJ
share_ratio: 份额 占比 分摊比例 比例
""",
    "returns": """
name: 企业名称 单位名称 纳税人名称 公司名称 QYMC NSRMC
item:tax_paid: 入库税收 入库税收合计 实缴税收 税收总额 税收合计 纳税总额 年纳税总额 税收 税金总额 TaxPaid
item:vat: 增值税
item:income_tax: 企业所得税
item:personal_income_tax: 个人所得税
item:land_use_tax: 城镇土地使用税 土地使用税
item:property_tax: 房产税
item:stamp_tax: 印花税
item:urban_maintenance_tax: 城市维护建设税 城建税
item:consumption_tax: 消费税
item:land_value_tax: 土地增值税
item:deed_tax: 契税
item:output: 产值 工业总产值 总产值 年产值
item:taxable_sales: 应税销售 应税销售收入 开票销售收入
item:sales: 营业收入 年营业收入 主营业务收入 销售收入 开票销售
item:value_added: 增加值 工业增加值
item:employees: 从业人数 职工人数 平均从业人数 员工人数
item:energy: 综合能耗 能源消费量 能耗
item:electricity: 用电量 电耗
item:r_and_d: 研发费用 研发投入 研发经费 R&D经费
""",
    "grades": """
name: 企业名称 单位名称 QYMC
grade: 等级 评价等级 绩效等级 评价结果 类别 DJ Grade
office: 发布单位 评价单位
""",
    "totals": "place: 地区 区域 县区 行政区 区县",
    "targets": """
place: 地区 区域 县区 行政区 区县
to_on: 截止日期 完成时限 时限
item: 类别 任务类别 土地类别
value: 处置任务 任务数 任务面积 目标 目标值
""",
    "benchmarks": """
indicator: 指标 指标名称
place: 地区 城市 区域
bound: 界限
scopes: 口径
source: 来源 数据来源 出处
""",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a header probably is: ``to`` (``None``: not recognised), the unit it names, certainty 0–1."""

    header: str
    to: str | None
    unit: str | None
    score: float


def propose(headers: Sequence[str], table: str) -> list[Proposal]:
    """A canonical column for each header of a file that feeds ``table``; each column is proposed once.

    >>> [(each.to, each.unit) for each in propose(["ZDDM", "面积（亩）", "备用"], "parcels")]
    [('parcel_id', None), ('registered_area_m2', '亩'), (None, None)]
    """
    best: dict[str, tuple[float, int]] = {}
    found = [_match(header, table) for header in headers]
    for position, (to, score) in enumerate(found):
        if to is not None and score > best.get(to, (0.0, 0))[0]:
            best[to] = (score, position)
    proposals = []
    for position, (header, (to, score)) in enumerate(zip(headers, found, strict=True)):
        is_taken = to is None or best[to][1] != position
        unit = None if is_taken else unit_in_label(header)[1]
        proposals.append(Proposal(header, None if is_taken else to, unit, 0.0 if is_taken else score))
    return proposals


def guess_table(raw: Raw) -> tuple[str, float]:
    """The table a file probably feeds, with a score 0–1; ``("", 0.0)`` where nothing fits.

    The score is the mean of two: how many of the columns the table needs are there (the year may be
    declared), and how many of the file's headers the table knows. Tables with polygons are for layers.
    """
    has_geometry = "geometry" in raw.frame
    headers = [str(column) for column in raw.frame.columns if column != "geometry"]
    scores = {}
    for name, table in TABLES.items():
        if table.geometry != has_geometry:
            continue
        hits = {each.to: each.score for each in propose(headers, name) if each.to}
        required = [_has(column, hits) for column in table.required if column != "year"]
        own = sum(score for to, score in hits.items() if _is_telling(to, name)) / max(len(headers), 1)
        scores[name] = (sum(required) / len(required) + own) / 2 if any(required) else 0.0
    best = max(scores, key=lambda name: scores[name], default="")
    return (best, round(scores[best], 3)) if best and scores[best] > 0 else ("", 0.0)


def is_known_header(text: str) -> bool:
    """Whether any table knows a column by this header."""
    return _bare(text) in _known_anywhere()


def unit_in_label(header: str) -> tuple[str, str | None]:
    """Bare name and unit of a header, with brackets or without; in a two-row header in either part.

    >>> unit_in_label("税收（万元）/2024年")
    ('税收/2024年', '万元')
    >>> unit_in_label("面积亩")
    ('面积', '亩')
    """
    bare, unit = unit_in_header(header)
    trailing = _TRAILING_UNIT.fullmatch(header.strip())
    if unit is None and trailing:
        return trailing[1], trailing[2]
    if unit is not None or "/" not in header:
        return bare, unit
    parts = [unit_in_header(part) for part in header.split("/")]
    units = [unit for _, unit in parts if unit is not None]
    return ("/".join(name for name, _ in parts), units[-1]) if units else (bare, None)


def _has(column: str, hits: Mapping[str, float]) -> float:
    items = [score for to, score in hits.items() if to.startswith("item:")]
    if column in ("item", "value") and items:
        return max(items)
    return hits.get(column, 0.0)


def _is_telling(to: str, table: str) -> bool:
    return to.startswith("item:") or to in TABLES[table].columns


def _bare(header: str) -> str:
    text = unicodedata.normalize("NFKC", unit_in_label(header)[0]).casefold()
    return re.sub(r"[\s_*:]|\(.*?\)", "", text)


def _match(header: str, table: str) -> tuple[str | None, float]:
    aliases, bare = _aliases(table), _bare(header)
    if bare in aliases:
        return aliases[bare], 1.0
    parts = [part for part in bare.split("/") if part in aliases]
    if parts:
        return aliases[parts[-1]], 0.9
    # Short names differ from each other by a letter: only longer ones can be nearly right.
    close = difflib.get_close_matches(bare, aliases, n=1, cutoff=_FUZZY) if len(bare) >= 4 else []
    if not close:
        return None, 0.0
    return aliases[close[0]], round(difflib.SequenceMatcher(None, bare, close[0]).ratio() * 0.9, 3)


@functools.cache
def _aliases(table: str) -> Mapping[str, str]:
    """Bare header → canonical column of ``table``; what the table says itself goes before what is general."""
    known = {*TABLES[table].columns}
    found: dict[str, str] = {}
    for text in (_BY_TABLE.get(table, ""), _ANYWHERE):
        for line in text.strip().splitlines():
            to, _, words = line.rpartition(": ")
            if to in known or to.startswith("item:"):
                for word in words.split():
                    found.setdefault(_bare(word), to)
    for to in TABLES[table].columns:
        column = COLUMNS.get(to)
        if column:
            found.setdefault(_bare(column.title.zh), to)
        found.setdefault(_bare(to), to)
    return MappingProxyType(found)


@functools.cache
def _known_anywhere() -> frozenset[str]:
    return frozenset(bare for table in TABLES for bare in _aliases(table))
