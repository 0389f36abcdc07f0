"""Sentences about districts, and about the district that a zone declares."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"cut to the six digits of the county; names of its parts dropped",
        r"代码截取为前六位（县级），乡镇、村的名称不采用",
    ),
    (
        r'declare duplicates = "dissolve" to make one polygon of the parts of a county',
        r'如需将同一县区的各部分合并为一个图形，请声明 duplicates = "dissolve"',
    ),
    (
        r"kept as declared; (\S+) % of the zone lies in (\d+) (.+)",
        r"按申报保留；该园区 \1% 位于 \2 \3",
    ),
    (
        r"correct the code of the zone, or the border of the district",
        r"更正园区的县区代码，或更正县区界线",
    ),
    (
        r"kept: all its figures count in the district declared",
        r"照旧：全部数字计入其申报的县区",
    ),
    (
        r"make a zone of each part, if each district is to report its own",
        r"如需各县区分别统计，请将各部分分别作为园区",
    ),
    (
        r"(\S+) % of the zone lies in none of the districts",
        r"该园区 \1% 不在任何县区内",
    ),
    (
        r"add the district that is missing, or correct the borders",
        r"补充缺少的县区，或更正界线",
    ),
)
