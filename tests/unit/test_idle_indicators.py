"""What idle land comes to, worked by hand: 令53号 arts 2, 8, 12, 14, 30; and parcels beside others."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from landeff.indicators.run import run_indicators
from landeff.standards.controls import control_values

AS_OF = dt.date(2024, 12, 31)


def day(*values: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(values)).astype("datetime64[s]"))


def indicators(**columns: object) -> pd.DataFrame:
    return run_indicators("parcel", pd.DataFrame(columns), {"as_of": AS_OF})


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("政府原因", "government"),
        ("政府未按期交地", "government"),
        ("自然灾害", "government"),  # art. 8: like the government's
        ("企业自身原因", "enterprise"),
        ("法院查封", "judicial"),
        ("政府原因和企业原因", "mixed"),
        ("混合原因", "mixed"),
        ("见附件", None),
        (None, None),
    ],
)
def test_classes_of_causes(words: str | None, cause: str | None) -> None:
    found = indicators(delay_cause=pd.Series([words], dtype="str"))["delay_cause_class"][0]
    assert (None if pd.isna(found) else found) == cause


def test_consequences_and_fee() -> None:
    # due 2023-12-31: a year on is 2024-12-31 = as_of; two years on 2025-12-31. 20 % of 1 000 000 = 200 000
    one_year, two_years, not_yet = "2023-12-31", "2022-12-31", "2024-01-01"
    rows = [
        (one_year, False, "企业原因", "fee", 200_000.0),
        (two_years, False, "企业原因", "recovery", None),
        (not_yet, False, "企业原因", None, None),
        (one_year, False, "政府原因", "art12", None),
        (one_year, False, "企业和政府原因", None, None),
        (one_year, False, "法院查封", None, None),
        (one_year, False, None, None, None),
        (one_year, True, "企业原因", None, None),
        (one_year, None, "企业原因", None, None),
        (None, False, "企业原因", None, None),
    ]
    made = indicators(
        agreed_start_on=day(*[row[0] for row in rows]),
        is_started=pd.array([row[1] for row in rows], dtype="boolean"),
        start_checked_on=day(*["2024-12-31"] * len(rows)),
        delay_cause=pd.Series([row[2] for row in rows], dtype="str"),
        price_cny=1_000_000.0,
    )
    assert made["idle_consequence"].astype(object).where(made["idle_consequence"].notna(), None).tolist() == [
        row[3] for row in rows
    ]
    fee = made["idle_fee_estimate_cny"]
    assert fee.astype(object).where(fee.notna(), None).tolist() == [row[4] for row in rows]


def test_suspended_works_never_cost_a_fee() -> None:
    # begun, a tenth built, stopped for two years, by the enterprise's own causes: art. 12, no fee
    made = indicators(
        is_started=pd.array([True], dtype="boolean"),
        agreed_start_on=day("2020-01-01"),
        suspended_since_on=day("2022-02-28"),
        construction_area_m2=[10_000.0],
        due_construction_area_m2=[100_000.0],
        delay_cause=pd.Series(["企业原因"], dtype="str"),
        price_cny=[1e6],
    ).iloc[0]
    assert made["developed_share_ratio"] == 0.1
    assert str(made["suspended_year_on"])[:10] == "2023-02-28"
    assert pd.isna(made["idle_consequence"])
    assert np.isnan(made["idle_fee_estimate_cny"])


def test_a_third_and_a_quarter_are_exact() -> None:
    made = indicators(
        construction_area_m2=[1 / 3, 0.1, 33_333.0],
        due_construction_area_m2=[1.0, 0.3, 100_000.0],
        actual_investment_cny=[25.0, 0.0, 1.0],
        planned_investment_cny=[100.0, 100.0, 0.0],
    )
    assert made["developed_share_ratio"].tolist() == [0.333333333333, 0.333333333333, 0.33333]
    assert made["invested_share_ratio"].fillna(-1).tolist() == [0.25, 0.0, -1.0]


@pytest.mark.parametrize(
    ("permit", "foundation", "done", "expected"),
    [
        ("2024-01-01", "其他", 1 / 3, True),
        ("2024-01-01", "其他", 0.33, False),
        ("2024-01-01", "桩基", 1.0, True),
        ("2024-01-01", "piles", 0.99, False),
        ("2024-01-01", "深基坑", 0.5, False),
        ("2025-01-01", "其他", 1.0, False),  # no permit yet at as_of
        ("2024-01-01", None, 1.0, None),
        ("2024-01-01", "其他", None, None),
        (None, "其他", 0.1, False),  # whatever the permit, the foundation is not far enough
        (None, "其他", 1.0, None),
    ],
)
def test_starts_by_article_30(
    permit: str | None, foundation: str | None, done: float | None, expected: bool | None
) -> None:
    made = indicators(
        permit_on=day(permit),
        foundation=pd.Series([foundation], dtype="str"),
        foundation_ratio=pd.Series([done], dtype="float64"),
    )["is_started_art30"][0]
    assert (None if made is pd.NA else bool(made)) == expected


def test_days_to_the_next_limit() -> None:
    # as_of 2024-12-31. Due 2025-01-10: 10. Due 2024-12-30: the year ends 2025-12-30: 364.
    # Due 2023-01-01: the second year ends 2025-01-01: 1. Due 2020: all over.
    made = indicators(agreed_start_on=day("2025-01-10", "2024-12-30", "2023-01-01", "2020-01-01", None))
    assert made["days_to_next_limit"].fillna(-1).tolist() == [10, 364, 1, -1, -1]


def test_a_parcel_beside_its_zone_and_its_industry() -> None:
    mu = 10_000 / 15
    frame = {
        "zone_id": pd.Series(["Z", "Z", "Z", "Y", None], dtype="str"),
        "industry_division_code": pd.Series(["36", "36", "36", "36", "36"], dtype="str"),
        "basis_area_m2": [mu, 3 * mu, 5 * mu, mu, mu],
        "tax_cny": [100.0, 900.0, np.nan, 0.0, 50.0],
    }
    made = indicators(**frame)
    # Z: (100 + 900) ÷ (1 + 3) = 250 a mu; the parcel of unknown tax is in neither sum. Y pays nothing.
    assert made["tax_zone_share_ratio"].fillna(-1).tolist() == pytest.approx([0.4, 1.2, -1, -1, -1])
    # per mu 100, 300, ?, 0, 50: of the four known 100 is third, 300 fourth, 0 first, 50 second
    assert made["tax_percentile_ratio"].fillna(-1).tolist() == pytest.approx([0.75, 1.0, -1, 0.25, 0.5])


def test_building_coefficient_and_what_is_known_of_it() -> None:
    made = indicators(
        building_footprint_m2=[300.0, 300.0],
        structure_area_m2=[100.0, np.nan],
        admin_area_m2=[70.0, np.nan],
        area_m2=[1000.0, 1000.0],
    )
    assert made["building_coefficient_ratio"].fillna(-1).tolist() == [0.4, -1]
    assert made["known_building_coefficient_ratio"].tolist() == [0.4, 0.3]
    assert made["admin_share_ratio"].fillna(-1).tolist() == [0.07, -1]


def test_control_values_are_empty_where_they_were_not_seen() -> None:
    table = control_values()
    assert table.index.tolist() == [
        str(division) for division in range(13, 44)
    ]  # manufacturing, GB/T 4754-2017
    seen = table.stack().dropna()
    assert seen.to_dict() == {
        ("36", "control_far_min"): 0.8,  # second-hand (domain notes §3.7)
        ("36", "control_coefficient_min_ratio"): 0.4,
    }
