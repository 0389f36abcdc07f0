"""Headline figures of a run."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.core.units import M2_PER_MU, WAN
from landeff.pipeline.money import CITY
from landeff.publish.terms import term


def _or_none(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def summary(dataset: Dataset) -> dict[str, object]:
    """Figures of the latest year, ``None`` where unknown: land, money, matched share, findings, issues.

    Keys are named like columns; ``scopes`` says what ``tax_cny_per_mu`` counts.
    """
    meta, parcels = dataset.meta, dataset.frame("parcels")
    scopes = dataset.frame("zone_scopes")
    city = scopes[(scopes["zone_id"] == CITY) & scopes["is_declared"]].iloc[0]
    classes = parcels["inventory_class"].value_counts()
    remainders, issues = dataset.frame("remainders"), dataset.frame("issues")
    return {
        "name": meta.name,
        "as_of": meta.as_of.isoformat(),
        "year": meta.year,
        "scopes": {"tax": meta.scopes.tax, "land": meta.scopes.land, "area": meta.scopes.area},
        "n_zones": len(dataset.frame("zones")),
        "n_parcels": len(parcels),
        "tax_cny": _or_none(city["tax_cny"]),
        "scope_area_m2": _or_none(city["scope_area_m2"]),
        "tax_cny_per_mu": _or_none(city["tax_cny_per_mu"]),
        "matched_share": meta.matched_share,
        "below_gate": meta.below_gate,
        "n_idle": int(classes.get("idle", 0)),
        "n_idle_to_check": int(classes.get("idle_to_check", 0)),
        "n_missing_facts": int(classes.get("missing_facts", 0)),
        "n_approved_unsupplied": len(remainders),
        "n_issues": len(issues),
        "n_set_aside": len(dataset.frame("set_aside")),
    }


def summary_lines(dataset: Dataset, lang: Lang) -> list[str]:
    """The summary in sentences."""
    facts, meta = summary(dataset), dataset.meta
    n = {key[2:]: value for key, value in facts.items() if key.startswith("n_")}
    per_mu = facts["tax_cny_per_mu"]
    told = Term("未知", "unknown")
    if isinstance(per_mu, float):
        told = Term(f"{per_mu / WAN:,.4f} 万元/亩", f"{per_mu:,.2f} {meta.currency}")
    area = dataset.frame("parcels").groupby("inventory_class")["basis_area_m2"].sum()
    idle_mu = area.get("idle", 0.0) / M2_PER_MU
    tax, land, basis = (term(kind, getattr(meta.scopes, kind)) for kind in ("tax", "land", "area"))
    share = "–" if meta.matched_share is None else f"{meta.matched_share:.2%}"
    gate_zh, gate_en = ("（未达对账线）", " (below the gate)") if meta.below_gate else ("", "")
    lines = [
        Term(
            f"{meta.name}：{n['zones']} 个园区（含子园），{n['parcels']} 宗，截至 {meta.as_of}",
            f"{meta.name}: {n['zones']} zones and sub-parks, {n['parcels']} parcels, as of {meta.as_of}",
        ),
        Term(
            f"亩均税收 {told.zh}（{meta.year} 年{tax.zh} ÷ {land.zh}，{basis.zh}）",
            f"tax per mu {told.en} ({tax.en} of {meta.year} ÷ {land.en}, {basis.en})",
        ),
        Term(
            f"疑似闲置 {n['idle']} 宗 {idle_mu:,.1f} 亩；待核实 {n['idle_to_check']} 宗；"
            f"缺要件 {n['missing_facts']} 宗；批而未供 {n['approved_unsupplied']} 块",
            f"suspected idle {n['idle']} parcels, {idle_mu:,.1f} mu; to be checked {n['idle_to_check']}; "
            f"facts missing {n['missing_facts']}; approved but unsupplied {n['approved_unsupplied']} pieces",
        ),
        Term(
            f"收支核对：平；税收对账率 {share}{gate_zh}",
            f"ledger balances; matched share of tax {share}{gate_en}",
        ),
        Term(
            f"数据问题 {n['issues']} 条，搁置 {n['set_aside']} 行，见报告与台账",
            f"{n['issues']} data issues, {n['set_aside']} rows set aside: see report and workbook",
        ),
    ]
    return [line.text(lang) for line in lines]
