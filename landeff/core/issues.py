"""The issue log: doubt about data goes here, not to a log file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

Severity = Literal["error", "warning", "info"]
FIELDS = (
    "severity",
    "code",
    "table",
    "key",
    "column",
    "value",
    "source_file",
    "source_row",
    "decision",
    "fix",
    "n",
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One doubt, and what was decided.

    Attributes:
        code: stable short name, documented in the guide (``duplicate_key``, ``bad_check_digit`` …).
        key: key of the row, empty where the issue is about a whole source.
        decision: what landeff did; ``fix`` is what the office can do.
        n: how many rows it stands for.
    """

    severity: Severity
    code: str
    table: str
    decision: str
    key: str = ""
    column: str = ""
    value: str = ""
    source_file: str = ""
    source_row: int | None = None
    fix: str = ""
    n: int = 1


def issues_frame(issues: Iterable[Issue]) -> pd.DataFrame:
    """Issues as a table, errors first, in an order that does not depend on the order of input rows.

    Columns are :data:`FIELDS`; ``source_row`` is a nullable integer.
    """
    frame = pd.DataFrame([asdict(issue) for issue in issues], columns=list(FIELDS))
    frame["source_row"] = frame["source_row"].astype("Int64")
    frame["n"] = frame["n"].astype("int64")
    frame["rank"] = frame["severity"].map({"error": 0, "warning": 1, "info": 2})
    by = ["rank", "code", "table", "key", "column", "value", "source_file", "source_row"]
    return frame.sort_values(by, kind="stable").drop(columns="rank").reset_index(drop=True)


def row_issues(
    rows: pd.DataFrame,
    severity: Severity,
    code: str,
    table: str,
    *,
    key: str,
    decision: str | pd.Series[str],
    column: str = "",
    value: str | pd.Series[str] = "",
    fix: str = "",
) -> list[Issue]:
    """One issue for each of ``rows``, naming where it stood in its file.

    Args:
        rows: with the column ``key``, ``source_file`` and ``source_row``.
        decision, value: one text for all rows, or a Series on the same index.
    """
    told = pd.DataFrame({"decision": decision, "value": value}, index=rows.index)
    columns = (rows[key], told["decision"], told["value"], rows["source_file"], rows["source_row"])
    return [
        Issue(severity, code, table, str(what), str(which), column, str(was), str(file), int(row), fix)
        for which, what, was, file, row in zip(*columns, strict=True)
    ]
