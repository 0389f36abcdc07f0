"""What may be done with the land of a parcel, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.dossier.model import Block, Line
from landeff.publish.fields import is_known, number_text
from landeff.publish.rule_titles import basis_told


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
        told = {str(name): value for name, value in row.items()}
        kind = Term("可采取", "may be done") if told.get("is_way", True) else Term("先办", "first")
        parts = [
            *_pairs(told, lang),
            basis_told(_text(told.get("basis"))).text(lang),
            _missing(told, lang),
            _fee(told, lang),
        ]
        yield Line(("；" if lang == "zh" else "; ").join(each for each in parts if each), kind.text(lang))


def _pairs(row: Mapping[str, object], lang: Lang) -> Iterator[str]:
    for name in ("title", "why", "limit"):
        yield Term(_text(row.get(f"{name}_zh")), _text(row.get(f"{name}_en"))).text(lang)


def _missing(row: Mapping[str, object], lang: Lang) -> str:
    names = [title(name).text(lang) for name in _text(row.get("missing")).split(",") if name]
    head = Term("需补：", "needed: ").text(lang)
    return f"{head}{('、' if lang == 'zh' else ', ').join(names)}" if names else ""


def _fee(row: Mapping[str, object], lang: Lang) -> str:
    fee = row.get("idle_fee_estimate_cny")
    if not is_known(fee):
        return ""
    amount = number_text(fee, "wan")
    return Term(
        f"闲置费测算 {amount} 万元，以认定为准", f"idle fee estimated at {amount} (10k CNY), to be determined"
    ).text(lang)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
