"""Enterprises that a mention can mean: the register, and whoever has a code and a name in other tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

#: What stands between two former names.
_BETWEEN = r"[、;；|\n]"
_NAMES = ("enterprise_id", "name", "kind", "table")


@dataclass(frozen=True, slots=True)
class Register:
    """Names of enterprises.

    Attributes:
        names: a row a name: ``enterprise_id``, ``name``, ``kind`` (``name``, ``former_name``, ``mention``
            beside a code that is right, ``written`` beside one that says nothing), ``table``; sorted.
        listed: codes in the register proper.
    """

    names: pd.DataFrame
    listed: frozenset[str]

    def of_id(self, column: str) -> pd.Series:
        """Registered (else first) value of a column by ``enterprise_id``."""
        order = self.names["kind"].map({"name": 0, "mention": 1, "written": 2, "former_name": 3})
        rows = self.names.assign(order=order).sort_values(["enterprise_id", "order", "table", "name"])
        first: pd.Series = rows.drop_duplicates("enterprise_id").set_index("enterprise_id")[column]
        return first

    def all_names(self) -> pd.Series:
        """All names of each enterprise in one text, by ``enterprise_id``."""
        named = self.names.dropna(subset=["name"]).drop_duplicates(["enterprise_id", "name"])
        by_id = named.sort_values(["enterprise_id", "name"]).groupby("enterprise_id")["name"]
        joined: pd.Series = by_id.agg("、".join).astype("str")
        return joined


def register(enterprises: pd.DataFrame) -> Register:
    """The table ``enterprises`` as a register, former names apart.

    >>> firms = pd.DataFrame({"enterprise_id": ["E1"], "name": ["甲"], "former_names": ["乙、丙"]})
    >>> register(firms).names[["name", "kind"]].to_numpy().tolist()
    [['丙', 'former_name'], ['乙', 'former_name'], ['甲', 'name']]
    """
    rows = enterprises.reindex(columns=["enterprise_id", "name", "former_names"]).astype("str")
    rows = rows.dropna(subset=["enterprise_id"])
    former = rows.assign(name=rows["former_names"].str.split(_BETWEEN, regex=True)).explode("name")
    former["name"] = former["name"].astype("str").str.strip()
    former = former[former["name"].notna() & (former["name"] != "")]
    parts = [rows.assign(kind="name"), former.assign(kind="former_name")]
    names = pd.concat(parts, ignore_index=True).assign(table="enterprises")
    return Register(_sorted(names), frozenset(rows["enterprise_id"]))


def with_mentions(known: Register, mentions: pd.DataFrame, kind: str = "mention") -> Register:
    """A register with the codes and names that other tables give, where it lacks the code.

    Args:
        mentions: ``enterprise_id``, ``name``, ``table``.
    """
    new = mentions.loc[~mentions["enterprise_id"].isin(known.listed), ["enterprise_id", "name", "table"]]
    if new.empty:
        return known
    first = new.sort_values("table").drop_duplicates(["enterprise_id", "name"])
    return Register(_sorted(pd.concat([known.names, first.assign(kind=kind)])), known.listed)


def _sorted(names: pd.DataFrame) -> pd.DataFrame:
    frame = names[list(_NAMES)].astype(dict.fromkeys(_NAMES, "str"))
    return frame.drop_duplicates().sort_values(list(_NAMES), ignore_index=True)
