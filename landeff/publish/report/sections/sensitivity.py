"""How far zones and flagged parcels depend on the way money and land were divided."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Value, field
from landeff.publish.report.model import Block, Note, Row, Section, Table
from landeff.publish.terms import tax_term, term

_FLAGS = {
    "inventory_class": Term("列入台账的宗地", "parcels listed in the inventory"),
    "below_zone_mean": Term("亩均税收低于所在园区的宗地", "parcels below their zone's tax per mu"),
}


def _policies(table: pd.DataFrame) -> Table:
    """One line a policy: what of the results would be another."""
    city = table[table["zone_id"].fillna("") == ""].sort_values(
        ["is_declared", "policy"], ascending=[False, True], kind="stable"
    )
    flags = _FLAGS[str(city["flagged_by"].iloc[0])]
    rows = []
    for row in city.to_dict("records"):
        name = term("policy", row["policy"])
        mark = Term(f"{name.zh}（申报）", f"{name.en} (declared)") if row["is_declared"] else name
        counts = ("n_zones_moved", "max_rank_change", "n_parcels_changed", "n_flags_changed")
        values: tuple[Value, ...] = (mark, row["tax_cny_per_mu"], *(int(row[each]) for each in counts))
        rows.append(Row(values, is_total=bool(row["is_declared"])))
    fields = (
        field("policy", "text", "分摊方式", "allocation"),
        field("tax_cny_per_mu", "wan_per_mu", "全部园区亩均税收", "tax per mu, all zones"),
        field("n_zones_moved", "count", "名次变动的园区", "zones that change rank"),
        field("max_rank_change", "count", "最大名次变动", "largest change of rank"),
        field(
            "n_parcels_changed", "count", "税收变动超过一成的宗地", "parcels whose tax changes by over 10 %"
        ),
        field("n_flags_changed", "count", f"{flags.zh}的增减", f"{flags.en}: in or out"),
    )
    caption = Term("各种分摊方式下的结果", "Results under each allocation policy")
    return Table(fields, tuple(rows), caption)


def _zones(dataset: Dataset, table: pd.DataFrame) -> list[Block]:
    """Rank of each zone under each policy, where any changes."""
    zones = table[table["zone_id"].fillna("") != ""]
    moved = zones.loc[zones["rank_change"].fillna(0) != 0, "zone_id"].unique()
    if not len(moved):
        return [
            Note(
                Term(
                    "园区名次在各种分摊方式下都不变。",
                    "No zone changes rank under any other policy.",
                )
            )
        ]
    rank = zones.pivot_table(index="zone_id", columns="policy", values="rank", aggfunc="first")
    names = zones.drop_duplicates("zone_id").set_index("zone_id")["name"]
    declared = dataset.meta.allocation
    order = [declared, *sorted(name for name in rank.columns if name != declared)]
    rows = [
        Row((str(names[zone]), *(None if pd.isna(value) else int(value) for value in rank.loc[zone, order])))
        for zone in sorted(moved)
    ]
    fields = (
        field("name", "text", "园区", "zone"),
        *(field(name, "count", term("policy", name).zh, term("policy", name).en) for name in order),
    )
    tax, year = tax_term(dataset.meta), dataset.meta.year
    caption = Term(
        f"名次有变动的园区（{tax.zh}，{year} 年；首列为申报方式）",
        f"Zones whose rank changes ({tax.en}, {year}; the declared policy first)",
    )
    return [Table(fields, tuple(rows), caption)]


def build(dataset: Dataset) -> Sequence[Block]:
    """What changes under the other policies, and the zones that change rank."""
    table = dataset.frame("sensitivity")
    if table.empty:
        return []
    note = Term(
        "只换分摊方式，宗地、税收和口径不变；合并计算只改变企业的结果，不改变宗地和园区的结果。",
        "Only the policy is another; merging firms changes their own results, not parcels and zones.",
    )
    return [_policies(table), *_zones(dataset, table), Note(note)]


SECTION = Section(Term("分摊方式的影响", "Sensitivity to the allocation"), 75, build)
