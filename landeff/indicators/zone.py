"""Indicators of a zone: ratios of sums over the declared land scope, whole."""

from __future__ import annotations

import pandas as pd

from landeff.core.text import Term
from landeff.indicators.money import DEFINITION, per_mu
from landeff.indicators.spec import RatioOfSums, indicator


@indicator(
    "zone",
    title=Term("亩均税收", "tax per mu"),
    unit="元/亩",
    source=DEFINITION,
    combine=RatioOfSums("tax_cny", "scope_area_m2"),
)
def tax_cny_per_mu(tax_cny: pd.Series, scope_area_m2: pd.Series) -> pd.Series:
    """Tax of the zone per mu of the declared land scope; NaN where unknown."""
    return per_mu(tax_cny, scope_area_m2)


@indicator(
    "zone",
    title=Term("亩均产值", "output per mu"),
    unit="元/亩",
    source="亩均产值 = 产值 ÷ 用地面积（口径见项目声明）",
    combine=RatioOfSums("output_cny", "scope_area_m2"),
)
def output_cny_per_mu(output_cny: pd.Series, scope_area_m2: pd.Series) -> pd.Series:
    """Output of the zone per mu of the declared land scope; NaN where unknown."""
    return per_mu(output_cny, scope_area_m2)
