"""The golden cases of a scorecard, run: what came out otherwise than the case says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from landeff.standards.scorecards.facts import with_inputs
from landeff.standards.scorecards.score import score
from landeff.standards.scorecards.spec import Case, Scorecard

_TOLERANCE = 1e-9


def failures(card: Scorecard, case: Case) -> list[str]:
    """Differences between a case and what the card makes of it; empty where it passes (to 1e-9).

    >>> from landeff.standards.scorecards.catalogue import built_in_scorecards
    >>> card = built_in_scorecards()["zhejiang/huangyan_2022"]
    >>> failures(card, card.cases[0])
    []
    """
    facts, _ = with_inputs(pd.DataFrame([dict(row) for row in case.given]), card)
    made = score(card, facts)
    grades = made.grades.set_index("enterprise_id", drop=False)
    points = made.scores.set_index("enterprise_id", drop=False)
    found = []
    for wanted in case.expect:
        name = wanted["enterprise_id"]
        rows, lines = grades[grades["enterprise_id"] == name], points[points["enterprise_id"] == name]
        if "year" in wanted:
            rows, lines = rows[rows["year"] == wanted["year"]], lines[lines["year"] == wanted["year"]]
        if len(rows) != 1:
            found.append(f"{name}: {len(rows)} rows, not 1")
            continue
        found += [f"{case.name}: {name} {each}" for each in _differences(rows.iloc[0], lines, wanted)]
    return found


def _differences(row: pd.Series, lines: pd.DataFrame, wanted: Mapping[str, Any]) -> Iterator[str]:
    for key in ("total", "grade", "rank", "reason", "distance"):
        if key in wanted and not _same(row[key], wanted[key]):
            yield f"{key} is {row[key]}, not {wanted[key]}"
    by_item = lines.set_index("item")["points"]
    for item, value in wanted.get("points", {}).items():
        if item not in by_item or not _same(by_item[item], value):
            yield f"points of {item} are {by_item.get(item)}, not {value}"


def _same(found: Any, wanted: Any) -> bool:
    if pd.isna(found):
        return bool(wanted == "")
    if isinstance(wanted, int | float):
        return math.isclose(float(found), wanted, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
    return bool(found == wanted)
