"""Names, enterprise codes with true check digits, and industries."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from stdnum.cn import uscc

#: GB/T 4754-2017 division: title, a word for names, share of enterprises, relative tax and output per mu.
INDUSTRIES = {
    "13": ("农副食品加工业", "食品", 0.04, 0.5, 1.2),
    "17": ("纺织业", "纺织", 0.07, 0.4, 0.7),
    "26": ("化学原料和化学制品制造业", "新材料", 0.07, 1.5, 1.6),
    "27": ("医药制造业", "生物医药", 0.03, 2.0, 1.1),
    "29": ("橡胶和塑料制品业", "橡塑", 0.06, 0.6, 0.8),
    "30": ("非金属矿物制品业", "建材", 0.06, 0.4, 0.6),
    "33": ("金属制品业", "金属制品", 0.12, 0.7, 0.9),
    "34": ("通用设备制造业", "机械", 0.15, 0.9, 0.9),
    "35": ("专用设备制造业", "装备", 0.1, 1.0, 0.9),
    "36": ("汽车制造业", "汽车零部件", 0.09, 1.6, 1.7),
    "38": ("电气机械和器材制造业", "电气", 0.11, 1.2, 1.6),
    "39": ("计算机、通信和其他电子设备制造业", "电子", 0.07, 1.5, 2.0),
    "40": ("仪器仪表制造业", "仪器仪表", 0.03, 1.1, 0.8),
}
SERVICES = {"storage": ("59", "装卸搬运和仓储业", "物流"), "commercial": ("52", "零售业", "商贸")}

_FIRST = list("华信达盛康源恒瑞泰丰宏润海天龙金鑫科创联合通安嘉永兴")
_FORMS = ["有限公司", "有限公司", "有限公司", "科技有限公司", "（集团）有限公司", "股份有限公司"]
_DIGITS = "0123456789"
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def enterprise_codes(prefix: str, districts: list[str], rng: np.random.Generator) -> list[str]:
    """Distinct codes of GB 32100: ``prefix`` (kind of body), district, organisation code, check digit."""
    codes: dict[str, None] = {}
    while len(codes) < len(districts):
        letters = _LETTERS if rng.random() < 0.5 else _DIGITS
        body = "".join(rng.choice(list(letters), 6 if letters is _LETTERS else 8))
        organisation = ("MA" + body) if letters is _LETTERS else body
        total = sum(
            int(c, 36) * weight for c, weight in zip(organisation, _ORGANISATION_WEIGHTS, strict=True)
        )
        inner = "0123456789X0"[11 - total % 11]
        number = prefix + districts[len(codes)] + organisation + inner
        codes[number + uscc.calc_check_digit(number)] = None
    return list(codes)


def enterprise_names(
    words: Sequence[str], rng: np.random.Generator, given: Collection[str] = ()
) -> list[str]:
    """Distinct invented names, none of them ``given``; all begin with 示例: none can pass for a real one."""
    taken = set(given)
    names: list[str] = []
    while len(names) < len(words):
        middle = "".join(rng.choice(_FIRST, 3 if rng.random() < 0.7 else 2))
        name = f"示例{middle}{words[len(names)]}{rng.choice(_FORMS)}"
        if name not in taken:
            taken.add(name)
            names.append(name)
    return names
