"""The national bulletins: published ratios within what their own rounded figures allow.

2020年度 (end of 2019, 541 national-level zones), in 万公顷: 可开发 48.38, 达到供地条件 43.28, 已供应 40.12,
已建成 37.22. Each is rounded to 0.01, so a true ratio lies between quotients of the ends of the intervals.
"""

import pandas as pd
import pytest

from landeff.indicators import zone_land
from landeff.indicators.reference import benchmarks

HALF = 0.005  # 万公顷
WAN_HA = 1e8  # m²
BULLETIN = {
    "land_buildable_m2": 48.38,
    "land_ready_m2": 43.28,
    "land_d_m2": 40.12,
    "land_a_m2": 37.22,
}
PUBLISHED = {
    "land_development_ratio": ("land_ready_m2", "land_buildable_m2", 0.8946, 0.89458),
    "land_supply_ratio": ("land_d_m2", "land_ready_m2", 0.9268, 0.92699),
    "land_built_ratio": ("land_a_m2", "land_d_m2", 0.9277, 0.92772),
}


def series(value):
    return pd.Series([value * WAN_HA])


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_ratio_lies_within_the_rounding_of_its_inputs(name):
    top, bottom, published, exact = PUBLISHED[name]
    ratio = getattr(zone_land, name)
    low = ratio(series(BULLETIN[top] - HALF), series(BULLETIN[bottom] + HALF))[0]
    high = ratio(series(BULLETIN[top] + HALF), series(BULLETIN[bottom] - HALF))[0]
    rounding = 0.00005  # of the published percentage
    assert low - rounding <= published <= high + rounding
    # 43.28/48.38 = 0.894584…, 40.12/43.28 = 0.926987…, 37.22/40.12 = 0.927717…
    assert ratio(series(BULLETIN[top]), series(BULLETIN[bottom]))[0] == pytest.approx(exact, abs=5e-6)


def test_the_published_supply_rate_is_not_the_quotient_of_the_rounded_areas():
    # 92.68 was published, 92.70 is the quotient: rounding alone explains it
    assert round(40.12 / 43.28, 4) == 0.9270


def test_tax_denominators_are_those_that_the_totals_confirm():
    """539.96 万元/公顷 × A is about the tax total; × A2 it would be half of it.

    The bulletin of the year before published 2.06 万亿元 of secondary and tertiary tax, 1.17 of industry.
    """
    a, a2 = 37.22 * WAN_HA, 0.4852 * 37.22 * WAN_HA
    comprehensive, industrial = 539.96e4, 678.99e4  # CNY per hectare
    all_tax, industrial_tax = comprehensive * a / 1e4, industrial * a2 / 1e4
    assert all_tax == pytest.approx(2.01e12, rel=0.005)  # 539.96 × 37.22 = 20 097.3 亿元
    assert industrial_tax == pytest.approx(1.23e12, rel=0.005)  # 678.99 × 18.0591 = 12 262.0 亿元
    assert all_tax / 2.06e12 == pytest.approx(1.0, abs=0.1)
    assert industrial_tax / 1.17e12 == pytest.approx(1.0, abs=0.1)
    assert comprehensive * a2 / 1e4 < 0.5 * 2.06e12  # the wrong denominator
    back = zone_land.zone_tax_cny_per_ha(pd.Series([all_tax]), pd.Series([a]))[0]
    assert back == pytest.approx(539.96e4, rel=1e-12)
    made = zone_land.industrial_tax_cny_per_ha(pd.Series([industrial_tax]), pd.Series([a2]))[0]
    assert made == pytest.approx(678.99e4, rel=1e-12)


def test_benchmarks_are_cited_and_in_inside_units():
    table = benchmarks()
    at = table[(table["year"] == 2020) & (table["place"] == "全国国家级开发区")].set_index("indicator")[
        "value"
    ]
    assert at["land_development_ratio"] == pytest.approx(0.8946)
    assert at["zone_tax_cny_per_ha"] == pytest.approx(5_399_600)
    assert at["industrial_assets_cny_per_ha"] == pytest.approx(89_843_000)
    assert at["zone_far_ratio"] == 0.98
    assert table["source"].str.len().min() > 5
    assert table[["num_scope", "den_scope"]].notna().all().all()
    assert not table.duplicated(["indicator", "place", "year"]).any()
