"""What if: every scenario by zone and class of land."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.report.sections.scenarios import LAND, UNCLEARED
from landeff.publish.terms import term
from landeff.publish.workbook.model import Ledger, Sheet
from landeff.publish.zone_terms import LEVELS

_FIELDS = (
    field("scenario", "text", "情景", "scenario"),
    field("place", "text", "园区", "zone"),
    field("class", "text", "类别", "class"),
    field("share_ratio", "percent", "投入比例", "share put to use"),
    field("level", "text", "亩均税收水平", "level of tax per mu"),
    field("rate_cny_per_mu", "wan_per_mu", "按此水平", "at this level"),
    field("n", "count", "宗（块）数", "parcels"),
    *(field(name, "mu", title.zh, title.en) for name, title in LAND.items()),
    UNCLEARED,
    field("tax_unknown_area_m2", "mu", "投入使用中税收不明", "put to use, of unknown tax"),
    field("tax_replaced_cny", "wan", "被替代的税收", "tax replaced"),
    field("tax_added_cny", "wan", "新增税收", "tax added"),
    field("tax_cny", "wan"),
    field("tax_after_cny", "wan", "之后税收", "tax then"),
    field("scope_area_m2", "mu"),
    field("joins_low_m2", "mu", "新计入分母：至少", "joins the land: at least"),
    field("joins_high_m2", "mu", "新计入分母：至多", "joins the land: at most"),
    field("tax_cny_per_mu", "wan_per_mu"),
    field("after_low_cny_per_mu", "wan_per_mu", "之后：至少", "then: at least"),
    field("after_high_cny_per_mu", "wan_per_mu", "之后：至多", "then: at most"),
    field("target_cny_per_mu", "wan_per_mu", "目标", "target"),
)
_ALL = Term("全部园区", "all zones")
_EVERY = Term("合计", "all")


def build(dataset: Dataset) -> Ledger | None:
    """A row a scenario, zone and class; sums first."""
    frame = dataset.frame("scenarios")
    if frame.empty:
        return None
    place = [
        _ALL if not zone else name for zone, name in zip(frame["zone_id"], frame["zone_name"], strict=True)
    ]
    classes = [term("inventory", code) if code else _EVERY for code in frame["category"]]
    told = {"place": place, "class": classes, "level": [LEVELS[code] for code in frame["at"]]}
    made = {name: pd.Series(values, index=frame.index, dtype=object) for name, values in told.items()}
    return Ledger(_FIELDS, frame.assign(**made))


SHEET = Sheet(Term("情景测算", "Scenarios"), 108, build)
