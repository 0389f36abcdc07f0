"""From totals to simulated grades: who is ranked, cuts, floors, then vetoes; and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from landeff.standards.kleene import TRUE, UNKNOWN
from landeff.standards.scorecards.conditions import MODEL_UNKNOWN, OUT_OF_SCOPE
from landeff.standards.scorecards.cuts import ranked
from landeff.standards.scorecards.measures import number
from landeff.standards.scorecards.spec import Override, Scorecard

#: Why a row has the grade it has, or none.
REASONS = (
    "by_cut",
    "veto",
    "floor",
    "not_graded",
    "item_not_graded",
    "facts_missing",
    "group_unknown",
    "out_of_scope",
    "model_unknown",
    "no_cuts",
)


def graded(card: Scorecard, units: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Grade of each unit with its reason.

    Cuts come first, over all that are ranked; then floors, then vetoes, so that a veto goes before a floor.
    Places that a veto or floor frees are not filled again.

    Args:
        units: ``firm``, ``group``, ``year``, ``model_code``, ``total``, ``is_not_graded`` (T),
            ``is_item_not_graded``, and ``tie:…`` columns.
        told: truth of the card's conditions, same index.

    Returns:
        ``units`` with ``rank``, ``n``, ``grade``, ``grade_by_cut``, ``reason`` (:data:`REASONS`),
        ``override`` (the veto, floor or exclusion that decided), ``unsettled`` (those whose facts are
        unknown, joined by ``,``), ``distance``, ``is_tied``.
    """
    reason = _not_ranked(card, units)
    rows = units[reason == ""]
    made = units.assign(rank=None, n=None, distance=np.nan, is_tied=False)
    made["unsettled"] = _unsettled(card, units, told)
    if card.cuts is None:
        return _ranks_alone(made, reason, card, told)
    breaks = {f"tie:{item}": item for item in card.cuts.tie_break}
    found = ranked(rows[["firm", "group", "year", "total", *breaks]].rename(columns=breaks), card.cuts)
    made = made.astype({"rank": "Int64", "n": "Int64"})
    for name in ("rank", "n", "distance", "is_tied"):
        made.loc[rows.index, name] = found[name]
    place = found["place"].reindex(units.index).astype("Int64")
    names = list(card.cuts.names)
    by_cut = _named(place, names)
    place, floor = _floors(card.floors, place, told, names)
    grade, veto = _vetoes(card.vetoes, place, told, names)
    reason = reason.mask(reason == "", "by_cut").mask(floor != "", "floor").mask(veto != "", "veto")
    override = floor.mask(veto != "", veto)
    excluded = _first(card.not_graded, told)
    override = override.mask(reason == "not_graded", excluded)
    grade = grade.mask(reason == "not_graded", excluded.map({x.id: x.grade for x in card.not_graded}))
    grade = grade.mask(reason == "item_not_graded", "T")
    return made.assign(grade=grade, grade_by_cut=by_cut, reason=reason, override=override)


def _ranks_alone(made: pd.DataFrame, reason: pd.Series, card: Scorecard, told: pd.DataFrame) -> pd.DataFrame:
    """A card whose cuts nobody published: a rank among those of the same model, and no grade."""
    rows = made[reason == ""]
    by = [rows["model"], rows["year"]]
    rank = rows["total"].round(9).groupby(by).rank(method="min", ascending=False)
    size = rows.groupby(by)["firm"].transform("size")
    made = made.assign(
        rank=rank.reindex(made.index).astype("Int64"), n=size.reindex(made.index).astype("Int64")
    )
    made["group"] = made["model"]
    excluded = _first(card.not_graded, told)
    override = excluded.where(reason == "not_graded", "")
    grade = excluded.map({each.id: each.grade for each in card.not_graded}).where(reason == "not_graded")
    grade = grade.astype("str").mask(reason == "item_not_graded", "T")
    reason = reason.mask(reason == "", "no_cuts")
    return made.assign(grade=grade, grade_by_cut=None, reason=reason, override=override)


def _not_ranked(card: Scorecard, units: pd.DataFrame) -> pd.Series:
    """Why a unit is not ranked; empty where it is. The first that applies."""
    group = units["group"].isna() if card.cuts else pd.Series(False, index=units.index)
    reasons = [
        ("facts_missing", units["total"].isna()),
        ("group_unknown", group & units["total"].notna()),
        ("item_not_graded", units["is_item_not_graded"]),
        ("model_unknown", units["model_code"] == MODEL_UNKNOWN),
        ("out_of_scope", units["model_code"] == OUT_OF_SCOPE),
        ("not_graded", units["is_not_graded"] & (units["model_code"] != OUT_OF_SCOPE)),
    ]
    found = pd.Series("", index=units.index, dtype="str")
    for name, rows in reasons:
        found = found.mask(rows, name)
    return found


def _named(place: pd.Series, names: Sequence[str]) -> pd.Series:
    return place.map(dict(enumerate(names))).astype("str")


def _floors(
    floors: Sequence[Override], place: pd.Series, told: pd.DataFrame, names: list[str]
) -> tuple[pd.Series, pd.Series]:
    """Places raised to the floors that hold, and the floor that raised each."""
    which = pd.Series("", index=place.index, dtype="str")
    for each in floors:
        limit = names.index(each.limit)
        raised = (told[f"floor:{each.id}"] == TRUE) & (place > limit).fillna(False)
        place, which = place.mask(raised, limit), which.mask(raised, each.id)
    return place, which


def _vetoes(
    vetoes: Sequence[Override], place: pd.Series, told: pd.DataFrame, names: list[str]
) -> tuple[pd.Series, pd.Series]:
    """Grades lowered by the vetoes that hold, and the veto that lowered each."""
    which = pd.Series("", index=place.index, dtype="str")
    for each in vetoes:
        limit = names.index(each.grade or each.limit)
        lowered = (told[f"veto:{each.id}"] == TRUE) & (place < limit).fillna(False)
        place, which = place.mask(lowered, limit), which.mask(lowered, each.id)
    return _named(place, names), which


def _first(overrides: Sequence[Override], told: pd.DataFrame) -> pd.Series:
    """Id of the first exclusion that holds; empty where none does."""
    found = pd.Series("", index=told.index, dtype="str")
    for each in reversed(overrides):
        found = found.mask(told[f"not_graded:{each.id}"] == TRUE, each.id)
    return found


def _unsettled(card: Scorecard, units: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """Conditions whose facts are unknown, so that they could still change the grade."""
    found = pd.Series("", index=told.index, dtype="str")
    for adjustment in card.adjustments:
        name = f"adjust:{adjustment.id}"
        unknown = told[name] == UNKNOWN if name in told else number(units, adjustment.of).isna()
        found = found.mask(unknown, found + f",{adjustment.id}")
    for kind, overrides in (("not_graded", card.not_graded), ("veto", card.vetoes), ("floor", card.floors)):
        for each in overrides:
            is_open = told[f"{kind}:{each.id}"] == UNKNOWN
            found = found.mask(is_open, found + f",{each.id}")
    return found.str.removeprefix(",")
