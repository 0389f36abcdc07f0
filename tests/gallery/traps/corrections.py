"""Corrections and decisions of a person that cannot be applied."""

import pandas as pd
from trap import Trap, project

#: Two published codes; the firms are invented, and have one name.
ONE, OTHER = "91330100799655058B", "914403001922038216"
NAME = "示例华新机械有限公司"
REGISTER = pd.DataFrame({"enterprise_id": [ONE, OTHER], "name": [NAME, NAME]})
HEADERS = ["表", "编号", "字段", "原值", "新值", "理由", "文号", "签字人", "有效期至", "类型"]
QUESTION = ["kind", "left_table", "left_key", "right_table", "right_key", "seen"]


def _corrected(*rows):
    frame = pd.DataFrame(list(rows), columns=HEADERS)
    return lambda folder: project(corrections={"data": frame})


def _area(
    key="A", column="登记面积（亩）", old=750, new=700, reason="重测", signer="王某", until=None, table="宗地"
):
    return table, key, column, old, new, reason, None, signer, until, "更正"


def _decided(*answers, by="王某", on="2025-01-06"):
    """The name of two firms, and what a person said of the first; the digest is of another day."""
    rows = [
        ("enterprise", "returns", NAME, "enterprises", ONE, "000000000000", NAME, NAME, answer, by, on)
        for answer in answers
    ]
    columns = [*QUESTION, "原填名称", "候选名称", "是否同一对象", "核对人", "核对日期"]
    money = pd.DataFrame({"enterprise_id": ["H1", None], "name": [None, NAME], "tax": [100.0, 20.0]})
    mapping = {"tax": {"to": "item:tax_paid", "unit": "万元"}}
    return lambda folder: project(
        enterprises={"data": REGISTER},
        returns={"data": money, "year": 2024, "columns": mapping},
        corrections={"data": pd.DataFrame(rows, columns=columns)},
    )


TRAPS = [
    Trap(
        "review_lapsed",
        "登记面积已不是更正时的 740 亩：不采用，列出原值与现值",
        "the registered area is no longer the 740 mu to be corrected: not applied, both values told",
        _corrected(_area(old=740)),
        {"key": "A", "column": "registered_area_m2", "value": "740亩 → 750亩", "source_row": 1},
    ),
    Trap(
        "review_lapsed",
        "更正只到 2024-06-30 有效，截止日为 2024-12-31：不采用",
        "the correction was valid until 2024-06-30, the run is of 2024-12-31: not applied",
        _corrected(_area(until="2024-06-30")),
        {"key": "A", "value": "2024-06-30", "decision": "not applied: no longer valid"},
    ),
    Trap(
        "review_lapsed",
        "判断“是”之后候选企业的名称改了：判断失效，钱仍待核对",
        "the candidate was renamed after a person said yes: the decision lapses, the money waits again",
        _decided("是"),
        {"key": NAME, "column": "enterprise", "decision": "not applied: the values have changed"},
    ),
    Trap(
        "review_contradicted",
        "同一宗地的登记面积有两个不同的更正：都不采用",
        "two corrections give one area different values: neither is applied",
        _corrected(_area(), _area(new=690)),
        {"key": "A", "value": "750亩 → 690亩", "source_row": 2},
    ),
    Trap(
        "review_incomplete",
        "更正没有签字人：不采用",
        "a correction without a signer: not applied",
        _corrected(_area(signer=None)),
        {"key": "A", "decision": "not applied: the signer is missing"},
    ),
    Trap(
        "review_incomplete",
        "有效期填“长期”，不是日期：不采用（长期有效请留空）",
        "valid until 长期, which is no date: not applied (leave it empty for no end)",
        _corrected(_area(until="长期")),
        {"key": "A", "value": "700亩 (王某, 长期)", "decision": "not applied: valid-until is not a date"},
    ),
    Trap(
        "review_incomplete",
        "新值“约七百”不是数字：不采用",
        "a new area of 约七百, which is no number: not applied",
        _corrected(_area(new="约七百")),
        {"key": "A", "value": "750亩 → 约七百"},
    ),
    Trap(
        "review_incomplete",
        "判断填“对”，不是“是、否、不确定”：不采用",
        "an answer 对, which is none of 是, 否, 不确定: not applied",
        _decided("对"),
        {"key": NAME, "decision": "not applied: the answer is none of 是, 否, 不确定"},
    ),
    Trap(
        "review_incomplete",
        "判断没有核对人：不采用",
        "an answer without who gave it: not applied",
        _decided("是", by=None),
        {"key": NAME, "decision": "not applied: who, when or the digest is missing"},
    ),
    Trap(
        "correction_unplaced",
        "更正的宗地代码不在宗地图层中：不采用",
        "the parcel to be corrected is not in the layer: not applied",
        _corrected(_area(key="Q")),
        {"key": "Q", "column": "registered_area_m2", "decision": "not applied: the table has no such key"},
    ),
    Trap(
        "correction_unplaced",
        "字段“容积率上上限”不存在：不采用",
        "there is no column 容积率上上限: not applied",
        _corrected(_area(column="容积率上上限")),
        {"key": "A", "column": "容积率上上限", "decision": "not applied: the table has no such column"},
    ),
    Trap(
        "correction_refused",
        "要更正宗地图形：不在此更正，请提交改正后的图层",
        "the polygon of a parcel: corrected in its layer, not here",
        _corrected(_area(column="图形", old=None, new="见附图")),
        {"key": "A", "column": "geometry"},
    ),
    Trap(
        "correction_refused",
        "要更正宗地代码本身：请改原文件",
        "the code of a parcel itself: corrected in the source",
        _corrected(_area(column="宗地代码", old="A", new="A1")),
        {"key": "A", "column": "parcel_id"},
    ),
    Trap(
        "refused",
        "核对表被换成了别的表格：停止，并说明应交什么文件",
        "another table in place of the review workbook: refused, with what to name instead",
        lambda folder: project(corrections={"data": pd.DataFrame({"甲": [1], "乙": [2]})}),
        message="neither decisions nor corrections.*landeff review",
    ),
]
