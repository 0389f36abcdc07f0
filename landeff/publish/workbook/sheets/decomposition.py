"""What differences of tax per mu are made of: between years by zone, to all zones by industry."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field, unit_of
from landeff.publish.report.sections.decomposition import EFFECTS, reasons_told
from landeff.publish.terms import paired
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.zone_terms import ANALYSES

_SIDES = (
    field("analysis", "text", "分解", "decomposition"),
    field("place", "text", "对象", "of"),
    field("title", "text", "园区/行业", "zone or industry"),
    field("base_year", "year", "基期", "base year"),
    field("year", "year"),
    field("base_tax_cny", "wan", "基准税收", "tax of the base"),
    field("base_area_m2", "mu", "基准用地", "land of the base"),
    field("base_cny_per_mu", "wan_per_mu", "基准亩均税收", "tax per mu of the base"),
    field("tax_cny", "wan"),
    field("area_m2", "mu", "用地", "land"),
    field("tax_cny_per_mu", "wan_per_mu"),
)
_WHY = field("why", "text", "说明", "note")
_ALL = Term("全部园区", "all zones")


def build(dataset: Dataset) -> Ledger | None:
    """A row a part; the whole stands before its parts."""
    frame = dataset.frame("decomposition")
    if frame.empty:
        return None
    place = [
        _ALL if not zone else name for zone, name in zip(frame["zone_id"], frame["zone_name"], strict=True)
    ]
    return Ledger(
        (*_SIDES, *_effects(dataset.meta.currency), _WHY),
        frame.assign(
            analysis=frame["analysis"].astype("object").map(ANALYSES),
            place=pd.Series(place, index=frame.index, dtype=object),
            title=paired(frame),
            why=reasons_told(frame),
        ),
    )


def _effects(currency: str) -> tuple[Field, ...]:
    """Effects in single units of money: those of zones are small against 万元."""
    zh, en = (unit_of("yuan", lang, currency) for lang in ("zh", "en"))
    named = [("effect_cny_per_mu", Term("合计影响", "effect in all"))]
    named += [(name, title) for name, (_, title) in EFFECTS.items()]
    return tuple(field(n, "amount", f"{t.zh}（{zh}/亩）", f"{t.en} ({en} per mu)") for n, t in named)


SHEET = Sheet(Term("差异分解", "Decomposition"), 107, build)
