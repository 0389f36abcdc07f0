"""Early warnings of land without works: red, orange and yellow, the nearest limit first."""

from __future__ import annotations

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.flagged import with_findings
from landeff.publish.rule_titles import rule_titled
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.workbook.parcel_fields import CLOCK, IDENTITY, SOURCE, SUPPLY, present, shown

#: Most pressing first; the ids begin alike wherever a user's own file replaces one.
_ORDER = ("warning_recovery", "warning_red", "warning_orange", "warning_yellow")
#: The colour a warning is called by, behind black text.
_TINTS = (
    (Term("红色", "red"), "red"),
    (Term("橙色", "orange"), "orange"),
    (Term("黄色", "yellow"), "yellow"),
)


def build(dataset: Dataset) -> Ledger | None:
    """Parcels that a warning holds for; ``None`` where the run used no warning."""
    if "warning_rule_id" not in dataset.frame("parcels").columns:
        return None
    frame = with_findings(dataset)
    frame = frame[frame["warning_verdict"] == "hit"]
    names = frame["warning_rule_id"].str.rpartition("/")[2]
    rank = names.map({name: place for place, name in enumerate(_ORDER)})
    warning = rule_titled(dataset, frame["warning_rule_id"])
    frame = shown(frame, dataset).assign(warning=warning, rank=rank)
    frame = frame.sort_values(["rank", "days_to_next_limit", "parcel_id"], kind="stable")
    fields = (
        field("warning", "text", "预警", "warning"),
        field("days_to_next_limit", "days", "剩余天数", "days left"),
        *IDENTITY,
        *SUPPLY,
        *CLOCK,
        *SOURCE,
    )
    return Ledger(present(fields, frame), frame, tints=(("warning", _TINTS),))


SHEET = Sheet(Term("动工预警", "Early warning"), 35, build)
