"""Cells that are no value of their kind: which rows are set aside, which values go missing, what is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from landeff.core.issues import Issue, Severity, row_issues
from landeff.core.tables import Table

#: Beyond this many, defects of one kind in one column are one issue with a count (set_aside still lists all).
_LISTED = 1000
_ASIDE = "row set aside"


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens to a defect: a fatal one sets its row aside, another only loses the value.

    A grouped one is told in one issue, however few its rows.
    """

    severity: Severity
    decision: str
    fix: str
    is_grouped: bool = False

    @property
    def is_fatal(self) -> bool:
        """Whether the row is set aside."""
        return self.decision == _ASIDE


_CALCULATE = "open the file in Excel, let it calculate, and save it"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "missing_key": Rule("error", _ASIDE, "fill in the code"),
        "missing_key:year": Rule("error", _ASIDE, "fill in the year, or the date that tells it"),
        "missing_required": Rule("warning", "row kept without it", "fill in the cell"),
        "code_rounded_by_excel": Rule(
            "error", _ASIDE, "format the column as text and enter the code again: its last digits are lost"
        ),
        "not_a_number": Rule("error", _ASIDE, "write a number only, the unit in the header"),
        "impossible_value": Rule("error", _ASIDE, "correct the value or the unit declared for the column"),
        "impossible_date": Rule("warning", "date taken as missing", "write the date as 2019-06-06"),
        "placeholder_date": Rule(
            "info", "1900 and 1901 mean no date", "leave the cell empty where there is no date"
        ),
        "not_yes_or_no": Rule("warning", "taken as unknown", "write 是 or 否, or map the word under values"),
        "error_in_cell": Rule("error", _ASIDE, "mend the formula of the cell"),
        "error_in_cell:kept": Rule("warning", "taken as missing", "mend the formula of the cell"),
        "formula_without_value": Rule("error", _ASIDE, _CALCULATE),
        "formula_without_value:kept": Rule("warning", "taken as missing", _CALCULATE),
        "unit_unknown": Rule("error", _ASIDE, "write the unit in the header, or declare unit for the column"),
        "mixed_units": Rule("warning", "taken in the unit that the cell names", "use one unit in a column"),
        "unit_in_cell": Rule(
            "info", "the unit in the cell was read off", "write the unit in the header only"
        ),
        "item_not_mapped": Rule(
            "warning", _ASIDE, "say under values which item the word is", is_grouped=True
        ),
        "columns_differ": Rule("warning", "the first column counts", "map the column that is right only"),
        "text_marks_dropped": Rule(
            "info", "what only marks it as text, or is invisible, was left off", "write the code alone"
        ),
        "serial_date": Rule("info", "numbers taken as Excel's days", "format the cells as dates"),
    }
)


@dataclass(frozen=True, slots=True)
class Defect:
    """One kind of defect in one column.

    Attributes:
        cells: which rows of the raw frame have it; ``shown`` is what stood there.
        item: set where the column is one item of a wide table: then only that item of the row is touched.
    """

    code: str
    column: str
    cells: pd.Series[bool]
    shown: pd.Series[str]
    item: str | None = None

    def within(self, rows: pd.Series[bool]) -> Defect:
        """The defect among some of the rows."""
        return replace(self, cells=self.cells[rows], shown=self.shown[rows])


def _code(defect: Defect) -> str:
    """Code as told; behind a colon stands which of its rules applies."""
    return defect.code.partition(":")[0]


def marks(defects: Sequence[Defect], index: pd.Index, item: str | None = None) -> pd.DataFrame:
    """Why each row is set aside: ``reason, column, was, fix``, all missing for a good row.

    The first defect of a row speaks for it. Defects of items count only for ``item``.
    """
    told = pd.DataFrame(None, index=index, columns=["reason", "column", "was", "fix"], dtype="object")
    for defect in defects:
        rule = RULES[defect.code]
        if rule.is_fatal and defect.item in (None, item):
            here = defect.cells & told["reason"].isna()
            told.loc[here, ["reason", "column", "fix"]] = [_code(defect), defect.column, rule.fix]
            told.loc[here, "was"] = defect.shown[here]
    return told


def set_aside_rows(frame: pd.DataFrame, told: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows of ``frame`` that ``told`` (:func:`marks`) sets aside, in the layout of ``set_aside``."""
    rows, why = frame[told["reason"].notna()], told[told["reason"].notna()]
    head = pd.DataFrame(
        {
            "table": pd.Series(table.name, index=rows.index, dtype="str"),
            "source_file": rows["source_file"],
            "source_row": rows["source_row"],
            "key": keys(rows, table),
            "reason": why["reason"].astype("str"),
            "column": why["column"].astype("str"),
            "value": rows["value"] if "value" in rows else why["was"].astype("str"),
            "fix": why["fix"].astype("str"),
        }
    )
    names = [*table.columns, "geometry"]
    own = [name for name in dict.fromkeys(names) if name in rows and name not in head]
    return head.join(pd.DataFrame(rows[own])).reset_index(drop=True)


def keys(frame: pd.DataFrame, table: Table) -> pd.Series[str]:
    """The key of each row as one text, parts joined by ``|``; missing where every part is."""
    if table.name == "returns":
        empty = pd.Series(None, index=frame.index, dtype="str")
        return frame.get("enterprise_id", empty).fillna(frame.get("parcel_id", empty))
    named = [column for column in table.key if column in frame]
    joined = joined_key(frame, named)
    return joined.mask(joined.str.strip("|") == "")


def joined_key(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series[str]:
    """Columns as one text, parts joined by ``|``, a missing part empty."""
    joined = pd.Series("", index=frame.index, dtype="str")
    for position, column in enumerate(columns):
        part = frame[column].astype("str").where(frame[column].notna(), "")
        joined = part if position == 0 else joined + "|" + part
    return joined


def defect_issues(defects: Sequence[Defect], frame: pd.DataFrame, table: Table) -> list[Issue]:
    """An issue for each defect, one for all placeholders and the like of a column.

    Args:
        frame: canonical rows on the index of the defects, with the trace columns.
    """
    trace = frame[["source_file", "source_row"]].assign(key=keys(frame, table).fillna(""))
    issues: list[Issue] = []
    for defect in defects:
        rows, rule = trace[defect.cells], RULES[defect.code]
        if rows.empty:
            continue
        if rule.severity == "info" or rule.is_grouped or len(rows) > _LISTED:
            first = rows.sort_values("source_row").iloc[0]
            shown = str(defect.shown[defect.cells & trace["source_row"].eq(first["source_row"])].iloc[0])
            issues.append(
                Issue(
                    rule.severity,
                    _code(defect),
                    table.name,
                    rule.decision,
                    column=defect.column,
                    value=shown,
                    source_file=str(first["source_file"]),
                    source_row=int(first["source_row"]),
                    fix=rule.fix,
                    n=len(rows),
                )
            )
        else:
            issues += row_issues(
                rows,
                rule.severity,
                _code(defect),
                table.name,
                key="key",
                decision=rule.decision,
                column=defect.column,
                value=defect.shown[defect.cells],
                fix=rule.fix,
            )
    return issues
