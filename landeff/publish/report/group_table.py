"""Land and tax by grade or industry as a table with bars."""

from __future__ import annotations

import pandas as pd

from landeff.core.text import Term
from landeff.publish.fields import Field, Value, field, is_known
from landeff.publish.report.model import Row, Table

_NONE = Term("不详", "not known")
NOTE = Term(
    "园区内宗地；亩均税收为税收之和除以用地之和，税收不明的用地仍计入分母。",
    "Parcels inside zones; tax per mu is total tax over total land, land of unknown tax included.",
)


def group_table(groups: pd.DataFrame, titles: list[Term | str], first: Field, caption: Term) -> Table:
    """A row a group of :func:`landeff.publish.groups.by_code`, in its order."""
    greatest = groups["tax_cny_per_mu"].max()
    rows = []
    for title, row in zip(titles, groups.to_dict("records"), strict=True):
        per_mu = row["tax_cny_per_mu"] if is_known(row["tax_cny_per_mu"]) else None
        bar = min(max(per_mu / greatest, 0.0), 1.0) if per_mu is not None and greatest > 0 else None
        tax = row["tax_cny"] if is_known(row["tax_cny"]) else None
        values: tuple[Value, ...] = (
            title if is_known(row["code"]) else _NONE,
            int(row["n"]),
            row["area_m2"],
            row["unknown_area_m2"],
            tax,
            per_mu,
            bar,
        )
        rows.append(Row(values))
    fields = (
        first,
        field("n", "count", "宗数", "parcels"),
        field("area_m2", "mu", "面积", "area"),
        field("unknown_area_m2", "mu", "其中税收不明", "of unknown tax"),
        field("tax_cny", "wan", "税收", "tax"),
        field("tax_cny_per_mu", "wan_per_mu"),
        field("bar", "bar", "比较", "compared"),
    )
    return Table(fields, tuple(rows), caption)
