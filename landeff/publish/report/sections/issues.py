"""Doubts about the data, grouped by kind, with an example and what to do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, is_known
from landeff.publish.issue_terms import told_issues
from landeff.publish.report.model import Block, Note, Section, Table, rows_of

_SEVERITIES = {"error": 0, "warning": 1, "info": 2}


def _where(file: object, row: object, column: Term | None, value: Term | None) -> Term:
    """``宗地.shp 第 61 行，宗地代码 = …`` of what is known."""
    place = str(file) if is_known(file) else ""
    said = [each for each in (column, value) if each is not None]
    zh, en = " = ".join(each.zh for each in said), " = ".join(each.en for each in said)
    row_zh, row_en = (f"第 {row} 行", f"row {row}") if is_known(row) else ("", "")
    parts_zh, parts_en = (f"{place} {row_zh}".strip(), zh), (f"{place} {row_en}".strip(), en)
    return Term("，".join(filter(None, parts_zh)), ", ".join(filter(None, parts_en)))


def build(dataset: Dataset) -> Sequence[Block]:
    """A row a kind of doubt, errors first, most frequent first."""
    table = dataset.frame("issues")
    if table.empty:
        return [Note(Term("未记录数据问题。", "No data issue was recorded."))]
    keys = ["severity", "code", "table"]
    kinds = table.groupby(keys, sort=False, dropna=False)
    first = kinds.head(1).set_index(keys)
    merged = first.assign(total=kinds["n"].sum()).reset_index()
    merged = merged.assign(_rank=merged["severity"].map(_SEVERITIES)).sort_values(
        ["_rank", "total", "code", "table"], ascending=[True, False, True, True], kind="stable"
    )
    merged = told_issues(merged)
    places = zip(merged["source_file"], merged["source_row"], merged["column"], merged["value"], strict=True)
    merged["example"] = pd.Series([_where(*place) for place in places], index=merged.index, dtype=object)
    fields = (
        field("severity", "text", "程度", "severity"), field("code", "text", "问题", "issue"),
        field("table", "text", "数据表", "table"), field("total", "count", "条数", "number"),
        field("example", "long", "例子", "example"), field("decision", "long", "本次处理", "decided"),
        field("fix", "long", "如何改正", "how to mend"),
    )  # fmt: skip
    note = Term("逐条清单在工作簿“数据问题”表中。", "The workbook lists every one.")
    return [Table(fields, rows_of(merged, fields), Term("数据问题", "Data issues")), Note(note)]


SECTION = Section(Term("数据问题", "Data issues"), 90, build)
