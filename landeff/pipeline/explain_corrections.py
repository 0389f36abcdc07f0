"""Corrections and decisions behind the figures of one parcel, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.review_words import column_title
from landeff.core.text import Lang, Term
from landeff.publish.terms import term

#: File, row and column (of money: item and year) of a value → what was corrected there.
Marks = Mapping[tuple[str, int, str], str]


def marks(dataset: Dataset, lang: Lang) -> Marks:
    """A short note for every value that comes from a correction."""
    rows = dataset.frame("corrections")
    if rows.empty:
        return {}
    rows = rows[(rows["status"] == "applied") & rows["target_file"].notna()]
    found = {}
    for row in rows.to_dict("records"):
        place = str(row["target_file"]), int(row["target_row"]), _cell(row)
        found[place] = f" 〔{_short({str(name): value for name, value in row.items()}, lang)}〕"
    return found


def mark_of(marks: Marks, file: object, row: object, cell: str) -> str:
    """The note of one value; empty where it is as the source has it."""
    if file is None or pd.isna(file) or pd.isna(row):  # type: ignore[call-overload]
        return ""
    return marks.get((str(file), int(str(row)), cell), "")


def money_cell(item: object, year: object) -> str:
    """How marks call the value of an item in a year."""
    return f"{item}|{year}"


def corrections_lines(dataset: Dataset, parcel_id: str, lang: Lang) -> Iterator[str]:
    """Every correction and decision that bears on a parcel: applied or not and why, by whom, and where."""
    rows = dataset.frame("corrections")
    if rows.empty:
        return
    for row in rows[_bears_on(dataset, parcel_id, rows)].to_dict("records"):
        yield _line({str(name): value for name, value in row.items()}, lang)


def _cell(row: Mapping[object, object]) -> str:
    if row["table"] == "returns" and row["column"] == "value":
        _, year, item = str(row["key"]).rsplit("|", 2)
        return money_cell(item, year)
    return str(row["column"])


def _bears_on(dataset: Dataset, parcel_id: str, rows: pd.DataFrame) -> pd.Series:
    """Corrections of the parcel, its supply records, the money and the enterprises on it."""
    supply = _ids(dataset.frame("parcel_supply"), parcel_id, "supply_id")
    firms = _ids(dataset.frame("shares"), parcel_id, "enterprise_id")
    firms |= _ids(dataset.frame("contributions"), parcel_id, "enterprise_id")
    money = dataset.frame("contributions")
    money = money[money["parcel_id"] == parcel_id] if len(money) else money
    places = set(zip(money["source_file"], money["source_row"], strict=True)) if len(money) else set()
    first = rows["key"].str.partition("|")[0]
    of_money = [place in places for place in zip(rows["target_file"], rows["target_row"], strict=True)]
    table = rows["table"]
    return (
        (table.isin(["parcels", "findings", "occupancy"]) & first.eq(parcel_id))
        | (table.isin(["supply", "extensions"]) & first.isin(supply))
        | (table.isin(["enterprises", "grades"]) & first.isin(firms))
        | (table.eq("returns") & (first.isin(firms | {parcel_id}) | pd.Series(of_money, index=rows.index)))
        | _decisions_on(dataset, parcel_id, rows, firms)
    )


def _decisions_on(dataset: Dataset, parcel_id: str, rows: pd.DataFrame, firms: set[str]) -> pd.Series:
    links = dataset.frame("links")
    if links.empty:
        return pd.Series(False, index=rows.index)
    ours = links[links["right_key"].isin(firms | {parcel_id}) & links["decided_by"].notna()]
    asked = set(zip(ours["kind"], ours["left_table"], ours["left_key"], strict=True))
    told = zip(rows["column"], rows["table"], rows["key"], strict=True)
    return rows["kind"].eq("decision") & pd.Series([each in asked for each in told], index=rows.index)


def _ids(frame: pd.DataFrame, parcel_id: str, column: str) -> set[str]:
    if frame.empty or column not in frame:
        return set()
    return set(frame.loc[frame["parcel_id"] == parcel_id, column].dropna())


def _short(row: Mapping[str, object], lang: Lang) -> str:
    empty = Term("空", "empty").text(lang)
    old = empty if pd.isna(row["old_value"]) else str(row["old_value"])  # type: ignore[call-overload]
    was = Term(f"原值 {old}", f"was {old}").text(lang)
    told = [term("correction", row["kind"]).text(lang), was, *_ground(row, lang)]
    return "; ".join(told) if lang == "en" else "；".join(told)


def _ground(row: Mapping[str, object], lang: Lang) -> list[str]:
    parts = []
    for name, words in (
        ("document", Term("文号", "document")),
        ("reason", Term("理由", "reason")),
        ("signer", Term("签字", "signed")),
    ):
        if not pd.isna(row[name]):  # type: ignore[call-overload]
            parts.append(f"{words.text(lang)} {row[name]}")
    return [*parts, f"{row['source_file']} #{row['source_row']}"]


def _what(row: Mapping[str, object]) -> Term:
    if row["kind"] == "decision":
        return term("question", row["column"])
    return column_title(str(row["table"]), str(row["column"]))


def _line(row: Mapping[str, object], lang: Lang) -> str:
    why = Term(str(row["why_zh"]), str(row["why_en"])).text(lang)
    kind = term("correction", row["kind"]).text(lang)
    what = _what(row)
    new = "" if pd.isna(row["new_value"]) else str(row["new_value"])  # type: ignore[call-overload]
    old = "" if pd.isna(row["old_value"]) else f"{row['old_value']} → "  # type: ignore[call-overload]
    ground = ("; " if lang == "en" else "；").join(_ground(row, lang))
    return f"{kind} {what.text(lang)} {row['key']}: {old}{new} 〔{why}〕 ← {ground}"
