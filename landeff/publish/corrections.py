"""Corrections and decisions as they are shown: words for codes, the columns of sheet and section."""

from __future__ import annotations

import pandas as pd

from landeff.core.review_words import FINDINGS, column_title
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.terms import term, titled

FIELDS = (
    field("kind", "text", "类型", "kind"),
    field("status", "text", "结果", "result"),
    field("why", "long", "说明", "why"),
    field("table", "text", "表", "table"),
    field("key", "code", "编号", "key"),
    field("column", "text", "字段", "column"),
    field("old_value", "text", "原值", "old value"),
    field("new_value", "text", "新值或答复", "new value or answer"),
    field("found_value", "text", "表中值", "value in the table"),
    field("reason", "long", "理由", "reason"),
    field("document", "text", "文号", "document"),
    field("signer", "text", "签字人或核对人", "signed by"),
    field("decided_on", "date", "核对日期", "decided on"),
    field("valid_until", "date", "有效期至", "valid until"),
    field("source_file", "text", "文件", "file"),
    field("source_row", "count", "行", "row"),
)


def told_corrections(frame: pd.DataFrame) -> pd.DataFrame:
    """The table ``corrections`` with terms for its codes; what was not applied comes first."""
    is_state = frame["table"].eq(FINDINGS)
    rows = frame.assign(
        why=pd.Series(
            [Term(str(zh), str(en)) for zh, en in zip(frame["why_zh"], frame["why_en"], strict=True)],
            index=frame.index,
            dtype=object,
        ),
        column=pd.Series(
            [
                term("question", column) if kind == "decision" else column_title(str(table), str(column))
                for kind, table, column in zip(frame["kind"], frame["table"], frame["column"], strict=True)
            ],
            index=frame.index,
            dtype=object,
        ),
        found_value=frame["found_value"]
        .astype("object")
        .mask(is_state, titled("stage", frame["found_value"])),
        _rank=frame["status"].ne("not_applied"),
        kind=titled("correction", frame["kind"]),
        status=titled("status", frame["status"]),
        table=titled("table", frame["table"]),
    )
    return rows.sort_values("_rank", kind="stable", ignore_index=True)
