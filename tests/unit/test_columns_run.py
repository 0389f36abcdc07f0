"""Codes and units through the pipeline: what is declared or told about columns reaches land and keys."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from four_squares import box, layer, project

from landeff.core.errors import ConfigError
from landeff.pipeline.land import Land, measure_land
from landeff.pipeline.load import Inputs, load
from landeff.pipeline.load_config import load_config


def with_parcels(codes: list[str], ids: list[str] | None = None, **settings: Any) -> dict[str, Any]:
    """One-hectare parcels in zone Z1."""
    shapes = [box(200 * i, 0, 200 * i + 100, 100) for i in range(len(codes))]
    ids = ids or [f"P{i}" for i in range(len(codes))]
    raw = project()
    raw["sources"]["parcels"] = {"data": layer(shapes, parcel_id=ids, land_use_code=codes), **settings}
    return raw


def loaded(raw: dict[str, Any]) -> Inputs:
    return load(load_config(raw), lambda step: None)


def measured(raw: dict[str, Any]) -> Land:
    config = load_config(raw)
    return measure_land(load(config, lambda step: None), config)


def classes(raw: dict[str, Any]) -> list[str]:
    return measured(raw).parcels.sort_values("parcel_id")["land_use_class"].fillna("-").tolist()


def test_the_same_code_in_two_systems() -> None:
    assert classes(with_parcels(["0601", "1001"])) == ["industrial", "transport"]
    assert classes(with_parcels(["0601", "1001"], land_use_system="land_sea_2023")) == [
        "transport",
        "industrial",
    ]


def test_the_project_declares_for_all_and_a_source_for_itself() -> None:
    raw = with_parcels(["1001"])
    raw["project"]["land_use_system"] = "land_sea_2023"
    assert classes(raw) == ["industrial"]
    raw["sources"]["parcels"]["land_use_system"] = "gbt21010"
    assert classes(raw) == ["transport"]


def test_ambiguous_parcels_are_unknown_until_somebody_says() -> None:
    assert classes(with_parcels(["1001", "1001"])) == ["-", "-"]


def test_the_survey_in_the_classification_of_2023() -> None:
    """Zone Z1 is 200 ha: 20 ha of 1001 (industry) are built, 180 ha of 0101 are not."""
    raw = project()
    shapes = [box(0, 0, 2000, 100), box(0, 100, 2000, 1000)]
    survey = layer(shapes, survey_id=["1", "2"], land_class_code=["100101", "0101"])
    raw["sources"]["survey"] = {"data": survey}
    land = measured(raw)
    assert land.developed_m2["Z1"] == pytest.approx(200_000, rel=1e-3)
    of_zone = land.gaps[land.gaps["zone_id"] == "Z1"]
    assert set(of_zone["land_use_class"]) == {"industrial", "farmland"}
    assert "land_use_system" not in land.gaps


def test_units_are_cut_where_that_is_declared() -> None:
    units = ["321003001002GB00012W00000000", "321003001002GB00013F00010001"]
    kept = loaded(with_parcels(["0601"] * 2, units)).table("parcels")
    assert kept["parcel_id"].tolist() == units
    cut = loaded(with_parcels(["0601"] * 2, units, parcel_codes="parcel")).table("parcels")
    assert cut["parcel_id"].tolist() == ["321003001002GB00012", "321003001002GB00013"]
    assert cut["unit_code"].tolist() == units


def test_two_units_of_one_parcel_are_two_rows_with_one_key() -> None:
    units = ["321003001002GB00012F00010001", "321003001002GB00012F00010002", "321003001002GB00013W00000000"]
    inputs = loaded(with_parcels(["0601"] * 3, units, parcel_codes="parcel"))
    assert inputs.table("parcels")["parcel_id"].tolist() == ["321003001002GB00013"]
    assert inputs.aside("parcels")["reason"].tolist() == ["duplicate_key"] * 2


def test_plain_ids_make_no_issue() -> None:
    codes = {issue.code for issue in loaded(project()).issues}
    assert not codes & {"bad_parcel_code", "bad_credit_code", "unknown_division", "unknown_land_use_code"}


def test_long_tables_tell_a_code_once_a_row() -> None:
    """Two tax items of one firm are two rows of returns and one row of the file."""
    raw = project()
    rows = pd.DataFrame(
        {"enterprise_id": ["91330100799655058B", "91330100799655058C"], "甲": [1.0, 2.0], "乙": [3.0, 4.0]}
    )
    columns = {
        name: {"to": f"item:{item}", "unit": "万元"} for name, item in (("甲", "vat"), ("乙", "tax_paid"))
    }
    raw["sources"]["returns"] = {"data": rows, "year": 2024, "columns": columns}
    told = [issue for issue in loaded(raw).issues if issue.code == "bad_check_digit"]
    assert [(issue.value, issue.source_row, issue.n) for issue in told] == [("91330100799655058C", 2, 1)]


@pytest.mark.parametrize("key", ["land_use_system", "parcel_codes"])
def test_wrong_words_are_named(key: str) -> None:
    with pytest.raises(ConfigError, match=key):
        load_config(with_parcels(["0601"], **{key: "gb21010"}))
