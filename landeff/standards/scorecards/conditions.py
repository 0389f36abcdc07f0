"""Truth of a card's conditions for every enterprise, at the end of the year that is graded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from landeff.standards.condition import Condition, Value
from landeff.standards.evaluate import Facts, judge
from landeff.standards.kleene import TRUE, UNKNOWN, Truth
from landeff.standards.scorecards.spec import Scorecard

#: Codes of the model of a row: its place in the card, or one of these.
OUT_OF_SCOPE, MODEL_UNKNOWN = -1, -2


def truths(
    conditions: Mapping[str, Condition], facts: pd.DataFrame, parameters: Mapping[str, Value]
) -> pd.DataFrame:
    """One ``int8`` column a condition: 1 true, −1 false, 0 unknown.

    Dates are compared with 31 December of the row's ``year``.
    """
    found = {name: np.zeros(len(facts), dtype=np.int8) for name in conditions}
    years = facts["year"].to_numpy(dtype="int64")
    for year in np.unique(years):
        rows = years == year
        known = Facts(facts[rows], dt.date(int(year), 12, 31), parameters)
        for name, condition in conditions.items():
            found[name][rows] = judge(condition, known)
    return pd.DataFrame(found, index=facts.index, dtype="int8")


def card_truths(card: Scorecard, facts: pd.DataFrame) -> pd.DataFrame:
    """Conditions of a card: ``model:ID``, ``not_graded:ID``, ``veto:ID``, ``floor:ID``, ``adjust:ID``."""
    conditions: dict[str, Condition] = {f"model:{m.id}": m.when for m in card.models if m.when is not None}
    conditions |= {f"not_graded:{each.id}": each.when for each in card.not_graded}
    conditions |= {f"veto:{each.id}": each.when for each in card.vetoes}
    conditions |= {f"floor:{each.id}": each.when for each in card.floors}
    conditions |= {f"adjust:{each.id}": each.when for each in card.adjustments if each.when is not None}
    return truths(conditions, facts, card.parameters)


def model_codes(card: Scorecard, told: pd.DataFrame) -> pd.Series:
    """Place of the first model that applies; it is unknown where an earlier one might."""
    code = np.full(len(told), OUT_OF_SCOPE, dtype=np.int16)
    is_open = np.ones(len(told), dtype=bool)
    for place, model in enumerate(card.models):
        name = f"model:{model.id}"
        holds: Truth = told[name].to_numpy() if name in told else np.full(len(told), TRUE, dtype=np.int8)
        code[is_open & (holds == TRUE)] = place
        code[is_open & (holds == UNKNOWN)] = MODEL_UNKNOWN
        is_open &= (holds != TRUE) & (holds != UNKNOWN)
    return pd.Series(code, index=told.index)
