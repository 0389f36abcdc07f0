"""A parcel beside others: its place in the industry, its ratio to the zone; how strongly land is used."""

from __future__ import annotations

import pandas as pd

from landeff.core.text import Term
from landeff.indicators.money import per_mu
from landeff.indicators.spec import RatioOfSums, indicator

CONTROL = "《工业项目建设用地控制指标》（自然资发〔2023〕72号）"


@indicator(
    "parcel",
    title=Term("行业内亩均税收百分位", "percentile of tax per mu in its industry"),
    unit="%",
    source="同一行业大类（GB/T 4754-2017）中亩均税收不高于本宗地的宗地所占比例",
)
def tax_percentile_ratio(tax_cny_per_mu: pd.Series, industry_division_code: pd.Series) -> pd.Series:
    """Share of the parcels of the same industry division with known tax whose tax per mu is not higher.

    Ties share the highest place. NaN where the tax or the industry is not known.

    >>> tax, industry = pd.Series([1.0, 2.0, 2.0, 9.0, None]), pd.Series(["36", "36", "36", "13", "36"])
    >>> tax_percentile_ratio(tax, industry).round(4).tolist()
    [0.3333, 1.0, 1.0, 1.0, nan]
    """
    group = _groups(industry_division_code)
    place = tax_cny_per_mu.astype("float64").groupby(group).rank(method="max", pct=True)
    return place.where(group >= 0)


@indicator(
    "parcel",
    title=Term("亩均税收与园区均值之比", "tax per mu over that of the zone"),
    unit="1",
    source="宗地亩均税收 ÷ 所在园区有税收记录宗地的（税收合计 ÷ 面积合计）",
)
def tax_zone_share_ratio(
    tax_cny_per_mu: pd.Series, tax_cny: pd.Series, basis_area_m2: pd.Series, zone_id: pd.Series
) -> pd.Series:
    """Tax per mu over that of all parcels of the zone with known tax together (a ratio of sums).

    NaN where the tax or the zone is not known, and where the zone pays nothing.
    """
    area = basis_area_m2.astype("float64").where(tax_cny.notna())
    group = _groups(zone_id)
    sums = pd.DataFrame({"tax": tax_cny.astype("float64"), "area": area}).groupby(group).transform("sum")
    mean = per_mu(sums["tax"], sums["area"])
    return tax_cny_per_mu / mean.where((mean > 0) & (group >= 0))


@indicator(
    "parcel",
    title=Term("亩均投资", "investment per mu"),
    unit="元/亩",
    source=f"投资强度 = 固定资产总投资 ÷ 用地面积：{CONTROL}",
    combine=RatioOfSums("actual_investment_cny", "basis_area_m2"),
)
def investment_cny_per_mu(actual_investment_cny: pd.Series, basis_area_m2: pd.Series) -> pd.Series:
    """Investment made per mu of the land used; NaN where unknown."""
    return per_mu(actual_investment_cny, basis_area_m2)


@indicator(
    "parcel",
    title=Term("建筑系数", "building coefficient"),
    unit="%",
    source=f"建筑系数 =（建筑物 + 构筑物 + 堆场占地）÷ 用地面积：{CONTROL}",
)
def building_coefficient_ratio(
    building_footprint_m2: pd.Series, structure_area_m2: pd.Series, area_m2: pd.Series
) -> pd.Series:
    """Ground under buildings, structures and yards over the area; NaN unless all three are known."""
    covered = building_footprint_m2.astype("float64") + structure_area_m2.astype("float64")
    return covered / area_m2.astype("float64").where(area_m2 > 0)


@indicator(
    "parcel",
    title=Term("建筑系数（已知部分）", "building coefficient, known part"),
    unit="%",
    source=f"建筑系数的下限：构筑物和堆场不详的不计在内；{CONTROL}",
    settled_by=("building_footprint_m2",),
)
def known_building_coefficient_ratio(
    building_footprint_m2: pd.Series, structure_area_m2: pd.Series, area_m2: pd.Series
) -> pd.Series:
    """What :func:`building_coefficient_ratio` is at least: buildings, and structures where they are known."""
    covered = building_footprint_m2.astype("float64") + structure_area_m2.astype("float64").fillna(0.0)
    return covered / area_m2.astype("float64").where(area_m2 > 0)


@indicator(
    "parcel",
    title=Term("行政办公及生活服务设施用地比重", "share of offices and services"),
    unit="%",
    source=f"行政办公及生活服务设施用地面积 ÷ 用地面积：{CONTROL}",
)
def admin_share_ratio(admin_area_m2: pd.Series, area_m2: pd.Series) -> pd.Series:
    """Land of offices and services over the area; NaN where unknown."""
    return admin_area_m2.astype("float64") / area_m2.astype("float64").where(area_m2 > 0)


def _groups(keys: pd.Series) -> pd.Series:
    """A number for each different key, -1 where it is missing; same index."""
    return pd.Series(pd.factorize(keys)[0], index=keys.index)
