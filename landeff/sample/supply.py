"""The supply ledger (供地台账), and which parcels carry its numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.sample.clock import COUNTS, RECORDED_SHARE, Case, a_year_after, recorded, special_idle, started

#: Share of parcels that carry the supply number, and of those that carry the contract number alone.
BY_NUMBER, BY_CONTRACT = 0.6, 0.25
N_IMPOSSIBLE_DATES = 3
IMPOSSIBLE_DATE = dt.date(1901, 1, 2)


@dataclass(frozen=True, slots=True)
class Supply:
    """``ledger`` and ``extensions`` (dates as dates, m², 元 left to the writer), ``links`` (``supply_id``,
    ``contract_no`` as the parcel layer carries them) and ``truth`` of every parcel (index as parcels)."""

    ledger: pd.DataFrame
    extensions: pd.DataFrame
    links: pd.DataFrame
    truth: pd.DataFrame


def draw_supply(parcels: pd.DataFrame, rng: np.random.Generator) -> Supply:
    """Plant a case for every linked parcel; the rest carry no number.

    ``parcels`` has ``use``, ``district_code``, ``is_bare``, ``area_m2``, ``holder`` and ``location``.
    """
    draw = pd.Series(rng.random(len(parcels)), index=parcels.index)
    linked = parcels[draw < BY_NUMBER + BY_CONTRACT]
    cases = _cases(linked, rng)
    ledger = _ledger(linked, cases, rng)
    links = ledger[["supply_id", "contract_no"]].reindex(parcels.index)
    links["supply_id"] = links["supply_id"].where(draw < BY_NUMBER)
    links["contract_no"] = links["contract_no"].where(draw >= BY_NUMBER)
    extensions = _extensions(ledger, cases)
    truth = pd.DataFrame({index: _truth(case) for index, case in cases.items()}).T.reindex(parcels.index)
    unlinked = truth["idle_expected"].isna()
    truth.loc[unlinked, ["idle_expected", "reason", "why"]] = (
        "unknown",
        "unlinked",
        "宗地未载电子监管号或合同编号",
    )
    _plant_defects(ledger, links, truth, cases)
    return Supply(ledger.reset_index(drop=True), extensions, links, truth)


def _cases(linked: pd.DataFrame, rng: np.random.Generator) -> dict[int, Case]:
    """A case for each parcel: bare ground first for those where nothing was built."""
    business = linked.index[linked["use"].isin(["industrial", "storage", "commercial"])]
    order = rng.permutation(business)
    order = np.concatenate([order[linked.loc[order, "is_bare"]], order[~linked.loc[order, "is_bare"]]])
    planted = special_idle(rng)
    planted += [draw(rng) for draw, n in COUNTS.items() for _ in range(n)]
    cases = dict(zip(order.tolist(), planted, strict=False))
    for index in linked.index.difference(list(cases)):
        cases[int(index)] = recorded(rng) if rng.random() < RECORDED_SHARE else started(rng)
    return dict(sorted(cases.items()))


def _ledger(linked: pd.DataFrame, cases: dict[int, Case], rng: np.random.Generator) -> pd.DataFrame:
    signed = pd.Series({index: _signed(case, rng) for index, case in cases.items()})
    year = signed.map(lambda day: day.year).astype("str")
    district = linked["district_code"].replace("321071", "321003")
    serial = (district + year).groupby(district + year).cumcount() + 1
    hectares = (linked["area_m2"] * (1 + rng.normal(0, 1e-4, len(linked)).clip(-2e-4, 2e-4)) / 1e4).round(4)
    granted = linked["use"].isin(["industrial", "storage", "commercial", "residential"])
    rate = np.where(granted, rng.uniform(420, 720, len(linked)), 0.0)
    ledger = pd.DataFrame(
        {
            "supply_id": district + year + "B" + (serial * 5 + 20).astype("str").str.zfill(5),
            "contract_no": district + year + "CR" + serial.astype("str").str.zfill(4),
            "holder": linked["holder"],
            "location": linked["location"],
            "use": linked["use"],
            "method": np.where(granted, "挂牌出让", "划拨"),
            "area_ha": hectares,
            "price_wan": (hectares * rate).round(2),
            "far_min": rng.choice([1.0, 1.2, 1.5], len(linked)),
            "investment_wan": (hectares * rng.uniform(3000, 6500, len(linked))).round(0),
            "signed": signed,
        }
    )
    for name in ("handover", "agreed_start", "actual_start", "started", "checked"):
        ledger[name] = pd.Series({index: getattr(case, name) for index, case in cases.items()}, dtype=object)
    ledger["agreed_completion"] = pd.Series(
        {index: _two_years_on(case.agreed_start) for index, case in cases.items()}, dtype=object
    )
    return ledger


def _signed(case: Case, rng: np.random.Generator) -> dt.date:
    known = [day for day in (case.agreed_start, case.handover, case.start_due) if day]
    before = min(known) if known else dt.date(int(rng.integers(2008, 2022)), 6, 1)
    return before - dt.timedelta(days=int(rng.integers(60, 300)))


def _two_years_on(day: dt.date | None) -> dt.date | None:
    return a_year_after(a_year_after(day)) if day else None


def _extensions(ledger: pd.DataFrame, cases: dict[int, Case]) -> pd.DataFrame:
    rows = []
    for index, case in cases.items():
        for number, new_start in enumerate(case.extensions):
            row = {
                "supply_id": ledger.at[index, "supply_id"],
                "new_start": new_start,
                "new_completion": _two_years_on(new_start),
                "document": f"示例延〔{new_start.year - 1}〕{index % 90 + number + 1}号",
                "signed": new_start - dt.timedelta(days=200),
            }
            rows.append(row)
    return pd.DataFrame(rows).sort_values(["supply_id", "new_start"], ignore_index=True)


def _truth(case: Case) -> dict[str, object]:
    due = case.start_due
    return {
        "idle_expected": case.verdict,
        "reason": case.reason,
        "start_due_on": due,
        "since_on": a_year_after(due) if due and case.verdict == "hit" else None,
        "why": case.why,
    }


def _plant_defects(
    ledger: pd.DataFrame, links: pd.DataFrame, truth: pd.DataFrame, cases: dict[int, Case]
) -> None:
    """Impossible dates in three records, and one contract number on two records."""
    bare = [i for i, case in cases.items() if case.reason == "missing_facts" and case.started is None]
    for index in bare[:N_IMPOSSIBLE_DATES]:
        ledger.loc[index, "agreed_start"] = IMPOSSIBLE_DATE
        truth.at[index, "why"] = "约定开工日期为1901年，不可能；去掉后缺要件"
    first, second = [i for i in links.index[links["contract_no"].notna()] if cases[i].started == "是"][:2]
    for table in (ledger, links):
        table.loc[second, "contract_no"] = table["contract_no"][first]
    # Each record's area and holder are those of one of the two parcels.
    truth.loc[[first, second], "why"] = "合同编号对应两条供地记录，按面积对应"
