"""What the official grade of a parcel's enterprises means, as a block of its dossier."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.score_sheet.model import effects_of


def effects_block(dataset: Dataset, row: pd.Series, lang: Lang) -> list[tuple[Term, list[str]]]:
    """The block of differential treatment; none without an official grade or effects given for it."""
    effects, grade = dataset.frame("grade_effects"), row.get("grade_latest")
    if effects.empty or grade is None or pd.isna(grade):
        return []
    told = [f"{title.text(lang)}: {said.text(lang)}" for title, said in effects_of(effects, str(grade))]
    head = Term(f"差别化资源配置（正式等级 {grade}）", f"Differential treatment (official grade {grade})")
    return [(head, told)] if told else []
