"""Rows that came back against rows that were sent: what is gone, added, changed, unsigned, half filled in."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from landeff.core.columns import Kind
from landeff.core.split_words import ENTRIES, SAYING, SENT_COLUMNS
from landeff.publish.fields import is_known
from landeff.publish.split.listed import digests
from landeff.sources.filled import Filled
from landeff.sources.review import typed

#: Blanks entries of the rows of a mask and tells why: mask, problem, the entry shown, entries blanked.
Refuse = Callable[[pd.Series, str, str, Collection[str]], None]
#: Columns of conflicts.
CONFLICT = ("file", "sheet", "source_row", "key", "column", "value", "seen", "now", "problem")
#: Of an area, what is left of it by rounding.
_WHOLE = 0.995


def conflict(
    rows: pd.DataFrame, problem: str, header: str | pd.Series = "", value: str | pd.Series | None = None
) -> pd.DataFrame:
    """One conflict a row of ``rows`` (``file``, ``sheet``, ``source_row``, ``row_key``)."""
    told = rows.assign(key=rows["row_key"], column=header, problem=problem)
    told["value"] = value if value is not None else None
    return told.reindex(columns=list(CONFLICT)).astype("object")


def told_rows(filled: Filled) -> tuple[pd.DataFrame, list[pd.DataFrame], dict[str, int]]:
    """Filled rows of one file that are as sent, with the keys that were sent; conflicts; and counts."""
    sent = filled.sent.assign(file=filled.name)
    rows = filled.rows.assign(file=filled.name)
    is_filled = rows[list(SAYING)].notna().any(axis=1)
    is_whole = digests(sent).to_numpy() == sent["row_digest"].fillna("").to_numpy()
    good = sent[is_whole].drop_duplicates("row_digest")
    known = rows["row_digest"].map(good.set_index("row_digest")["row_key"])
    is_sent = known.notna() & (known == rows["row_key"])
    is_added = ~is_sent & rows["row_digest"].isna() & (rows["shown"].notna() | is_filled)
    is_changed = ~is_sent & rows["row_digest"].notna()
    is_there = sent["row_digest"].isin(rows["row_digest"]) | sent["row_key"].isin(rows["row_key"])
    gone = sent[~is_there]
    rows = rows.assign(row_key=rows["row_key"].fillna(rows["shown"]))
    conflicts = [
        conflict(rows[is_added], "row_added", value=_told(rows[is_added])),
        conflict(rows[is_changed], "row_changed", value=_told(rows[is_changed])),
        conflict(gone.assign(source_row=None), "row_deleted"),
    ]
    counts = {
        "n_sent": len(sent),
        "n_filled": int(rows.loc[is_sent & is_filled, "row_digest"].nunique()),
        "n_deleted": len(gone),
        "n_added": int(is_added.sum()),
    }
    keep = (
        rows[is_sent & is_filled]
        .drop(columns=["row_key", "sheet"])
        .merge(
            good[[name for name in SENT_COLUMNS if name != "sheet"]],
            on="row_digest",
            how="left",
            validate="m:1",
        )
    )
    keep["sheet"] = rows.loc[is_sent & is_filled, "sheet"].to_numpy()
    return keep, conflicts, counts


def _told(rows: pd.DataFrame) -> pd.Series:
    """What was filled in, in a few words."""
    parts = rows[list(SAYING)].astype("object")
    return pd.Series(
        ["; ".join(str(value) for value in row if is_known(value)) for row in parts.to_numpy()],
        index=rows.index,
        dtype="object",
    )


def checked_rows(
    rows: pd.DataFrame, known: Collection[str], headers: pd.DataFrame
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Rows with the entries blanked that cannot count by themselves, and why.

    Args:
        rows: of all files, as :func:`told_rows` makes them.
        known: keys that the result has.
        headers: header of each entry as written, by file.
    """
    conflicts = []
    told = rows.copy()

    def refuse(mask: pd.Series, problem: str, entry: str, entries: Collection[str]) -> None:
        bad = told[mask]
        if bad.empty:
            return
        header = bad["file"].map(headers[entry]) if entry in headers else ENTRIES[entry].title.zh
        value = bad[entry].map(str, na_action="ignore") if entry in bad else None
        conflicts.append(conflict(bad, problem, header, value))
        told.loc[mask, list(entries)] = None

    refuse(~told["row_key"].isin(list(known)), "unknown_key", "found_started", SAYING)
    refuse(
        told["signed_by"].isna() & told[list(SAYING)].notna().any(axis=1), "no_signer", "signed_by", SAYING
    )
    _check_start(told, refuse)
    _check_objection(told, refuse)
    _check_disposal(told, refuse)
    return told, conflicts


def _check_start(told: pd.DataFrame, refuse: Refuse) -> None:
    """What was found of the start: yes or no, with a day, and not against the ledger."""
    check = ("found_started", "found_on", "found_start_on")
    has = {name: told[name].notna() for name in ENTRIES}
    said_no = (~typed(told["found_started"], "boolean", "is_started").values.astype("boolean")).fillna(False)
    said_no = pd.Series(said_no.to_numpy(dtype=bool), index=told.index)
    start = typed(told["found_start_on"], "date", "actual_start_on").values.notna().to_numpy()
    stands = told["seen"].fillna("").str.contains(r'"supply\.actual_start_on": "', regex=True)
    refuse(said_no & start, "said_both", "found_start_on", check)
    refuse(said_no & stands & ~has["found_start_on"], "start_stands", "found_started", check)
    refuse(has["found_started"] & ~has["found_on"] & ~has["found_start_on"], "no_date", "found_on", check)
    only_day = has["found_on"] & ~has["found_started"] & ~has["found_start_on"]
    others = [name for name in SAYING if name not in check]
    refuse(only_day & ~told[others].notna().any(axis=1), "no_word", "found_on", ["found_on"])
    told.loc[only_day, "found_on"] = None  # the day of another fact, which it need not be said of


def _check_objection(told: pd.DataFrame, refuse: Refuse) -> None:
    """An objection names column, value and ground."""
    objection = ["objection_column", "objection_value"]
    has = {name: told[name].notna() for name in objection}
    refuse(has["objection_column"] != has["objection_value"], "half_objection", "objection_column", objection)
    has_ground = told["ground"].notna() | told["ground_document"].notna()
    objects = told["objection_column"].notna()
    refuse(objects & ~has_ground, "no_ground", "objection_column", objection)


def _check_disposal(told: pd.DataFrame, refuse: Refuse) -> None:
    """A disposal names way, area and day."""
    disposal = ["disposal_way", "disposal_area_m2", "disposed_on"]
    n = told[disposal].notna().sum(axis=1)
    refuse((n > 0) & (n < len(disposal)), "half_disposal", "disposal_way", disposal)
    kinds: tuple[tuple[str, Kind], ...] = (("disposal_area_m2", "number"), ("disposed_on", "date"))
    for name, kind in kinds:
        bad = typed(told[name], kind, name, "亩" if kind == "number" else None).defects["bad_value"]
        refuse(pd.Series(bad.to_numpy(), index=told.index), "bad_value", name, disposal)


def disposals(rows: pd.DataFrame) -> pd.DataFrame:
    """Land reported as disposed of: ``area_m2`` of it, and whether that is all of the row's land."""
    found = rows[rows["disposal_way"].notna()].copy()
    area = typed(found["disposal_area_m2"], "number", "registered_area_m2", "亩").values.to_numpy(
        dtype="float64"
    )
    day = typed(found["disposed_on"], "date", "signed_on").values.to_numpy()
    whole = area >= _WHOLE * pd.to_numeric(found["area"]).to_numpy(dtype="float64")
    return found.assign(disposed_area_m2=area, disposed_on=day, is_whole=whole)
