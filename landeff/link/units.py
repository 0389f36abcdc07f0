"""Enterprises judged together: those that share a parcel, and those of one group."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def connected(pairs: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Enterprises joined by what they share, directly or through others.

    Args:
        pairs: ``enterprise_id``, ``shared`` (a parcel, a group …) and the columns ``by``, within which alone
            sharing joins.

    Returns:
        ``by``, ``enterprise_id`` and ``unit_id``, the first code among those joined.

    >>> pairs = pd.DataFrame({"enterprise_id": ["B", "A", "A", "C"], "shared": ["P1", "P1", "P2", "P3"]})
    >>> connected(pairs)["unit_id"].tolist()
    ['A', 'A', 'C']
    """
    keys = list(by)
    rows = pairs[[*keys, "enterprise_id", "shared"]].dropna().drop_duplicates()
    rows = rows.sort_values([*keys, "enterprise_id", "shared"], ignore_index=True)
    codes, names = pd.factorize(rows["enterprise_id"], sort=True)
    rows["unit"] = codes
    while True:
        lowest = rows.groupby([*keys, "shared"])["unit"].transform("min")
        unit = lowest.groupby([rows[name] for name in [*keys, "enterprise_id"]]).transform("min")
        if unit.equals(rows["unit"]):
            break
        rows["unit"] = unit
    rows["unit_id"] = pd.Series(names).astype("str").reindex(rows["unit"]).to_numpy()
    return (
        rows[[*keys, "enterprise_id", "unit_id"]]
        .drop_duplicates(ignore_index=True)
        .astype({"unit_id": "str"})
    )


def groups_of(enterprises: pd.DataFrame) -> pd.DataFrame:
    """Enterprises of one group (``group_id``), or of which one pays for another (``paid_by``).

    Returns:
        ``enterprise_id`` and ``unit_id`` of those that are not alone; blank codes join nobody.
    """
    rows = enterprises.reindex(columns=["enterprise_id", "group_id", "paid_by"]).dropna(
        subset="enterprise_id"
    )
    own = rows[["enterprise_id"]].assign(shared="e" + rows["enterprise_id"].astype("str"))
    group = rows[["enterprise_id"]].assign(shared="g" + rows["group_id"].astype("str"))[
        rows["group_id"].notna()
    ]
    paid = rows[["enterprise_id"]].assign(shared="e" + rows["paid_by"].astype("str"))[rows["paid_by"].notna()]
    payers = pd.DataFrame({"enterprise_id": rows["paid_by"].dropna()})
    payers["shared"] = "e" + payers["enterprise_id"].astype("str")
    found = connected(pd.concat([own, group, paid, payers], ignore_index=True))
    is_alone = found.groupby("unit_id")["enterprise_id"].transform("size") == 1
    return found[~is_alone].sort_values("enterprise_id", ignore_index=True)
