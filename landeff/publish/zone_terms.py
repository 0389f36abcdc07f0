"""Words of the analyses of zones: why an effect is not divided, where a level comes from."""

from __future__ import annotations

from landeff.core.text import Term

#: ``decomposition.reason``.
REASONS = {
    "tax_unknown": Term("税收不明", "tax unknown"),
    "land_unknown": Term("用地不明", "land unknown"),
    "tax_without_land": Term("有税收而无用地", "tax without land"),
    "output_unknown": Term("产出不明，不可分解", "output unknown, not divided"),
    "tax_without_output": Term("有税收而无产出，不可分解", "tax without output, not divided"),
    "negative": Term("税收或产出为负，不可分解", "negative tax or output, not divided"),
    "not_compared": Term("不参与比较", "not compared"),
}
#: ``scenarios.at``.
LEVELS = {
    "fixed": Term("给定数值", "as given"),
    "zone_performing": Term(
        "本园区正常使用的工业用地水平（税收之和÷用地之和）",
        "that of industrial land in good use in the zone (total tax ÷ total land)",
    ),
    "zone_median": Term(
        "本园区正常使用的工业宗地中位数", "the median of industrial parcels in good use in the zone"
    ),
    "city_performing": Term(
        "全部园区正常使用的工业用地水平（税收之和÷用地之和）",
        "that of industrial land in good use in all zones (total tax ÷ total land)",
    ),
    "city_median": Term(
        "全部园区正常使用的工业宗地中位数", "the median of industrial parcels in good use in all zones"
    ),
}
#: ``decomposition.analysis``.
ANALYSES = {
    "change": Term("变化：效率与用地结构", "change: efficiency and structure"),
    "chain": Term("变化：税收/产出 × 产出/用地", "change: tax on output × output per mu"),
    "industry": Term("与全部园区之差：行业", "gap to all zones: industries"),
}
