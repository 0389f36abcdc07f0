"""Sentences about coordinate systems."""

from __future__ import annotations

_BOX = r"(\S+)–(\S+)°E, (\S+)–(\S+)°N"
_BOX_ZH = r"东经 {}°–{}°、北纬 {}°–{}°"

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"taken as (\S+): CGCS2000, (\d)° zone (\S+), from the eastings",
        r"按横坐标推断为 \1（CGCS2000 \2度带第 \3 带）",
    ),
    (
        rf"taken as (\S+) \((.+)\) from the eastings and the extent of the project: {_BOX}",
        r"按横坐标和项目范围推断为 \1（\2）：" + _BOX_ZH.format(r"\3", r"\4", r"\5", r"\6"),
    ),
    (
        rf"taken as (\S+) \((.+)\) from the eastings and the meridian of the project: {_BOX}",
        r"按横坐标和项目中央经线推断为 \1（\2）：" + _BOX_ZH.format(r"\3", r"\4", r"\5", r"\6"),
    ),
    (r"(.+) used as declared, though the file says (.+)", r"按声明采用 \1；文件自身写的是 \2"),
    (r"if the file is right, leave crs out of the source", "如文件所写正确，请删去该数据源的 crs"),
    (r"x and y exchanged, as axes = \"yx\" declares", '已按 axes = "yx" 的声明互换 x、y'),
    (
        r"transformed by the office's parameters; (\d+) check points met within (\S+) m",
        r"已用单位提供的参数文件转换；\1 个检核点最大误差 \2 米",
    ),
    (
        r"taken as WGS 84, as the format (\S+) prescribes, though nobody said so",
        r"按 \1 格式的规定视为 WGS 84，但并无人说明",
    ),
    (
        r"an internet map is GCJ-02 or BD-09: get the layer in CGCS2000; else declare crs",
        "互联网地图的数据是 GCJ-02 或 BD-09，请改取 CGCS2000 成果；如不是，请声明 crs",
    ),
    (r"(.+) and (.+) taken as one; they differ by decimetres", r"\1 与 \2 视为同一基准（相差分米级）"),
    (r"where decimetres matter, deliver the layer in CGCS2000", "对分米级精度有要求时，请提供 CGCS2000 成果"),
    (
        r"transformed between datums by PROJ to within nan m",
        "已由 PROJ 作基准转换，精度不详",
    ),
    (r"transformed between datums by PROJ to within (\S+) m", r"已由 PROJ 作基准转换，标称精度 \1 米"),
    (
        r"install the grid of (.+), or deliver the layer in the system of the project",
        r"安装 \1 所需格网，或按项目坐标系提供该图层",
    ),
    (r"deliver the layer in the system of the project", "按项目坐标系提供该图层"),
    (
        r"drawn in the degrees of (\S+) as they are, for comparison by eye; measured by nothing",
        r"按 \1 的经纬度原样显示，仅供目视对照，不参与任何量算",
    ),
    (
        r"drawn on the map for comparison by eye; measured by nothing",
        "在地图上显示，仅供目视对照，不参与任何量算",
    ),
    (
        r"to measure it, get the layer in CGCS2000 from its maker",
        "如需量算，请向制作单位索取 CGCS2000 成果",
    ),
    (
        r"to measure it, name it under the table it belongs to",
        "如需量算，请在相应的表（如园区、宗地）下声明该图层",
    ),
    (r"not drawn: neither lines nor polygons", "未显示：既不是线也不是面"),
    (r"deliver the outlines as lines or polygons", "请以线或面图层提供轮廓"),
    (
        rf"kept, though it meets no other layer: {_BOX}",
        "保留，但与其他图层均不相接：" + _BOX_ZH.format(r"\1", r"\2", r"\3", r"\4"),
    ),
    (
        r"check its crs, or declare extent under \[project\]",
        "核对该图层的坐标系，或在 [project] 中声明 extent",
    ),
)
