"""A damaged scorecard is refused in words, whatever was done to it; never by a traceback."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from importlib.resources import files
from typing import Any

from cards import card_text
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.core.errors import ConfigError
from landeff.standards.scorecards.parse import parse_scorecard

HUAIAN = (files("landeff.standards.scorecards") / "catalogue/jiangsu/huaian_2024.toml").read_text("utf-8")
EXTRA = """
[[vetoes]]
id = "v"
title = { zh = "否决", en = "veto" }
when = { column = "accident", op = "is_true" }
not_above = "B"

[[adjustments]]
id = "p"
title = { zh = "加分", en = "bonus" }
of = "patents"
points = 1
"""
TREES = [tomllib.loads(HUAIAN), tomllib.loads(card_text() + EXTRA)]
TREES[0]["cases"][0]["given"] = TREES[0]["cases"][0]["given"][:2]
TREES[0]["cases"][0]["expect"] = TREES[0]["cases"][0]["expect"][:2]
JUNK = st.sampled_from(
    [
        0,
        -1,
        1.5,
        float("nan"),
        float("inf"),
        True,
        "",
        "x",
        "万元/亩",
        [],
        [1],
        ["x"],
        {},
        {"x": 1},
        [{}],
        dt.date(2024, 2, 29),
    ]
)


def dumped(value: Any) -> str:
    """Any value of TOML, inline."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {dumped(v)}" for k, v in value.items())
            + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(dumped, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to all parts of a tree."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, part in inner for each in places(part, (*path, key)))]


def changed(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """A copy of the tree with one part replaced."""
    if not path:
        return junk
    parts = dict(value) if isinstance(value, dict) else list(value)
    parts[path[0]] = changed(parts[path[0]], path[1:], junk)
    return parts


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_junk_anywhere(data: st.DataObject) -> None:
    tree = data.draw(st.sampled_from(TREES))
    path = data.draw(st.sampled_from([each for each in places(tree) if each]))
    broken = changed(tree, path, data.draw(JUNK))
    text = "\n".join(f"{json.dumps(key)} = {dumped(value)}" for key, value in broken.items())
    try:
        parse_scorecard(text, "ours", "ours.toml")
    except ConfigError as error:
        told = str(error)
    else:
        told = "ours.toml"
    assert told.startswith("ours.toml")


def test_the_trees_are_good_as_they_are() -> None:
    for tree in TREES:
        text = "\n".join(f"{json.dumps(key)} = {dumped(value)}" for key, value in tree.items())
        assert parse_scorecard(text, "ours", "ours.toml").cuts is not None
