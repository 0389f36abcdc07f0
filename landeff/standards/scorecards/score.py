"""A scorecard over all enterprises at once: score sheets and simulated grades."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.standards.kleene import TRUE
from landeff.standards.scorecards.benchmarks import group_keys
from landeff.standards.scorecards.firms import UNIT, units_frame, with_units
from landeff.standards.scorecards.grading import graded
from landeff.standards.scorecards.measures import number
from landeff.standards.scorecards.points import item_points, totals
from landeff.standards.scorecards.spec import Scorecard

SCORES = {
    **dict.fromkeys(("enterprise_id", "scorecard", "model", "item", "unit_id", "unit"), "str"),
    "year": "Int64",
    **dict.fromkeys(
        ("value", "numerator", "denominator", "benchmark", "lowest", "cap", "ratio", "weight", "points"),
        "float64",
    ),
    **dict.fromkeys(("of", "per", "status", "reason"), "str"),
}
GRADES = {
    **dict.fromkeys(("enterprise_id", "scorecard", "model", "unit_id", "group"), "str"),
    "year": "Int64",
    **dict.fromkeys(("total", "adjustment"), "float64"),
    **dict.fromkeys(("rank", "n"), "Int64"),
    **dict.fromkeys(("grade", "grade_by_cut", "reason", "override", "unsettled", "lacking"), "str"),
    "distance": "float64",
    "is_tied": "boolean",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """Score sheets and simulated grades.

    Attributes:
        scores: one row an enterprise, year and item: :data:`SCORES`, sorted by key.
        grades: one row an enterprise and year: :data:`GRADES`, sorted by key.
    """

    scores: pd.DataFrame
    grades: pd.DataFrame


def score(card: Scorecard, facts: pd.DataFrame, given: pd.DataFrame | None = None) -> Scored:
    """Score sheets and simulated grades of every enterprise and year.

    Args:
        facts: one row an enterprise and year: ``enterprise_id``, ``year``, the columns that items and
            conditions name, and ``unit_id`` where several are one unit. Its order does not matter. Years the
            card is not for serve as the year before of a mean, and get no scores.
        given: the table ``benchmarks``, for benchmarks of kind ``given``.

    Returns:
        Missing facts stay missing: an item without a value follows the policy of the card, and without a
        policy the total is unknown and there is no grade.
    """
    benchmarks = pd.DataFrame(columns=["indicator", "place", "year", "value"]) if given is None else given
    members = with_units(facts, card)
    units, told = units_frame(members, card)
    not_graded = _any(told, "not_graded:")
    units = units.assign(model=_model_ids(card, units["model_code"]))
    units = units.assign(group=group_keys(units, card.cuts.group if card.cuts else ()))
    is_for = units["year"].isin(card.years) if card.years else pd.Series(True, index=units.index)
    scores = _all_points(card, units, ~not_graded, benchmarks)
    adjusted = _adjustments(card, units, told)
    made = _summed(card, units, scores, adjusted).assign(is_not_graded=not_graded)
    grades = graded(card, made[is_for], told[is_for])
    lines = pd.concat([scores, _adjustment_lines(card, units, adjusted)], ignore_index=True)
    lines = lines[is_for.loc[lines["position"]].to_numpy()]
    return Scored(_per_member(lines, units, members, card), _grades_per_member(grades, units, members, card))


def _summed(
    card: Scorecard, units: pd.DataFrame, scores: pd.DataFrame, adjusted: pd.DataFrame
) -> pd.DataFrame:
    """Units with their totals, and the values that break ties."""
    sums = totals(scores, card.full_marks).reindex(units.index)
    adjustment = adjusted.sum(axis=1)
    made = units.assign(
        adjustment=adjustment,
        total=sums["points"] + adjustment,
        lacking=sums["lacking"].astype("str"),
        is_item_not_graded=sums["is_not_graded"].fillna(False).astype(bool),
    )
    breaks = card.cuts.tie_break if card.cuts else ()
    return made.assign(**{f"tie:{item}": card.items[item].measure.values(units) for item in breaks})


def _any(told: pd.DataFrame, prefix: str) -> pd.Series:
    names = [str(name) for name in told if str(name).startswith(prefix)]
    return (told[names] == TRUE).any(axis=1)


def _model_ids(card: Scorecard, codes: pd.Series) -> pd.Series:
    return codes.map({place: model.id for place, model in enumerate(card.models)}).astype("str")


def _all_points(card: Scorecard, units: pd.DataFrame, among: pd.Series, given: pd.DataFrame) -> pd.DataFrame:
    """Items of all models, each for its units; ``position`` names the unit."""
    frames = []
    for place, model in enumerate(card.models):
        rows = units[units["model_code"] == place]
        for weighed in model.items:
            made = item_points(card, weighed, rows, among[rows.index], given)
            frames.append(made.assign(model=model.id, position=rows.index))
    return pd.concat(frames, ignore_index=True)


def _adjustments(card: Scorecard, units: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Points of each bonus or malus; 0 where it does not hold or is not known to."""
    found = pd.DataFrame(index=units.index)
    for each in card.adjustments:
        if each.when is not None:
            found[each.id] = np.where(told[f"adjust:{each.id}"] == TRUE, each.points, 0.0)
            continue
        points = (number(units, each.of) * each.points).fillna(0.0)
        found[each.id] = points if each.most is None else points.clip(-abs(each.most), abs(each.most))
    return found.astype("float64")


def _adjustment_lines(card: Scorecard, units: pd.DataFrame, adjusted: pd.DataFrame) -> pd.DataFrame:
    """Bonus and malus as lines of the score sheet, where they count anything."""
    frames = [pd.DataFrame(columns=["position", "item", "model", "points", "status"])]
    for each in card.adjustments:
        rows = adjusted[each.id][(adjusted[each.id] != 0) & units["model"].notna()]
        made = pd.DataFrame({"position": rows.index, "points": rows.to_numpy(), "item": each.id})
        values = number(units, each.of).loc[rows.index].to_numpy() if each.of else np.nan
        frames.append(made.assign(model=units["model"].loc[rows.index].to_numpy(), value=values, of=each.of,
                                  status="adjustment"))  # fmt: skip
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)


def _members_of(made: pd.DataFrame, units: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Rows by ``position`` of a unit, repeated for each member of it."""
    ids = members[["enterprise_id", *UNIT]].merge(
        units[UNIT].assign(position=units.index), on=UNIT, how="left", validate="m:1"
    )
    ids["unit_id"] = ids["firm"].where(ids["firm"] != ids["enterprise_id"].astype("str"))
    ids["unit_id"] = ids["unit_id"].str.removeprefix("unit ")
    wanted = ids[["enterprise_id", "year", "unit_id", "position"]]
    return wanted.merge(
        made.drop(columns=[*UNIT, "enterprise_id", "unit_id"], errors="ignore"), on="position"
    )


def _per_member(
    lines: pd.DataFrame, units: pd.DataFrame, members: pd.DataFrame, card: Scorecard
) -> pd.DataFrame:
    order = {name: place for place, name in enumerate([*card.items, *(a.id for a in card.adjustments)])}
    made = _members_of(lines, units, members).assign(scorecard=card.id)
    made["order"] = made["item"].map(order)
    made = made.sort_values(["enterprise_id", "year", "order"], ignore_index=True)
    return made.reindex(columns=list(SCORES)).astype(SCORES)


def _grades_per_member(
    grades: pd.DataFrame, units: pd.DataFrame, members: pd.DataFrame, card: Scorecard
) -> pd.DataFrame:
    made = _members_of(grades.assign(position=grades.index), units, members).assign(scorecard=card.id)
    made = made.sort_values(["enterprise_id", "year"], ignore_index=True)
    return made.reindex(columns=list(GRADES)).astype(GRADES)
