"""What can be wrong about coordinate systems: not said, said wrongly, shifted, not to be overlaid."""

from __future__ import annotations

_SAYS_NOT = "{name} does not say in which coordinate system it is"
_UNSAID = "{name} 没有说明坐标系"

TEXTS: tuple[tuple[str, str], ...] = (
    (_SAYS_NOT + ".", _UNSAID + "。"),
    (_SAYS_NOT + ", and its coordinates do not tell.", _UNSAID + "，从坐标也判断不出。"),
    (_SAYS_NOT + "; its coordinates {box} do not tell.", _UNSAID + "；从坐标 {box} 也判断不出。"),
    (_SAYS_NOT + "; its coordinates {box} lie {off}° off {meridian}°E, which a 6° zone of CGCS2000 and "
     "UTM have in common: they differ by kilometres.",
     _UNSAID + "；坐标 {box} 距 {meridian}°E {off}°，CGCS2000 六度带与 UTM 共用此中央经线：两者相差数公里"
     "。"),
    (_SAYS_NOT + "; no central meridian puts its coordinates {box} inside the extent of the project.",
     _UNSAID + "；按任何中央经线，坐标 {box} 都不在项目的 extent 之内。"),
    ("correct extent under [project], or declare crs for the source",
     "改正 [project] 的 extent，或为来源写 crs"),
    ('declare crs for the source, for instance "EPSG:4549" (CGCS2000, 120°E) or "EPSG:4490" (degrees)',
     '为来源写 crs，如 "EPSG:4549"（CGCS2000，120°E）或 "EPSG:4490"（经纬度）'),
    ('declare crs for the source, for instance "EPSG:4549" (CGCS2000, 120°E, no zone prefix), or extent = '
     "[west, south, east, north] in degrees under [project]",
     '为来源写 crs，如 "EPSG:4549"（CGCS2000，120°E，不带带号），或在 [project] 写 extent = [西, 南, 东, '
     "北]（度）"),
    ("declare crs for the source: {could}", "为来源写 crs：{could}"),
    ('ask who made it and declare crs = "{crs}" (CGCS2000) or "{utm}" (UTM)',
     '问清制作方后写 crs = "{crs}"（CGCS2000）或 "{utm}"（UTM）'),
    ("{name}: its system {crs} names no datum: CGCS2000, Xi'an 80, Beijing 54 and a local system cannot "
     "be told apart by the numbers ({box}).",
     "{name}：坐标系 {crs} 没有说明基准：CGCS2000、西安 80、北京 54 和地方坐标系从数值（{box}）分不出来。"),
    ('ask who made it and declare crs, for CGCS2000 "{crs}"; of a local system, name the file of '
     'parameters: transform = "path"',
     '问清制作方后写 crs，CGCS2000 写 "{crs}"；地方坐标系写参数文件：transform = "路径"'),
    ("{name}: x and y seem to be exchanged ({box}): northings, or latitudes, stand in x.",
     "{name}：x、y 似乎颠倒（{box}）：x 里是纵坐标或纬度。"),
    ('declare axes = "yx" for the source{also}, or deliver it with x = east, y = north',
     '为来源写 axes = "yx"{also}，或改为 x 东、y 北后提供'),
    ("{name}: read as {crs} it lies at {west}–{east}°E, {south}–{north}°N, outside the {place} of the "
     "project.",
     "{name}：按 {crs} 读，位于东经 {west}–{east}°、北纬 {south}–{north}°，在项目的 {place} 之外。"),
    ("declare {crs}, which would put it inside", "写 {crs}，就落在里面"),
    ("declare {crs}, which would put it inside the project", "写 {crs}，就落在项目范围内"),
    ("correct the crs of the source, or {place} under [project]", "改正来源的 crs，或 [project] 的 {place}"),
    ("{name}: coordinates {box} cannot be in {crs}.", "{name}：坐标 {box} 不可能属于 {crs}。"),
    ('ask who made it; of a local system, name the file of parameters: transform = "path"',
     '问清制作方；地方坐标系写参数文件：transform = "路径"'),
    ("declare {crs}", "写 {crs}"),
    ("{name} has no coordinates.", "{name} 没有坐标。"),
    ("{name} is in degrees ({box}) and does not say of which system: CGCS2000, WGS 84 and GCJ-02, shifted "
     "by some hundred metres, cannot be told apart by the numbers.",
     "{name} 是经纬度（{box}），没有说明坐标系：CGCS2000、WGS 84 与偏移数百米的 GCJ-02 从数值分不出来。"),
    ('ask who made it and declare crs = "EPSG:4490" or "EPSG:4326"; GCJ-02 and BD-09 are for '
     "[sources.comparison] alone",
     '问清制作方后写 crs = "EPSG:4490" 或 "EPSG:4326"；GCJ-02、BD-09 只能用于 [sources.comparison]'),
    ("{names}: as read, it meets no other layer of the project.",
     "{names}：读入后与项目的其他图层都不相交。"),
    ("the coordinate system is likely wrong; it would meet them with {could}",
     "坐标系很可能不对；写 {could} 就能相交"),
    ("{name}: eastings begin with zone numbers {first} to {last}: layers of several zones in one.",
     "{name}：横坐标带号从 {first} 到 {last}：几个投影带混在一个图层里。"),
    ("split the layer by zone, or transform it to one zone", "按带拆分，或转换到同一带"),
    ("{name} is in {system}, shifted by some hundred metres for display on internet maps: land is never "
     "measured in it, and landeff does not shift it back.",
     "{name} 是 {system}（互联网地图的偏移坐标，相差数百米）：不能用于量算，本工具也不纠偏。"),
    ("get the layer in CGCS2000 from its maker; to compare it by eye on the map, name it under "
     '[sources.comparison] with crs = "{crs}"',
     '请制作方提供 CGCS2000 的图层；如只作目视对照，写在 [sources.comparison]，crs = "{crs}"'),
    ("{name}: crs {crs} {problem}.", "{name}：crs {crs} {problem}。"),
    ("declare the EPSG code, or a system in WKT", "写 EPSG 代码，或 WKT"),
    ('{name}: axes = "yx" is declared, but eastings stand in x ({box}).',
     '{name}：写了 axes = "yx"，但 x 里是横坐标（{box}）。'),
    ("leave axes out of the source", "去掉该来源的 axes"),
    ("{name} is in {system}, which is never shifted back.", "{name} 是 {system}，本工具不纠偏。"),
    ("leave transform out of the source", "去掉该来源的 transform"),
    # parameters of a transformation
    ("transform: {name} {why}.", "transform：{name} {why}。"),
    ("lay it out as docs/crs.md says", "按 docs/crs.md 的格式写"),
    ("transform: seven parameters of {name} need the crs of the source.",
     "transform：{name} 的七参数要配合来源的 crs。"),
    ('declare crs for the source, for instance "EPSG:2364" (Xian 1980, 3° zone 40)',
     '为来源写 crs，如 "EPSG:2364"（西安 80，3° 带第 40 带）'),
    ("transform: {name} misses its check point {n} {by}.",
     "transform：按 {name} 算，第 {n} 个检核点差 {by}。"),
    ("correct signs, order, units or convention of the parameters (docs/crs.md)",
     "检查参数的符号、顺序、单位和旋转约定（docs/crs.md）"),
    ("transform: {name} cannot be read ({os}).", "transform：{name} 读不了（{os}）。"),
    # overlaying
    ("{first} cannot be overlaid with {last}: {why}; a rough one would be off by up to 150 m.",
     "{first} 不能与 {last} 套合：{why}；粗略转换会差到 150 米。"),
    ("PROJ knows no transformation between their datums", "PROJ 没有两个基准之间的转换"),
    ("{name} is a superseded datum", "{name} 是已停用的基准"),
    ("convert the layer to CGCS2000 with the office's parameters and declare its new crs, or name the "
     'file of parameters on the source: transform = "path"',
     '用本单位的参数转换到 CGCS2000 并写新的 crs，或在来源写参数文件：transform = "路径"'),
    ("{name} stands on no datum.", "{name} 没有基准。"),
    ("declare a system with a known datum", "写一个基准明确的坐标系"),
    ("{name} names no datum: whether it is {other} moved, or a hundred metres off, cannot be told.",
     "{name} 没有说明基准：与 {other} 是平移关系还是差一百米，无从判断。"),
    ('declare the crs that names it, e.g. crs = "EPSG:4528"; or, of a local system, the file of '
     'parameters: transform = "path"',
     '写明带基准的 crs，如 crs = "EPSG:4528"；地方坐标系写参数文件：transform = "路径"'),
    # areas
    ("{crs} is too distorted over {bounds} to measure areas (misfit {residual}).",
     "{crs} 在 {bounds} 变形过大，不能量面积（残差 {residual}）。"),
    ("set [project] crs to a projected CRS made for this area, e.g. a 3° Gauss-Krüger zone",
     "[project] crs 改用适合本地的投影，如高斯-克吕格 3° 带"),
    ("{crs} has no ellipsoid.", "{crs} 没有椭球。"),
    ("name a geographic or projected CRS", "写地理坐标系或投影坐标系"),
    ("declare a geographic or projected CRS", "写地理坐标系或投影坐标系"),
    ("{crs} is not in degrees.", "{crs} 不是经纬度。"),
    ("name a geographic CRS, e.g. EPSG:4490", "写地理坐标系，如 EPSG:4490"),
)  # fmt: skip
