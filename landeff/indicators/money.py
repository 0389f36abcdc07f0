"""Money per mu of land, of a parcel and of an enterprise."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.core.text import Term
from landeff.core.units import M2_PER_MU
from landeff.indicators.spec import RatioOfSums, indicator

DEFINITION = "亩均税收 = 税收 ÷ 用地面积（口径见项目声明）"


def per_mu(numerator_cny: pd.Series, area_m2: pd.Series) -> pd.Series:
    """``numerator_cny ÷ (area_m2 ÷ (10 000/15))``, in CNY per mu.

    NaN where the money or the area is unknown, or the area is not above zero; never infinite.

    >>> per_mu(pd.Series([90_000.0, 5.0]), pd.Series([10_000.0, 0.0])).tolist()
    [6000.0, nan]
    """
    area = area_m2.where(area_m2 > 0).to_numpy(dtype="float64", na_value=np.nan)
    money = numerator_cny.to_numpy(dtype="float64", na_value=np.nan)
    return pd.Series(money / (area / M2_PER_MU), index=numerator_cny.index)


@indicator(
    "parcel",
    "enterprise",
    title=Term("亩均税收", "tax per mu"),
    unit="元/亩",
    source=DEFINITION,
    combine=RatioOfSums("tax_cny", "basis_area_m2"),
)
def tax_cny_per_mu(tax_cny: pd.Series, basis_area_m2: pd.Series) -> pd.Series:
    """Tax per mu of the land used; NaN where unknown. See :func:`per_mu`."""
    return per_mu(tax_cny, basis_area_m2)


@indicator(
    "parcel",
    "enterprise",
    title=Term("亩均产值", "output per mu"),
    unit="元/亩",
    source="亩均产值 = 产值 ÷ 用地面积（口径见项目声明）",
    combine=RatioOfSums("output_cny", "basis_area_m2"),
)
def output_cny_per_mu(output_cny: pd.Series, basis_area_m2: pd.Series) -> pd.Series:
    """Output per mu of the land used; NaN where unknown. See :func:`per_mu`."""
    return per_mu(output_cny, basis_area_m2)
