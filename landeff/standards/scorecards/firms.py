"""What is scored: an enterprise, or several that are one unit (several on one parcel, merge_share)."""

from __future__ import annotations

import pandas as pd

from landeff.standards.scorecards.conditions import MODEL_UNKNOWN, OUT_OF_SCOPE, card_truths, model_codes
from landeff.standards.scorecards.measures import number
from landeff.standards.scorecards.spec import Scorecard

KEY = ["enterprise_id", "year"]
UNIT = ["firm", "year"]
LAND = "basis_area_m2"


def with_units(facts: pd.DataFrame, card: Scorecard) -> pd.DataFrame:
    """``facts`` sorted by enterprise and year, with ``firm``: its ``unit_id``, else the enterprise itself."""
    rows = facts.sort_values(KEY, ignore_index=True)
    alone = rows["enterprise_id"].astype("str")
    if not card.merge or "unit_id" not in rows:
        return rows.assign(firm=alone)
    return rows.assign(firm=("unit " + rows["unit_id"].astype("str")).where(rows["unit_id"].notna(), alone))


def units_frame(members: pd.DataFrame, card: Scorecard) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a unit and year, sorted by firm and year, and the truth of the card's conditions for it.

    Amounts are sums, unknown where one member's is. Land of a unit is ``unit_area_m2`` where there is one.
    Other columns are those of the first member by code. A veto, floor or adjustment of one member is one of
    the unit; not graded is a unit whose members all are; its model is the first of its members' models.

    Returns:
        The frame, with ``model_code`` and ``n_members``; and the truths on the same index.
    """
    told = card_truths(card, members)
    codes = model_codes(card, told)
    heads = members.drop_duplicates(UNIT).sort_values(UNIT, ignore_index=True)
    if len(heads) == len(members):
        order = members.sort_values(UNIT).index
        told, codes = told.loc[order].reset_index(drop=True), codes.loc[order].reset_index(drop=True)
        return heads.assign(model_code=codes, n_members=1), told
    by_unit = [members["firm"], members["year"]]
    sums = _sums(members, card)
    together = sums.groupby(by_unit, sort=True).sum(skipna=False).reset_index(drop=True)
    if "unit_area_m2" in heads and LAND in together:
        together[LAND] = heads["unit_area_m2"].where(heads["unit_area_m2"].notna(), together[LAND])
    most, least = (getattr(told.groupby(by_unit, sort=True), how)() for how in ("max", "min"))
    all_of = [str(name) for name in told if str(name).startswith("not_graded:")]
    joined = pd.concat([most.drop(columns=all_of), least[all_of]], axis=1).reset_index(drop=True)
    found = heads.assign(**{str(name): together[name] for name in together})
    sizes = members.groupby(by_unit, sort=True).size().to_numpy()
    return found.assign(model_code=_unit_codes(codes, by_unit), n_members=sizes), joined


def _sums(members: pd.DataFrame, card: Scorecard) -> pd.DataFrame:
    """The columns that items and adjustments are made of, as numbers."""
    names = {each.measure.of for each in card.items.values()} | {
        each.measure.per for each in card.items.values()
    }
    names |= {each.of for each in card.adjustments}
    return pd.DataFrame({name: number(members, name) for name in sorted(names - {""})}, index=members.index)


def _unit_codes(codes: pd.Series, by_unit: list[pd.Series]) -> pd.Series:
    """The first model of the members; unknown where a member's model is, unless it is the very first."""
    last = int(codes.max()) + 1
    ranked = codes.mask(codes == OUT_OF_SCOPE, last).mask(codes == MODEL_UNKNOWN, last + 1)
    first = ranked.groupby(by_unit, sort=True).min().reset_index(drop=True)
    unsure = (codes == MODEL_UNKNOWN).groupby(by_unit, sort=True).any().reset_index(drop=True)
    code = first.mask(first == last, OUT_OF_SCOPE).mask(first > last, MODEL_UNKNOWN)
    return code.mask(unsure & (first > 0), MODEL_UNKNOWN).astype("int16")
