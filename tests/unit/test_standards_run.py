"""Rules in a whole run over four squares: a user's own rule, suspended works, plans, land not supplied."""

from __future__ import annotations

import datetime as dt
import html
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from four_squares import box, layer, project, sources

import landeff
from landeff.core.errors import ConfigError
from landeff.core.explanation import explanation, told

OWN = """
title = { zh = "本地低效", en = "low by our own measure" }
category = "low_efficiency"
version = "2025"
verified = false
advice = { zh = "列入本地清单", en = "enter in our list" }

[[basis]]
document = "本地办法"
number = "1号"
article = "第三条"

[parameters]
floor_cny_per_mu = { kind = "number", unit = "元/亩" }

[applies]
column = "our_zone_kind"
op = "="
value = "core"

[when]
column = "tax_cny_per_mu"
op = "<"
to = "floor_cny_per_mu"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("project")
    (made / "rules").mkdir()
    (made / "rules" / "own.toml").write_text(OWN, encoding="utf-8")
    return made


def raw(folder: Path) -> dict[str, Any]:
    """A 0601 industrial, started, a tenth built, stopped since 2023-06-30; the batch P1 reaches beyond A."""
    made = project()
    _, parcels, supply, _, _ = sources()
    parcels = parcels.assign(our_zone_kind=["core", "core", "edge", None])
    supply = supply.assign(
        is_started=["是", None, "否"],
        start_checked_on=["2022-06-01", None, "2024-12-01"],
        approval_id=["P1", None, None],
        supplied_area_m2=[480_000.0, None, None],
        construction_area_m2=[50_000.0, None, None],
        due_construction_area_m2=[500_000.0, None, None],
    )
    suspensions = pd.DataFrame(
        {
            "supply_id": ["S1", "S1", "S2"],
            "from_on": ["2022-09-01", "2023-06-30", "2020-01-01"],
            "to_on": ["2022-12-01", None, "2020-06-01"],
        }
    )
    plans = layer(
        [box(900, 0, 1100, 500), box(0, 0, 4000, 1000)],
        plan_id=["N1", "C1"],
        plan_kind=["永久基本农田", "城镇开发边界"],
    )
    approvals = layer(
        [box(0, 0, 1400, 500)],
        approval_id=["P1"],
        name=["第一批次"],
        approved_on=["2021-05-01"],
        approved_area_m2=[700_000.0],
        is_cleared=["是"],
    )
    buildings = layer([box(1200, 100, 1300, 200)], building_id=["b"], n_floors=[1])
    made["sources"] |= {
        "parcels": {**made["sources"]["parcels"], "data": parcels},
        "supply": {
            "data": supply,
            "columns": {"supplied_area_m2": {"to": "supplied_area_m2", "unit": "平方米"}},
        },
        "suspensions": {"data": suspensions},
        "plans": {"data": plans},
        "approvals": {"data": approvals},
        "buildings": {"data": buildings},
    }
    made["standards"] = {
        "folder": str(folder),
        "rules": [
            *("national/idle", "national/idle_suspended", "./rules/own.toml"),
            *(
                "national/plan/permanent_farmland",
                "national/plan/urban_boundary",
                "national/approval_two_years",
                "national/warning_orange",
            ),
        ],
        "parameters": {"rules/own": {"floor_cny_per_mu": 1000}},
        "supply_base_year": 2022,
        "supply_window_years": 2,
    }
    return made


@pytest.fixture(scope="module")
def result(folder: Path) -> landeff.Result:
    return landeff.run(raw(folder))


def said(result: landeff.Result, rule_id: str) -> dict[str, int]:
    return result.table("verdicts").set_index("parcel_id")[rule_id].to_dict()


def test_a_users_rule_works_like_one_that_ships(result: landeff.Result) -> None:
    # A pays 1 200 000 ÷ 750 mu = 1 600 a mu, B 600 000 ÷ 750 = 800 < 1000; C is at the edge; of D the kind
    # is not known, but its 80 000 ÷ 375 mu = 213 would be below
    assert said(result, "rules/own") == {"A": -1, "B": 1, "C": -2, "D": 0}
    row = result.table("rules").set_index("rule_id").loc["rules/own"]
    assert (row["title_zh"], row["parameters"]) == ("本地低效", '{"floor_cny_per_mu": 1000}')
    assert [row[name] for name in ("n_hit", "n_clear", "n_unknown", "n_not_applicable")] == [1, 1, 1, 1]
    found = result.table("findings").set_index(["rule_id", "parcel_id"]).loc["rules/own"]
    assert found["verdict"].to_dict() == {"B": "hit", "D": "unknown"}
    assert found.loc["D", "missing"] == "our_zone_kind"
    assert found.loc["B", "basis"] == "《本地办法》（1号）第三条"


def test_a_users_rule_is_told_everywhere_with_its_mark(result: landeff.Result, tmp_path: Path) -> None:
    mark = "本地低效（未核对原文）"
    dossier = result.explain("B")
    assert "rules/own: 疑似  [《本地办法》（1号）第三条]" in dossier
    assert "本地低效 v2025（未核对原文）" in dossier
    assert mark in result.report()
    saved = result.save(tmp_path / "maps")
    assert landeff.load_result(saved).explain("B") == dossier
    assert landeff.load_result(saved).explain("A") == result.explain("A")
    book = openpyxl.load_workbook(saved / "inventory.xlsx", read_only=True)
    cells = [str(cell) for row in book["判定说明"].iter_rows(values_only=True) for cell in row if cell]
    assert mark in cells
    # C: handed over 2023-12-31, so due 2024-12-31 = as_of; the year is over 365 days later
    assert {row[2] for row in book["动工预警"].iter_rows(min_row=2, values_only=True)} >= {"C"}
    assert [row[0] for row in book["批次供地"].iter_rows(values_only=True)].count("P1") == 1
    # the workbook tells what the terminal tells, line by line; so does the report
    explained = next(cell for cell in cells if cell.startswith("rules/own: 疑似"))
    assert all(line.strip() in dossier for line in explained.splitlines())
    report = html.unescape((saved / "report.html").read_text(encoding="utf-8"))
    assert all(line.strip() in report for line in explained.splitlines())
    assert mark in (saved / "map.html").read_text(encoding="utf-8") or "本地低效" in dossier


def test_a_mistake_in_a_users_rule_names_file_line_and_word(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN.replace('"tax_cny_per_mu"', '"tax_cny_per_mo"'), encoding="utf-8")
    made = raw(folder)
    made["standards"] = {"folder": str(tmp_path), "rules": ["./own.toml"]}
    with pytest.raises(
        ConfigError, match=r'own\.toml, line 22: unknown column "tax_cny_per_mo".*"tax_cny_per_mu"'
    ):
        landeff.run(made)


def test_suspended_works(result: landeff.Result) -> None:
    parcels = result.parcels.set_index("parcel_id")
    # the stop of 2022 is over; that of 2023-06-30 is not, a year on is 2024-06-30; 50 000 ÷ 500 000 = a tenth
    assert str(parcels.loc["A", "suspended_since_on"])[:10] == "2023-06-30"
    assert str(parcels.loc["A", "suspended_year_on"])[:10] == "2024-06-30"
    assert said(result, "national/idle_suspended") == {"A": 1, "B": 0, "C": -1, "D": 0}
    assert parcels.loc["A", "inventory_class"] == "idle_suspended"
    assert said(result, "national/idle")["A"] == -1
    assert parcels["idle_fee_estimate_cny"].isna().all()


def test_plan_conflicts_by_area_and_share(result: landeff.Result) -> None:
    parcels = result.parcels.set_index("parcel_id")
    # farmland covers 100 m of A's 1000 m: a tenth; nothing of the others. D lies outside the boundary.
    assert parcels["farmland_overlap_ratio"].round(6).to_dict() == {"A": 0.1, "B": 0.0, "C": 0.0, "D": 0.0}
    assert parcels.loc["A", "farmland_overlap_m2"] == pytest.approx(50_000, rel=3e-4)
    assert said(result, "national/plan/permanent_farmland") == {"A": 1, "B": -1, "C": -1, "D": -1}
    assert parcels.loc["D", "outside_boundary_m2"] == pytest.approx(250_000, rel=3e-4)
    assert said(result, "national/plan/urban_boundary") == {"A": -1, "B": -1, "C": -1, "D": 1}
    assert parcels["redline_overlap_m2"].isna().all()  # no red line among the plans: unknown


def test_unsupplied_by_geometry_and_by_ledger(result: landeff.Result) -> None:
    (row,) = result.table("approvals").to_dict("records")
    # 1400 × 500 m, of which A covers 1000 × 500; the ledger supplied 480 000 of 700 000
    near = pytest.approx
    assert row["area_m2"] == near(700_000, rel=3e-4)
    assert row["supplied_geometry_m2"] == near(500_000, rel=3e-4)
    assert row["unsupplied_geometry_m2"] == near(200_000, rel=3e-4)
    assert (row["supplied_ledger_m2"], row["unsupplied_ledger_m2"]) == (480_000, 220_000)
    assert row["unsupplied_difference_m2"] == near(-20_000, abs=100)
    assert row["unsupplied_share_ratio"] == near(2 / 7, rel=1e-5)
    # the piece is cleared, but a building stands on it
    (piece,) = result.table("remainders").to_dict("records")
    assert piece["unsupplied_kind"] == "used_before_supply"
    assert piece["building_footprint_m2"] == near(10_000, rel=3e-4)
    assert row["used_before_supply_m2"] == near(piece["area_m2"])
    assert row["ready_m2"] == row["unclear_m2"] == 0.0


def test_batches_over_two_years_old_and_the_supply_rate(result: landeff.Result) -> None:
    # 2021-05-01 + 2 years = 2023-05-01, before 2024-12-31
    (found,) = result.table("batch_findings").to_dict("records")
    assert (found["table"], found["key"], found["verdict"]) == ("approvals", "P1", "hit")
    rates = result.table("supply_rates").set_index("basis")
    assert rates[["from_year", "to_year", "n"]].drop_duplicates().to_numpy().tolist() == [[2021, 2022, 1]]
    assert rates.loc["geometry", "supply_rate_ratio"] == pytest.approx(5 / 7, rel=1e-5)
    assert rates.loc["ledger", "supply_rate_ratio"] == pytest.approx(48 / 70)


def test_findings_carry_what_explains_them(result: landeff.Result) -> None:
    """The model put together from what the run keeps says the same as the one made again."""
    rules = {row["rule_id"]: row for row in result.table("rules").to_dict("records")}
    for finding in result.table("findings").to_dict("records"):
        lines = [text for _, text in told(explanation(rules[finding["rule_id"]], finding), "zh")]
        dossier = result.explain(finding["parcel_id"], "zh")
        assert all(line in dossier for line in lines), finding["rule_id"]


def test_a_window_of_no_years_is_refused(folder: Path) -> None:
    made = raw(folder)
    made["standards"]["supply_window_years"] = 0
    with pytest.raises(ConfigError, match="supply_window_years = 0 must be 1 or more"):
        landeff.run(made)


def test_control_values_of_the_project(folder: Path) -> None:
    made = raw(folder)
    made["sources"]["controls"] = {"data": pd.DataFrame({"industry_code": ["36"], "control_far_min": [0.9]})}
    made["sources"]["enterprises"] = {
        "data": pd.DataFrame(
            {
                "enterprise_id": ["T", "H1", "H2", "H4"],
                "name": ["甲", "乙", "丙", "丁"],
                "industry_code": ["3670", "C3612", "1310", None],
            }
        )
    }
    made["standards"] = {"rules": ["national/control/far"]}
    parcels = landeff.run(made).parcels.set_index("parcel_id")
    assert isinstance(parcels, gpd.GeoDataFrame)
    # on A a tenant and the holder, of one division; on D a holder of no known industry
    assert parcels["industry_division_code"].fillna("").to_dict() == {"A": "36", "B": "13", "C": "", "D": ""}
    assert parcels["control_far_min"].fillna(-1).to_dict() == {"A": 0.9, "B": -1, "C": -1, "D": -1}
    assert made["project"]["as_of"] == dt.date(2024, 12, 31)
