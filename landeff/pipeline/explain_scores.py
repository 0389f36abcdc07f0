"""Simulated grades of the enterprises on a parcel, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.score_sheet.model import REASONS

_HEAD = Term("评分（模拟，非正式等级）", "Scores (simulated, no grades)")


def scores_block(dataset: Dataset, parcel_id: str, lang: Lang) -> list[tuple[Term, list[str]]]:
    """A line an enterprise that uses the parcel and a scorecard, of the latest year; none without scores."""
    grades, shares = dataset.frame("grades_simulated"), dataset.frame("shares")
    if grades.empty or shares.empty:
        return []
    firms = set(shares.loc[shares["parcel_id"] == parcel_id, "enterprise_id"].dropna())
    rows = grades[grades["enterprise_id"].isin(firms) & (grades["year"] == grades["year"].max())]
    rows = rows.sort_values(["enterprise_id", "scorecard"])
    lines = list(_lines(rows, _titles(dataset), lang))
    return [(_HEAD, lines)] if lines else []


def _titles(dataset: Dataset) -> dict[str, Term]:
    """Titles of the scorecards by id."""
    cards = dataset.frame("scorecards")
    if cards.empty:
        return {}
    cards = cards[cards["kind"] == "card"]
    return {
        code: Term(zh, en)
        for code, zh, en in zip(cards["scorecard"], cards["title_zh"], cards["title_en"], strict=True)
    }


def _lines(rows: pd.DataFrame, titles: Mapping[str, Term], lang: Lang) -> Iterator[str]:
    for row in rows.to_dict("records"):
        card = titles.get(row["scorecard"], Term(row["scorecard"], row["scorecard"])).text(lang)
        total = "?" if pd.isna(row["total"]) else f"{row['total']:,.2f}"
        rank = "" if pd.isna(row["rank"]) else f"{int(row['rank'])}/{int(row['n'])}"
        grade = "?" if pd.isna(row["grade"]) else str(row["grade"])
        name = row["enterprise_id"] if pd.isna(row["name"]) else f"{row['name']} {row['enterprise_id']}"
        told = Term(
            f"得分 {total}，名次 {rank or '?'}，模拟等级 {grade}",
            f"{total} points, rank {rank or '?'}, grade {grade}",
        )
        reason = REASONS.get(row.get("reason", ""))
        if reason and pd.isna(row["total"]) and pd.isna(row["grade"]):
            told = Term(f"没有得分和等级：{reason.zh}", f"no points and no grade: {reason.en}")
        head = Term(f"{row['year']} {name}，{card}：", f"{row['year']} {name}, {card}: ")
        yield head.text(lang) + told.text(lang)
