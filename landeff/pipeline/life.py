"""``life``: the steps from contract to production by zone, district and for all."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landeff.analysis.life import life_summary
from landeff.core.text import Term
from landeff.core.workdays import WEEKENDS, Promise, WorkCalendar
from landeff.pipeline.lookup import column_or_missing

_TITLES = {
    "handover": Term("签约 → 交地", "contract → handover"),
    "permit": Term("交地 → 施工许可", "handover → permit"),
    "start": Term("交地 → 开工", "handover → start"),
    "start_after_permit": Term("施工许可 → 开工", "permit → start"),
    "completion": Term("开工 → 竣工", "start → completion"),
    "production": Term("竣工 → 投产", "completion → production"),
}
_WORDS = {
    "signed_on": Term("签约", "contract"),
    "handover_on": Term("交地", "handover"),
    "permit_on": Term("施工许可", "permit"),
    "actual_start_on": Term("开工", "start"),
}


def life_table(parcels: pd.DataFrame, parameters: Mapping[str, object]) -> pd.DataFrame:
    """``life``: a row a place and step; a supply record counts once in each place.

    Args:
        parcels: with the indicators of the life of a parcel; those without a supply record have no life here.
        parameters: what the indicators were told (calendar, promise, days from handover).
    """
    linked = column_or_missing(parcels, "is_supply_linked", "boolean").fillna(False).to_numpy(dtype=bool)
    rows = pd.DataFrame(parcels[linked]).sort_values("parcel_id")
    rows = rows.assign(record_id=rows["supply_id"].astype("str"))
    places = pd.concat(
        [
            rows.assign(place_kind=kind, place=column_or_missing(rows, column), place_name=name)
            for kind, column, name in (
                ("district", "district_code", column_or_missing(rows, "district_name")),
                ("zone", "zone_id", column_or_missing(rows, "zone_name")),
            )
        ]
    ).dropna(subset=["place"])
    every = rows.assign(place_kind="city", place="", place_name="全部园区")
    records = pd.concat([every, places], ignore_index=True)
    table = life_summary(records)
    names = records.drop_duplicates(["place_kind", "place"]).set_index(["place_kind", "place"])["place_name"]
    keys = pd.MultiIndex.from_frame(table[["place_kind", "place"]])
    titles = {**_TITLES, **_promised(parameters)}
    told = [titles[step] for step in table["step"]]
    out = table.assign(
        place_name=pd.Series(names.reindex(keys).to_numpy(), index=table.index).astype("str"),
        title_zh=pd.Series([term.zh for term in told], index=table.index, dtype="str"),
        title_en=pd.Series([term.en for term in told], index=table.index, dtype="str"),
        calendar=pd.Series(_calendar(parameters), index=table.index, dtype="str"),
    )
    order = {"city": 0, "district": 1, "zone": 2}
    out = out.assign(rank=out["place_kind"].map(order)).sort_values(["rank", "place"], kind="stable")
    made: pd.DataFrame = out.drop(columns="rank").reset_index(drop=True)
    return made.astype({"place_kind": "str", "place": "str"})


def _promised(parameters: Mapping[str, object]) -> dict[str, Term]:
    promise = parameters.get("promise", Promise())
    within = parameters.get("start_within_days", 0)
    assert isinstance(promise, Promise)  # noqa: S101  # of load_config
    start, end = _WORDS[promise.from_column], _WORDS[promise.to_column]
    return {
        "promise": Term(
            f"{start.zh} → {end.zh}，承诺{promise.workdays}个工作日（按工作日计）",
            f"{start.en} → {end.en}, promised within {promise.workdays} working days (in working days)",
        ),
        "start_at_handover": Term(f"交地即开工（{within}日内）", f"start at handover (within {within} days)"),
    }


def _calendar(parameters: Mapping[str, object]) -> str:
    """``weekends`` where no holidays are known, else the years whose holidays are."""
    calendar = parameters.get("calendar", WEEKENDS)
    assert isinstance(calendar, WorkCalendar)  # noqa: S101  # of load_config
    if calendar.is_weekends_only:
        return "weekends"
    return ",".join(str(year) for year in sorted(calendar.years))
