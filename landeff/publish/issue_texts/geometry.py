"""Sentences about polygons and topology."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"(\S+) m² not counted for (.+)", r"重叠 \1 平方米，不再计入 \2"),
    (r"set aside, its area is in the ledger", "搁置，面积列入台账"),
    (r"set aside: repair would change its area by (\S+) m²", r"搁置：修复会使面积变化 \1 平方米"),
    (r"(\S+) m² in all, each counted once: below the threshold of an overlap",
     r"共 \1 平方米，各计一次；低于重叠提示下限"),
    (r"(\S+) m², (\S+) m wide, left as land that nobody covers",
     r"\1 平方米，宽 \2 米，按无宗地覆盖的土地处理"),
    (r"(\S+) m² in all, left as land that nobody covers: slivers",
     r"共 \1 平方米，按无宗地覆盖的土地处理（碎片）"),
    (r"kept: (\S+) m², (\S+) m wide", r"保留：\1 平方米，宽 \2 米"),
    (r"kept: (\S+) m², (\S+) m wide of a part", r"保留：其中一部分 \1 平方米，宽 \2 米"),
    (r"kept: two parts meet in a point", "保留：两部分仅以点相接"),
    (r"kept: a corner of (\S+)°", r"保留：夹角 \1°"),
    (r"shown beside the others; measured m² of its parcels: (\S+)",
     r"与其他面积并列；所关联宗地图上量得 \1 平方米"),
    (r"compare the contract with the polygon", "核对合同与宗地图形"),
)  # fmt: skip
