"""Listed land with columns to be filled in: the usual ledger, then entries, then hidden keys."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.review_words import ANSWERS
from landeff.core.split_words import (
    CAUSES,
    ENTRIES,
    GROUP_OF,
    GROUPS,
    HIDDEN,
    OBJECTIONS,
    WAYS,
    objection_title,
)
from landeff.core.text import Term
from landeff.publish.fields import Field, Kind, field
from landeff.publish.flagged import district_names, parcels_of
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.workbook.parcel_fields import (
    CLOCK,
    FINDING,
    IDENTITY,
    SOURCE,
    SUPPLY,
    present,
    shown,
)

_KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {"text": "text", "date": "date", "boolean": "yes_no", "number": "mu"}
)
_PIECES = (
    field("remainder_id", "code", "地块编号", "piece"),
    field("approval_id", "code"),
    field("approved_on", "date"),
    field("zone_name", "text"),
    field("district_name", "text"),
    field("land_class_code", "code"),
    field("area_m2", "mu", "椭球面积", "ellipsoidal area"),
    field("is_cleared", "yes_no"),
    field("is_withdrawal_planned", "yes_no"),
)
_HIDDEN = tuple(Field(name, Term(name, name), "code") for name in HIDDEN)


def sheet(group: str, order: int) -> Sheet:
    """The sheet of one group of listed land; left out where the file has none of it."""
    build = pieces_ledger if group == "approved_unsupplied" else lambda part: parcels_ledger(part, group)
    return Sheet(GROUPS[group], order, build)


def parcels_ledger(part: Dataset, group: str) -> Ledger | None:
    """Parcels of a group, largest first."""
    listed = part.frame("parcels")
    if "inventory_class" not in listed:
        return None
    classes = sorted(set(listed["inventory_class"].dropna()) - {"none"})
    chosen = [name for name in classes if GROUP_OF.get(name, "others") == group]
    rows = parcels_of(part, *chosen)
    if rows.empty:
        return None
    rows = _with_hidden(shown(rows, part), part, "parcel_id")
    usual = (
        *IDENTITY,
        *((field("inventory_class", "text"),) if len(chosen) > 1 or group == "others" else ()),
        *SUPPLY,
        field("is_started", "yes_no"),
        field("start_checked_on", "date"),
        field("delay_cause", "text"),
        *CLOCK,
        field("days_overdue", "days", "超过动工期限", "past due"),
        *FINDING,
        *SOURCE,
    )
    return _ledger(present(usual, rows), rows, part, "parcels", group)


def pieces_ledger(part: Dataset) -> Ledger | None:
    """Pieces of unsupplied land, largest first."""
    rows = pd.DataFrame(part.frame("remainders"))
    if rows.empty:
        return None
    rows = rows.sort_values(["area_m2", "remainder_id"], ascending=[False, True], kind="stable")
    rows = rows.assign(district_name=rows["district_code"].map(district_names(part)))
    rows = _with_hidden(rows.reset_index(drop=True), part, "remainder_id")
    return _ledger(present(_PIECES, rows), rows, part, "pieces", "approved_unsupplied")


def _with_hidden(rows: pd.DataFrame, part: Dataset, key: str) -> pd.DataFrame:
    sent = part.frame("sent").set_index("row_key")["row_digest"]
    return rows.assign(row_key=rows[key], row_digest=rows[key].map(sent))


def _ways(part: Dataset, land: str, group: str) -> tuple[Term, ...]:
    """Ways of disposal of the run's own list; those that ship where the run keeps none."""
    ways = part.frame("disposal_ways")
    if ways.empty:
        return WAYS[land]
    named = ways["list"] == group
    lists = named if named.any() else ways["list"] != "approved_unsupplied"
    titles = ways.loc[lists, ["title_zh", "title_en"]].drop_duplicates()
    return tuple(
        Term(str(zh), str(en)) for zh, en in zip(titles["title_zh"], titles["title_en"], strict=True)
    )


def _ledger(usual: tuple[Field, ...], rows: pd.DataFrame, part: Dataset, land: str, group: str) -> Ledger:
    entries = {name: each for name, each in ENTRIES.items() if each.land in (land, "both")}
    answers = (ANSWERS["yes"], ANSWERS["no"])
    choices: list[tuple[str, tuple[Term, ...]]] = [
        (name, answers) for name, each in entries.items() if each.kind == "boolean"
    ]
    choices += [("found_cause", CAUSES)] if land == "parcels" else []
    choices += [("disposal_way", _ways(part, land, group))]
    choices += [("objection_column", tuple(objection_title(*cell) for cell in OBJECTIONS[land]))]
    asked = tuple(Field(name, each.title, _KINDS[each.kind]) for name, each in entries.items())
    fields = (*usual, *asked, *_HIDDEN)
    return Ledger(fields, rows, tuple(choices), entry=tuple(entries), hidden=HIDDEN)
