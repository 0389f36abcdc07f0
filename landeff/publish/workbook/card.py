"""The card of each piece of land (一地一策): ways proposed, their ground, what was recorded, blanks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.fields import Field, field
from landeff.publish.flagged import missing_titles
from landeff.publish.rule_titles import basis_told
from landeff.publish.terms import titled

_PROPOSED = (
    field("proposed", "long", "可选处置方式（以认定为准）", "ways open (the formal decision counts)"),
    field("proposed_basis", "long", "各方式依据", "ground of each"),
    field("proposed_limit", "long", "限制条件", "limits"),
    field("proposed_why", "long", "理由", "why"),
    field("proposed_missing", "text", "须先查明的事实", "facts to settle first"),
)
_RECORDED = (
    field("recorded_way", "text", "台账处置方式", "way recorded"),
    field("recorded_status", "text", "台账状态", "state recorded"),
    field("disposed_m2", "mu", "台账累计处置", "recorded so far"),
    field("remaining_m2", "mu"),
)
#: Filled in by the user; read back as a ledger of disposals (处置台账) under the same headers.
_ENTRY = (
    field("chosen_way", "text", "处置方式", "way of disposal"),
    field("responsible_unit", "text"),
    field("leader", "text"),
    field("deadline_on", "date"),
    field("progress", "long"),
    field("disposed_area_m2", "mu"),
    field("disposed_on", "date"),
    field("voucher", "text"),
)
_KEPT = ("responsible_unit", "leader", "deadline_on", "progress", "voucher")


@dataclass(frozen=True, slots=True)
class Card:
    """What the card adds to a ledger."""

    frame: pd.DataFrame
    fields: tuple[Field, ...] = ()
    choices: tuple[tuple[str, tuple[Term, ...]], ...] = ()
    entry: tuple[str, ...] = ()


def with_card(frame: pd.DataFrame, dataset: Dataset, key: str, of: str) -> Card:
    """``frame`` with the columns of the card.

    Args:
        key: column that names the land, ``parcel_id`` or ``remainder_id``.
        of: the list whose ways may be chosen.
    """
    if "proposals" not in dataset.tables:
        return Card(frame)
    frame = frame.drop(
        columns=[each for each in (*_KEPT, "disposed_area_m2", "disposed_on") if each in frame]
    )
    frame = _proposed(frame, dataset.frame("proposals"), key)
    frame, recorded = _recorded(
        frame, dataset.frame("disposals"), "approval_id" if key == "remainder_id" else key
    )
    ways = dataset.frame("disposal_ways")
    ways = ways[ways["list"] == of]
    offered = tuple(Term(str(zh), str(en)) for zh, en in zip(ways["title_zh"], ways["title_en"], strict=True))
    entry = tuple(
        each.name for each in _ENTRY if each.name not in frame or not frame[each.name].notna().any()
    )
    shown = (*_PROPOSED, *(_RECORDED if recorded else ()), *_ENTRY)
    choices = (("chosen_way", offered),) if offered else ()
    return Card(frame, shown, choices, entry)


def _proposed(frame: pd.DataFrame, proposals: pd.DataFrame, key: str) -> pd.DataFrame:
    rows = proposals[proposals[key].isin(frame[key])]
    made = {
        "proposed": _joined(rows, key, lambda lang: rows[f"title_{lang}"]),
        "proposed_basis": _joined(rows, key, lambda lang: _headed(rows, "basis", lang)),
        "proposed_limit": _joined(rows, key, lambda lang: _headed(rows, f"limit_{lang}", lang)),
        "proposed_why": _joined(rows, key, lambda lang: rows[f"why_{lang}"]),
        "proposed_missing": missing_titles(rows.drop_duplicates(key).set_index(key)["missing"]),
    }
    return frame.assign(**{name: frame[key].map(values) for name, values in made.items()})


def _headed(rows: pd.DataFrame, column: str, lang: Lang) -> pd.Series:
    """The text of a way behind its title; missing where it has none."""
    colon = "：" if lang == "zh" else ": "
    text = rows[column].astype("str").where(rows[column].fillna("") != "")  # all missing has another dtype
    if column == "basis":
        grounds = [basis_told(each).text(lang) if isinstance(each, str) else None for each in text]
        text = pd.Series(grounds, index=text.index, dtype="str")
    headed: pd.Series = rows[f"title_{lang}"] + colon + text
    return headed


def _joined(rows: pd.DataFrame, key: str, texts: Callable[[Lang], pd.Series]) -> pd.Series:
    """Different texts of each land, in the order of its ways, as terms by ``key``."""
    sides = []
    commas: tuple[tuple[Lang, str], ...] = (("zh", "；"), ("en", "; "))
    for lang, comma in commas:
        told = pd.DataFrame({key: rows[key], "text": texts(lang)}).dropna().drop_duplicates()
        sides.append(told.groupby(key, sort=True)["text"].agg(comma.join))
    both = pd.concat(sides, axis=1, keys=["zh", "en"])
    found = [Term(str(zh), str(en)) for zh, en in zip(both["zh"], both["en"], strict=True)]
    return pd.Series(found, index=both.index, dtype=object)


def _recorded(frame: pd.DataFrame, disposals: pd.DataFrame, key: str) -> tuple[pd.DataFrame, bool]:
    """What the ledger says of each land, the latest record first; whether it says anything."""
    if "entry" not in disposals or key not in frame:
        return frame, False
    rows = disposals[disposals[key].isin(frame[key].dropna())]
    if rows.empty:
        return frame, False
    rows = rows.sort_values(["disposed_on", "source_file", "source_row"], na_position="first", kind="stable")
    latest = rows.groupby(key, sort=True)[[*_KEPT, "title_zh", "title_en", "status"]].last()
    terms = [
        Term(str(zh), str(en)) if isinstance(zh, str) else None
        for zh, en in zip(latest["title_zh"], latest["title_en"], strict=True)
    ]
    latest["recorded_way"] = pd.Series(terms, index=latest.index, dtype=object)
    latest["recorded_status"] = titled("disposal", latest["status"])
    counts = rows[rows["entry"] == "disposed"].groupby(key, sort=True)
    sums = counts["counted_m2"].agg(lambda each: each.sum(skipna=False)).astype("float64")
    latest["disposed_m2"] = sums.reindex(latest.index, fill_value=0.0)
    latest["remaining_m2"] = rows.groupby(key, sort=True)["whole_m2"].last() - latest["disposed_m2"]
    columns = [*_KEPT, "recorded_way", "recorded_status", "disposed_m2", "remaining_m2"]
    return frame.assign(**{name: frame[key].map(latest[name]) for name in columns}), True
