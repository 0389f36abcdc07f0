"""Terms in Chinese and English, and the glossary that fixes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or sentence in both languages.

    >>> Term("亩均税收", "tax per mu").text("en")
    'tax per mu'
    """

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The term in ``lang``."""
        return self.zh if lang == "zh" else self.en


GLOSSARY: dict[str, Term] = {
    "scope": Term("口径", "scope"),
    "hit": Term("疑似", "suspected"),
    "clear": Term("未发现", "not found"),
    "unknown": Term("待核实", "to be checked"),
    "missing_facts": Term("缺要件", "facts missing"),
    "recovery": Term("收回", "recovery"),
    "ledger": Term("收支核对表", "conservation ledger"),
    "inventory": Term("台账", "inventory"),
    "balance": Term("存量土地平衡表", "land balance sheet"),
    "dossier": Term("一宗一档", "dossier"),
    "assembly": Term("集中连片", "contiguous assembly"),
    "idle": Term("闲置土地", "idle land"),
    "approved_unsupplied": Term("批而未供", "approved but unsupplied"),
    "low_efficiency": Term("低效用地", "low-efficiency land"),
    "tax_per_mu": Term("亩均税收", "tax per mu"),
    "zone": Term("开发园区", "development zone"),
    "parcel": Term("宗地", "parcel"),
    "enterprise": Term("企业", "enterprise"),
    "issue": Term("数据问题", "data issue"),
    "benchmark": Term("参照值", "benchmark"),
}
