"""Sentences about rasters."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"its figures carry no date", "其数值没有日期"),
    (r"dated (\S+) by the time stamp in the file, which may be when it was written",
     r"日期按文件内的时间标签取 \1，可能只是文件的生成日期"),
    (r"used, though observed on (\S+), after the as-of date (\S+)",
     r"照用；但观测日 \1 晚于截止日 \2"),
    (r"figure unknown: no cell has data there", "该处没有有数据的像元，数值不详"),
    (r"figure is of the part with data; unknown to rules, which ask for (\S+)",
     r"数值只代表有数据的部分；有数据的份额不足 \1，规则按不清楚处理"),
    (r"smaller than one cell: thin evidence", "面积小于一个像元，证据单薄"),
    (r"exactextract is not installed: cells on borders were cut with shapely",
     "未安装 exactextract：边界像元改用 shapely 逐个切割"),
    (r"(\S+) taken of the numbers, though the file draws them by a colour table, as classes",
     r"已按数值求 \1；但文件以颜色表显示该波段，像是类别代码"),
    (r'if they are classes, ask for kind = "classes", "majority" or "class_share"',
     '如为类别代码，请改用 kind = "classes"、"majority" 或 "class_share"'),
    (r"share 0 everywhere: no (?:parcels|zones) have any of the classes asked for",
     "份额全部为 0：没有一处是所问的类别"),
    (r'compare the codes: kind = "classes" lists those there are',
     '核对类别代码；用 kind = "classes" 可列出实有的代码'),
    (r"declare observed_on", "在项目文件中声明 observed_on（影像的观测日期）"),
    (r"use an older raster, or a later as_of", "改用截止日之前的栅格，或推后 as_of"),
    (r"obtain a raster that covers them(, or declare min_covered_ratio)?",
     "换用能覆盖这些地块的栅格，或在项目文件中声明 min_covered_ratio"),
    (r"use a finer raster", "换用分辨率更高的栅格"),
    (r'pip install "landeff\[raster\]"', '执行 pip install "landeff[raster]"'),
)  # fmt: skip
