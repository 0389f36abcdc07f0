"""Scorecards in a run: facts, sources, tables, sheets; a simulated grade decides nothing."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import four_squares
import openpyxl
import pandas as pd
import pytest
from cards import card_text

import landeff
from landeff.core.errors import ConfigError

HOSTILE = '<img src=x onerror="alert(1)">{{ 7*7 }}'
VETO = """
[[vetoes]]
id = "accident"
title = { zh = "安全事故", en = "accident" }
when = { column = "accident", op = "is_true" }
grade = "C"

[cuts]
by = "share"
rounding = "ceil"
grades = [{ grade = "A", to = 0.25 }, { grade = "B", to = 0.5 }, { grade = "C" }]
"""
EFFECTS = """
title = { zh = "差别化政策", en = "treatment" }
version = "1"
verified = true

[[basis]]
document = "某办法"

[[effects]]
kind = "electricity"
unit = "元/kWh"
grades = { C = 0.1, D = { value = 0.3, document = "某文〔2025〕1号" } }

[[effects]]
kind = "land"
grades = { D = { told = { zh = "限制新增用地", en = "no new land" } } }
"""


def project(folder: Path, **standards: Any) -> dict[str, Any]:
    """The four squares, with a scorecard of the user's own: 60 of tax per mu, 40 of staff per mu."""
    (folder / "ours.toml").write_text(card_text(rest=VETO), encoding="utf-8")
    (folder / "effects.toml").write_text(EFFECTS, encoding="utf-8")
    raw = four_squares.project()
    raw["standards"] = {
        "rules": ["national/idle", "jiangsu/yangzhou/low_efficiency_d2"],
        "scorecards": ["./ours.toml"],
        "effects": ["./effects.toml"],
        "folder": str(folder),
        **standards,
    }
    tax = raw["sources"]["returns"]["data"].dropna(subset="enterprise_id")
    staff = pd.DataFrame({"enterprise_id": ["H1", "H2", "H4", "T"], "staff": [1000, 750, 750, 250]})
    raw["sources"]["returns"]["data"] = tax.merge(staff, on="enterprise_id", how="left")
    raw["sources"]["returns"]["columns"]["staff"] = {"to": "item:n_employees", "unit": "人"}
    register = {
        "enterprise_id": ["H1", "H2", "H4", "T", "X"],
        "name": [HOSTILE, "乙", "丁", "租户", "无地"],
        "安全事故": ["是", "否", "否", None, "也许"],
        "district_code": ["x"] * 5,
    }
    raw["sources"]["enterprises"] = {"data": pd.DataFrame(register)}
    official = {"enterprise_id": ["H1", "H1", "H2"], "year": [2024, 2023, 2024], "grade": ["D", "D", "B"]}
    raw["sources"]["grades"] = {"data": pd.DataFrame(official)}
    return raw


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> landeff.Result:
    return landeff.run(project(tmp_path_factory.mktemp("cards")))


def test_grades_by_hand(result: landeff.Result) -> None:
    """Tax in 万元: H1 100 on 500 mu, H2 60 on 750, H4 8 on 375, T 20 on 250; staff 2, 1, 2 and 1 a mu.

    Points: 60·tax/2 + 40·staff/2: H1 6 + 40, H2 2.4 + 20, H4 0.64 + 40, T 2.4 + 20. X has no land.
    """
    made = result.table("grades_simulated").set_index("enterprise_id")
    assert made.loc[["H1", "H4", "H2", "T"], "total"].tolist() == pytest.approx([46.0, 40.64, 22.4, 22.4])
    assert made.loc[["H1", "H4", "H2", "T"], "rank"].tolist() == [1, 2, 3, 4]
    assert made.loc[["H1", "H4", "H2", "T"], "grade"].tolist() == ["C", "B", "C", "C"]
    assert made.loc["H1", ["grade_by_cut", "reason", "override"]].tolist() == ["A", "veto", "accident"]
    assert made.loc["X", "reason"] == "facts_missing"
    assert made["official_grade"].fillna("").to_dict() == {"H1": "D", "H2": "B", "H4": "", "T": "", "X": ""}


def test_firms_on_one_parcel_are_scored_once_under_merge_share(tmp_path: Path) -> None:
    """H1 and T stand on A: (100 + 20) 万元 and (1 000 + 250) staff on 750 mu; H2 and H4 as before."""
    raw = project(tmp_path)
    raw["link"] = {"allocation": "merge_share"}
    made = landeff.run(raw).table("grades_simulated").set_index("enterprise_id")
    together = 60 * (120 / 750) / 2 + 40 * (1250 / 750) / 2
    assert made.loc[["H1", "T"], "total"].tolist() == pytest.approx([together, together])
    assert made.loc["H1", "unit_id"] == made.loc["T", "unit_id"]
    assert made.loc[["H1", "T", "H2", "H4"], "rank"].tolist() == [2, 2, 3, 1]
    assert made.loc[["H1", "T", "H2", "H4"], "n"].tolist() == [3, 3, 3, 3]
    assert made.loc["T", "reason"] == "veto"  # the accident of H1 is one of the unit
    assert made.loc[["H1", "T"], "grade"].tolist() == ["C", "C"]


def test_score_sheets_name_their_sources(result: landeff.Result) -> None:
    scores = result.table("scores").set_index(["enterprise_id", "item"])
    line = scores.loc["T", "tax"]
    assert (line["numerator"], line["value"], line["unit"]) == (200_000.0, pytest.approx(0.08), "万元/亩")
    assert line["denominator"] == pytest.approx(250 * 10_000 / 15)
    assert line["source"] == "returns #4 ÷ A"
    assert scores.loc["H2", "staff"]["source"] == "returns #2 ÷ B"


def test_a_simulated_grade_decides_nothing(result: landeff.Result, tmp_path: Path) -> None:
    """The D of two years that the office gave is a hit; C of the simulation changes no finding."""
    without = landeff.run(project(tmp_path, scorecards=[], effects=[]))
    pd.testing.assert_frame_equal(result.table("findings"), without.table("findings"))
    pd.testing.assert_frame_equal(result.table("parcels"), without.table("parcels"))
    assert without.table("grades_simulated").empty
    assert list(without.table("scores").columns) == list(result.table("scores").columns)


def test_what_is_doubtful_is_told(result: landeff.Result) -> None:
    issues = result.table("issues")
    rows = issues[issues["code"].str.startswith("scorecard")].set_index("code")
    assert rows.loc["scorecard_input_unread", ["key", "column", "value"]].tolist() == [
        "X",
        "安全事故",
        "也许",
    ]
    assert "scorecard_tie" not in rows.index  # H2 and T are equal, and both C


def test_row_order_of_the_inputs_does_not_matter(result: landeff.Result, tmp_path: Path) -> None:
    raw = project(tmp_path)
    for table in ("returns", "enterprises", "grades", "occupancy", "parcels"):
        raw["sources"][table]["data"] = raw["sources"][table]["data"].iloc[::-1].reset_index(drop=True)
    other = landeff.run(raw)
    pd.testing.assert_frame_equal(result.table("grades_simulated"), other.table("grades_simulated"))
    columns = [name for name in result.table("scores") if name != "source"]  # rows are counted as read
    pd.testing.assert_frame_equal(result.table("scores")[columns], other.table("scores")[columns])


def test_the_page_of_score_sheets(result: landeff.Result, tmp_path: Path) -> None:
    assert result.save_score_sheets(tmp_path / "sheets.html", lang="zh") == 5
    page = (tmp_path / "sheets.html").read_text("utf-8")
    assert page.count("<article ") == 5
    assert "break-after: page" in page
    assert "<script" not in page
    assert not re.search(r"https?://|src=x onerror=\"", page)
    assert "&lt;img src=x onerror=" in page
    assert "{{ 7*7 }}" in page
    assert page.count("模拟结果，非正式等级") == 5
    assert "用电价格（D）" in page  # H1: what the official grade means
    assert "+0.3 元/kWh（某文〔2025〕1号）" in page
    assert "限制新增用地" in page
    assert "用电价格（若为 C，模拟）" in page  # T: no official grade
    assert result.save_score_sheets(tmp_path / "one.html", ["T"], lang="en") == 1
    assert "A simulation, not a grade" in (tmp_path / "one.html").read_text("utf-8")


def test_the_score_sheet_as_text(result: landeff.Result) -> None:
    told = result.score_sheet("H4", lang="zh")
    assert "模拟等级: B（模拟）" in told
    assert "算式 8 万元 ÷ 375 亩" in told
    assert "距上一档（分）: 5.36" in told  # 46 − 40.64
    with pytest.raises(ConfigError, match="the nearest is H4"):
        result.score_sheet("H44")


def test_the_dossier_tells_what_the_official_grade_means(result: landeff.Result) -> None:
    assert "差别化资源配置（正式等级 B）" not in result.explain("B", "zh")  # nothing is given for B
    assert result.parcels.set_index("parcel_id")["grade_latest"].fillna("").to_dict()["D"] == ""
    effects = result.table("grade_effects")
    assert effects[["kind", "grade", "value"]].fillna(-1).to_numpy().tolist() == [
        ["electricity", "C", 0.1],
        ["electricity", "D", 0.3],
        ["land", "D", -1],
    ]
    parcels = result.parcels.assign(grade_latest="D")
    tables = {**result.dataset.tables, "parcels": parcels}
    told = dataclasses.replace(result, dataset=dataclasses.replace(result.dataset, tables=tables))
    assert "差别化资源配置（正式等级 D）" in told.explain("B", "zh")


def test_saved_workbook_and_result(result: landeff.Result, tmp_path: Path) -> None:
    result.save(tmp_path / "out")
    again = landeff.load_result(tmp_path / "out")
    for name in ("scores", "grades_simulated", "scorecards", "grade_effects"):
        pd.testing.assert_frame_equal(result.table(name), again.table(name))
    assert again.score_sheet("H4", lang="en") == result.score_sheet("H4", lang="en")
    page = openpyxl.load_workbook(tmp_path / "out" / "inventory.xlsx")["模拟等级"]
    rows = list(page.iter_rows(values_only=True))
    heading = rows[0].index("模拟等级")
    assert [row[heading] for row in rows[1:]] == ["C", "B", "C", "C", None]
    assert {row[rows[0].index("性质")] for row in rows[1:]} == {"模拟，非正式等级"}


def test_a_card_of_the_user_is_refused_before_anything_is_computed(tmp_path: Path) -> None:
    raw = project(tmp_path)
    text = card_text(rest=VETO).replace('of = "tax_cny"', 'of = "tax_cyn"')
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r'ours.toml, line \d+: .*did you mean "tax_cny"'):
        landeff.check(landeff.load_config(raw))
    with pytest.raises(ConfigError, match="did you mean"):
        landeff.run({**raw, "standards": {"scorecards": ["jiangsu/huaian_2023"]}})
    with pytest.raises(ConfigError, match=r"\[standards\] scorecards"):
        landeff.run({**raw, "standards": {"scorecards": [7]}})


@pytest.mark.parametrize(
    ("was", "by", "message"),
    [
        ('kind = "land"', 'kind = "lnad"', 'did you mean "land"'),
        ("C = 0.1", "C = {}", "says nothing"),
        ('unit = "元/kWh"\n', "", "no unit"),
        ('version = "1"', "verison = 1", 'did you mean "version"'),
    ],
)
def test_mistakes_in_a_table_of_effects(was: str, by: str, message: str, tmp_path: Path) -> None:
    raw = project(tmp_path)
    (tmp_path / "effects.toml").write_text(EFFECTS.replace(was, by), encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        landeff.run(raw)
