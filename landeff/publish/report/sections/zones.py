"""Zones ranked by tax per mu, sub-parks below the zone they belong to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field
from landeff.publish.place_words import place_words
from landeff.publish.report.model import Block, Note, Row, Section, Table, rows_of
from landeff.publish.terms import tax_term, term

_FIELDS = (
    field("rank", "count", "名次", "rank"),
    field("name", "text", "园区", "zone"),
    field("level", "text"),
    field("district_name", "text"),
    field("tax_cny_per_mu", "wan_per_mu"),
    field("bar", "bar", "比较", "compared"),
    field("tax_cny", "wan"),
    field("scope_area_m2", "mu", "计算用地", "land counted"),
    field("tax_unknown_area_m2", "mu", "其中税收不明", "of unknown tax"),
    field("n_parcels", "count", "宗地数", "parcels"),
)


def _ordered(zones: pd.DataFrame) -> pd.DataFrame:
    """Top zones by rank, each followed by its sub-parks by rank; a part without its whole comes last."""
    part = zones["is_sub_park"].astype("boolean").fillna(value=False).astype(bool)
    rank_of = zones.loc[~part].set_index("zone_id")["rank"]
    above = zones["zone_id"].where(~part, zones["parent_zone_id"])
    keyed = zones.assign(_part=part, _above=above.map(rank_of).astype("Float64"), _of=above)
    return keyed.sort_values(["_above", "_of", "_part", "rank", "zone_id"], kind="stable", na_position="last")


def build(dataset: Dataset) -> Sequence[Block]:
    """The ranking with the declared scope in its caption."""
    wanted = [each.name for each in _FIELDS if each.name != "bar"]
    zones = pd.DataFrame(dataset.frame("zones"))
    if zones.empty:
        return []
    zones = _ordered(zones.reindex(columns=["zone_id", "parent_zone_id", "is_sub_park", *wanted]))
    per_mu = pd.to_numeric(zones["tax_cny_per_mu"])
    zones["level"] = place_words(zones["level"])
    zones["bar"] = (per_mu / per_mu.max()).clip(lower=0) if per_mu.max() > 0 else None
    rows = zip(rows_of(zones, _FIELDS), zones["_part"], strict=True)
    scopes, year = dataset.meta.scopes, dataset.meta.year
    tax, land, area = tax_term(dataset.meta), term("land", scopes.land), term("area", scopes.area)
    caption = Term(
        f"亩均税收排名（{tax.zh} ÷ {land.zh}，{area.zh}，{year} 年）",
        f"Zones by tax per mu ({tax.en} ÷ {land.en}, {area.en}, {year})",
    )
    note = Term(
        "园中园缩进列在所属园区之下，只在园中园之间排名；园区数字为总税收除以总用地，不是宗地平均数。",
        "Sub-parks stand below their zone and are ranked among themselves; a zone's figure is total tax over "
        "total land, not a mean over parcels.",
    )
    return [Table(_FIELDS, tuple(Row(row.values, indent=part) for row, part in rows), caption), Note(note)]


SECTION = Section(Term("园区比较", "Zones"), 30, build)
