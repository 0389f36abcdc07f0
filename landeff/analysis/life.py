"""The life of parcels added up: how long each step took, how many are overdue, how many nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Step:
    """One step: column of its length in days, and of the verdict whether it is overdue (either may be none).

    Attributes:
        late_if: value of the verdict that means late (``False`` for "started at handover").
    """

    name: str
    days: str = ""
    verdict: str = ""
    late_if: bool = True


STEPS = (
    Step("handover", "days_signed_to_handover", "is_handover_overdue"),
    Step("permit", "days_handover_to_permit"),
    Step("start", "days_handover_to_start", "is_start_overdue"),
    Step("start_after_permit", "days_permit_to_start"),
    Step("completion", "days_start_to_completion", "is_completion_overdue"),
    Step("production", "days_completion_to_production", "is_production_overdue"),
    Step("promise", "n_promise_workdays", "is_promise_overdue"),
    Step("start_at_handover", "days_handover_to_start", "is_started_at_handover", late_if=False),
)


def life_summary(records: pd.DataFrame, steps: tuple[Step, ...] = STEPS) -> pd.DataFrame:
    """Every step of every place.

    Args:
        records: ``place_kind``, ``place``, ``record_id`` (a supply record counts once in a place; the row of
            the first parcel stands for it), ``area_m2`` and the columns of the steps.

    Returns:
        ``place_kind``, ``place``, ``step``, ``n`` (records), ``n_known`` (length known), ``median_days``,
        ``n_overdue``, ``n_in_time``, ``n_overdue_unknown`` (the three sum to ``n``), ``overdue_area_m2``.

    >>> rows = pd.DataFrame({"place_kind": "zone", "place": "Z", "record_id": ["a", "b", "b"]})
    >>> rows = rows.assign(area_m2=1.0, days=[10, 20, 20], late=pd.array([True, None, None], dtype="boolean"))
    >>> made = life_summary(rows, (Step("s", "days", "late"),))
    >>> made[["n", "n_known", "median_days", "n_overdue"]].to_numpy(dtype=float).tolist()
    [[2.0, 2.0, 15.0, 1.0]]
    """
    by = ["place_kind", "place"]
    once = records.drop_duplicates([*by, "record_id"])
    frames = []
    for step in steps:
        length = _numbers(once, step.days)
        late, known = _late(once, step)
        counted = once[by].assign(
            n=1,
            n_known=(~np.isnan(length)).astype("int64"),
            length=length,
            n_overdue=(late & known).astype("int64"),
            n_in_time=(~late & known).astype("int64"),
            overdue_area_m2=np.where(late & known, once["area_m2"].fillna(0.0), 0.0),
        )
        grouped = counted.sort_values([*by, "overdue_area_m2"]).groupby(by, as_index=False)
        sums = grouped[["n", "n_known", "n_overdue", "n_in_time", "overdue_area_m2"]].sum()
        sums["median_days"] = grouped["length"].median()["length"]
        frames.append(sums.assign(step=step.name))
    table = pd.concat(frames, ignore_index=True)
    table["n_overdue_unknown"] = table["n"] - table["n_overdue"] - table["n_in_time"]
    counts = ["n", "n_known", "n_overdue", "n_in_time", "n_overdue_unknown"]
    order = {step.name: position for position, step in enumerate(steps)}
    table = table.assign(rank=table["step"].map(order)).sort_values([*by, "rank"], ignore_index=True)
    columns = [*by, "step", "n", "n_known", "median_days", *counts[2:], "overdue_area_m2"]
    return table.astype({**dict.fromkeys(counts, "Int64"), "step": "str"})[columns]


def _numbers(records: pd.DataFrame, column: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if column not in records:
        return np.full(len(records), np.nan)
    return records[column].to_numpy(dtype="float64", na_value=np.nan)


def _late(
    records: pd.DataFrame, step: Step
) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Whether each record is late, and whether that is known."""
    if step.verdict not in records:
        nothing = np.zeros(len(records), dtype=bool)
        return nothing, nothing
    verdict = records[step.verdict].astype("boolean")
    return (verdict == step.late_if).fillna(False).to_numpy(dtype=bool), verdict.notna().to_numpy()
