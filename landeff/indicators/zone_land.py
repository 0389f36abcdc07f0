"""Ratios of the land table of a zone (开发区土地集约利用评价; TD/T 1029-2010 and the annual statistics).

Each is a ratio of sums over the zone, with the scopes of both sides declared beside it: 综合地均税收 divides
the tax of secondary and tertiary industry by all built urban land (A), 工业用地地均税收 that of industry and
logistics by A2 alone; dividing the former by A2 is wrong by a factor of about two. Formulas: domain notes
§3.3, checked against the national bulletin of 2020 (2020年度国家级开发区土地集约利用监测统计情况通报).
"""

from __future__ import annotations

import pandas as pd

from landeff.core.text import Term
from landeff.indicators.spec import RatioOfSums, indicator

LINEAGE = "《开发区土地集约利用评价规程》（TD/T 1029-2010）及年度监测统计"
M2_PER_HA = 10_000.0

BUILT = Term("A 已建成城镇建设用地", "A built urban land")
INDUSTRIAL = Term("A2 已建成工矿仓储用地", "A2 built industrial land")
READY = Term("A+B21 已达到供地条件土地", "A + B21 land ready for supply")
SUPPLIED = Term("D 已供应国有建设用地", "D supplied state land")


@indicator(
    "zone_land",
    title=Term("土地开发率", "land development rate"),
    unit="%",
    source=f"{LINEAGE}：已达到供地条件土地 ÷ (总面积 − 不可建设) = (A+B21)÷(A+B)",
    combine=RatioOfSums(
        "land_ready_m2", "land_buildable_m2", (READY, Term("A+B 可建设土地", "A + B buildable land"))
    ),
)
def land_development_ratio(land_ready_m2: pd.Series, land_buildable_m2: pd.Series) -> pd.Series:
    """Land ready for supply over buildable land, (A + B21) / (A + B); NaN where unknown.

    >>> land_development_ratio(pd.Series([90.0]), pd.Series([100.0])).tolist()
    [0.9]
    """
    return _ratio(land_ready_m2, land_buildable_m2)


@indicator(
    "zone_land",
    title=Term("土地供应率", "land supply rate"),
    unit="%",
    source=f"{LINEAGE}：已供应国有建设用地 D ÷ 已达到供地条件土地 (A+B21)",
    combine=RatioOfSums("land_d_m2", "land_ready_m2", (SUPPLIED, READY)),
)
def land_supply_ratio(land_d_m2: pd.Series, land_ready_m2: pd.Series) -> pd.Series:
    """Supplied land over land ready for supply, D / (A + B21); NaN where unknown."""
    return _ratio(land_d_m2, land_ready_m2)


@indicator(
    "zone_land",
    title=Term("土地建成率", "land completion rate"),
    unit="%",
    source=f"{LINEAGE}：已建成城镇建设用地 A ÷ 已供应国有建设用地 D",
    combine=RatioOfSums("land_a_m2", "land_d_m2", (BUILT, SUPPLIED)),
)
def land_built_ratio(land_a_m2: pd.Series, land_d_m2: pd.Series) -> pd.Series:
    """Built urban land over supplied land, A / D; NaN where unknown."""
    return _ratio(land_a_m2, land_d_m2)


@indicator(
    "zone_land",
    title=Term("工业用地率", "share of industrial land"),
    unit="%",
    source=f"{LINEAGE}：工矿仓储用地 A2 ÷ 已建成城镇建设用地 A",
    combine=RatioOfSums("land_a2_m2", "land_a_m2", (INDUSTRIAL, BUILT)),
)
def industrial_land_ratio(land_a2_m2: pd.Series, land_a_m2: pd.Series) -> pd.Series:
    """Built industrial land over built urban land, A2 / A; NaN where unknown."""
    return _ratio(land_a2_m2, land_a_m2)


@indicator(
    "zone_land",
    title=Term("高新技术产业用地率", "share of high-tech land"),
    unit="%",
    source=f"{LINEAGE}：高新技术产业用地 H ÷ 已建成城镇建设用地 A（2010年规程）",
    combine=RatioOfSums("land_h_m2", "land_a_m2", (Term("H 高新技术产业用地", "H high-tech land"), BUILT)),
)
def high_tech_land_ratio(land_h_m2: pd.Series, land_a_m2: pd.Series) -> pd.Series:
    """High-tech land over built urban land, H / A (2010 edition); NaN where unknown."""
    return _ratio(land_h_m2, land_a_m2)


@indicator(
    "zone_land",
    title=Term("综合容积率", "plot ratio of the zone"),
    unit="1",
    source=f"{LINEAGE}：总建筑面积 ÷ 已建成城镇建设用地 A",
    combine=RatioOfSums("zone_floor_area_m2", "land_a_m2", (Term("总建筑面积", "all floor area"), BUILT)),
)
def zone_far_ratio(zone_floor_area_m2: pd.Series, land_a_m2: pd.Series) -> pd.Series:
    """All floor area over built urban land; NaN where unknown."""
    return _ratio(zone_floor_area_m2, land_a_m2)


@indicator(
    "zone_land",
    title=Term("建筑密度（园区）", "building coverage of the zone"),
    unit="%",
    source=f"{LINEAGE}：建筑基底总面积 ÷ 已建成城镇建设用地 A",
    combine=RatioOfSums("zone_footprint_m2", "land_a_m2", (Term("建筑基底总面积", "all footprints"), BUILT)),
)
def zone_coverage_ratio(zone_footprint_m2: pd.Series, land_a_m2: pd.Series) -> pd.Series:
    """Building footprints over built urban land; NaN where unknown."""
    return _ratio(zone_footprint_m2, land_a_m2)


@indicator(
    "zone_land",
    title=Term("工业用地综合容积率", "plot ratio of industrial land"),
    unit="1",
    source=f"{LINEAGE}：工矿仓储用地建筑面积 ÷ A2",
    combine=RatioOfSums(
        "industrial_floor_area_m2",
        "land_a2_m2",
        (Term("工矿仓储用地上建筑面积", "floor area on industrial land"), INDUSTRIAL),
    ),
)
def industrial_far_ratio(industrial_floor_area_m2: pd.Series, land_a2_m2: pd.Series) -> pd.Series:
    """Floor area on industrial land over A2; NaN where unknown."""
    return _ratio(industrial_floor_area_m2, land_a2_m2)


@indicator(
    "zone_land",
    title=Term("工业用地建筑系数", "building coefficient of industrial land"),
    unit="%",
    source=f"{LINEAGE}：工矿仓储用地上建（构）筑物、堆场占地 ÷ A2",
    combine=RatioOfSums(
        "industrial_covered_m2",
        "land_a2_m2",
        (Term("建（构）筑物和堆场占地", "buildings, structures and yards"), INDUSTRIAL),
    ),
)
def industrial_coefficient_ratio(industrial_covered_m2: pd.Series, land_a2_m2: pd.Series) -> pd.Series:
    """Ground under buildings, structures and yards over A2; footprints alone are not enough."""
    return _ratio(industrial_covered_m2, land_a2_m2)


@indicator(
    "zone_land",
    title=Term("土地闲置率", "share of idle land"),
    unit="%",
    source=f"{LINEAGE}：闲置土地 G ÷ 已供应国有建设用地 D（另有除以已建成面积的做法）",
    combine=RatioOfSums("land_g_m2", "land_d_m2", (Term("G 闲置土地", "G idle land"), SUPPLIED)),
)
def idle_land_ratio(land_g_m2: pd.Series, land_d_m2: pd.Series) -> pd.Series:
    """Idle land over supplied land, G / D; others divide by built land."""
    return _ratio(land_g_m2, land_d_m2)


@indicator(
    "zone_land",
    title=Term("工业用地固定资产投入强度", "fixed assets per hectare of industrial land"),
    unit="元/公顷",
    source=f"{LINEAGE}：累计工业（物流）企业固定资产投资 ÷ A2",
    combine=RatioOfSums(
        "industrial_assets_cny",
        "land_a2_m2",
        (Term("累计工业（物流）企业固定资产投资", "fixed assets of industry and logistics"), INDUSTRIAL),
    ),
)
def industrial_assets_cny_per_ha(industrial_assets_cny: pd.Series, land_a2_m2: pd.Series) -> pd.Series:
    """Fixed assets of industry and logistics per hectare of A2; NaN where unknown."""
    return _ratio(industrial_assets_cny, land_a2_m2) * M2_PER_HA


@indicator(
    "zone_land",
    title=Term("工业用地地均税收", "industrial tax per hectare"),
    unit="元/公顷",
    source=f"{LINEAGE}：工业（物流）企业税收总额 ÷ A2",
    combine=RatioOfSums(
        "industrial_tax_cny",
        "land_a2_m2",
        (Term("工业（物流）企业税收总额", "tax of industry and logistics"), INDUSTRIAL),
    ),
)
def industrial_tax_cny_per_ha(industrial_tax_cny: pd.Series, land_a2_m2: pd.Series) -> pd.Series:
    """Tax of industry and logistics per hectare of A2; NaN where unknown."""
    return _ratio(industrial_tax_cny, land_a2_m2) * M2_PER_HA


@indicator(
    "zone_land",
    title=Term("综合地均税收", "tax per hectare of built land"),
    unit="元/公顷",
    source=f"{LINEAGE}：二、三产业税收总额 ÷ 已建成城镇建设用地 A",
    combine=RatioOfSums(
        "secondary_tertiary_tax_cny",
        "land_a_m2",
        (Term("二、三产业税收总额", "tax of secondary and tertiary industry"), BUILT),
    ),
)
def zone_tax_cny_per_ha(secondary_tertiary_tax_cny: pd.Series, land_a_m2: pd.Series) -> pd.Series:
    """Tax of secondary and tertiary industry per hectare of A; NaN where unknown.

    >>> zone_tax_cny_per_ha(pd.Series([5e6]), pd.Series([10_000.0])).tolist()
    [5000000.0]
    """
    return _ratio(secondary_tertiary_tax_cny, land_a_m2) * M2_PER_HA


@indicator(
    "zone_land",
    title=Term("人口密度", "residents per hectare"),
    unit="人/公顷",
    source=f"{LINEAGE}：常住人口 ÷ 已建成城镇建设用地 A",
    combine=RatioOfSums("n_residents", "land_a_m2", (Term("常住人口", "residents"), BUILT)),
)
def residents_per_ha(n_residents: pd.Series, land_a_m2: pd.Series) -> pd.Series:
    """Residents per hectare of built urban land; NaN where unknown."""
    return _ratio(n_residents, land_a_m2) * M2_PER_HA


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part.astype("float64") / whole.astype("float64").where(whole > 0)
