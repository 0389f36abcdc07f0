"""A small run with all that a map can tell: nested rules, firms with scores, rows of money, comparison."""

import json

import geopandas as gpd
import pandas as pd
import shapely

from landeff.core.dataset import Dataset
from landeff.core.units import M2_PER_MU

RULE = "ours/vacant"
CONDITION = {
    "op": "all",
    "items": [
        {"op": "not", "items": [{"column": "land_use_class"}]},
        {"op": "any", "items": [{"column": "is_started"}, {"column": "far_ratio"}]},
    ],
}
ADVICE = ("列入清单", "Enter in the list")


def evidence(land, started, far):
    """Comparisons of :data:`RULE` as a run keeps them; each argument is a verdict."""
    leaves = [
        ("land_use_class", "in", ["water", "farmland"], land, "industrial"),
        ("is_started", "is_false", None, started, False),
        ("far_ratio", "<", "control_far_min", far, 0.5),
    ]
    told = [
        {"column": column, "op": op, "expected": right, "value": None if verdict == "unknown" else value,
         "verdict": verdict, "source_file": "供地.xlsx", "source_row": 8}
        for column, op, right, verdict, value in leaves
    ]  # fmt: skip
    told[2]["other"] = 0.8
    return json.dumps(told)


def rule():
    """The row of ``rules`` behind it."""
    return {
        "rule_id": RULE, "title_zh": "空置", "title_en": "vacant", "version": "1", "is_verified": True,
        "about": "parcels", "basis": "某办法", "condition": json.dumps(CONDITION),
        "advice_zh": ADVICE[0], "advice_en": ADVICE[1],
    }  # fmt: skip


def told_run(tiny):
    """``tiny_dataset`` with the rule on the first two parcels that have tax; and two firms."""
    parcels = tiny.layer("parcels").copy()
    n = len(parcels)
    parcels["grade_latest"] = [["A", "B", "C", "D", None][k % 5] for k in range(n)]
    parcels["industry"] = [["机械", "化工"][k % 2] for k in range(n)]
    parcels["land_use"] = [["工业用地", "仓储用地"][k % 3 // 2] for k in range(n)]
    first, second = parcels.dropna(subset="tax_cny")["parcel_id"].iloc[:2]
    grown = parcels["parcel_id"] == first  # over the road of 20 m, to its neighbours
    parcels.loc[grown, "geometry"] = parcels.loc[grown].buffer(20, join_style="mitre")
    findings = pd.DataFrame({
        "parcel_id": [first, second], "rule_id": RULE, "verdict": ["hit", "unknown"],
        "reason": [None, "missing_facts"], "since_on": pd.NaT, "missing": [None, "is_started"],
        "evidence": [evidence("false", "true", "false"), evidence("false", "unknown", "false")],
        "basis": "某办法", "advice": ADVICE[0], "stage": "suspected",
    })  # fmt: skip
    shares = pd.DataFrame({
        "enterprise_id": ["F2", "F1"], "year": 2024, "parcel_id": first, "share_ratio": [0.25, 1.0],
        "method": ["occupancy", "holder"], "land_basis": ["land_area", "remainder"],
        "land_area_m2": [20 * M2_PER_MU, None],
    })  # fmt: skip
    money = pd.DataFrame({
        "parcel_id": first, "year": [2023, 2024, 2024], "item": ["tax_paid", "output", "tax_paid"],
        "enterprise_id": ["F1", None, "F2"], "value": [1e4, 2e4, 12_500.0], "share_ratio": [1.0, 1.0, 0.25],
        "source_file": "税收.xlsx", "source_row": [7, 9, 10],
    })  # fmt: skip
    grades = pd.DataFrame({
        "enterprise_id": ["F2"], "name": "乙", "scorecard": "ours", "model": "all", "year": 2024,
        "total": 61.5, "rank": 3, "n": 9, "grade": "B", "reason": "by_cut", "official_grade": "C",
    })  # fmt: skip
    scores = pd.DataFrame({
        "enterprise_id": "F2", "year": 2024, "scorecard": "ours", "model": "all", "item": ["output", "tax"],
        "value": [None, 3.48], "unit": "万元/亩", "benchmark": [80.0, 20.0], "points": [21.5, 40.0],
        "weight": [40.0, 60.0], "status": ["mean", "scored"], "reason": ["no_value", ""],
    })  # fmt: skip
    card = pd.DataFrame({
        "scorecard": "ours", "kind": ["card", "item", "item"], "model": [None, "all", "all"],
        "item": [None, "tax", "output"], "title_zh": ["评分标准", "单位税收", "单位产值"],
        "title_en": ["our card", "tax of a mu", "output of a mu"], "is_verified": True, "order": [0, 1, 2],
    })  # fmt: skip
    corrections = pd.DataFrame({
        "kind": ["correction"], "status": "applied", "table": "parcels", "key": first,
        "column": "handover_on",
        "old_value": "2021-04-01", "new_value": "2021-05-01", "signer": "王某",
        "decided_on": pd.to_datetime(["2024-11-01"]), "why_zh": "已采用", "why_en": "applied",
    })  # fmt: skip
    comparison = gpd.GeoDataFrame(
        {"name": ["参考线"], "source_file": ["参考线.gpkg"], "crs_declared": [None]},
        geometry=[shapely.box(119.39, 32.4, 119.41, 32.41)],
    )
    zones, codes = tiny.layer("zones"), sorted(tiny.frame("inventory")["district_code"].unique())[:1]
    district = shapely.box(*zones.total_bounds).buffer(500)
    districts = gpd.GeoDataFrame(
        {"district_code": codes, "district_name": "甲区"}, geometry=[district], crs=zones.crs
    )
    tables = {
        "parcels": parcels, "findings": findings, "rules": pd.DataFrame([rule()]), "shares": shares,
        "contributions": money, "grades_simulated": grades, "scores": scores, "scorecards": card,
        "corrections": corrections, "comparison": comparison, "districts": districts,
    }  # fmt: skip
    return Dataset(tiny.meta, {**tiny.tables, **tables})
