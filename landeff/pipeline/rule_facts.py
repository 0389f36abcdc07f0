"""Facts that only rules read: plan conflicts, suspended works, control values, the industry of a parcel."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pandas as pd

from landeff.core.issues import Issue
from landeff.indicators.idle import delay_cause_class
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import Money
from landeff.standards.controls import VALUES, control_values

FARMLAND, REDLINE, BOUNDARY = "永久基本农田", "生态保护红线", "城镇开发边界"
_NO_CAUSE = r"^\s*(?:不明|未知|不详|不清|其他|待查|无|unknown|other)?\s*$"


def with_rule_facts(
    parcels: gpd.GeoDataFrame, inputs: Inputs, land: Land, money: Money, config: Config
) -> gpd.GeoDataFrame:
    """Parcels with the columns that rules read and nothing else makes; a column they have stays theirs.

    Words of ``delay_cause`` that tell no cause are told as ``delay_cause_unclear``.
    """
    inputs.issues += _unclear_causes(parcels)
    made = {
        **_plan_conflicts(parcels, land),
        "suspended_since_on": _suspended(parcels, inputs, config.as_of),
        "industry_division_code": _industry(parcels, inputs, money, config),
        "footprint_on": _footprint_on(parcels, inputs),
    }
    out = parcels.assign(**{name: made[name] for name in made if name not in parcels})
    return _with_controls(out, inputs)


def _plan_conflicts(parcels: gpd.GeoDataFrame, land: Land) -> dict[str, pd.Series]:
    """Area and share of each parcel within farmland and red line, and outside the urban boundary."""
    plans = land.overlays.parcel_plan
    found = {}
    for kind, name in ((FARMLAND, "farmland_overlap"), (REDLINE, "redline_overlap"), (BOUNDARY, "")):
        share = column_or_missing(parcels, f"plan_{kind}_ratio", "float64").astype("float64")
        area = plans.loc[plans["plan_kind"] == kind].groupby("parcel_id")["area_m2"].sum()
        within = look_up(parcels["parcel_id"], area.astype("float64")).fillna(0.0).where(share.notna())
        if name:
            found[f"{name}_m2"], found[f"{name}_ratio"] = within, share
        else:
            found["outside_boundary_m2"] = (parcels["area_m2"] - within).clip(lower=0.0)
            found["outside_boundary_ratio"] = 1 - share
    return found


def _suspended(parcels: gpd.GeoDataFrame, inputs: Inputs, as_of: dt.date) -> pd.Series:
    """Day since which works are stopped at ``as_of``: the first of the stops that have not ended."""
    stops, today = inputs.table("suspensions"), pd.Timestamp(as_of)
    is_open = (stops["from_on"] <= today) & ~(column_or_missing(stops, "to_on", "datetime64[s]") <= today)
    since = stops[is_open].groupby("supply_id")["from_on"].min().astype("datetime64[s]")
    return look_up(column_or_missing(parcels, "supply_id"), since)


def _industry(parcels: gpd.GeoDataFrame, inputs: Inputs, money: Money, config: Config) -> pd.Series:
    """Division (two digits) of the enterprises on each parcel, where all of them are known to share it."""
    codes = column_or_missing(inputs.table("enterprises").set_index("enterprise_id"), "industry_code")
    here = money.on_their_land(max(config.years))[["parcel_id", "enterprise_id"]]
    division = look_up(here["enterprise_id"], codes.str.extract(r"^[A-Z]?(\d\d)", expand=False))
    by_parcel = division.groupby(here["parcel_id"]).agg(["first", "nunique", "size", "count"])
    shared = by_parcel["first"].where((by_parcel["nunique"] == 1) & (by_parcel["size"] == by_parcel["count"]))
    return look_up(parcels["parcel_id"], shared.astype("str"))


def _footprint_on(parcels: gpd.GeoDataFrame, inputs: Inputs) -> pd.Series:
    """Day of the buildings layer: the oldest it has, since what is not drawn has no day of its own."""
    observed = column_or_missing(inputs.table("buildings"), "observed_on", "datetime64[s]")
    day = observed.min() if observed.notna().all() and len(observed) else pd.NaT
    return pd.Series(day, index=parcels.index, dtype="datetime64[s]")


def _with_controls(parcels: gpd.GeoDataFrame, inputs: Inputs) -> gpd.GeoDataFrame:
    """Control values of the industry: of the project's table where there is one, else those that ship."""
    given = inputs.table("controls")
    values = control_values() if given.empty else given.set_index("industry_code")
    industry = column_or_missing(parcels, "industry_division_code")
    made = {name: look_up(industry, column_or_missing(values, name, "float64").astype("float64"))
            for name in VALUES}  # fmt: skip
    return parcels.assign(**{name: made[name] for name in VALUES if name not in parcels})


def _unclear_causes(parcels: gpd.GeoDataFrame) -> list[Issue]:
    """One issue a word of ``delay_cause`` that tells no cause."""
    words = column_or_missing(parcels, "delay_cause").astype("str")
    told = words.notna() & ~words.fillna("").str.match(_NO_CAUSE)
    unclear = words[told & delay_cause_class(words).isna()]
    return [
        Issue(
            "info",
            "delay_cause_unclear",
            "supply",
            "cause taken as unknown; no fee or recovery is estimated",
            column="delay_cause",
            value=str(word),
            fix="write 政府原因, 企业原因, 司法查封 or 混合原因",
            n=int(n),
        )
        for word, n in unclear.value_counts().sort_index().items()
    ]
