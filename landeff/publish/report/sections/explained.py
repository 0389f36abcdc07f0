"""How findings come about: of each rule the largest parcel it holds for, condition by condition."""

from __future__ import annotations

from collections.abc import Sequence

from landeff.core.dataset import Dataset
from landeff.core.explanation import Explanation, explanation, told
from landeff.core.text import Lang, Term
from landeff.publish.fields import field
from landeff.publish.report.model import Block, Row, Section, Table

_FIELDS = (field("line", "long", "判定过程", "how it came about"),)
_INDENT = "　"  # a blank that HTML keeps


def build(dataset: Dataset) -> Sequence[Block]:
    """A table a rule that holds anywhere; the same words as in the workbook and on the terminal."""
    findings, rules = dataset.frame("findings"), dataset.frame("rules")
    if findings.empty or rules.empty:
        return []
    area = dataset.frame("parcels").set_index("parcel_id")["basis_area_m2"]
    hits = findings[findings["verdict"] == "hit"]
    hits = hits.assign(area=hits["parcel_id"].map(area)).sort_values(
        ["rule_id", "area", "parcel_id"], ascending=[True, False, True], kind="stable"
    )
    kept = {str(rule["rule_id"]): {str(k): v for k, v in rule.items()} for rule in rules.to_dict("records")}
    first = hits.drop_duplicates("rule_id").to_dict("records")
    return [
        _table(explanation(kept[row["rule_id"]], {str(k): v for k, v in row.items()}), str(row["parcel_id"]))
        for row in first
        if row["rule_id"] in kept
    ]


def _table(why: Explanation, parcel_id: str) -> Table:
    zh, en = _lines(why, "zh"), _lines(why, "en")
    rows = tuple(Row((Term(*pair),)) for pair in zip(zh, en, strict=True))
    return Table(_FIELDS, rows, Term(f"{why.title.zh}：{parcel_id}", f"{why.title.en}: {parcel_id}"))


def _lines(why: Explanation, lang: Lang) -> list[str]:
    return [f"{_INDENT * depth}{text}" for depth, text in told(why, lang)]


SECTION = Section(Term("判定过程（举例）", "How findings come about (examples)"), 45, build)
