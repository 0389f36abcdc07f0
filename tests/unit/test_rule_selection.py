"""Which rules a run uses: by id, pattern and file, by place, by thresholds given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rule_texts import AS_OF, GOOD

from landeff.core.errors import ConfigError
from landeff.standards.catalogue import select_rules
from landeff.standards.evaluate import Facts, evaluate
from landeff.standards.rules import parse_rule


def test_selection_by_id_by_pattern_and_by_file(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "low_tax.toml").write_text(GOOD, encoding="utf-8")
    chosen = select_rules(["national/idle", "jiangsu/yangzhou/*", "./rules/*.toml"], AS_OF, tmp_path)
    assert list(chosen.rules) == [
        "jiangsu/yangzhou/low_efficiency_d2",
        "jiangsu/yangzhou/review_c2",
        "national/idle",
        "rules/low_tax",
    ]
    assert [note.key for note in chosen.notes] == [
        "jiangsu/yangzhou/scattered_land",
        "jiangsu/yangzhou/vacant_premises",
    ]
    assert {note.code for note in chosen.notes} == {"rule_not_used"}


def test_a_users_file_replaces_the_rule_of_its_name_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "idle.toml").write_text(GOOD, encoding="utf-8")
    chosen = select_rules(["national/*", "national/idle.toml"], AS_OF, tmp_path)
    assert chosen.rules["national/idle"].title.zh == "低税"
    assert [note.key for note in chosen.notes if note.code == "rule_replaced"] == ["national/idle"]


def test_an_unverified_rule_is_off_unless_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    doubtful = parse_rule(GOOD, "somewhere/doubtful", "doubtful.toml")
    monkeypatch.setattr("landeff.standards.catalogue.built_in_rules", lambda: {doubtful.id: doubtful})
    by_pattern = select_rules(["somewhere/*"], AS_OF, tmp_path)
    assert not by_pattern.rules
    assert by_pattern.notes[0].key == "somewhere/doubtful"
    named = select_rules(["somewhere/doubtful"], AS_OF, tmp_path)
    assert list(named.rules) == ["somewhere/doubtful"]
    assert [note.code for note in named.notes] == ["rule_unverified"]


def test_a_rule_not_in_force_is_skipped_with_a_note(tmp_path: Path) -> None:
    # 令53号 is in force since 2012-07-01
    early = select_rules(["national/idle"], dt.date(2012, 6, 30), tmp_path)
    assert not early.rules
    assert "2012-07-01" in early.notes[0].decision
    assert select_rules(["national/idle"], dt.date(2012, 7, 1), tmp_path).rules


def test_a_name_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='did you mean "national/idle"'):
        select_rules(["national/idel"], AS_OF, tmp_path)
    with pytest.raises(ConfigError, match=r"my_rule\.toml"):
        select_rules(["./my_rule.toml"], AS_OF, tmp_path)


def test_a_rule_of_another_place_is_off_unless_named(tmp_path: Path) -> None:
    here, elsewhere = "jiangsu/yangzhou", "jiangsu/suzhou"
    rule_id = "jiangsu/yangzhou/low_efficiency_d2"
    assert rule_id in select_rules(["jiangsu/*"], AS_OF, tmp_path, jurisdiction=here).rules
    assert rule_id in select_rules(["jiangsu/*"], AS_OF, tmp_path, jurisdiction=f"{here}/hanjiang").rules
    other = select_rules(["jiangsu/*", "national/idle"], AS_OF, tmp_path, jurisdiction=elsewhere)
    assert list(other.rules) == ["national/idle"]
    assert (rule_id, "off, since it is of jiangsu/yangzhou") in [(n.key, n.decision) for n in other.notes]
    named = select_rules([rule_id], AS_OF, tmp_path, jurisdiction=elsewhere)
    assert list(named.rules) == [rule_id]
    assert [note.code for note in named.notes] == ["rule_elsewhere"]


def test_a_threshold_left_empty_keeps_the_rule_off_until_it_is_given(tmp_path: Path) -> None:
    rule_id = "national/low_efficiency/tax_absolute"
    off = select_rules([rule_id], AS_OF, tmp_path)
    assert not off.rules
    (note,) = [note for note in off.notes if note.code == "rule_not_used"]
    assert note.decision == "off, since it has no value for floor_cny_per_mu"
    assert f'[standards.parameters."{rule_id}"]' in note.fix
    on = select_rules([rule_id], AS_OF, tmp_path, parameters={rule_id: {"floor_cny_per_mu": 20_000}})
    frame = pd.DataFrame({"land_use_class": "industrial", "tax_cny_per_mu": [19_999.0, 20_000.0, np.nan]})
    found = evaluate(on.rules[rule_id], Facts(frame, AS_OF))
    assert found.labels().tolist() == ["hit", "clear", "unknown"]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"national/idle_due_soon": {"window_dais": 30}}, 'did you mean "window_days"'),
        (
            {"national/idle_due_soon": {"window_days": "30"}},
            "window_days of national/idle_due_soon is a number",
        ),
        ({"national/idle_dew_soon": {"window_days": 30}}, 'did you mean "national/idle_due_soon"'),
    ],
)
def test_a_wrong_threshold_is_told(
    parameters: dict[str, dict[str, object]], words: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=words):
        select_rules(["national/idle_due_soon"], AS_OF, tmp_path, parameters=parameters)
