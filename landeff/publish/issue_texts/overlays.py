"""Sentences about overlaps with zones, plans, buildings and approvals."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"(\S+) m² of ground counted for the building with more storeys",
        r"建筑物相互重叠 \1 平方米，计入层数较多的一幢",
    ),
    (r"see whether one building was drawn twice", "核查是否同一建筑重复绘制"),
    (
        r"FAR of (\d+) parcels unknown; the known part stands beside it",
        r"\1 宗地容积率按不清楚处理，另列已知部分",
    ),
    (r"fill in n_floors or floor_area_m2", "补填层数或建筑面积"),
    (r"fill in height_m and n_floors", "补填建筑高度和层数"),
    (
        r"the layer has no building there: coverage and FAR of (\d+) parcels unknown",
        r"图层在该处没有任何建筑物：\1 宗地的建筑密度和容积率按不清楚处理",
    ),
    (
        r"a row set aside may stand here: coverage and FAR of (\d+) parcels unknown",
        r"该处有搁置的建筑物行：\1 宗地的建筑密度和容积率按不清楚处理",
    ),
    (r"add the buildings, or one row where there are any", "补充建筑物图层"),
    (r"mend the row", "更正该行"),
    (
        r"(\S+) m² of approved land in pieces below (\S+) m² or narrower than (\S+) m: "
        r"not listed as unsupplied, kept in the balance",
        r"批准范围内 \1 平方米为小于 \2 平方米或窄于 \3 米的碎片：不列入批而未供清单，仍计入平衡表",
    ),
    (r"see whether parcels and approvals follow the same border", "核查宗地与批次界线是否一致"),
)
