"""What is doubtful about the records of disposals, as issues."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from landeff.analysis.disposed import ROUNDING_M2
from landeff.core.issues import Issue, Severity, row_issues
from landeff.standards.disposal import Scheme

_TABLE = "disposals"
_FIX_WAY = "use a way of the list (docs/disposal.md), or add the word to the file of ways"


def disposal_issues(records: pd.DataFrame, scheme: Scheme) -> list[Issue]:
    """All doubts about the records.

    Args:
        records: with codes, words as written (``category_word`` …), ``entry``, ``counted_m2``, ``over_m2``.
    """
    told = records.assign(told=records["parcel_id"].fillna(records["approval_id"]).fillna(""))
    return [*_of_land(told), *_of_words(told, scheme), *_of_areas(told)]


def _of_land(told: pd.DataFrame) -> Iterator[Issue]:
    is_named = told["told"] != ""
    known = told["land"].notna()
    yield from _rows(
        told[~known & is_named], "warning", "disposal_land_unknown", "parcel_id", "told",
        "no parcel or batch of the run has this code: its area is not counted",
        "correct the code, or add the land",
    )  # fmt: skip
    yield from _rows(
        told[~known & ~is_named], "warning", "disposal_land_unknown", "parcel_id", "told",
        "neither a parcel nor a batch is named: its area is not counted",
        "fill in the parcel code or the approval batch",
    )  # fmt: skip


def _of_words(told: pd.DataFrame, scheme: Scheme) -> Iterator[Issue]:
    unknown = told["land"].notna() & told["category"].isna()
    yield from _rows(
        told[unknown], "warning", "disposal_category_unknown", "category", "category_word",
        "of no list: its area is not counted",
        "write one of the categories of the inventory (闲置土地, 批而未供, 低效用地 …)",
    )  # fmt: skip
    foreign = told["way_word"].notna() & told["way"].isna()
    yield from _rows(
        told[foreign], "info", "disposal_way_doubtful", "way", "way_word",
        "in none of the lists: kept as written", _FIX_WAY,
    )  # fmt: skip
    of_way = told["way"].map({way.id: way.list for way in scheme.ways})
    of_class = told["category"].map(
        {name: each.id for each in scheme.lists.values() for name in each.classes}
    )
    other = of_way.notna() & of_class.notna() & (of_way != of_class)
    yield from _rows(
        told[other], "warning", "disposal_way_doubtful", "way", "way_word",
        "a way of another list than the land: counted all the same", _FIX_WAY,
    )  # fmt: skip
    odd = told["status_word"].notna() & told["status"].isna()
    yield from _rows(
        told[odd], "info", "disposal_status_unknown", "status", "status_word",
        "not understood: the day of the disposal or its voucher decides",
        "write 已处置, 处置中 or 未处置",
    )  # fmt: skip


def _of_areas(told: pd.DataFrame) -> Iterator[Issue]:
    yield from _rows(
        told[told["entry"] == "disposed_twice"], "warning", "disposal_listed_twice", "disposed_area_m2", "",
        "the same land, area and day once more: counted once",
        "delete the row, or give each disposal its own voucher (销号凭证)",
    )  # fmt: skip
    yield from _rows(
        told[told["over_m2"] > ROUNDING_M2], "warning", "disposal_over_land", "disposed_area_m2", "",
        "disposals of the land exceed its area: counted up to it",
        "correct the area disposed of",
    )  # fmt: skip
    no_area = (told["entry"] == "disposed") & told["counted_m2"].isna()
    yield from _rows(
        told[no_area], "warning", "disposal_area_unknown", "disposed_area_m2", "",
        "disposed of, and no area: the share done stays open",
        "fill in the area disposed of",
    )  # fmt: skip


def _rows(
    rows: pd.DataFrame, severity: Severity, code: str, column: str, value: str, decision: str, fix: str
) -> list[Issue]:
    was: str | pd.Series[str] = ""
    if value:
        was = rows[value].astype("str").fillna("")
    elif len(rows):
        was = rows["disposed_area_m2"].map("{:.2f} m²".format, na_action="ignore").astype("str").fillna("")
    return row_issues(
        rows, severity, code, _TABLE, key="told", decision=decision, column=column, value=was, fix=fix
    )
