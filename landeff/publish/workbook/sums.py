"""What is listed, summed by district or zone: pieces and area of each class, and of all."""

from __future__ import annotations

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Field, field
from landeff.publish.terms import term
from landeff.publish.workbook.model import Ledger

_ALL = Term("合计", "all")
_AREA = {"parcels": "basis_area_m2", "remainders": "area_m2"}


def listed_sums(dataset: Dataset, code: str, name: str, outside: Term) -> Ledger | None:
    """A row a place and one of all; land of none has a row of its own. ``None`` where nothing was judged.

    Args:
        code, name: columns of parcels and remainders that tell the place.
        outside: what land without one is called.
    """
    rows = pd.concat([_land(dataset, table, code, name) for table in _AREA], ignore_index=True)
    if rows.empty or not rows["class"].notna().any():
        return None
    rows = rows.assign(place=rows["place"].fillna("").astype("str"))
    found = rows.dropna(subset="place_name").drop_duplicates("place").set_index("place")["place_name"]
    listed = rows[rows["class"].notna() & (rows["class"] != "none")]
    of_parcels = rows[rows["table"] == "parcels"]
    n = {f"n_{each}": part.groupby("place").size() for each, part in listed.groupby("class", sort=True)}
    areas = {
        f"area_{each}": part.groupby("place")["area"].sum()
        for each, part in listed.groupby("class", sort=True)
    }
    made = {
        "n_parcels": of_parcels.groupby("place").size(),
        "parcels_m2": of_parcels.groupby("place")["area"].sum(),
        "n_listed": listed.groupby("place").size(),
        "listed_m2": listed.groupby("place")["area"].sum(),
        **n,
        **areas,
    }
    places = sorted(set(rows["place"]), key=lambda place: (place == "", place))
    sums = pd.DataFrame(made).reindex(places).fillna(0.0)
    names = [outside if place == "" else found.get(place, place) for place in places]
    told = sums.assign(place=places, place_name=pd.Series(names, index=sums.index, dtype=object))
    total = pd.DataFrame([{"place": None, "place_name": _ALL, **sums.sum().to_dict()}])
    frame = pd.concat([told.astype("object"), total.astype("object")], ignore_index=True)
    return Ledger(_fields(sorted(listed["class"].unique())), frame, total_rows=1)


def _land(dataset: Dataset, table: str, code: str, name: str) -> pd.DataFrame:
    frame = pd.DataFrame(dataset.frame(table)).reindex(columns=[code, name, "inventory_class", _AREA[table]])
    return pd.DataFrame(
        {
            "table": table,
            "place": frame[code],
            "place_name": frame[name].astype("object"),
            "class": frame["inventory_class"],
            "area": frame[_AREA[table]].astype("float64"),
        }
    )


def _fields(classes: list[str]) -> tuple[Field, ...]:
    pairs = [
        each
        for name in classes
        for each in (
            Field(f"n_{name}", _joined(name, Term("宗数", ": number")), "count"),
            Field(f"area_{name}", _joined(name, Term("面积", ": area")), "mu"),
        )
    ]
    return (
        field("place_name", "text", "县区或园区", "district or zone"),
        field("place", "code", "代码", "code"),
        field("n_parcels", "count", "宗地数", "parcels"),
        field("parcels_m2", "mu", "宗地面积", "area of parcels"),
        field("n_listed", "count", "在册宗数", "listed"),
        field("listed_m2", "mu", "在册面积", "area listed"),
        *pairs,
    )


def _joined(name: str, unit: Term) -> Term:
    shown = term("inventory", name)
    return Term(f"{shown.zh}{unit.zh}", f"{shown.en}{unit.en}")
