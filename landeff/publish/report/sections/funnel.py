"""How far the land has come: from the whole of the zones to land in good use."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, number_text
from landeff.publish.place_words import place_words
from landeff.publish.report.model import Abreast, Block, Funnel, Note, Row, Section, Table, rows_of
from landeff.publish.terms import paired

_KINDS = ("city", "level", "zone")
_NOTE = Term(
    "每一步只计确已到达的面积；浅色为状态不能说明到达哪一步的土地（不参评、待核实），可能属于其中任何一步。",
    "Each step counts land that surely got there; pale is land whose state does not tell (not assessable, "
    "to be checked): it may belong to any step.",
)


def _figures(row: Mapping[Hashable, object]) -> Term:
    area, n = number_text(row["area_m2"], "mu"), number_text(row["n_parcels"], "count")
    share = number_text(row["share_ratio"], "percent")
    return Term(f"{area} 亩，{n} 宗，{share}%", f"{area} mu, {n} parcels, {share}%")


def _picture(rows: pd.DataFrame) -> Funnel:
    steps = zip(paired(rows), rows.to_dict("records"), strict=True)
    drawn = tuple(
        (title, _share(row["share_ratio"]), _share(row["open_share_ratio"]), _figures(row))
        for title, row in steps
    )
    return Funnel(Term("全部园区的土地漏斗", "Funnel of the land of all zones"), drawn)


def _steps(rows: pd.DataFrame) -> Table:
    """The figures of the picture."""
    rows = rows.assign(title=paired(rows))
    fields = (
        field("title", "text", "步骤", "step"),
        field("area_m2", "mu", "面积", "area"),
        field("n_parcels", "count", "宗数", "parcels"),
        field("share_ratio", "percent", "占比", "share"),
        field("open_share_ratio", "percent", "可能另有", "may be more"),
    )
    return Table(fields, rows_of(rows, fields), Term("各步骤的面积", "Area of each step"))


def _share(value: float) -> float:
    return min(max(float(value), 0.0), 1.0) if value == value else 0.0  # noqa: PLR0124 NaN


def _table(frame: pd.DataFrame) -> Table:
    """A row a place: area of each step in mu, with its share; parcels are in the workbook."""
    first = frame.drop_duplicates("step")
    titles = dict(zip(first["step"], paired(first), strict=True))
    fields = [field("place_name", "text", "范围", "place")]
    for title in titles.values():
        fields += [
            field("area_m2", "mu", "面积", "area", title),
            field("share_ratio", "percent", "占比", "share", title),
        ]
    names = dict(zip(frame["place"].astype(str), place_words(frame["place_name"]), strict=True))
    rows = []
    for kind in _KINDS:
        for _, place in frame[frame["place_kind"] == kind].groupby("place", sort=True):
            at = place.set_index("step").reindex(list(titles))
            figures = at[["area_m2", "share_ratio"]].to_numpy(dtype=float).ravel().tolist()
            name = Term("全部园区", "all zones") if kind == "city" else names[str(place["place"].iloc[0])]
            rows.append(Row((name, *figures), is_total=kind == "city", indent=kind == "zone"))
    caption = Term(
        "全部园区、各级别、各园区到达每一步的面积", "Area of each step: all zones, levels, each zone"
    )
    return Table(tuple(fields), tuple(rows), caption)


def build(dataset: Dataset) -> Sequence[Block]:
    """The picture of all zones, and a table of every place."""
    frame = dataset.frame("funnel")
    city = frame[frame["place_kind"] == "city"] if len(frame) else frame
    if city.empty:
        return []
    zones = dataset.frame("zones")
    if "is_sub_park" in zones.columns:  # parks within a zone are in the workbook
        parks = zones.loc[zones["is_sub_park"].astype("boolean").fillna(False).astype(bool), "zone_id"]
        frame = frame[(frame["place_kind"] != "zone") | ~frame["place"].isin(parks)]
    return [Abreast((_picture(city), _steps(city))), Note(_NOTE), _table(frame)]


SECTION = Section(Term("土地漏斗", "Funnel of the land"), 62, build)
