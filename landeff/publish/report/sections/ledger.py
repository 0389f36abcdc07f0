"""Conservation ledger: what came in, what was adjusted, where it went; in + adjusted = out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Value, field, is_known
from landeff.publish.report.model import Block, Note, Row, Section, Table, abreast, rows_of
from landeff.publish.terms import paired, term, titled

_ROLES = ("in", "adjust", "out")
_WANTED = ["measure", "year", "entry", "role", "title_zh", "title_en", "value", "unit", "n_rows", "source"]


def _year(year: object) -> Value:
    return str(int(float(str(year)))) if is_known(year) else ""


def _checks(ledger: pd.DataFrame) -> Table:
    """One line per measure and year: in, adjusted, out, and the difference, which must be nought."""
    rows = []
    for (measure, year), lines in ledger.groupby(["measure", "year"], dropna=False, sort=True):
        sums = [float(lines.loc[lines["role"] == role, "value"].sum()) for role in _ROLES]
        difference = round(sums[0] + sums[1] - sums[2], 2)
        balanced = Term("平衡", "balanced") if abs(difference) < 0.01 else Term("不平衡", "not balanced")
        rows.append(
            Row(
                (
                    term("item", measure),
                    _year(year),
                    term("unit", lines["unit"].iloc[0]),
                    *sums,
                    difference,
                    balanced,
                )
            )
        )
    fields = (
        field("measure", "text", "项目", "measure"),
        field("year", "year"),
        field("unit", "text", "单位", "unit"),
        *(field(role, "amount", term("role", role).zh, term("role", role).en) for role in _ROLES),
        field("difference", "amount", "差额", "difference"),
        field("check", "text", "核对", "check"),
    )
    return Table(fields, tuple(rows), Term("核对：来源 + 调整 = 去向", "Check: in + adjusted = out"))


def _lines(ledger: pd.DataFrame, measure: str, year: object) -> Table:
    """The lines of one measure and year."""
    rank = {role: place for place, role in enumerate(_ROLES)}
    lines = ledger.assign(_rank=ledger["role"].map(rank)).sort_values("_rank", kind="stable")
    lines = lines.assign(entry=paired(lines), role=titled("role", lines["role"]))
    unit = term("unit", lines["unit"].iloc[0])
    fields = (
        field("role", "text", "类别", "kind"),
        field("entry", "text", "科目", "entry"),
        field("value", "amount", f"数额（{unit.zh}）", f"amount ({unit.en})"),
        field("n_rows", "count", "行数", "rows"),
        *([field("source", "text", "来源文件", "file")] if lines["source"].astype(bool).any() else []),
    )
    name = term("item", measure)
    caption = Term(f"{name.zh} {_year(year)}".strip(), f"{name.en} {_year(year)}".strip())
    return Table(fields, rows_of(lines, fields), caption)


def build(dataset: Dataset) -> Sequence[Block]:
    """The checks of all measures and years, then the lines of the latest year of each measure."""
    ledger = dataset.frame("ledger").reindex(columns=_WANTED)
    if ledger.empty:
        return []
    lists: list[Block] = []
    told = {dataset.meta.scopes.tax, "tax", "output"}
    for measure, lines in ledger.groupby("measure", sort=True):
        latest = lines["year"].max()
        if measure not in told and is_known(latest):
            continue
        chosen = lines[lines["year"] == latest] if is_known(latest) else lines
        lists.append(_lines(chosen, str(measure), latest))
    note = Term(
        "明细列出各项目最近一年；全部年度在工作簿中。",
        "Lines are of the latest year; the workbook has all years.",
    )
    return [_checks(ledger), *([abreast(*lists)] if lists else []), Note(note)]


SECTION = Section(Term("收支核对表", "Conservation ledger"), 80, build)
