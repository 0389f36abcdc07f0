"""Firms on the map: shares, scores and the rows behind the money, as tables that fit in the page."""

from __future__ import annotations

import pandas as pd
import pytest

from landeff.core.dataset import Dataset
from landeff.core.units import M2_PER_MU
from landeff.publish.map import build_map, map_model, tables
from landeff.publish.map.draw import _store
from landeff.publish.map.firms import firms_of
from landeff.publish.map.tables import page_tables


@pytest.fixture(scope="module")
def scored(tiny_dataset: Dataset) -> Dataset:
    """Two firms on the first parcel with tax, one of them scored by two items."""
    parcel = tiny_dataset.layer("parcels").dropna(subset="tax_cny")["parcel_id"].iloc[0]
    shares = pd.DataFrame({
        "enterprise_id": ["F2", "F1", "F1"], "year": [2024, 2024, 2023], "parcel_id": parcel,
        "share_ratio": [0.25, 1.0, 0.5], "method": ["occupancy", "holder", "holder"],
        "land_basis": ["land_area", "remainder", "remainder"], "land_area_m2": [20 * M2_PER_MU, None, 1.0],
    })  # fmt: skip
    money = pd.DataFrame({
        "parcel_id": parcel, "year": [2023, 2024, 2024, 2024],
        "item": ["tax_paid", "vat", "output", "tax_paid"],
        "enterprise_id": ["F1", "F1", None, "F2"], "value": [1e4, 5.0, 2e4, 12_500.0],
        "share_ratio": [1.0, 1.0, 1.0, 0.25], "source_file": "税收.xlsx", "source_row": [7, 8, 9, 10],
    })  # fmt: skip
    grades = pd.DataFrame({
        "enterprise_id": ["F2", "F2", "F9"], "name": "乙", "scorecard": "ours", "model": "all",
        "year": [2023, 2024, 2024], "total": [10.0, 61.5, 1.0], "rank": [9, 3, 4], "n": 9,
        "grade": ["D", "B", "C"],
        "reason": "by_cut", "official_grade": [None, "C", None],
    })  # fmt: skip
    scores = pd.DataFrame({
        "enterprise_id": "F2", "year": 2024, "scorecard": "ours", "model": "all", "item": ["output", "tax"],
        "value": [9.19, 3.48], "unit": "万元/亩", "benchmark": [80.0, 20.0], "points": [21.5, 40.0],
        "weight": [40.0, 60.0], "status": ["mean", "scored"], "reason": ["no_value", ""],
    })  # fmt: skip
    card = pd.DataFrame({
        "scorecard": "ours", "kind": ["card", "item", "item"], "model": [None, "all", "all"],
        "item": [None, "tax", "output"], "title_zh": ["评分", "亩均税收", "亩均产值"],
        "title_en": ["ours", "tax per mu", "output per mu"], "is_verified": False, "order": [0, 1, 2],
    })  # fmt: skip
    made = {"shares": shares, "contributions": money, "grades_simulated": grades, "scores": scores}
    return Dataset(tiny_dataset.meta, {**tiny_dataset.tables, **made, "scorecards": card})


def test_firms_of_the_latest_year_with_their_scores(scored):
    firms = firms_of(scored)
    assert firms.firms["enterprise_id"].tolist() == ["F1", "F2"]
    assert firms.stands[["firm", "share_ratio"]].to_numpy().tolist() == [[0, 1.0], [1, 0.25]]
    assert firms.stands["land_mu"].fillna(-1).tolist() == [-1, pytest.approx(20.0)]
    assert firms.grades[["firm", "year", "total", "official_grade"]].to_numpy().tolist() == [
        [1, 2024, 61.5, "C"]
    ]
    # in the order of the scorecard, not of the alphabet
    assert firms.scores["item"].tolist() == ["ours/all/tax", "ours/all/output"]
    assert firms.titles["score_item"]["ours/all/tax"].zh == "亩均税收"
    assert firms.titles["scorecard"]["ours"].zh == "评分（未核对原文）"


def test_only_the_rows_behind_tax_and_output_travel(scored):
    """The tax of the declared scope is tax paid in; VAT is a part of it and not told again."""
    money = firms_of(scored).money
    assert money[["year", "item", "wan", "source_row"]].to_numpy().tolist() == [
        [2024, "output", 2.0, 9], [2024, "tax_paid", 1.25, 10], [2023, "tax_paid", 1.0, 7],
    ]  # fmt: skip
    assert money["firm"].fillna(-1).tolist() == [-1, 1, 0]


def test_a_run_without_firms_has_none(tiny_dataset):
    bare = {name: tiny_dataset.tables[name] for name in ("parcels", "zones")}
    firms = firms_of(Dataset(tiny_dataset.meta, bare))
    assert [len(t) for t in (firms.firms, firms.stands, firms.grades, firms.scores, firms.money)] == [0] * 5


def _tables(dataset: Dataset) -> tuple[dict[str, tables.Table], tuple[str, ...]]:
    model = map_model(dataset)
    return page_tables(model, _store(model))


def test_what_does_not_fit_is_left_out_and_named(scored, monkeypatch):
    made, left = _tables(scored)
    assert [made[name][0] for name in ("firms", "stands", "grades", "scores", "money")] == [2, 2, 1, 2, 3]
    assert left == ()
    whole = {name: sum(len(c.base64()) for c in columns.values()) for name, (_, columns) in made.items()}
    before_money = sum(whole[name] for name in ("firms", "stands", "grades", "scores"))
    monkeypatch.setattr(tables, "DETAIL_CHARACTERS", before_money + whole["money"] - 1)
    latest, left = _tables(scored)
    assert (latest["money"][0], left) == (2, ())  # the year before is left out first
    monkeypatch.setattr(tables, "DETAIL_CHARACTERS", whole["firms"] + whole["stands"])
    few, left = _tables(scored)
    assert left == ("grades", "scores", "money")
    assert "stands" in few
    assert '"leftOut":["grades","scores","money"]' in build_map(scored).get_root().render()
