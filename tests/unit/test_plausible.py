"""Columns that are in another unit than declared; expected values by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landeff.core.columns import COLUMNS
from landeff.core.plausible import OF_COLUMN, OF_ITEM
from landeff.core.tables import TABLES
from landeff.core.units import UNITS
from landeff.sources.columns.plausible import likely_units, plausible_issues

MU = 10_000 / 15


def supply(**columns: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({name: pd.Series(values, dtype="float64") for name, values in columns.items()})
    numbers = range(1, len(frame) + 1)
    return frame.assign(
        supply_id=[f"S{n}" for n in numbers], source_file="台账.xlsx", source_row=list(numbers)
    )


def told(frame: pd.DataFrame, **units: str) -> list[tuple[str, str, str]]:
    return [(each.code, each.column, each.decision) for each in plausible_issues(frame, "supply", units)]


def test_square_metres_declared_as_mu() -> None:
    """3,214 亩 would be 2.14 km² in the middle of a ledger; 3,214 m² is a small lot."""
    frame = supply(supplied_area_m2=[n * MU for n in (2_000, 3_000, 3_214, 9_000, 30_000)])
    issue = plausible_issues(frame, "supply", {"supplied_area_m2": "亩"})[0]
    assert (issue.code, issue.value) == ("unit_implausible", "median 3,214 亩")
    assert issue.decision == "kept in 亩 as declared; plausible as 平方米"
    assert issue.n == 5


def test_hectares_declared_as_square_metres_could_be_mu_too() -> None:
    frame = supply(supplied_area_m2=[1.2, 2.5, 3.0, 4.1, 6.0])
    assert told(frame, supplied_area_m2="平方米") == [
        ("unit_implausible", "supplied_area_m2", "kept in 平方米 as declared; plausible as 亩 or 公顷")
    ]


def test_four_values_say_nothing_about_a_unit() -> None:
    assert told(supply(supplied_area_m2=[n * 1e7 for n in (0.2, 0.3, 0.4, 0.5)])) == []


def test_single_values_are_told_one_by_one() -> None:
    """A parcel of 3 m² and one of 30 km² among ordinary ones."""
    frame = supply(supplied_area_m2=[3.0, 2e4, 3e4, 3e4, 5e4, 3e7])
    issues = plausible_issues(frame, "supply", {})
    assert [(each.code, each.key, each.value) for each in issues] == [
        ("value_implausible", "S1", "3"),
        ("value_implausible", "S6", "30,000,000"),
    ]


@pytest.mark.parametrize("value", [0.001, 1e12])
def test_tax_of_nothing_and_of_everything(value: float) -> None:
    frame = pd.DataFrame(
        {
            "enterprise_id": list("abcdef"), "item": "tax_paid", "currency": "CNY", "source_file": "t",
            "value": [1e5, 2e5, 3e5, 4e5, 5e5, value], "source_row": range(6), "year": 2024,
        }
    )  # fmt: skip
    issues = plausible_issues(frame, "returns", {"item:tax_paid": "元"})
    assert [(each.code, each.key) for each in issues] == [("value_implausible", "f")]
    assert plausible_issues(frame.assign(currency="USD"), "returns", {}) == []


def test_price_beside_the_area() -> None:
    """480,000 元 for 20 ha is 2.4 元/m²; in 万元 it is 24,000 元/m²."""
    frame = supply(price_cny=[480e3] * 5, supplied_area_m2=[2e5] * 5)
    assert told(frame, price_cny="元") == [
        ("unit_implausible", "price_cny", "kept in 元 as declared; plausible as 万元")
    ]


def test_an_area_of_nought_is_told_and_a_price_of_nought_is_not() -> None:
    frame = supply(price_cny=[0.0] * 6, supplied_area_m2=[0.0, 1e4, 1e4, 1e4, 1e4, 1e4])
    assert [(code, column) for code, column, _ in told(frame)] == [("value_implausible", "supplied_area_m2")]


def test_the_bounds_are_of_columns_that_exist() -> None:
    for name, bounds in OF_COLUMN.items():
        table, column = name.split()
        assert column in TABLES[table].columns
        own = COLUMNS[column]
        assert own.high is None or bounds.high <= own.high  # what is impossible is refused before
    for bounds in (*OF_COLUMN.values(), *OF_ITEM.values()):
        assert bounds.low <= bounds.median_low < bounds.median_high <= bounds.high
        assert bounds.reason


@given(
    st.lists(st.floats(2e3, 5e4), min_size=5, max_size=30),
    st.sampled_from(["平方米", "亩", "公顷"]),
)
def test_the_right_unit_is_never_told(areas: list[float], unit: str) -> None:
    frame = supply(supplied_area_m2=areas)
    assert told(frame, supplied_area_m2=unit) == []
    written = pd.Series(np.array(areas) / UNITS[unit].factor)
    assert unit in likely_units(written, "supply", "supplied_area_m2")


@given(st.permutations([3.0, 2e4, 3e4, 3e4, 5e4, 3e7]))
def test_the_order_of_rows_does_not_matter(areas: list[float]) -> None:
    values = {each.value for each in plausible_issues(supply(supplied_area_m2=areas), "supply", {})}
    assert values == {"3", "30,000,000"}
