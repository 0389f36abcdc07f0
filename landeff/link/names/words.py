"""Words that names of firms are made of, besides place and brand. Data, longest match first."""

from __future__ import annotations

from importlib import resources

#: Legal forms, by what they are. 有限公司 and 有限责任公司 are one form; a firm may be turned into a
#: 股份有限公司 (公司法第十二条) and stays the same person; a partnership never becomes one of them.
LEGAL_FORMS = {
    "company": (
        "股份有限责任公司", "有限责任股份公司", "责任有限公司", "有限责任公司", "股份有限公司", "有限公司",
        "股份公司", "总公司", "公司", "有限责任", "股份有限", "有限", "COLTD", "LIMITED", "LTD", "INC",
    ),
    "partnership": (
        "合伙企业(有限合伙人)", "合伙企业(有限合伙)",
        "合伙企业(普通合伙)", "合伙企业(特殊普通合伙)", "合伙企业",
        "(有限合伙人)", "(有限合伙)", "(普通合伙)", "(特殊普通合伙)",
    ),
    "sole": ("个人独资企业", "个体工商户", "(个体工商户)", "(个人独资)"),
    "cooperative": ("农民专业合作社", "专业合作社", "合作社"),
}  # fmt: skip

#: Forms that lost a character, most often the last one to a column too narrow; only at the end of a name.
#: The first characters stay: 控股有限公司 is not a 股份有限公司 without 份.
CUT_FORMS = (
    "股份有限公", "股份有限司", "股份有公司", "股份限公司", "有限责任公", "有限责任司", "有限责公司",
    "有限任公司", "有限公", "有限司",
)  # fmt: skip

#: What a part of a firm is called; it is no person of its own, but it is not its parent either.
BRANCHES = (
    "分公司", "支公司", "分行", "支行", "营业部", "营业厅", "营业所", "分社", "分厂", "分店", "分院", "分校",
    "分理处", "办事处", "经营部", "项目部", "服务部", "门市部",
)  # fmt: skip

#: Ends of the head of a name without a legal form, before its branch: 上海银行|浦东分行.
HEADS = ("信用社联合社", "信用联社", "信用社", "银行", "证券", "保险", "信托", "集团")

#: Trades and fillers, from which a brand is told (``trades.txt``); a brand is what none of them covers.
TRADES: tuple[str, ...] = tuple(
    word
    for line in resources.files("landeff.link.names").joinpath("trades.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

#: Trades that need a licence: there a brand has one holder in the country.
LICENSED = ("银行", "商业银行", "证券", "期货", "信托", "国际信托", "保险", "基金")

#: Names everybody shortens. Only where they stand at the beginning.
SHORT_NAMES = {
    "工行": "中国工商银行", "建行": "中国建设银行", "农行": "中国农业银行", "中行": "中国银行",
    "交行": "交通银行", "农发行": "中国农业发展银行", "邮储银行": "中国邮政储蓄银行",
    "工商银行": "中国工商银行", "建设银行": "中国建设银行", "农业银行": "中国农业银行",
    "光大银行": "中国光大银行", "民生银行": "中国民生银行", "农业发展银行": "中国农业发展银行",
    "邮政储蓄银行": "中国邮政储蓄银行", "银河证券": "中国银河证券",
}  # fmt: skip
#: Shortened words anywhere in a name.
SHORT_WORDS = {"农商银行": "农村商业银行", "农商行": "农村商业银行", "浦发银行": "浦东发展银行"}
