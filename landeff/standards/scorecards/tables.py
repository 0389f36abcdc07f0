"""A scorecard laid out as rows, so that a saved result explains itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from landeff.core.columns import title
from landeff.core.text import Term
from landeff.standards.scorecards.spec import Benchmark, Cuts, Model, Scorecard, Weighed

COLUMNS = {
    **dict.fromkeys(("scorecard", "kind", "model", "item", "title_zh", "title_en", "unit"), "str"),
    **dict.fromkeys(("weight", "cap"), "float64"),
    **dict.fromkeys(("told_zh", "told_en", "missing", "negative", "document", "jurisdiction"), "str"),
    **dict.fromkeys(("note_zh", "note_en", "version"), "str"),
    "is_verified": "boolean",
    "order": "Int64",
}
_MADE = {"industry_division": Term("行业大类", "industry"), "model": Term("模型", "model")}
_MISSING = {
    "unknown": Term("缺项即无总分", "no total where missing"),
    "mean": Term("缺项取其他企业平均分", "where missing, the mean points of the others"),
    "zero": Term("缺项计 0 分", "0 points where missing"),
    "exclude": Term("缺项剔除，其余权重放大", "left out where missing, the other weights scaled up"),
    "T": Term("缺项不分档（T）", "not graded (T) where missing"),
}
_ROUNDING = {
    "ceil": Term("家数向上取整", "numbers rounded up"),
    "floor": Term("家数向下取整", "numbers rounded down"),
    "round": Term("家数四舍五入", "numbers rounded half up"),
}
_TIES = {
    "exact": Term(
        "并列时按所列指标再按代码，家数不变", "ties by the items named, then by code; numbers are kept"
    ),
    "better": Term("并列者同取较好一档", "equal totals share the better grade"),
    "worse": Term("并列者同取较差一档", "equal totals share the worse grade"),
}


def scorecards_table(cards: Iterable[Scorecard]) -> pd.DataFrame:
    """``scorecards``: every card with its models, items, adjustments, vetoes, floors, exclusions, cuts."""
    rows = [
        {**row, "scorecard": card.id, "version": card.version, "is_verified": card.verified, "order": order}
        for card in cards
        for order, row in enumerate(_rows(card))
    ]
    made = pd.DataFrame(rows).reindex(columns=list(COLUMNS)).astype(COLUMNS)
    return made.sort_values(["scorecard", "order"], ignore_index=True)


def _rows(card: Scorecard) -> Iterator[dict[str, Any]]:
    basis = "；".join(each.text for each in card.basis)
    about = {"document": basis, "jurisdiction": card.jurisdiction}
    yield {**_row("card", card.title), **about, "note_zh": card.note.zh, "note_en": card.note.en}
    for model in card.models:
        yield _row("model", model.title, model=model.id)
        for weighed in model.items:
            yield _item_row(card, model, weighed)
    for each in card.adjustments:
        points = Term(f"每单位 {each.points:+g} 分", f"{each.points:+g} points a unit")
        told = points if each.of else Term(f"{each.points:+g} 分", f"{each.points:+g} points")
        yield _row("adjustment", each.title, item=each.id, told=told)
    for kind, overrides in (("not_graded", card.not_graded), ("veto", card.vetoes), ("floor", card.floors)):
        for override in overrides:
            limit = override.grade or override.limit
            yield _row(kind, override.title, item=override.id, told=Term(limit, limit))
    if card.cuts is not None:
        yield _row("cuts", Term("分档", "cuts"), told=_cuts_told(card.cuts))


def _row(
    kind: str, called: Term, model: str = "", item: str = "", told: Term | None = None
) -> dict[str, Any]:
    said = told or Term("", "")
    return {
        "kind": kind,
        "model": model,
        "item": item,
        "title_zh": called.zh,
        "title_en": called.en,
        "told_zh": said.zh,
        "told_en": said.en,
    }


def _item_row(card: Scorecard, model: Model, weighed: Weighed) -> dict[str, Any]:
    item = card.items[weighed.item]
    told, policy = _benchmark_told(weighed.benchmark, item.measure.unit), _MISSING[weighed.missing]
    negative = Term("负值计 0", "0 where negative") if weighed.negative == "zero" else Term("", "")
    said = Term(
        "；".join(part for part in (told.zh, policy.zh, negative.zh) if part),
        "; ".join(part for part in (told.en, policy.en, negative.en) if part),
    )
    row = _row("item", item.title, model.id, item.id, said)
    return {
        **row,
        "unit": item.measure.unit,
        "weight": weighed.weight,
        "cap": weighed.cap,
        "missing": weighed.missing,
        "negative": weighed.negative,
    }


def _benchmark_told(benchmark: Benchmark, unit: str) -> Term:
    when = {0: Term("", ""), -1: Term("上年", "of the year before")}.get(
        benchmark.year, Term(f"{benchmark.year:+d} 年", f"of year {benchmark.year:+d}")
    )
    if benchmark.kind == "fixed":
        return Term(f"基准 {benchmark.value:g} {unit}", f"benchmark {benchmark.value:g} {unit}")
    if benchmark.kind == "given":
        return Term(f"基准取公布的 {benchmark.indicator}", f"benchmark as published: {benchmark.indicator}")
    among = _columns_told(benchmark.of)
    if benchmark.kind == "min_max":
        scale = f"{benchmark.base:g}–{benchmark.base + benchmark.span:g}"
        return Term(f"极差法 {scale}（{among.zh}）", f"min–max {scale} ({among.en})")
    times = "" if benchmark.times == 1 else f"{benchmark.times:g} × "
    return Term(f"基准 {times}{when.zh}均值（{among.zh}）", f"benchmark {times}mean {when.en} ({among.en})")


def _columns_told(names: Sequence[str]) -> Term:
    """Groups by what they are made of."""
    titles = [_MADE.get(name, title(name)) for name in names]
    zh, en = "、".join(each.zh for each in titles), ", ".join(each.en for each in titles)
    return Term(zh or "全部", en or "all")


def _cuts_told(cuts: Cuts) -> Term:
    if cuts.by == "score":
        parts = [f"{cut.grade} ≥ {cut.at_least:g}" for cut in cuts.grades if cut.at_least is not None]
    else:
        parts = [f"{cut.grade} ≤ {float(cut.to):.6g}" for cut in cuts.grades if cut.to is not None]
    text = ", ".join([*parts, cuts.grades[-1].grade])
    among = _columns_told(cuts.group)
    if cuts.by == "score":
        return Term(f"按得分：{text}（{among.zh}）", f"by score: {text} ({among.en})")
    rounding, ties = _ROUNDING[cuts.rounding], _TIES[cuts.ties]
    return Term(
        f"按名次累计占比：{text}；组：{among.zh}；{rounding.zh}；{ties.zh}",
        f"by cumulative share: {text}; groups: {among.en}; {rounding.en}; {ties.en}",
    )
