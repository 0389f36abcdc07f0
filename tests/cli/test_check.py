"""``landeff check`` reads the standards too, as a run would."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from four_squares import project as four_squares

import landeff
from landeff.core.errors import ConfigError
from landeff.pipeline.check import rules_of
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land, measure_land
from landeff.pipeline.load import Inputs, load

Read = tuple[Inputs, Land, Config]
RULE = """
title = { zh = "没有改良", en = "no improvement" }
category = "low_efficiency"
version = "1"
basis = [{ document = "办法" }]
when = { column = "COLUMN", op = "is_null" }
"""


@pytest.fixture(scope="module")
def read() -> Read:
    """The four squares with a column of the user's own, read and measured."""
    raw = four_squares()
    raw["sources"]["parcels"]["data"]["own_code"] = ["x", None, "x", "x"]
    config = landeff.load_config(raw)
    inputs = load(config, lambda step: None)
    return inputs, measure_land(inputs, config), config


def _rules(read: Read, folder: Path, rule: str) -> set[str]:
    (folder / "ours.toml").write_text(rule, "utf-8")
    inputs, land, config = read
    config = replace(config, rules=("./ours.toml", "national/idle"), rules_folder=folder)
    return set(rules_of(inputs, land, config).rules)


@pytest.mark.parametrize(
    "column", ["far_ratio", "tax_paid_cny", "holder_code", "own_code", "zone_share_ratio"]
)
def test_a_rule_may_name_what_a_run_gives_the_parcels(read: Read, tmp_path: Path, column: str):
    assert _rules(read, tmp_path, RULE.replace("COLUMN", column)) == {"national/idle", "ours"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("COLUMN", "far_ration", "ours.toml, line 6: unknown column"),
        ("is_null", "is_nil", "ours.toml, line 6: unknown operator"),
        ('version = "1"', "", '"version" is missing'),
    ],
)
def test_a_wrong_rule_is_told_before_a_run(read: Read, tmp_path: Path, old: str, new: str, told: str):
    with pytest.raises(ConfigError, match=told):
        _rules(read, tmp_path, RULE.replace(old, new).replace("COLUMN", "far_ratio"))


def test_a_wrong_file_of_ways_of_disposal_is_told_before_anything_is_read(tmp_path: Path):
    (tmp_path / "ways.toml").write_text("[[ways]]\nid = 1\n", "utf-8")
    raw = four_squares()
    raw["standards"]["disposal"] = str(tmp_path / "ways.toml")
    with pytest.raises(ConfigError, match=r"ways\.toml"):
        landeff.check(landeff.load_config(raw))
