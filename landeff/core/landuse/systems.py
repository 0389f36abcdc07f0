"""The classifications of land use as data: code, title, class of landeff, construction land or not.

One line a code: ``code title [class] [+|-|?]``. What a line leaves out is that of its parent (the longest
code that begins it). ``+`` is construction land (建设用地), ``-`` is not, ``?`` cannot be told from the code.

Sources: GB/T 21010-2017, tables 1 and A.1; the working classification of the third national land survey
(三调工作分类, TD/T 1055-2019), which agrees with it but for its own codes (05H1, 0508, 08H1, 08H2 and letters
behind a code); GB/T 21010-2007; 国土空间调查、规划、用途管制用地用海分类指南 (自然资发〔2023〕234号),
table 1; GB 50137-2011, tables 3.2.2 and 3.3.2.
"""

from __future__ import annotations

GBT21010 = """
00 湿地 water -
01 耕地 farmland -
0101 水田
0102 水浇地
0103 旱地
02 园地 farmland -
0201 果园
0202 茶园
0203 橡胶园
0204 其他园地
03 林地 green -
0301 乔木林地
0302 竹林地
0303 红树林地
0304 森林沼泽
0305 灌木林地
0306 灌丛沼泽
0307 其他林地
04 草地 green -
0401 天然牧草地
0402 沼泽草地
0403 人工牧草地
0404 其他草地
05 商服用地 commercial +
0501 零售商业用地
0502 批发市场用地
0503 餐饮用地
0504 旅馆用地
0505 商务金融用地
0506 娱乐用地
0507 其他商服用地
0508 物流仓储用地 storage
05H1 商业服务业设施用地
06 工矿仓储用地 industrial +
0601 工业用地
0602 采矿用地
0603 盐田
0604 仓储用地 storage
07 住宅用地 residential +
0701 城镇住宅用地
0702 农村宅基地
08 公共管理与公共服务用地 public +
0801 机关团体用地
0802 新闻出版用地
0803 教育用地
0804 科研用地
0805 医疗卫生用地
0806 社会福利用地
0807 文化设施用地
0808 体育用地
0809 公用设施用地
0810 公园与绿地 green
08H1 机关团体新闻出版用地
08H2 科教文卫用地
09 特殊用地 public +
0901 军事设施用地
0902 使领馆用地
0903 监教场所用地
0904 宗教用地
0905 殡葬用地
0906 风景名胜设施用地
10 交通运输用地 transport +
1001 铁路用地
1002 轨道交通用地
1003 公路用地
1004 城镇村道路用地
1005 交通服务场站用地
1006 农村道路 transport -
1007 机场用地
1008 港口码头用地
1009 管道运输用地
11 水域及水利设施用地 water -
1101 河流水面
1102 湖泊水面
1103 水库水面
1104 坑塘水面
1105 沿海滩涂
1106 内陆滩涂
1107 沟渠
1108 沼泽地
1109 水工建筑用地 water +
1110 冰川及永久积雪
12 其他土地 none ?
1201 空闲地 vacant +
1202 设施农用地 farmland -
1203 田坎 farmland -
1204 盐碱地 other -
1205 沙地 other -
1206 裸土地 other -
1207 裸岩石砾地 other -
"""

GBT21010_2007 = """
011 水田 farmland -
012 水浇地 farmland -
013 旱地 farmland -
021 果园 farmland -
022 茶园 farmland -
023 其他园地 farmland -
031 有林地 green -
032 灌木林地 green -
033 其他林地 green -
041 天然牧草地 green -
042 人工牧草地 green -
043 其他草地 green -
051 批发零售用地 commercial +
052 住宿餐饮用地 commercial +
053 商务金融用地 commercial +
054 其他商服用地 commercial +
061 工业用地 industrial +
062 采矿用地 industrial +
063 仓储用地 storage +
071 城镇住宅用地 residential +
072 农村宅基地 residential +
081 机关团体用地 public +
082 新闻出版用地 public +
083 科教用地 public +
084 医卫慈善用地 public +
085 文体娱乐用地 public +
086 公共设施用地 public +
087 公园与绿地 green +
088 风景名胜设施用地 public +
091 军事设施用地 public +
092 使领馆用地 public +
093 监教场所用地 public +
094 宗教用地 public +
095 殡葬用地 public +
101 铁路用地 transport +
102 公路用地 transport +
103 街巷用地 transport +
104 农村道路 transport -
105 机场用地 transport +
106 港口码头用地 transport +
107 管道运输用地 transport +
111 河流水面 water -
112 湖泊水面 water -
113 水库水面 water -
114 坑塘水面 water -
115 沿海滩涂 water -
116 内陆滩涂 water -
117 沟渠 water -
118 水工建筑用地 water +
119 冰川及永久积雪 water -
121 空闲地 vacant +
122 设施农用地 farmland -
123 田坎 farmland -
124 盐碱地 other -
125 沼泽地 water -
126 沙地 other -
127 裸地 other -
201 城市 none +
202 建制镇 none +
203 村庄 none +
204 采矿用地 industrial +
205 风景名胜及特殊用地 public +
"""

LAND_SEA_2023 = """
01 耕地 farmland -
0101 水田
0102 水浇地
0103 旱地
02 园地 farmland -
0201 果园
0202 茶园
0203 橡胶园地
0204 油料园地
0205 其他园地
03 林地 green -
0301 乔木林地
0302 竹林地
0303 灌木林地
0304 其他林地
04 草地 green -
0401 天然牧草地
0402 人工牧草地
0403 其他草地
05 湿地 water -
0501 森林沼泽 green
0502 灌丛沼泽 green
0503 沼泽草地 green
0504 其他沼泽地
0505 沿海滩涂
0506 内陆滩涂
0507 红树林地 green
06 农业设施建设用地 farmland -
0601 农村道路 transport
0602 设施农用地
07 居住用地 residential +
0701 城镇住宅用地
0702 城镇社区服务设施用地
0703 农村宅基地
0704 农村社区服务设施用地
08 公共管理与公共服务用地 public +
0801 机关团体用地
0802 科研用地
0803 文化用地
0804 教育用地
0805 体育用地
0806 医疗卫生用地
0807 社会福利用地
09 商业服务业用地 commercial +
0901 商业用地
0902 商务金融用地
0903 娱乐用地
0904 其他商业服务业用地
10 工矿用地 industrial +
1001 工业用地
1002 采矿用地
1003 盐田
11 仓储用地 storage +
1101 物流仓储用地
1102 储备库用地
12 交通运输用地 transport +
1201 铁路用地
1202 公路用地
1203 机场用地
1204 港口码头用地
1205 管道运输用地
1206 城市轨道交通用地
1207 城镇村道路用地
1208 交通场站用地
1209 其他交通设施用地
13 公用设施用地 public +
1301 供水用地
1302 排水用地
1303 供电用地
1304 供燃气用地
1305 供热用地
1306 通信用地
1307 邮政用地
1308 广播电视设施用地
1309 环卫用地
1310 消防用地
1311 水工设施用地
1312 其他公用设施用地
14 绿地与开敞空间用地 green +
1401 公园绿地
1402 防护绿地
1403 广场用地
15 特殊用地 public +
1501 军事设施用地
1502 使领馆用地
1503 宗教用地
1504 文物古迹用地
1505 监教场所用地
1506 殡葬用地
1507 其他特殊用地
16 留白用地 other ?
17 陆地水域 water -
1701 河流水面
1702 湖泊水面
1703 水库水面
1704 坑塘水面
1705 沟渠
1706 冰川及常年积雪
18 渔业用海 water -
1801 渔业基础设施用海
1802 增养殖用海
1803 捕捞海域
1804 农林牧业用岛
19 工矿通信用海 water -
1901 工业用海
1902 盐田用海
1903 固体矿产用海
1904 油气用海
1905 可再生能源用海
1906 海底电缆管道用海
20 交通运输用海 water -
2001 港口用海
2002 航运用海
2003 路桥隧道用海
2004 机场用海
2005 其他交通运输用海
21 游憩用海 water -
2101 风景旅游用海
2102 文体休闲娱乐用海
22 特殊用海 water -
2201 军事用海
2202 科研教育用海
2203 海洋保护修复及海岸防护工程用海
2204 排污倾倒用海
2205 水下文物保护用海
2206 其他特殊用海
23 其他土地 none ?
2301 空闲地 vacant +
2302 后备耕地 other -
2303 田坎 farmland -
2304 盐碱地 other -
2305 沙地 other -
2306 裸土地 other -
2307 裸岩石砾地 other -
24 其他海域 water -
"""

GB50137 = """
R 居住用地 residential +
A 公共管理与公共服务设施用地 public +
B 商业服务业设施用地 commercial +
M 工业用地 industrial +
W 物流仓储用地 storage +
S 道路与交通设施用地 transport +
U 公用设施用地 public +
G 绿地与广场用地 green +
H 建设用地 none +
H1 城乡居民点建设用地
H2 区域交通设施用地 transport
H3 区域公用设施用地 public
H4 特殊用地 public
H5 采矿用地 industrial
H9 其他建设用地 other
E 非建设用地 none -
E1 水域 water
E2 农林用地 farmland
E9 其他非建设用地 other
"""
