"""Ratios of the land table (开发区土地集约利用): all zones, each zone, and published figures beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, Kind, Value, converted, is_known, number_text
from landeff.publish.fields import field as column
from landeff.publish.report.model import Block, Note, Row, Section, Table
from landeff.publish.terms import paired

_NOTE = Term(
    "比值为两个合计之比；不知道的写“—”，其下限和上限、所缺代码见工作簿“园区比率”。由图件和台账推得的值与监测统计口径不同，"
    "园区提供统计表（zone_statistics）的采用其所填。",
    "Ratios of sums. What is unknown is —; bounds and missing codes are in the workbook. Figures derived "
    "from maps and ledgers differ in scope from the official statistics; a zone's own statistics come first.",
)
_KINDS: dict[str, Kind] = {"%": "percent", "1": "amount", "元/公顷": "wan", "人/公顷": "amount"}
_UNITS = {"元/公顷": Term("万元/公顷", "10k CNY/ha"), "人/公顷": Term("人/公顷", "persons/ha")}


def shown(value: object, unit: str) -> Term:
    """A value with its unit, money in 万元 per hectare."""
    if not is_known(value):
        return Term("—", "—")
    text, after = number_text(value, _KINDS.get(unit, "amount")), _UNITS.get(unit, Term("", ""))
    return Term(
        *(f"{text}{unit}" if unit == "%" else f"{text} {each}".strip() for each in (after.zh, after.en))
    )


def build(dataset: Dataset) -> Sequence[Block]:
    """Zones by ratio, then the city beside published figures."""
    frame = dataset.frame("zone_ratios")
    known = frame[frame["value"].notna()] if len(frame) else frame
    if known.empty:
        return []
    blocks: list[Block] = [_zones(frame, known), Note(_NOTE)]
    compared = dataset.frame("zone_comparison")
    city = compared[compared["zone_id"] == ""] if len(compared) else compared
    return [*blocks, _published(city)] if len(city) else blocks


def _zones(frame: pd.DataFrame, known: pd.DataFrame) -> Table:
    names = known.drop_duplicates("indicator").sort_values("indicator")
    fields = [column("zone_name", "text", "园区", "zone")]
    fields += [
        _headed(str(name), title, str(unit))
        for name, title, unit in zip(names["indicator"], paired(names), names["unit"], strict=True)
    ]
    rows = []
    for zone_id, of in frame.groupby("zone_id", sort=True):
        at = of.set_index("indicator")["value"].reindex(names["indicator"])
        values: list[Value] = [
            _converted(value, str(unit)) for value, unit in zip(at, names["unit"], strict=True)
        ]
        title = Term("全部园区", "all zones") if zone_id == "" else str(of["zone_name"].iloc[0])
        rows.append(Row((title, *values), is_total=zone_id == ""))
    return Table(tuple(fields), tuple(rows), Term("园区土地利用比率", "Land-use ratios of the zones"))


def _headed(name: str, title: Term, unit: str) -> Field:
    """The column of a ratio, its unit in the heading."""
    after = _UNITS.get(unit)
    zh, en = (f"{title.zh}（{after.zh}）", f"{title.en} ({after.en})") if after else (title.zh, title.en)
    return column(name, "percent" if unit == "%" else "amount", zh, en)


def _converted(value: object, unit: str) -> float | None:
    """In the unit of its column; ratios of per cent are converted as they are written."""
    if not is_known(value):
        return None
    return float(str(value)) if unit == "%" else converted(float(str(value)), _KINDS.get(unit, "amount"))


def _published(city: pd.DataFrame) -> Table:
    fields = (
        column("title", "text", "指标", "ratio"),
        column("value", "text", "全部园区", "all zones"),
        column("place", "text", "参照地区", "published for"),
        column("year", "year"),
        column("benchmark", "text", "公布值", "published"),
        column("warning", "long", "可比性", "comparable?"),
        column("source", "long", "来源", "source"),
    )
    rows = []
    warnings = paired(city[["warning_zh", "warning_en"]].set_axis(["title_zh", "title_en"], axis=1))
    for title, warning, row in zip(paired(city), warnings, city.to_dict("records"), strict=True):
        unit = str(row["unit"])
        rows.append(Row((title, shown(row["value"], unit), row["place"], row["year"],
                         shown(row["benchmark"], unit), warning, row["source"])))  # fmt: skip
    caption = Term("与公布值对照（不是目标值）", "Beside published figures (no targets)")
    return Table(fields, tuple(rows), caption)


SECTION = Section(Term("园区土地利用比率", "Land-use ratios"), 63, build)
