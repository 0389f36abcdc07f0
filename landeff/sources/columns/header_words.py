"""The field's usual headers, Chinese, dbf short names and English, and what they are called here. Data only.

``column: header header …``; an underscore stands for a space. Collected from supply ledgers and the column
sets of the land market (中国土地市场网), cadastral and land-survey layers (三调 DLTB, 不动产登记 ZDJBXX),
boundary-point files, tax tables, and evaluation ledgers of development zones.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Items that are taxes: together they are ``tax_paid``.
TAXES = frozenset(
    (
        *("vat", "income_tax", "personal_income_tax", "land_use_tax", "property_tax", "stamp_tax"),
        *("urban_maintenance_tax", "consumption_tax", "land_value_tax", "deed_tax"),
    )
)

#: Headers that mean a column in whichever table has it.
ANYWHERE = """
parcel_id: 宗地代码 宗地编码 宗地编号 宗地号 宗地统一编码 地块编号 地块编码 地块代码 地块号 用地编号
parcel_id: 不动产单元号 不动产单元代码 ZDDM ZDBM ZDBH ZDH ZDTYBM BDCDYH BDCDYDM DKBH DKBM DKDM ML Parcel_ID
supply_id: 电子监管号 监管号 电子监管编号 监管编号 DZJGH DZJGBH JGH Electronic_supervision_number idnumber
contract_no: 合同编号 合同号 出让合同号 出让合同编号 土地出让合同编号 划拨决定书编号 HTBH HTH CRHTBH CRHTH
enterprise_id: 统一社会信用代码 社会统一信用代码 统一信用代码 社会信用代码 信用代码 纳税人识别号 纳税识别号
enterprise_id: 企业代码 企业信用代码 USCC TYSHXYDM SHXYDM TYXYDM XYDM NSRSBH NSRSBM QYDM
holder: 权利人 权利人名称 土地使用权人 土地使用权人名称 使用权人 使用权人名称 使用人 受让人 受让单位 竞得人
holder: 用地单位 用地单位名称 土地使用者 土地权利人 产权人 QLR QLRMC TDSYQR SYQR SYQRMC TDSYZ YDDW SRR
holder: Land_use_right_holder Land_use_right_holder_Row_1 Owner
holder_code: 权利人代码 权利人证件号 权利人证件号码 权利人统一社会信用代码 证件号 证件号码 证件编号
holder_code: ZJH ZJHM QLRDM QLRZJH QLRZJHM
location: 坐落 土地坐落 宗地坐落 地块坐落 项目位置 用地位置 位置 地址 详细地址 土地位置 ZL TDZL ZDZL XMWZ DKWZ
location: Location Project_location Address
land_use: 土地用途 规划用途 批准用途 证载用途 实际用途 现状用途 地块用途 用途 用途名称 TDYT GHYT PZYT SJYT
land_use: PZYTMC TDYTMC YTMC DKYT Land_utilisation Land_use use
land_use_code: 用途代码 土地用途代码 批准用途代码 规划用途代码 用途编码 用地代码 用地编码 用地用海代码
land_use_code: 用地性质代码 TDYTDM TDYTBM YTDM PZYTDM YDDM YDXZDM YDYHDM YDYHFLDM
right_type: 权利类型 使用权类型 权利性质 QLLX QLXZ SYQLX
district_code: 行政区代码 行政区划代码 县级行政区代码 县区代码 区县代码 县级代码
district_code: XZQDM XZQHDM XZQBM XJXZQDM QXDM
district_name: 行政区 行政区名称 行政区划名称 县区 区县 所属区县 属地 项目属地 XZQMC QX QXMC XZQHMC District
year: 年度 年份 所属年度 统计年度 纳税年度 评价年度 ND NF Year FiscalYear
name: 名称 MC Name
industry: 行业 行业分类 行业名称 所属行业 行业类别 国民经济行业 HYFL HYMC HYLB SSHY Industry_category industry
industry_code: 行业代码 行业编码 国民经济行业代码 行业大类代码 HYDM HYBM HYFLDM
document: 文号 批准文号 批文号 省批文号 市批文号 补充协议文号 PZWH PWH WH
currency: 币种 货币
item: 指标 项目 税种 指标名称 征收项目 征收品目
value: 数值 金额 值 税额 实缴金额 入库金额 实缴税额
"""

BY_TABLE: Mapping[str, str] = MappingProxyType({
    "zones": """
zone_id: 园区代码 园区编号 园区编码 开发区代码 开发区编号 片区代码 区块代码 KFQDM KFQBM YQDM YQBH QKDM PQDM
name: 园区名称 开发区名称 园区 开发区 片区名称 区块名称 KFQMC YQMC QKMC PQMC
level: 级别 园区级别 开发区级别 级别名称 KFQJB YQJB JB
parent_zone_id: 上级园区代码 上级园区 主园区代码 所属开发区代码 所属园区代码 SJDM SJYQDM SSKFQDM
responsible_unit: 责任单位 主管单位 管理单位 管理机构 管委会 ZRDW GLDW
approved_area_m2: 批准面积 核准面积 审核面积 四至面积 土地总面积 规划面积 PZMJ HZMJ SZMJ
developed_area_m2: 开发面积 已开发面积 建成面积 已建成面积 已建成城镇建设用地面积 KFMJ YJCMJ
precedence: 优先级 优先顺序
""",
    "parcels": """
registered_area_m2: 登记面积 宗地面积 土地面积 使用权面积 证载面积 发证面积 面积 占地面积 地块面积 用地面积
registered_area_m2: 土地使用权面积 权利面积 ZDMJ TDMJ SYQMJ FZMJ DJMJ MJ DKMJ YDMJ TDSYQMJ LandArea
land_use_code: 地类编码 地类代码 地类 DLBM DLDM
land_use: 地类名称 DLMC 土地用途名称
""",
    "supply": """
project_name: 项目名称 建设项目名称 用地项目名称 XMMC Project_name
approval_id: 批次编号 批次号 批次代码 报批编号 批文号 建设用地批次 PCBH PCH PCDM
supply_method: 供地方式 供应方式 出让方式 土地供应方式 GDFS GYFS CRFS Land_supply_method
supplied_area_m2: 供地面积 供应面积 出让面积 合同面积 供地总面积 面积 宗地面积 土地面积
supplied_area_m2: GDMJ GYMJ CRMJ HTMJ GDZMJ MJ Area
price_cny: 成交价格 成交价款 成交价 出让价款 出让金 土地价款 合同价款 土地出让金 出让价格 成交总价
price_cny: CJJG CJJ CRJK CRJ HTJK Transaction_price price
signed_on: 合同签订日期 签订日期 合同签订时间 签订时间 签约日期 QDRQ HTQDRQ Contract_signing_date date4sign
supplied_on: 供地日期 供地时间 供应日期 取得使用权时间 取得使用权日期 GDRQ GDSJ
agreed_handover_on: 约定交地日期 约定交地时间 约定交地 YDJDSJ YDJDRQ
agreed_handover_on: Agreed_land_delivery_time time4handover_plan
handover_on: 实际交地日期 实际交地时间 实际交地 交地日期 交地时间 SJJDSJ SJJDRQ
agreed_start_on: 约定开工日期 约定开工时间 约定动工日期 约定动工时间 约定开工
agreed_start_on: 合同约定开工时间 合同约定开工日期 YDKGSJ YDKGRQ YDDGSJ YDDGRQ
agreed_start_on: Agreed_start_time time4commencement_plan
agreed_completion_on: 约定竣工日期 约定竣工时间 约定竣工 合同约定竣工时间 合同约定竣工日期 YDJGSJ YDJGRQ
agreed_completion_on: Agreed_completion_time time4completion_plan
actual_start_on: 实际开工日期 实际开工时间 实际动工日期 实际动工时间 实际开工 SJKGSJ SJKGRQ SJDGSJ
actual_start_on: Actual_start_time time4commencement_reality
actual_completion_on: 实际竣工日期 实际竣工时间 实际竣工 SJJGSJ SJJGRQ
actual_completion_on: Actual_completion_time time4completion_reality
is_started: 是否开工 是否动工 开工情况 动工情况 SFKG SFDG
start_checked_on: 核查日期 开工核查日期 开工情况核查日期 动工核查日期 巡查日期 HCRQ XCRQ
agreed_far_min: 约定容积率下限 容积率下限 规划容积率下限 RJLXX YDRJLXX
agreed_far_min: Agreed_floor_area_ratio_lower_limit plot_ratio_minimum
agreed_far_max: 约定容积率上限 容积率上限 规划容积率上限 RJLSX YDRJLSX
agreed_far_max: Agreed_floor_area_ratio_upper_limit plot_ratio_maximum
planned_investment_cny: 约定投资额 约定投资总额 约定总投资 总投资额 规定投资额下限 计划投资 计划总投资
planned_investment_cny: 投资总额 YDTZE 固定资产投资总额 约定固定资产投资
actual_investment_cny: 已投资额 实际投资额 实际总投资 固定资产累计投入 累计投资 累计完成投资 YTZE SJTZE LJTZ
delay_cause: 闲置原因 未开工原因 延期原因 未动工原因 XZYY WKGYY
""",
    "extensions": """
new_start_on: 新约定开工日期 延期后开工日期 延期开工日期 顺延后开工日期 变更后开工日期 延期后约定开工时间
new_completion_on: 新约定竣工日期 延期后竣工日期 延期竣工日期 顺延后竣工日期 变更后竣工日期 延期后约定竣工时间
signed_on: 签订日期 批准日期 协议日期 批准时间
""",
    "approvals": """
approval_id: 批次编号 批次号 批次代码 批次名称编号 报批编号 PCBH PCH PCDM
name: 批次名称 批准项目名称 项目名称 PCMC XMMC
approved_on: 批准日期 批准时间 批复日期 批复时间 批准年月 PZRQ PZSJ PFRQ PFSJ
approved_area_m2: 批准面积 用地总面积 批准用地面积 批准总面积 批次面积 面积 PZMJ PZZMJ YDZMJ
""",
    "buildings": """
building_id: 建筑编号 建筑物编号 建筑物代码 幢号 自然幢号 房屋编号 JZBH JZWBH ZRZH FWBH FWBM
n_floors: 层数 总层数 地上层数 楼层 房屋层数 CS ZCS DSCS FWCS LC FLOOR Floors
height_m: 建筑高度 建筑物高度 高度 楼高 房屋高度 JZGD JZWGD GD Height
floor_area_m2: 建筑面积 总建筑面积 房屋建筑面积 JZMJ ZJZMJ FWMJ
""",
    "plans": """
plan_id: 图斑编号 规划编号 规划图斑编号 管控编号 编号 标识码 GHBH GHTBBH GKBH BH BSM
plan_kind: 规划类型 管控类型 类型 类别 GHLX GKLX LX
name: 规划名称 管控名称 GHMC
""",
    "survey": """
survey_id: 图斑编号 标识码 图斑预编号 TBBH BSM TBYBH
land_class_code: 地类编码 地类代码 DLBM DLDM
land_class: 地类名称 DLMC
urban_code: 城镇村属性码 城镇村属性代码 城镇村属性 CZCSXM CZCSXDM
survey_year: 调查年度 数据年份 调查年份 SJNF DCND
survey_area_m2: 图斑面积 图斑地类面积 TBMJ TBDLMJ
""",
    "enterprises": """
name: 企业名称 单位名称 单位详细名称 纳税人名称 公司名称 QYMC DWMC NSRMC GSMC Company
former_names: 曾用名 曾用名称 原名称 企业曾用名 变更前名称 CYM
founded_on: 成立日期 注册日期 成立时间 注册时间 CLRQ CLSJ ZCRQ
group_id: 集团代码 集团统一社会信用代码 所属集团代码 母公司统一社会信用代码
paid_by: 汇总纳税企业代码 总机构代码 总机构统一社会信用代码 代缴企业代码
size_class: 企业规模 规模 单位规模 QYGM GM
lon: 经度 中心经度 JD LON LNG longitude
lat: 纬度 中心纬度 WD LAT latitude
x: 横坐标 东坐标 X坐标 easting
y: 纵坐标 北坐标 Y坐标 northing
""",
    "occupancy": """
name: 企业名称 单位名称 公司名称 占用单位 承租人 承租企业 QYMC DWMC
tenure: 占用方式 用地方式 使用方式 取得方式 自有或租赁 用地类型
land_area_m2: 占地面积 用地面积 占用土地面积 实际用地面积 租用面积 租赁面积 租用土地面积 ZDMJ YDMJ ZYMJ
contract_area_m2: 合同面积 租赁合同面积 合同租赁面积 合同用地面积 HTMJ
floor_area_m2: 建筑面积 租用建筑面积 租赁建筑面积 厂房面积 JZMJ CFMJ
share_ratio: 份额 占比 分摊比例 比例
""",
    "returns": """
name: 企业名称 单位名称 纳税人名称 公司名称 QYMC DWMC NSRMC
received_on: 入库日期 入库时间 缴款日期 RKRQ RKSJ
period_from_on: 税款所属期起 所属期起 税款所属时期起 SKSSQQ SSQQ
period_to_on: 税款所属期止 所属期止 税款所属时期止 SKSSQZ SSQZ
month: 月份 月 YF
item:tax_paid: 入库税收 入库税收合计 实缴税收 实缴税收合计 税收总额 税收合计 纳税总额 年纳税总额 税收 税金总额
item:tax_paid: 税款合计 全口径税收 上缴税收 RKSS NSZE TaxPaid
item:vat: 增值税 国内增值税 ZZS
item:income_tax: 企业所得税 QYSDS
item:personal_income_tax: 个人所得税 GRSDS
item:land_use_tax: 城镇土地使用税 土地使用税 TDSYS
item:property_tax: 房产税 FCS
item:stamp_tax: 印花税 YHS
item:urban_maintenance_tax: 城市维护建设税 城建税 CJS
item:consumption_tax: 消费税 XFS
item:land_value_tax: 土地增值税 TDZZS
item:deed_tax: 契税 QS
item:output: 产值 工业总产值 总产值 年产值 GYZCZ
item:taxable_sales: 应税销售 应税销售收入 应税销售额 开票销售收入
item:sales: 营业收入 年营业收入 主营业务收入 销售收入 开票销售 YYSR
item:value_added: 增加值 工业增加值
item:profit: 利润总额 利润
item:fixed_assets: 固定资产原值 固定资产总额 固定资产
item:employees: 从业人数 职工人数 平均从业人数 员工人数 从业人员 用工人数
item:energy: 综合能耗 综合能源消费量 能源消费量 能耗
item:electricity: 用电量 电耗
item:r_and_d: 研发费用 研发投入 研发经费 研发经费支出 R&D经费
""",
    "grades": """
name: 企业名称 单位名称 QYMC DWMC
grade: 等级 评价等级 绩效等级 评价结果 综合评价等级 类别 DJ PJDJ Grade
office: 发布单位 评价单位
""",
    "totals": "place: 地区 区域 县区 行政区 区县",
    "targets": """
place: 地区 区域 县区 行政区 区县
to_on: 截止日期 完成时限 时限
item: 类别 任务类别 土地类别
value: 处置任务 任务数 任务面积 目标 目标值
""",
    "disposals": """
approval_id: 批次编号 批次号 批次代码 PCBH PCH PCDM
category: 类别 处置类别 土地类别 用地类别 存量类型 存量用地类型 地块类别 用地类型
way: 处置方式 处置措施 处置路径 处置意见 拟处置方式 拟处置方案 处置方案 CZFS
status: 当前状态 处置状态 处置进度 处置情况 状态 是否销号 销号状态
disposed_area_m2: 处置面积 已处置面积 完成处置面积 销号面积 处置完成面积 CZMJ
disposed_on: 处置日期 处置时间 处置完成时间 完成日期 完成时间 实际完成时间 销号日期 销号时间 CZRQ
responsible_unit: 责任单位 责任部门 计划实施单位 实施单位 牵头单位 处置责任单位 ZRDW
leader: 包区领导 包片领导 包保领导 挂钩领导 责任领导 挂钩联系领导 责任人
deadline_on: 完成时限 处置时限 计划完成时间 计划完成日期 时限 截止日期
voucher: 销号凭证 销号依据 销号材料 凭证 佐证材料
progress: 进展 详细进展 进展情况 工作进展 处置进展
note: 备注 说明
""",
    "system_list": """
category: 类别 清单类别 土地类别 闲置类型 闲置状态 监管状态 预警类型 疑点类型 状态
listed_area_m2: 清单面积 闲置面积 闲置土地面积 供地面积 供应面积 出让面积 宗地面积 土地面积 面积
listed_on: 列入日期 列入清单日期 预警日期 下发日期 导出日期 提取日期
""",
    "zone_statistics": """
name: 开发区名称 园区名称 KFQMC YQMC
zone_id: 开发区代码 园区代码 KFQDM YQDM
land_total_m2: 土地总面积 评价范围土地总面积 总面积
land_a_m2: 已建成城镇建设用地 已建成城镇建设用地面积 已建成 已建成面积
land_a1_m2: 住宅用地 住宅
land_a2_m2: 工矿仓储用地 工矿仓储 已建成工矿仓储用地
land_a3_m2: 交通运输用地
land_a4_m2: 商服用地
land_a5_m2: 公共管理与公共服务用地
land_c_m2: 不可建设土地 不可建设用地 不可建设 不可建设土地面积
land_ready_m2: 已达到供地条件土地 已达到供地条件 到达供地条件 达到供地条件土地
land_d_m2: 已供应国有建设用地 已供应 已供应面积
land_e_m2: 尚可供应土地 尚可供应
land_f_m2: 不可供应土地 不可供应
land_g_m2: 闲置土地 闲置土地面积
land_h_m2: 高新技术产业用地
zone_floor_area_m2: 总建筑面积
zone_footprint_m2: 建筑基底总面积 建筑基底面积 基底面积 基底
industrial_floor_area_m2: 工矿仓储建筑面积 工矿仓储用地建筑面积
industrial_covered_m2: 工矿仓储用地建筑构筑物及堆场占地面积
industrial_assets_cny: 工业（物流）企业固定资产投资总额 固定资产总额 工业企业固定资产投资
industrial_tax_cny: 工业（物流）企业税收总额 工业企业税收
secondary_tertiary_tax_cny: 二、三产业税收总额 二三产业税收总额 税收总额
n_residents: 常住人口
""",
    "benchmarks": """
indicator: 指标 指标名称
place: 地区 城市 区域
bound: 界限
scopes: 口径
source: 来源 数据来源 出处
""",
})  # fmt: skip
