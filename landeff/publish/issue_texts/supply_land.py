"""Sentences about which land, and which approval batch, a supply record is."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"parcel told by holder, area and location, which one alone has",
     "按权利人、面积、坐落对应：三项都相符的宗地只有一宗"),
    (r"parcel told by geometry, which one alone has", "按图形对应：重叠达到九成的只有一宗"),
    (r"see the table links; fill in the supply number", "见对应关系表 links；请补填电子监管号"),
    (r"left open: several records carry the number, and area does not tell whose parcel it is",
     "未对应：几条供地记录同一合同编号，面积分不出各是哪宗地"),
    (r"left open: a person has to say which parcel it is; see the table links",
     "未对应：须人工核对是哪宗地，见对应关系表 links"),
    (r"fill in the supply number or the parcel code, or decide it in the review workbook",
     "补填电子监管号或宗地代码，或在核对工作簿中作出判断"),
    (r"no usable parcel found: land and price of the record stand in the ledger by reason",
     "没有可用的对应宗地：该记录的面积和价款按原因列入收支核对表"),
    (r"add the parcel code to the record, or the parcel to the layer",
     "在该记录中补填宗地代码，或补充宗地图层"),
    (r"that parcel is not in the layer, or was set aside", "该宗地不在图层中，或已搁置"),
    (r"correct the code, or add the parcel to the layer", "更正代码，或补充宗地图层"),
    (r"the supply ledger has no usable record of the number", "供地台账中没有该电子监管号的可用记录"),
    (r"correct the number, or add the record to the ledger", "更正电子监管号，或补充供地台账"),
    (r"figures added up; dates and start of (\S+), the strictest",
     r"面积、价款等相加；日期和动工情况取最严的一条 \1"),
    (r"see whether the parcel was supplied in pieces, or one record replaces the other",
     "核查是分批供地，还是后一条替代前一条"),
    (r"no batch of the layer, or more than one, has the number", "图层中没有该批次号，或有多个批次同号"),
    (r"correct the number, or add the batch to the layer", "更正批次号，或补充批次图层"),
    (r"the number counts; by the polygons the land lies in (.+)", r"以批次号为准；按图形该地位于批次 \1"),
    (r"compare the batch with the parcel", "核对批次与宗地"),
)  # fmt: skip
