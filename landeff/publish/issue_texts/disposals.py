"""Sentences of issues in Chinese: the ledger of disposals."""

from __future__ import annotations

#: English sentence as written by the pipeline (a regular expression) → Chinese, with its groups.
SENTENCES = (
    (
        r"no parcel or batch of the run has this code: its area is not counted",
        "宗地和批次中均无此代码，其面积不计入",
    ),
    (r"correct the code, or add the land", "更正代码，或补充该地块"),
    (r"neither a parcel nor a batch is named: its area is not counted", "未填宗地或批次，其面积不计入"),
    (r"fill in the parcel code or the approval batch", "填写宗地代码或批次编号"),
    (r"of no list: its area is not counted", "不属于任何一类台账，其面积不计入"),
    (
        r"write one of the categories of the inventory \(闲置土地, 批而未供, 低效用地 …\)",
        "填写台账类别之一（闲置土地、批而未供、低效用地等）",
    ),
    (r"in none of the lists: kept as written", "不在处置方式清单中，照原样保留"),
    (r"a way of another list than the land: counted all the same", "处置方式属于另一类土地的清单，仍予计入"),
    (
        r"use a way of the list \(docs/disposal\.md\), or add the word to the file of ways",
        "改用清单中的处置方式（docs/disposal.md），或在处置方式文件中补充该词",
    ),
    (
        r"not understood: the day of the disposal or its voucher decides",
        "状态无法识别，按处置日期或销号凭证判断",
    ),
    (r"write 已处置, 处置中 or 未处置", "填写已处置、处置中或未处置"),
    (r"the same land, area and day once more: counted once", "同一地块、面积、日期重复登记，只计一次"),
    (
        r"delete the row, or give each disposal its own voucher \(销号凭证\)",
        "删去该行，或分别填写各次处置的销号凭证",
    ),
    (
        r"disposals of the land exceed its area: counted up to it",
        "该地块处置面积合计超过其面积，计至其面积为止",
    ),
    (r"correct the area disposed of", "更正处置面积"),
    (r"disposed of, and no area: the share done stays open", "已处置而未填面积，完成率暂不计算"),
    (r"fill in the area disposed of", "填写处置面积"),
)
