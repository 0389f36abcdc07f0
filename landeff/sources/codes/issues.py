"""Issues about codes: one for each different code, or one for all of them where there are many."""

from __future__ import annotations

import pandas as pd

from landeff.core.issues import Issue, Severity
from landeff.core.tables import TABLES
from landeff.sources.columns.defects import keys

#: Beyond so many different codes a column is told about in one issue.
LISTED = 50
_SHOWN = 5


def per_code(
    rows: pd.DataFrame,
    table: str,
    column: str,
    code: str,
    severity: Severity,
    decision: pd.Series[str] | str,
    fix: pd.Series[str] | str,
) -> list[Issue]:
    """One issue for each different value of ``column`` in ``rows``, naming the first row that has it."""
    if rows.empty:
        return []
    if rows[column].nunique() > LISTED:
        first = rows.index[:1]
        general = [each if isinstance(each, str) else str(each[first].iloc[0]) for each in (decision, fix)]
        return grouped(rows, table, column, code, severity, *general)
    told = rows[["source_file", "source_row"]].assign(
        value=rows[column], decision=decision, fix=fix, key=keys(rows, TABLES[table]).fillna("")
    )
    told = told.drop_duplicates(["value", "source_row"]).sort_values(["source_row", "value"], kind="stable")
    sizes = told["value"].value_counts()
    one = told.drop_duplicates("value").sort_values("value", kind="stable")
    one["n"] = one["value"].map(sizes)
    one["key"] = one["key"].where(one["n"] == 1, "")
    cells = (one[name] for name in ("decision", "key", "value", "source_file", "source_row", "fix", "n"))
    return [
        Issue(severity, code, table, what, key, column, value, file, int(row), mend, int(n))
        for what, key, value, file, row, mend, n in zip(*cells, strict=True)
    ]


def grouped(
    rows: pd.DataFrame, table: str, column: str, code: str, severity: Severity, decision: str, fix: str
) -> list[Issue]:
    """One issue for all ``rows``; its value lists some of the codes, with how many rows have each."""
    if rows.empty:
        return []
    rows = rows.drop_duplicates([column, "source_row"])
    first = rows.sort_values("source_row", kind="stable").iloc[0]
    counts = rows[column].astype("str").value_counts().sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    shown: list[str] = []
    for value, n in counts.head(_SHOWN).items():
        shown.append(f"{value} ({n})" if n > 1 else f"{value}")
    return [
        Issue(
            severity,
            code,
            table,
            decision,
            column=column,
            value=", ".join(shown) + (", …" if len(counts) > _SHOWN else ""),
            source_file=str(first["source_file"]),
            source_row=int(first["source_row"]),
            fix=fix,
            n=len(rows),
        )
    ]
