"""English texts hold no Chinese but what stands in files, or is to be written there, as it is."""

from __future__ import annotations

import re

from landeff.publish.error_texts import TEXTS
from landeff.publish.issue_texts import CODES, SENTENCES
from landeff.publish.terms import TERMS

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def _words(text: str) -> set[str]:
    return set(text.split())


#: Words of workbooks and ledgers that a person has to type, or headings that a file has to have.
TYPED = _words("是 否 不确定 空 说明 已处置 处置中 未处置 销号凭证 政府原因 企业原因 司法查封 混合原因")
TYPED |= _words("闲置土地 批而未供 低效用地 休 班 地块编号 亩 万元 入库日期 税款所属期 另存为")
#: Words of boundary-point files and of names.
FORMATS = _words("带号 坐标系 地块坐标 界址点坐标 高斯克吕格 米 天地图 集团")


def test_no_chinese_in_english() -> None:
    english = [text for text, _ in (*SENTENCES, *TEXTS)]
    english += [term.en for term in (*CODES.values(), *TERMS.values())]
    found = {(word, text) for text in english for word in CHINESE.findall(text)}
    assert {text for word, text in found if word not in TYPED | FORMATS} == set()
    assert {word for word, _ in found} == TYPED | FORMATS  # none is listed in vain
