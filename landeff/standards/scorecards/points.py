"""Points of items: value ÷ benchmark × weight, with cap, negative and missing policies."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.standards.scorecards.benchmarks import benchmark_values, extremes, group_keys
from landeff.standards.scorecards.measures import number
from landeff.standards.scorecards.spec import Item, Scorecard, Weighed

#: Why an item has no value to compare.
_NO_VALUE, _ZERO, _NO_BENCHMARK, _NO_SPREAD = "no_value", "denominator_zero", "no_benchmark", "no_spread"
COLUMNS = {
    **dict.fromkeys(("model", "item", "unit", "of", "per", "status", "reason"), "str"),
    **dict.fromkeys(
        ("value", "numerator", "denominator", "benchmark", "lowest", "cap", "ratio", "weight", "points"),
        "float64",
    ),
}


def item_points(
    card: Scorecard, weighed: Weighed, rows: pd.DataFrame, among: pd.Series, given: pd.DataFrame
) -> pd.DataFrame:
    """One item of one model for its units, on the index of ``rows``; columns :data:`COLUMNS` but ``model``.

    ``points = weight × value ÷ benchmark`` (V1), the quotient held to the cap and, where the card says so, to
    0 (V2); with ``min_max`` ``weight × (base + span × (value − min) ÷ (max − min)) ÷ 100`` (V3). ``status``
    is ``scored``, ``capped``, ``negative_zero``, or the policy for a missing one (``mean``, ``zero``,
    ``exclude``, ``T``, ``unknown``) with its ``reason`` (``no_value``, ``denominator_zero``,
    ``no_benchmark``, ``no_spread``).

    Args:
        among: whether a unit counts in means and extremes.
    """
    item = card.items[weighed.item]
    made = pd.DataFrame(index=rows.index)
    made["numerator"] = number(rows, item.measure.of)
    made["denominator"] = number(rows, item.measure.per) if item.measure.per else np.nan
    made["value"] = item.measure.values(rows)
    is_negative = made["value"] < 0
    counted = made["value"].mask(is_negative & (weighed.negative == "zero"), 0.0)
    if weighed.benchmark.kind == "min_max":
        made = _spread(made, item, weighed, rows, among)
    else:
        made["lowest"] = np.nan
        made["benchmark"] = benchmark_values(item, weighed.benchmark, rows, among, given)
        made["ratio"] = counted / made["benchmark"]
        made["reason"] = _reasons(made, item, _NO_BENCHMARK)
        capped = made["ratio"] if weighed.cap is None else made["ratio"].clip(upper=weighed.cap)
        made["points"] = weighed.weight * capped
    made["status"] = "scored"
    if weighed.cap is not None:
        made.loc[made["ratio"] > weighed.cap, "status"] = "capped"
    if weighed.benchmark.kind != "min_max":
        made.loc[is_negative & (weighed.negative == "zero"), "status"] = "negative_zero"
    made = _missing(made, weighed, rows, among, card)
    return made.assign(
        item=item.id,
        unit=item.measure.unit,
        of=item.measure.of,
        per=item.measure.per,
        cap=np.nan if weighed.cap is None else weighed.cap,
        weight=weighed.weight,
    )


def _spread(
    made: pd.DataFrame, item: Item, weighed: Weighed, rows: pd.DataFrame, among: pd.Series
) -> pd.DataFrame:
    low, high = extremes(item, weighed.benchmark, rows, among)
    ratio = ((made["value"] - low) / (high - low).where(high > low)).clip(0.0, 1.0)
    base, span = weighed.benchmark.base, weighed.benchmark.span
    made = made.assign(lowest=low, benchmark=high, ratio=ratio)
    made["reason"] = _reasons(made, item, _NO_SPREAD)
    return made.assign(points=weighed.weight * (base + span * ratio) / 100.0)


def _reasons(made: pd.DataFrame, item: Item, otherwise: str) -> pd.Series:
    """Why an item has no ratio; empty where it has one."""
    reason = pd.Series("", index=made.index, dtype="str").mask(made["ratio"].isna(), otherwise)
    reason = reason.mask(made["value"].isna(), _NO_VALUE)
    if item.measure.per:
        reason = reason.mask((made["denominator"] == 0) & made["numerator"].notna(), _ZERO)
    return reason


def _missing(
    made: pd.DataFrame, weighed: Weighed, rows: pd.DataFrame, among: pd.Series, card: Scorecard
) -> pd.DataFrame:
    """The card's policy where an item has no points of its own."""
    is_missing = made["points"].isna()
    points = made["points"]
    status = made["status"].mask(is_missing, weighed.missing)
    if weighed.missing == "zero":
        points = points.fillna(0.0)
    if weighed.missing == "mean":
        group = group_keys(rows, card.cuts.group if card.cuts else ())
        known = points.where(among).groupby([group, rows["year"]], sort=True)
        points = points.fillna(known.transform("mean"))
        status = status.mask(points.isna(), "unknown")
    return made.assign(points=points, status=status)


def totals(scores: pd.DataFrame, full_marks: float) -> pd.DataFrame:
    """Sum of the points of each unit; with items excluded, scaled up to full marks.

    Args:
        scores: items of all units, ``position`` naming the unit, in the order of the card.

    Returns:
        By position: ``points`` (NaN where an item is unknown), ``is_not_graded`` (an item missing whose
        policy is T), ``lacking`` (items that are unknown, joined by ``,``).
    """
    is_out = scores["status"] == "exclude"
    by = scores["position"]
    weight = scores["weight"].where(~is_out, 0.0).groupby(by).sum()
    points = scores["points"].where(~is_out, 0.0).groupby(by).sum(skipna=False)
    scale = (full_marks / weight.where(weight > 0)).where(is_out.groupby(by).any(), 1.0)
    lacking = scores[scores["status"].isin(["unknown", "T"])]
    return pd.DataFrame(
        {
            "points": points * scale,
            "is_not_graded": (scores["status"] == "T").groupby(by).any(),
            "lacking": lacking.groupby("position")["item"].agg(",".join).reindex(points.index),
        }
    )
