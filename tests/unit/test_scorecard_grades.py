"""From points to grades: vetoes, bonuses, cuts, groups, shared parcels; and mistakes in a scorecard."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from cards import SHARES, card_text, firms, grades, make_card, points, run

from landeff.core.errors import ConfigError
from landeff.standards.scorecards.catalogue import select_scorecards
from landeff.standards.scorecards.parse import parse_scorecard

DAY = dt.date(2024, 12, 31)


OVERRIDES = """
[[not_graded]]
id = "new"
title = { zh = "投产不足两年", en = "new" }
when = { not = { column = "production_on", op = "older_than", value = "P2Y" } }

[[vetoes]]
id = "accident"
title = { zh = "安全事故", en = "accident" }
when = { column = "accident", op = "is_true" }
not_above = "C"

[[floors]]
id = "patents"
title = { zh = "专利", en = "patents" }
when = { column = "patents", op = ">=", value = 10 }
not_below = "B"

[cuts]
by = "share"
rounding = "round"
grades = [{ grade = "A", to = 0.25 }, { grade = "B", to = 0.5 }, { grade = "C", to = 0.75 }, { grade = "D" }]
"""


def test_veto_floor_and_not_graded() -> None:
    facts = firms([9.0, 8.0, 7.0, 6.0, 5.0])
    facts["安全事故"] = ["是", "否", "否", "是", None]
    facts["patents"] = [0.0, 0.0, 0.0, 12.0, 10.0]
    facts["投产日期"] = ["2010-01-01", "2023-01-01", "2010-01-01", "2010-01-01", "2022-12-30"]
    made = grades(make_card(rest=OVERRIDES), facts)
    # ranked: E0 A, E2 B, E3 C, E4 D; a floor lifts E3 and E4 to B, a veto takes E0 to C and E3 back to C
    assert made["grade_by_cut"].fillna("").tolist() == ["A", "", "B", "C", "D"]
    assert made["grade"].tolist() == ["C", "T", "B", "C", "B"]
    assert made["reason"].tolist() == ["veto", "not_graded", "by_cut", "veto", "floor"]
    assert made["override"].tolist() == ["accident", "new", "", "accident", "patents"]
    assert made["unsettled"].tolist() == ["", "", "", "", "accident"]
    assert made["n"].fillna(0).tolist() == [4, 0, 4, 4, 4]


def test_a_veto_may_name_the_grade() -> None:
    rest = OVERRIDES.replace('not_above = "C"', 'grade = "D"')
    facts = firms([9.0, 8.0]).assign(accident=[True, False], production_on=dt.date(2000, 1, 1), patents=0.0)
    # of two: half up 1 A, 1 to B, half up 2 to C
    assert grades(make_card(rest=rest), facts)["grade"].tolist() == ["D", "C"]


def test_bonus_and_malus() -> None:
    rest = """
[[adjustments]]
id = "patents"
title = { zh = "专利", en = "patents" }
of = "patents"
points = 0.5
most = 3

[[adjustments]]
id = "accident"
title = { zh = "安全事故", en = "accident" }
when = { column = "accident", op = "is_true" }
points = -5
"""
    facts = firms([2.0, 2.0, 2.0]).assign(patents=[4.0, 100.0, None], accident=[False, False, True])
    made = run(make_card(rest=rest), facts)
    assert made.grades["total"].tolist() == pytest.approx([102.0, 103.0, 95.0])
    lines = made.scores[made.scores["status"] == "adjustment"]
    assert lines["points"].tolist() == [2.0, 3.0, -5.0]
    assert made.grades["unsettled"].tolist() == ["", "", "patents"]  # no word of them: 0, and told


def test_cuts_by_score_and_the_distance_to_the_next_grade() -> None:
    cuts = '[cuts]\nby = "score"\ngrades = [{ grade = "A", at_least = 90 }, { grade = "B", at_least = 60 }, { grade = "C" }]'  # noqa: E501
    made = grades(make_card(rest=cuts), firms([1.8, 1.79, 1.2, 0.2]))
    assert made["total"].tolist() == pytest.approx([90.0, 89.5, 60.0, 10.0])
    assert made["grade"].tolist() == ["A", "B", "B", "C"]
    assert made["distance"].tolist() == pytest.approx([float("nan"), 0.5, 30.0, 50.0], nan_ok=True)
    shares = grades(make_card(), firms([1.8, 1.79, 1.2, 0.2]))  # one A, one B, two C
    assert shares["distance"].tolist() == pytest.approx([float("nan"), 0.5, 29.5, 79.5], nan_ok=True)


def test_groups_and_a_group_that_is_unknown() -> None:
    cuts = SHARES.replace('"ceil"', '"ceil"\ngroup = ["district_code"]')
    facts = firms([4.0, 3.0, 2.0, 1.0, 0.5], district_code=["320801", "320801", "320802", "320802", None])
    made = grades(make_card(rest=cuts), facts)
    assert made["grade"].fillna("").tolist() == ["A", "C", "A", "C", ""]  # one A, no more B, in each
    assert made["rank"].fillna(0).tolist() == [1, 2, 1, 2, 0]
    assert made["reason"].iloc[4] == "group_unknown"


def test_several_firms_on_one_parcel_share_one_result() -> None:
    """Two firms on 15 mu together: 4 and 2 万元 a mu of their halves are 60 + 30 万元 on 15 mu… one score."""
    facts = firms([4.0, 2.0, 1.0]).assign(unit_id=["U1", "U1", None], unit_area_m2=[20_000.0, 20_000.0, None])
    made = run(make_card(), facts)
    tax = made.scores[made.scores["item"] == "tax"].set_index("enterprise_id")
    assert tax["value"].tolist() == pytest.approx([3.0, 3.0, 1.0])  # (60 + 30) 万元 ÷ 30 亩
    rows = made.grades.set_index("enterprise_id")
    assert rows["n"].tolist() == [2, 2, 2]  # the unit counts once
    assert rows["grade"].tolist() == ["A", "A", "C"]
    assert rows["unit_id"].fillna("").tolist() == ["U1", "U1", ""]
    apart = run(make_card(extra="merge = false"), facts).grades
    assert apart["n"].tolist() == [3, 3, 3]
    unknown = facts.assign(tax_cny=[60e4, None, 15e4])
    assert run(make_card(), unknown).grades["total"].isna().tolist() == [True, True, False]


def test_models_and_scope() -> None:
    text = card_text().replace(
        'id = "all"',
        'id = "all"\nwhen = { column = "size_class", op = "=", value = "规上" }',
    )
    card = parse_scorecard(text, "ours", "ours.toml")
    made = grades(card, firms([2.0, 2.0, 2.0], size_class=["规上", "规下", None]))
    assert made["reason"].tolist() == ["by_cut", "out_of_scope", "model_unknown"]
    assert made["total"].notna().tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("was", "by", "line", "message"),
    [
        ('of = "tax_cny"', 'of = "tax_cyn"', 'of = "tax_cyn"', 'did you mean "tax_cny"'),
        ('item = "staff"', 'item = "stuff"', 'item = "stuff"', 'did you mean "staff"'),
        ('unit = "人/亩"', 'unit = "人/公里"', 'unit = "人/公里"', "no unit is called"),
        ('unit = "人/亩"', 'unit = "万元/亩"', 'unit = "万元/亩"', "n_employees is count"),
        ("weight = 40", "weight = 30", 'id = "all"', "add up to 90, not 100"),
        ("weight = 40", "weigth = 40", "weigth", 'did you mean "weight"'),
        ('rounding = "ceil"', 'rounding = "up"', "rounding", "ceil"),
        ('rounding = "ceil"\n', "", 'by = "share"', "need rounding"),
        ("to = 0.25", "to = 25", "grades", "rise"),
        ('kind = "fixed", value = 2', 'kind = "fixd", value = 2', "fixd", 'did you mean "fixed"'),
        ('kind = "fixed", value = 2', 'kind = "fixed", value = 0', "benchmark", "above 0"),
        ('kind = "fixed", value = 2', 'kind = "fixed", value = "2"', "benchmark", "must be a number"),
        ("weight = 40", "weight = nan", "weight = nan", "finite"),
        (
            'id = "all"',
            'id = "all"\nwhen = { column = "size_clas", op = "is_null" }',
            "size_clas",
            'did you mean "size_class"',
        ),
        ('by = "share"', 'by = "shares"', 'by = "shares"', 'did you mean "share"'),
        ('version = "1"', "", "", "version"),
        ("[[models]]", "[[models", "", "not TOML"),
        ('of = "tax_cny"', 'of = "n_employees"', 'unit = "万元/亩"', "n_employees is count, 万元 is money"),
    ],
)
def test_mistakes_are_told_with_line_and_the_nearest_name(was: str, by: str, line: str, message: str) -> None:
    text = card_text().replace(was, by)
    assert text != card_text()
    with pytest.raises(ConfigError) as caught:
        parse_scorecard(text, "ours", "ours.toml")
    told = str(caught.value)
    assert message in told
    assert told.startswith("ours.toml")
    if line:
        number = re.search(r"line (\d+)", told)
        assert number, told
        assert line in text.splitlines()[int(number[1]) - 1], told


def test_names_that_do_not_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='did you mean "jiangsu/huaian_2024"'):
        select_scorecards(["jiangsu/huaian_2023"], tmp_path, [2024], DAY)
    with pytest.raises(ConfigError, match=r"no file \"./ours.toml\""):
        select_scorecards(["./ours.toml"], tmp_path, [2024], DAY)
    (tmp_path / "ours.toml").write_text(card_text(), encoding="utf-8")
    assert list(select_scorecards(["./ours.toml"], tmp_path, [2024], DAY).cards) == ["ours"]
    old = card_text(extra="valid_to = 2023-12-31")
    (tmp_path / "old.toml").write_text(old, encoding="utf-8")
    (note,) = select_scorecards(["./old.toml"], tmp_path, [2024], DAY).notes
    assert (note.code, note.decision) == (
        "scorecard_not_used",
        "not used: valid to 2023-12-31, not on 2024-12-31",
    )
    chosen = select_scorecards(["zhejiang/huangyan_2022"], tmp_path, [2024], DAY)
    assert not chosen.cards
    assert [note.code for note in chosen.notes] == ["scorecard_not_used"]


def test_a_column_of_the_register_is_in_the_unit_its_header_names() -> None:
    """用电量（万千瓦时）30 is 300 000 kWh; a header without a unit is refused, not guessed."""
    inputs = (
        '[inputs.electricity_kwh]\ntitle = { zh = "用电", en = "power" }\nalso = ["用电量（万千瓦时）"]\n\n'
    )
    text = card_text().replace("[items.tax]", f"{inputs}[items.tax]")
    text = text.replace('of = "n_employees"', 'of = "tax_cny"').replace(
        'per = "basis_area_m2"\nunit = "人/亩"', 'per = "electricity_kwh"\nunit = "元/kWh"'
    )
    facts = firms([2.0]).assign(**{"用电量（万千瓦时）": [30.0]})
    made = points(parse_scorecard(text, "ours", "ours.toml"), facts, "staff")
    assert made["value"].iloc[0] == pytest.approx(1.0)  # 300 000 元 ÷ 300 000 kWh
    with pytest.raises(ConfigError, match=r"line \d+: .*the unit of \"用电量\" is not known"):
        parse_scorecard(text.replace("（万千瓦时）", ""), "ours", "ours.toml")
    with pytest.raises(ConfigError, match="is in 万元"):
        parse_scorecard(text.replace("（万千瓦时）", "（万元）"), "ours", "ours.toml")


def test_no_enterprise_at_all() -> None:
    made = run(make_card(), firms([]).astype({"year": "Int64", "enterprise_id": "str"}))
    assert made.grades.empty
    assert made.scores.empty
    assert "grade" in made.grades
