"""What may be done with the land of a parcel, in words."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.dossier.model import Block, Line


def proposals_block(dataset: Dataset, parcel_id: str, lang: Lang) -> tuple[Block, ...]:
    """The ways proposed for a parcel with basis and limit, or what has to come first; none without any."""
    table = dataset.frame("proposals")
    if table.empty or "parcel_id" not in table.columns:
        return ()
    rows = table[table["parcel_id"] == parcel_id]
    lines = tuple(_lines(rows, lang))
    return (Block("proposals", Term("处置建议（供研究）", "Proposals"), lines),) if lines else ()


def _lines(rows: pd.DataFrame, lang: Lang) -> Iterator[Line]:
    for row in rows.to_dict("records"):
        told = {
            name: Term(_text(row.get(f"{name}_zh")), _text(row.get(f"{name}_en"))).text(lang)
            for name in ("title", "limit", "why")
        }
        unseen = Term("（未核对原文）", " (not verified)").text(lang)
        is_marked = row.get("is_verified", True) is True or _text(row.get("basis")).endswith("（未核对原文）")
        mark = "" if is_marked else unseen  # the ground carries the mark in Chinese already
        kind = Term("可采取", "may be done") if row.get("is_way", True) else Term("先办", "first")
        parts = [told["title"], told["why"], told["limit"], f"{_text(row.get('basis'))}{mark}"]
        yield Line(("；" if lang == "zh" else "; ").join(each for each in parts if each), kind.text(lang))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
