"""Industries of GB/T 4754-2017: the 97 divisions (大类), their titles and sections (门类).

Three- and four-digit groups and classes begin with their division. GB/T 4754-2002 numbered manufacturing
otherwise from 35 on (35 was 通用设备, now 34), so a title beside the code is worth comparing.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from landeff.core.text import Term

_DIVISIONS = """
A 01 农业 | agriculture
A 02 林业 | forestry
A 03 畜牧业 | animal husbandry
A 04 渔业 | fishery
A 05 农、林、牧、渔专业及辅助性活动 | support activities to agriculture
B 06 煤炭开采和洗选业 | coal mining and washing
B 07 石油和天然气开采业 | extraction of petroleum and natural gas
B 08 黑色金属矿采选业 | mining of ferrous metal ores
B 09 有色金属矿采选业 | mining of non-ferrous metal ores
B 10 非金属矿采选业 | mining of non-metal ores
B 11 开采专业及辅助性活动 | support activities to mining
B 12 其他采矿业 | other mining
C 13 农副食品加工业 | processing of farm and sideline food
C 14 食品制造业 | food
C 15 酒、饮料和精制茶制造业 | liquor, beverages and refined tea
C 16 烟草制品业 | tobacco
C 17 纺织业 | textiles
C 18 纺织服装、服饰业 | garments
C 19 皮革、毛皮、羽毛及其制品和制鞋业 | leather, fur, feather and footwear
C 20 木材加工和木、竹、藤、棕、草制品业 | timber and products of wood, bamboo and straw
C 21 家具制造业 | furniture
C 22 造纸和纸制品业 | paper
C 23 印刷和记录媒介复制业 | printing and recording media
C 24 文教、工美、体育和娱乐用品制造业 | articles for culture, art, sport and entertainment
C 25 石油、煤炭及其他燃料加工业 | petroleum, coal and other fuels
C 26 化学原料和化学制品制造业 | chemicals
C 27 医药制造业 | medicines
C 28 化学纤维制造业 | chemical fibres
C 29 橡胶和塑料制品业 | rubber and plastics
C 30 非金属矿物制品业 | non-metallic mineral products
C 31 黑色金属冶炼和压延加工业 | smelting and rolling of ferrous metals
C 32 有色金属冶炼和压延加工业 | smelting and rolling of non-ferrous metals
C 33 金属制品业 | metal products
C 34 通用设备制造业 | general machinery
C 35 专用设备制造业 | special machinery
C 36 汽车制造业 | motor vehicles
C 37 铁路、船舶、航空航天和其他运输设备制造业 | railway, ships, aircraft and other transport equipment
C 38 电气机械和器材制造业 | electrical machinery
C 39 计算机、通信和其他电子设备制造业 | computers, communication and electronics
C 40 仪器仪表制造业 | measuring instruments
C 41 其他制造业 | other manufacturing
C 42 废弃资源综合利用业 | use of waste resources
C 43 金属制品、机械和设备修理业 | repair of metal products and machinery
D 44 电力、热力生产和供应业 | electric power and heat
D 45 燃气生产和供应业 | gas
D 46 水的生产和供应业 | water supply
E 47 房屋建筑业 | construction of buildings
E 48 土木工程建筑业 | civil engineering
E 49 建筑安装业 | building installation
E 50 建筑装饰、装修和其他建筑业 | decoration and other construction
F 51 批发业 | wholesale
F 52 零售业 | retail
G 53 铁路运输业 | railway transport
G 54 道路运输业 | road transport
G 55 水上运输业 | water transport
G 56 航空运输业 | air transport
G 57 管道运输业 | pipeline transport
G 58 多式联运和运输代理业 | multimodal transport and forwarding
G 59 装卸搬运和仓储业 | cargo handling and storage
G 60 邮政业 | post
H 61 住宿业 | accommodation
H 62 餐饮业 | catering
I 63 电信、广播电视和卫星传输服务 | telecommunication and broadcasting
I 64 互联网和相关服务 | internet services
I 65 软件和信息技术服务业 | software and information technology
J 66 货币金融服务 | monetary and financial services
J 67 资本市场服务 | capital market services
J 68 保险业 | insurance
J 69 其他金融业 | other finance
K 70 房地产业 | real estate
L 71 租赁业 | leasing
L 72 商务服务业 | business services
M 73 研究和试验发展 | research and development
M 74 专业技术服务业 | professional technical services
M 75 科技推广和应用服务业 | technology promotion
N 76 水利管理业 | water conservancy
N 77 生态保护和环境治理业 | ecological protection and environment
N 78 公共设施管理业 | public facilities
N 79 土地管理业 | land management
O 80 居民服务业 | services to households
O 81 机动车、电子产品和日用产品修理业 | repair of vehicles, electronics and household goods
O 82 其他服务业 | other services
P 83 教育 | education
Q 84 卫生 | health
Q 85 社会工作 | social work
R 86 新闻和出版业 | news and publishing
R 87 广播、电视、电影和录音制作业 | radio, television, film and recording
R 88 文化艺术业 | culture and art
R 89 体育 | sport
R 90 娱乐业 | entertainment
S 91 中国共产党机关 | organs of the Communist Party of China
S 92 国家机构 | state organs
S 93 人民政协、民主党派 | CPPCC and democratic parties
S 94 社会保障 | social security
S 95 群众团体、社会团体和其他成员组织 | associations and member organisations
S 96 基层群众自治组织及其他组织 | grassroots self-government
T 97 国际组织 | international organisations
"""


@dataclass(frozen=True, slots=True)
class Industry:
    """One division, with the letter of its section."""

    code: str
    section: str
    title: Term

    @property
    def is_manufacturing(self) -> bool:
        """Whether it is 制造业, divisions 13 to 43."""
        return self.section == "C"


@functools.cache
def divisions() -> Mapping[str, Industry]:
    """The 97 divisions by code.

    >>> divisions()["34"].title.zh, len(divisions())
    ('通用设备制造业', 97)
    """
    found = {}
    for line in _DIVISIONS.strip().splitlines():
        section, code, titles = line.split(" ", 2)
        zh, en = titles.split(" | ")
        found[code] = Industry(code, section, Term(zh, en))
    return MappingProxyType(found)


def division_codes(codes: pd.Series[str]) -> pd.Series[str]:
    """The two-digit division of each code; NaN where the code is missing or not of GB/T 4754-2017.

    Two to four digits, with or without the letter of the section, which has to be the right one.

    >>> division_codes(pd.Series(["C3411", "34", "D34", "6", "00", None])).tolist()
    ['34', '34', nan, nan, nan, nan]
    """
    parts = codes.astype("str").str.strip().str.upper().str.extract(r"^([A-T])?([0-9]{2})[0-9]{0,2}$")
    section = parts[1].map({code: each.section for code, each in divisions().items()})
    is_right = section.notna() & (parts[0].isna() | (parts[0] == section))
    return parts[1].where(is_right).rename("industry_division")
