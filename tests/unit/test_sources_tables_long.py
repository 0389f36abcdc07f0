"""Tax tables, 税种 × 月: which item, which year, and that no money is made or lost on the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from trap import project

import landeff
from landeff.core.errors import ConfigError, ProblemsError
from landeff.core.tables import TABLES
from landeff.pipeline.load_config import load_config
from landeff.sources.columns.mapping import ColumnMap, Mapped, to_table
from landeff.sources.readers import Raw

KINDS = {"增值税": "tax_paid", "企业所得税": "tax_paid", "房产税": "property_tax"}
LONG = {
    "企业": ColumnMap("enterprise_id"),
    "税种": ColumnMap("item", values=KINDS),
    "入库日期": ColumnMap("received_on"),
    "所属期起": ColumnMap("period_from_on"),
    "所属期止": ColumnMap("period_to_on"),
    "金额": ColumnMap("value", "元"),
}


def raw(**columns: list[Any]) -> Raw:
    frame = pd.DataFrame({name: pd.Series(values, dtype="object") for name, values in columns.items()})
    return Raw(frame, pd.Series(range(2, len(frame) + 2), dtype="Int64"), name="税.xlsx")


def mapped(source: Raw, columns: dict[str, ColumnMap], **options: Any) -> Mapped:
    return to_table(source, TABLES["returns"], columns, defaults=options.pop("defaults", {}), **options)


def tax_rows(*rows: tuple[Any, ...]) -> Raw:
    return raw(**dict(zip(LONG, map(list, zip(*rows, strict=True)), strict=True)))


ROWS = tax_rows(
    ("E1", "增值税", "2024-01-15", "2023-12-01", "2023-12-31", 100),
    ("E1", "企业所得税", "2024-05-20", "2024-01-01", "2024-03-31", 50),
    ("E1", "印花税", "2024-05-20", "2024-01-01", "2024-03-31", 7),
    ("E2", "增值税", "2024-06-15", "2023-11-01", "2024-05-31", -30),
)


@pytest.mark.parametrize(
    ("year_by", "years", "told"),
    [
        ("received_on", [2024, 2024, 2024], "counted in the year of receipt"),
        ("period", [2023, 2024, 2024], "counted in the year in which the period ends"),
    ],
)
def test_the_year_is_that_of_the_declared_date(year_by: str, years: list[int], told: str) -> None:
    result = mapped(ROWS, LONG, year_by=year_by)
    assert result.frame["year"].tolist() == years
    assert result.frame["item"].tolist() == ["tax_paid"] * 3
    assert result.frame["item_source"].tolist() == ["增值税", "企业所得税", "增值税"]
    issues = {issue.code: issue for issue in result.issues}
    assert issues["period_across_years"].decision == told
    assert issues["period_across_years"].value == "2023-11-01 – 2024-05-31; together -30.00"
    assert issues["received_in_other_year"].value == "2024-01-15, period to 2023-12-31; together 100.00"
    assert issues["item_not_mapped"].value == "印花税"
    aside = result.set_aside[["reason", "item", "value", "source_row"]].to_numpy().tolist()
    assert aside == [["item_not_mapped", "印花税", 7.0, 4]]


def test_the_year_is_never_taken_from_a_date_silently() -> None:
    with pytest.raises(ProblemsError, match="say whose year counts"):
        mapped(ROWS, LONG)
    with pytest.raises(ProblemsError, match="nothing is mapped to received_on"):
        mapped(ROWS, {k: v for k, v in LONG.items() if v.to != "received_on"}, year_by="received_on")


def test_a_row_without_the_declared_date_is_set_aside() -> None:
    result = mapped(
        tax_rows(("E1", "增值税", None, "2024-01-01", "2024-01-31", 9)), LONG, year_by="received_on"
    )
    assert result.set_aside[["reason", "column", "value"]].to_numpy().tolist() == [
        ["missing_key", "year", 9.0]
    ]
    assert "date" in result.set_aside["fix"][0]


def test_columns_of_months() -> None:
    source = raw(企业=["E1", "E2"], 税种=["增值税", "房产税"], **{"1月": [1, None], "2月": ["2", 5]})
    columns = {"企业": ColumnMap("enterprise_id"), "税种": ColumnMap("item", values=KINDS)}
    columns |= {f"{month}月": ColumnMap("value", "万元", month=month) for month in (1, 2)}
    result = mapped(source, columns, defaults={"year": 2024})
    assert result.frame[
        ["enterprise_id", "item", "month", "year", "value", "source_row"]
    ].to_numpy().tolist() == [
        ["E1", "tax_paid", 1, 2024, 10_000.0, 2],
        ["E1", "tax_paid", 2, 2024, 20_000.0, 2],
        ["E2", "property_tax", 2, 2024, 50_000.0, 3],
    ]


def test_columns_of_years_need_no_year() -> None:
    source = raw(企业=["E1"], **{"2023税收（万元）": [1], "2024税收（万元）": [2]})
    columns = {"企业": ColumnMap("enterprise_id")} | {
        f"{year}税收（万元）": ColumnMap("item:tax_paid", year=year) for year in (2023, 2024)
    }
    frame = mapped(source, columns).frame
    assert frame[["item", "year", "value"]].to_numpy().tolist() == [
        ["tax_paid", 2023, 10_000.0],
        ["tax_paid", 2024, 20_000.0],
    ]


def test_the_same_month_twice_is_refused() -> None:
    source = raw(企业=["E1"], a=[1], b=[2])
    columns = {"企业": ColumnMap("enterprise_id"), "a": ColumnMap("item:tax_paid", "元", month=1),
               "b": ColumnMap("item:tax_paid", "元", month=1)}  # fmt: skip
    with pytest.raises(ProblemsError, match="item:tax_paid of month 1 is fed by a and b"):
        mapped(source, columns, defaults={"year": 2024})


def test_year_and_month_belong_to_money() -> None:
    columns = {"企业": ColumnMap("enterprise_id", year=2024), "a": ColumnMap("item:tax_paid", "元")}
    with pytest.raises(ProblemsError, match="belong to the amounts"):
        mapped(raw(企业=["E1"], a=[1]), columns, defaults={"year": 2024})


def test_what_the_project_file_may_say_about_years(tmp_path: Path) -> None:
    months = {"1月": {"to": "item:tax_paid", "unit": "元", "month": 13}}
    wrong = project(returns={"path": "a.csv", "year": 2024, "year_by": "period", "columns": months},
                    supply={"path": "b.csv", "year_by": "period"})  # fmt: skip
    with pytest.raises(ConfigError) as error:
        load_config(wrong)
    for text in ("exclude each other", "only returns have it", "must be 1 to 12", 'duplicates = "sum"'):
        assert text in str(error.value)


def test_rows_added_up_stay_to_be_looked_up(tmp_path: Path) -> None:
    path = tmp_path / "税.csv"
    lines = ["企业,税种,入库日期,金额（元）", "H1,增值税,2024-01-15,100", "H1,企业所得税,2024-05-20,50",
             "H1,增值税,2024-02-15,-30", "H2,房产税,2024-02-15,8"]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    columns = {"企业": "enterprise_id", "税种": {"to": "item", "values": KINDS}, "入库日期": "received_on",
               "金额（元）": "value"}  # fmt: skip
    result = landeff.run(project(returns={"path": str(path), "year_by": "received_on", "duplicates": "sum",
                                          "columns": columns}))  # fmt: skip
    summed = result.table("summed")
    assert summed[["item_source", "value", "source_row"]].sort_values("source_row").to_numpy().tolist() == [
        ["增值税", 100.0, 2],
        ["企业所得税", 50.0, 3],
        ["增值税", -30.0, 4],
    ]
    assert summed["received_on"].dt.date.max() == dt.date(2024, 5, 20)
    joined = result.table("contributions").query("item == 'tax_paid'")
    assert joined["value"].sum() == summed["value"].sum() == 120.0
    assert set(summed["into_row"]) == set(joined["source_row"])


WORDS = st.sampled_from([*KINDS, "印花税", "tax_paid", None])
DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2025, 12, 31)) | st.none()
CENTS = st.integers(-(10**9), 10**9) | st.none()


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["E1", "E2", None]), WORDS, DAYS, DAYS, DAYS, CENTS),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["received_on", "period"]),
)
def test_no_money_is_made_or_lost_in_a_long_table(rows: list[tuple[Any, ...]], year_by: str) -> None:
    source = tax_rows(*[(*row[:5], None if row[5] is None else row[5] / 100) for row in rows])
    result = mapped(source, LONG, year_by=year_by)
    came_in = sum(row[5] for row in rows if row[5] is not None)
    parts = [frame["value"].sum() for frame in (result.frame, result.set_aside) if len(frame)]
    assert round(sum(parts) * 100) == came_in
    kept = [frame["value"].notna().sum() for frame in (result.frame, result.set_aside) if len(frame)]
    assert sum(kept) == sum(row[5] is not None for row in rows)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["E1", "E2"]), WORDS, CENTS, CENTS, CENTS), min_size=1, max_size=10),
    st.booleans(),
)
def test_no_money_is_made_or_lost_in_a_table_of_months(rows: list[tuple[Any, ...]], has_units: bool) -> None:
    """Cells with their own unit count the same as cells in the unit of the header."""

    def cell(cents: int | None) -> Any:
        return None if cents is None else f"{cents / 100:.2f}元" if has_units else cents / 1_000_000

    cells = [[cell(each) for each in column] for column in list(zip(*rows, strict=True))[2:]]
    columns = {f"{month}月（万元）": values for month, values in enumerate(cells, start=1)}
    source = raw(企业=[row[0] for row in rows], 税种=[row[1] for row in rows], **columns)
    maps = {"企业": ColumnMap("enterprise_id"), "税种": ColumnMap("item", values=KINDS)}
    maps |= {name: ColumnMap("value", month=month) for month, name in enumerate(columns, start=1)}
    result = mapped(source, maps, defaults={"year": 2024})
    came_in = sum(each for row in rows for each in row[2:] if each is not None)
    parts = [frame["value"].sum() for frame in (result.frame, result.set_aside) if len(frame)]
    assert round(sum(parts) * 100) == came_in
