"""What became of corrections and decisions: the table ``corrections``, and issues of what was not applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from landeff.core.corrections import shown
from landeff.core.issues import Issue
from landeff.pipeline.load import Inputs

_TEXT = (
    *("kind", "status", "outcome", "why_zh", "why_en", "table", "key", "column", "old_value", "new_value"),
    *("found_value", "reason", "document", "signer"),
)
_DATES = ("valid_until", "decided_on")
#: Where a row says it, and where the row stands that it is about.
_TRACE = {"source_file": "str", "source_row": "Int64", "target_file": "str", "target_row": "Int64"}
#: Issue code and fix of each outcome that is worth a word; the others are in the table ``corrections``.
_FIXES = {
    "review_lapsed": "look at the values as they are now and decide again, or delete the row",
    "review_contradicted": "leave the right row and delete the others",
    "review_incomplete": "fill in the row as the sheet 说明 says",
    "correction_unplaced": "correct table, key or column",
    "correction_refused": "correct it in the source",
}
_CODES = {
    **dict.fromkeys(("question_gone", "values_changed", "old_differs", "expired"), "review_lapsed"),
    **dict.fromkeys(("contradicted", "two_answers"), "review_contradicted"),
    **dict.fromkeys(
        (
            *("unknown_answer", "incomplete", "unknown_kind", "no_key", "no_signer", "no_ground"),
            *("bad_date", "bad_value", "no_new", "out_of_range", "unknown_state"),
        ),
        "review_incomplete",
    ),
    **dict.fromkeys(
        ("unknown_table", "unknown_column", "key_unknown", "key_set_aside", "key_twice"),
        "correction_unplaced",
    ),
    **dict.fromkeys(("refused_geometry", "refused_column", "not_forward"), "correction_refused"),
}


def corrections_table(inputs: Inputs) -> pd.DataFrame:
    """Every correction and decision with ``status``, why, and where it stands; see ``docs/tables.md``."""
    frames = [frame for frame in inputs.outcomes if len(frame)]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    rows = rows.rename(columns={"title_zh": "why_zh", "title_en": "why_en", "now": "found_value"})
    rows = rows.reindex(columns=[*_TEXT, *_DATES, *_TRACE])
    for name in ("old_value", "new_value"):
        rows[name] = shown(rows[name])
    dtypes = dict.fromkeys(_TEXT, "str") | dict.fromkeys(_DATES, "datetime64[s]")
    rows = rows.astype({**dtypes, **_TRACE})
    by = ["kind", "table", "key", "column", "source_file", "source_row", "new_value"]
    return rows.sort_values(by, kind="stable", ignore_index=True)


def review_issues(inputs: Inputs) -> list[Issue]:
    """One issue a correction or decision that was not applied, with the old value and the present one."""
    table = corrections_table(inputs)
    dates = _dates(inputs)
    issues = []
    for row in table[table["outcome"].isin(list(_CODES))].to_dict("records"):
        code = _CODES[str(row["outcome"])]
        issues.append(
            Issue(
                "warning",
                code,
                "corrections",
                str(row["why_en"]),
                key=_plain(row["key"]),
                column=_plain(row["column"]),
                value=_value(row, dates.get((row["source_file"], row["source_row"]))),
                source_file=_plain(row["source_file"]),
                source_row=None if pd.isna(row["source_row"]) else int(row["source_row"]),
                fix=_FIXES[code],
            )
        )
    return issues


def _dates(inputs: Inputs) -> dict[tuple[object, object], object]:
    """What stood in the cell of the date, by file and row."""
    frames = [frame for frame in inputs.outcomes if len(frame) and "date_text" in frame]
    return {
        (file, row): date
        for frame in frames
        for file, row, date in zip(frame["source_file"], frame["source_row"], frame["date_text"], strict=True)
    }


def _value(row: Mapping[Any, Any], date: object) -> str:
    """What was written and what is there now, as far as either explains the outcome."""
    if row["outcome"] in ("bad_date", "incomplete"):
        return f"{_plain(row['new_value'])} ({_plain(row['signer'])}, {_plain(date)})"
    if row["outcome"] in ("old_differs", "values_changed"):
        return f"{_plain(row['old_value'])} → {_plain(row['found_value'])}"
    if row["outcome"] == "expired":
        return f"{row['valid_until']:%Y-%m-%d}"
    if row["outcome"] in ("question_gone", "two_answers") or row["kind"] == "decision":
        return f"{_plain(row['old_value'])}: {_plain(row['new_value'])}"
    return f"{_plain(row['old_value'])} → {_plain(row['new_value'])}"


def _plain(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
