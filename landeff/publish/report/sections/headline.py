"""The figures quoted first, none of them without its scope, and the reference values beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.core.text import Term
from landeff.publish.fields import Kind, field, is_known, number_text, unit_of
from landeff.publish.flagged import is_computed
from landeff.publish.report.model import Block, Fact, Facts, Note, Row, Section, Table
from landeff.publish.terms import INVENTORY, tax_term, term

_BOUNDS = {
    "lower": "＞",
    "above": "＞",
    ">": "＞",
    ">=": "≥",
    "upper": "＜",
    "below": "＜",
    "<": "＜",
    "<=": "≤",
}
_NARROW = str.maketrans("＞＜", "><")


def _scope(meta: Meta, scopes: Scopes) -> Term:
    """``入库税收 ÷ 开发面积（登记面积）``."""
    tax, land, area = tax_term(meta), term("land", scopes.land), term("area", scopes.area)
    return Term(f"{tax.zh} ÷ {land.zh}（{area.zh}）", f"{tax.en} ÷ {land.en} ({area.en})")


def _unit(dataset: Dataset, kind: Kind) -> Term:
    currency = dataset.meta.currency
    return Term(unit_of(kind, "zh", currency), unit_of(kind, "en", currency))


def _per_mu(dataset: Dataset) -> list[Fact]:
    """The declared figure of all zones, then the same under the other scopes."""
    table = dataset.frame("zone_scopes")
    if table.empty:
        return []
    city = table[table["zone_id"].fillna("") == ""].copy()
    city["is_other"] = ~city["is_declared"].astype("boolean").fillna(value=False)
    declared = Term("亩均税收（申报口径）", "tax per mu (declared scope)")
    other = Term("另一口径", "other scope")
    money, unit = _unit(dataset, "wan"), _unit(dataset, "wan_per_mu")
    facts = []
    for row in city.sort_values(["is_other", "tax", "land", "area"], kind="stable").itertuples():
        scope = _scope(dataset.meta, Scopes(str(row.tax), str(row.land), str(row.area)))
        tax, land = number_text(row.tax_cny, "wan"), number_text(row.scope_area_m2, "mu")
        detail = Term(
            f"{scope.zh}，{row.year} 年；税收 {tax} {money.zh}，用地 {land} 亩",
            f"{scope.en}, {row.year}; tax {tax} {money.en}, land {land} mu",
        )
        label = other if row.is_other else declared
        value = number_text(row.tax_cny_per_mu, "wan_per_mu")
        facts.append(Fact(label, value, unit, detail, not row.is_other))
    return facts


def _classes(dataset: Dataset) -> list[Fact]:
    """Parcels and mu of each inventory class that was looked for."""
    inventory = dataset.frame("inventory").reindex(columns=["category", "n", "area_m2"])
    facts = []
    for name in INVENTORY:
        if not is_computed(dataset, name):
            continue
        rows = inventory[inventory["category"] == name]
        n = f"{int(rows['n'].sum()):,}"
        facts.append(
            Fact(
                term("inventory", name),
                number_text(rows["area_m2"].sum(), "mu"),
                Term("亩", "mu"),
                Term(f"{n} 宗", f"{n} parcels"),
            )
        )
    return facts


def _matched(dataset: Dataset) -> list[Fact]:
    meta = dataset.meta
    if not is_known(meta.matched_share):
        return []
    gate = number_text(meta.min_matched_share, "percent")
    label = Term("税收对上宗地的比例", "tax matched to land")
    value = number_text(meta.matched_share, "percent")
    return [Fact(label, value, Term("%", "%"), Term(f"对账线 {gate}%", f"gate {gate}%"))]


#: Of a reference value that may be compared.
SAME_SCOPE = Term("口径一致", "same scope")


def agreement(scopes: object, declared: Scopes) -> Term:
    """Whether a reference value counts the same as the declared scope; what is not stated is unknown."""
    if not isinstance(scopes, str) or not scopes.strip():
        return Term("口径未说明，不可直接比较", "scope not stated")
    codes = {"tax": declared.tax, "land": declared.land, "area": declared.area}
    said = set(re.split(r"[\s,;|/，；、÷]+", scopes.strip()))
    same = all(said & {code, term(group, code).zh, term(group, code).en} for group, code in codes.items())
    return SAME_SCOPE if same else Term("口径不同或未载明，不可直接比较", "other or unstated scope")


def _benchmarks(dataset: Dataset) -> list[Block]:
    wanted = ["indicator", "place", "year", "value", "bound", "scopes", "source"]
    table = dataset.frame("benchmarks").reindex(columns=wanted)
    table = table[table["indicator"] == "tax_cny_per_mu"].sort_values(["place", "year"], kind="stable")
    if table.empty:
        return []
    rows = []
    agreements = [agreement(scopes, dataset.meta.scopes) for scopes in table["scopes"]]
    for row, agrees in zip(table.itertuples(), agreements, strict=True):
        bound = _BOUNDS.get(str(row.bound), str(row.bound)) if is_known(row.bound) and row.bound else ""
        number = number_text(row.value, "wan_per_mu")
        value = Term(*(f"{each} {number}".strip() for each in (bound, bound.translate(_NARROW))))
        year, scopes, source = (
            "" if not is_known(each) else str(each) for each in (row.year, row.scopes, row.source)
        )
        rows.append(Row((str(row.place), year.removesuffix(".0"), value, scopes, agrees, source)))
    unit = _unit(dataset, "wan_per_mu")
    fields = (
        field("place", "text"),
        field("year", "year"),
        field("value", "text", f"亩均税收（{unit.zh}）", f"tax per mu ({unit.en})"),
        field("scopes", "text"),
        field("agreement", "text", "可比性", "comparable"),
        field("source", "long"),
    )
    return [Table(fields, tuple(rows), Term("参照值", "Reference values"))]


def _warnings(dataset: Dataset) -> list[Block]:
    meta = dataset.meta
    notes: list[Block] = []
    if meta.below_gate:
        share = number_text(meta.matched_share, "percent")
        gate = number_text(meta.min_matched_share, "percent")
        notes.append(
            Note(
                Term(
                    f"未达对账线：只有 {share}% 的税收对上了宗地，低于 {gate}%。所列亩均数字偏低，"
                    "不可作为结论引用。",
                    f"Below the matching gate: only {share}% of the tax was matched to land, less than "
                    f"{gate}%. "
                    "The per-mu figures are too low to be quoted as results.",
                ),
                "warning",
            )
        )
    unknown = dataset.frame("zones").reindex(columns=["is_sub_park", "tax_unknown_area_m2"])
    top = unknown[~unknown["is_sub_park"].astype("boolean").fillna(value=False)]
    mu = number_text(pd.to_numeric(top["tax_unknown_area_m2"]).sum(), "mu")
    notes.append(
        Note(
            Term(
                f"亩均税收的分母是所列口径下的全部用地；其中税收不明的宗地 {mu} 亩仍计入分母。",
                f"The denominator is all land of the stated scope; parcels of unknown tax ({mu} mu) stay "
                "in it.",
            )
        )
    )
    return notes


def build(dataset: Dataset) -> Sequence[Block]:
    """Key figures, warnings and reference values."""
    groups = ([*_per_mu(dataset), *_matched(dataset)], _classes(dataset))
    facts = [Facts(tuple(group)) for group in groups if group]
    return [*facts, *_warnings(dataset), *_benchmarks(dataset)] if facts else []


SECTION = Section(Term("主要数字", "Headline"), 10, build)
