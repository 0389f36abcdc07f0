"""The land balance sheet: piece by piece, by zone, by level and for the city, and as a funnel."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from landeff.analysis.places import CITY, ZONE, balance_by_place, funnel
from landeff.core.errors import ConservationError
from landeff.core.text import Term
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.standards.balance import funnel_steps, reached_steps, reasons, states

_TOLERANCE_M2 = 0.01


def balance_pieces(land: Land, judged: Judged, gaps: gpd.GeoDataFrame) -> pd.DataFrame:
    """``balance_pieces``: what every square metre of a zone is, and the rule that says so.

    Args:
        gaps: what no parcel covers, with ``state`` and ``rule_id``.
    """
    state = judged.parcels.set_index("parcel_id")[["state", "state_rule_id"]]
    parcels = land.parcel_pieces.join(state, on="parcel_id").rename(columns={"state_rule_id": "rule_id"})
    by = ["zone_id", "state", "rule_id"]
    bare = gaps.drop(columns="geometry").sort_values("area_m2", kind="stable")
    bare = bare.groupby(by, as_index=False)["area_m2"].agg(["sum", "size"])
    bare = bare.rename(columns={"sum": "area_m2", "size": "n"}).assign(parcel_id=None)
    table = pd.concat([parcels.assign(n=1), bare], ignore_index=True)
    keys = ["zone_id", "parcel_id", "state", "rule_id"]
    table = table[[*keys, "n", "area_m2"]].astype({**dict.fromkeys(keys, "str"), "n": "Int64"})
    made: pd.DataFrame = table.sort_values(keys, ignore_index=True)
    return made


def balance_table(pieces: pd.DataFrame, land: Land, rule_titles: Mapping[str, Term]) -> pd.DataFrame:
    """``balance``: every square metre of a zone in one state, with the rules that put it there and why.

    Args:
        pieces: as :func:`balance_pieces` makes it.
        rule_titles: of the rules of the catalogue that were used, by id.

    Raises:
        ConservationError: the states of a zone do not sum to its area.
    """
    ordered = pieces.sort_values("area_m2", kind="stable")
    table: pd.DataFrame = ordered.groupby(["zone_id", "state"], as_index=False).agg(
        n=("n", "sum"),
        n_parcels=("parcel_id", "nunique"),
        area_m2=("area_m2", "sum"),
        rule_id=("rule_id", lambda ids: "; ".join(sorted(set(ids)))),
    )
    table = table.astype({"n": "Int64", "n_parcels": "Int64"})
    told = [_told(ids, rule_titles) for ids in table["rule_id"]]
    table["reason_zh"] = pd.Series([term.zh for term in told], index=table.index, dtype="str")
    table["reason_en"] = pd.Series([term.en for term in told], index=table.index, dtype="str")
    area = land.zone_pieces.set_index("zone_id")["area_m2"]
    table["share_ratio"] = table["area_m2"] / table["zone_id"].map(area)
    table["zone_name"] = look_up(table["zone_id"], land.zones.set_index("zone_id")["name"])
    titles = states()
    table["title_zh"] = [titles[name].zh for name in table["state"]]
    table["title_en"] = [titles[name].en for name in table["state"]]
    off = table.groupby("zone_id")["area_m2"].sum().sub(area, fill_value=0.0).abs()
    if not (off <= _TOLERANCE_M2).all():
        raise ConservationError(f"the balance does not sum to the zone:\n{off.to_string()}")
    table["order"] = table["state"].map({name: position for position, name in enumerate(titles)})
    return table.sort_values(["zone_id", "order"], ignore_index=True).drop(columns="order")


def place_tables(pieces: pd.DataFrame, zones: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """``balance_places`` and ``funnel``: the city, each level of zones, each zone."""
    plain = pd.DataFrame(
        {
            "zone_id": zones["zone_id"],
            "parent_zone_id": column_or_missing(zones, "parent_zone_id"),
            "level": column_or_missing(zones, "level"),
        }
    )
    titles, steps = states(), funnel_steps()
    balance = balance_by_place(pieces, plain, [*titles])
    made = funnel(balance, reached_steps(), [*steps])
    names = zones.set_index("zone_id")["name"].astype("str")
    return {
        "balance_places": _titled(balance, "state", titles, names),
        "funnel": _titled(made, "step", steps, names),
    }


def _titled(table: pd.DataFrame, column: str, titles: Mapping[str, Term], names: pd.Series) -> pd.DataFrame:
    place = table["place"].where(table["place_kind"] != CITY, "全部园区")
    is_zone = table["place_kind"] == ZONE
    place = place.where(~is_zone, look_up(table["place"], names).fillna(table["place"]))
    zh, en = ({name: getattr(term, lang) for name, term in titles.items()} for lang in ("zh", "en"))
    return table.assign(
        place_name=place.astype("str"),
        title_zh=table[column].map(zh).astype("str"),
        title_en=table[column].map(en).astype("str"),
    )


def _told(ids: str, rule_titles: Mapping[str, Term]) -> Term:
    """Why land is where it is: of each rule id its reason, or the title of the rule."""
    known = {**rule_titles, **reasons()}
    terms = [known.get(rule_id, Term(rule_id, rule_id)) for rule_id in ids.split("; ")]
    return Term("；".join(term.zh for term in terms), "; ".join(term.en for term in terms))
