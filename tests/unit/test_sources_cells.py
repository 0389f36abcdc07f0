"""Cells of every shape an office hands over, each with the value a person reads in it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from landeff.core.columns import DTYPES
from landeff.sources.columns import cell_marks, cells


def column(*values: object) -> pd.Series:
    return pd.Series(list(values), dtype="object")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.5", 1234.5),
        ("１２３．５", 123.5),
        ("1，234", 1234.0),
        (" 12 ", 12.0),
        ("¥1,000", 1000.0),
        ("(12)", -12.0),
        ("-3", -3.0),
        ("1.5e3", 1500.0),
        (7, 7.0),
        (2.5, 2.5),
    ],
)
def test_numbers(cell: object, value: float) -> None:
    assert cells.number(column(cell)).values.tolist() == [value]


@pytest.mark.parametrize("cell", ["", " ", "—", "-", "/", "无", None, np.nan, "Nah", "#N/A"])
def test_what_stands_for_no_number(cell: object) -> None:
    parsed = cells.number(column(cell))
    assert parsed.values.isna().all()
    assert not any(bad.any() for bad in parsed.defects.values())


@pytest.mark.parametrize("cell", ["约12", "12亩", "12,34", "1.2.3", "nan%", True, "inf"])
def test_what_is_no_number(cell: object) -> None:
    parsed = cells.number(column(cell))
    assert parsed.values.isna().all()
    assert parsed.defects["not_a_number"].all()


@pytest.mark.parametrize(
    "cell",
    [
        "2019年06月06日",
        "2019-6-6",
        "2019/6/6",
        "2019.6.6",
        "20190606",
        "２０１９年６月６日",
        "2019-06-06 00:00:00",
        20190606.0,
        43622,  # Excel counts days from 1899-12-30: 43 622 days later is 2019-06-06
        43622.75,
        "43622",
        dt.date(2019, 6, 6),
        dt.datetime(2019, 6, 6, 12, 30),
        pd.Timestamp("2019-06-06"),
    ],
)
def test_dates(cell: object) -> None:
    parsed = cells.date(column(cell))
    assert parsed.values.tolist() == [pd.Timestamp("2019-06-06")]
    assert parsed.values.dtype == "datetime64[s]"


@pytest.mark.parametrize(
    ("cell", "defect"),
    [
        ("1901-01-01", "placeholder_date"),
        ("1901年01月02日", "placeholder_date"),
        ("1900/1/1", "placeholder_date"),
        (1, "placeholder_date"),
        ("2019-02-30", "impossible_date"),
        ("2019-13-01", "impossible_date"),
        ("2019", "impossible_date"),
        (2019, "impossible_date"),
        ("9999-12-31", "impossible_date"),
        ("去年", "impossible_date"),
    ],
)
def test_what_is_no_date(cell: object, defect: str) -> None:
    parsed = cells.date(column(cell, "2019-06-06"))
    assert parsed.values.isna().tolist() == [True, False]
    assert [name for name, bad in parsed.defects.items() if bad[0]] == [defect]


def test_typed_dates_pass_through() -> None:
    values = pd.Series(pd.to_datetime(["2019-06-06", None]))
    assert cells.date(values).values.tolist() == [pd.Timestamp("2019-06-06"), pd.NaT]


def test_codes_are_text() -> None:
    given = column("３２１００３ ", 321003001002.0, 7, "GB00012", None, "无", "123456789012345678")
    assert cells.code(given).values.fillna("?").tolist() == [
        "321003", "321003001002", "7", "GB00012", "?", "?", "123456789012345678",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", [321003001002000012.0, 1234567890123456.0, "3.21003E+18"])
def test_a_code_that_excel_rounded_is_refused(cell: object) -> None:
    parsed = cells.code(column(cell, "321003"))
    assert parsed.defects["code_rounded_by_excel"].tolist() == [True, False]
    assert parsed.values.isna().tolist() == [True, False]


def test_fifteen_digits_are_still_exact() -> None:
    assert cells.code(column(123456789012345.0)).values.tolist() == ["123456789012345"]


def test_exact_integers_of_a_layer_keep_all_digits() -> None:
    assert cells.code(pd.Series([1234567890123456789])).values.tolist() == ["1234567890123456789"]


def test_booleans_have_three_values() -> None:
    given = column("是", "已动工", "Y", 1, True, "否", "未开工", "n", 0.0, False, "", None, "待核实")
    assert cells.boolean(given).values.fillna(pd.NA).tolist() == [True] * 5 + [False] * 5 + [pd.NA] * 3


def test_another_word_is_no_boolean() -> None:
    parsed = cells.boolean(column("大概"))
    assert parsed.values.isna().all()
    assert parsed.defects["not_yes_or_no"].all()


def test_years() -> None:
    parsed = cells.integer(column("2024年", "2024年度", 2024.0, "2024", 3.5, "x", None))
    assert (
        parsed.values.astype("object").where(parsed.values.notna(), None).tolist() == [2024] * 4 + [None] * 3
    )
    assert parsed.defects["not_a_number"].tolist() == [False] * 4 + [True, True, False]


def test_names_keep_their_full_width_brackets() -> None:
    assert cells.text(column(" 示例（扬州）公司 ", 5.0, "", None)).values.fillna("?").tolist() == [
        "示例（扬州）公司", "5", "?", "?",
    ]  # fmt: skip


def test_index_and_input_are_left_alone() -> None:
    given = pd.Series(["1", "x"], index=[7, 3], dtype="object")
    before = given.copy()
    for parse in cells.PARSERS.values():
        assert parse(given).values.index.tolist() == [7, 3]
    pd.testing.assert_series_equal(given, before)


@pytest.mark.parametrize("kind", list(cells.PARSERS))
def test_no_cells_no_values(kind: str) -> None:
    for empty in (column(), pd.Series(dtype="str"), column(None, None)):
        values = cells.PARSERS[kind](empty).values.astype(DTYPES[kind])
        assert values.isna().all()
        assert len(values) == len(empty)


# What a cell says beside its value -------------------------------------------------------------------------


def test_a_number_taken_as_days_is_noted() -> None:
    parsed = cells.date(column("2019-06-06", 43622))
    assert parsed.notes["serial_date"].tolist() == [False, True]


def test_long_codes_that_all_end_in_noughts_were_rounded() -> None:
    rounded = ["321003001002000000", "321003001007000000", "321003001009000000"]
    assert cells.code(column(*rounded)).defects["code_rounded_by_excel"].all()
    # One that does not end so shows that the others may.
    assert not cells.code(column(*rounded, "321003001009000012")).defects["code_rounded_by_excel"].any()


@pytest.mark.parametrize("cell", ["3.21E+18", "3.21e18", "1E+5", "3.2100300100200E+17"])
def test_scientific_notation_is_no_code(cell: str) -> None:
    assert cells.code(column(cell)).defects["code_rounded_by_excel"].all()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.5亩", 12.5 * 10_000 / 15),  # 15 mu are one hectare
        ("3 公顷", 30_000.0),
        ("１２．５ 亩", 12.5 * 10_000 / 15),
        ("1,200㎡", 1_200.0),
        ("1200 m²", 1_200.0),
        ("0.5平方公里", 500_000.0),
        ("7", 7_000.0),  # a bare number is in the unit of the column, here 千 m²
    ],
)
def test_the_unit_of_the_cell_wins(cell: str, value: float) -> None:
    bare, units = cell_marks.split_units(column(cell))
    factor = cell_marks.factors(units, "area").fillna(1_000.0)
    assert (cells.number(bare).values * factor).tolist() == pytest.approx([value])


def test_a_unit_of_something_else_is_no_factor() -> None:
    units = cell_marks.split_units(column("3亩", "1.2万元", "5%", "约3亩", "3亩多", None))[1]
    assert units.fillna("").tolist() == ["亩", "万元", "%", "", "", ""]
    assert cell_marks.factors(units, "money").fillna(0).tolist() == [0, 10_000, 0, 0, 0, 0]


def test_days_since_1904() -> None:
    # 1904-01-01 is day 1 462 of the count from 1899-12-30; 2019-06-06 is day 43 622 of it.
    shifted = cell_marks.since_1904(column(42160.0, "42160", None, dt.date(2019, 6, 6)))
    assert shifted.tolist() == [43622.0, "42160", None, dt.date(2019, 6, 6)]
